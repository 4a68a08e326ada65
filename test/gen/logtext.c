/* SPDX-License-Identifier: MIT */
/* Whole small logs in memory, for scenarios that damage them. */
#include "logtext.h"

#include "file.h"
#include "traffic.h"
#include "tree.h"

void
log_rows(struct gen *g, const struct server *s, int64_t start, int rows,
	 struct buf *out)
{
	for (int i = 0; i < rows; i++) {
		struct req q = req_mapi(g, s, &g->user[i % g->user_count],
					start + i * MS_SECOND);

		if (i % 7 == 6) {
			q.status = 503;
			q.be = "ConnectFailure";
			q.error = q.be;
			q.expect = "be_connect_failure";
		}
		req_format(g, &q, out);
	}
}

void
log_make(struct gen *g, const struct server *s, int64_t start, int rows,
	 struct buf *out)
{
	header_write(s, start, true, out);
	log_rows(g, s, start, rows, out);
}

void
log_put(struct gen *g, const char *folder, const char *name,
	const struct buf *text)
{
	const char *path =
		tmp(g, "%s/%s/HttpProxy/%s/%s", g->opt.out,
		    g->server[g->server_count - 1].name, folder, name);

	file_put(path, text->data, text->len);
}
