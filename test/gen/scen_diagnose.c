/* SPDX-License-Identifier: MIT */
/* What the scenarios of `rpclog diagnose` are put together from. */
#include "scen_diagnose.h"

#include <stdio.h>
#include <string.h>

#include "scen.h"

#define BACK(n)                                                                \
	{                                                                      \
		.name = "ex16-0" #n, .fqdn = "ex16-0" #n ".contoso.com",       \
		.version = "15.01.2375.000", .ip = "10.10.0.1" #n              \
	}

const struct target dx_back[3] = { BACK(1), BACK(2), BACK(3) };
const struct target dx_lone = BACK(9);

int64_t
dx_minute(const struct gen *g, int64_t minutes)
{
	return g->start_ms + minutes * MS_MINUTE;
}

struct user *
dx_apart(const struct gen *g, int n)
{
	return &g->user[g->user_count - 1 - n];
}

void
dx_people(struct gen *g)
{
	for (int i = 0; i < g->user_count; i++) {
		struct user *u = &g->user[i];

		snprintf(u->outlook, sizeof u->outlook, "%s",
			 "Microsoft Office/16.0 (Windows NT 10.0; Microsoft "
			 "Outlook 16.0.5317; Pro)");
		u->windows7 = false;
		u->mixed_case = false;
		u->mailbox = &dx_back[i % 2];
		u->home = i / 2 % g->server_count;
	}
}

void
dx_machines(struct gen *g)
{
	for (int i = 0; i < g->server_count; i++) {
		const struct server *s = &g->server[i];

		probes(g, s, "RpcHttp", g->start_ms, g->stop_ms,
		       20 * MS_MINUTE);
		probes(g, s, "Mapi", g->start_ms, g->stop_ms, 20 * MS_MINUTE);
		activity(g, s, "RpcHttp", g->start_ms, g->stop_ms);
		activity(g, s, "Mapi", g->start_ms, g->stop_ms);
	}
	for (int64_t h = g->start_ms; h < g->stop_ms; h += MS_HOUR)
		scanner_visit(g, &g->server[0], h + 17 * MS_MINUTE + h % 977,
			      2);
}

void
dx_day(struct gen *g, const struct user *u, int64_t from, int64_t to,
       int64_t each)
{
	/* Never three: the fifth request of a session is a wait. */
	static const int executes[] = { 2, 4, 5, 6 };
	const struct server *s = &g->server[u->home];

	for (int64_t at = from; at < to; at += each) {
		int64_t start =
			at + rng_range(&g->rng, MS_MINUTE, 35 * MS_MINUTE);
		int n = executes[rng_below(&g->rng, 4)];

		mapi_session(g, s, u, start, n);
		if (rng_one_in(&g->rng, 3))
			soap_request(g, s, u, "Autodiscover", start + 300);
		if (rng_one_in(&g->rng, 3))
			soap_request(g, s, u, "Ews", start + 700);
	}
}

void
dx_calm(struct gen *g, int apart)
{
	dx_people(g);
	dx_machines(g);
	for (int i = 0; i < g->user_count - apart; i++)
		dx_day(g, &g->user[i], g->start_ms, g->stop_ms, MS_HOUR);
}

void
dx_seen(struct gen *g, const struct user *u, int64_t at)
{
	mapi_session(g, &g->server[u->home], u, at, 1);
}

void
dx_mapi_fail(struct gen *g, const struct user *u, int64_t at,
	     const char *expect)
{
	struct req q = req_mapi(g, &g->server[u->home], u, at);

	dx_fail(g, &q, expect);
	req_emit(g, &q);
}

void
dx_rpc_fail(struct gen *g, const struct channel *c, const char *expect)
{
	static const char *const methods[] = { "RPC_OUT_DATA", "RPC_IN_DATA" };

	for (int i = 0; i < 2; i++) {
		struct req q = req_rpc(g, c, methods[i]);

		q.start += i * 3;
		q.end = q.start + rng_range(&g->rng, 12, 90);
		struct req leg = req_leg(&q, "NTLM", q.start - 12);
		req_emit(g, &leg);
		dx_fail(g, &q, expect);
		req_emit(g, &q);
	}
}

void
dx_legacy_life(struct gen *g, const struct user *u, const struct target *to,
	       const char *guid, int64_t from, int64_t until,
	       const char *expect)
{
	struct channel c = {
		.srv = &g->server[u->home],
		.user = u,
		.to = to,
		.guid = guid,
		.port = 6001,
		.legs = 1,
	};

	for (int64_t at = from; at < until; at += 30 * MS_MINUTE) {
		int64_t room = until - at < 25 * MS_MINUTE ? until - at
							   : 25 * MS_MINUTE;

		c.start = at + rng_range(&g->rng, 20, room / 2);
		c.length = rng_range(&g->rng, 2 * MS_MINUTE, MS_HOUR);
		if (!expect)
			rpc_open(g, &c);
		else if (!strcmp(expect, "be_krb_invalid_token"))
			rpc_refused(g, &c);
		else
			dx_rpc_fail(g, &c, expect);
	}
}

void
dx_basic(struct gen *g, const struct user *u, const char *ip, int n, int64_t at,
	 int64_t each)
{
	struct req q = req_mapi(g, &g->server[u->home], u, at);

	q.proto = "Eas";
	q.stem = "/Microsoft-Server-ActiveSync/default.eas";
	q.query = "?Cmd=Sync&User=phone&DeviceId=F1&DeviceType=Phone";
	q.ua = "Phone/1501.26";
	q.ip = ip;
	for (int i = 0; i < n; i++) {
		struct req leg = req_leg(&q, "Basic", at + i * each);

		leg.expect = "fe_basic_rejected";
		req_emit(g, &leg);
	}
}

void
scen_dx_calm(struct gen *g)
{
	dx_calm(g, 0);
}
