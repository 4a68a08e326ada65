/* SPDX-License-Identifier: MIT */
/* Digests at the ends of rows 1, 2, 4, 8, .. of a log that is being read. */

#include <string.h>

#include "load.h"

void
marker_begin(struct marker *m, uint64_t seed, uint64_t rows)
{
	memset(m, 0, sizeof(*m));
	m->seed = seed;
	m->rows = rows;
	rpclog_digest_init(&m->digest, seed);
	m->whole = m->digest;
}

void
marker_bytes(struct marker *m, rpclog_slice bytes)
{
	m->bytes = bytes;
	m->from = m->at;
}

/* The digest up to 'to', which lies in the bytes in hand. */
static void
advance(struct marker *m, uint64_t to)
{
	rpclog_slice more;

	if (to <= m->at)
		return;
	more.ptr = m->bytes.ptr + (m->at - m->from);
	more.len = (size_t)(to - m->at);
	rpclog_digest_add(&m->digest, more);
	m->at = to;
}

void
marker_row(struct marker *m, struct load_log *log, const rpclog_row *row)
{
	uint64_t end = rpclog_row_offset(row) + rpclog_row_span(row);
	rpclog_digest line;
	struct mark *mark;

	m->rows++;
	if (m->rows & (m->rows - 1))
		return;
	advance(m, end);
	log->marks = xgrow(log->marks, log->mark_count, &log->mark_room,
			   sizeof(*log->marks));
	mark = &log->marks[log->mark_count++];
	mark->row = m->rows;
	mark->bytes = end;
	rpclog_digest_get(&m->digest, mark->digest);
	rpclog_digest_init(&line, 0);
	rpclog_digest_add(&line, rpclog_row_raw(row));
	rpclog_digest_get(&line, mark->line);
}

void
marker_bytes_end(struct marker *m, const rpclog_account *account)
{
	uint64_t end = account->bytes - account->partial.bytes;

	if (end > m->end && end >= m->at) {
		advance(m, end);
		m->whole = m->digest;
		m->end = end;
	}
	m->partial = account->partial.bytes > 0;
	m->lines = account->rows.count + account->header.count +
		   account->blank.count + account->rejected.count;
	m->rejected = account->rejected.count;
	advance(m, m->from + m->bytes.len);
	m->bytes.len = 0;
}

void
marker_end(struct marker *m, struct load_log *log)
{
	struct mark *mark;

	log->marks = xgrow(log->marks, log->mark_count, &log->mark_room,
			   sizeof(*log->marks));
	mark = &log->marks[log->mark_count++];
	memset(mark, 0, sizeof(*mark));
	mark->bytes = m->end;
	rpclog_digest_get(&m->whole, mark->digest);
	log->bytes = m->end;
	log->lines = m->lines;
	log->rejected = m->rejected;
	log->new_rows = m->rows - log->rows;
	log->read = 1;
}
