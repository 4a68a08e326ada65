/* SPDX-License-Identifier: MIT */
/*
 * Prompts are made anew when rows come late or somebody gets another name:
 * which of them goes on with which one that was there before.
 */

#ifndef RPCLOG_FRONT_HEIRS_H
#define RPCLOG_FRONT_HEIRS_H

#include <stddef.h>
#include <stdint.h>

/* A prompt, with numbers for names. */
struct heir {
	int64_t actor, client, first_us, last_us, class_id, target, server,
		requests;
	int64_t id;	/* of one before; the caller's */
	int joined;	/* it has found its other half */
};

/*
 * Joins prompts of now to what they go on with, and gives them its id.  Nobody
 * has two heirs, and an heir has the client: somebody of the same name before
 * anybody else, one that began at the same time before one that only has some
 * time in common.  Sorts both.
 */
void heirs_find(struct heir *before, size_t before_count, struct heir *now,
		size_t now_count);

#endif /* RPCLOG_FRONT_HEIRS_H */
