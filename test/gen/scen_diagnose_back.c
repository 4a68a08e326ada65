/* SPDX-License-Identifier: MIT */
/* Findings about back ends of today: down, slow, TLS, logon, odd answers. */
#include "scen_diagnose.h"

#include <string.h>

#include "scen.h"

/* n failures to back end `b`, three minutes apart, by whoever is there. */
static void
failures(struct gen *g, int b, int n, int64_t from, const char *expect)
{
	for (int i = 0; i < n; i++)
		dx_mapi_fail(g, &g->user[(2 * i + b) % g->user_count],
			     dx_minute(g, from + 3 * i), expect);
}

/* It is down when the log ends. */
void
scen_dx_backend_down(struct gen *g)
{
	dx_calm(g, 0);
	failures(g, 1, 5, 227, "be_connect_failure");
}

/* It was down, and works again. */
void
scen_dx_backend_down_over(struct gen *g)
{
	dx_calm(g, 0);
	failures(g, 1, 5, 70, "be_connect_failure");
}

/* Two refused connections a server, and what a recycle looks like. */
void
scen_dx_not_backend_down(struct gen *g)
{
	dx_calm(g, 0);
	for (int b = 0; b < 2; b++) {
		failures(g, b, 2, 70, "be_connect_failure");
		failures(g, b, 12, 80, "be_conn_dropped");
		failures(g, b, 12, 120, "client_disconnect");
		failures(g, b, 4, 150, "be_request_canceled");
	}
}

void
scen_dx_backend_tls(struct gen *g)
{
	dx_calm(g, 0);
	failures(g, 0, 1, 236, "be_tls_failure");
	failures(g, 1, 4, 227, "be_cert_untrusted");
}

/* Their texts speak of SSL, their words do not. */
void
scen_dx_not_backend_tls(struct gen *g)
{
	dx_calm(g, 0);
	failures(g, 0, 6, 70, "be_protocol_violation");
	for (int i = 0; i < 8; i++) {
		const struct user *u = &g->user[i];
		struct req q = req_mapi(g, &g->server[u->home], u,
					dx_minute(g, 75 + 4 * i));

		dx_fail(g, &q, "be_conn_dropped");
		q.errors = "WebExceptionStatus=ConnectionClosed;WebException="
			   "System.Net.WebException: Could not create SSL/TLS "
			   "secure channel. SecureChannelFailure TrustFailure "
			   "certificate;";
		req_emit(g, &q);
	}
}

/* A Mapi request whose time goes by in the column `where`. */
static void
slow_request(struct gen *g, const struct user *u, int64_t at, int64_t ms,
	     enum col where)
{
	struct req q = req_mapi(g, &g->server[u->home], u, at);
	struct row r = { .bytes = { 0 } };

	q.client_request = "R:{5d2c88a1-62ef-4a5e-9d55-0e6a1b2c3d4e}:7;"
			   "RT:Execute;"
			   "CI:{5d2c88a1-62ef-4a5e-9d55-0e6a1b2c3d4e}:1;CID:7";
	q.end = q.start + ms;
	const char *id = req_fill(g, &q, &r);
	if (where != C_BackendProcessingLatency) {
		row_num(&r, C_BackendProcessingLatency, 9);
		row_num(&r, where, ms - 12);
	}
	if (g->opt.expect)
		buf_fmt(&g->expect, "%s\tok\t\n", id);
	row_emit(g, &q, &r);
	row_free(&r);
}

/* One in three requests to the second back end takes three seconds. */
void
scen_dx_backend_slow(struct gen *g)
{
	dx_calm(g, 0);
	for (int i = 0; i < 120; i++)
		slow_request(g, &g->user[(2 * i + 1) % g->user_count],
			     g->start_ms + (2 * i + 3) * 57 * MS_SECOND,
			     rng_range(&g->rng, 2600, 6000),
			     C_BackendProcessingLatency);
}

void
scen_dx_backend_timeout(struct gen *g)
{
	dx_calm(g, 0);
	failures(g, 0, 4, 70, "be_timeout");
}

/* Waiting is a phone's and an Outlook's business: Ping, notifications. */
static void
waiting(struct gen *g, const struct user *u, int i, int64_t at)
{
	struct req q = req_mapi(g, &g->server[u->home], u, at);

	q.end = q.start + 5 * MS_MINUTE;
	if (i % 2) {
		q.client_request =
			"R:{5d2c88a1-62ef-4a5e-9d55-0e6a1b2c3d4e}:9;"
			"RT:NotificationWait;"
			"CI:{5d2c88a1-62ef-4a5e-9d55-0e6a1b2c3d4e}:1;CID:9";
	} else {
		q.proto = "Eas";
		q.method = "POST";
		q.stem = "/Microsoft-Server-ActiveSync/default.eas";
		q.query = tmp(g,
			      "?Cmd=Ping&User=%s&DeviceId=F%d"
			      "&DeviceType=Phone",
			      u->account, i);
		q.ua = "Phone/1501.26";
		q.action = "Ping";
		q.anchor = tmp(g, "Sid~%s", u->sid);
		q.hint = "WindowsIdentity";
	}
	req_emit(g, &q);
}

/* Long, and nobody waits: pushes, channels, bad lines; few that are slow. */
void
scen_dx_not_backend_slow(struct gen *g)
{
	dx_calm(g, 1);
	for (int i = 0; i < 100; i++) {
		const struct user *u = &g->user[i % (g->user_count - 1)];

		waiting(g, u, i / 2, dx_minute(g, 5 + 2 * i));
		slow_request(g, u, dx_minute(g, 6 + 2 * i), 9000,
			     i % 2 ? C_ClientRespStreamLatency
				   : C_ClientReqStreamLatency);
		if (i % 10)
			continue;
		slow_request(g, u, dx_minute(g, 7 + 2 * i), 4000,
			     C_BackendProcessingLatency);
		struct channel c = {
			.srv = &g->server[u->home],
			.user = u,
			.guid = u->guid,
			.port = 6001,
			.legs = 1,
			.start = dx_minute(g, 3 + i),
			.length = 3 * MS_HOUR,
		};
		rpc_open(g, &c);
	}
	failures(g, 0, 2, 70, "be_timeout");
	/* A back end that was asked forty times, half of it slowly. */
	struct user *last = &g->user[g->user_count - 1];
	last->mailbox = &dx_lone;
	for (int i = 0; i < 40; i++)
		slow_request(g, last, dx_minute(g, 5 + 5 * i),
			     i % 2 ? 20 : 3000, C_BackendProcessingLatency);
}

void
scen_dx_backend_auth(struct gen *g)
{
	dx_calm(g, 0);
	failures(g, 0, 12, 204, "be_auth_401");
	failures(g, 1, 12, 205, "be_krb_rejected");
}

/* Refusals of other kinds; a 401 that nobody logged on for. */
void
scen_dx_not_backend_auth(struct gen *g)
{
	dx_calm(g, 0);
	failures(g, 0, 9, 70, "forbidden");
	failures(g, 1, 9, 70, "be_http_5xx");
	failures(g, 0, 9, 100, "http_4xx");
	for (int i = 0; i < 9; i++) {
		const struct user *u = &g->user[i];
		struct req q = req_mapi(g, &g->server[u->home], u,
					dx_minute(g, 30 + 11 * i));

		dx_fail(g, &q, "anonymous_challenge");
		q.proto = "Autodiscover";
		q.stem = "/autodiscover/autodiscover.svc/WSSecurity";
		q.query = NULL;
		q.proxied = true;
		q.be = "401";
		q.hint = "WSSecurityRequest-SMTP";
		q.ua = "ASAutoDiscover/CrossForest/EmailDomain//15.20";
		q.ip = "203.0.113.210";
		req_emit(g, &q);
	}
}

/* Failures that ask, of kinds that have no finding of their own. */
void
scen_dx_prompting_failure(struct gen *g)
{
	dx_calm(g, 0);
	for (int i = 0; i < 3; i++) {
		dx_mapi_fail(g, &g->user[0], dx_minute(g, 40 + 50 * i),
			     "oauth_token_rejected");
		dx_mapi_fail(g, &g->user[2], dx_minute(g, 41 + 50 * i),
			     "auth_overload");
		dx_mapi_fail(g, &g->user[3], dx_minute(g, 42 + 50 * i),
			     "routing_mailbox_not_found");
	}
}

/* Failures that do not ask, a dozen of each. */
void
scen_dx_not_prompting_failure(struct gen *g)
{
	static const char *const quiet[] = {
		"http_4xx",	     "forbidden",
		"throttled",	     "be_http_5xx",
		"fe_http_5xx",	     "oauth_challenge",
		"fe_scheme_refused", "directory_error",
		"proxy_overload",    "anonymous_challenge",
	};

	dx_calm(g, 0);
	for (int i = 0; i < 120; i++)
		dx_mapi_fail(g, &g->user[i % g->user_count],
			     dx_minute(g, 20) + i * 77 * MS_SECOND,
			     quiet[i / 12]);
}
