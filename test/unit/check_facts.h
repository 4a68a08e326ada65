/* SPDX-License-Identifier: MIT */
/* Facts of the rows of check_rows.h, as text to compare. */

#ifndef RPCLOG_CHECK_FACTS_H
#define RPCLOG_CHECK_FACTS_H

#include "check_rows.h"
#include "facts.h"

struct check_facts {
	struct facts *facts;
	struct fact_sets sets;
};

/* Of the rows from 'from' to before 'to', all of them of 'log'. */
rpclog_status check_facts_rows(struct facts *facts, const struct check_rows *r,
			       size_t from, size_t to, uint32_t log);
/* Of all rows of 'text', closed. */
void check_facts_of(struct check_facts *f, struct check_rows *r,
		    const char *text, const rpclog_options *options);
void check_facts_free(struct check_facts *f);

/* The name of a number; "-" if it is none. */
void check_fact_name(struct check_text *out, const struct facts *facts,
		     uint32_t number);
/* A user, or "mailbox/client/agent", where mailboxes are their last digit. */
void check_fact_who(struct check_text *out, const struct check_facts *f,
		    uint32_t who);
/* What a set says, an item behind the other; sorted where order says nothing:
 * that of events is the order of rows. */
void check_fact_events(struct check_text *out, const struct check_facts *f);
void check_fact_usage(struct check_text *out, const struct check_facts *f);
void check_fact_owners(struct check_text *out, const struct check_facts *f);
void check_fact_users(struct check_text *out, const struct check_facts *f);
void check_fact_successes(struct check_text *out, const struct check_facts *f);
void check_fact_servers(struct check_text *out, const struct check_facts *f);
void check_fact_legacy(struct check_text *out, const struct check_facts *f);

/* All of them into a tracker, legs first: nothing settles them yet. */
rpclog_status check_facts_back(rpclog_tracker *tracker,
			       const struct check_facts *f);

#endif /* RPCLOG_CHECK_FACTS_H */
