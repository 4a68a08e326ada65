/* SPDX-License-Identifier: MIT */
/* Regexes: the literal that each match must hold, matches, and limits. */

#include "check.h"
#include "regex.h"

static const struct {
	const char *pattern;
	uint32_t flags;
	const char *literal;
	bool whole;
} literals[] = {
	{ "InvalidToken", 0, "InvalidToken", true },
	{ "", 0, "", false },
	{ "a.bcd.ef", 0, "bcd", false },
	{ "status '(Invalid|Bad)Token'", 0, "status '", false },
	{ "ab|cd", 0, "", false },
	{ "abc|", 0, "", false },
	{ "abcd?ef", 0, "abc", false },
	{ "abcd*ef", 0, "abc", false },
	{ "abcd+ef", 0, "abcd", false },
	{ "abcd{0,3}ef", 0, "abc", false },
	{ "abcd{b|c}", 0, "", false },
	{ "(abc)?de", 0, "de", false },
	{ "(?:abc)de", 0, "de", false },
	{ "(?i)abc", 0, "", false },
	{ "(*CRLF)abc", 0, "", false },
	{ "x(a(?i)b)cdef", 0, "", false },
	{ "[abc]def[^]x]gh", 0, "def", false },
	{ "[[:alpha:]]def", 0, "", false },
	{ "\\.dll\\d+", 0, ".dll", false },
	{ "\\x41bcdef", 0, "", false },
	{ "\\Qa|b\\E", 0, "", false },
	{ "(\\Q)\\E)abc", 0, "", false },
	{ "^abc$", 0, "abc", false },
	{ "status=401 token", REGEX_NOCASE, "=401 ", false },
	{ "401", REGEX_NOCASE, "401", true },
	{ "a.b|c", REGEX_LITERAL, "a.b|c", true },
	{ "a.b|c", REGEX_LITERAL | REGEX_NOCASE, "", false },
};

static void
test_literals(const struct alloc *a)
{
	for (size_t i = 0; i < ARRAY_LEN(literals); i++) {
		struct regex *regex;
		bool whole;

		check_casef("literal of %s", literals[i].pattern);
		if (!CHECK_STATUS(regex_new(&regex, a,
					    slice_str(literals[i].pattern),
					    literals[i].flags, NULL),
				  RPCLOG_OK))
			continue;
		CHECK_SLICE(regex_literal(regex, &whole), literals[i].literal);
		CHECK_INT(whole, literals[i].whole);
		regex_free(regex);
	}
}

static const struct {
	const char *pattern, *subject;
	uint32_t flags;
	size_t start;
	rpclog_status want;
	size_t from, to;
} finds[] = {
	{ "b+", "abbc", 0, 0, RPCLOG_OK, 1, 3 },
	{ "b+", "abbc", 0, 2, RPCLOG_OK, 2, 3 },
	{ "b+", "abbc", 0, 3, RPCLOG_NO_MATCH, 3, 0 },
	{ "BC", "abbc", REGEX_NOCASE, 0, RPCLOG_OK, 2, 4 },
	{ "BC", "abbc", 0, 0, RPCLOG_NO_MATCH, 0, 0 },
	{ "a.c", "abc a.c", REGEX_LITERAL, 0, RPCLOG_OK, 4, 7 },
	{ "A.c", "abc a.C", REGEX_LITERAL | REGEX_NOCASE, 0, RPCLOG_OK, 4, 7 },
	{ "(?<=ab)c", "abc", 0, 2, RPCLOG_OK, 2, 3 },
	{ "", "abc", 0, 3, RPCLOG_OK, 3, 3 },
	{ "x*", "", 0, 0, RPCLOG_OK, 0, 0 },
	{ "^.$", "\xff", 0, 0, RPCLOG_OK, 0, 1 },
	{ "(a+)+b$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab!", 0, 0,
	  RPCLOG_ERR_LIMIT, 0, 0 },
};

static void
test_find(const struct alloc *a)
{
	struct regex_run *run;

	if (!CHECK_STATUS(regex_run_new(&run, a, 100000), RPCLOG_OK))
		return;
	for (size_t i = 0; i < ARRAY_LEN(finds); i++) {
		struct regex *regex;
		size_t from = finds[i].start;
		size_t to = 0;

		check_casef("%s in %s", finds[i].pattern, finds[i].subject);
		if (!CHECK_STATUS(regex_new(&regex, a,
					    slice_str(finds[i].pattern),
					    finds[i].flags, NULL),
				  RPCLOG_OK))
			continue;
		CHECK_STATUS(regex_find(run, regex, slice_str(finds[i].subject),
					&from, &to),
			     finds[i].want);
		CHECK_INT(from, finds[i].from);
		CHECK_INT(to, finds[i].to);
		regex_free(regex);
	}
	regex_run_free(run);
}

static void
test_refused(const struct alloc *a)
{
	struct regex_error error;
	struct regex *regex;

	CHECK_CASE("bad pattern");
	CHECK_STATUS(regex_new(&regex, a, SLICE("ab(c"), 0, &error),
		     RPCLOG_ERR_RULE);
	CHECK(regex == NULL);
	CHECK_INT(error.offset, 4);
	CHECK_STR(error.text, "missing closing parenthesis");
	CHECK_STATUS(regex_new(&regex, a, SLICE("(*UTF)c"), 0, &error),
		     RPCLOG_ERR_RULE);
}

/* Every allocation fails once: nothing leaks, nothing is half made. */
static void
test_memory(void)
{
	for (uint64_t n = 1; n < 100; n++) {
		struct check_memory memory;
		struct regex *regex;
		struct regex_run *run = NULL;
		size_t from = 0;
		size_t to;
		rpclog_status status;

		check_memory_init(&memory, n);

		rpclog_options options = check_memory_options(&memory);
		struct alloc a = alloc_from(&options);

		check_casef("allocation %d fails", (int)n);
		status = regex_new(&regex, &a, SLICE("a(b|c)+d"), 0, NULL);
		if (status == RPCLOG_OK)
			status = regex_run_new(&run, &a, 1000);
		if (status == RPCLOG_OK)
			status = regex_find(run, regex, SLICE("xacbd"), &from,
					    &to);
		CHECK(status == RPCLOG_OK || status == RPCLOG_ERR_NOMEM);
		regex_run_free(run);
		regex_free(regex);
		CHECK_INT(memory.live, 0);
		if (memory.calls < n)
			return;
	}
	CHECK(false);
}

int
main(void)
{
	struct alloc a = alloc_from(NULL);

	test_literals(&a);
	test_find(&a);
	test_refused(&a);
	test_memory();
	return check_report();
}
