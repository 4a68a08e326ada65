/* SPDX-License-Identifier: MIT */
/*
 * A front end that refuses nearly everybody in an hour in which the others do
 * not: it is broken, and no password is wrong.
 */

#include "../../sort.h"
#include "logons.h"

#define FAULT_USERS   10
#define FAULT_CLIENTS 5
/* What happens so shortly before or after an hour is a part of it. */
#define EDGE_US (2 * US_PER_QUARTER)

struct refusal {
	const struct cell *cell;
	int64_t hour_us;
};

/* One front end in one hour. */
struct front {
	int64_t hour_us;
	uint32_t server;
	uint32_t refused, clients; /* how many different ones */
	uint32_t both;		   /* of the refused: also got in */
	uint32_t users;		   /* refused or not */
	size_t from, to;	   /* in 'refusals' */
	bool broken;
};

struct fronts {
	struct findings *f;
	struct logons *l;
	struct refusal *refusals;
	size_t refusal_count, refusal_room;
	struct front *list; /* by hour, then by server */
	size_t count, room;
	/* By name, as actor and as client: the front that last met it. */
	size_t *actor_met, *client_met;
};

/*
 * Somebody who might be expected to get in: an attacker's address is no sign
 * of a fault, however many accounts it tries.
 */
static bool
is_expected(const struct findings *f, const struct logons *l,
	    const struct cell *cell)
{
	const struct pair *pair = pair_of(l, cell->client, cell->actor);

	if ((pair && pair->got_in > 0) || !is_public(f, cell->client))
		return true;
	if (!is_source(f, cell->actor))
		return l->got_in[cell->actor].requests == 0;
	return l->home[cell->client];
}

/* ---- who was refused where and when ----------------------------------------
 */

static int
refusal_order(const void *a, const void *b, const void *ctx)
{
	const struct refusal *x = a, *y = b;

	(void)ctx;
	if (x->hour_us != y->hour_us)
		return x->hour_us < y->hour_us ? -1 : 1;
	return (x->cell->server > y->cell->server) -
	       (x->cell->server < y->cell->server);
}

static bool
take_refusals(struct fronts *fs)
{
	struct findings *f = fs->f;

	for_cells (f, TABLE_FAIL, cell) {
		if (logon_side_of(f, fs->l, cell) != SIDE_USER ||
		    !is_expected(f, fs->l, cell))
			continue;
		if (!alloc_grow(&f->alloc, &fs->refusals, &fs->refusal_room,
				fs->refusal_count + 1, sizeof(*fs->refusals)))
			return false;
		fs->refusals[fs->refusal_count++] =
			(struct refusal){ cell,
					  hour_of(cell->at_us) * US_PER_HOUR };
	}
	return fs->refusal_count == 0 ||
	       sort_by(fs->refusals, fs->refusal_count, sizeof(*fs->refusals),
		       refusal_order, NULL, &f->alloc);
}

/* The first pulse that is not before that of a front end in an hour. */
static const struct cell *
pulse_at(const struct findings *f, int64_t hour_us, uint32_t server)
{
	const struct cells *table = &f->in->table[TABLE_PULSE];
	size_t low = 0, high = table->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct cell *cell = &table->cells[middle];

		if (cell->at_us < hour_us ||
		    (cell->at_us == hour_us && cell->server < server))
			low = middle + 1;
		else
			high = middle;
	}
	return &table->cells[low];
}

static const struct cell *
pulses_end(const struct findings *f)
{
	return f->in->table[TABLE_PULSE].cells +
	       f->in->table[TABLE_PULSE].count;
}

/* Who got in there in that hour; NULL: nobody. */
static const struct crowd *
crowd_at(const struct findings *f, int64_t hour_us, uint32_t server)
{
	const struct cell *cell = pulse_at(f, hour_us, server);

	if (cell == pulses_end(f) || cell->at_us != hour_us ||
	    cell->server != server)
		return NULL;
	return cell->crowd;
}

static void
count_front(struct fronts *fs, struct front *front)
{
	const struct findings *f = fs->f;
	const struct crowd *crowd = crowd_at(f, front->hour_us, front->server);
	size_t number = fs->count; /* of 'front', from 1 on */

	for (size_t i = front->from; i < front->to; i++) {
		const struct cell *cell = fs->refusals[i].cell;

		front->clients += fs->client_met[cell->client] != number;
		fs->client_met[cell->client] = number;
		if (fs->actor_met[cell->actor] == number)
			continue;
		fs->actor_met[cell->actor] = number;
		front->refused++;
		front->both +=
			crowd && crowd_has(crowd, name_at(f, cell->actor));
	}
	front->users = front->refused - front->both;
	front->users += crowd ? crowd_size(crowd) : 0;
	for (size_t i = front->from; i < front->to; i++)
		fs->l->beside[fs->refusals[i].cell -
			      f->in->table[TABLE_FAIL].cells] = front->refused;
}

static bool
make_fronts(struct fronts *fs)
{
	size_t to;

	for (size_t i = 0; i < fs->refusal_count; i = to) {
		struct front *front;

		to = i + 1;
		while (to < fs->refusal_count &&
		       refusal_order(&fs->refusals[i], &fs->refusals[to],
				     NULL) == 0)
			to++;
		if (!alloc_grow(&fs->f->alloc, &fs->list, &fs->room,
				fs->count + 1, sizeof(*fs->list)))
			return false;
		front = &fs->list[fs->count++];
		memset(front, 0, sizeof(*front));
		front->hour_us = fs->refusals[i].hour_us;
		front->server = fs->refusals[i].cell->server;
		front->from = i;
		front->to = to;
		count_front(fs, front);
	}
	return true;
}

/* ---- which of them are broken ---------------------------------------------
 */

/* The others of the hour that begins at 'list[from]'. */
static bool
others_work(const struct fronts *fs, const struct front *mine, size_t from,
	    size_t to)
{
	uint64_t users = 0, refused = 0;

	for (const struct cell *cell = pulse_at(fs->f, mine->hour_us, 0);
	     cell < pulses_end(fs->f) && cell->at_us == mine->hour_us; cell++) {
		if (cell->server != mine->server)
			users += crowd_size(cell->crowd);
	}
	for (size_t i = from; i < to; i++) {
		const struct front *front = &fs->list[i];

		if (front->server == mine->server)
			continue;
		users += front->refused - front->both;
		refused += front->refused;
	}
	return refused < 3 || refused * 2 < users;
}

static void
judge_hour(struct fronts *fs, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		struct front *front = &fs->list[i];

		front->broken = front->server != 0 &&
				front->refused >= FAULT_USERS &&
				front->clients >= FAULT_CLIENTS &&
				front->refused * 2 >= front->users &&
				others_work(fs, front, from, to);
		if (front->broken)
			fs->l->broken[front->server] = true;
	}
}

static bool
is_broken(const struct fronts *fs, int64_t hour_us, uint32_t server)
{
	size_t low = 0, high = fs->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct front *front = &fs->list[middle];

		if (front->hour_us == hour_us && front->server == server)
			return front->broken;
		if (front->hour_us < hour_us ||
		    (front->hour_us == hour_us && front->server < server))
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static void
take_sides(struct fronts *fs)
{
	for (size_t i = 0; i < fs->refusal_count; i++) {
		const struct cell *cell = fs->refusals[i].cell;
		int64_t hour = fs->refusals[i].hour_us;
		int64_t into = cell->at_us - hour;

		if (is_broken(fs, hour, cell->server) ||
		    (into < EDGE_US &&
		     is_broken(fs, hour - US_PER_HOUR, cell->server)) ||
		    (into >= US_PER_HOUR - EDGE_US &&
		     is_broken(fs, hour + US_PER_HOUR, cell->server)))
			fs->l->side[cell - fs->f->in->table[TABLE_FAIL].cells] =
				SIDE_SERVER;
	}
}

bool
judge_front_ends(struct findings *f, struct logons *l)
{
	struct fronts fs = { .f = f, .l = l };
	size_t to;
	bool ok;

	fs.actor_met =
		alloc_zero(&f->alloc, f->in->name_count, sizeof(*fs.actor_met));
	fs.client_met = alloc_zero(&f->alloc, f->in->name_count,
				   sizeof(*fs.client_met));
	ok = fs.actor_met && fs.client_met && take_refusals(&fs) &&
	     make_fronts(&fs);
	for (size_t i = 0; ok && i < fs.count; i = to) {
		to = i + 1;
		while (to < fs.count &&
		       fs.list[to].hour_us == fs.list[i].hour_us)
			to++;
		judge_hour(&fs, i, to);
	}
	if (ok)
		take_sides(&fs);
	alloc_free(&f->alloc, fs.actor_met);
	alloc_free(&f->alloc, fs.client_met);
	alloc_free(&f->alloc, fs.refusals);
	alloc_free(&f->alloc, fs.list);
	return ok;
}
