/* SPDX-License-Identifier: MIT */
/* report: the summary of a day, for people, mail and monitoring. */

#include <stdlib.h>
#include <string.h>

#include "inputs.h"
#include "load.h"
#include "replace.h"
#include "report/page.h"
#include "schema.h"

#define EXIT_NO_DATA 3

static void
print(const struct report *report, struct out *out)
{
	const struct options *options = report->options;
	const struct mail_options mail = {
		.to = options->mail_to.items,
		.to_count = options->mail_to.count,
		.from = options->mail_from,
		.crlf = options->crlf != 0,
	};

	switch (options->report_form) {
	case REPORT_TEXT: page_text(report, false, out); break;
	case REPORT_MARKDOWN: page_markdown(report, out); break;
	case REPORT_HTML: page_html(report, out); break;
	case REPORT_JSON: report_json(report, out); break;
	case REPORT_MAIL: report_mail(report, &mail, out); break;
	case REPORT_PROM: report_prom(report, out); break;
	}
}

/* To stdout, or all at once to a file. */
static int
write_report(const struct report *report)
{
	const struct options *options = report->options;
	struct out out;
	int code;

	if (!options->output_file) {
		print(report, out_stdout());
		return EXIT_DONE;
	}
	out_memory(&out);
	print(report, &out);
	code = file_replace(options->output_file, out.data, out.len);
	out_free(&out);
	return code;
}

static int
tell(struct db *db, const struct options *options)
{
	rpclog_options library = RPCLOG_OPTIONS_INIT;
	rpclog_rules *rules;
	struct report *report = NULL;
	char *source = report_source(options);
	char *paths = report_paths(db, options);
	int code = EXIT_TROUBLE;

	run_library_options(options, &library);
	rules = run_load_rules(options, &library);
	if (rules)
		report = report_new(db, options, rules, source, paths);
	if (report)
		db_check_still(db);
	if (interrupted) {
		code = EXIT_INTERRUPTED;
	} else if (report && db_error(db)) {
		complain("%s: %s",
			 options->database ? options->database
					   : "temporary database",
			 db_error(db));
	} else if (report) {
		code = write_report(report);
		if (code == EXIT_DONE && !report->sums[SPAN_NOW].known)
			code = EXIT_NO_DATA;
	}
	report_free(report);
	rpclog_rules_free(rules);
	free(source);
	free(paths);
	return code;
}

/* 2 before 3 before 0. */
static int
worse(int a, int b)
{
	if (a == EXIT_TROUBLE || b == EXIT_TROUBLE)
		return EXIT_TROUBLE;
	return a > b ? a : b;
}

/* What was given is not repeated: it may hold anything. */
#define BAD_ADDRESS                                                            \
	"%s: not an address like user@example.com or Name <user@example.com>"

static int
check(const struct options *options)
{
	int64_t since_us, until_us;

	if (options->database && options->operand_count)
		return usage_error(options, "report: of -d DB or of PATHs, not "
					    "of both: load them first");
	if (options->database && options->ledger_file)
		return usage_error(options,
				   "--ledger is for PATHs: it tells of logs "
				   "that are read");
	if (options->report_form != REPORT_MAIL &&
	    (options->mail_to.count || options->mail_from || options->crlf))
		return usage_error(options, "--to, --from and --crlf are for "
					    "--format mail");
	for (size_t i = 0; i < options->mail_to.count; i++) {
		if (!mail_address_valid(options->mail_to.items[i]))
			return usage_error(options, BAD_ADDRESS, "--to");
	}
	if (options->mail_from && !mail_address_valid(options->mail_from))
		return usage_error(options, BAD_ADDRESS, "--from");
	return report_span_of(options, &since_us, &until_us);
}

static int
run_report_command(struct options *options)
{
	struct db *db;
	int code = check(options);

	if (code != EXIT_DONE)
		return code;
	run_catch_interrupt();
	if (options->database) {
		db = schema_open(options->database, 0);
		/* One state of it, whatever is loaded meanwhile. */
		db_exec(db, "BEGIN");
	} else {
		code = load_privately(options, &db);
	}
	db_catch_interrupt(db);
	if (!interrupted)
		code = worse(code, tell(db, options));
	db_catch_interrupt(NULL);
	if (interrupted)
		code = EXIT_INTERRUPTED;
	db_close(db);
	return code;
}

const struct command command_report = {
	.name = "report",
	.usage = "-d DB | PATH...",
	.sentence = "the summary of a day: text, md, html, json, mail, prom",
	.bit = CMD_REPORT,
	.run = run_report_command,
	.notes = "Of yesterday, unless --day or -S and -U say otherwise; it is "
		 "held against the day\n"
		 "before and the same day a week before, so give it logs of "
		 "these, too.\n"
		 "Exit 3: no log of that day was read.  rpclog-nightly(7) has "
		 "the whole night.\n",
};
