/* SPDX-License-Identifier: MIT */
/* Findings for people: text. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diagnose.h"
#include "names.h"
#include "wrap.h"

/* With 'lead' in front, and all lines of the text below one another. */
static void
put_wrapped(struct out *out, const char *lead, rpclog_slice text)
{
	size_t column = strlen(lead);
	struct out plain;

	out_memory(&plain);
	diagnose_plain(text, &plain);
	out_char(&plain, '\0');
	if (column) {
		out_format(out, "     %s", lead);
		column += 5;
	}
	wrap_from(out, column ? column + 1 : 5, column, plain.data);
	out_free(&plain);
}

static void
put_heading(struct out *out, const char *text)
{
	out_str(out, "\n   ");
	out_color(out, COLOR_BOLD);
	out_str(out, text);
	out_color(out, COLOR_OFF);
	out_char(out, '\n');
}

static const char *
heading_of(enum finding_line_kind kind)
{
	switch (kind) {
	case LINE_USERS: return "Who";
	case LINE_WHY: return "Why we think so";
	case LINE_DO:
	case LINE_COMMAND: return "What to do";
	case LINE_UNDO:
	case LINE_UNDO_COMMAND: return "How to undo it";
	case LINE_CHECK:
	case LINE_CHECK_COMMAND: return "How to see that it worked";
	}
	return "";
}

static int
is_command(enum finding_line_kind kind)
{
	return kind == LINE_COMMAND || kind == LINE_UNDO_COMMAND ||
	       kind == LINE_CHECK_COMMAND;
}

/* Lines come in any order of kinds, and are told in that of the kinds. */
static void
put_lines(const struct finding *finding, struct out *out)
{
	const char *heading = "";
	unsigned step = 0;

	for (int kind = LINE_USERS; kind <= LINE_CHECK; kind++) {
		for (size_t i = 0; i < finding->line_count; i++) {
			const struct finding_line *line = &finding->lines[i];
			char lead[16] = "";

			if (line->kind != (enum finding_line_kind)kind &&
			    !(is_command(line->kind) &&
			      (int)line->kind == kind + 1))
				continue;
			if (diagnose_is_subject(finding, line))
				continue;
			if (strcmp(heading, heading_of(line->kind)) != 0) {
				heading = heading_of(line->kind);
				put_heading(out, heading);
			}
			if (is_command(line->kind)) {
				out_str(out, line->kind == LINE_COMMAND
						     ? "          "
						     : "       ");
				diagnose_plain(line->text, out);
				out_char(out, '\n');
				continue;
			}
			if (line->kind == LINE_DO)
				snprintf(lead, sizeof(lead), "%u.", ++step);
			else if (line->kind == LINE_WHY)
				strcpy(lead, "-");
			put_wrapped(out, lead, line->text);
		}
		/* Commands went with what they belong to. */
		if (kind == LINE_DO || kind == LINE_UNDO)
			kind++;
	}
}

/* Two rows, where to look at them. */
static void
put_examples(const struct diagnose *d, const struct finding *finding,
	     struct out *out)
{
	if (finding->examples == 0)
		return;
	out_str(out, "   e.g. ");
	diagnose_place(d, finding->first_tag, out);
	if (finding->examples > 1) {
		out_str(out, "\n        ");
		diagnose_place(d, finding->last_tag, out);
	}
	out_char(out, '\n');
}

static void
put_title(const struct finding *finding, size_t number, struct out *out)
{
	out_char(out, '\n');
	out_color(out, COLOR_BOLD);
	if (number)
		out_format(out, "%zu. ", number);
	out_color(out, COLOR_OFF);
	out_color(out, diagnose_color(finding));
	out_str(out, number ? severity_text(finding->severity) : "note");
	out_color(out, COLOR_OFF);
	out_str(out, "  ");
	out_color(out, COLOR_BOLD);
	diagnose_subject(finding, out);
	out_color(out, COLOR_OFF);
	out_str(out, "\n   ");
	out_safe(out, (rpclog_slice){ finding->title, strlen(finding->title) });
	out_format(out, " (%s)\n\n", finding->id);
}

static void
put_counts(const struct finding *finding, struct out *out)
{
	struct out words;

	out_memory(&words);
	diagnose_counts(finding, &words);
	out_char(&words, '\0');
	wrap_put(out, 3, words.data);
	out_free(&words);
}

static void
put_sentence(const struct finding *finding, struct out *out)
{
	struct out plain;

	out_memory(&plain);
	diagnose_plain(finding->sentence, &plain);
	out_char(&plain, '\0');
	wrap_put(out, 3, plain.data);
	out_free(&plain);
}

void
diagnose_put_text(const struct diagnose *d, const struct finding *finding,
		  size_t number, struct out *out)
{
	put_title(finding, number, out);
	put_sentence(finding, out);
	if (number) {
		put_counts(finding, out);
		put_examples(d, finding, out);
	}
	put_lines(finding, out);
	out_format(out, "\n   More: rpclog explain %s\n", finding->id);
}

static void
put_headline(const struct diagnose *d, struct out *out)
{
	size_t count = findings_count(d->findings);
	int64_t first_us, last_us;

	if (!findings_span(d->findings, &first_us, &last_us)) {
		if (d->logs)
			out_str(out, "No requests to look at.\n");
		return;
	}
	out_color(out, COLOR_BOLD);
	if (count == 0)
		out_str(out, "No findings");
	else
		diagnose_number(out, count, "finding");
	out_color(out, COLOR_OFF);
	out_char(out, ' ');
	diagnose_span(d, out);
}

void
diagnose_text(const struct diagnose *d, struct out *out)
{
	struct ranks ranks;

	diagnose_rank(d->findings, &ranks);
	put_headline(d, out);
	diagnose_summary(d, &ranks, out);
	for (size_t i = 0; i < findings_count(d->findings); i++) {
		if (diagnose_in_full(&ranks, i))
			diagnose_put_text(d, findings_at(d->findings, i), i + 1,
					  out);
		else if (diagnose_first_named(&ranks, i))
			diagnose_alike(d, i, out);
	}
	for (size_t i = 0; i < findings_notes(d->findings); i++)
		diagnose_put_text(d, findings_note(d->findings, i), 0, out);
	if (d->too_recent)
		out_format(out,
			   "\n%llu unanswered logon%s too recent to judge "
			   "(--settle, --settle-rpc).\n",
			   (unsigned long long)d->too_recent,
			   d->too_recent == 1 ? " is" : "s are");
	free(ranks.of);
}
