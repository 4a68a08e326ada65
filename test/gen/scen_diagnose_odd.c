/* SPDX-License-Identifier: MIT */
/* Findings about intruders, and probes, which are never one. */
#include "scen_diagnose.h"

#include "scen.h"

/* ProxyLogon, sign by sign, each from an address of its own. */
void
scen_dx_odd_anchor(struct gen *g)
{
	static const struct target odd = {
		.name = "odd",
		.version = "15.01.2375.000",
		.ip = "10.10.0.11",
		.fqdn = "a]@ex16-01.contoso.com:444/mapi/emsmdb?#",
	};
	struct req q;

	dx_calm(g, 0);
	for (int i = 0; i < 3; i++) {
		q = req_mapi(g, &g->server[0], &g->user[0],
			     dx_minute(g, 71 + i));
		q.proto = "Ecp";
		q.known = false;
		q.user = q.org = q.auth = q.query = NULL;
		q.ua = "python-requests/2.25.1";
		q.ip = tmp(g, "203.0.113.%d", 7 + i);
		q.hint = "X-BEResource-Cookie";
		q.stem = i == 1 ? "/ecp/y.js" : "/ecp/default.flt";
		q.anchor = i == 0 ? "ServerInfo~a]@ex16-01.contoso.com:444/"
				    "autodiscover/"
				    "autodiscover.xml?#"
				  : "ServerInfo~localhost";
		q.to = i == 2 ? &odd : NULL;
		req_emit(g, &q);
	}
}

/* Ordinary anchors; scripts that people fetch, signed in or not. */
void
scen_dx_not_odd_anchor(struct gen *g)
{
	dx_calm(g, 0);
	for (int i = 0; i < 24; i++) {
		const struct user *u = &g->user[i % g->user_count];
		struct req q = req_mapi(g, &g->server[u->home], u,
					dx_minute(g, 20 + 7 * i));

		q.proto = "Ecp";
		q.auth = "FBA";
		q.query = NULL;
		q.ua = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
		q.hint = "X-BEResource-Cookie";
		q.anchor = "ServerInfo~ex16-02.contoso.com";
		q.stem = i % 3 ? "/ecp/15.1.2375.7/scripts/common.js"
			       : "/ecp/DDI/DDIService.svc/GetList";
		q.method = i % 3 ? "GET" : "POST";
		if (i % 3 == 2) {
			q.known = false;
			q.user = q.org = q.anchor = NULL;
			q.status = 302;
			q.be = NULL;
			q.proxied = false;
		}
		req_emit(g, &q);
	}
}

/* Everything that fails, failed by Managed Availability alone. */
void
scen_dx_not_probes(struct gen *g)
{
	static const char *const all[] = {
		"be_krb_invalid_token",
		"be_krb_rejected",
		"be_auth_401",
		"be_auth_401_legacy",
		"be_connect_failure",
		"be_dns_failure",
		"be_tls_failure",
		"be_cert_untrusted",
		"be_timeout",
		"oauth_token_rejected",
		"auth_overload",
		"fe_authz_denied",
		"routing_mailbox_not_found",
		"rpc_establish_timeout",
		"routing_endpoint_not_found",
		"fe_basic_rejected",
		"fe_identity_rejected",
	};
	const int kinds = sizeof all / sizeof all[0];

	dx_calm(g, 0);
	for (int i = 0; i < 12 * kinds; i++) {
		struct req q = req_mapi(g, &g->server[i % 2],
					&g->user[i % g->user_count],
					dx_minute(g, 8) + i * 63 * MS_SECOND);

		q.to = i % kinds < 4 ? &target_cas2 : &dx_back[i % 2];
		q.user = "CONTOSO\\HealthMailbox"
			 "0f3c5d7e9b2a4c6e8d1f0a3b5c7d9e1f";
		q.ua = "AMProbe/Local/ClientAccess";
		q.ip = "127.0.0.1";
		dx_fail(g, &q, all[i % kinds]);
		q.expect = "probe";
		req_emit(g, &q);
	}
}
