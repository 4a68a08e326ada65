/* SPDX-License-Identifier: MIT */
/* Collects rows and writes them as a tree of log files. */
#ifndef GEN_TREE_H
#define GEN_TREE_H

#include "gen.h"

struct tree *tree_new(struct gen *g);
void tree_free(struct tree *t);

/* Announces a row that ends at end_ms; append its bytes to the answer. */
struct buf *tree_row(struct tree *t, const struct server *s,
    const char *proto, int64_t end_ms);
/* Bytes of all rows announced so far. */
size_t tree_bytes(const struct tree *t);
/* Sorts, cuts into hours and instances, writes everything. */
void tree_write(struct tree *t);

/* Writes one file of the tree, gzipped if the options say so. */
void tree_put(struct tree *t, const struct server *s, const char *proto,
    int64_t ms, int instance, const struct buf *text);

/* The bare column row (if wanted) and the five # lines. */
void header_write(const struct server *s, int64_t ms, bool bare,
    struct buf *out);

#endif
