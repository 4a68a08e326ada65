/* SPDX-License-Identifier: MIT */
/* Parts of rows: the same number, the same cells. */

#include "check_rows.h"
#include "dict.h"
#include "parser.h"

static const rpclog_known who_columns[] = { RPCLOG_AUTHENTICATED_USER,
					    RPCLOG_ANCHOR_MAILBOX,
					    RPCLOG_USER_AGENT,
					    RPCLOG_CLIENT_IP };
static const rpclog_known what_columns[] = {
	RPCLOG_PROTOCOL,	 RPCLOG_URL_STEM,    RPCLOG_AUTHENTICATION_TYPE,
	RPCLOG_IS_AUTHENTICATED, RPCLOG_HTTP_STATUS, RPCLOG_BACKEND_STATUS,
	RPCLOG_ERROR_CODE,	 RPCLOG_METHOD
};
static const rpclog_known errors_columns[] = { RPCLOG_GENERIC_ERRORS };

static const struct {
	const rpclog_known *columns;
	size_t count;
} parts[PART_COUNT] = {
	[PART_WHO] = { who_columns, ARRAY_LEN(who_columns) },
	[PART_WHAT] = { what_columns, ARRAY_LEN(what_columns) },
	[PART_ERRORS] = { errors_columns, ARRAY_LEN(errors_columns) },
};

/* A few columns, all that parts need: a row may end before the last part. */
#define SMALL                                                                  \
	"DateTime,Protocol,UrlStem,AuthenticationType,IsAuthenticated,"        \
	"HttpStatus,BackEndStatus,ErrorCode,Method,AuthenticatedUser,"         \
	"AnchorMailbox,UserAgent,ClientIpAddress,GenericErrors"

/* The same bytes mean other things; all have the cells of SMALL. */
static const char *const headers[] = {
	SMALL,
	"DateTime,Protocol,UrlStem,IsAuthenticated,AuthenticationType,"
	"HttpStatus,BackEndStatus,ErrorCode,Method,AuthenticatedUser,"
	"AnchorMailbox,UserAgent,ClientIpAddress,GenericErrors",
	"DateTime,Protocol,UrlStem,AuthenticationType,IsAuthenticated,"
	"HttpStatus,BackEndStatus,ErrorCode,Method,UserAgent,"
	"AnchorMailbox,AuthenticatedUser,ClientIpAddress,GenericErrors",
	"DateTime,UrlStem,Protocol,AuthenticationType,IsAuthenticated,"
	"BackEndStatus,HttpStatus,ErrorCode,Method,AuthenticatedUser,"
	"AnchorMailbox,UserAgent,ClientIpAddress,GenericErrors",
	"DateTime,AuthenticatedUser,AnchorMailbox,UserAgent,ClientIpAddress,"
	"Protocol,UrlStem,AuthenticationType,IsAuthenticated,"
	"HttpStatus,BackEndStatus,ErrorCode,Method,GenericErrors",
};

/* What every number stood for, whichever parser gave it. */
struct book {
	struct dict numbers, cells;
	uint32_t *meaning, *parser; /* by number */
	size_t meaning_room, parser_room;
	uint64_t kept, again, none;
};

static void
book_init(struct book *b)
{
	struct alloc a = alloc_from(NULL);

	memset(b, 0, sizeof(*b));
	dict_init(&b->numbers, &a);
	dict_init(&b->cells, &a);
}

static void
book_free(struct book *b)
{
	alloc_free(&b->numbers.alloc, b->meaning);
	alloc_free(&b->numbers.alloc, b->parser);
	dict_free(&b->numbers);
	dict_free(&b->cells);
}

static void
describe(struct check_text *out, const rpclog_row *row, enum row_part which)
{
	check_text_add(out, "%d", (int)which);
	for (size_t i = 0; i < parts[which].count; i++) {
		rpclog_slice cell =
			rpclog_row_known(row, parts[which].columns[i]);

		check_text_add(out, " %zu:", cell.len);
		check_text_bytes(out, cell.ptr, cell.len);
	}
}

/* Enters what 'row' says, and holds it against what is there. */
static uint64_t
book_row(struct book *b, const rpclog_row *row, enum row_part which,
	 uint32_t parser)
{
	struct part part = row_part(row, which);
	struct check_text text = { 0 };
	uint32_t known = b->numbers.count, number, meaning;

	if (part.number == 0) {
		b->none++;
		return 0;
	}
	/* No errors are the same for all. */
	if (part.number == PART_EMPTY) {
		CHECK_INT(which, PART_ERRORS);
		CHECK_INT(rpclog_row_known(row, RPCLOG_GENERIC_ERRORS).len, 0);
		return part.number;
	}
	describe(&text, row, which);
	CHECK(part.slot < PARTS_SLOTS);
	CHECK(dict_add(&b->cells, check_text_slice(&text), &meaning));
	CHECK(dict_add(&b->numbers,
		       slice_of((const char *)&part.number, sizeof(uint64_t)),
		       &number));
	CHECK(alloc_grow(&b->numbers.alloc, &b->meaning, &b->meaning_room,
			 (size_t)number + 1, sizeof(*b->meaning)));
	CHECK(alloc_grow(&b->numbers.alloc, &b->parser, &b->parser_room,
			 (size_t)number + 1, sizeof(*b->parser)));
	if (number == known) {
		b->kept++;
		b->meaning[number] = meaning;
		b->parser[number] = parser;
	}
	b->again += number != known;
	if (!CHECK_INT(b->meaning[number], meaning) ||
	    !CHECK_INT(b->parser[number], parser))
		CHECK_SLICE(dict_at(&b->cells, b->meaning[number]),
			    check_text_slice(&text));
	check_text_free(&text);
	return part.number;
}

static const char *
few(uint64_t *seed)
{
	static const char *const words[] = { "",    "a",    "b",   "200",
					     "401", "true", "Ews", "a" };

	return words[check_random(seed, ARRAY_LEN(words))];
}

/* Thousands of users, few of all else; each row twice, at times as quoted. */
static void
add_rows(struct check_text *out, uint64_t *seed, size_t count, uint32_t users)
{
	static const char time[] = "2026-03-02T10:00:00.000Z";

	for (size_t i = 0; i < count; i++) {
		struct check_text row = { 0 };

		check_text_add(&row, "%s", time);
		for (int cell = 1; cell < 9; cell++)
			check_text_add(&row, ",%s", few(seed));
		if (check_random(seed, 40) == 0)
			check_text_add(&row, ",short");
		else if (check_random(seed, 40) == 0)
			check_text_add(&row, ",%300s,,,", "long");
		else
			check_text_add(&row, ",u%u,%s,%s,%s,%*s",
				       check_random(seed, users), few(seed),
				       few(seed), few(seed),
				       (int)check_random(seed, 8) * 400,
				       few(seed));
		if (check_random(seed, 20) == 0)
			check_text_add(&row, ",\"quoted\"");
		check_text_add(out, "%s\r\n%s\r\n", row.ptr, row.ptr);
		check_text_free(&row);
	}
}

static void
add_logs(struct check_text *out, uint64_t *seed, uint32_t users)
{
	for (size_t i = 0; i < 2 * ARRAY_LEN(headers); i++) {
		check_text_add(out, "%s\r\n",
			       headers[check_random(seed, ARRAY_LEN(headers))]);
		add_rows(out, seed, 500 / check_stride_few(), users);
	}
}

static bool
is_quoted(const rpclog_row *row)
{
	rpclog_slice raw = rpclog_row_raw(row);

	return memchr(raw.ptr, '"', raw.len) != NULL;
}

/* Two parsers, turn by turn, each reset when its text is over. */
static void
test_random(uint32_t users)
{
	struct check_text texts[2] = { { 0 }, { 0 } };
	rpclog_parser *parsers[2];
	struct book book;
	uint64_t seed = users;

	check_casef("random rows of %u users", users);
	book_init(&book);
	for (size_t i = 0; i < 2; i++) {
		add_logs(&texts[i], &seed, users);
		CHECK_STATUS(rpclog_parser_new(&parsers[i], NULL), RPCLOG_OK);
	}
	for (uint32_t i = 0;
	     i < 60000 / check_stride_few() && check_failures() < 10; i++) {
		uint32_t at = check_random(&seed, 2);
		const rpclog_row *row = check_next_row(parsers[at], &texts[at]);

		if (!row)
			continue;
		for (int which = 0; which < PART_COUNT; which++) {
			uint64_t number =
				book_row(&book, row, (enum row_part)which, at);
			size_t cells;

			rpclog_row_fields(row, &cells);
			/* Only these have none. */
			if (is_quoted(row) || cells < 10)
				CHECK_INT(number, 0);
			else if (cells > 13 && rpclog_row_raw(row).len < 250)
				CHECK(number != 0);
			CHECK_INT(row_part(row, (enum row_part)which).number,
				  number);
		}
	}
	CHECK(book.kept > 1000 && book.again > 20000 && book.none > 100);
	book_free(&book);
	for (size_t i = 0; i < 2; i++) {
		rpclog_parser_free(parsers[i]);
		check_text_free(&texts[i]);
	}
}

int
main(void)
{
	test_random(30);
	test_random(20000);
	return check_report();
}
