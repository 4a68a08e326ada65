/* SPDX-License-Identifier: MIT */
/* Filling the public diag: no allocation, one line. */

#ifndef RPCLOG_DIAG_H
#define RPCLOG_DIAG_H

#include "base.h"

/* Stores status and text, zero elsewhere; gives 'status' back. */
rpclog_status diag_set(rpclog_diag *diag, rpclog_status status,
		       const char *format, ...) PRINTF_LIKE(3, 4);
/* 'status' with a text that fits it, for RPCLOG_ERR_NOMEM and its like. */
rpclog_status diag_plain(rpclog_diag *diag, rpclog_status status);
/* Bytes of a log fit for a diag: at most 'size' - 1, controls as '?'. */
const char *diag_quote(rpclog_slice bytes, char *buffer, size_t size);

#endif /* RPCLOG_DIAG_H */
