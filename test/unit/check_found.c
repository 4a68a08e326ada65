/* SPDX-License-Identifier: MIT */
/* Findings as text; see check_found.h. */

#include "check_found.h"

#include <time.h>

#include "findings.h"

static void
print_time(char text[64], int64_t us)
{
	time_t seconds = (time_t)(us / 1000000);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	strftime(text, 64, "%Y-%m-%dT%H:%M:%S.000Z", &tm);
}

struct work {
	rpclog_tracker *tracker;
	struct gather *gather;
};

/* Every 'step'th row from 'from' on, from the last to the first if 'back'. */
static void
gather_some(struct work *w, const struct check_rows *rows, size_t from,
	    size_t step, bool back)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;

	options.flags |= RPCLOG_OPT_LIKELY;
	CHECK_STATUS(rpclog_tracker_new(&w->tracker, rows->rules, &options),
		     RPCLOG_OK);
	CHECK_STATUS(gather_new(&w->gather, w->tracker, &options), RPCLOG_OK);
	for (size_t i = 0; i < rows->count; i++) {
		size_t at = back ? rows->count - 1 - i : i;

		if (at % step == from)
			CHECK_STATUS(gather_row(w->gather, rows->row[at].row,
						&rows->row[at].verdict, 1,
						at + 1),
				     RPCLOG_OK);
	}
	CHECK_STATUS(rpclog_tracker_tidy(w->tracker), RPCLOG_OK);
	CHECK_STATUS(gather_close(w->gather), RPCLOG_OK);
}

static void
free_work(struct work *w)
{
	rpclog_tracker_free(w->tracker);
	gather_free(w->gather);
}

static bool
is_in(const char *id, const char *ids)
{
	size_t len = strlen(id);

	for (; *ids; ids += strcspn(ids, " "), ids += strspn(ids, " ")) {
		if (strcspn(ids, " ") == len && strncmp(ids, id, len) == 0)
			return true;
	}
	return false;
}

static void
put_text(struct check_text *out, rpclog_slice text, const char *omit)
{
	while (text.len > 0) {
		size_t len = omit ? strlen(omit) : 0;

		if (len > 0 && slice_starts(text, slice_of(omit, len))) {
			text = slice_cut(text, len, text.len);
			continue;
		}
		if (text.ptr[0] != FINDING_LOG && text.ptr[0] != FINDING_END)
			check_text_bytes(out, text.ptr, 1);
		text = slice_cut(text, 1, text.len);
	}
}

static void
put_finding(struct check_text *out, const struct finding *finding, bool told)
{
	static const char *const severities[] = { "info", "low", "medium",
						  "high", "critical" };

	check_text_add(out, "%s %s %.*s [", finding->id,
		       severities[finding->severity], (int)finding->subject.len,
		       finding->subject.ptr);
	for (size_t i = 0; i < finding->line_count; i++) {
		if (finding->lines[i].kind == LINE_USERS)
			put_text(out, finding->lines[i].text, "CONTOSO\\");
	}
	check_text_add(out, "] %d%s;\n", (int)finding->requests,
		       finding->trend == TREND_ENDED ||
				       finding->trend == TREND_FIXED
			       ? " over"
			       : "");
	if (!told)
		return;
	check_text_add(out, "%lld %lld %llu %llu\n",
		       (long long)finding->first_us,
		       (long long)finding->last_us,
		       (unsigned long long)finding->first_tag,
		       (unsigned long long)finding->last_tag);
	put_text(out, finding->sentence, NULL);
	for (size_t i = 0; i < finding->line_count; i++) {
		check_text_add(out, "\n");
		put_text(out, finding->lines[i].text, NULL);
	}
	check_text_add(out, "\n");
}

/* In one gather as they come, or in two and back to front. */
static void
find(struct check_text *out, const struct check_rows *rows, const char *ids,
     bool told, bool parted)
{
	struct findings_options how = { .print_time = print_time };
	struct findings *findings;
	struct work one, two;

	check_text_add(out, "%s", "");
	gather_some(&one, rows, 0, parted ? 2 : 1, parted);
	if (parted) {
		gather_some(&two, rows, 1, 2, true);
		CHECK_STATUS(rpclog_tracker_merge(one.tracker, two.tracker),
			     RPCLOG_OK);
		CHECK_STATUS(gather_merge(one.gather, two.gather), RPCLOG_OK);
		free_work(&two);
	}
	CHECK_STATUS(rpclog_tracker_finish(one.tracker), RPCLOG_OK);
	if (CHECK_STATUS(findings_new(&findings, one.gather, one.tracker,
				      rows->rules, &how),
			 RPCLOG_OK)) {
		for (size_t i = 0; i < findings_count(findings); i++) {
			if (is_in(findings_at(findings, i)->id, ids))
				put_finding(out, findings_at(findings, i),
					    told);
		}
		for (size_t i = 0; i < findings_notes(findings); i++) {
			if (is_in(findings_note(findings, i)->id, ids))
				put_finding(out, findings_note(findings, i),
					    told);
		}
	}
	findings_free(findings);
	free_work(&one);
}

void
check_found(struct check_text *out, struct check_rows *rows, const char *text,
	    const char *ids)
{
	check_found_rows(rows, text);
	find(out, rows, ids, false, false);
}

void
check_found_told(struct check_text *out, struct check_rows *rows,
		 const char *text, const char *ids)
{
	check_found_rows(rows, text);
	find(out, rows, ids, true, false);
}

void
check_found_cases(struct check_rows *rows, const char *ids,
		  const struct found_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct check_text got = { 0 }, told = { 0 }, parted = { 0 };

		CHECK_CASE(cases[i].name);
		check_found(&got, rows, cases[i].rows, ids);
		CHECK_STR(got.ptr, cases[i].want);
		find(&told, rows, ids, true, false);
		find(&parted, rows, ids, true, true);
		CHECK_STR(parted.ptr, told.ptr);
		check_text_free(&got);
		check_text_free(&told);
		check_text_free(&parted);
	}
}
