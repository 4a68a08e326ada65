/* SPDX-License-Identifier: MIT */
/* The shipped fixture: one working day with one broken legacy server. */
#include "scen.h"

#include "traffic.h"

#define BAD_USERS 2

static bool
has_shared_mailbox(int i)
{
	return i % 9 != 0;
}

static int64_t
clock_ms(struct gen *g, int64_t hour, int64_t minutes)
{
	return g->start_ms + hour * MS_HOUR +
	    rng_below(&g->rng, minutes * MS_MINUTE);
}

/* Arrives at seven to nine, opens the old mailbox some times a day. */
static void
working_day(struct gen *g, const struct user *u, int i)
{
	const struct server *s = &g->server[u->home];
	int64_t arrival = clock_ms(g, 7, 90);

	soap_request(g, s, u, "Autodiscover", arrival - 9000);
	mapi_session(g, s, u, arrival, 3);
	mapi_session(g, s, u, clock_ms(g, 13, 90), 2);
	if (!has_shared_mailbox(i))
		return;
	int visits = (int)rng_range(&g->rng, 2, 5);
	for (int v = 0; v < visits; v++) {
		struct channel c = {
			.srv = s, .user = u,
			.to = u->cas == 1 ? &target_cas1 : &target_cas2,
			.guid = u->shared, .port = 6001, .legs = 1,
		};

		c.start = v ? clock_ms(g, 9 + 2 * v, 100) : arrival + 20000;
		c.length = rng_range(&g->rng, MS_MINUTE, MS_HOUR);
		if (c.to->patched) {
			rpc_open(g, &c);
			continue;
		}
		int tries = (int)rng_range(&g->rng, 1, 3);
		for (int t = 0; t < tries; t++) {
			rpc_refused(g, &c);
			c.start += rng_range(&g->rng, 5000, 40000);
		}
	}
}

static void
forgot_password(struct gen *g, const struct user *u, bool rpc)
{
	struct channel c = {
		.srv = &g->server[u->home], .user = u, .guid = u->guid,
		.port = 6001,
	};

	for (int v = 0; v < 3; v++) {
		c.start = clock_ms(g, 8 + 3 * v, 50);
		struct req q = rpc ? req_rpc(g, &c, "RPC_OUT_DATA") :
		    req_mapi(g, c.srv, u, c.start);
		legs_only(g, &q, 4, c.start, rpc ?
		    "fe_credentials_suspected" : "fe_credentials_rejected");
	}
}

void
scen_demo(struct gen *g)
{
	int64_t night = g->start_ms + 5 * MS_HOUR;
	int64_t evening = g->start_ms + 19 * MS_HOUR;

	g->opt.rollover_bytes = 10 * 1024 * 1024;
	g->server[0].midheader_ms = g->start_ms + 15 * MS_HOUR +
	    10 * MS_MINUTE;
	for (int i = 0; i < g->server_count; i++) {
		probes(g, &g->server[i], "RpcHttp", g->start_ms, g->stop_ms,
		    20 * MS_MINUTE);
		activity(g, &g->server[i], "RpcHttp", night, evening);
	}
	for (int i = 0; i < g->user_count - BAD_USERS; i++)
		working_day(g, &g->user[i], i);
	for (int i = 0; i < BAD_USERS; i++)
		forgot_password(g, &g->user[g->user_count - 1 - i], i == 1);
	for (int i = 0; i < 5; i++)
		scanner_visit(g, &g->server[0], clock_ms(g, 1 + 4 * i, 55),
		    3);
}
