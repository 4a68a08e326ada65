/* SPDX-License-Identifier: MIT */
/* Findings about clients: old ones, and what they do over RPC. */
#include "scen_diagnose.h"

#include <stdio.h>

#include "scen.h"

static void
outlook(struct user *u, const char *windows, const char *version)
{
	snprintf(u->outlook, sizeof u->outlook,
		 "Microsoft Office/%.4s (Windows NT %s; Microsoft Outlook %s; "
		 "Pro)",
		 version, windows, version);
}

static void
agents(struct gen *g, const char *const list[][2], int n)
{
	dx_people(g);
	dx_machines(g);
	for (int i = 0; i < g->user_count; i++) {
		struct user *u = &g->user[i];

		if (i < n)
			outlook(u, list[i][0], list[i][1]);
		dx_day(g, u, g->start_ms, g->stop_ms, MS_HOUR);
	}
}

void
scen_dx_tls_old_clients(struct gen *g)
{
	static const char *const list[][2] = {
		{ "6.1", "16.0.5317" },
		{ "10.0", "14.0.7268" },
		{ "6.1", "16.0.4266" },
		{ "10.0", "15.0.4859" },
	};

	agents(g, list, 4);
}

/* Windows 8.1, build numbers that look old; strangers and probes. */
void
scen_dx_not_tls_old_clients(struct gen *g)
{
	static const char *const list[][2] = {
		{ "6.2", "16.0.6100" },	  { "6.3", "16.0.5317" },
		{ "10.0", "16.0.14026" }, { "10.0", "16.0.15601" },
		{ "10.0", "16.0.6.1" },
	};

	agents(g, list, 5);
	for (int i = 0; i < 12; i++) {
		const struct user *u = &g->user[i % g->user_count];
		struct req q = req_mapi(g, &g->server[u->home], u,
					dx_minute(g, 9 + 19 * i));

		q.ua = "Mozilla/5.0 (Windows NT 6.1; Win64; x64)";
		q.ip = tmp(g, "192.0.2.%d", 60 + i);
		dx_fail(g, &q, "anonymous_challenge");
		q.query = NULL;
		req_emit(g, &q);
		q = req_mapi(g, &g->server[u->home], u,
			     dx_minute(g, 10 + 19 * i));
		q.user = "CONTOSO\\HealthMailbox"
			 "0f3c5d7e9b2a4c6e8d1f0a3b5c7d9e1f";
		q.ua = "Microsoft Office/14.0 (Windows NT 6.1; Microsoft "
		       "Outlook 14.0.4734; Pro)";
		q.ip = "127.0.0.1";
		q.expect = "probe";
		req_emit(g, &q);
	}
}

/* Channels to the user's own mailbox; length 0 = half an hour. */
static void
channels(struct gen *g, const struct user *u, int n, int64_t from, int64_t each,
	 int64_t length)
{
	for (int i = 0; i < n; i++) {
		struct channel c = {
			.srv = &g->server[u->home],
			.user = u,
			.guid = u->guid,
			.port = 6001,
			.legs = 1,
			.start = from + i * each,
			.length = length ? length : 30 * MS_MINUTE,
		};

		rpc_open(g, &c);
	}
}

/* Two by Outlook Anywhere only; what their Outlook is, the others say. */
void
scen_dx_mapi_possible(struct gen *g)
{
	dx_calm(g, 2);
	for (int i = g->user_count - 2; i < g->user_count; i++) {
		const struct user *u = &g->user[i];

		soap_request(g, &g->server[u->home], u, "Autodiscover",
			     dx_minute(g, 4));
		channels(g, u, 6, dx_minute(g, 5), 35 * MS_MINUTE, 0);
	}
}

/* Both ways for one mailbox; and a mailbox on 2010 has one way only. */
void
scen_dx_not_mapi_possible(struct gen *g)
{
	dx_calm(g, 1);
	for (int i = 0; i < 4; i++)
		channels(g, &g->user[i], 6, dx_minute(g, 5), 35 * MS_MINUTE, 0);
	const struct user *u = &g->user[g->user_count - 1];
	dx_legacy_life(g, u, &target_cas1, u->guid, dx_minute(g, 5), g->stop_ms,
		       NULL);
}

/* Nobody speaks Mapi here: it may be switched off. */
void
scen_dx_not_mapi_possible_off(struct gen *g)
{
	dx_people(g);
	dx_machines(g);
	for (int i = 0; i < g->user_count; i++)
		channels(g, &g->user[i], 6, dx_minute(g, 5 + i), 35 * MS_MINUTE,
			 0);
}

/* Outlook comes back each 100 seconds. */
void
scen_dx_rpc_reconnect_storm(struct gen *g)
{
	dx_calm(g, 0);
	channels(g, &g->user[4], 30, dx_minute(g, 62), 100 * MS_SECOND,
		 20 * MS_SECOND);
}

/* Short channels: few each of many, many in three hours, and long ones. */
void
scen_dx_not_rpc_reconnect_storm(struct gen *g)
{
	for (int i = 0; i < g->user_count; i++) {
		snprintf(g->user[i].client, sizeof g->user[i].client, "%s",
			 "198.51.100.200");
		g->user[i].style = 1;
	}
	dx_calm(g, 0);
	for (int i = 0; i < g->user_count - 2; i++)
		channels(g, &g->user[i], 6, dx_minute(g, 62 + i), 8 * MS_MINUTE,
			 15 * MS_SECOND);
	channels(g, &g->user[g->user_count - 2], 30, dx_minute(g, 5),
		 6 * MS_MINUTE, 20 * MS_SECOND);
	channels(g, &g->user[g->user_count - 1], 30, dx_minute(g, 62),
		 110 * MS_SECOND, 5 * MS_MINUTE);
}

/* Halves of channels, all of one method, three minutes each. */
static void
halves(struct gen *g, const struct user *u, int n, const char *method,
       const char *expect)
{
	for (int i = 0; i < n; i++) {
		struct channel c = {
			.srv = &g->server[u->home],
			.user = u,
			.guid = u->guid,
			.port = 6001,
			.start = dx_minute(g, 6 + 13 * i),
			.length = 3 * MS_MINUTE,
		};
		struct req q = req_rpc(g, &c, method);

		if (expect)
			dx_fail(g, &q, expect);
		req_emit(g, &q);
	}
}

void
scen_dx_rpc_half_open(struct gen *g)
{
	dx_calm(g, 0);
	halves(g, &g->user[1], 4, "RPC_IN_DATA", "rpc_establish_timeout");
	halves(g, &g->user[4], 12, "RPC_OUT_DATA", NULL);
}

/* One of each is no pattern; halves that end hours apart are whole. */
void
scen_dx_not_rpc_half_open(struct gen *g)
{
	dx_calm(g, 0);
	halves(g, &g->user[1], 2, "RPC_IN_DATA", "rpc_establish_timeout");
	halves(g, &g->user[4], 6, "RPC_OUT_DATA", NULL);
	halves(g, &g->user[5], 12, "RPC_OUT_DATA", NULL);
	halves(g, &g->user[5], 12, "RPC_IN_DATA", NULL);
	channels(g, &g->user[6], 12, dx_minute(g, 7), 3 * MS_MINUTE,
		 2 * MS_HOUR);
}
