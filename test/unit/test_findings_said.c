/* SPDX-License-Identifier: MIT */
/* What findings are made of: text, sets of names, counts and trends. */

#include <stdio.h>

#include "check_gather.h"
#include "findings/bunch.h"

#define HOUR INT64_C(3600000000)

/* Names by number; the first is empty. */
static rpclog_slice names[64];
static struct gathered in;
static struct findings f;

static void
begin(const char *const *texts, size_t count)
{
	static struct alloc alloc;

	alloc = alloc_from(NULL);
	memset(&in, 0, sizeof(in));
	memset(&f, 0, sizeof(f));
	in.alloc = f.alloc = alloc;
	in.names = names;
	in.name_count = (uint32_t)count + 1;
	names[0] = SLICE("");
	for (size_t i = 0; i < count; i++)
		names[i + 1] = slice_str(texts[i]);
	f.in = &in;
	f.paths = "'my logs'";
	f.print_time = check_print_time;
}

static void
drop(struct draft *d)
{
	buf_free(&d->text, &f.alloc);
	alloc_free(&f.alloc, d->lines);
	memset(d, 0, sizeof(*d));
	buf_init(&d->text, SIZE_MAX / 2);
}

/* What was said, marks as < and >, and the text is cleared. */
static void
check_text_of(struct draft *d, const char *want)
{
	struct check_text got = { 0 };

	check_text_add(&got, "%s", "");
	for (size_t i = 0; i < d->text.len; i++) {
		char c = d->text.ptr[i];

		c = c == FINDING_LOG ? '<' : c == FINDING_END ? '>' : c;
		check_text_bytes(&got, &c, 1);
	}
	CHECK_STR(got.ptr, want);
	CHECK(!f.broken);
	check_text_free(&got);
	drop(d);
}

/* ---- formats ----------------------------------------------------------------
 */

static void
test_formats(void)
{
	static const char *const own[] = { "CONTOSO\\alice" };
	const rpclog_slice logged = SLICE("a\nb");
	struct draft d = { 0 };

	CHECK_CASE("formats");
	begin(own, ARRAY_LEN(own));
	buf_init(&d.text, SIZE_MAX / 2);
	say_sentence(&f, &d, "plain %s 100%% %S.", "words", (uint32_t)1);
	check_text_of(&d, "plain words 100% <CONTOSO\\alice>.");
	say_sentence(&f, &d, "%L|%S|%u", &logged, (uint32_t)0, UINT64_MAX);
	check_text_of(&d, "<a\\x0Ab>|<>|18446744073709551615");
	say_sentence(&f, &d, "%n, %n, %n", UINT64_C(0), UINT64_C(1),
		     UINT64_C(2));
	check_text_of(&d, "0 requests, 1 request, 2 requests");
	say_sentence(&f, &d, "%x, %x", UINT64_C(1), UINT64_C(2));
	check_text_of(&d, "once, twice");
	say_sentence(&f, &d, "%T and %t", INT64_C(1772445605000000),
		     INT64_C(1772445605000000));
	check_text_of(&d, "2026-03-02T+00005.000Z and 2026-03-02 +0000");
	say_sentence(&f, &d, "%D %D %D %D %D", INT64_C(999999), US_PER_S,
		     US_PER_MINUTE, 2 * HOUR - 1, 2 * HOUR);
	check_text_of(&d, "0 seconds 1 second 1 minute 119 minutes 2 hours");
	say_sentence(&f, &d, "%D %D", 48 * HOUR - 1, 48 * HOUR);
	check_text_of(&d, "47 hours 2 days");
	say_sentence(&f, &d, "at the end %");
	check_text_of(&d, "at the end ");
	say_check(&f, &d, "popups --user %A", (uint32_t)1);
	CHECK_INT(d.lines[0].kind, LINE_CHECK_COMMAND);
	check_text_of(&d, "rpclog popups --user 'alice' 'my logs'");
	f.paths = "";
	say_check(&f, &d, "popups");
	check_text_of(&d, "rpclog popups");
	/* No draft: memory is out, and nobody looks. */
	say(&f, NULL, LINE_WHY, "x");
	say_sentence(&f, NULL, "x");
	say_remedy(&f, NULL, "x");
	say_check(&f, NULL, "x");
	draft_count(NULL, NULL);
}

/* A name of the log as text, and in commands. */
static void
test_names(void)
{
	static const struct {
		const char *name, *text, *word, *account;
	} cases[] = {
		{ "cas1.contoso.com", "cas1.contoso.com", "'cas1.contoso.com'",
		  "'cas1.contoso.com'" },
		{ "CONTOSO\\svc_a-1$", "CONTOSO\\svc_a-1$",
		  "'CONTOSO\\svc_a-1$'", "'svc_a-1$'" },
		{ "a@b.c", "a@b.c", "'a@b.c'", "'a@b.c'" },
		{ "fe80::1", "fe80::1", "'fe80::1'", "'fe80::1'" },
		{ "fe80::1%3", "fe80::1%3", "NAME", "NAME" },
		{ "-rf", "-rf", "NAME", "NAME" },
		{ "A\\-rf", "A\\-rf", "'A\\-rf'", "NAME" },
		{ "it's", "it's", "NAME", "NAME" },
		{ "a b", "a b", "NAME", "NAME" },
		{ "$(reboot)", "$(reboot)", "NAME", "NAME" },
		{ "`reboot`", "`reboot`", "NAME", "NAME" },
		{ "a;b", "a;b", "NAME", "NAME" },
		{ "a|b&c>d<e", "a|b&c>d<e", "NAME", "NAME" },
		{ "a\"b", "a\"b", "NAME", "NAME" },
		{ "a/b", "a/b", "NAME", "NAME" },
		{ "a*?[b]{c}~!#", "a*?[b]{c}~!#", "NAME", "NAME" },
		{ "\x01\x02", "\\x01\\x02", "NAME", "NAME" },
		{ "\x1b[31m\x7f\r\n\t", "\\x1B[31m\\x7F\\x0D\\x0A\\x09", "NAME",
		  "NAME" },
		{ "m\xc3\xbcller", "m\xc3\xbcller", "NAME", "NAME" },
		/* Not UTF-8, or not what a terminal should get. */
		{ "\xff", "\\xFF", "NAME", "NAME" },
		{ "a\xc3", "a\\xC3", "NAME", "NAME" },
		{ "\xc3(", "\\xC3(", "NAME", "NAME" },
		{ "\xc0\xaf", "\\xC0\\xAF", "NAME", "NAME" },
		{ "\xc2\x9b", "\\xC2\\x9B", "NAME", "NAME" },
		{ "\xc2\xa0", "\xc2\xa0", "NAME", "NAME" },
		{ "\xe0\x80\xaf", "\\xE0\\x80\\xAF", "NAME", "NAME" },
		{ "\xed\xa0\x80", "\\xED\\xA0\\x80", "NAME", "NAME" },
		{ "\xe2\x82\xac", "\xe2\x82\xac", "NAME", "NAME" },
		{ "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80", "NAME", "NAME" },
		{ "\xf0\x8f\xbf\xbf", "\\xF0\\x8F\\xBF\\xBF", "NAME", "NAME" },
		{ "\xf4\x90\x80\x80", "\\xF4\\x90\\x80\\x80", "NAME", "NAME" },
		{ "\xf0\x9f\x98", "\\xF0\\x9F\\x98", "NAME", "NAME" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct draft d = { 0 };
		struct check_text want = { 0 };

		check_casef("name %d", (int)i);
		begin(&cases[i].name, 1);
		buf_init(&d.text, SIZE_MAX / 2);
		say_sentence(&f, &d, "%S %H %A", (uint32_t)1, (uint32_t)1,
			     (uint32_t)1);
		check_text_add(&want, "<%s> %s %s", cases[i].text,
			       cases[i].word, cases[i].account);
		check_text_of(&d, want.ptr);
		check_text_free(&want);
	}
}

/* ---- sets -------------------------------------------------------------------
 */

static void
test_sets(void)
{
	static const char *const texts[] = { "a", "b", "client:1", "d" };
	struct set one, other;

	CHECK_CASE("sets");
	begin(texts, ARRAY_LEN(texts));
	set_init(&f, &one);
	set_init(&f, &other);
	CHECK_INT(set_add(&one, 1, 5), 1);
	CHECK_INT(set_add(&one, 1, 2), 0);
	CHECK_INT(set_add(&one, 3, 1), 1);
	CHECK_INT(set_add(&other, 3, 9), 1);
	CHECK_INT(set_add(&other, 0, 9), 1);
	CHECK_INT(one.size, 2);
	CHECK_INT(one.count[1], 7);
	CHECK(set_has(&one, 1) && set_has(&one, 3) && !set_has(&one, 2));
	CHECK_INT(set_common(&f, &one, &other), 1);
	set_clear(&f, &one);
	CHECK_INT(one.size, 0);
	CHECK(!set_has(&one, 1));
	CHECK_INT(set_common(&f, &one, &other), 0);
	CHECK(is_source(&f, 3) && !is_source(&f, 1) && !is_source(&f, 0));
	for (uint32_t i = 0; i <= ARRAY_LEN(texts); i++)
		CHECK_INT(name_number(&f, names[i]), i);
	CHECK_INT(name_number(&f, SLICE("c")), 0);
	CHECK_INT(name_number(&f, SLICE("zz")), 0);
	set_free(&f, &one);
	set_free(&f, &other);
	/* Without memory nothing is in it, and nothing happens. */
	CHECK_INT(set_add(&one, 1, 5), 0);
	CHECK(!set_has(&one, 1));
}

/* Those with most requests, of equals the first names, and how many more. */
static void
test_users(void)
{
	struct draft d = { 0 };
	struct set users;
	char text[40][8];
	const char *texts[40];

	CHECK_CASE("users");
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		snprintf(text[i], sizeof(text[i]), "u%02d", (int)i + 1);
		texts[i] = text[i];
	}
	begin(texts, ARRAY_LEN(texts));
	buf_init(&d.text, SIZE_MAX / 2);
	set_init(&f, &users);
	say_users(&f, &d, &users);
	CHECK_INT(d.face.line_count, 0);
	set_add(&users, 2, 1);
	set_add(&users, 3, 2);
	set_add(&users, 1, 1);
	say_users(&f, &d, &users);
	CHECK_INT(d.face.line_count, 1);
	CHECK_INT(d.lines[0].kind, LINE_USERS);
	check_text_of(&d, "<u03>, <u01>, <u02>");
	set_clear(&f, &users);
	for (uint32_t i = 1; i <= 40; i++)
		set_add(&users, i, i <= 20 ? 1 : 100 - i);
	say_users(&f, &d, &users);
	check_text_of(&d, "<u21>, <u22>, <u23>, <u24>, <u25>, <u26>, <u27>, "
			  "<u28>, <u29>, <u30>, <u31>, <u32>, <u33>, <u34>, "
			  "<u35>, <u36>, <u37>, <u38>, <u39>, <u40>, and 20 "
			  "more");
	set_free(&f, &users);
}

/* ---- counts -----------------------------------------------------------------
 */

static void
test_counts(void)
{
	static const struct cell cells[] = {
		{ .requests = 2,
		  .first_us = 5,
		  .last_us = 9,
		  .first_tag = 7,
		  .last_tag = 3 },
		{ .requests = 1,
		  .first_us = 5,
		  .last_us = 5,
		  .first_tag = 6,
		  .last_tag = 6 },
		{ .requests = 4,
		  .first_us = 6,
		  .last_us = 9,
		  .first_tag = 1,
		  .last_tag = 4 },
		{ .requests = 1,
		  .first_us = 8,
		  .last_us = 8,
		  .first_tag = 9,
		  .last_tag = 9 },
	};

	/* In any order. */
	for (size_t turn = 0; turn < ARRAY_LEN(cells); turn++) {
		struct draft d = { .face = { .first_us = INT64_MAX,
					     .last_us = INT64_MIN } };

		check_casef("counts from %d on", (int)turn);
		for (size_t i = 0; i < ARRAY_LEN(cells); i++)
			draft_count(&d, &cells[(turn + i) % ARRAY_LEN(cells)]);
		CHECK_INT(d.face.requests, 8);
		CHECK_INT(d.face.first_us, 5);
		CHECK_INT(d.face.first_tag, 6);
		CHECK_INT(d.face.last_us, 9);
		CHECK_INT(d.face.last_tag, 4);
	}
}

/* ---- trends -----------------------------------------------------------------
 */

static void
test_trends(void)
{
	static const struct {
		const char *name;
		int64_t hours; /* of all that was read */
		struct {
			int64_t from, to; /* hours */
			uint64_t requests;
		} cells[3];
		enum finding_trend want;
	} cases[] = {
		{ "too short", 1, { { 0, 1, 100 } }, TREND_NONE },
		{ "two hours are enough",
		  2,
		  { { 0, 0, 9 }, { 2, 2, 9 } },
		  TREND_STEADY },
		{ "nothing in the second half",
		  10,
		  { { 0, 4, 9 } },
		  TREND_ENDED },
		{ "nothing in the first", 10, { { 6, 10, 9 } }, TREND_RISING },
		{ "half as many again, and some",
		  10,
		  { { 1, 1, 20 }, { 9, 9, 32 } },
		  TREND_STEADY },
		{ "and more",
		  10,
		  { { 1, 1, 20 }, { 9, 9, 33 } },
		  TREND_RISING },
		{ "less", 10, { { 1, 1, 33 }, { 9, 9, 20 } }, TREND_FALLING },
		{ "the middle of a cell counts",
		  10,
		  { { 0, 9, 50 }, { 1, 10, 5 } },
		  TREND_FALLING },
		{ "of a month only two days count",
		  720,
		  { { 0, 600, 5000 }, { 690, 690, 10 }, { 710, 710, 10 } },
		  TREND_STEADY },
		{ "the last day alone",
		  720,
		  { { 0, 600, 5000 }, { 690, 690, 10 }, { 695, 695, 90 } },
		  TREND_ENDED },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct trend trend;

		check_casef("trend: %s", cases[i].name);
		begin(NULL, 0);
		in.requests = 1;
		in.first_us = 0;
		in.last_us = cases[i].hours * HOUR;
		trend_init(&f, &trend);
		for (size_t k = 0; k < ARRAY_LEN(cases[i].cells); k++) {
			const struct cell cell = {
				.first_us = cases[i].cells[k].from * HOUR,
				.last_us = cases[i].cells[k].to * HOUR,
				.requests = cases[i].cells[k].requests,
			};

			if (cell.requests > 0)
				trend_add(&trend, &cell);
		}
		CHECK_INT(trend_of(&trend), cases[i].want);
	}
}

int
main(void)
{
	test_formats();
	test_names();
	test_sets();
	test_users();
	test_counts();
	test_trends();
	return check_report();
}
