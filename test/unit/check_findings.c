/* SPDX-License-Identifier: MIT */
/* Findings as text; see check_findings.h. */

#include "check_findings.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- rows that are many ----------------------------------------------------
 */

/* A row, with # and what follows it as numbers. */
static void
put_row(struct check_text *out, const char *text, size_t len, long number)
{
	for (size_t i = 0; i < len; i++) {
		char *end;
		long by;

		if (text[i] != '#') {
			check_text_bytes(out, &text[i], 1);
			continue;
		}
		if (text[i + 1] != '/' && text[i + 1] != '%') {
			check_text_add(out, "%ld", number + 1);
			continue;
		}
		by = strtol(text + i + 2, &end, 10);
		if (by <= 0)
			abort();
		check_text_add(
			out, "%ld",
			(text[i + 1] == '/' ? number / by : number % by) + 1);
		i = (size_t)(end - text) - 1;
	}
}

static void
put_rows(struct check_text *out, const char *text, size_t len)
{
	char *rest;
	long count = strtol(text, &rest, 10);

	if (*rest != '*') {
		put_row(out, text, len, 0);
		check_text_add(out, ";");
		return;
	}

	double start = strtod(rest + 1, &rest);
	double step = *rest == '+' ? strtod(rest + 1, &rest) : 0;

	for (long i = 0; i < count; i++) {
		check_text_add(out, "%.3f", start + (double)i * step);
		put_row(out, rest, len - (size_t)(rest - text), i);
		check_text_add(out, ";");
	}
}

static void
expand(struct check_text *out, const char *text)
{
	while (text[strspn(text, " \n;")]) {
		text += strspn(text, " \n;");
		put_rows(out, text, strcspn(text, ";"));
		text += strcspn(text, ";");
	}
}

/* ---- findings --------------------------------------------------------------
 */

static void
print_time(char text[64], int64_t us)
{
	snprintf(text, 64, "2026-03-02T%02d:%02d:%02d.000Z",
		 (int)(us / 3600000000 % 24), (int)(us / 60000000 % 60),
		 (int)(us / 1000000 % 60));
}

rpclog_status
check_findings_new(struct findings **out, struct gather **gather,
		   rpclog_tracker **tracker, struct check_rows *rows,
		   const char *text, const rpclog_options *options)
{
	const struct findings_options how = { .print_time = print_time,
					      .paths = "logs" };
	rpclog_options mine = *options;
	rpclog_status status;

	*out = NULL;
	*gather = NULL;
	*tracker = NULL;
	mine.flags |= RPCLOG_OPT_LIKELY;
	if (text) {
		struct check_text all = { 0 };

		expand(&all, text);
		check_rows_clear(rows);
		check_rows_add(rows, all.ptr ? all.ptr : "");
		check_text_free(&all);
	}
	status = rpclog_tracker_new(tracker, rows->rules, &mine);
	if (status == RPCLOG_OK)
		status = gather_new(gather, *tracker, &mine);
	for (size_t i = 0; status == RPCLOG_OK && i < rows->count; i++)
		status = gather_row(*gather, rows->row[i].row,
				    &rows->row[i].verdict, 1, i + 1);
	if (status == RPCLOG_OK)
		status = rpclog_tracker_tidy(*tracker);
	if (status == RPCLOG_OK)
		status = gather_close(*gather);
	if (status == RPCLOG_OK)
		status = rpclog_tracker_finish(*tracker);
	if (status == RPCLOG_OK)
		status =
			findings_new(out, *gather, *tracker, rows->rules, &how);
	return status;
}

static bool
is_one_of(const char *id, const char *ids)
{
	for (; *ids; ids += strcspn(ids, "|"), ids += *ids == '|') {
		if (strlen(id) == strcspn(ids, "|") &&
		    strncmp(id, ids, strlen(id)) == 0)
			return true;
	}
	return false;
}

static void
put_finding(struct check_text *out, const struct finding *finding, bool told)
{
	check_text_add(out, "%s ", finding->id);
	check_text_escaped(out, finding->subject);
	check_text_add(out, " %d %d; ", (int)finding->users,
		       (int)finding->requests);
	if (!told)
		return;
	check_text_escaped(out, finding->sentence);
	for (size_t i = 0; i < finding->line_count; i++) {
		check_text_add(out, "\n%d ", (int)finding->lines[i].kind);
		check_text_escaped(out, finding->lines[i].text);
	}
	check_text_add(out, "\n");
}

static void
render(struct check_text *out, struct check_rows *rows, const char *text,
       const char *ids, bool told)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	struct findings *findings;
	struct gather *gather;
	rpclog_tracker *tracker;

	check_text_add(out, "%s", "");
	if (CHECK_STATUS(check_findings_new(&findings, &gather, &tracker, rows,
					    text, &options),
			 RPCLOG_OK)) {
		for (size_t i = 0; i < findings_count(findings); i++) {
			if (is_one_of(findings_at(findings, i)->id, ids))
				put_finding(out, findings_at(findings, i),
					    told);
		}
	}
	findings_free(findings);
	gather_free(gather);
	rpclog_tracker_free(tracker);
}

void
check_findings(struct check_text *out, struct check_rows *rows,
	       const char *text, const char *ids)
{
	render(out, rows, text, ids, false);
}

void
check_findings_told(struct check_text *out, struct check_rows *rows,
		    const char *text, const char *ids)
{
	render(out, rows, text, ids, true);
}
