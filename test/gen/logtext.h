/* SPDX-License-Identifier: MIT */
/* Whole small logs in memory, for scenarios that damage them. */
#ifndef GEN_LOGTEXT_H
#define GEN_LOGTEXT_H

#include "gen.h"

/* Header and rows of an ordinary Mapi log, one row a second. */
void log_make(struct gen *g, const struct server *s, int64_t start,
    int rows, struct buf *out);
/* Only the rows. */
void log_rows(struct gen *g, const struct server *s, int64_t start,
    int rows, struct buf *out);
/* Writes DIR/<server>/HttpProxy/<folder>/<name>. */
void log_put(struct gen *g, const char *folder, const char *name,
    const struct buf *text);

#endif
