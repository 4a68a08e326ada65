/* SPDX-License-Identifier: MIT */
/*
 * What findings are made of: rows that are alike in what matters, counted.
 *
 * Each worker gathers from its rows, beside a tracker; gathers are merged, and
 * with the finished tracker they become tables of cells.  Everything is a sum,
 * a minimum or a maximum: neither order nor grouping matters.  Memory grows
 * with the distinct cells, not with the rows.
 */

#ifndef RPCLOG_FRONT_GATHER_H
#define RPCLOG_FRONT_GATHER_H

#include "settle.h"

struct gather;

/* 'tracker' is fed by gather_row() from now on, and by nobody else. */
rpclog_status gather_new(struct gather **out, rpclog_tracker *tracker,
			 const rpclog_options *options);
/*
 * Only the tables of findings_needs(); all, unless this is called.  Gathers
 * that are merged must agree.
 */
void gather_only(struct gather *gather, uint32_t tables);
/* As rpclog_tracker_choose() of the tracker, for what is gathered. */
void gather_choose(struct gather *gather, const rpclog_chooser *chooser);
/*
 * One row.  'set' is another number wherever the columns may be others; 'tag'
 * says where the row is, as rpclog_tracker_tag().
 */
rpclog_status gather_row(struct gather *gather, const rpclog_row *row,
			 const rpclog_verdict *verdict, uint64_t set,
			 uint64_t tag);
/* No more rows: before the tracker is merged or finished. */
rpclog_status gather_close(struct gather *gather);
/* Both closed, and their trackers merged, that of 'from' not freed yet; 'from'
 * can only be freed afterwards. */
rpclog_status gather_merge(struct gather *into, struct gather *from);
void gather_free(struct gather *gather);

#endif /* RPCLOG_FRONT_GATHER_H */
