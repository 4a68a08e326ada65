/* SPDX-License-Identifier: MIT */
/* Logs that other parts of a server write beside those of HttpProxy. */
#ifndef GEN_OTHERLOG_H
#define GEN_OTHERLOG_H

#include "req.h"

struct otherlog {
	struct otherline *line;
	size_t count, cap;
};

void otherlog_free(struct otherlog *log);

/*
 * IIS writes a line for the request when it ends: the query with the id that
 * HttpProxy gave it (id), blanks as +, nothing as -, whole seconds.
 */
void iis_line(struct otherlog *log, struct gen *g, const struct req *q,
	      const char *id, int status, int substatus, int64_t win32);
/*
 * Writes DIR/<server>/W3SVC1/u_exYYMMDD.log; its header comes again at three
 * in the morning, as after a restart.
 */
void iis_write(struct otherlog *log, struct gen *g);

/*
 * Both halves of an RPC channel as the module of the back end tells them:
 * they begin, are authorised and, unless end is 0, end.
 */
void module_channel(struct otherlog *log, struct gen *g,
		    const struct server *back, const struct req *q,
		    int64_t end);
/* Writes DIR/<server>/RpcHttp/W3SVC2/RpcHttpyyyyMMddHH-1.LOG. */
void module_write(struct otherlog *log, struct gen *g);

#endif
