/* SPDX-License-Identifier: MIT */
/* Findings for people: text. */

#include <stdio.h>
#include <string.h>

#include "diagnose.h"
#include "names.h"
#include "when.h"
#include "wrap.h"

/* Findings of one kind that are told in full; the rest by name. */
#define TOLD_IN_FULL 3

void
diagnose_place(const struct diagnose *d, uint64_t tag, struct out *out)
{
	size_t number = (size_t)(tag >> TAG_LINE_BITS);
	const char *path = number < d->path_count ? d->paths[number] : NULL;

	path = path ? path : "-";
	out_text(out, (rpclog_slice){ path, strlen(path) });
	out_char(out, ':');
	out_unsigned(out, tag & ((UINT64_C(1) << TAG_LINE_BITS) - 1));
}

void
diagnose_plain(rpclog_slice text, struct out *out)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] != FINDING_LOG && text.ptr[i] != FINDING_END)
			out_char(out, text.ptr[i]);
	}
}

const char *
trend_text(enum finding_trend trend)
{
	switch (trend) {
	case TREND_NONE: break;
	case TREND_RISING: return "rising";
	case TREND_STEADY: return "steady";
	case TREND_FALLING: return "falling";
	case TREND_ENDED: return "ended";
	case TREND_FIXED: return "fixed";
	}
	return NULL;
}

/* A minute of the user's zone: "2026-11-20 13:05". */
static void
put_minute(struct out *out, int64_t us)
{
	char text[WHEN_SIZE];

	when_time(text, us);
	text[10] = ' ';
	out_bytes(out, text, 16);
}

static void
put_wrapped(struct out *out, size_t indent, const char *lead, rpclog_slice text)
{
	struct out plain;

	out_memory(&plain);
	out_str(&plain, lead);
	diagnose_plain(text, &plain);
	out_char(&plain, '\0');
	wrap_put(out, indent, plain.data);
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
	case LINE_UNDO_COMMAND: return "How to undo the stop-gap";
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
			if (strcmp(heading, heading_of(line->kind)) != 0) {
				heading = heading_of(line->kind);
				put_heading(out, heading);
			}
			if (is_command(line->kind)) {
				out_str(out, "         ");
				diagnose_plain(line->text, out);
				out_char(out, '\n');
				continue;
			}
			if (line->kind == LINE_DO)
				snprintf(lead, sizeof(lead), "%u. ", ++step);
			else if (line->kind == LINE_WHY)
				strcpy(lead, "- ");
			put_wrapped(out, 5, lead, line->text);
		}
		/* Commands went with what they belong to. */
		if (kind == LINE_DO || kind == LINE_UNDO)
			kind++;
	}
}

static void
put_counts(const struct diagnose *d, const struct finding *finding,
	   struct out *out)
{
	const char *trend = trend_text(finding->trend);

	out_str(out, "   ");
	if (finding->users) {
		out_unsigned(out, finding->users);
		out_str(out, finding->users == 1 ? " user, " : " users, ");
	}
	out_unsigned(out, finding->requests);
	out_str(out, finding->requests == 1 ? " request" : " requests");
	if (finding->requests) {
		out_str(out, ", first ");
		put_minute(out, finding->first_us);
		out_str(out, ", last ");
		put_minute(out, finding->last_us);
	}
	if (trend) {
		out_str(out, "; ");
		out_str(out, trend);
	}
	out_char(out, '\n');
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

static enum out_color
color_of(uint8_t severity)
{
	switch (severity) {
	case RPCLOG_CRITICAL:
	case RPCLOG_HIGH: return COLOR_RED;
	case RPCLOG_MEDIUM: return COLOR_YELLOW;
	default: return COLOR_CYAN;
	}
}

static void
put_title(const struct finding *finding, size_t number, struct out *out)
{
	out_char(out, '\n');
	out_color(out, COLOR_BOLD);
	if (number) {
		out_unsigned(out, number);
		out_str(out, ". ");
	}
	out_color(out, COLOR_OFF);
	out_color(out, color_of(finding->severity));
	out_str(out, number ? severity_text(finding->severity) : "note");
	out_color(out, COLOR_OFF);
	out_str(out, "  ");
	out_color(out, COLOR_BOLD);
	out_safe(out, finding->subject);
	out_color(out, COLOR_OFF);
	out_format(out, "  %s (%s)\n", finding->title, finding->id);
}

static void
put_finding(const struct diagnose *d, const struct finding *finding,
	    size_t number, struct out *out)
{
	put_title(finding, number, out);
	put_wrapped(out, 3, "", finding->sentence);
	if (number)
		put_counts(d, finding, out);
	put_lines(finding, out);
}

/* How many of this kind came before. */
static size_t
told_before(const struct diagnose *d, size_t i)
{
	const char *id = findings_at(d->findings, i)->id;
	size_t count = 0;

	while (i-- > 0)
		count += strcmp(findings_at(d->findings, i)->id, id) == 0;
	return count;
}

/* What is like one that was told: a line each. */
static void
put_short(const struct diagnose *d, const struct finding *finding,
	  size_t number, struct out *out)
{
	put_title(finding, number, out);
	put_counts(d, finding, out);
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
		out_format(out, "%zu finding%s", count, count == 1 ? "" : "s");
	out_color(out, COLOR_OFF);
	out_format(out, " in %zu log%s, ", d->logs, d->logs == 1 ? "" : "s");
	put_minute(out, first_us);
	out_str(out, " to ");
	put_minute(out, last_us);
	out_format(out, " (%s).\n",
		   d->options->zone ? d->options->zone : "UTC");
}

void
diagnose_text(const struct diagnose *d, struct out *out)
{
	put_headline(d, out);
	for (size_t i = 0; i < findings_count(d->findings); i++) {
		const struct finding *finding = findings_at(d->findings, i);

		if (told_before(d, i) < TOLD_IN_FULL)
			put_finding(d, finding, i + 1, out);
		else
			put_short(d, finding, i + 1, out);
	}
	for (size_t i = 0; i < findings_notes(d->findings); i++)
		put_finding(d, findings_note(d->findings, i), 0, out);
	if (d->too_recent)
		out_format(out,
			   "\n%llu unanswered logon%s too recent to judge "
			   "(--settle, --settle-rpc).\n",
			   (unsigned long long)d->too_recent,
			   d->too_recent == 1 ? " is" : "s are");
}
