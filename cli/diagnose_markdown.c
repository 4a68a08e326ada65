/* SPDX-License-Identifier: MIT */
/* Findings for a ticket or a wiki: Markdown. */

#include <string.h>

#include "diagnose.h"
#include "names.h"
#include "when.h"

/* What came from a log, as code, so that nothing in it is markup. */
static void
put_code(struct out *out, const char *text, size_t len)
{
	size_t run = 0, longest = 0;

	for (size_t i = 0; i < len; i++) {
		run = text[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	for (size_t i = 0; i <= longest; i++)
		out_char(out, '`');
	if (longest)
		out_char(out, ' ');
	out_bytes(out, text, len);
	if (longest)
		out_char(out, ' ');
	for (size_t i = 0; i <= longest; i++)
		out_char(out, '`');
}

/* Our own words hold no markup but backslashes, which stand for themselves. */
static void
put_words(struct out *out, rpclog_slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		size_t end = i + 1;

		if (text.ptr[i] != FINDING_LOG) {
			if (strchr("\\*_`<[", text.ptr[i]))
				out_char(out, '\\');
			out_char(out, text.ptr[i]);
			continue;
		}
		while (end < text.len && text.ptr[end] != FINDING_END)
			end++;
		if (end > i + 1)
			put_code(out, text.ptr + i + 1, end - i - 1);
		i = end;
	}
}

static void
put_safe_code(struct out *out, rpclog_slice text)
{
	struct out safe;

	out_memory(&safe);
	out_safe(&safe, text);
	put_code(out, safe.data ? safe.data : "", safe.len);
	out_free(&safe);
}

static void
put_minute(struct out *out, int64_t us)
{
	char text[WHEN_SIZE];

	when_time(text, us);
	text[10] = ' ';
	out_bytes(out, text, 16);
}

static void
put_place(const struct diagnose *d, uint64_t tag, struct out *out)
{
	struct out place;

	out_memory(&place);
	place.safe = 1;
	diagnose_place(d, tag, &place);
	put_code(out, place.data, place.len);
	out_free(&place);
}

static void
put_facts(const struct diagnose *d, const struct finding *finding,
	  struct out *out)
{
	const char *trend = trend_text(finding->trend);

	out_format(out, "\n%llu users, %llu requests",
		   (unsigned long long)finding->users,
		   (unsigned long long)finding->requests);
	if (finding->requests) {
		out_str(out, ", first ");
		put_minute(out, finding->first_us);
		out_str(out, ", last ");
		put_minute(out, finding->last_us);
	}
	if (trend)
		out_format(out, "; %s", trend);
	out_str(out, ".\n");
	if (finding->examples == 0)
		return;
	out_str(out, "Rows: ");
	put_place(d, finding->first_tag, out);
	if (finding->examples > 1) {
		out_str(out, ", ");
		put_place(d, finding->last_tag, out);
	}
	out_char(out, '\n');
}

static void
put_part(const struct finding *finding, const char *heading,
	 enum finding_line_kind words, enum finding_line_kind commands,
	 const char *lead, struct out *out)
{
	int begun = 0;

	for (size_t i = 0; i < finding->line_count; i++) {
		const struct finding_line *line = &finding->lines[i];

		if (line->kind != words && line->kind != commands)
			continue;
		if (!begun++)
			out_format(out, "\n**%s**\n\n", heading);
		if (line->kind == words) {
			out_str(out, lead);
			put_words(out, line->text);
			out_char(out, '\n');
		} else {
			out_str(out, "\n       ");
			diagnose_plain(line->text, out);
			out_str(out, "\n\n");
		}
	}
}

static void
put_finding(const struct diagnose *d, const struct finding *finding, int note,
	    struct out *out)
{
	out_format(out, "\n## %s: ",
		   note ? "note" : severity_text(finding->severity));
	put_safe_code(out, finding->subject);
	out_format(out, ", %s (`%s`)\n\n", finding->title, finding->id);
	put_words(out, finding->sentence);
	out_char(out, '\n');
	if (!note)
		put_facts(d, finding, out);
	put_part(finding, "Who", LINE_USERS, LINE_USERS, "", out);
	put_part(finding, "Why we think so", LINE_WHY, LINE_WHY, "- ", out);
	put_part(finding, "What to do", LINE_DO, LINE_COMMAND, "1. ", out);
	put_part(finding, "How to undo the stop-gap", LINE_UNDO,
		 LINE_UNDO_COMMAND, "", out);
	put_part(finding, "How to see that it worked", LINE_CHECK,
		 LINE_CHECK_COMMAND, "", out);
}

void
diagnose_markdown(const struct diagnose *d, struct out *out)
{
	size_t count = findings_count(d->findings);
	int64_t first_us, last_us;

	out_str(out, "# Findings\n\n");
	if (!findings_span(d->findings, &first_us, &last_us)) {
		out_str(out, "No requests to look at.\n");
		return;
	}
	out_format(out, "%zu in %zu log%s, ", count, d->logs,
		   d->logs == 1 ? "" : "s");
	put_minute(out, first_us);
	out_str(out, " to ");
	put_minute(out, last_us);
	out_format(out, " (%s).\n",
		   d->options->zone ? d->options->zone : "UTC");
	for (size_t i = 0; i < count; i++)
		put_finding(d, findings_at(d->findings, i), 0, out);
	for (size_t i = 0; i < findings_notes(d->findings); i++)
		put_finding(d, findings_note(d->findings, i), 1, out);
}
