/* SPDX-License-Identifier: MIT */
/* How each class of failure looks in a row. */
#include "scen_diagnose.h"

#include <string.h>

#include "texts.h"

struct fault {
	const char *class;
	int status;
	const char *be, *error;
	const char *sspi; /* SecurityStatus */
	const char *lost; /* WebExceptionStatus without an answer */
	int told;	  /* ResponseStatusCode */
	const char *auth; /* NULL = as given, "" = none */
	bool anonymous;
};

/* The ticket for the back end could not be made. */
#define TICKET(name, word)                                                     \
	{                                                                      \
		.class = name, .status = 500, .error = "InternalServerError",  \
		.sspi = word                                                   \
	}
/* No answer: the same word in three columns. */
#define LOST(name, code, word)                                                 \
	{                                                                      \
		.class = name, .status = code, .be = word, .error = word,      \
		.lost = word                                                   \
	}
/* The back end's answer is passed on. */
#define ANSWER(name, code, word, number)                                       \
	{                                                                      \
		.class = name, .status = code, .be = #number, .error = word,   \
		.told = number                                                 \
	}
/* The front end's own answer. */
#define OWN(name, code, word)                                                  \
	{                                                                      \
		.class = name, .status = code, .error = word                   \
	}
/* The same to somebody who has not logged on. */
#define STRANGER(name, word, scheme)                                           \
	{                                                                      \
		.class = name, .status = 401, .error = word, .auth = scheme,   \
		.anonymous = true                                              \
	}

static const struct fault faults[] = {
	TICKET("be_krb_invalid_token", "InvalidToken"),
	TICKET("be_krb_logon_denied", "LogonDenied"),
	TICKET("be_krb_time_skew", "TimeSkew"),
	TICKET("be_krb_target_unknown", "TargetUnknown"),
	ANSWER("be_krb_rejected", 503, "ServerKerberosAuthenticationFailure",
	       401),
	ANSWER("be_auth_401_legacy", 401, "ProtocolError", 401),
	ANSWER("be_auth_401", 401, "ProtocolError", 401),
	LOST("be_connect_failure", 503, "ConnectFailure"),
	LOST("be_dns_failure", 503, "NameResolutionFailure"),
	LOST("be_tls_failure", 503, "SecureChannelFailure"),
	LOST("be_cert_untrusted", 503, "TrustFailure"),
	LOST("be_timeout", 504, "Timeout"),
	LOST("be_conn_dropped", 503, "ConnectionClosed"),
	LOST("be_protocol_violation", 503, "ServerProtocolViolation"),
	LOST("be_request_canceled", 504, "RequestCanceled"),
	OWN("rpc_establish_timeout", 503,
	    "RpcHttpConnectionEstablishmentTimeout"),
	STRANGER("oauth_token_rejected", "InvalidOAuthToken", "Bearer"),
	STRANGER("oauth_challenge", NULL, "Bearer"),
	STRANGER("fe_scheme_refused", NULL, "Digest"),
	STRANGER("fe_basic_rejected", NULL, "Basic"),
	STRANGER("anonymous_challenge", NULL, ""),
	OWN("fe_identity_rejected", 401, "UserNotFound"),
	OWN("fe_authz_denied", 401, NULL),
	OWN("auth_overload", 503, "TooManyOutstandingAuthenticationRequests"),
	OWN("proxy_overload", 503, "TooManyOutstandingProxyRequests"),
	OWN("directory_error", 500, "DirectoryOperationError"),
	OWN("routing_mailbox_not_found", 404, "MailboxGuidWithDomainNotFound"),
	OWN("routing_endpoint_not_found", 503, "EndpointNotFound"),
	OWN("throttled", 429, NULL),
	OWN("fe_http_5xx", 500, NULL),
	ANSWER("forbidden", 403, NULL, 403),
	ANSWER("be_http_5xx", 500, NULL, 500),
	ANSWER("http_4xx", 404, NULL, 404),
	{ .class = "client_disconnect",
	  .status = 200,
	  .be = "200",
	  .error = "ClientDisconnect" },
};

static const struct fault *
fault_find(const char *class)
{
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
		if (!strcmp(faults[i].class, class))
			return &faults[i];
	die("no failure \"%s\"", class);
}

static const char *
errors_of(struct gen *g, const struct fault *f, const struct req *q)
{
	const int lang = q->srv->lang;

	if (f->sspi)
		return errors_sspi(g, lang, q->to ? q->to->fqdn : q->srv->fqdn,
				   f->sspi, true);
	if (f->lost)
		return errors_transport(g, lang, f->lost,
					q->to ? q->to->ip : "10.10.0.11");
	if (f->told)
		return errors_status(g, lang, f->told);
	if (f->status == 200)
		return "StreamProxy=StreamProxy-Request-ExpectReadCallback;"
		       "HttpException=ClientDisconnect;";
	return NULL;
}

void
dx_fail(struct gen *g, struct req *q, const char *expect)
{
	const struct fault *f = fault_find(expect);

	q->expect = expect;
	q->status = f->status;
	q->be = f->be;
	q->error = f->error;
	q->errors = errors_of(g, f, q);
	q->response_bytes = -1;
	if (f->auth)
		q->auth = *f->auth ? f->auth : NULL;
	if (f->sspi)
		q->state = "PrepareServerRequest";
	if (f->lost)
		q->state = "WaitForServerResponse";
	/* Without an answer of a back end nobody was asked. */
	if (!f->be && !f->sspi)
		q->proxied = false;
	if (f->anonymous) {
		q->known = false;
		q->user = q->org = q->anchor = NULL;
	}
}
