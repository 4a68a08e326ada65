/* SPDX-License-Identifier: MIT */
/*
 * The traps of lines, headers and files (numbered; a comment above each names
 * it). Those of cells are in test_traps_cells.c.
 */

#include "check_seen.h"

/* 1: neither the bare column line nor the # lines are rows. */
static void
trap_01(void)
{
	struct check_text text = { 0 };
	struct seen s;

	CHECK_CASE("trap 01");
	log_header(&text, 74);
	log_row(&text, 74, PLAIN_ROW);
	seen_init(&s, &text, seen_known, RPCLOG_METHOD);
	CHECK_STR(s.values.ptr, "RPC_OUT_DATA|");
	CHECK_INT(s.bad, 0);
	CHECK_INT(s.schemas, 1);
	CHECK_INT(s.account.header.count, 6);
	seen_clear(&s);
}

/* 2: a BOM glued to DateTime or to #Software is no part of it. */
static void
trap_02(void)
{
	for (int i = 0; i < 3; i++) {
		struct check_text text = { 0 };
		struct seen s;

		check_casef("trap 02, BOM before %d", i);
		check_text_add(&text, "\xef\xbb\xbf");
		if (i == 0)
			log_columns(&text, 53);
		else if (i == 1)
			log_block(&text, 53);
		log_row(&text, 53, PLAIN_ROW);
		seen_init(&s, &text, seen_known, RPCLOG_DATE_TIME);
		CHECK_STR(s.values.ptr, "2026-03-02T10:00:05.000Z|");
		CHECK_INT(s.account.rows.count, 1);
		seen_clear(&s);
	}
}

/* 3: columns go by name in any case, whatever their number. */
static void
trap_03(void)
{
	static const size_t sets[] = { 53, 64, 68, 69, 70, 74 };

	for (size_t i = 0; i < ARRAY_LEN(sets); i++) {
		struct check_text made = { 0 }, text = { 0 };
		struct seen s;

		check_casef("trap 03, %zu columns", sets[i]);
		log_columns(&made, sets[i]);
		/* CAFE v2 spells two of them otherwise. */
		log_replace(&text, check_text_slice(&made), "BackEnd",
			    "Backend");
		log_row(&text, sets[i], ROW("BackEndStatus", "503"));
		seen_init(&s, &text, seen_known, RPCLOG_BACKEND_STATUS);
		CHECK_STR(s.values.ptr, "503|");
		seen_clear(&s);
		check_text_free(&made);
	}
}

/* 4: other numbers of cells than the header has: kept if they can be read. */
static void
trap_04(void)
{
	struct check_text text = { 0 };
	struct seen s;

	CHECK_CASE("trap 04");
	log_header(&text, 69);
	log_row(&text, 74, ROW("TargetServer", "updated"));
	log_row_bare(&text, 69, ROW("TargetServer", "extra"));
	check_text_add(&text, ",one,two\r\n");
	check_text_add(&text, "2026-03-02T10:00:00.000Z,torn,row\r\n");
	log_row(&text, 69, ROW("TargetServer", "plain"));
	seen_init(&s, &text, seen_known, RPCLOG_TARGET_SERVER);
	CHECK_STR(s.values.ptr, "updated|extra|plain|");
	CHECK_STR(s.faults.ptr, "9:short row: cells are missing up to Method|");
	CHECK_STATUS(s.end, RPCLOG_END);
	seen_clear(&s);
}

/* 5: a header may come again anywhere, bare line or not, with new columns. */
static void
trap_05(void)
{
	struct check_text text = { 0 };
	struct seen s;

	CHECK_CASE("trap 05");
	log_header(&text, 53);
	log_row(&text, 53, ROW("TargetServer", "a"));
	log_block(&text, 53);
	log_row(&text, 53, ROW("TargetServer", "b"));
	log_block(&text, 74);
	log_row(&text, 74, ROW("TargetServer", "c"));
	log_header(&text, 64);
	log_row(&text, 64, ROW("TargetServer", "d"));
	seen_init(&s, &text, seen_known, RPCLOG_TARGET_SERVER);
	CHECK_STR(s.values.ptr, "a|b|c|d|");
	CHECK_INT(s.schemas, 3);
	CHECK_INT(s.account.header.count, 22);
	seen_clear(&s);
}

/* 6: a quote is special at the start of a cell and nowhere else. */
static void
trap_06(void)
{
	static const struct {
		const char *cell, *want;
	} cases[] = {
		{ "\"Mozilla \"\"x\"\" y\"", "Mozilla \"x\" y" },
		{ "in the \"middle", "in the \"middle" },
		{ "5\" wide \"\" as is", "5\" wide \"\" as is" },
		{ "\"with, comma\"", "with, comma" },
		{ "\"\"\"\"", "\"" },
		{ "\"\"", "" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		check_casef("trap 06, %s", cases[i].cell);
		seen_one(ROW("UserAgent", cases[i].cell), seen_known,
			 RPCLOG_USER_AGENT, cases[i].want);
	}
}

/* 7: an open quote costs its own line and never the next. */
static void
trap_07(void)
{
	struct check_text text = { 0 };
	struct seen s;

	CHECK_CASE("trap 07");
	log_columns(&text, 53);
	log_row(&text, 53, ROW("TargetServer", "a", "UserAgent", "\"open"));
	log_row(&text, 53, ROW("TargetServer", "b"));
	log_row(&text, 53, ROW("TargetServer", "c", "UserAgent", "\"x\"\""));
	log_block(&text, 53);
	log_row(&text, 53, ROW("TargetServer", "d"));
	seen_init(&s, &text, seen_known, RPCLOG_TARGET_SERVER);
	CHECK_STR(s.values.ptr, "b|d|");
	CHECK_STR(s.faults.ptr, "2:unclosed quote|4:unclosed quote|");
	CHECK_INT(s.account.header.count, 6);
	seen_clear(&s);
}

/* 20: rows that are no requests are rows all the same. */
static void
trap_20(void)
{
	struct check_text text = { 0 };
	struct seen s;

	CHECK_CASE("trap 20");
	log_columns(&text, 74);
	log_row(&text, 74,
		ROW("Protocol", "", "Method", "", "HttpStatus", "",
		    "GenericInfo", "I32:ATE.C[dc01]=5;F:ATE.AL[dc01]=1.5"));
	seen_init(&s, &text, seen_known, RPCLOG_PROTOCOL);
	CHECK_STR(s.values.ptr, "|");
	CHECK_INT(s.rows, 1);
	CHECK_INT(s.bad, 0);
	seen_clear(&s);
}

struct shape {
	const char *name;
	const char *line_end;
	int utf16; /* 1 little, 2 big endian */
	const char *values, *foreign;
};

static void
check_shape(const struct shape *shape)
{
	struct check_text lines = { 0 }, ends = { 0 }, text = { 0 };
	struct seen s;

	check_casef("trap 21, %s", shape->name);
	log_header(&lines, 53);
	log_row(&lines, 53, ROW("TargetServer", "a"));
	log_row(&lines, 53, ROW("TargetServer", "b", "UserAgent", "f\ff"));
	log_replace(&ends, check_text_slice(&lines), "\r\n", shape->line_end);
	if (shape->utf16)
		log_utf16(&text, check_text_slice(&ends), shape->utf16 == 2);
	else
		check_text_bytes(&text, ends.ptr, ends.len);
	seen_init(&s, &text, seen_known, RPCLOG_TARGET_SERVER);
	CHECK_STR(s.values.ptr, shape->values);
	CHECK_STR(s.foreign, shape->foreign);
	CHECK_INT(s.bad, 0);
	seen_clear(&s);
	check_text_free(&lines);
	check_text_free(&ends);
}

/* 21: what editors, tools and crashes make of a file. */
static void
trap_21(void)
{
	static const struct shape shapes[] = {
		{ "CRLF", "\r\n", 0, "a|b|", NULL },
		{ "LF", "\n", 0, "a|b|", NULL },
		{ "CR CR LF", "\r\r\n", 0, "a|b|", NULL },
		{ "CR alone", "\r", 0, "", "CR line ends" },
		{ "UTF-16LE", "\r\n", 1, "a|b|", NULL },
		{ "UTF-16BE", "\n", 2, "a|b|", NULL },
	};
	static const char nuls[512];
	struct check_text text = { 0 };
	struct seen s;

	for (size_t i = 0; i < ARRAY_LEN(shapes); i++)
		check_shape(&shapes[i]);

	CHECK_CASE("trap 21, NULs at the end");
	log_columns(&text, 53);
	log_row(&text, 53, ROW("TargetServer", "a"));
	check_text_bytes(&text, nuls, sizeof(nuls));
	seen_init(&s, &text, seen_known, RPCLOG_TARGET_SERVER);
	CHECK_STR(s.values.ptr, "a|");
	CHECK_STR(s.faults.ptr, "3:NUL bytes in a run|");
	seen_clear(&s);

	CHECK_CASE("trap 21, a few NULs in a cell");
	log_columns(&text, 53);
	log_row_bare(&text, 53, PLAIN_ROW);
	check_text_bytes(&text, nuls, 7);
	check_text_add(&text, "\r\n");
	seen_init(&s, &text, seen_known, RPCLOG_TARGET_SERVER);
	CHECK_INT(s.rows, 1);
	seen_clear(&s);

	CHECK_CASE("trap 21, Excel");
	check_text_add(&text, "DateTime;RequestId;Protocol\r\n"
			      "02.03.2026 10:00;x;RpcHttp\r\n");
	seen_init(&s, &text, seen_known, RPCLOG_TARGET_SERVER);
	CHECK_STR(s.foreign, "semicolon separated");
	CHECK_STATUS(s.end, RPCLOG_ERR_SCHEMA);
	seen_clear(&s);
}

/* 21: Export-Csv quotes every cell and keeps header lines as rows. */
static void
trap_21_export_csv(void)
{
	struct check_text made = { 0 }, quoted = { 0 }, text = { 0 };
	struct seen s;

	CHECK_CASE("trap 21, Export-Csv");
	log_columns(&made, 53);
	log_row(&made, 53, ROW("TargetServer", "a"));
	log_replace(&quoted, check_text_slice(&made), ",", "\",\"");
	check_text_add(&text, "#TYPE Selected.System.String\r\n\"");
	log_replace(&text, slice_of(quoted.ptr, quoted.len - 2), "\r\n",
		    "\"\r\n\"#Software: Microsoft Exchange Server\"\r\n\"");
	check_text_add(&text, "\"\r\n");
	seen_init(&s, &text, seen_known, RPCLOG_TARGET_SERVER);
	CHECK_STR(s.values.ptr, "a|");
	CHECK_INT(s.account.header.count, 3);
	CHECK_INT(s.bad, 0);
	seen_clear(&s);
	check_text_free(&made);
	check_text_free(&quoted);
}

/* 22: rows are long, and what is over the limit costs itself alone. */
static void
trap_22(void)
{
	static const size_t sizes[] = { 100000, 1000000, 1100000 };

	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct check_text text = { 0 }, errors = { 0 };
		struct seen s;

		check_casef("trap 22, %zu bytes", sizes[i]);
		for (size_t n = 0; n < sizes[i]; n++)
			check_text_bytes(&errors, "e", 1);
		log_columns(&text, 74);
		log_row(&text, 74, ROW("GenericErrors", errors.ptr));
		log_row(&text, 74, PLAIN_ROW);
		seen_init(&s, &text, seen_known, RPCLOG_METHOD);
		CHECK_INT(s.rows, sizes[i] > 1 << 20 ? 1 : 2);
		CHECK_INT(s.bad, sizes[i] > 1 << 20 ? 1 : 0);
		seen_clear(&s);
		check_text_free(&errors);
	}
}

/* 23: names say nothing; `Logging\RpcHttp\W3SVC*` is another log. */
static void
trap_23(void)
{
	struct check_text text = { 0 };
	struct seen s;

	CHECK_CASE("trap 23, the RpcHttp module log");
	check_text_add(&text, "\xef\xbb\xbf#Software: Microsoft Exchange "
			      "Server\r\n#Version: 15.00.1497.010\r\n"
			      "#Log-type: RpcHttp Log\r\n"
			      "#Date: 2026-03-02T10:00:00.000Z\r\n"
			      "#Fields: TimeStamp,ServerName,EventId,"
			      "EventData\r\n2026-03-02T10:00:00.000Z,CAS01,"
			      "RpcHttp,S:Stage=BeginRequest\r\n");
	seen_init(&s, &text, seen_known, RPCLOG_METHOD);
	CHECK_STATUS(s.end, RPCLOG_ERR_SCHEMA);
	CHECK_STR(s.foreign, "RpcHttp Log");
	CHECK_INT(s.rows, 0);
	seen_clear(&s);
}

/* 24: a client's text reaches us raw and stays in its own cell. */
static void
trap_24(void)
{
	CHECK_CASE("trap 24");
	seen_one(ROW("UserAgent", "\x1b[2J\x1b]0;owned\x07"), seen_known,
		 RPCLOG_USER_AGENT, "\x1b[2J\x1b]0;owned\x07");
	seen_one(ROW("UserAgent", "\"\"\",500,\"\"evil\""), seen_known,
		 RPCLOG_USER_AGENT, "\",500,\"evil");
	seen_one(ROW("UserAgent", "\"\"\",500,\"\"evil\""), seen_known,
		 RPCLOG_HTTP_STATUS, "200");
	seen_one(ROW("UserAgent", "\\r\\n2026-03-02T10:00:00.000Z"), seen_known,
		 RPCLOG_USER_AGENT, "\\r\\n2026-03-02T10:00:00.000Z");
}

/* 25: a file that ends in the middle of being written is no error. */
static void
trap_25(void)
{
	struct check_text text = { 0 };
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	struct check_text got = { 0 };

	CHECK_CASE("trap 25, a growing file");
	options.flags = RPCLOG_OPT_HOLD_TAIL;
	log_columns(&text, 53);
	log_row(&text, 53, PLAIN_ROW);
	check_text_add(&text, "2026-03-02T10:00");
	check_parse(&got, check_text_slice(&text), 0, &options);
	CHECK_SLICE(
		slice_cut(check_text_slice(&got),
			  slice_rfind(check_text_slice(&got), SLICE("\nend\n")),
			  got.len),
		"\nend\ntail offset=1307 2026-03-02T10:00\n"
		"account 1323 rows=1:430 header=1:877 partial=1:16\n");
	check_text_free(&text);
	check_text_free(&got);
}

int
main(void)
{
	trap_01();
	trap_02();
	trap_03();
	trap_04();
	trap_05();
	trap_06();
	trap_07();
	trap_20();
	trap_21();
	trap_21_export_csv();
	trap_22();
	trap_23();
	trap_24();
	trap_25();
	return check_report();
}
