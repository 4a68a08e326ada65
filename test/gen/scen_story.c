/* SPDX-License-Identifier: MIT */
/* Scenarios that tell what an administrator may meet. */
#include "scen.h"

#include "texts.h"
#include "traffic.h"

void
scen_healthy(struct gen *g)
{
	g->server[g->server_count - 1].midheader_ms =
	    g->start_ms + MS_HOUR + 31 * MS_MINUTE;
	background(g, g->start_ms, g->stop_ms);
}

void
scen_quiet(struct gen *g)
{
	int64_t end = g->start_ms + 20 * MS_MINUTE;

	probes(g, &g->server[0], "RpcHttp", g->start_ms, end, MS_MINUTE * 6);
	activity(g, &g->server[0], "RpcHttp", g->start_ms, end);
	mapi_session(g, &g->server[0], &g->user[0], g->start_ms + 9000, 1);
}

/* Full access to a 2010 mailbox: Mapi works, RpcHttp to it may not. */
static void
shared_mailbox(struct gen *g, const struct user *u, const struct target *to,
    int64_t at)
{
	struct channel c = {
		.srv = &g->server[u->home], .user = u, .to = to,
		.start = at,
	};

	c.guid = rng_one_in(&g->rng, 5) ? NULL : u->shared;
	c.port = rng_one_in(&g->rng, 4) ? 6004 : 6001;
	c.legs = (int)rng_range(&g->rng, 1, 2);
	c.length = rng_range(&g->rng, MS_MINUTE, MS_HOUR);
	if (to->patched) {
		rpc_open(g, &c);
		return;
	}
	/* Outlook tries again while its dialog stands. */
	int tries = (int)rng_range(&g->rng, 1, 4);
	for (int i = 0; i < tries; i++) {
		rpc_refused(g, &c);
		c.start += rng_range(&g->rng, 4000, 45000);
	}
}

static void
coexistence(struct gen *g, int64_t repaired_ms)
{
	for (int64_t h = g->start_ms; h < g->stop_ms; h += MS_HOUR)
		for (int i = 0; i < g->user_count; i++) {
			const struct user *u = &g->user[i];
			int64_t at = h + rng_range(&g->rng, MS_MINUTE,
			    50 * MS_MINUTE);
			const struct target *to = u->cas == 1 ?
			    &target_cas1 : at >= repaired_ms ?
			    &target_cas2_patched : &target_cas2;

			if (i % 4 != 3 && !rng_one_in(&g->rng, 3))
				shared_mailbox(g, u, to, at);
		}
}

void
scen_fieldnote(struct gen *g)
{
	g->server[0].midheader_ms = g->start_ms + MS_HOUR + 20 * MS_MINUTE;
	background(g, g->start_ms, g->stop_ms);
	coexistence(g, INT64_MAX);
}

void
scen_patched(struct gen *g)
{
	background(g, g->start_ms, g->stop_ms);
	coexistence(g, g->start_ms + (g->stop_ms - g->start_ms) / 2);
}

/* User i never gets in; background() must not know him. */
static void
wrong_password(struct gen *g, const struct user *u, int i, int64_t at)
{
	const struct server *s = &g->server[u->home];
	struct channel c = {
		.srv = s, .user = u, .guid = u->guid, .port = 6001,
		.start = at,
	};
	struct req q;

	switch (i % 3) {
	case 0:
		q = req_mapi(g, s, u, at);
		legs_only(g, &q, 4, at, "fe_credentials_rejected");
		break;
	case 1:
		q = req_rpc(g, &c, "RPC_OUT_DATA");
		legs_only(g, &q, 3, at, "fe_credentials_suspected");
		break;
	default:
		q = req_mapi(g, s, u, at);
		q.proto = "Ews";
		q.stem = "/EWS/exchange.asmx";
		q.query = NULL;
		for (int n = 0; n < 3; n++) {
			struct req leg = req_leg(&q, "Basic", at + n * 400);
			leg.expect = "fe_basic_rejected";
			req_emit(g, &leg);
		}
	}
}

void
scen_wrongpassword(struct gen *g)
{
	int bad = g->user_count < 6 ? g->user_count / 2 : 6;
	int64_t last = g->stop_ms - 3 * MS_HOUR;

	g->user_count -= bad;
	background(g, g->start_ms, g->stop_ms);
	for (int i = 0; i < bad; i++) {
		const struct user *u = &g->user[g->user_count + i];

		for (int64_t h = g->start_ms; h < last; h += MS_HOUR)
			wrong_password(g, u, i, h + rng_range(&g->rng,
			    MS_MINUTE, 50 * MS_MINUTE));
	}
	g->user_count += bad;
}

/* Legs from one address: many mailboxes, or none at all. */
void
scen_spray(struct gen *g)
{
	const struct server *s = &g->server[0];
	struct user evil = g->user[0];
	int64_t at = g->start_ms + 30 * MS_MINUTE;

	background(g, g->start_ms, g->stop_ms);
	evil.style = 1;
	for (int i = 0; i < 5 * g->user_count; i++) {
		struct req q = req_mapi(g, s, &g->user[i % g->user_count],
		    at);
		struct req leg;

		q.ip = "203.0.113.66";
		q.ua = "python-requests/2.31.0";
		if (i % 3) {
			q.proto = "Autodiscover";
			q.stem = "/autodiscover/autodiscover.xml";
			q.query = NULL;
			leg = req_leg(&q, "Basic", at);
			leg.expect = "fe_basic_rejected";
			req_emit(g, &leg);
		} else {
			legs_only(g, &q, 3, at, "fe_credentials_rejected");
		}
		at += 2 * MS_MINUTE / 5;
	}
	for (int i = 0; i < 40; i++) {
		struct req q = req_mapi(g, s, &evil, at);

		q.query = NULL;
		q.ip = "198.51.100.99";
		q.ua = "";
		q.proto = "RpcHttp";
		q.stem = "/rpc";
		q.method = "GET";
		legs_only(g, &q, 3, at + i * 7 * MS_SECOND,
		    "fe_credentials_rejected");
	}
	g->stop_ms = at + 8 * MS_HOUR;
	activity(g, s, "RpcHttp", at + MS_HOUR, g->stop_ms);
}

void
scen_probes(struct gen *g)
{
	struct req q;

	for (int i = 0; i < g->server_count; i++) {
		const struct server *s = &g->server[i];

		probes(g, s, "RpcHttp", g->start_ms, g->stop_ms, MS_MINUTE);
		probes(g, s, "Mapi", g->start_ms, g->stop_ms, MS_MINUTE);
		activity(g, s, "RpcHttp", g->start_ms, g->stop_ms);
	}
	q = req_mapi(g, &g->server[0], &g->user[0], g->start_ms + 5000);
	q.expect = "probe";
	q.user = NULL;
	q.known = false;
	q.status = 401;
	q.auth = "NTLM";
	q.ip = "fe80::5d2c:88a1:62ef:245e%3";
	q.ua = "MapiHttpClient";
	req_emit(g, &q);
	q.ip = "10.10.0.4";
	q.ua = "Mozilla/4.0 (compatible; MSIE 9.0; ACTIVEMONITORING)";
	req_emit(g, &q);
	q.ip = "203.0.113.9";
	q.ua = "AMProbe/Local/ClientAccess";
	q.expect = "fe_auth_leg";
	q.note = "an outsider with a probe's name";
	req_emit(g, &q);
	q.ip = "127.0.0.1, 203.0.113.9";
	req_emit(g, &q);
	q.stem = "/mapi/HealthCheck.htm";
	q.expect = "probe";
	q.note = NULL;
	req_emit(g, &q);
}

void
scen_localized(struct gen *g)
{
	static const char *const words[] = {
		"ConnectFailure", "Timeout", "ReceiveFailure",
	};

	for (int i = 0; i < g->server_count; i++)
		g->server[i].lang = i % LANG_COUNT;
	for (int i = 0; i < g->server_count * 6; i++) {
		const struct server *s = &g->server[i % g->server_count];
		struct req q = req_mapi(g, s, &g->user[i % g->user_count],
		    g->start_ms + (i + 1) * MS_MINUTE);

		q.status = 503;
		q.be = words[i % 3];
		q.error = q.be;
		q.response_bytes = -1;
		q.state = "WaitForServerResponse";
		q.errors = errors_transport(g, s->lang, q.be, "10.10.0.31");
		q.expect = i % 3 == 0 ? "be_connect_failure" :
		    i % 3 == 1 ? "be_timeout" : "be_conn_dropped";
		req_emit(g, &q);
		q.status = 403;
		q.be = "403";
		q.error = NULL;
		q.errors = errors_status(g, s->lang, 403);
		q.expect = "forbidden";
		req_emit(g, &q);
		struct channel c = {
			.srv = s, .user = &g->user[i % g->user_count],
			.to = &target_cas2, .guid = g->user[0].shared,
			.port = 6001, .legs = 1, .start = q.start + 9000,
		};
		rpc_refused(g, &c);
	}
}

/* Channels that close days after they began; legs stand days before. */
void
scen_late(struct gen *g)
{
	int64_t window = g->stop_ms;

	g->stop_ms += 5 * MS_DAY;
	for (int i = 0; i < g->user_count; i++) {
		struct channel c = {
			.srv = &g->server[i % g->server_count],
			.user = &g->user[i], .guid = g->user[i].guid,
			.port = 6001, .legs = 3,
			.start = g->start_ms + (i + 1) * 5 * MS_MINUTE,
			.length = (i % 5 + 1) * 22 * MS_HOUR,
		};
		rpc_open(g, &c);
	}
	for (int i = 0; i < g->server_count; i++)
		activity(g, &g->server[i], "RpcHttp", g->start_ms,
		    window);
}

/* Local clocks show 02:00-03:00 twice; the log's UTC hours do not. */
void
scen_dst(struct gen *g)
{
	background(g, g->start_ms, g->stop_ms);
	coexistence(g, INT64_MAX);
}
