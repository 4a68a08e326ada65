/* SPDX-License-Identifier: MIT */
/* The known word that is nearest to what a user mistyped. */

#ifndef RPCLOG_FRONT_NEAREST_H
#define RPCLOG_FRONT_NEAREST_H

#include "rpclog.h"

struct nearest {
	rpclog_slice wanted;
	size_t distance;	/* of 'word' */
	const char *word;	/* NULL: nothing was offered yet */
};

void nearest_init(struct nearest *n, rpclog_slice wanted);
/* Keeps 'word' if it is nearer than all before, in any ASCII case. */
void nearest_offer(struct nearest *n, const char *word);

#endif /* RPCLOG_FRONT_NEAREST_H */
