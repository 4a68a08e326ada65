/* SPDX-License-Identifier: MIT */
/* Rows that no person causes, and everybody's ordinary day. */
#include "traffic.h"

#include <string.h>

#include "tree.h"

static struct req
probe_request(struct gen *g, const struct server *s, const char *proto,
    int64_t at)
{
	char id[GUID_LEN + 1];
	const bool rpc = !strcmp(proto, "RpcHttp");
	const bool six = rng_one_in(&g->rng, 3);

	rng_guid(&g->rng, id);
	return (struct req){
		.srv = s, .proto = proto, .start = at, .end = at + 1,
		.method = "GET", .host = "localhost",
		.stem = rpc ? "/rpc/rpcproxy.dll" : !strcmp(proto, "Mapi") ?
		    "/mapi/emsmdb/" : "/autodiscover/",
		.query = rpc ? tmp(g, "?%s@contoso.com", id) : NULL,
		.auth = "Negotiate", .known = true,
		.user = "CONTOSO\\HealthMailbox"
		    "0f3c5d7e9b2a4c6e8d1f0a3b5c7d9e1f",
		.anchor = "Sid~S-1-5-21-1004336348-1177238915-682003330-1042",
		.ua = "AMProbe/Local/ClientAccess",
		.ip = six ? "::1" : "127.0.0.1",
		.status = 200, .proxied = true, .hint = "WindowsIdentity",
		.request_bytes = 0, .response_bytes = -1,
		.state = "PrepareServerRequest", .expect = "probe",
	};
}

void
probes(struct gen *g, const struct server *s, const char *proto,
    int64_t from, int64_t to, int64_t each)
{
	for (int64_t at = from + 7321; at < to - 10; at += each) {
		struct req q = probe_request(g, s, proto, at);

		req_emit(g, &q);
	}
}

void
activity(struct gen *g, const struct server *s, const char *proto,
    int64_t from, int64_t to)
{
	struct row r = { .bytes = { 0 } };

	for (int64_t at = from + 143007; at < to; at += 5 * MS_MINUTE) {
		char id[GUID_LEN + 1], when[25];
		const struct req q = { .srv = s, .proto = proto, .end = at };
		int searches = (int)rng_range(&g->rng, 3, 90);
		int calls = (int)rng_range(&g->rng, 3, 90);

		rng_guid(&g->rng, id);
		time_text(when, at);
		row_clear(&r);
		row_set(&r, C_DateTime, when);
		row_set(&r, C_RequestId, id);
		row_num(&r, C_MajorVersion, 15);
		row_num(&r, C_MinorVersion, s->minor);
		row_num(&r, C_BuildVersion, s->build);
		row_num(&r, C_RevisionVersion, s->revision);
		row_set(&r, C_ServerHostName, s->name);
		row_num(&r, C_ActivityContextLifeTime,
		    300000 + rng_below(&g->rng, 40));
		row_set(&r, C_GenericInfo, tmp(g, "I32:ADS.C[DC01]=%d;"
		    "F:ADS.AL[DC01]=1.5;I32:ATE.C[dc01.contoso.com]=%d;"
		    "F:ATE.AL[dc01.contoso.com]=0.5",
		    searches, calls));
		row_emit(g, &q, &r);
		if (g->opt.expect)
			buf_fmt(&g->expect, "%s\tactivity\t\n", id);
	}
	row_free(&r);
}

/* Each request comes from an address of its own, so legs never add up. */
void
scanner_visit(struct gen *g, const struct server *s, int64_t start, int n)
{
	static const char *const agents[] = {
		"Mozilla/5.0 (X11; Linux x86_64; KHTML, like Gecko)",
		"\"Mozilla/5.0 zgrab/0.x\"", "masscan/1.3", "",
	};
	static const char *const paths[] = {
		"/rpc", "/rpc/", "/rpc/rpcproxy.dll", "/RPC/RpcProxy.dll",
	};

	for (int i = 0; i < n; i++) {
		struct req q = {
			.srv = s, .proto = "RpcHttp",
			.start = start + i * 1700,
			.end = start + i * 1700 + 1,
			.method = i % 3 == 2 ? "HEAD" : "GET",
			.host = "203.0.113.80", .stem = paths[i % 4],
			.auth = i % 2 ? NULL : "NTLM",
			.ua = agents[rng_below(&g->rng, 4)],
			.ip = tmp(g, "192.0.2.%d",
			    (int)(start / MS_SECOND * 7 + i * 31) % 251 + 1),
			.status = 401, .request_bytes = 0,
			.response_bytes = -1, .note = "scanner",
			.expect = i % 2 ? "anonymous_challenge" :
			    "fe_auth_leg",
		};
		req_emit(g, &q);
	}
}

static void
user_hour(struct gen *g, const struct user *u, int64_t from, int64_t to)
{
	const struct server *s = &g->server[u->home];
	int64_t span = to - from;
	int64_t at = from + rng_below(&g->rng, span * 3 / 4) + 100;

	int executes = (int)rng_range(&g->rng, 2, 6);

	mapi_session(g, s, u, at, executes);
	if (rng_one_in(&g->rng, 2)) {
		struct channel c = {
			.srv = s, .user = u, .guid = u->guid,
		};
		c.port = rng_one_in(&g->rng, 3) ? 6004 : 6001;
		c.legs = (int)rng_range(&g->rng, 1, 2);
		c.start = from + rng_below(&g->rng, span * 3 / 4) + 200;
		c.length = rng_range(&g->rng, MS_MINUTE, 3 * MS_HOUR);
		rpc_open(g, &c);
	}
	if (rng_one_in(&g->rng, 4))
		soap_request(g, s, u, "Autodiscover", at + 300);
	if (rng_one_in(&g->rng, 4))
		soap_request(g, s, u, "Ews", at + 700);
	if (rng_one_in(&g->rng, 24))
		soap_request(g, s, u, "Oab", at + 900);
}

/* With --size BYTES hours are lived again until there are enough rows. */
void
background(struct gen *g, int64_t from, int64_t to)
{
	static const char *const protocols[] = {
		"RpcHttp", "Mapi", "Autodiscover",
	};

	for (int i = 0; i < g->server_count; i++)
		for (int p = 0; p < 3; p++) {
			probes(g, &g->server[i], protocols[p], from, to,
			    p ? 5 * MS_MINUTE : MS_MINUTE);
			activity(g, &g->server[i], protocols[p], from, to);
		}
	size_t before = tree_bytes(g->tree);
	int rounds = 0;
	do {
		for (int64_t h = from; h < to; h += MS_HOUR) {
			int64_t end = h + MS_HOUR < to ? h + MS_HOUR : to;

			for (int i = 0; i < g->user_count; i++)
				user_hour(g, &g->user[i], h, end);
			/* Once only: legs of one address would add up. */
			if (rounds == 0)
				scanner_visit(g, &g->server[0],
				    h + end % 977 * 600, 2);
		}
		rounds++;
	} while (rounds < g->opt.scale ||
	    (int64_t)(tree_bytes(g->tree) - before) < g->opt.bytes);
}
