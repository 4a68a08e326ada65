/* SPDX-License-Identifier: MIT */
/* One proxied request, and how it becomes a row of its server's log. */
#ifndef GEN_REQ_H
#define GEN_REQ_H

#include "gen.h"
#include "row.h"

/* NULL strings and negative numbers leave cells empty. */
struct req {
	const struct server *srv;
	const char *proto;
	int64_t start, end;
	const char *id;          /* RequestId; NULL = a new one */
	const char *method, *host, *stem, *query, *action;
	const char *auth;        /* AuthenticationType */
	bool known;              /* IsAuthenticated */
	const char *user, *org, *anchor;
	const char *ua, *ip;
	const char *client_request;
	int status;
	const char *be;          /* BackEndStatus: a number or a word */
	const char *error;       /* ErrorCode */
	const struct target *to; /* NULL = own back end */
	bool proxied;
	const char *hint, *cookie;
	int64_t request_bytes, response_bytes;
	const char *state;       /* NULL = ProxyResponseData */
	const char *stats;       /* grammar B, after the pairs */
	const char *info;        /* whole GenericInfo, replaces ours */
	const char *errors;      /* GenericErrors */
	const char *expect;      /* class, for --expect */
	const char *note;
};

/* Fills the row; answers the RequestId that it got (in tmp). */
const char *req_fill(struct gen *g, const struct req *q, struct row *r);
/* Formats the row at the end of out, CRLF included. */
void req_format(struct gen *g, const struct req *q, struct buf *out);
/* Hands the row to the tree, in the file of its end. */
void req_emit(struct gen *g, const struct req *q);
/* Like req_emit with more cells set by the caller. */
void row_emit(struct gen *g, const struct req *q, struct row *r);

#endif
