/* SPDX-License-Identifier: MIT */
/* Findings in full, and those that are only named. */

#include "story.h"

#include <stdlib.h>
#include <string.h>

#include "diagnose.h"
#include "names.h"

/* Beyond these a page is not read any more. */
#define FULL_MOST  8
#define FULL_BRIEF 3
#define NAMED_MOST 12

/* The other ones of a kind, by their subjects. */
static void
tell_named(struct page *page, const struct findings *all, const bool *told,
	   size_t i)
{
	const struct finding *f = findings_at(all, i);
	uint64_t left = 0, full = 0;
	struct out out;

	for (size_t k = 0; k < findings_count(all); k++) {
		const bool alike = !strcmp(findings_at(all, k)->id, f->id);

		left += alike && !told[k];
		full += alike && told[k];
	}
	text_begin(&out);
	out_format(&out, "%s, %s: ", severity_text(f->severity), f->title);
	if (left > NAMED_MOST || full)
		out_format(&out, "%llu%s: ", (unsigned long long)left,
			   full ? " more" : "");
	for (size_t k = i, named = 0; k < findings_count(all); k++) {
		if (told[k] || strcmp(findings_at(all, k)->id, f->id) != 0)
			continue;
		if (named == NAMED_MOST) {
			out_str(&out, ", ..");
			break;
		}
		out_str(&out, named++ ? ", " : "");
		put_name(&out, findings_at(all, k)->subject);
	}
	text_item(page, TONE_PLAIN, &out);
}

static bool
is_first_left(const struct findings *all, const bool *told, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!told[k] &&
		    !strcmp(findings_at(all, k)->id, findings_at(all, i)->id))
			return false;
	return !told[i];
}

static void
tell_all(struct page *page, const struct findings *all)
{
	const size_t count = findings_count(all);
	const size_t most = page->brief ? FULL_BRIEF : FULL_MOST;
	bool *told = xcalloc(count + 1, sizeof(*told));
	struct ranks ranks;
	size_t full = 0;

	diagnose_rank(all, &ranks);
	for (size_t i = 0; i < count && full < most; i++) {
		told[i] = diagnose_in_full(&ranks, i);
		if (told[i])
			page->to->finding(page, ++full, findings_at(all, i));
	}
	for (size_t i = 0; i < count; i++)
		if (is_first_left(all, told, i))
			tell_named(page, all, told, i);
	free(ranks.of);
	free(told);
}

void
tell_findings(struct page *page)
{
	const struct report *r = page->report;
	static const char none[] = "Nothing found that has a known remedy.";
	static const char old[] =
		"Not looked for: an older version of rpclog loaded some of "
		"these logs, without what findings rest on. The logs "
		"themselves tell:";
	const char *words = r->findings_old ? old : none;

	if (!r->findings && !r->findings_old)
		return;
	page->to->heading(page, "findings", "Findings");
	if (r->findings && findings_count(r->findings))
		tell_all(page, r->findings);
	else
		page->to->paragraph(page, TONE_MUTED,
				    (rpclog_slice){ words, strlen(words) });
	page->to->command(page, r->commands[COMMAND_FINDINGS]);
}
