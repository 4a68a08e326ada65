/* SPDX-License-Identifier: MIT */
/* The table of scenarios. */
#ifndef GEN_SCENARIOS_H
#define GEN_SCENARIOS_H

#include "gen.h"

struct scenario {
	const char *name;
	const char *sentence;
	void (*run)(struct gen *g);
	int hours, servers, users; /* 0 = 8, 2, 24 */
	const char *start;	   /* NULL = 2026-11-16 */
	enum gzip_mode gzip;
};

/* The last one has no name. */
extern const struct scenario scenarios[];

#endif
