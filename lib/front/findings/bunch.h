/* SPDX-License-Identifier: MIT */
/*
 * Cells by what a finding will be about, those with most requests first.
 *
 *	bunches_take() .. bunches_close() -> list .. bunches_free()
 */

#ifndef RPCLOG_FRONT_FINDINGS_BUNCH_H
#define RPCLOG_FRONT_FINDINGS_BUNCH_H

#include "inside.h"

/*
 * An attacker may bring a hundred thousand addresses along: of so many
 * findings of a kind all that can be told is told, of others the rest is cut.
 */
#define BUNCHES_IN_FULL 1000

struct bunch_item {
	uint32_t name;
	const struct cell *cell;
};

struct bunch {
	uint32_t name;
	size_t count;
	const struct bunch_item *items; /* in the order that they were taken */
	uint64_t requests;
};

struct bunches {
	struct bunch_item *items;
	size_t item_count, item_room;
	struct bunch *list;
	size_t count, room;
};

void bunches_init(struct bunches *b);
void bunches_take(struct findings *f, struct bunches *b, uint32_t name,
		  const struct cell *cell);
/* On a lack of memory there are none. */
void bunches_close(struct findings *f, struct bunches *b);
void bunches_free(struct findings *f, struct bunches *b);

/*
 * A finding about each: requests, first, last, examples and trend are those of
 * its cells.
 */
struct draft *bunch_draft(struct findings *f, const struct bunch *bunch,
			  const char *id, const char *title, uint8_t severity);

/* Is a password sent with Basic authentication among its refusals? */
bool bunch_is_basic(const struct bunch *bunch);

/* Names and a number of requests each: those with most of them. */
struct best {
	uint32_t name[USERS_SHOWN];
	uint64_t requests[USERS_SHOWN];
	size_t count;	/* of these */
	uint64_t total; /* of all */
};

/* Each name once. */
void best_add(struct best *best, uint32_t name, uint64_t requests);
/* The clients, or the users, sources left out, of a bunch. */
void best_clients(struct findings *f, struct best *best,
		  const struct bunch *bunch);
void best_users(struct findings *f, struct best *best,
		const struct bunch *bunch);
/* LINE_WHY with the addresses that most of the requests came from. */
void say_clients(struct findings *f, struct draft *d, const struct best *best);

#endif /* RPCLOG_FRONT_FINDINGS_BUNCH_H */
