/* SPDX-License-Identifier: MIT */
/* What the parts of a mail know of one another. */

#ifndef RPCLOG_CLI_REPORT_MAIL_H
#define RPCLOG_CLI_REPORT_MAIL_H

#include "page.h"

/* How wide the picture is shown; it has twice as many pixels. */
#define MAIL_CHART_WIDTH 644
/* Failures by the hour, by class, as a picture. */
struct mail_chart {
	struct out png;
	char id[64];	 /* of the part that holds it: the same for the same */
	bool gaps;	 /* hours of which no log was read */
	uint64_t most;	 /* of all bars, the longest */
	size_t most_bar; /* the first such */
	size_t per_bar;	 /* buckets */
};

void mail_chart_new(struct mail_chart *chart, const struct report *report);
void mail_chart_free(struct mail_chart *chart);
/* Of a bucket: "07", or "11-20" of a day. */
const char *mail_chart_label(const struct report *report, size_t bucket);
/* "#c0392b": of a class that has a colour, or CHART_COLORS: of all others. */
const char *mail_chart_color(size_t i);
/* Of hours of which no log was read. */
#define MAIL_CHART_GAP "#dfe4e9"

/*
 * The HTML part, of less than MAIL_HTML_MAX bytes whatever the report: less
 * than 100,000 as base64, too.  'tell' says what is in it: story_tell().
 * Answers whether it shows the picture.
 */
#define MAIL_HTML_MAX 72000
bool mail_page(const struct report *report, const struct mail_chart *chart,
	       void (*tell)(struct page *page), struct out *out);

#endif /* RPCLOG_CLI_REPORT_MAIL_H */
