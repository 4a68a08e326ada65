/* SPDX-License-Identifier: MIT */
/* `rpclog rules`: lists, checks and tests the rule set. */

#include <stdio.h>
#include <string.h>

#include "names.h"
#include "run.h"
#include "setup.h"

/* Is the class one of a rule in the user's file? */
static int
is_own(const rpclog_rules *rules, uint32_t class_id)
{
	uint32_t id;
	uint64_t line;
	size_t i;

	for (i = 0; rpclog_rules_rule(rules, i, &id, &line, NULL); i++)
		if (id == class_id)
			return line != 0;
	return 0;
}

static int
list(const struct options *options, const rpclog_rules *rules)
{
	static const struct column columns[] = {
		{ "number", CELL_NUMBER }, { "name", CELL_TEXT },
		{ "popup", CELL_TEXT },	   { "severity", CELL_TEXT },
		{ "title", CELL_TEXT },	   { "origin", CELL_TEXT },
	};
	struct table *table;
	rpclog_class info;
	size_t i;

	table = table_begin(out_stdout(), options->format, columns,
			    sizeof(columns) / sizeof(columns[0]),
			    options->csv_guard ? 0 : TABLE_NO_GUARD);
	for (i = 0; rpclog_rules_class(rules, i, &info); i++) {
		table_unsigned(table, info.id);
		table_str(table, info.name);
		if (info.popup == RPCLOG_POPUP_YES)
			table_paint(table, COLOR_RED);
		table_str(table, popup_text(info.popup));
		table_str(table, severity_text(info.severity));
		table_str(table, info.title);
		table_str(table, is_own(rules, info.id) ? "file" : "built-in");
		table_row(table);
	}
	table_end(table);
	return EXIT_DONE;
}

struct test {
	const rpclog_rules *rules;
	const rpclog_options *library;
	rpclog_matcher *matcher;
	const char *path; /* of the user's rules */
	size_t passed, failed;
};

static const char *
class_name(const rpclog_rules *rules, uint32_t id)
{
	rpclog_class info;

	return rpclog_rules_by_id(rules, id, &info) ? info.name : "?";
}

/* The rule that claims the sample's row; SIZE_MAX if none does. */
static size_t
claimed_by(struct test *test, rpclog_slice log)
{
	rpclog_parser *parser = NULL;
	const rpclog_row *row;
	rpclog_verdict verdict;
	size_t rule = SIZE_MAX;
	rpclog_status status;

	if (rpclog_parser_new(&parser, test->library) != RPCLOG_OK ||
	    rpclog_parser_feed(parser, log.ptr, log.len) != RPCLOG_OK ||
	    rpclog_parser_finish(parser) != RPCLOG_OK)
		goto out;
	do
		status = rpclog_parser_next(parser, &row);
	while (status == RPCLOG_SCHEMA || status == RPCLOG_MORE);
	if (status == RPCLOG_OK &&
	    rpclog_matcher_classify(test->matcher, rpclog_parser_schema(parser),
				    row, &verdict) == RPCLOG_OK)
		rule = verdict.rule;
out:
	rpclog_parser_free(parser);
	return rule;
}

static void
say_failed(const struct test *test, size_t rule, size_t n, size_t claimed)
{
	uint32_t id = 0, other = 0;
	uint64_t line = 0;
	char place[64] = "built-in";
	const char *what;

	rpclog_rules_rule(test->rules, rule, &id, &line, NULL);
	if (claimed == SIZE_MAX) {
		what = "no rule";
	} else {
		rpclog_rules_rule(test->rules, claimed, &other, NULL, NULL);
		what = class_name(test->rules, other);
	}
	if (line)
		snprintf(place, sizeof(place), "line %llu",
			 (unsigned long long)line);
	complain("%s%s%s: sample %llu of %s was claimed by %s",
		 line ? test->path : "", line ? ", " : "", place,
		 (unsigned long long)(n + 1), class_name(test->rules, id),
		 what);
}

static void
test_rule(struct test *test, size_t rule)
{
	rpclog_slice log;
	int matches;
	size_t n;

	for (n = 0; rpclog_rules_sample(test->rules, rule, n, &log, &matches);
	     n++) {
		const size_t claimed = claimed_by(test, log);

		/* One that must match may belong to a rule of the user's that
		 * stands before. */
		if ((claimed == rule) == (matches != 0)) {
			test->passed++;
			continue;
		}
		test->failed++;
		say_failed(test, rule, n, claimed);
	}
}

static int
run_tests(const char *path, const rpclog_rules *rules,
	  const rpclog_options *library)
{
	struct test test;
	size_t i;

	memset(&test, 0, sizeof(test));
	test.rules = rules;
	test.library = library;
	test.path = path ? path : "";
	if (rpclog_matcher_new(&test.matcher, rules, library) != RPCLOG_OK) {
		complain("out of memory");
		return EXIT_TROUBLE;
	}
	for (i = 0; i < rpclog_rules_count(rules); i++)
		test_rule(&test, i);
	rpclog_matcher_free(test.matcher);
	out_format(out_stdout(), "%llu passed, %llu failed\n",
		   (unsigned long long)test.passed,
		   (unsigned long long)test.failed);
	return test.failed ? EXIT_TROUBLE : EXIT_DONE;
}

static size_t
own_rules(const rpclog_rules *rules)
{
	uint64_t line;
	size_t i, count = 0;

	for (i = 0; rpclog_rules_rule(rules, i, NULL, &line, NULL); i++)
		count += line != 0;
	return count;
}

static int
run_rules_command(struct options *options)
{
	const char *verb = options->operand_count ? options->operands[0] : "";
	const char *path =
		options->operand_count > 1 ? options->operands[1] : NULL;
	const int check = strcmp(verb, "check") == 0;
	rpclog_options library;
	rpclog_rules *rules;
	int code = EXIT_DONE;

	if (!check && strcmp(verb, "list") != 0 && strcmp(verb, "test") != 0)
		return usage_error(options, "rules: say list, check FILE or "
					    "test [FILE]");
	if (options->operand_count > 2)
		return usage_error(options, "rules %s: one FILE at most", verb);
	if (check && !path)
		return usage_error(options, "rules check: no FILE given");
	run_library_options(options, &library);
	library.flags = 0;
	rules = path ? rules_read(path, &library)
		     : run_load_rules(options, &library);
	if (!rules)
		return EXIT_TROUBLE;
	if (check)
		out_format(out_stdout(), "%s: %llu %s, ok\n", path,
			   (unsigned long long)own_rules(rules),
			   own_rules(rules) == 1 ? "rule" : "rules");
	else if (verb[0] == 't')
		code = run_tests(path, rules, &library);
	else
		code = list(options, rules);
	rpclog_rules_free(rules);
	return code;
}

const struct command command_rules = {
	"rules",
	"list | check FILE | test [FILE]",
	"list the rules, check a file of rules, run their samples",
	CMD_RULES,
	run_rules_command,
	NULL
};
