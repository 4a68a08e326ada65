/* SPDX-License-Identifier: MIT */
/* What Outlook does over Mapi, RpcHttp and the web services, as rows. */
#include "traffic.h"

#include <string.h>

#include "texts.h"

#define ORGANISATION "contoso.com"

static const struct req blank = {
	.status = 200, .request_bytes = -1, .response_bytes = -1,
	.expect = "ok",
};

struct req
req_mapi(struct gen *g, const struct server *s, const struct user *u,
    int64_t start)
{
	struct req q = blank;

	q.srv = s;
	q.proto = "Mapi";
	q.start = start;
	q.end = start + rng_range(&g->rng, 4, 60);
	q.method = "POST";
	q.stem = "/mapi/emsmdb/";
	q.query = tmp(g, "?MailboxId=%s@" ORGANISATION, u->guid);
	q.auth = "Negotiate";
	q.known = true;
	q.user = user_name(g, u);
	q.org = ORGANISATION;
	q.anchor = tmp(g, "MailboxGuid~%s", u->guid);
	q.ua = u->outlook;
	q.ip = user_ip(g, u);
	q.be = "200";
	q.to = u->mailbox;
	q.proxied = true;
	q.hint = "MailboxGuidWithDomain";
	q.request_bytes = rng_range(&g->rng, 90, 4000);
	q.response_bytes = rng_range(&g->rng, 80, 9000);
	return q;
}

struct req
req_rpc(struct gen *g, const struct channel *c, const char *method)
{
	const struct user *u = c->user;
	struct req q = blank;
	const char *server = c->to ? c->to->fqdn : c->srv->fqdn;

	q.srv = c->srv;
	q.proto = "RpcHttp";
	q.start = c->start;
	q.end = c->start + c->length;
	q.method = method;
	q.stem = "/rpc/rpcproxy.dll";
	q.query = c->guid ? tmp(g, "?%s@" ORGANISATION ":%d", c->guid,
	    c->port) : tmp(g, "?%s:%d", server, c->port);
	q.auth = "NTLM";
	q.known = true;
	q.user = user_name(g, u);
	q.org = ORGANISATION;
	q.anchor = c->to ? tmp(g, "Url~https://%s/rpc/rpcproxy.dll%s",
	    c->to->fqdn, q.query) : tmp(g, "MailboxGuid~%s", c->guid);
	q.ua = "MSRPC";
	q.ip = user_ip(g, u);
	q.be = "200";
	q.to = c->to ? c->to : u->mailbox;
	q.proxied = true;
	q.hint = c->to ? "RpcHttpProxyRules" : "MailboxGuidWithDomain";
	q.request_bytes = strcmp(method, "RPC_IN_DATA") ? 76 : 1073741824;
	q.response_bytes = rng_range(&g->rng, 400, 90000);
	return q;
}

struct req
req_leg(const struct req *q, const char *scheme, int64_t start)
{
	struct req leg = blank;

	leg.srv = q->srv;
	leg.proto = q->proto;
	leg.start = start;
	leg.end = start + 1;
	leg.method = q->method;
	leg.host = q->host;
	leg.stem = q->stem;
	leg.query = q->query;
	leg.auth = scheme;
	leg.ua = q->ua;
	leg.ip = q->ip;
	leg.client_request = q->client_request;
	leg.status = 401;
	leg.request_bytes = 0;
	leg.expect = "handshake";
	return leg;
}

static const char *
map_request(struct gen *g, const char *session, const char *type, int n)
{
	char a[GUID_LEN + 1];

	rng_guid(&g->rng, a);
	return tmp(g, "R:{%s}:%d;RT:%s;CI:{%s}:1;CID:%s", session, n, type,
	    session, a);
}

void
mapi_session(struct gen *g, const struct server *s, const struct user *u,
    int64_t start, int executes)
{
	char session[GUID_LEN + 1];
	int64_t at = start;

	rng_guid(&g->rng, session);
	for (int i = 0; i < executes + 2; i++) {
		const char *type = i == 0 ? "Connect" :
		    i > executes ? "Disconnect" :
		    i % 5 == 4 ? "NotificationWait" : "Execute";
		struct req q = req_mapi(g, s, u, at);

		q.client_request = map_request(g, session, type, i + 1);
		if (i == 0) {
			struct req leg = req_leg(&q, NULL, at - 40);
			leg.expect = "anonymous_challenge";
			req_emit(g, &leg);
			leg = req_leg(&q, "Negotiate", at - 20);
			req_emit(g, &leg);
		} else {
			q.cookie = tmp(g, "Database~%s~~2026-12-20T08:00:00",
			    g->database);
		}
		if (i % 5 == 4)
			q.end = q.start + rng_range(&g->rng, 20000, 59000);
		if (q.end > g->stop_ms)
			q.end = g->stop_ms - 1;
		if (q.start >= q.end)
			return;
		req_emit(g, &q);
		at = q.end + rng_range(&g->rng, 30, 60000);
		if (at > g->stop_ms - MS_MINUTE)
			return;
	}
}

static void
channel_legs(struct gen *g, const struct req *q, const struct channel *c)
{
	for (int i = c->legs; i > 0; i--) {
		struct req leg = req_leg(q, rng_one_in(&g->rng, 4) ?
		    "Negotiate" : "NTLM", q->start - 12 * i);
		req_emit(g, &leg);
	}
}

void
rpc_open(struct gen *g, const struct channel *given)
{
	static const char *const methods[] = { "RPC_OUT_DATA", "RPC_IN_DATA" };
	struct channel c = *given;

	if (c.start + c.length > g->stop_ms)
		c.length = g->stop_ms - c.start -
		    rng_range(&g->rng, 1, MS_SECOND);
	if (c.length < 50)
		return;
	const char *ip = user_ip(g, c.user), *name = user_name(g, c.user);
	for (int i = 0; i < 2; i++) {
		struct req q = req_rpc(g, &c, methods[i]);

		q.ip = ip;
		q.user = name;
		q.start += i * 3;
		q.end += i * rng_range(&g->rng, 1, 15);
		if (q.end > g->stop_ms)
			q.end = g->stop_ms;
		if (i == 0)
			q.errors = "PossibleException=IOException;";
		else if (rng_one_in(&g->rng, 2))
			q.errors = "StreamProxy=StreamProxy-Request-"
			    "ExpectReadCallback;PossibleException="
			    "IOException;";
		channel_legs(g, &q, &c);
		req_emit(g, &q);
	}
}

void
rpc_refused(struct gen *g, const struct channel *c)
{
	int lang = c->srv->lang;
	struct req in = req_rpc(g, c, "RPC_IN_DATA");
	struct req out = req_rpc(g, c, "RPC_OUT_DATA");

	in.expect = out.expect = "be_krb_invalid_token";
	in.end = in.start + rng_range(&g->rng, 12, 90);
	in.status = 500;
	in.be = NULL;
	in.error = "InternalServerError";
	in.state = "PrepareServerRequest";
	in.response_bytes = -1;
	in.errors = errors_sspi(g, lang, c->to->fqdn, "InvalidToken", true);
	out.start += 4;
	out.end = out.start + rng_range(&g->rng, 12, 90);
	out.ip = in.ip;
	out.user = in.user;
	out.status = rng_one_in(&g->rng, 5) ? 401 : 500;
	out.be = "401";
	out.error = in.error;
	out.state = in.state;
	out.response_bytes = -1;
	out.errors = errors_sspi(g, lang, c->to->fqdn, "InvalidToken", false);
	channel_legs(g, &in, c);
	channel_legs(g, &out, c);
	req_emit(g, &in);
	req_emit(g, &out);
}

void
legs_only(struct gen *g, const struct req *q, int n, int64_t start,
    const char *expect)
{
	for (int i = 0; i < n; i++) {
		struct req leg = req_leg(q, i % 2 ? "NTLM" : "Negotiate",
		    start + i * MS_SECOND);
		leg.expect = expect;
		req_emit(g, &leg);
	}
}

void
soap_request(struct gen *g, const struct server *s, const struct user *u,
    const char *proto, int64_t start)
{
	struct req q = req_mapi(g, s, u, start);
	char id[GUID_LEN + 1];

	rng_guid(&g->rng, id);
	q.proto = proto;
	q.query = NULL;
	q.org = NULL;
	q.anchor = tmp(g, "Sid~%s", u->sid);
	q.hint = "WindowsIdentity";
	if (!strcmp(proto, "Ews")) {
		q.stem = "/EWS/exchange.asmx";
		q.client_request = tmp(g, "{%s}", id);
		q.stats = "S:ServiceCommonMetadata.Cookie=";
	} else if (!strcmp(proto, "Oab")) {
		q.method = "GET";
		q.stem = tmp(g, "/OAB/%s/oab.xml", g->database);
		q.ua = "Microsoft BITS/7.8";
		q.request_bytes = 0;
	} else {
		q.host = "autodiscover.contoso.com";
		q.stem = "/autodiscover/autodiscover.xml";
		q.stats = "I32:ADS.C[DC01]=2;F:ADS.AL[DC01]=1.214;"
		    "'S:AS.ReqStats=Local=1;Note=it''s fine;'";
	}
	struct req leg = req_leg(&q, "Negotiate", start - 15);
	req_emit(g, &leg);
	req_emit(g, &q);
}
