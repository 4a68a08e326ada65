/* SPDX-License-Identifier: MIT */
/* The classes: number, popup and severity. */
#include "ref.h"

static const struct verdict classes[] = {
	{ 0, "activity", "no", "info" },
	{ 10, "probe", "no", "info" },
	{ 20, "be_krb_invalid_token", "yes", "critical" },
	{ 21, "be_krb_logon_denied", "likely", "high" },
	{ 22, "be_krb_target_unknown", "likely", "high" },
	{ 23, "be_krb_wrong_principal", "likely", "high" },
	{ 24, "be_krb_time_skew", "likely", "high" },
	{ 25, "be_krb_no_credentials", "likely", "high" },
	{ 26, "be_krb_no_dc", "likely", "critical" },
	{ 27, "be_krb_etype", "likely", "high" },
	{ 28, "be_krb_channel_binding", "likely", "high" },
	{ 29, "be_krb_other", "likely", "medium" },
	{ 30, "be_krb_rejected", "likely", "high" },
	{ 40, "be_auth_401_legacy", "yes", "high" },
	{ 50, "be_auth_401", "yes", "high" },
	{ 60, "oauth_token_rejected", "likely", "high" },
	{ 70, "fe_identity_rejected", "likely", "medium" },
	{ 80, "anonymous_challenge", "no", "info" },
	{ 90, "fe_basic_rejected", "yes", "medium" },
	{ 100, "fe_auth_leg", "maybe", "info" },
	{ 101, "handshake", "no", "info" },
	{ 102, "fe_credentials_rejected", "yes", "medium" },
	{ 103, "fe_credentials_suspected", "likely", "medium" },
	{ 110, "oauth_challenge", "no", "info" },
	{ 120, "fe_authz_denied", "likely", "low" },
	{ 121, "fe_scheme_refused", "no", "info" },
	{ 130, "client_disconnect", "no", "info" },
	{ 140, "proxy_overload", "no", "medium" },
	{ 150, "auth_overload", "likely", "high" },
	{ 160, "rpc_establish_timeout", "likely", "medium" },
	{ 170, "routing_mailbox_not_found", "likely", "medium" },
	{ 180, "routing_endpoint_not_found", "likely", "high" },
	{ 190, "routing_server_or_db_not_found", "no", "high" },
	{ 200, "directory_error", "no", "high" },
	{ 210, "be_connect_failure", "no", "high" },
	{ 211, "be_dns_failure", "no", "high" },
	{ 212, "be_cert_untrusted", "no", "high" },
	{ 213, "be_tls_failure", "no", "high" },
	{ 214, "be_timeout", "no", "medium" },
	{ 215, "be_request_canceled", "no", "low" },
	{ 216, "be_conn_dropped", "no", "low" },
	{ 217, "be_protocol_violation", "no", "low" },
	{ 218, "be_other", "no", "low" },
	{ 220, "oauth_downlevel_blocked", "likely", "medium" },
	{ 230, "forbidden", "no", "medium" },
	{ 240, "be_token_bloat", "no", "medium" },
	{ 250, "throttled", "no", "medium" },
	{ 260, "be_http_5xx", "no", "medium" },
	{ 270, "fe_http_5xx", "no", "medium" },
	{ 280, "http_4xx", "no", "low" },
	{ 290, "ok", "no", "info" },
	{ 300, "unclassified", "no", "low" },
};

const struct verdict *
class_named(const char *name)
{
	for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
		if (text_is(text_of(name), classes[i].name))
			return &classes[i];
	return NULL;
}
