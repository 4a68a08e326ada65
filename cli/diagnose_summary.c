/* SPDX-License-Identifier: MIT */
/* Findings for people: all of them at a glance, and those of one kind. */

#include <string.h>

#include "diagnose.h"
#include "names.h"
#include "wrap.h"

/* Of one kind: told in full, and then named. */
#define TOLD_IN_FULL 3
#define NAMED	     20

/* As wide as the longest: "credentials_rejected", "critical". */
#define ID_WIDTH       22
#define SEVERITY_WIDTH 10

void
diagnose_rank(const struct findings *findings, struct ranks *ranks)
{
	size_t count = findings_count(findings);
	size_t seen[64] = { 0 };

	ranks->of = xcalloc(count + 1, sizeof(*ranks->of));
	for (size_t i = 0; i < count; i++) {
		const char *id = findings_at(findings, i)->id;
		size_t kind = 0;

		while (kind < 63 && findings_id(kind) &&
		       strcmp(findings_id(kind), id) != 0)
			kind++;
		ranks->of[i] = seen[kind]++;
	}
}

int
diagnose_in_full(const struct ranks *ranks, size_t i)
{
	return ranks->of[i] < TOLD_IN_FULL;
}

int
diagnose_first_named(const struct ranks *ranks, size_t i)
{
	return ranks->of[i] == TOLD_IN_FULL;
}

/* From finding 'i' on: the next of its kind, or the number of findings. */
static size_t
next_alike(const struct findings *findings, size_t i)
{
	const char *id = findings_at(findings, i)->id;
	size_t count = findings_count(findings);

	while (++i < count && strcmp(findings_at(findings, i)->id, id) != 0)
		;
	return i;
}

size_t
diagnose_count_alike(const struct findings *findings, size_t i)
{
	size_t count = 0;

	for (; i < findings_count(findings); i = next_alike(findings, i))
		count++;
	return count;
}

/* Is one subject told of more than once, by other titles? */
static int
titles_vary(const struct findings *findings, const char *id)
{
	const char *title = NULL;

	for (size_t i = 0; i < findings_count(findings); i++) {
		const struct finding *finding = findings_at(findings, i);

		if (strcmp(finding->id, id) != 0)
			continue;
		if (title && strcmp(finding->title, title) != 0)
			return 1;
		title = finding->title;
	}
	return 0;
}

static void
put_whom(const struct findings *findings, const struct finding *finding,
	 struct out *out)
{
	diagnose_subject(finding, out);
	if (!titles_vary(findings, finding->id))
		return;
	out_str(out, ": ");
	out_safe(out, (rpclog_slice){ finding->title, strlen(finding->title) });
}

/* ---- at a glance ----------------------------------------------------------
 */

enum out_color
diagnose_color(const struct finding *finding)
{
	switch (finding->severity) {
	case RPCLOG_CRITICAL:
	case RPCLOG_HIGH: return COLOR_RED;
	case RPCLOG_MEDIUM: return COLOR_YELLOW;
	default: return COLOR_CYAN;
	}
}

/* Of our own words, which are ASCII. */
static void
put_padded(struct out *out, const char *text, size_t width)
{
	out_str(out, text);
	for (size_t len = strlen(text); len < width; len++)
		out_char(out, ' ');
}

static void
put_head(const struct finding *finding, struct out *out)
{
	out_color(out, diagnose_color(finding));
	put_padded(out, severity_text(finding->severity), SEVERITY_WIDTH);
	out_color(out, COLOR_OFF);
	put_padded(out, finding->id, ID_WIDTH);
}

static void
put_glance(const struct findings *findings, size_t i, struct out *out)
{
	const struct finding *finding = findings_at(findings, i);

	out_format(out, "%5zu. ", i + 1);
	put_head(finding, out);
	if (finding->users)
		out_format(out, "%6llu user%s   ",
			   (unsigned long long)finding->users,
			   finding->users == 1 ? " " : "s");
	else
		put_padded(out, "", 15);
	put_whom(findings, finding, out);
	if (finding->trend == TREND_FIXED || finding->trend == TREND_ENDED)
		out_format(out, " (%s)", trend_text(finding->trend));
	out_char(out, '\n');
}

void
diagnose_summary(const struct diagnose *d, const struct ranks *ranks,
		 struct out *out)
{
	size_t count = findings_count(d->findings);

	if (count < 2)
		return;
	out_char(out, '\n');
	for (size_t i = 0; i < count; i++) {
		const struct finding *finding = findings_at(d->findings, i);

		if (diagnose_in_full(ranks, i)) {
			put_glance(d->findings, i, out);
		} else if (diagnose_first_named(ranks, i)) {
			out_str(out, "       ");
			put_head(finding, out);
			out_format(out, "%6zu more\n",
				   diagnose_count_alike(d->findings, i));
		}
	}
}

/* ---- those of one kind ----------------------------------------------------
 */

static void
put_named(const struct findings *findings, size_t i, struct out *out)
{
	const struct finding *finding = findings_at(findings, i);
	struct out words;

	out_memory(&words);
	put_whom(findings, finding, &words);
	out_str(&words, ": ");
	diagnose_counts(finding, &words);
	out_char(&words, '\0');
	out_format(out, "%5zu. ", i + 1);
	out_color(out, diagnose_color(finding));
	put_padded(out, severity_text(finding->severity), SEVERITY_WIDTH - 1);
	out_color(out, COLOR_OFF);
	wrap_from(out, 7 + SEVERITY_WIDTH, 6 + SEVERITY_WIDTH, words.data);
	out_free(&words);
}

void
diagnose_alike(const struct diagnose *d, size_t i, struct out *out)
{
	const struct findings *findings = d->findings;
	const struct finding *first = findings_at(findings, i);
	size_t count = diagnose_count_alike(findings, i), named = 0;

	out_char(out, '\n');
	out_color(out, COLOR_BOLD);
	out_format(out, "%zu more of %s", count, first->id);
	out_color(out, COLOR_OFF);
	out_str(out, " (--format md tells all of them in full)\n");
	for (; i < findings_count(findings) && named < NAMED; named++) {
		put_named(findings, i, out);
		i = next_alike(findings, i);
	}
	if (count > named)
		out_format(out, "       and %zu that are not listed here\n",
			   count - named);
}
