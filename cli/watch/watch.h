/* SPDX-License-Identifier: MIT */
/* watch from inside: one step after the other, each of them a load. */

#ifndef RPCLOG_CLI_WATCH_WATCH_H
#define RPCLOG_CLI_WATCH_WATCH_H

#include "files.h"
#include "said.h"
#include "wake.h"

struct watch {
	const struct options *options;
	struct options silent;	/* for runs: what they say is ours to say */
	rpclog_rules *rules;
	struct base base;
	struct files *files;
	struct wake *wake;
	int64_t horizon_us;
	uint64_t rows;		/* loaded so far */
	int64_t look_ms, beat_ms;	/* when the next of each is due */
	int64_t spent_ms;	/* by the last look */
};

/* Everything, or only these paths.  EXIT_DONE, or trouble that was said. */
int watch_look(struct watch *watch);
int watch_paths(struct watch *watch, char *const *paths, size_t count);

/* -v: how far it is. */
void watch_beat(struct watch *watch);

#endif /* RPCLOG_CLI_WATCH_WATCH_H */
