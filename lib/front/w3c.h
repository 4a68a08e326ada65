/* SPDX-License-Identifier: MIT */
/*
 * IIS W3C extended logs: lines out of chunks of any size, and of each line the
 * fields that tell why a logon was refused.
 *
 *	w3c_feed(w3c, bytes);
 *	while (w3c_next(w3c, &record) == RPCLOG_OK)
 *		...
 *
 * What the columns are, is said by '#Fields:', wherever it stands.  Damaged
 * lines are counted and passed over.
 */

#ifndef RPCLOG_FRONT_W3C_H
#define RPCLOG_FRONT_W3C_H

#include "guid.h"

struct w3c;

#define W3C_NO_TIME	INT64_MIN
#define W3C_NO_NUMBER	(-1)

/* Empty, NO_TIME or NO_NUMBER: the log has no such column, or "-" in it. */
struct w3c_record {
	uint64_t line;		/* from 1 */
	int64_t time_us;	/* begin of the second; UTC, as IIS writes */
	int64_t status, substatus, win32, taken_ms, port;
	rpclog_slice client, user, method, stem, query, agent;
	/*
	 * The last cafeReqId= of the query: a client may send one of its own,
	 * the front end's stands behind it.
	 */
	rpclog_slice request_id;
	int has_id;		/* it is an id, and that is .. */
	unsigned char id[GUID_LEN];
};

/* Of all that was read, over w3c_reset() too. */
struct w3c_counts {
	uint64_t lines;		/* blank ones too */
	uint64_t records;
	uint64_t headers;	/* lines that begin with # */
	uint64_t damaged;	/* too few or too many cells, too long, NULs, no
				 * time, no number; or before any #Fields */
};

rpclog_status w3c_new(struct w3c **out, const rpclog_options *options);
/* Only after w3c_next() has answered RPCLOG_MORE, or at the start. */
void w3c_feed(struct w3c *w3c, rpclog_slice bytes);
/* The log is over: a last line without an end is a line too. */
void w3c_finish(struct w3c *w3c);
/*
 * RPCLOG_OK and '*record', a loan until the next call and of the chunk;
 * RPCLOG_MORE; RPCLOG_END once it is finished; RPCLOG_ERR_NOMEM.
 */
rpclog_status w3c_next(struct w3c *w3c, struct w3c_record *record);
/* Another log begins; a line without an end is forgotten. */
void w3c_reset(struct w3c *w3c);
const struct w3c_counts *w3c_counts(const struct w3c *w3c);
void w3c_free(struct w3c *w3c);

#endif /* RPCLOG_FRONT_W3C_H */
