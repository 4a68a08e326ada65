/* SPDX-License-Identifier: MIT */
/* Rows by the million: a finished row whose few varying bytes are patched. */
#ifndef GEN_BENCH_ROW_H
#define GEN_BENCH_ROW_H

#include "req.h"

#define TEMPLATE_SLOTS 40

enum slot_kind { SLOT_TIME, SLOT_ID, SLOT_ACCOUNT, SLOT_GUID, SLOT_CLIENT };

struct template {
	struct buf text;
	int count;
	struct slot {
		enum slot_kind kind;
		size_t at;
		int64_t before_end_ms;   /* SLOT_TIME */
	} slot[TEMPLATE_SLOTS];
};

/* The person of whom templates speak; its parts have fixed widths. */
extern const struct user bench_person;

void template_make(struct gen *g, const struct req *q, struct template *t);
void template_free(struct template *t);
/* Appends the row of user number n that ends at end_ms. */
void template_write(const struct template *t, struct rng *rng, int n,
    int64_t end_ms, struct buf *out);

#endif
