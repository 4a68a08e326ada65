/* SPDX-License-Identifier: MIT */
/* Whole inputs for sweeps; see check_inputs.h. */

#include "check_inputs.h"

static void
make_plain(struct check_text *out)
{
	log_header(out, 69);
	log_row(out, 69, PLAIN_ROW);
	log_row(out, 69,
		ROW("HttpStatus", "401", "AuthenticatedUser", "",
		    "IsAuthenticated", "false"));
	log_block(out, 69);
	log_row(out, 69, ROW("ClientIpAddress", "2001:db8::1"));
}

static void
make_empty(struct check_text *out)
{
	check_text_bytes(out, "", 0);
}

static void
make_header_only(struct check_text *out)
{
	log_header(out, 74);
}

static void
make_quotes(struct check_text *out)
{
	log_columns(out, 53);
	log_row(out, 53, ROW("UserAgent", "\"say \"\"hi\"\", twice\""));
	log_row(out, 53, ROW("UserAgent", "in the \"middle\" of"));
	log_row(out, 53, ROW("UserAgent", "\"\""));
	log_row(out, 53, ROW("UserAgent", "\"closed\" late"));
	log_row(out, 53, ROW("UserAgent", "\"never closed"));
	log_row(out, 53, ROW("GenericErrors", "\"ends \"\"\""));
	log_row(out, 53, ROW("GenericErrors", "\"never closed either\"\""));
	log_row(out, 53, PLAIN_ROW);
}

static void
make_line_ends(struct check_text *out)
{
	check_text_add(out, "\xef\xbb\xbf");
	log_columns(out, 53);
	log_row_bare(out, 53, PLAIN_ROW);
	check_text_add(out, "\n\n\r\n\r\r\n");
	log_row_bare(out, 53, PLAIN_ROW);
	check_text_add(out, "\r\r\n");
	log_row_bare(out, 53, ROW("GenericErrors", "lone \r inside"));
	check_text_add(out, "\r\n");
	log_row_bare(out, 53, ROW("GenericErrors", "three"));
	check_text_add(out, "\r\r\r\n");
	log_row_bare(out, 53, PLAIN_ROW);
	check_text_add(out, "\r");
}

static void
make_damaged(struct check_text *out)
{
	static const char nuls[40];

	log_header(out, 64);
	log_row(out, 64, PLAIN_ROW);
	check_text_add(out, "2026-03-02T10:00:00.000Z,too,short\r\n");
	check_text_add(out, "no time at all\r\n");
	log_row(out, 64, ROW("DateTime", "2026-13-02T10:00:00.000Z"));
	log_row_bare(out, 64, PLAIN_ROW);
	check_text_bytes(out, nuls, 7);
	check_text_add(out, "\r\n");
	log_row_bare(out, 64, PLAIN_ROW);
	check_text_bytes(out, nuls, 8);
	check_text_add(out, "\r\n");
	log_row(out, 64, PLAIN_ROW);
	check_text_bytes(out, nuls, sizeof(nuls));
}

static void
make_utf16(struct check_text *out, bool big_endian)
{
	struct check_text text = { 0 };

	log_columns(&text, 53);
	log_row(&text, 53, ROW("AuthenticatedUser", "CONTOSO\\ren\xe9"));
	check_text_add(&text, "\r\n\n");
	log_row(&text, 53, ROW("UserAgent", "\"q\"\"q\""));
	log_row(&text, 53, ROW("UserAgent", "\"open"));
	log_row_bare(&text, 53, PLAIN_ROW);
	log_utf16(out, check_text_slice(&text), big_endian);
	/* A pair, a lone half, and units that hold a 0x0a byte each. */
	check_text_bytes(out,
			 big_endian
				 ? "\xd8\x3d\xde\x00\xd8\x00\x0a\x00\x0a\x0a"
				 : "\x3d\xd8\x00\xde\x00\xd8\x00\x0a\x0a\x0a",
			 10);
	check_text_bytes(out, big_endian ? "\0\n" : "\n", 2);
	check_text_bytes(out, "odd", 3);
	check_text_free(&text);
}

static void
make_utf16le(struct check_text *out)
{
	make_utf16(out, false);
}

static void
make_utf16be(struct check_text *out)
{
	make_utf16(out, true);
}

static void
make_export_csv(struct check_text *out)
{
	struct check_text text = { 0 }, quoted = { 0 };

	log_columns(&text, 53);
	log_row(&text, 53, PLAIN_ROW);
	log_replace(&quoted, check_text_slice(&text), ",", "\",\"");
	check_text_add(out, "#TYPE System.Management.Automation.X\r\n\"");
	log_replace(out,
		    slice_cut(check_text_slice(&quoted), 0, quoted.len - 2),
		    "\r\n",
		    "\"\r\n\"#Software: Microsoft Exchange Server\",,\r\n\"");
	check_text_add(out, "\"\r\n");
	check_text_free(&text);
	check_text_free(&quoted);
}

static void
make_fragment(struct check_text *out)
{
	check_text_add(out, "of a row,that was cut\r\n\r\n");
	check_text_add(out, "2026-03-02T10:00:00.000Z,four,cells,long\r\n");
	log_row(out, 69, PLAIN_ROW);
	log_row(out, 69, PLAIN_ROW);
}

static void
make_schemas(struct check_text *out)
{
	log_columns(out, 69);
	log_row(out, 69, PLAIN_ROW);
	/* Updated within the hour: no header, other cells. */
	log_row(out, 74, PLAIN_ROW);
	log_row(out, 74, PLAIN_ROW);
	log_row(out, 69, PLAIN_ROW);
	log_row(out, 53, PLAIN_ROW);
	log_row_bare(out, 69, PLAIN_ROW);
	check_text_add(out, ",extra\r\n");
	log_header(out, 53);
	log_row(out, 53, PLAIN_ROW);
	check_text_add(out, "#Fields: date time s-ip\r\nforeign line\r\n");
	log_block(out, 74);
	log_row(out, 74, PLAIN_ROW);
}

static void
make_iis(struct check_text *out)
{
	check_text_add(out,
		       "#Software: Microsoft Internet Information Services "
		       "10.0\r\n#Version: 1.0\r\n"
		       "#Date: 2026-03-02 10:00:00\r\n"
		       "#Fields: date time s-ip cs-method\r\n"
		       "2026-03-02 10:00:00 192.0.2.1 GET\r\n");
}

static void
make_unknown(struct check_text *out)
{
	for (int i = 0; i < 70; i++)
		check_text_add(out, "line %d of something else\n", i);
}

static void
make_long_rows(struct check_text *out)
{
	log_columns(out, 53);
	log_row(out, 53, PLAIN_ROW);
	/* Around the limit of 1500 bytes, by the byte. */
	for (size_t len = 1490; len < 1512; len++) {
		struct check_text row = { 0 };

		log_row_bare(&row, 53, PLAIN_ROW);
		while (row.len < len)
			check_text_add(&row, "x");
		check_text_add(&row, len % 2 ? "\r\n" : "\r\r\n");
		check_text_bytes(out, row.ptr, row.len);
		check_text_free(&row);
	}
	/* A comment and a blank-looking line over it too. */
	check_text_add(out, "#%2000s\r\n%3000s\r\n", "c", "");
	log_row(out, 53, PLAIN_ROW);
	check_text_add(out, "%4000s", "unended");
}

/* Letters that mean something, in no order. */
static void
make_soup(struct check_text *out)
{
	static const char *const parts[] = {
		",",
		"\"",
		"\"\"",
		"\r",
		"\n",
		"\r\n",
		"#",
		";",
		"=",
		"DateTime",
		"\xef\xbb\xbf",
		"x",
		"#Fields: ",
		"2026-03-02T10:00:00.000Z,",
		"\xff\xfe",
		"\t",
	};
	uint32_t x = 12345;

	log_columns(out, 53);
	for (size_t i = 0; i < 600; i++) {
		const char *part;

		x = x * 1103515245 + 12345;
		part = parts[(x >> 16) % ARRAY_LEN(parts)];
		check_text_bytes(out, part, strlen(part));
		if (i % 97 == 0) {
			check_text_bytes(out, "\0\0\0\0", 4);
			log_row(out, 53, PLAIN_ROW);
		}
	}
}

const struct input inputs[] = {
	{ "empty", make_empty, 0, 0, 0 },
	{ "plain", make_plain, 0, 0, 0 },
	{ "header only", make_header_only, 0, 0, 0 },
	{ "quotes", make_quotes, 0, 0, 0 },
	{ "line ends", make_line_ends, 0, 0, 0 },
	{ "line ends, tail held", make_line_ends, 0, 0, RPCLOG_OPT_HOLD_TAIL },
	{ "damaged", make_damaged, 0, 0, 0 },
	{ "damaged, tail held", make_damaged, 0, 0, RPCLOG_OPT_HOLD_TAIL },
	{ "utf-16le", make_utf16le, 0, 0, 0 },
	{ "utf-16be", make_utf16be, 0, 0, 0 },
	{ "utf-16le, tail held", make_utf16le, 0, 0, RPCLOG_OPT_HOLD_TAIL },
	{ "utf-16le, rows too long", make_utf16le, 500, 0, 0 },
	{ "export-csv", make_export_csv, 0, 0, 0 },
	{ "fragment", make_fragment, 0, 0, 0 },
	{ "schemas", make_schemas, 0, 0, 0 },
	{ "few fields", make_schemas, 0, 60, 0 },
	{ "iis", make_iis, 0, 0, 0 },
	{ "unknown", make_unknown, 0, 0, 0 },
	{ "long rows", make_long_rows, 1500, 0, 0 },
	{ "long rows, tail held", make_long_rows, 1500, 0,
	  RPCLOG_OPT_HOLD_TAIL },
	{ "soup", make_soup, 0, 0, 0 },
	{ "soup, tail held", make_soup, 0, 0, RPCLOG_OPT_HOLD_TAIL },
};

const size_t input_count = ARRAY_LEN(inputs);

void
input_options(const struct input *input, rpclog_options *options)
{
	options->max_row = input->max_row;
	options->max_fields = input->max_fields;
	options->flags = input->flags;
}
