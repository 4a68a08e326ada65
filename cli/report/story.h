/* SPDX-License-Identifier: MIT */
/* The parts of the story. */

#ifndef RPCLOG_CLI_REPORT_STORY_H
#define RPCLOG_CLI_REPORT_STORY_H

#include "maker.h"

/* How a report comes out. */
enum outcome { OUTCOME_NO_DATA, OUTCOME_QUIET, OUTCOME_PROMPTED };

enum outcome report_outcome(const struct report *report);
const char *outcome_word(enum outcome outcome);

/* The target of most users, or NULL. */
const struct report_machine *worst_target(const struct report *report);
/* Servers of which hours are missing. */
size_t servers_missing(const struct report *report);
/* Was less read than there was? */
bool has_gaps(const struct report *report);

/* story_top.c: at most ten lines, what matters first. */
void tell_top(struct page *page);
/* story_worst.c: its findings; story_data.c: how sure we are. */
void tell_worst_findings(struct page *page);
void tell_data(struct page *page);
/* Of no data: how far behind is what is read? */
void tell_newest(struct page *page);
/* story_findings.c */
void tell_findings(struct page *page);
/* story_why.c: hours, classes, targets, servers. */
void tell_hours(struct page *page);
void tell_classes(struct page *page);
void tell_targets(struct page *page);
void tell_servers(struct page *page);
/* story_who.c: users, what is new, since when, how sure we are. */
void tell_users(struct page *page);
void tell_news(struct page *page);
void tell_firsts(struct page *page);
void tell_quality(struct page *page);
/* "EX16-02" lacks "03, 04-06". */
void put_missing(struct out *out, const struct report *report,
		 const struct report_machine *server);

#endif /* RPCLOG_CLI_REPORT_STORY_H */
