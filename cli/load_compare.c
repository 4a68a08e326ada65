/* SPDX-License-Identifier: MIT */
/* What a file holds, beside what was stored of logs: digests at their marks. */

#include "load_compare.h"

#include <stdlib.h>
#include <string.h>

/* Reads on and on, with digests at the places that are asked for. */
struct follower {
	rpclog_source *source;
	rpclog_digest digest;
	rpclog_slice bytes; /* what is left in hand */
	uint64_t at;
	rpclog_status status;
};

static int
follow_begin(struct follower *f, struct load *load, struct input *input)
{
	char *error;

	memset(f, 0, sizeof(*f));
	rpclog_digest_init(&f->digest, load->seed);
	f->source = input_open(input, &load->library, &error);
	free(error);
	return f->source != NULL;
}

/* Up to byte 'to'; 0 if the log ends before. */
static int
follow(struct follower *f, uint64_t to)
{
	while (f->at < to) {
		rpclog_slice part = f->bytes;

		if (part.len == 0) {
			f->status = rpclog_source_next(f->source, &f->bytes);
			if (f->status != RPCLOG_OK)
				return 0;
			continue;
		}
		if (part.len > to - f->at)
			part.len = (size_t)(to - f->at);
		rpclog_digest_add(&f->digest, part);
		f->at += part.len;
		f->bytes.ptr += part.len;
		f->bytes.len -= part.len;
	}
	return 1;
}

static int
agrees(const struct follower *f, rpclog_slice stored)
{
	uint8_t digest[DIGEST_LEN];

	rpclog_digest_get(&f->digest, digest);
	return stored.len == DIGEST_LEN &&
	       memcmp(stored.ptr, digest, DIGEST_LEN) == 0;
}

/* Is there another line after what was read? */
static int
has_more(struct follower *f)
{
	for (;;) {
		if (f->bytes.len && memchr(f->bytes.ptr, '\n', f->bytes.len))
			return 1;
		if (rpclog_source_next(f->source, &f->bytes) != RPCLOG_OK)
			return 0;
	}
}

/* Is it log 'id'?  The marks in order of place; the last is its end. */
enum answer
compare_log(struct load *load, struct input *input, int64_t id)
{
	struct statement *st =
		db_prepare(load->db, "SELECT bytes, digest FROM mark WHERE "
				     "log = ? ORDER BY bytes, row = 0");
	enum answer answer = IS_LONGER;
	struct follower f;

	if (!follow_begin(&f, load, input)) {
		statement_free(st);
		return IS_ANOTHER;
	}
	bind_int(st, 1, id);
	while (answer == IS_LONGER && statement_step(st)) {
		if (!follow(&f, (uint64_t)column_int(st, 0)))
			answer = IS_SAME;
		else if (!agrees(&f, column_blob(st, 1)))
			answer = IS_ANOTHER;
	}
	if (answer == IS_LONGER && !has_more(&f))
		answer = IS_SAME;
	statement_free(st);
	rpclog_source_free(f.source);
	return answer;
}

/*
 * Where the first row ends, or 0.  Looks no further than a row can be long
 * behind the header.
 */
static uint64_t
first_row_end(struct load *load, struct input *input)
{
	char *error;
	rpclog_source *source = input_open(input, &load->library, &error);
	rpclog_parser *parser = NULL;
	rpclog_slice bytes;
	uint64_t end = 0;
	int going = 1;

	free(error);
	if (source && rpclog_parser_new(&parser, &load->library) == RPCLOG_OK) {
		while (going && !end &&
		       rpclog_source_next(source, &bytes) == RPCLOG_OK) {
			const rpclog_row *row;
			rpclog_status status = rpclog_parser_feed(
				parser, bytes.ptr, bytes.len);

			while (status >= 0 && status != RPCLOG_MORE && !end) {
				status = rpclog_parser_next(parser, &row);
				if (status == RPCLOG_OK)
					end = rpclog_row_offset(row) +
					      rpclog_row_span(row);
			}
			going = status >= 0;
		}
	}
	rpclog_parser_free(parser);
	rpclog_source_free(source);
	return end;
}

/* Logs that begin with the same row, the longest first. */
void
find_candidates(struct load *load, struct input *input,
		struct candidates *found)
{
	struct statement *st = db_prepare(
		load->db, "SELECT mark.log FROM mark JOIN log ON log.id = "
			  "mark.log WHERE mark.row = 1 AND mark.bytes = ? AND "
			  "digest = ? ORDER BY log.bytes DESC, log.id");
	const uint64_t end = first_row_end(load, input);
	uint8_t digest[DIGEST_LEN];
	struct follower f = { 0 };

	if (end && follow_begin(&f, load, input) && follow(&f, end)) {
		rpclog_digest_get(&f.digest, digest);
		bind_int(st, 1, (int64_t)end);
		bind_blob(st, 2,
			  (rpclog_slice){ (const char *)digest, DIGEST_LEN });
		while (statement_step(st)) {
			found->ids = xgrow(found->ids, found->count,
					   &found->room, sizeof(*found->ids));
			found->ids[found->count++] = column_int(st, 0);
		}
	}
	rpclog_source_free(f.source);
	statement_free(st);
}
