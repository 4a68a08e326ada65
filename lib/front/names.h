/* SPDX-License-Identifier: MIT */
/*
 * Names as users write them in --by, --where and --fields: any log column of
 * any known column set, or a derived value, in any case.
 */

#ifndef RPCLOG_FRONT_NAMES_H
#define RPCLOG_FRONT_NAMES_H

#include "settle.h"

/* The derived names of rpclog(1), NAMES; all are below NAME_COLUMN. */
enum name {
	NAME_START, NAME_END, NAME_HOUR, NAME_DAY, NAME_FILE, NAME_LINE,
	NAME_OFFSET, NAME_USER, NAME_ACCOUNT, NAME_MAILBOX, NAME_CLIENT,
	NAME_TARGET, NAME_SERVER, NAME_PROTOCOL, NAME_STATUS,
	NAME_BACKEND_STATUS, NAME_ERROR_CODE, NAME_METHOD, NAME_CLASS,
	NAME_POPUP, NAME_SEVERITY, NAME_LEGACY, NAME_RESPONSE_STATUS,
	NAME_WEB_STATUS, NAME_SECURITY_STATUS, NAME_SOFTWARE, NAME_WINDOWS,
	NAME_LATENCY_MS, NAME_RPC_HALF, NAME_RPC_LIFE, NAME_RPC_END,
	NAME_COLUMN	/* NAME_COLUMN + i: the i'th known log column */
};

/* How values of a name compare and print. */
enum name_kind {
	NAME_IS_TEXT, NAME_IS_TIME, NAME_IS_HOUR, NAME_IS_DAY, NAME_IS_INT
};

/*
 * A column in its exact spelling, else a derived name in any case, else a
 * column in any case.  RPCLOG_OK and '*name'; RPCLOG_ERR_USAGE with
 * "unknown name "X": did you mean Y?" in the diag (may be NULL).
 */
rpclog_status name_find(rpclog_slice text, uint32_t *name, rpclog_diag *diag);
/* The one spelling used in output. */
const char *name_text(uint32_t name);
enum name_kind name_kind(uint32_t name);
/*
 * user, account (the actor's), class, popup, severity: known only when all is
 * read.  See name_settled().
 */
int name_is_settled(uint32_t name);
/* Must a row be classified for this name?  class, popup, severity. */
int name_is_of_class(uint32_t name);
/* Does the raw row hold the value as it is, unless it is quoted there? */
int name_is_verbatim(uint32_t name);
uint32_t name_count(void);

/*
 * The value of a name that the row alone tells, as bytes of the row; empty if
 * the row has none.  Not for settled names, times (start end hour day), file,
 * line and offset: those are no bytes of the row.
 */
rpclog_slice name_value(uint32_t name, const rpclog_row *row);
/* The same, quicker for a column: '*hint' starts at 0 and is one thread's. */
rpclog_slice name_value_near(uint32_t name, const rpclog_row *row,
			     size_t *hint);
/* start, end, line, offset, latency_ms as integers; 1 if there is one. */
int name_integer(uint32_t name, const rpclog_row *row, int64_t *value);
/* The value of a settled name, of any other empty; lasts as 'settled' does. */
rpclog_slice name_settled(uint32_t name, const rpclog_settled *settled);

/* "no" .. "yes" and "info" .. "critical"; empty for any other number. */
const char *popup_text(uint8_t popup);
const char *severity_text(uint8_t severity);
/* Is this actor no user, but a client that gave no name? */
int actor_is_source(rpclog_slice actor);
/* A user's name without its domain: after the first '\', else before '@'. */
rpclog_slice user_account(rpclog_slice user);

#endif /* RPCLOG_FRONT_NAMES_H */
