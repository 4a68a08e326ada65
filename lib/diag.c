/* SPDX-License-Identifier: MIT */
/* Status names, and the diag that says where and why. */

#include "diag.h"

#include <stdarg.h>
#include <stdio.h>

const char *
rpclog_status_name(rpclog_status status)
{
	switch (status) {
	case RPCLOG_OK: return "RPCLOG_OK";
	case RPCLOG_MORE: return "RPCLOG_MORE";
	case RPCLOG_END: return "RPCLOG_END";
	case RPCLOG_SCHEMA: return "RPCLOG_SCHEMA";
	case RPCLOG_BAD_ROW: return "RPCLOG_BAD_ROW";
	case RPCLOG_NO_MATCH: return "RPCLOG_NO_MATCH";
	case RPCLOG_ERR_NOMEM: return "RPCLOG_ERR_NOMEM";
	case RPCLOG_ERR_USAGE: return "RPCLOG_ERR_USAGE";
	case RPCLOG_ERR_IO: return "RPCLOG_ERR_IO";
	case RPCLOG_ERR_GZIP: return "RPCLOG_ERR_GZIP";
	case RPCLOG_ERR_LIMIT: return "RPCLOG_ERR_LIMIT";
	case RPCLOG_ERR_SCHEMA: return "RPCLOG_ERR_SCHEMA";
	case RPCLOG_ERR_RULE: return "RPCLOG_ERR_RULE";
	}
	return "RPCLOG_UNKNOWN";
}

rpclog_status
diag_set(rpclog_diag *diag, rpclog_status status, const char *format, ...)
{
	if (diag) {
		va_list args;

		memset(diag, 0, sizeof(*diag));
		diag->status = status;
		va_start(args, format);
		vsnprintf(diag->text, sizeof(diag->text), format, args);
		va_end(args);
	}
	return status;
}

rpclog_status
diag_plain(rpclog_diag *diag, rpclog_status status)
{
	if (status == RPCLOG_ERR_NOMEM)
		return diag_set(diag, status, "out of memory");
	if (status == RPCLOG_ERR_LIMIT)
		return diag_set(diag, status, "a limit was reached");
	if (status == RPCLOG_ERR_USAGE)
		return diag_set(diag, status, "wrong argument or call");
	return diag_set(diag, status, "%s", rpclog_status_name(status));
}

const char *
diag_quote(rpclog_slice bytes, char *buffer, size_t size)
{
	size_t len = bytes.len < size - 1 ? bytes.len : size - 1;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)bytes.ptr[i];

		buffer[i] = c < 0x20 || c >= 0x7f ? '?' : (char)c;
	}
	buffer[len] = '\0';
	return buffer;
}
