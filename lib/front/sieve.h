/* SPDX-License-Identifier: MIT */
/* Asking one term of what is settled: shared by filter.c and sieve.c. */

#ifndef RPCLOG_FRONT_SIEVE_H
#define RPCLOG_FRONT_SIEVE_H

#include "filter_term.h"

/* For terms of class or actor; a term of class reads no actor. */
bool term_settled(const struct term *term, struct term_use *use,
		  const rpclog_settled *settled, uint64_t *gave_up);

#endif /* RPCLOG_FRONT_SIEVE_H */
