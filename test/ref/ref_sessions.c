/* SPDX-License-Identifier: MIT */
/* What becomes of fe_auth_leg (lib/README.md, Sessions). */
#include "ref.h"

#include <stdlib.h>
#include <string.h>

/* A ServerHostName and the newest DateTime read for it. */
struct server {
	struct text name;
	int64_t newest;
};

/* All rows of one key, in order of start. */
struct key_rows {
	struct row **row;
	size_t count;
	const struct server *servers;
	size_t server_count;
	const struct options *options;
};

/* (mailbox if any, else empty) + client + (UserAgent if no mailbox) */
static int
compare_key(const struct row *a, const struct row *b)
{
	int order = text_compare(a->mailbox, b->mailbox);

	if (!order)
		order = text_compare(a->client, b->client);
	if (!order && a->mailbox.len == 0)
		order = text_compare(a->UA, b->UA);
	return order;
}

static int
by_key_and_start(const void *left, const void *right)
{
	const struct row *a = *(struct row *const *)left;
	const struct row *b = *(struct row *const *)right;
	const int order = compare_key(a, b);

	if (order)
		return order;
	return a->start < b->start ? -1 : a->start > b->start;
}

static bool
is_leg(const struct row *row)
{
	return text_is(text_of(row->class->name), "fe_auth_leg");
}

/* Whether a row of the key with IA has its start in [from, to]. */
static bool
ia_starts_in(const struct key_rows *key, int64_t from, int64_t to)
{
	for (size_t i = 0; i < key->count && key->row[i]->start <= to; i++)
		if (key->row[i]->IA && key->row[i]->start >= from)
			return true;
	return false;
}

static void
mark_handshakes(struct key_rows *key)
{
	for (size_t i = 0; i < key->count; i++) {
		struct row *leg = key->row[i];

		if (is_leg(leg) &&
		    ia_starts_in(key, leg->start, leg->start + 10 * SECOND))
			leg->class = class_named("handshake");
	}
}

static size_t
find_server(const struct server *servers, size_t count, struct text name)
{
	size_t i = 0;

	while (i < count && text_compare(servers[i].name, name) != 0)
		i++;
	return i;
}

static size_t
find_newest(struct server *servers, struct rows all)
{
	size_t count = 0;

	for (size_t i = 0; i < all.count; i++) {
		const struct row *row = all.ptr[i];
		const size_t at = find_server(servers, count, row->server);

		if (at == count)
			servers[count++] =
				(struct server){ row->server, row->end };
		else if (servers[at].newest < row->end)
			servers[at].newest = row->end;
	}
	return count;
}

/* W and the legs that go on with it: one window, one class, one last leg. */
static void
reject_window(const struct key_rows *key, struct row **leg, size_t count)
{
	const int64_t last = leg[count - 1]->start;
	bool rpc = false;

	for (size_t i = 0; i < count; i++)
		rpc = rpc || text_starts(leg[i]->method, "RPC_");
	for (size_t i = 0; i < count; i++) {
		const int64_t settle =
			rpc ? key->options->settle_rpc : key->options->settle;
		const size_t at = find_server(key->servers, key->server_count,
					      leg[i]->server);

		if (key->servers[at].newest - last < settle)
			leg[i]->too_recent = true;
		else
			leg[i]->class =
				class_named(rpc ? "fe_credentials_suspected"
						: "fe_credentials_rejected");
	}
}

/* The legs are those that are no handshake, in order of start. */
static void
find_windows(const struct key_rows *key, struct row **leg, size_t count)
{
	for (size_t i = 0; i < count;) {
		const int64_t f = leg[i]->start;
		size_t next = i;

		while (next < count && leg[next]->start <= f + 60 * SECOND)
			next++;
		if (next - i < 3 ||
		    ia_starts_in(key, f, leg[next - 1]->start + 60 * SECOND)) {
			i++;
			continue;
		}
		while (next < count &&
		       leg[next]->start <= leg[next - 1]->start + 60 * SECOND &&
		       !ia_starts_in(key, leg[next - 1]->start,
				     leg[next]->start))
			next++;
		reject_window(key, leg + i, next - i);
		i = next;
	}
}

static void
resolve_key(struct key_rows *key)
{
	struct row **legs = ref_alloc(key->count * sizeof(struct row *));
	size_t count = 0;

	mark_handshakes(key);
	for (size_t i = 0; i < key->count; i++)
		if (is_leg(key->row[i]))
			legs[count++] = key->row[i];
	find_windows(key, legs, count);
}

void
sessions_resolve(struct rows all, const struct options *options)
{
	struct row **sorted = ref_alloc(all.count * sizeof(struct row *));
	struct server *servers = ref_alloc(all.count * sizeof *servers);
	const size_t server_count = find_newest(servers, all);

	if (all.count == 0)
		return;
	memcpy(sorted, all.ptr, all.count * sizeof(struct row *));
	qsort(sorted, all.count, sizeof(struct row *), by_key_and_start);
	for (size_t i = 0, next; i < all.count; i = next) {
		struct key_rows key = { sorted + i, 0, servers, server_count,
					options };

		for (next = i; next < all.count &&
			       compare_key(sorted[i], sorted[next]) == 0;
		     next++)
			key.count++;
		resolve_key(&key);
	}
}
