/* SPDX-License-Identifier: MIT */
/* Findings about passwords: one user's, a server's, an attacker's. */
#include "scen_diagnose.h"

#include <stdio.h>

#include "scen.h"

/* Legs over Mapi a second apart; ip NULL = where the user sits. */
static void
refused(struct gen *g, const struct user *u, const char *ip, int n, int64_t at)
{
	struct req q = req_mapi(g, &g->server[u->home], u, at);

	q.ip = ip ? ip : q.ip;
	legs_only(g, &q, n, at, "fe_credentials_rejected");
}

static void
refused_rpc(struct gen *g, const struct user *u, int64_t at)
{
	const struct channel c = {
		.srv = &g->server[u->home],
		.user = u,
		.guid = u->guid,
		.port = 6001,
		.start = at,
	};
	struct req q = req_rpc(g, &c, "RPC_OUT_DATA");

	legs_only(g, &q, 3, at, "fe_credentials_suspected");
}

/* Three people by three ways: Mapi, RPC, Basic. */
void
scen_dx_credentials_rejected(struct gen *g)
{
	dx_calm(g, 3);
	for (int i = 0; i < 3; i++)
		dx_seen(g, dx_apart(g, i), dx_minute(g, 2));
	for (int i = 0; i < 3; i++) {
		refused(g, dx_apart(g, 2), NULL, 4, dx_minute(g, 30 + 60 * i));
		refused_rpc(g, dx_apart(g, 1), dx_minute(g, 30 + 9 * i));
		dx_basic(g, dx_apart(g, 0), dx_apart(g, 0)->client, 3,
			 dx_minute(g, 30 + 60 * i), 400);
	}
}

/* Legs that say nothing: too few, got in after all, or too recent. */
void
scen_dx_not_credentials_rejected(struct gen *g)
{
	dx_calm(g, 3);
	for (int i = 0; i < 3; i++)
		dx_seen(g, dx_apart(g, i), dx_minute(g, 2));
	for (int i = 0; i < 6; i++) {
		const struct user *u = dx_apart(g, 0);
		int64_t at = dx_minute(g, 20 + 30 * i);
		struct req q = req_mapi(g, &g->server[u->home], u, at);

		legs_only(g, &q, 5, at, "fe_auth_leg");
		q.start = at + 40 * MS_SECOND;
		q.end = q.start + 30;
		req_emit(g, &q);
	}
	for (int i = 0; i < 30; i++) {
		const struct user *u = dx_apart(g, 1);
		int64_t at = dx_minute(g, 20 + 6 * i);
		struct req q = req_mapi(g, &g->server[u->home], u, at);

		legs_only(g, &q, 2, at, "fe_auth_leg");
	}
	const struct user *u = dx_apart(g, 2);
	struct req q = req_mapi(g, &g->server[u->home], u, g->start_ms);
	legs_only(g, &q, 5, g->stop_ms - 20 * MS_SECOND, "fe_auth_leg");
}

/* From minute 75 to 110 nobody gets in at the last front end. */
void
scen_dx_frontend_logon(struct gen *g)
{
	int bad = g->server_count - 1;

	dx_people(g);
	dx_machines(g);
	for (int i = 0; i < g->user_count; i++) {
		const struct user *u = &g->user[i];

		dx_day(g, u, g->start_ms, dx_minute(g, 60), MS_HOUR);
		if (u->home == bad)
			refused(g, u, NULL, 4,
				dx_minute(g, 75) + i * 90 * MS_SECOND);
		else
			dx_day(g, u, dx_minute(g, 60), dx_minute(g, 120),
			       MS_HOUR);
		dx_day(g, u, dx_minute(g, 120), g->stop_ms, MS_HOUR);
	}
}

/* As many people, but one after the other over a day. */
void
scen_dx_not_frontend_logon(struct gen *g)
{
	dx_people(g);
	dx_machines(g);
	for (int i = 0; i < g->user_count; i++) {
		dx_day(g, &g->user[i], g->start_ms, g->stop_ms, 4 * MS_HOUR);
		refused(g, &g->user[i], NULL, 4,
			dx_minute(g, i / 2 * 240 + 70 + i % 2 * 90));
	}
}

/* A dozen on a Monday morning, while many more get in beside them. */
void
scen_dx_not_frontend_logon_monday(struct gen *g)
{
	dx_calm(g, 24);
	for (int i = 0; i < 24; i++) {
		struct user *u = dx_apart(g, i);

		dx_seen(g, u, dx_minute(g, 2));
		if (u->home == 1)
			refused(g, u, NULL, 4, dx_minute(g, 62 + i));
	}
}

/* One stranger, eight mailboxes. */
void
scen_dx_password_spray(struct gen *g)
{
	dx_calm(g, 0);
	for (int i = 0; i < 16; i++)
		refused(g, &g->user[i % 8], "203.0.113.66", 3,
			dx_minute(g, 40 + 4 * i));
}

/* A stranger who names nobody. */
void
scen_dx_password_spray_nameless(struct gen *g)
{
	dx_calm(g, 0);
	dx_basic(g, &g->user[0], "198.51.100.99", 60, dx_minute(g, 40),
		 20 * MS_SECOND);
}

/* All sit behind one address; six of forty have a wrong password. */
void
scen_dx_not_password_spray(struct gen *g)
{
	for (int i = 0; i < g->user_count; i++) {
		snprintf(g->user[i].client, sizeof g->user[i].client, "%s",
			 "198.51.100.200");
		g->user[i].style = 1;
	}
	dx_calm(g, 6);
	for (int i = 0; i < 6; i++) {
		dx_seen(g, dx_apart(g, i), dx_minute(g, 2));
		for (int n = 0; n < 3; n++)
			refused(g, dx_apart(g, i), NULL, 4,
				dx_minute(g, 20 + 7 * i + 55 * n));
	}
}

/* An old password in a telephone: from within, and beside who gets in. */
void
scen_dx_not_password_spray_phone(struct gen *g)
{
	struct user *home = dx_apart(g, 0);

	snprintf(home->client, sizeof home->client, "%s", "198.51.100.88");
	home->style = 1;
	dx_calm(g, 0);
	dx_basic(g, &g->user[1], "10.20.9.77", 60, dx_minute(g, 4),
		 3 * MS_MINUTE);
	dx_basic(g, home, home->client, 60, dx_minute(g, 5), 3 * MS_MINUTE);
}

/* Many strangers at one mailbox. */
void
scen_dx_brute_force(struct gen *g)
{
	dx_calm(g, 0);
	for (int i = 0; i < 10; i++)
		refused(g, &g->user[6], tmp(g, "203.0.113.%d", 101 + i), 6,
			dx_minute(g, 40 + 5 * i));
}

/* One stranger at one mailbox, without a pause. */
void
scen_dx_brute_force_fast(struct gen *g)
{
	dx_calm(g, 0);
	for (int i = 0; i < 80; i++)
		refused(g, &g->user[6], "203.0.113.67", 4,
			dx_minute(g, 65) + i * 20 * MS_SECOND);
}

/* Old passwords: three devices, eight places, a telephone all day. */
void
scen_dx_not_brute_force(struct gen *g)
{
	dx_calm(g, 3);
	for (int i = 0; i < 3; i++)
		dx_seen(g, dx_apart(g, i), dx_minute(g, 2));
	for (int i = 0; i < 15; i++)
		refused(g, dx_apart(g, 0), tmp(g, "10.20.8.%d", i % 3 + 1), 4,
			dx_minute(g, 20 + 25 * i));
	for (int i = 0; i < 8; i++)
		refused(g, dx_apart(g, 1), tmp(g, "203.0.113.%d", 31 + i), 3,
			dx_minute(g, 21 + 50 * i));
	for (int i = 0; i < 90; i++)
		refused(g, dx_apart(g, 2), "10.20.8.9", 4,
			dx_minute(g, 20 + 5 * i));
}
