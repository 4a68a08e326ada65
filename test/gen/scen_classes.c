/* SPDX-License-Identifier: MIT */
/* Every row rule of the classification and every branch of it, twice. */
#include "scen.h"

#include <string.h>

#include "texts.h"
#include "traffic.h"

/* NULL keeps what an ordinary Mapi request has, "" empties the cell. */
struct variant {
	const char *expect;
	int status;              /* 0 = 200, -1 = empty */
	const char *be, *error;  /* here NULL empties */
	const char *auth;
	bool anonymous;          /* no user, IsAuthenticated false */
	const char *user, *ua, *ip, *stem;
	int told;                /* ResponseStatusCode in GenericErrors */
	const char *errors, *stats, *anchor, *hint;
	bool legacy;
};

static const struct variant table[] = {
	{ .expect = "probe", .ua = "AMProbe/Local/ClientAccess",
	  .ip = "127.0.0.1", .status = 401, .anonymous = true },
	{ .expect = "probe", .ua = "x activemonitoring", .ip = "10.1.1.1" },
	{ .expect = "probe", .ua = "MSExchMon", .ip = "172.31.9.9" },
	{ .expect = "probe", .ua = "TestActiveSyncConnectivity",
	  .ip = "fe80::1%4" },
	{ .expect = "probe", .ua = "Exchange BackEnd Probes",
	  .ip = "fd00:1::2", .status = 500 },
	{ .expect = "ok", .ua = "AMProbe", .ip = "172.32.0.1" },
	{ .expect = "ok", .ua = "AMProbe", .ip = "127.0.0.1, 192.0.2.9" },
	{ .expect = "probe", .user = "CONTOSO\\healthmailbox0a1b2c3d" },
	{ .expect = "probe", .user = "SystemMailbox{1f05a927}@contoso.com" },
	{ .expect = "probe", .user = "CONTOSO\\extest_5d0c1f77" },
	{ .expect = "probe", .ua = "MapiHttpClient", .ip = "::1" },
	{ .expect = "probe", .ua = "MapiHttpClient", .ip = "fe80::9%3" },
	{ .expect = "ok", .ua = "MapiHttpClient", .ip = "10.1.1.1" },
	{ .expect = "probe", .stem = "/mapi/HEALTHCHECK.HTM",
	  .anonymous = true, .auth = "" },
	{ .expect = "be_krb_rejected", .status = 503, .be = "401",
	  .error = "ServerKerberosAuthenticationFailure" },
	{ .expect = "be_krb_rejected", .status = 503, .told = 401,
	  .error = "ServerKerberosAuthenticationFailure" },
	{ .expect = "be_krb_rejected", .status = 503, .be = "401",
	  .error = "TooManyOutstandingProxyRequestsToForest" },
	{ .expect = "be_auth_401_legacy", .status = 401, .be = "401",
	  .legacy = true, .error = "ProtocolError" },
	{ .expect = "be_auth_401_legacy", .status = 401, .told = 401,
	  .anchor = "Url~https://cas10-02.contoso.com/rpc/rpcproxy.dll?x" },
	{ .expect = "be_auth_401_legacy", .status = 401, .be = "401",
	  .hint = "RpcHttpProxyRules-ServerCookie" },
	{ .expect = "be_auth_401_legacy", .status = 401, .be = "401",
	  .stats = "ProxyToDownLevel=True;" },
	{ .expect = "be_auth_401", .status = 401, .be = "401",
	  .error = "ProtocolError" },
	{ .expect = "be_auth_401", .status = 401, .told = 401 },
	{ .expect = "oauth_token_rejected", .status = 401,
	  .error = "InvalidOAuthToken", .auth = "Bearer",
	  .anonymous = true },
	{ .expect = "fe_identity_rejected", .status = 401,
	  .error = "UnauthenticatedRequest", .anonymous = true },
	{ .expect = "fe_identity_rejected", .status = 500,
	  .error = "BadSamlToken" },
	{ .expect = "fe_identity_rejected", .status = 401,
	  .error = "UserNotFound" },
	{ .expect = "anonymous_challenge", .status = 401, .auth = "",
	  .anonymous = true },
	{ .expect = "fe_basic_rejected", .status = 401, .auth = "Basic",
	  .anonymous = true },
	{ .expect = "fe_basic_rejected", .status = 401, .auth = "BASIC",
	  .anonymous = true },
	{ .expect = "fe_auth_leg", .status = 401, .auth = "NTLM",
	  .anonymous = true },
	{ .expect = "fe_auth_leg", .status = 401,
	  .auth = "negotiate;NegoCap", .anonymous = true },
	{ .expect = "fe_auth_leg", .status = 401, .auth = "Kerberos",
	  .anonymous = true },
	{ .expect = "oauth_challenge", .status = 401, .auth = "Bearer",
	  .anonymous = true },
	{ .expect = "oauth_challenge", .status = 401, .auth = "OAuth",
	  .anonymous = true },
	{ .expect = "fe_authz_denied", .status = 401 },
	{ .expect = "fe_scheme_refused", .status = 401, .auth = "Digest",
	  .anonymous = true },
	{ .expect = "fe_scheme_refused", .status = 401, .auth = "<x>",
	  .anonymous = true },
	{ .expect = "client_disconnect", .error = "ClientDisconnect",
	  .errors = "StreamProxy=StreamProxy-Request-ExpectReadCallback;"
	  "HttpException=ClientDisconnect;" },
	{ .expect = "proxy_overload", .status = 503,
	  .error = "TooManyOutstandingProxyRequests" },
	{ .expect = "proxy_overload", .status = 503,
	  .error = "TooManyOutstandingProxyRequestsToForest" },
	{ .expect = "proxy_overload", .status = 503,
	  .error = "TooManyOutstandingProxyRequestsToDag" },
	{ .expect = "proxy_overload", .status = 503,
	  .error = "ServerKerberosAuthenticationFailure" },
	{ .expect = "auth_overload", .status = 503,
	  .error = "TooManyOutstandingAuthenticationRequests" },
	{ .expect = "rpc_establish_timeout", .status = 503,
	  .error = "RpcHttpConnectionEstablishmentTimeout" },
	{ .expect = "routing_mailbox_not_found", .status = 404,
	  .error = "MailboxGuidWithDomainNotFound" },
	{ .expect = "routing_mailbox_not_found", .status = 404,
	  .error = "UserNotFound" },
	{ .expect = "routing_mailbox_not_found", .status = 404,
	  .error = "MailboxExternalDirectoryObjectIdNotFound" },
	{ .expect = "routing_endpoint_not_found", .status = 503,
	  .error = "EndpointNotFound" },
	{ .expect = "directory_error", .status = 500,
	  .error = "DirectoryOperationError" },
	{ .expect = "be_timeout", .status = 504,
	  .error = "BackEndRequestTimedOut" },
	{ .expect = "oauth_downlevel_blocked", .status = 500,
	  .errors = "HttpException=System.Web.HttpException (0x80004005): "
	  "Cannot proxy OAuth request to down level server;" },
	{ .expect = "forbidden", .status = 403, .be = "403", .told = 403 },
	{ .expect = "be_token_bloat", .status = 400, .be = "400",
	  .told = 400, .legacy = true },
	{ .expect = "throttled", .status = 429 },
	{ .expect = "throttled", .status = 503, .be = "503",
	  .errors = "HttpException=OverBudgetException;" },
	{ .expect = "throttled", .status = 503,
	  .stats = "S:Note=OverBudget" },
	{ .expect = "be_http_5xx", .status = 500, .be = "500",
	  .told = 500 },
	{ .expect = "be_http_5xx", .status = 502, .be = "502" },
	{ .expect = "fe_http_5xx", .status = 500 },
	{ .expect = "fe_http_5xx", .status = 507, .be = "200" },
	{ .expect = "http_4xx", .status = 400, .be = "400", .told = 400 },
	{ .expect = "http_4xx", .status = 440 },
	{ .expect = "ok", .errors = "PossibleException=IOException;" },
	{ .expect = "ok", .status = 241 },
	{ .expect = "ok", .status = 302, .anonymous = true, .auth = "FBA" },
	{ .expect = "unclassified", .status = -1 },
	{ .expect = "unclassified", .status = 600 },
};

static int64_t
next_ms(const struct gen *g, int *n)
{
	return g->start_ms + 10 * MS_MINUTE + (int64_t)(*n)++ * 61 * MS_SECOND;
}

static struct req
base(struct gen *g, int *n)
{
	const int i = *n;
	struct req q = req_mapi(g, &g->server[i % g->server_count],
	    &g->user[i % g->user_count], next_ms(g, n));

	q.response_bytes = -1;
	return q;
}

static void
variant_emit(struct gen *g, const struct variant *v, int *n)
{
	struct req q = base(g, n);

	q.expect = v->expect;
	q.status = v->status ? v->status : 200;
	q.be = v->be;
	q.error = v->error;
	q.errors = v->told ? errors_status(g, q.srv->lang, v->told) :
	    v->errors;
	q.auth = v->auth ? v->auth : q.auth;
	q.user = v->user ? v->user : q.user;
	q.ua = v->ua ? v->ua : q.ua;
	q.ip = v->ip ? v->ip : q.ip;
	q.stem = v->stem ? v->stem : q.stem;
	q.anchor = v->anchor ? v->anchor : q.anchor;
	q.hint = v->hint ? v->hint : q.hint;
	q.stats = v->stats;
	if (v->legacy)
		q.to = &target_cas2;
	if (v->anonymous) {
		q.known = false;
		q.user = q.org = q.anchor = NULL;
		q.proxied = false;
	}
	req_emit(g, &q);
}

static void
security_statuses(struct gen *g, int *n)
{
	static const char *const list[][2] = {
		{ "InvalidToken", "invalid_token" },
		{ "LogonDenied", "logon_denied" },
		{ "TargetUnknown", "target_unknown" },
		{ "WrongPrincipal", "wrong_principal" },
		{ "TimeSkew", "time_skew" },
		{ "NoCredentials", "no_credentials" },
		{ "UnknownCredentials", "no_credentials" },
		{ "NoAuthenticatingAuthority", "no_dc" },
		{ "-2146892990", "etype" },
		{ "BadBindings", "channel_binding" },
		{ "ExtendedProtectionMissingSpn", "channel_binding" },
		{ "ExtendedProtectionWrongSpn", "channel_binding" },
		{ "ExtendedProtectionOSNotPatched", "channel_binding" },
		{ "UnsupportedPreauth", "other" },
		{ "InternalError", "other" }, { "Unsupported", "other" },
		{ "-2146892984", "other" }, { "-2146893004", "other" },
		{ "-2146892985", "other" }, { "-2146892976", "other" },
	};

	for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
		struct req q = base(g, n);

		q.to = &target_cas2;
		q.status = 500;
		q.be = NULL;
		q.error = "InternalServerError";
		q.state = "PrepareServerRequest";
		q.expect = tmp(g, "be_krb_%s", list[i][1]);
		q.errors = errors_sspi(g, q.srv->lang, q.to->fqdn,
		    list[i][0], true);
		req_emit(g, &q);
		q.status = 401;
		q.be = "401";
		q.start += 900;
		q.end += 900;
		q.errors = tmp(g, "HttpException=System.Web.HttpException "
		    "(0x80004005): NegotiateSecurityContext failed with for "
		    "host \\u0027%s\\u0027 with status \\u0027%s\\u0027;",
		    q.to->fqdn, list[i][0]);
		req_emit(g, &q);
	}
}

/* Each word stands alone in one of the three cells that rule 21 reads. */
static void
transport_words(struct gen *g, int *n)
{
	static const char *const list[][2] = {
		{ "ConnectFailure", "be_connect_failure" },
		{ "NameResolutionFailure", "be_dns_failure" },
		{ "ProxyNameResolutionFailure", "be_dns_failure" },
		{ "TrustFailure", "be_cert_untrusted" },
		{ "SecureChannelFailure", "be_tls_failure" },
		{ "Timeout", "be_timeout" },
		{ "RequestCanceled", "be_request_canceled" },
		{ "SendFailure", "be_conn_dropped" },
		{ "ReceiveFailure", "be_conn_dropped" },
		{ "ConnectionClosed", "be_conn_dropped" },
		{ "KeepAliveFailure", "be_conn_dropped" },
		{ "PipelineFailure", "be_conn_dropped" },
		{ "ServerProtocolViolation", "be_protocol_violation" },
		{ "MessageLengthLimitExceeded", "be_protocol_violation" },
		{ "UnknownError", "be_other" }, { "Pending", "be_other" },
		{ "CacheEntryNotFound", "be_other" },
		{ "RequestProhibitedByCachePolicy", "be_other" },
		{ "RequestProhibitedByProxy", "be_other" },
	};

	for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
		for (int where = 0; where < 6; where++) {
			struct req q = base(g, n);

			q.status = 503;
			q.be = where % 3 == 0 ? list[i][0] : NULL;
			q.error = where % 3 == 2 ? list[i][0] : NULL;
			q.errors = where % 3 == 1 ? errors_transport(g,
			    q.srv->lang, list[i][0], "10.10.0.31") : NULL;
			q.state = "WaitForServerResponse";
			q.expect = list[i][1];
			req_emit(g, &q);
		}
}

static void
more_errors(struct gen *g, int *n)
{
	static const char *const list[] = {
		"ServerNotFound", "ServerVersionNotFound",
		"DatabaseNameNotFound", "DatabaseGuidNotFound",
		"OrganizationMailboxNotFound", "DomainNotFound",
		"ServerLocatorError", "ServerDiscoveryError",
		"MServOperationError",
	};

	for (size_t i = 0; i < 2 * sizeof list / sizeof list[0]; i++) {
		struct req q = base(g, n);

		q.status = 500;
		q.be = NULL;
		q.error = list[i / 2];
		q.errors = errors_proxy(g, q.srv->lang, tmp(g,
		    "Cannot find the %s of %s, sorry.", q.error, q.query));
		q.expect = "routing_server_or_db_not_found";
		req_emit(g, &q);
	}
}

void
scen_allclasses(struct gen *g)
{
	int n = 0;
	int64_t at;
	struct req q;

	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
			variant_emit(g, &table[i], &n);
		security_statuses(g, &n);
	}
	transport_words(g, &n);
	more_errors(g, &n);
	q = base(g, &n);
	q.ip = "10.77.0.1";
	at = next_ms(g, &n);
	legs_only(g, &q, 3, at, "fe_credentials_rejected");
	q.method = "RPC_OUT_DATA";
	q.proto = "RpcHttp";
	q.ip = "10.77.0.2";
	legs_only(g, &q, 3, at, "fe_credentials_suspected");
	for (int i = 0; i < 2; i++)
		mapi_session(g, &g->server[i % g->server_count], &g->user[i],
		    next_ms(g, &n), 1);
	for (int i = 0; i < g->server_count; i++)
		activity(g, &g->server[i], "Mapi", g->start_ms,
		    g->stop_ms + 3 * MS_HOUR);
}
