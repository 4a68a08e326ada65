/* SPDX-License-Identifier: MIT */
/* Patterns and globs against what grep(1) and fnmatch(3) would say. */

#include "check.h"
#include "pattern.h"

struct find_case {
	const char *patterns; /* parted by LF */
	uint32_t flags;
	const char *subject;
	const char *want; /* "from-to" of all matches */
};

#define F PATTERN_LITERAL
#define I PATTERN_NOCASE
#define W PATTERN_WORD
#define X PATTERN_LINE

static const struct find_case find_cases[] = {
	{ "foo", 0, "a foo foo", "2-5 6-9" },
	{ "foo", 0, "bar", "" },
	{ "f.o", 0, "fxo f.o", "0-3 4-7" },
	{ "f.o", F, "fxo f.o", "4-7" },
	{ "FOO", I, "a foo", "2-5" },
	{ "FOO", F | I, "a foo", "2-5" },
	{ "", 0, "ab", "0-0 1-1 2-2" },
	{ "", F, "ab", "0-0 1-1 2-2" },
	{ "", F | X, "ab", "" },
	{ "", F | X, "", "0-0" },
	{ "x*", 0, "axb", "0-0 1-2 2-2 3-3" },
	{ "foo", W, "foobar foo", "7-10" },
	{ "foo", F | W, "foobar_foo foo.", "11-14" },
	{ "foo|foobar", W, "foobar", "0-6" },
	{ "foo.*", W, "foo bar!", "0-8" },
	{ "o+", W, "foo oo", "4-6" },
	{ "a.a", W, "xa.a.a", "3-6" },
	{ "foo", X, "foo", "0-3" },
	{ "foo", X, "foo ", "" },
	{ "a|ab", X, "ab", "0-2" },
	{ "foo", F | X, "foo", "0-3" },
	{ "FOO", F | X | I, "foo", "0-3" },
	{ "foo", F | X | W, "foo", "0-3" },
	{ "(?x) foo # bar", W, "xfoo foo", "5-8" },
	{ "(?x) foo # bar", X, "foo", "0-3" },
	{ "(?x) foo # bar", X, "foox", "" },
	{ "ab\nabc", F, "xabcab", "1-4 4-6" },
	{ "ab\nabc", 0, "xabcab", "1-4 4-6" },
	{ "b\na", 0, "ab", "0-1 1-2" },
	{ "AB\nabc", F | I, "xaBCAb", "1-4 4-6" },
	{ "foo\nfoob", F | W, "foobar foob-foo", "7-11 12-15" },
	{ "foo\nfoob", F | X, "foob", "0-4" },
	{ "foo\nfoob", F | X, "foobo", "" },
	{ "foo\n", F, "xfoo", "0-0 1-4 4-4" },
	{ "foo\n", F | W, "x foo", "2-5" },
	{ "foo\n", F | X, "", "0-0" },
	{ "foo\n", F | X, "x", "" },
	{ "\n", F, "x", "0-0 1-1" },
	{ "(a)\\1\n(b)\\1", 0, "aabb", "0-2 2-4" },
	{ "^a", 0, "aa", "0-1" },
	{ "a$", 0, "aa", "1-2" },
	{ "\\bfoo", 0, "xfoo foo", "5-8" },
};

static rpclog_status
compile(rpclog_pattern **out, const char *text, uint32_t flags,
	const rpclog_options *options, rpclog_diag *diag)
{
	rpclog_slice items[16];
	size_t count = 0;

	for (;;) {
		const char *end = strchr(text, '\n');

		items[count++] = end ? slice_of(text, (size_t)(end - text))
				     : slice_str(text);
		if (!end)
			break;
		text = end + 1;
	}
	return pattern_compile(out, items, count, flags, options, diag);
}

static void
find_all(struct check_text *got, rpclog_finder *finder, rpclog_slice subject)
{
	size_t from = 0, to = 0;

	check_text_add(got, "%s", "");
	while (from <= subject.len &&
	       finder_find(finder, subject, &from, &to) == RPCLOG_OK) {
		check_text_add(got, "%s%zu-%zu", got->len ? " " : "", from, to);
		from = to > from ? to : to + 1;
	}
}

static void
run_find(const struct find_case *c, const rpclog_options *options)
{
	struct check_text got = { 0 };
	rpclog_pattern *pattern;
	rpclog_finder *finder;
	rpclog_diag diag;

	check_casef("\"%s\" flags %u in \"%s\"", c->patterns, c->flags,
		    c->subject);
	if (!CHECK_STATUS(
		    compile(&pattern, c->patterns, c->flags, options, &diag),
		    RPCLOG_OK))
		return;
	if (CHECK_STATUS(finder_new(&finder, pattern, options), RPCLOG_OK)) {
		find_all(&got, finder, slice_str(c->subject));
		CHECK_STR(got.ptr, c->want);
		finder_free(finder);
	}
	pattern_free(pattern);
	check_text_free(&got);
}

/* Every allocation fails once: NOMEM, nothing lost, nothing crashed. */
static void
run_failing(const struct find_case *c)
{
	for (uint64_t at = 1; at < 200; at++) {
		struct check_memory memory;
		rpclog_options options;
		rpclog_pattern *pattern;
		rpclog_finder *finder = NULL;
		rpclog_diag diag;

		check_memory_init(&memory, at);
		options = check_memory_options(&memory);

		rpclog_status status = compile(&pattern, c->patterns, c->flags,
					       &options, &diag);

		if (status == RPCLOG_OK)
			status = finder_new(&finder, pattern, &options);
		else
			CHECK(pattern == NULL);
		finder_free(finder);
		pattern_free(pattern);
		CHECK_INT(memory.live, 0);
		if (status == RPCLOG_OK && memory.calls < at)
			return;
		CHECK(status == RPCLOG_OK || status == RPCLOG_ERR_NOMEM);
	}
	CHECK(false);
}

static void
test_refused(void)
{
	rpclog_pattern *pattern;
	rpclog_diag diag;

	CHECK_CASE("a bad pattern among good ones");
	CHECK_STATUS(compile(&pattern, "a\n(b\nc", 0, NULL, &diag),
		     RPCLOG_ERR_RULE);
	CHECK(pattern == NULL);
	CHECK_INT(diag.line, 2);
	CHECK(strstr(diag.text, "\"(b\"") != NULL);
	CHECK_STATUS(compile(&pattern, "a)(b", W, NULL, &diag),
		     RPCLOG_ERR_RULE);
	CHECK_CASE("no pattern at all");
	CHECK_STATUS(pattern_compile(&pattern, NULL, 0, F, NULL, &diag),
		     RPCLOG_OK);

	rpclog_finder *finder;
	size_t from = 0, to = 0;

	CHECK_STATUS(finder_new(&finder, pattern, NULL), RPCLOG_OK);
	CHECK_STATUS(finder_find(finder, SLICE(""), &from, &to),
		     RPCLOG_NO_MATCH);
	finder_free(finder);
	pattern_free(pattern);
}

static void
test_limit(void)
{
	char subject[4096];
	rpclog_pattern *pattern;
	rpclog_finder *finder;
	size_t from = 0, to = 0;

	CHECK_CASE("a pattern that runs away");
	memset(subject, 'a', sizeof(subject));
	CHECK_STATUS(compile(&pattern, "^(a+)+$|x", 0, NULL, NULL), RPCLOG_OK);
	CHECK_STATUS(finder_new(&finder, pattern, NULL), RPCLOG_OK);
	subject[sizeof(subject) - 1] = 'b';
	CHECK_STATUS(finder_find(finder, slice_of(subject, sizeof(subject)),
				 &from, &to),
		     RPCLOG_ERR_LIMIT);
	CHECK_INT(from, 0);
	CHECK_STATUS(finder_find(finder, SLICE("bx"), &from, &to), RPCLOG_OK);
	CHECK_INT(from, 1);
	finder_free(finder);
	pattern_free(pattern);
}

static const struct {
	const char *glob, *text;
	int whole, user;
} glob_cases[] = {
	{ "", "", 1, 1 },
	{ "", "a", 0, 0 },
	{ "*", "", 1, 1 },
	{ "a?c", "abc", 1, 1 },
	{ "a?c", "ac", 0, 0 },
	{ "A*C", "abbc", 1, 1 },
	{ "a*b*c", "aXbXbYc", 1, 1 },
	{ "a*b*c", "aXbXbYcZ", 0, 0 },
	{ "[a]", "a", 1, 1 },
	{ "u[3-5]", "u4", 1, 1 },
	{ "u[3-5]", "u6", 0, 0 },
	{ "u[!3-5]", "u6", 1, 1 },
	{ "u[!3-5]", "U4", 0, 0 },
	{ "[A-C]*", "bob", 1, 1 },
	{ "[]x]", "]", 1, 1 },
	{ "a[b", "a[b", 1, 1 },
	{ "a[b", "ab", 0, 0 },
	{ "*[0-9]", "alice7", 1, 1 },
	{ "*[0-9]", "alice", 0, 0 },
	{ "alice", "CONTOSO\\Alice", 0, 1 },
	{ "alice", "alice@contoso.com", 0, 1 },
	{ "al*", "CONTOSO\\bob", 0, 0 },
	{ "contoso\\*", "CONTOSO\\bob", 1, 1 },
	{ "*@contoso.com", "alice@contoso.com", 1, 1 },
	{ "contoso.com", "alice@contoso.com", 0, 0 },
	{ "contoso", "CONTOSO\\alice", 0, 0 },
};

static void
test_globs(void)
{
	char text[20001], glob[401];

	for (size_t i = 0; i < ARRAY_LEN(glob_cases); i++) {
		rpclog_slice g = slice_str(glob_cases[i].glob);
		rpclog_slice t = slice_str(glob_cases[i].text);

		check_casef("glob %s on %s", glob_cases[i].glob,
			    glob_cases[i].text);
		CHECK_INT(glob_match(g, t), glob_cases[i].whole);
		CHECK_INT(glob_match_user(g, t), glob_cases[i].user);
	}
	CHECK_CASE("many stars");
	memset(text, 'a', sizeof(text));
	for (size_t i = 0; i < sizeof(glob) - 1; i++)
		glob[i] = i % 2 ? 'a' : '*';
	glob[sizeof(glob) - 1] = 'b';
	CHECK_INT(glob_match(slice_of(glob, sizeof(glob)),
			     slice_of(text, sizeof(text))),
		  0);
}

/* The longest of many words, and none that is not there. */
static void
test_many(void)
{
	static char store[2000][16];
	rpclog_slice items[2000];
	rpclog_pattern *pattern;
	rpclog_finder *finder;

	CHECK_CASE("2000 words");
	for (size_t i = 0; i < ARRAY_LEN(items); i++) {
		/* 4 to 13 bytes, all different. */
		size_t n = i;

		memcpy(store[i], "word--------", 12);
		for (size_t k = 4; n > 0; k++, n /= 7)
			store[i][k] = (char)('a' + n % 7);
		items[i] = slice_of(store[i], 4 + i % 8);
	}
	CHECK_STATUS(pattern_compile(&pattern, items, ARRAY_LEN(items), F, NULL,
				     NULL),
		     RPCLOG_OK);
	CHECK_STATUS(finder_new(&finder, pattern, NULL), RPCLOG_OK);
	for (size_t i = 0; i < ARRAY_LEN(items); i++) {
		char subject[32] = "wor-wo--";
		size_t from = 0, to = 0;

		memcpy(subject + 8, items[i].ptr, items[i].len);
		CHECK_STATUS(finder_find(finder,
					 slice_of(subject, 8 + items[i].len),
					 &from, &to),
			     RPCLOG_OK);
		CHECK_INT(from, 8);
		CHECK_INT(to, 8 + items[i].len);
	}
	finder_free(finder);
	pattern_free(pattern);
}

int
main(void)
{
	for (size_t i = 0; i < ARRAY_LEN(find_cases); i++)
		run_find(&find_cases[i], NULL);
	for (size_t i = 0; i < ARRAY_LEN(find_cases); i += 3)
		run_failing(&find_cases[i]);
	test_refused();
	test_limit();
	test_globs();
	test_many();
	return check_report();
}
