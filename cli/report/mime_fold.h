/* SPDX-License-Identifier: MIT */
/* A header line that is folded as it grows: what headers of all kinds share. */

#ifndef RPCLOG_CLI_REPORT_MIME_FOLD_H
#define RPCLOG_CLI_REPORT_MIME_FOLD_H

#include "mime.h"

struct fold {
	const struct mime *mime;
	size_t column;
	bool begun; /* something stands on the line */
};

void fold_begin(struct fold *fold, const struct mime *mime, const char *name);
/*
 * A blank, and what must not be broken.  The first stands beside the name,
 * however long it is: some programs take a name alone for an empty header.
 */
void fold_put(struct fold *fold, const char *word, size_t len);
/*
 * Text without control bytes, in UTF-8: as it is if it is of words that hold
 * no more than letters, digits and bytes of 'plain'; else as encoded words.
 */
void fold_text(struct fold *fold, rpclog_slice text, const char *plain);
void fold_end(struct fold *fold);

bool mime_is_alnum(char c);

#endif /* RPCLOG_CLI_REPORT_MIME_FOLD_H */
