/* SPDX-License-Identifier: MIT */
/* rpclog_parser_require() against asking each row. */

#include <glob.h>
#include <stdio.h>

#include "check_inputs.h"
#include "check_want.h"

static void
sweep_text(const char *name, const struct check_text *text, uint32_t flags)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	struct want_subject s = {
		name, check_text_slice(text), options, { 0 }
	};

	s.options.flags = flags;
	want_sweep(&s, 70);
}

/* ---- Inputs of our own ------------------------------------------------ */

static void
make_sparse(struct check_text *out, size_t columns)
{
	log_header(out, columns);
	for (int i = 0; i < 60; i++) {
		bool needle = i % 7 == 3;

		log_row(out, columns,
			ROW("UserAgent", needle ? "a needle" : "none",
			    i == 40 ? "GenericErrors" : "Method",
			    i == 40 ? "needle" : "POST"));
		if (i == 20)
			check_text_add(out, "\r\n\nneedle\r\n"
					    "2026-03-02T10:00:00.000Z,needle\n"
					    "2026-03-02T10:00:00.000Z,none\n");
	}
}

/* Columns in and out of force between the rows. */
static void
make_sections(struct check_text *out)
{
	static const size_t sets[] = { 69, 53, 74, 74 };

	for (size_t i = 0; i < ARRAY_LEN(sets); i++) {
		log_header(out, sets[i]);
		make_sparse(out, sets[i]);
		check_text_add(out, "DateTime,RequestId,MajorVersion,Min\r\n");
		log_row(out, sets[i], PLAIN_ROW);
		log_row(out, 74, PLAIN_ROW);
		log_row(out, sets[i], PLAIN_ROW);
		check_text_add(out, "#Fields: date time s-ip\r\n");
		log_row(out, sets[i], PLAIN_ROW);
		log_row(out, sets[i], PLAIN_ROW);
	}
}

/* The time stands second: what stands before it may be anything. */
static void
make_second(struct check_text *out)
{
	static const char *const first[] = {
		"one",
		"#two",
		"DateTime",
		"\357\273\277#three",
		"four",
		"",
		"\357\273\277DateTime",
		"five",
		"#Fields: six",
		"seven",
	};

	/* A time that stands there is not the row's. */
	check_text_add(out, "RequestId,DateTime,Protocol,UrlStem,HttpStatus,"
			    "BackEndStatus,Method,UserAgent\r\n");
	for (int i = 0; i < 6; i++)
		check_text_add(
			out, "2026-03-02T10:00:00.000Z,%s,,,200,200,POST,\r\n",
			i % 2 ? "none" : "2026-03-02T10:00:01.000Z");
	for (size_t i = 0; i < 2 * ARRAY_LEN(first); i++) {
		if (i % 7 == 0)
			check_text_add(out, "RequestId,DateTime,Protocol,"
					    "UrlStem,HttpStatus,BackEndStatus,"
					    "Method,UserAgent\r\n");
		check_text_add(out,
			       "%s,2026-03-02T10:00:0%zu.000Z,Mapi,/,200,"
			       "200,POST,agent\r\n",
			       first[i % ARRAY_LEN(first)], i % 10);
	}
}

/* Heads of rows before whole ones; of which any may begin a chunk. */
static void
make_torn(struct check_text *out)
{
	check_text_add(out, "DateTime,Protocol,UrlStem,HttpStatus,"
			    "BackEndStatus,Method\r\n");
	for (int i = 0; i < 12; i++) {
		check_text_add(out, "%.*s", i % 4 * 9,
			       "2026-03-02T10:00:00.000Z");
		check_text_add(out, "2026-03-02T10:00:00.%03dZ,%s,/,,,GET\r\n",
			       i, i == 5 ? "needle" : "Mapi");
	}
}

/* In any two chunks, and more. */
static void
test_torn(void)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	struct check_text text = { 0 };

	make_torn(&text);

	struct want_subject s = {
		"torn", check_text_slice(&text), options, { 0 }
	};

	want_sweep(&s, text.len);
	check_text_free(&text);
}

static void
test_own_inputs(void)
{
	struct check_text text = { 0 }, wide = { 0 };

	make_sparse(&text, 69);
	sweep_text("sparse", &text, 0);
	log_row_bare(&text, 69, ROW("GenericErrors", "needle"));
	sweep_text("sparse, no last line end", &text, 0);
	sweep_text("sparse, tail held", &text, RPCLOG_OPT_HOLD_TAIL);
	log_utf16(&wide, check_text_slice(&text), false);
	/* What would be rows if they were UTF-8. */
	check_text_bytes(&wide, "\n", 2);
	log_row(&wide, 69, PLAIN_ROW);
	log_row(&wide, 69, PLAIN_ROW);
	sweep_text("sparse, UTF-16", &wide, 0);
	check_text_free(&text);
	make_sections(&text);
	sweep_text("sections", &text, 0);
	check_text_free(&text);
	make_second(&text);
	sweep_text("time second", &text, 0);
	check_text_free(&text);
	check_text_free(&wide);
}

static void
test_inputs(void)
{
	for (size_t i = 0; i < input_count; i++) {
		rpclog_options options = RPCLOG_OPTIONS_INIT;
		struct check_text text = { 0 };

		input_options(&inputs[i], &options);
		inputs[i].make(&text);

		struct want_subject s = {
			inputs[i].name, check_text_slice(&text), options, { 0 }
		};

		want_sweep(&s, 70);
		check_text_free(&text);
	}
}

static void
test_fixtures(void)
{
	glob_t found;

	CHECK_CASE("fixtures");
	if (glob("test/fixtures/*/*", 0, NULL, &found) != 0) {
		check_skip("no test/fixtures below the working directory");
		return;
	}
	for (size_t i = 0; i < found.gl_pathc; i++) {
		FILE *file = fopen(found.gl_pathv[i], "rb");
		struct check_text text = { 0 };
		char buffer[4096];
		size_t len;

		if (!CHECK(file != NULL))
			continue;
		while ((len = fread(buffer, 1, sizeof(buffer), file)) > 0)
			check_text_bytes(&text, buffer, len);
		fclose(file);
		sweep_text(found.gl_pathv[i], &text,
			   i % 2 ? RPCLOG_OPT_HOLD_TAIL : 0);
		check_text_free(&text);
	}
	globfree(&found);
}

/* ---- Calls ------------------------------------------------------------ */

/* Few are handed out that are not wanted: the first of a column set. */
static void
test_passes(void)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	struct check_text text = { 0 };
	struct want_subject s = {
		"what is passed", { NULL, 0 }, options, { 0 }
	};
	rpclog_parser *p = want_parser(&options, SLICE(""));

	make_sparse(&text, 69);
	s.text = check_text_slice(&text);
	told_run(&s.all, p, s.text, 0);
	CHECK(want_check(&s, SLICE("needle"), 0) <= 1);
	CHECK(want_check(&s, SLICE("nowhere"), 0) <= 1);
	CHECK(want_check(&s, SLICE("needle"), 4096) <= 10);
	told_free(&s.all);
	rpclog_parser_free(p);
	check_text_free(&text);
}

/* From the next row on, after any event. */
static void
test_changes(void)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	struct check_text text = { 0 };

	make_sections(&text);
	for (uint32_t seed = 1; seed <= 50; seed++) {
		rpclog_parser *p = want_parser(&options, SLICE(""));
		const rpclog_row *row;
		uint64_t line = 0, x = seed;
		bool any = true;
		rpclog_status status;

		check_casef("want changes, %u", (unsigned)seed);
		CHECK_STATUS(rpclog_parser_feed(p, text.ptr, text.len),
			     RPCLOG_OK);
		CHECK_STATUS(rpclog_parser_finish(p), RPCLOG_OK);
		while ((status = rpclog_parser_next(p, &row)) >= 0 &&
		       status != RPCLOG_END) {
			if (status == RPCLOG_SCHEMA)
				continue;
			if (status == RPCLOG_OK) {
				const rpclog_account *a =
					rpclog_parser_account(p);

				/* All rows so far are counted, no more. */
				CHECK(rpclog_row_line(row) > line);
				CHECK_INT(a->bytes,
					  rpclog_row_offset(row) +
						  rpclog_row_span(row));
				line = rpclog_row_line(row);
			}
			x = x * UINT64_C(6364136223846793005) + 1;
			any = x >> 62 == 0;
			CHECK_STATUS(
				rpclog_parser_require(p, "needle", any ? 0 : 6),
				RPCLOG_OK);
		}
		CHECK_STATUS(status, RPCLOG_END);
		CHECK_INT(rpclog_parser_account(p)->bytes, text.len);
		rpclog_parser_free(p);
	}
	check_text_free(&text);
}

static void
test_usage(void)
{
	struct check_text text = { 0 };
	struct check_memory m;
	rpclog_options options;
	struct want_subject s = { .name = "usage" };
	struct told some = { 0 };
	rpclog_parser *p;

	CHECK_CASE("usage");
	check_memory_init(&m, 0);
	options = check_memory_options(&m);
	make_sparse(&text, 53);
	s.text = check_text_slice(&text);
	p = want_parser(&options, SLICE(""));
	told_run(&s.all, p, s.text, 0);
	CHECK_STATUS(rpclog_parser_require(NULL, "x", 1), RPCLOG_ERR_USAGE);
	CHECK_STATUS(rpclog_parser_require(p, NULL, 1), RPCLOG_ERR_USAGE);
	CHECK_STATUS(rpclog_parser_require(p, NULL, 0), RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_require(p, "x", 0), RPCLOG_OK);

	char wanted[] = "needle";

	CHECK_STATUS(rpclog_parser_require(p, wanted, 6), RPCLOG_OK);
	memset(wanted, 0, sizeof(wanted));
	CHECK_CASE("no memory: what was wanted is");
	m.fail_at = m.calls + 1;
	CHECK_STATUS(rpclog_parser_require(p, "none", 4), RPCLOG_ERR_NOMEM);
	rpclog_parser_reset(p);
	told_run(&some, p, s.text, 0);
	CHECK(told_compare(&s.all, &some, SLICE("needle")) <= 1);
	told_free(&some);
	told_free(&s.all);
	rpclog_parser_free(p);
	CHECK_INT(m.live, 0);
	check_text_free(&text);
}

int
main(void)
{
	test_own_inputs();
	test_torn();
	test_inputs();
	test_fixtures();
	test_passes();
	test_changes();
	test_usage();
	return check_report();
}
