/* SPDX-License-Identifier: MIT */
/* Findings about 2010 servers and Kerberos, and what only looks like them. */
#include "scen_diagnose.h"

#include "scen.h"

/* Mailboxes on 2010 only: n people, all day. */
static void
legacy_people(struct gen *g, int first, int n, const struct target *to,
	      const char *expect)
{
	for (int i = first; i < first + n; i++) {
		const struct user *u = dx_apart(g, i);

		soap_request(g, &g->server[u->home], u, "Autodiscover",
			     dx_minute(g, 3 + i));
		dx_legacy_life(g, u, to, u->guid, dx_minute(g, 5), g->stop_ms,
			       expect);
	}
}

/* Requests to one back end that fail for all who have a mailbox on it. */
static void
lone_back(struct gen *g, int n, const char *expect)
{
	for (int i = 0; i < n; i++) {
		struct user *u = dx_apart(g, i);

		u->mailbox = &dx_lone;
		for (int64_t at = dx_minute(g, 4 + i); at < g->stop_ms;
		     at += 20 * MS_MINUTE)
			dx_mapi_fail(g, u, at, expect);
	}
}

void
scen_dx_legacy_unpatched(struct gen *g)
{
	dx_calm(g, 6);
	legacy_people(g, 0, 3, &target_cas1, NULL);
	legacy_people(g, 3, 3, &target_cas2, "be_krb_invalid_token");
}

/* The token is a 2016 server's, and all front ends get it. */
void
scen_dx_not_legacy_unpatched(struct gen *g)
{
	dx_calm(g, 4);
	lone_back(g, 4, "be_krb_invalid_token");
}

/* Both 2010 servers give it to one front end, and neither to the other. */
void
scen_dx_not_legacy_unpatched_frontend(struct gen *g)
{
	dx_calm(g, 8);
	for (int i = 0; i < 8; i++) {
		const struct user *u = dx_apart(g, i);

		dx_legacy_life(g, u, i % 2 ? &target_cas1 : &target_cas2,
			       u->guid, dx_minute(g, 5), g->stop_ms,
			       u->home ? "be_krb_invalid_token" : NULL);
	}
}

/* Everybody is at work with a 2016 mailbox; four have a second one. */
void
scen_dx_secondary_mailbox(struct gen *g)
{
	dx_calm(g, 0);
	for (int i = 0; i < 4; i++) {
		const struct user *u = dx_apart(g, i);

		dx_legacy_life(g, u, &target_cas2, u->shared, dx_minute(g, 5),
			       g->stop_ms, "be_auth_401_legacy");
	}
}

/* One's own mailbox, no Mapi at all, or a second one that opens. */
void
scen_dx_not_secondary_mailbox(struct gen *g)
{
	dx_calm(g, 5);
	for (int i = 0; i < 2; i++) {
		const struct user *u = dx_apart(g, i);

		dx_seen(g, u, dx_minute(g, 2));
		dx_legacy_life(g, u, &target_cas2, u->guid, dx_minute(g, 20),
			       g->stop_ms, "be_krb_invalid_token");
	}
	legacy_people(g, 2, 2, &target_cas2, "be_krb_invalid_token");
	const struct user *u = dx_apart(g, 4);
	dx_seen(g, u, dx_minute(g, 2));
	dx_legacy_life(g, u, &target_cas1, u->shared, dx_minute(g, 20),
		       g->stop_ms, NULL);
}

void
scen_dx_legacy_no_ntlm(struct gen *g)
{
	dx_calm(g, 3);
	legacy_people(g, 0, 3, &target_cas2, "be_auth_401_legacy");
}

void
scen_dx_not_legacy_no_ntlm(struct gen *g)
{
	dx_calm(g, 4);
	lone_back(g, 4, "be_auth_401");
}

void
scen_dx_legacy_dependency(struct gen *g)
{
	dx_calm(g, 3);
	legacy_people(g, 0, 3, &target_cas1, NULL);
}

/* Monitoring goes there still; and a new server has an old one's name. */
void
scen_dx_not_legacy_dependency(struct gen *g)
{
	static const struct target named = {
		.name = "cas10-09",
		.fqdn = "cas10-09.contoso.com",
		.version = "15.01.2375.000",
		.ip = "10.10.0.39",
	};
	static const char mailbox[] = "HealthMailbox"
				      "0f3c5d7e9b2a4c6e8d1f0a3b5c7d9e1f";

	dx_calm(g, 2);
	for (int i = 0; i < 2; i++) {
		dx_apart(g, i)->mailbox = &named;
		dx_day(g, dx_apart(g, i), g->start_ms, g->stop_ms, MS_HOUR);
	}
	for (int i = 0; i < 24; i++) {
		struct channel c = {
			.srv = &g->server[i % 2],
			.user = dx_apart(g, 0),
			.to = &target_cas1,
			.guid = dx_apart(g, 0)->shared,
			.port = 6001,
			.start = dx_minute(g, 5 + 9 * i),
			.length = 400,
		};
		struct req q = req_rpc(
			g, &c, i % 4 < 2 ? "RPC_OUT_DATA" : "RPC_IN_DATA");

		q.user = tmp(g, "CONTOSO\\%s", mailbox);
		q.ip = "127.0.0.1";
		q.expect = "probe";
		req_emit(g, &q);
	}
}

/* The last front end is out of order from half time until then. */
static void
one_front(struct gen *g, int64_t until, const char *expect)
{
	int64_t middle = g->start_ms + (g->stop_ms - g->start_ms) / 2;
	int bad = g->server_count - 1;

	dx_people(g);
	dx_machines(g);
	for (int i = 0; i < g->user_count; i++) {
		const struct user *u = &g->user[i];
		bool fails = u->home == bad;

		dx_day(g, u, g->start_ms, fails ? middle : until, MS_HOUR);
		dx_day(g, u, until, g->stop_ms, MS_HOUR);
		for (int64_t at = middle + 20 * MS_MINUTE + i * MS_SECOND;
		     fails && at < until; at += 20 * MS_MINUTE)
			dx_mapi_fail(g, u, at, expect);
	}
}

void
scen_dx_frontend_kerberos(struct gen *g)
{
	one_front(g, g->stop_ms, "be_krb_logon_denied");
}

/* An hour before the log ends somebody has repaired it. */
void
scen_dx_frontend_kerberos_over(struct gen *g)
{
	one_front(g, g->stop_ms - MS_HOUR, "be_krb_logon_denied");
}

/* The same of the second answer: both legs were refused. */
void
scen_dx_frontend_rejected(struct gen *g)
{
	one_front(g, g->stop_ms, "be_krb_rejected");
}

/* One front end only, but no other one speaks to that back end. */
void
scen_dx_not_frontend_kerberos(struct gen *g)
{
	dx_calm(g, 2);
	lone_back(g, 2, "be_krb_target_unknown");
}

/* Three front ends: the last one's clock is off, for old and new. */
void
scen_dx_story_frontend(struct gen *g)
{
	int bad = g->server_count - 1;

	one_front(g, g->stop_ms, "be_krb_time_skew");
	for (int i = 0; i < g->user_count; i++) {
		const struct user *u = &g->user[i];

		if (i % 2 == 0)
			dx_legacy_life(
				g, u,
				i % 4 ? &target_cas1 : &target_cas2_patched,
				u->shared, dx_minute(g, 15), g->stop_ms,
				u->home == bad ? "be_krb_time_skew" : NULL);
	}
}
