/* SPDX-License-Identifier: MIT */
/* The row rules, first match wins. */
#include "ref.h"

bool
is_health_account(struct text account)
{
	return text_starts_nocase(account, "HealthMailbox") ||
	       text_starts_nocase(account, "SystemMailbox{") ||
	       text_starts_nocase(account, "extest_");
}

static bool
is_probe(const struct row *row)
{
	const struct text stem = row_cell(row, "UrlStem");
	const size_t tail = sizeof "healthcheck.htm" - 1;

	if ((text_has_nocase(row->UA, "AMProbe") ||
	     text_has_nocase(row->UA, "ACTIVEMONITORING") ||
	     text_has_nocase(row->UA, "MSEXCHMON") ||
	     text_has_nocase(row->UA, "TestActiveSyncConnectivity") ||
	     text_has_nocase(row->UA, "Exchange BackEnd Probes")) &&
	    client_is_inside(row_cell(row, "ClientIpAddress")))
		return true;
	if (is_health_account(row->account))
		return true;
	if ((client_is_loopback(row->client) ||
	     client_is_link_local6(row->client)) &&
	    text_is(row->UA, "MapiHttpClient"))
		return true;
	return stem.len >= tail &&
	       text_is_nocase(text_cut(stem, stem.len - tail, stem.len),
			      "healthcheck.htm");
}

/* Section 3 */
static const char *
be_krb(struct text status)
{
	if (text_is(status, "InvalidToken"))
		return "be_krb_invalid_token";
	if (text_is(status, "LogonDenied"))
		return "be_krb_logon_denied";
	if (text_is(status, "TargetUnknown"))
		return "be_krb_target_unknown";
	if (text_is(status, "WrongPrincipal"))
		return "be_krb_wrong_principal";
	if (text_is(status, "TimeSkew"))
		return "be_krb_time_skew";
	if (text_is_one_of(status, "NoCredentials UnknownCredentials"))
		return "be_krb_no_credentials";
	if (text_is(status, "NoAuthenticatingAuthority"))
		return "be_krb_no_dc";
	if (text_is(status, "-2146892990"))
		return "be_krb_etype";
	if (text_is_one_of(status, "BadBindings ExtendedProtectionMissingSpn "
				   "ExtendedProtectionWrongSpn "
				   "ExtendedProtectionOSNotPatched"))
		return "be_krb_channel_binding";
	return "be_krb_other";
}

/* Rule 21: the class that a transport word names, NULL if it is none. */
static const char *
transport(struct text word)
{
	if (text_is(word, "ConnectFailure"))
		return "be_connect_failure";
	if (text_is_one_of(word, "NameResolutionFailure "
				 "ProxyNameResolutionFailure"))
		return "be_dns_failure";
	if (text_is(word, "TrustFailure"))
		return "be_cert_untrusted";
	if (text_is(word, "SecureChannelFailure"))
		return "be_tls_failure";
	if (text_is(word, "Timeout"))
		return "be_timeout";
	if (text_is(word, "RequestCanceled"))
		return "be_request_canceled";
	if (text_is_one_of(word, "SendFailure ReceiveFailure ConnectionClosed "
				 "KeepAliveFailure PipelineFailure"))
		return "be_conn_dropped";
	if (text_is_one_of(word, "ServerProtocolViolation "
				 "MessageLengthLimitExceeded"))
		return "be_protocol_violation";
	if (text_is_one_of(
		    word,
		    "UnknownError Pending CacheEntryNotFound "
		    "RequestProhibitedByCachePolicy RequestProhibitedByProxy"))
		return "be_other";
	return NULL;
}

/* Three digits as a number, else 0 */
static int
number(struct text S)
{
	int value = 0;

	for (size_t i = 0; i < S.len; i++) {
		if (S.len != 3 || S.ptr[i] < '0' || S.ptr[i] > '9')
			return 0;
		value = value * 10 + (S.ptr[i] - '0');
	}
	return value;
}

/* Rules 8 to 12 and the row after them: S=401 */
static const char *
front_end_401(const struct row *row)
{
	if (!row->IA && row->AT.len == 0)
		return "anonymous_challenge";
	if (!row->IA && text_is_nocase(row->AT, "Basic"))
		return "fe_basic_rejected";
	if (!row->IA &&
	    text_is_one_of(text_lower(row->AT), "ntlm negotiate kerberos"))
		return "fe_auth_leg";
	if (!row->IA && text_is_one_of(text_lower(row->AT), "bearer oauth"))
		return "oauth_challenge";
	if (row->IA)
		return "fe_authz_denied";
	return "fe_scheme_refused";
}

/* Rules 13 to 20: what ErrorCode alone says, NULL if nothing */
static const char *
error_code(struct text EC)
{
	if (text_is(EC, "ClientDisconnect"))
		return "client_disconnect";
	if (text_is_one_of(EC, "TooManyOutstandingProxyRequests "
			       "TooManyOutstandingProxyRequestsToForest "
			       "TooManyOutstandingProxyRequestsToDag "
			       "ServerKerberosAuthenticationFailure"))
		return "proxy_overload";
	if (text_is(EC, "TooManyOutstandingAuthenticationRequests"))
		return "auth_overload";
	if (text_is(EC, "RpcHttpConnectionEstablishmentTimeout"))
		return "rpc_establish_timeout";
	if (text_is_one_of(EC, "MailboxGuidWithDomainNotFound UserNotFound "
			       "MailboxExternalDirectoryObjectIdNotFound"))
		return "routing_mailbox_not_found";
	if (text_is(EC, "EndpointNotFound"))
		return "routing_endpoint_not_found";
	if (text_is_one_of(EC, "ServerNotFound ServerVersionNotFound "
			       "DatabaseNameNotFound DatabaseGuidNotFound "
			       "OrganizationMailboxNotFound DomainNotFound "
			       "ServerLocatorError "
			       "ServerDiscoveryError MServOperationError"))
		return "routing_server_or_db_not_found";
	if (text_is(EC, "DirectoryOperationError"))
		return "directory_error";
	return NULL;
}

/* Rules 22 to 30 */
static const char *
by_status(const struct row *row)
{
	const int S = number(row->S);

	if (text_has(row->GE,
		     "Cannot proxy OAuth request to down level server"))
		return "oauth_downlevel_blocked";
	if (S == 403)
		return "forbidden";
	if (S == 400 && text_is(row->BE, "400") && row->legacy)
		return "be_token_bloat";
	if (S == 429 || (S == 503 && (text_has(row->GE, "OverBudget") ||
				      text_has(row->GI, "OverBudget"))))
		return "throttled";
	if (S >= 500 && S <= 599 && text_compare(row->BE, row->S) == 0)
		return "be_http_5xx";
	if (S >= 500 && S <= 599)
		return "fe_http_5xx";
	if (S >= 400 && S <= 499)
		return "http_4xx";
	if (S >= 100 && S <= 399)
		return "ok";
	return "unclassified";
}

static const char *
class_name(const struct row *row)
{
	const bool is401 = text_is(row->BE, "401") || text_is(row->RSC, "401");
	const char *name;

	if (row->protocol.len == 0 && row->method.len == 0 && row->S.len == 0)
		return "activity";
	if (is_probe(row))
		return "probe";
	if (row->status_word.len)
		return be_krb(row->status_word);
	if (is401 &&
	    text_is_one_of(row->EC, "ServerKerberosAuthenticationFailure "
				    "TooManyOutstandingProxyRequestsToForest"))
		return "be_krb_rejected";
	if (is401 && row->U.len && row->legacy)
		return "be_auth_401_legacy";
	if (is401 && row->U.len)
		return "be_auth_401";
	if (text_is(row->EC, "InvalidOAuthToken"))
		return "oauth_token_rejected";
	if (text_is_one_of(row->EC, "UnauthenticatedRequest BadSamlToken") ||
	    (text_is(row->EC, "UserNotFound") && text_is(row->S, "401")))
		return "fe_identity_rejected";
	if (text_is(row->S, "401"))
		return front_end_401(row);
	if ((name = error_code(row->EC)) != NULL)
		return name;
	if ((name = transport(row->BE)) != NULL)
		return name;
	if ((name = transport(row->WES)) != NULL)
		return name;
	if ((name = transport(row->EC)) != NULL)
		return name;
	if (text_is(row->EC, "BackEndRequestTimedOut"))
		return "be_timeout";
	return by_status(row);
}

const struct verdict *
classify(const struct row *row)
{
	return class_named(class_name(row));
}
