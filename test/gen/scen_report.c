/* SPDX-License-Identifier: MIT */
/* Days that `rpclog report` tells of. */
#include "scen_diagnose.h"

#include "scen.h"

/* One row an hour that no person causes: the server was there. */
static void
alive(struct gen *g, const struct server *s, int64_t from, int64_t to)
{
	for (int64_t at = from; at < to; at += MS_HOUR) {
		probes(g, s, "RpcHttp", at, at + MS_HOUR, MS_HOUR);
		activity(g, s, "RpcHttp", at, at + 5 * MS_MINUTE);
	}
}

static void
all_alive(struct gen *g, int64_t from, int64_t to)
{
	for (int i = 0; i < g->server_count; i++)
		alive(g, &g->server[i], from, to);
}

/* Three legs that never get in: hour by hour, where somebody is at work. */
static void
wrong_password(struct gen *g, const struct user *u, int64_t from, int hours)
{
	for (int i = 0; i < hours; i++) {
		int64_t at = from + i * MS_HOUR + 20 * MS_MINUTE;
		struct req q = req_mapi(g, &g->server[u->home], u, at);

		legs_only(g, &q, 3, at, "fe_credentials_rejected");
	}
}

/* Whose mailbox it is; not within the window that settles a logon. */
static void
known(struct gen *g, const struct user *u, int64_t day)
{
	dx_seen(g, u, day + 6 * MS_HOUR + 30 * MS_MINUTE);
}

/* The pause that makes two prompts is longer than 120 seconds. */
static void
pauses(struct gen *g, const struct user *somebody, int64_t at)
{
	struct user u = *somebody;

	u.mailbox = &target_cas1;
	dx_mapi_fail(g, &u, at, "be_auth_401_legacy");
	dx_mapi_fail(g, &u, at + 120 * MS_SECOND, "be_auth_401_legacy");
	dx_mapi_fail(g, &u, at + 240 * MS_SECOND + 1, "be_auth_401_legacy");
}

/* What is on the last of the days, on the one before, and a week ago. */
static void
week_people(struct gen *g, int day, int64_t at)
{
	const bool last = day == 8, before = day == 7, week = day == 1;
	int64_t from = at + 7 * MS_HOUR, to = at + 17 * MS_HOUR;

	/* Behind cas10-02: three of them a week ago, six since Monday. */
	for (int i = 0; i < 6; i++)
		if (day > 1 || (week && i < 3))
			dx_legacy_life(g, &g->user[i], &target_cas2,
				       g->user[i].shared, from + i * MS_HOUR,
				       to - (5 - i) * MS_HOUR,
				       "be_krb_invalid_token");
	/* cas10-01 works until the last morning, for two of three. */
	for (int i = 6; i < 9; i++)
		dx_legacy_life(g, &g->user[i], &target_cas1, g->user[i].shared,
			       last ? at + 9 * MS_HOUR : from,
			       last ? at + 12 * MS_HOUR : to,
			       last && i < 8 ? "be_auth_401_legacy" : NULL);
	if (before)
		wrong_password(g, &g->user[9], at + 8 * MS_HOUR, 4);
	if (last)
		wrong_password(g, &g->user[10], at + 10 * MS_HOUR, 2);
	if (week || last)
		wrong_password(g, &g->user[11], at + 15 * MS_HOUR, 1);
	if (last)
		pauses(g, &g->user[15], at + 14 * MS_HOUR);
	/* A telephone that names nobody; and a server that is gone. */
	if (before)
		dx_basic(g, &g->user[12], g->user[12].client, 4,
			 at + 11 * MS_HOUR, 400);
	if (before) {
		struct user u = g->user[13];

		u.mailbox = &dx_lone;
		for (int i = 0; i < 5; i++)
			dx_mapi_fail(g, &u, at + 9 * MS_HOUR + i * MS_MINUTE,
				     "be_auth_401");
	}
	/* Failures that ask nobody. */
	for (int i = 0; i < 3; i++)
		dx_mapi_fail(g, &g->user[14],
			     at + 13 * MS_HOUR + i * 5 * MS_MINUTE,
			     last ? "be_http_5xx" : "be_conn_dropped");
}

/* From Thursday to the Friday of the week after. */
void
scen_rp_week(struct gen *g)
{
	g->opt.rollover_bytes = 10 * 1024 * 1024;
	dx_people(g);
	all_alive(g, g->start_ms, g->stop_ms);
	for (int day = 0; day < 9; day++) {
		int64_t at = g->start_ms + day * MS_DAY;

		if (day == 2 || day == 3)
			continue;
		for (int i = 0; i < g->user_count; i++) {
			known(g, &g->user[i], at);
			if (i < 9 || i > 11)
				dx_day(g, &g->user[i], at + 7 * MS_HOUR,
				       at + 17 * MS_HOUR, 4 * MS_HOUR);
		}
		week_people(g, day, at);
	}
}

/* Two days; of the failures nobody is asked for a password. */
void
scen_rp_quiet(struct gen *g)
{
	dx_people(g);
	all_alive(g, g->start_ms, g->stop_ms);
	for (int day = 0; day < 2; day++) {
		int64_t at = g->start_ms + day * MS_DAY;

		for (int i = 0; i < g->user_count; i++)
			dx_day(g, &g->user[i], at + 7 * MS_HOUR,
			       at + 17 * MS_HOUR, 5 * MS_HOUR);
		dx_mapi_fail(g, &g->user[0], at + 10 * MS_HOUR,
			     "client_disconnect");
	}
}

/* One day, nothing before it. */
void
scen_rp_first_day(struct gen *g)
{
	dx_people(g);
	all_alive(g, g->start_ms, g->stop_ms);
	for (int i = 0; i < g->user_count; i++) {
		known(g, &g->user[i], g->start_ms);
		dx_legacy_life(g, &g->user[i],
			       i % 2 ? &target_cas1 : &target_cas2,
			       g->user[i].shared, g->start_ms + 8 * MS_HOUR,
			       g->start_ms + (10 + i) * MS_HOUR,
			       i % 2 ? NULL : "be_krb_invalid_token");
	}
}

/*
 * The clocks are changed on the ninth day, a Sunday.  Somebody fails in each
 * hour of it, of the day before and after, and a week before.
 */
void
scen_rp_dst(struct gen *g)
{
	static const int days[] = { 0, 1, 2, 7, 8, 9 };

	g->opt.rollover_bytes = 10 * 1024 * 1024;
	dx_people(g);
	for (size_t d = 0; d < sizeof days / sizeof days[0]; d++) {
		int64_t at = g->start_ms + days[d] * MS_DAY;

		all_alive(g, at, at + MS_DAY);
		for (int hour = 0; hour < 24; hour++)
			for (int i = 0; i < g->user_count; i++)
				if ((hour + days[d]) % (i + 1) == 0)
					dx_mapi_fail(g, &g->user[i],
						     at + hour * MS_HOUR +
							     (4 + 9 * i) *
								     MS_MINUTE,
						     "be_auth_401");
	}
}

static void
some_failures(struct gen *g, int64_t at)
{
	all_alive(g, at + 8 * MS_HOUR, at + 12 * MS_HOUR);
	for (int i = 0; i < g->user_count; i++)
		dx_mapi_fail(g, &g->user[i], at + (9 + i % 3) * MS_HOUR,
			     "be_auth_401");
}

/* Two days ago somebody copied logs the last time; and a year ago. */
void
scen_rp_no_data(struct gen *g)
{
	dx_people(g);
	some_failures(g, g->start_ms);
	some_failures(g, g->start_ms - 363 * MS_DAY);
	some_failures(g, g->start_ms - 364 * MS_DAY);
}

/* As many people as there may be, each with the shortest row there is. */
void
scen_rp_huge(struct gen *g)
{
	g->opt.rollover_bytes = 10 * 1024 * 1024;
	for (int i = 0; i < g->server_count; i++)
		server_build(&g->server[i], V53);
	dx_people(g);
	all_alive(g, g->start_ms, g->stop_ms);
	for (int i = 0; i < g->user_count; i++) {
		const struct user *u = &g->user[i];

		/* Of all hours of a day, most of them in the morning. */
		for (int n = 0; n < 1 + (i % 16 == 0); n++) {
			int hour = i % 5 ? 7 + i % 4 : (i / 5 + n) % 24;
			struct req q = req_mapi(
				g, &g->server[u->home], u,
				g->start_ms + hour * MS_HOUR +
					rng_below(&g->rng, 3500) * MS_SECOND);

			q.to = i % 10 ? u->mailbox : &target_cas2;
			dx_fail(g, &q,
				i % 10 ? "be_auth_401" : "be_auth_401_legacy");
			q.query = NULL;
			q.errors = NULL;
			q.hint = NULL;
			req_emit(g, &q);
		}
	}
}
