/* SPDX-License-Identifier: MIT */
/* Rows and other logs, joined: check_join.h. */

#include "check_join.h"

#include <stdlib.h>

/* Logs through joiners, which take turns. */
static rpclog_status
join_logs(struct joins *joins, const struct check_log *logs, size_t joiners,
	  size_t chunk, const rpclog_options *options)
{
	struct joiner *joiner[2] = { NULL, NULL };
	rpclog_status status = RPCLOG_OK;

	for (size_t i = 0; !status && i < joiners; i++)
		status = joiner_new(&joiner[i], joins, options);
	for (size_t i = 0; !status && logs[i].what; i++) {
		struct joiner *mine = joiner[i % joiners];
		rpclog_slice text = slice_str(logs[i].text);

		joiner_begin(mine, logs[i].what);
		while (!status && text.len > 0) {
			size_t len =
				chunk && chunk < text.len ? chunk : text.len;
			/* What was lent is gone afterwards. */
			char *lent = malloc(len);

			if (!lent)
				abort();
			memcpy(lent, text.ptr, len);
			status = joiner_bytes(mine, slice_of(lent, len));
			memset(lent, 0xa5, len);
			free(lent);
			text = slice_cut(text, len, text.len);
		}
		if (!status)
			status = joiner_end(mine, !logs[i].cut);
	}
	for (size_t i = joiners; i-- > 0;) {
		if (!status)
			joins_take(joins, joiner[i]);
		joiner_free(joiner[i]);
	}
	return status;
}

rpclog_status
check_joined(struct check_text *out, const struct check_rows *r,
	     const struct check_log *logs, const struct check_way *way)
{
	struct check_gather g[3] = { { NULL, NULL } };
	struct gathered *in = NULL;
	struct joins *joins = NULL;
	rpclog_status status = RPCLOG_OK;

	for (size_t i = 0; !status && i < way->workers; i++)
		status = check_gather_new(&g[i], r->rules, way->options,
					  way->chooser);
	for (size_t i = 0; !status && i < r->count; i++)
		status = check_gather_rows(&g[i % way->workers], r, i, i + 1);
	for (size_t i = 0; !status && i < way->workers; i++)
		status = check_gather_close(&g[i]);
	for (size_t i = 1; !status && i < way->workers; i++)
		status = check_gather_merge(&g[0], &g[i]);
	if (!status) {
		join_prepare(g[0].tracker);
		status = rpclog_tracker_finish(g[0].tracker);
	}
	if (!status)
		status = joins_new(&joins, g[0].gather, g[0].tracker,
				   way->options);
	if (!status)
		status = join_logs(joins, logs, way->joiners, way->chunk,
				   way->options);
	if (!status)
		status = gather_settle(&in, g[0].gather, g[0].tracker, r->rules,
				       joins);
	if (!status) {
		check_text_add(out, "%d: ", (int)joins_matched(joins));
		check_cells(out, in, TABLE_FAIL);
		check_text_add(out, " / ");
		check_cells(out, in, TABLE_REASON);
	}
	gathered_free(in);
	joins_free(joins);
	for (size_t i = 0; i < way->workers; i++)
		check_gather_free(&g[i]);
	return status;
}
