/* SPDX-License-Identifier: MIT */
/* The story of a field note: a 2010 server that lacks KB3140410. */
#include "scen_diagnose.h"

#include "scen.h"

/*
 * Of four people, two have a 2016 mailbox and a second one on 2010, behind
 * cas10-02 and cas10-01; one has 2016 only, one 2010 only.
 */
enum role { SECOND_ON_TWO, SECOND_ON_ONE, NEW_ONLY, OLD_ONLY };

static enum role
role(int i)
{
	return (enum role)(i % 4);
}

/* All but what depends on cas10-02. */
static void
ordinary(struct gen *g, int64_t from, int64_t until, int64_t each)
{
	for (int i = 0; i < g->user_count; i++) {
		const struct user *u = &g->user[i];
		const struct server *s = &g->server[u->home];

		if (role(i) == OLD_ONLY)
			soap_request(g, s, u, "Autodiscover",
				     from + (i + 2) * MS_MINUTE);
		else
			dx_day(g, u, from, until, each);
		if (role(i) == OLD_ONLY)
			dx_legacy_life(g, u, &target_cas1, u->guid, from, until,
				       NULL);
		if (role(i) == SECOND_ON_ONE)
			dx_legacy_life(g, u, &target_cas1, u->shared, from,
				       until, NULL);
	}
}

/* Those behind cas10-02; refused unless it is repaired. */
static void
second(struct gen *g, int64_t from, int64_t until, bool repaired)
{
	for (int i = 0; i < g->user_count; i++) {
		const struct user *u = &g->user[i];

		if (role(i) == SECOND_ON_TWO)
			dx_legacy_life(
				g, u,
				repaired ? &target_cas2_patched : &target_cas2,
				u->shared, from, until,
				repaired ? NULL : "be_krb_invalid_token");
	}
}

/* Each kind of people is behind each front end. */
static void
people(struct gen *g)
{
	dx_people(g);
	for (int i = 0; i < g->user_count; i++)
		g->user[i].home = i / 4 % g->server_count;
}

static void
begin(struct gen *g)
{
	people(g);
	dx_machines(g);
	ordinary(g, g->start_ms, g->stop_ms, MS_HOUR);
}

void
scen_dx_story_before(struct gen *g)
{
	begin(g);
	second(g, g->start_ms, g->stop_ms, false);
}

/* What the front ends see of a server that starts again. */
static void
restart(struct gen *g, int64_t at)
{
	static const char *const seen[] = {
		"be_conn_dropped",    "be_conn_dropped", "be_connect_failure",
		"be_connect_failure", "be_timeout",	 "be_conn_dropped",
		"be_conn_dropped",
	};

	for (int i = 0; i < 7; i++) {
		const struct user *u = &g->user[i / 2 % 3 * 4];
		const struct channel c = {
			.srv = &g->server[u->home],
			.user = u,
			.to = &target_cas2,
			.guid = u->shared,
			.port = 6001,
		};
		struct req q =
			req_rpc(g, &c, i % 2 ? "RPC_IN_DATA" : "RPC_OUT_DATA");

		q.start = at + i * 70 * MS_SECOND;
		q.end = q.start + rng_range(&g->rng, 40, 900);
		dx_fail(g, &q, seen[i]);
		req_emit(g, &q);
	}
}

void
scen_dx_story_patched(struct gen *g)
{
	int64_t middle = g->start_ms + (g->stop_ms - g->start_ms) / 2;

	begin(g);
	second(g, g->start_ms, middle, false);
	restart(g, middle + 2 * MS_MINUTE);
	second(g, middle + 12 * MS_MINUTE, g->stop_ms, true);
}

void
scen_dx_story_stopgap(struct gen *g)
{
	int64_t middle = g->start_ms + (g->stop_ms - g->start_ms) / 2;

	begin(g);
	second(g, g->start_ms, middle, false);
	second(g, middle + MS_MINUTE, g->stop_ms, true);
}

/* One hour of each day; broken for four days, and again `days` later. */
static void
rhythm(struct gen *g, int days)
{
	people(g);
	for (int day = 0; g->start_ms + day * MS_DAY < g->stop_ms; day++) {
		int64_t at = g->start_ms + day * MS_DAY + 8 * MS_HOUR;
		int64_t end = at + MS_HOUR;
		bool broken = day % days >= 2 && day % days < 6;

		for (int i = 0; i < g->server_count; i++) {
			const struct server *s = &g->server[i];

			probes(g, s, "RpcHttp", at, end, 30 * MS_MINUTE);
			activity(g, s, "RpcHttp", at, at + 5 * MS_MINUTE);
			activity(g, s, "Mapi", at, at + 5 * MS_MINUTE);
		}
		ordinary(g, at, end, MS_HOUR);
		second(g, at, end, !broken);
	}
}

/* The machine's password is changed each 30 days. */
void
scen_dx_story_rhythm(struct gen *g)
{
	rhythm(g, 30);
}

/* Twice, but for another reason. */
void
scen_dx_not_story_rhythm(struct gen *g)
{
	rhythm(g, 17);
}
