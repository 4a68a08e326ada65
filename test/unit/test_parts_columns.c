/* SPDX-License-Identifier: MIT */
/* Parts of rows: in which column sets there are any, and of which cells. */

#include "check_rows.h"
#include "parser.h"

/* All that parts need. */
#define SMALL                                                                  \
	"DateTime,Protocol,UrlStem,AuthenticationType,IsAuthenticated,"        \
	"HttpStatus,BackEndStatus,ErrorCode,Method,AuthenticatedUser,"         \
	"AnchorMailbox,UserAgent,ClientIpAddress"

/* Rows that follow one another: told apart by every byte of their cells. */
static void
test_neighbours(void)
{
	static const size_t sets[] = { 53, 64, 68, 69, 70, 74 };
	/* The first four are PART_WHO. */
	static const char *const columns[] = {
		"AuthenticatedUser",  "AnchorMailbox",	 "UserAgent",
		"ClientIpAddress",    "Protocol",	 "UrlStem",
		"AuthenticationType", "IsAuthenticated", "HttpStatus",
		"BackEndStatus",      "ErrorCode",	 "Method",
	};

	for (size_t s = 0; s < ARRAY_LEN(sets); s++) {
		struct check_text text = { 0 };
		rpclog_parser *p;
		uint64_t before[PART_COUNT] = { 0 };

		log_header(&text, sets[s]);
		log_row(&text, sets[s], PLAIN_ROW);
		log_row(&text, sets[s], PLAIN_ROW);
		for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
			log_row(&text, sets[s], ROW(columns[i], "x"));
			log_row(&text, sets[s], PLAIN_ROW);
			log_row(&text, sets[s],
				ROW("GenericInfo", "x", "UrlQuery", "y"));
		}
		CHECK_STATUS(rpclog_parser_new(&p, NULL), RPCLOG_OK);
		for (size_t i = 0; i < 2 + 3 * ARRAY_LEN(columns); i++) {
			const rpclog_row *row = check_next_row(p, &text);
			bool changed = i > 1 && i % 3 == 2;
			bool who = changed && i / 3 < 4;

			check_casef("%zu columns, row %zu", sets[s], i);
			if (i == 0) {
				before[PART_WHO] =
					row_part(row, PART_WHO).number;
				before[PART_WHAT] =
					row_part(row, PART_WHAT).number;
				CHECK(before[0] && before[1]);
				CHECK(before[0] != before[1]);
				continue;
			}
			CHECK_INT(row_part(row, PART_WHO).number ==
					  before[PART_WHO],
				  !who);
			CHECK_INT(row_part(row, PART_WHAT).number ==
					  before[PART_WHAT],
				  !changed || who);
		}
		rpclog_parser_free(p);
		check_text_free(&text);
	}
}

/* Column sets that leave no parts, and one more than are kept. */
static void
test_layouts(void)
{
	static const struct {
		const char *from, *to;
		bool kept;
	} cases[] = {
		{ "x", "x", true },
		{ ",AnchorMailbox", "", false },
		{ ",ErrorCode", ",Other", false },
		{ "AnchorMailbox,", "AnchorMailbox,a,b,c,d,", true },
		{ "AnchorMailbox,", "AnchorMailbox,a,b,c,d,e,", false },
		{ "AuthenticatedUser,AnchorMailbox,UserAgent,ClientIpAddress",
		  "a,b,c,d", false },
	};
	rpclog_parser *p;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct check_text text = { 0 };

		check_casef("%s as %s", cases[i].from, cases[i].to);
		log_replace(&text, SLICE(SMALL), cases[i].from, cases[i].to);
		check_text_add(&text, "\r\n2026-03-02T10:00:00Z%.*s\r\n",
			       i == 4	? 17
			       : i == 3 ? 16
			       : i == 1 ? 11
					: 12,
			       ",,,,,,,,,,,,,,,,,,,");
		CHECK_STATUS(rpclog_parser_new(&p, NULL), RPCLOG_OK);

		const rpclog_row *row = check_next_row(p, &text);

		CHECK_INT(row_part(row, PART_WHO).number != 0, cases[i].kept);
		CHECK_INT(row_part(row, PART_WHAT).number != 0, cases[i].kept);
		rpclog_parser_free(p);
		check_text_free(&text);
	}
	CHECK_STATUS(rpclog_parser_new(&p, NULL), RPCLOG_OK);
	for (size_t i = 0; i < 3 * PARTS_LAYOUTS; i++) {
		struct check_text text = { 0 };
		size_t layout = i % (PARTS_LAYOUTS + 1);

		check_casef("column set %zu", i);
		for (size_t n = 0; n <= layout; n++)
			check_text_add(&text, "x%zu,", n);
		check_text_add(&text, "%s\r\n", SMALL);
		for (size_t n = 0; n <= layout; n++)
			check_text_add(&text, "x,");
		check_text_add(&text, "2026-03-02T10:00:00Z,,,,,,,,,,,,\r\n");

		const rpclog_row *row = check_next_row(p, &text);

		CHECK_INT(row_part(row, PART_WHO).number != 0,
			  layout < PARTS_LAYOUTS);
		rpclog_parser_reset(p);
		check_text_free(&text);
	}
	rpclog_parser_free(p);
}

static void
test_no_memory(void)
{
	struct check_memory m;
	struct check_text text = { 0 };
	rpclog_options options;
	rpclog_parser *p;

	CHECK_CASE("no memory");
	check_memory_init(&m, 0);
	options = check_memory_options(&m);
	log_header(&text, 69);
	log_row(&text, 69, PLAIN_ROW);
	log_row(&text, 69, PLAIN_ROW);
	CHECK_STATUS(rpclog_parser_new(&p, &options), RPCLOG_OK);
	for (int i = 0; i < 5; i++) {
		const rpclog_row *row = check_next_row(p, &text);

		if (i == 0)
			m.fail_at = m.calls + 1;
		/* The third call finds the end. */
		if (!CHECK_INT(row != NULL, i != 2) || !row)
			continue;
		CHECK_INT(row_part(row, PART_WHO).number, 0);
		CHECK_INT(row_part(row, PART_WHAT).number, 0);
	}
	rpclog_parser_free(p);
	CHECK_INT(m.live, 0);
	check_text_free(&text);
}

int
main(void)
{
	test_neighbours();
	test_layouts();
	test_no_memory();
	return check_report();
}
