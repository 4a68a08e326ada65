/* SPDX-License-Identifier: MIT */
/*
 * The view of one row.  Cells are found lazily: an unquoted row keeps only
 * the places of its commas, a quoted one the slices of its cells.
 */

#ifndef RPCLOG_ROW_H
#define RPCLOG_ROW_H

#include "parts.h"
#include "schema.h"

struct legacy_hosts;

/* Minutes as the writer spells them, yyyy-MM-ddTHH:mm, by their last digit. */
struct minutes {
	struct minute {
		char text[16];
		bool known;
		int64_t us;
	} last[16];
};

struct rpclog_row {
	const struct rpclog_schema *schema;
	rpclog_slice raw;	/* without line end and BOM */
	uint64_t line, offset, span;
	const uint32_t *commas;	/* NULL: see 'cells' */
	rpclog_slice *cells;	/* quoted row, or asked for by _fields() */
	uint32_t count;		/* cells that the row has and we located */
	uint32_t cells_room;	/* 'cells_store' holds so many */
	rpclog_slice *cells_store;
	const struct legacy_hosts *legacy_hosts;	/* may be NULL */
	int64_t end_us;		/* DateTime: a row that has none is damaged */
	struct minutes minutes;	/* of the rows before */
	struct parts *parts;	/* the parser's */
	struct part part[PART_COUNT];
	/* Worked out on demand, once per row. */
	int64_t start_us;
	uint32_t have;		/* bit per rpclog_derived, HAVE_START, .. */
	rpclog_slice derived[RPCLOG_D_RPC_END + 1];
	char *scratch;		/* room that 'derived' may point into: as much
				 * as the raw row and ROW_SCRATCH_MORE */
	size_t scratch_used;
};

#define HAVE_START	(UINT32_C(1) << 31)
#define HAVE_PARTS	(UINT32_C(1) << 30)
#define ROW_SCRATCH_MORE	((size_t)256)

/* Cell 'column', empty past the end. */
static inline rpclog_slice
row_cell(const struct rpclog_row *row, size_t column)
{
	if (column >= row->count)
		return slice_of("", 0);
	if (!row->commas)
		return row->cells[column];

	size_t from = column ? row->commas[column - 1] + (size_t)1 : 0;

	return slice_of(row->raw.ptr + from, row->commas[column] - from);
}

static inline rpclog_slice
row_known(const struct rpclog_row *row, rpclog_known which)
{
	return row_cell(row, row->schema->known[which]);
}

/* As rpclog_row_start(); every row that is handed out has one. */
int64_t row_start(const struct rpclog_row *row);
/* As rpclog_row_derived(). */
rpclog_slice row_derived(const struct rpclog_row *row, rpclog_derived which);
/* Sets 'row->part'; for row_part(). */
void row_find_parts(struct rpclog_row *row);
/* A part of the row, by number. */
static inline struct part
row_part(const struct rpclog_row *row, enum row_part which)
{
	/* A cache inside a row that its parser owns. */
	if (!(row->have & HAVE_PARTS))
		row_find_parts((struct rpclog_row *)row);
	return row->part[which];
}

/* IsAuthenticated says true, in either spelling. */
bool row_authenticated(const struct rpclog_row *row);
/* Is the target 2010 or 2007? 'extra' (may be NULL) adds to the row's list. */
bool row_is_legacy(const struct rpclog_row *row,
		   const struct legacy_hosts *extra);

/* Readings of bytes: true if all of them are well formed. */
bool parse_int(rpclog_slice text, int64_t *value);
/* yyyy-MM-ddTHH:mm:ss[.f..][Z|+hh:mm]; a blank for T; no offset is UTC. */
bool parse_time(rpclog_slice text, int64_t *us);
/* The same, quicker if its minute is one of the last. */
bool parse_time_near(struct minutes *minutes, rpclog_slice text, int64_t *us);
/* Milliseconds with decimals cut off. */
bool parse_latency(rpclog_slice text, int64_t *ms);

/* guid@domain at the head of a UrlQuery, in its own case; empty: none. */
rpclog_slice mailbox_of(rpclog_slice query);
/* A user's name without its domain: behind the '\\', else before an '@'. */
rpclog_slice account_of(rpclog_slice user);

/* Room that client_normalise() needs. */
#define CLIENT_ROOM	64
/* The address as one spelling, in 'out' or as part of 'cell'. */
rpclog_slice client_normalise(rpclog_slice cell, char *out);
/* Where a normalised client is: "loopback", .. or empty. */
rpclog_slice client_scope(rpclog_slice client);

/* RPCLOG_D_RPC_HALF, .._LIFE and .._END: constants, or empty. */
rpclog_slice channel_half(const struct rpclog_row *row);
rpclog_slice channel_life(const struct rpclog_row *row);
rpclog_slice channel_end(const struct rpclog_row *row);

/* A comma-separated list of host names; NULL '*out' for NULL or "". */
rpclog_status legacy_hosts_new(struct legacy_hosts **out, const struct alloc *a,
			       const char *list);
void legacy_hosts_free(struct legacy_hosts *hosts, const struct alloc *a);
/* NULL has none. */
bool legacy_hosts_has(const struct legacy_hosts *hosts, rpclog_slice target);

#endif /* RPCLOG_ROW_H */
