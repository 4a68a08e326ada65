/* SPDX-License-Identifier: MIT */
/* Findings for a ticket or a wiki: Markdown. */

#include <stdlib.h>
#include <string.h>

#include "diagnose.h"
#include "names.h"

void
markdown_code(struct out *out, const char *text, size_t len)
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

void
markdown_words(struct out *out, rpclog_slice text)
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
			markdown_code(out, text.ptr + i + 1, end - i - 1);
		i = end;
	}
}

static void
put_subject(const struct finding *finding, struct out *out)
{
	struct out safe;

	out_memory(&safe);
	diagnose_subject(finding, &safe);
	markdown_code(out, safe.data, safe.len);
	out_free(&safe);
}

static void
put_place(const struct diagnose *d, uint64_t tag, struct out *out)
{
	struct out place;

	out_memory(&place);
	diagnose_place(d, tag, &place);
	markdown_code(out, place.data, place.len);
	out_free(&place);
}

static void
put_facts(const struct diagnose *d, const struct finding *finding,
	  struct out *out)
{
	out_char(out, '\n');
	diagnose_counts(finding, out);
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

/* How far a block of code must be indented: under a step, or alone. */
#define STEP_INDENT  "       "
#define ALONE_INDENT "    "

/*
 * A part under its heading.  Blocks of code have an empty line around them,
 * and the commands of one step make one block.
 */
static void
put_part(const struct finding *finding, const char *heading,
	 enum finding_line_kind words, enum finding_line_kind commands,
	 struct out *out)
{
	int step = 0, begun = 0, in_code = 0;

	for (size_t i = 0; i < finding->line_count; i++) {
		const struct finding_line *line = &finding->lines[i];
		const int is_code = line->kind == commands && commands != words;

		if ((line->kind != words && line->kind != commands) ||
		    diagnose_is_subject(finding, line))
			continue;
		if (!begun++)
			out_format(out, "\n**%s**\n\n", heading);
		else if (is_code != in_code)
			out_char(out, '\n');
		in_code = is_code;
		if (is_code) {
			out_str(out, step ? STEP_INDENT : ALONE_INDENT);
			diagnose_plain(line->text, out);
		} else {
			if (words == LINE_DO)
				out_format(out, "%d. ", ++step);
			else if (words == LINE_WHY)
				out_str(out, "- ");
			markdown_words(out, line->text);
		}
		out_char(out, '\n');
	}
}

/* "critical: `cas10-02`, server without update (`legacy_unpatched`)" */
static void
put_title(const struct finding *finding, int note, struct out *out)
{
	out_format(out,
		   "%s: ", note ? "note" : severity_text(finding->severity));
	put_subject(finding, out);
	out_str(out, ", ");
	markdown_words(
		out, (rpclog_slice){ finding->title, strlen(finding->title) });
	out_format(out, " (`%s`)", finding->id);
}

void
diagnose_put_markdown(const struct diagnose *d, const struct finding *finding,
		      size_t number, const char *heading, struct out *out)
{
	out_format(out, "\n%s ", heading);
	if (number)
		out_format(out, "%zu. ", number);
	put_title(finding, number == 0, out);
	out_str(out, "\n\n");
	markdown_words(out, finding->sentence);
	out_char(out, '\n');
	if (number)
		put_facts(d, finding, out);
	put_part(finding, "Who", LINE_USERS, LINE_USERS, out);
	put_part(finding, "Why we think so", LINE_WHY, LINE_WHY, out);
	put_part(finding, "What to do", LINE_DO, LINE_COMMAND, out);
	put_part(finding, "How to undo it", LINE_UNDO, LINE_UNDO_COMMAND, out);
	put_part(finding, "How to see that it worked", LINE_CHECK,
		 LINE_CHECK_COMMAND, out);
}

/* What a ticket has room for, of each kind. */
#define IN_FULL 50

/* Where the first that is left out would stand. */
static void
put_left_out(const struct findings *findings, size_t i, const char *lead,
	     struct out *out)
{
	const char *id = findings_at(findings, i)->id;

	out_format(out,
		   "%s%zu more: `rpclog diagnose --finding %s --format "
		   "tsv` lists them all\n",
		   lead, diagnose_count_alike(findings, i), id);
}

static void
put_summary(const struct findings *findings, const struct ranks *ranks,
	    struct out *out)
{
	size_t count = findings_count(findings);

	if (count < 2)
		return;
	out_char(out, '\n');
	for (size_t i = 0; i < count; i++) {
		if (ranks->of[i] < IN_FULL) {
			out_format(out, "%zu. ", i + 1);
			put_title(findings_at(findings, i), 0, out);
			out_char(out, '\n');
		} else if (ranks->of[i] == IN_FULL) {
			out_format(out, "%zu. ", i + 1);
			put_left_out(findings, i, "", out);
		}
	}
}

void
diagnose_markdown(const struct diagnose *d, struct out *out)
{
	size_t count = findings_count(d->findings);
	int64_t first_us, last_us;
	struct ranks ranks;

	out_str(out, "# Findings\n\n");
	if (!findings_span(d->findings, &first_us, &last_us)) {
		out_str(out, "No requests to look at.\n");
		return;
	}
	diagnose_number(out, count, "finding");
	out_char(out, ' ');
	diagnose_span(d, out);
	diagnose_rank(d->findings, &ranks);
	put_summary(d->findings, &ranks, out);
	for (size_t i = 0; i < count; i++) {
		if (ranks.of[i] < IN_FULL)
			diagnose_put_markdown(d, findings_at(d->findings, i),
					      i + 1, "##", out);
		else if (ranks.of[i] == IN_FULL)
			put_left_out(d->findings, i, "\n## ", out);
	}
	free(ranks.of);
	for (size_t i = 0; i < findings_notes(d->findings); i++)
		diagnose_put_markdown(d, findings_note(d->findings, i), 0, "##",
				      out);
}
