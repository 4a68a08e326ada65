/* SPDX-License-Identifier: MIT */
/*
 * A message as RFC 5322, 2045 and 2047 want it: encodings of parts, and header
 * lines into which nothing can be smuggled.
 *
 * Whatever is given, no header line ends but where we end it: control bytes
 * never pass, and what is no plain word goes out as encoded words.
 */

#ifndef RPCLOG_CLI_REPORT_MIME_H
#define RPCLOG_CLI_REPORT_MIME_H

#include <stdbool.h>

#include "out.h"

struct mime {
	struct out *out;
	bool crlf; /* lines end so; else LF, as sendmail(8) wants it */
};

void mime_line_end(const struct mime *mime);

/* ---- Parts --------------------------------------------------------------- */

/* Text, whose lines end with LF, as quoted-printable. */
void mime_quoted_printable(const struct mime *mime, rpclog_slice text);
/* Any bytes as base64, in lines of 76. */
void mime_base64(const struct mime *mime, rpclog_slice bytes);

/* ---- Headers ------------------------------------------------------------- */

/* A header of ours: printable ASCII, put as it is; a LF folds the line. */
void mime_header(const struct mime *mime, const char *name, const char *value);
/* Any text: as it is if it is of plain words, else as encoded words. */
void mime_unstructured(const struct mime *mime, const char *name,
		       rpclog_slice text);
/* Addresses that mail_address_valid() takes; others are left out. */
void mime_addresses(const struct mime *mime, const char *name,
		    const char *const *addresses, size_t count);
/* "Date: Mon, 23 Nov 2026 00:20:04 +0100", in the user's zone. */
void mime_date(const struct mime *mime, int64_t us);

/* What stands behind the @. */
rpclog_slice mime_address_domain(const char *address);

#endif /* RPCLOG_CLI_REPORT_MIME_H */
