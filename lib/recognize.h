/* SPDX-License-Identifier: MIT */
/* Foreign logs by what they say of themselves. */

#ifndef RPCLOG_RECOGNIZE_H
#define RPCLOG_RECOGNIZE_H

#include "base.h"

/* A log is looked at so far before it is called foreign. */
#define RECOGNIZE_LINES	64

/*
 * What the first lines told: each line that is no row goes in until one
 * decides.  'name' is a constant, NULL while nothing is known.
 */
struct recognizer {
	const char *name;
	bool says_httpproxy;	/* by #Log-type */
	bool lone_cr;		/* a carriage return amid a line */
	bool nuls;
};

void recognize_line(struct recognizer *r, rpclog_slice text);
/* Never NULL. */
const char *recognize_name(const struct recognizer *r);

#endif /* RPCLOG_RECOGNIZE_H */
