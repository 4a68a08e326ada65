/* SPDX-License-Identifier: MIT */
/* Rows of check_rows.h through gathers, and tables and findings as text. */

#ifndef RPCLOG_CHECK_GATHER_H
#define RPCLOG_CHECK_GATHER_H

#include "check_rows.h"
#include "findings.h"
#include "gathered.h"

/* A worker: a gather and the tracker that its rows go to. */
struct check_gather {
	rpclog_tracker *tracker;
	struct gather *gather;
};

rpclog_status check_gather_new(struct check_gather *g,
			       const rpclog_rules *rules,
			       const rpclog_options *options,
			       const rpclog_chooser *chooser);
void check_gather_free(struct check_gather *g);
/* The rows from 'from' to before 'to'; the tag of a row is its number + 1. */
rpclog_status check_gather_rows(const struct check_gather *g,
				const struct check_rows *r, size_t from,
				size_t to);
/* No more rows. */
rpclog_status check_gather_close(const struct check_gather *g);
/* 'from' is freed, merged or not. */
rpclog_status check_gather_merge(const struct check_gather *into,
				 struct check_gather *from);
/* Of one that is closed: finishes the tracker, and makes tables. */
rpclog_status check_gather_settle(struct gathered **out,
				  const struct check_gather *g,
				  const struct check_rows *r);
/* The rows of 'text' through one worker, as tables. */
struct gathered *check_gathered(struct check_rows *r, const char *text,
				const rpclog_chooser *chooser);

/*
 * A table, each cell as "FIRST..LAST REQUESTS #TAG-TAG [..];" with seconds
 * after 10:00, then what it tells apart and is not empty: at=SECONDS s=server
 * t=target p=protocol a=actor c=client m=NN of a mailbox sw=software w=windows
 * h=host k=class half= kind= and the marks "legacy", "crowd=N",
 * "slow=N/ORDINARY".
 */
void check_cells(struct check_text *out, const struct gathered *in,
		 enum table_number table);
/* All tables, a line for each that has cells. */
void check_tables(struct check_text *out, const struct gathered *in);

/* 2026-03-02T10:00:00Z and some seconds. */
void check_print_time(char text[64], int64_t us);
/* All that findings and notes say; marks are < and > and what is in them is
 * checked to be printable. */
void check_all_said(struct check_text *out, const struct findings *findings);
/* One finding or note. */
void check_said(struct check_text *out, const struct finding *finding);

#endif /* RPCLOG_CHECK_GATHER_H */
