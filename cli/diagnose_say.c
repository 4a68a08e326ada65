/* SPDX-License-Identifier: MIT */
/* What text and Markdown say alike of a finding: how many, when, where. */

#include <string.h>

#include "diagnose.h"
#include "when.h"

void
diagnose_place(const struct diagnose *d, uint64_t tag, struct out *out)
{
	size_t number = (size_t)(tag >> TAG_LINE_BITS);
	const char *path = number < d->path_count ? d->paths[number] : NULL;

	path = path ? path : "-";
	out_safe(out, (rpclog_slice){ path, strlen(path) });
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

void
diagnose_number(struct out *out, uint64_t number, const char *word)
{
	out_unsigned(out, number);
	out_char(out, ' ');
	out_str(out, word);
	if (number != 1)
		out_char(out, 's');
}

void
diagnose_subject(const struct finding *finding, struct out *out)
{
	if (finding->subject.len > 0)
		out_safe(out, finding->subject);
	else
		out_str(out, "(no name)");
}

void
diagnose_counts(const struct finding *finding, struct out *out)
{
	const char *trend = trend_text(finding->trend);
	char first[WHEN_SIZE], last[WHEN_SIZE];

	if (finding->users) {
		diagnose_number(out, finding->users, "user");
		out_str(out, ", ");
	}
	diagnose_number(out, finding->requests, "request");
	if (finding->requests) {
		when_minute(first, finding->first_us);
		when_minute(last, finding->last_us);
		if (strcmp(first, last) == 0)
			out_format(out, ", at %s", first);
		else
			out_format(out, ", first %s, last %s", first, last);
	}
	if (trend)
		out_format(out, "; %s", trend);
}

void
diagnose_span(const struct diagnose *d, struct out *out)
{
	int64_t first_us, last_us;
	char first[WHEN_SIZE], last[WHEN_SIZE];

	findings_span(d->findings, &first_us, &last_us);
	when_minute(first, first_us);
	when_minute(last, last_us);
	out_str(out, "in ");
	diagnose_number(out, d->logs, "log");
	out_format(out, ", %s to %s (%s).\n", first, last,
		   d->options->zone ? d->options->zone : "UTC");
}

int
diagnose_is_subject(const struct finding *finding,
		    const struct finding_line *line)
{
	struct out name, subject;
	int same;

	if (line->kind != LINE_USERS)
		return 0;
	out_memory(&name);
	out_memory(&subject);
	diagnose_plain(line->text, &name);
	out_safe(&subject, finding->subject);
	same = name.len == subject.len &&
	       memcmp(name.data, subject.data, name.len) == 0;
	out_free(&name);
	out_free(&subject);
	return same;
}
