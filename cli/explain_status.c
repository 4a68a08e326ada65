/* SPDX-License-Identifier: MIT */
/* What SecurityStatus and WebExceptionStatus words mean. */

#include "explain.h"

/* Of "NegotiateSecurityContext failed with for host .. with status '..'". */
const struct explained explain_security_statuses[] = {
	{ "InvalidToken",
	  "The token that the back end sent back is of no use to the front "
	  "end. Towards Exchange 2010 or 2007 on Windows Server 2008 R2: "
	  "update KB3140410 is missing on that server.",
	  "be_krb_invalid_token" },
	{ "LogonDenied",
	  "The front end's own account was denied: its machine account or "
	  "secure channel, or a mailbox that moved away.",
	  "be_krb_logon_denied" },
	{ "TargetUnknown",
	  "No service principal name for that host: wrong DNS name, wrong "
	  "domain controller. A host that is not yours is a probe for "
	  "CVE-2021-26855.", "be_krb_target_unknown" },
	{ "WrongPrincipal",
	  "The ticket was for another account: duplicate SPN, stale password "
	  "of the alternate service account, or DNS points to another "
	  "machine. Check setspn -X.", "be_krb_wrong_principal" },
	{ "TimeSkew",
	  "The clocks of the two servers are more than five minutes apart.",
	  "be_krb_time_skew" },
	{ "NoCredentials",
	  "The front end's application pool has no credentials of its own. "
	  "Its identity should be LocalSystem.", "be_krb_no_credentials" },
	{ "UnknownCredentials",
	  "The credentials of the application pool are not known to the "
	  "security package. Its identity should be LocalSystem.",
	  "be_krb_no_credentials" },
	{ "NoAuthenticatingAuthority",
	  "No domain controller could be reached: DNS, site, firewall.",
	  "be_krb_no_dc" },
	{ "-2146892990",
	  "0x80090342 KDC_UNKNOWN_ETYPE: the two sides share no encryption "
	  "type (RC4 against AES). Check msDS-SupportedEncryptionTypes and "
	  "set the alternate service account's password anew.",
	  "be_krb_etype" },
	{ "BadBindings",
	  "Extended Protection: the channel bindings do not fit, usually "
	  "because something in between ends TLS.",
	  "be_krb_channel_binding" },
	{ "ExtendedProtectionMissingSpn",
	  "Extended Protection: the client sent no service name.",
	  "be_krb_channel_binding" },
	{ "ExtendedProtectionWrongSpn",
	  "Extended Protection: the client sent another service name than "
	  "the server accepts.", "be_krb_channel_binding" },
	{ "ExtendedProtectionOSNotPatched",
	  "Extended Protection is asked for, but this Windows lacks the "
	  "update for it.", "be_krb_channel_binding" },
	{ "UnsupportedPreauth",
	  "The domain controller does not know the kind of "
	  "pre-authentication that was used.", "be_krb_other" },
	{ "InternalError",
	  "The security package failed inside. See the System log of the "
	  "front end for LSA and Kerberos events.", "be_krb_other" },
	{ "Unsupported",
	  "The security package can't do what was asked for.",
	  "be_krb_other" },
	{ "-2146892984",
	  "0x80090348 NO_KERB_KEY: the account has no Kerberos key. Set its "
	  "password anew.", "be_krb_other" },
	{ "-2146893004",
	  "0x80090334 NO_TGT_REPLY: the other side did not send its ticket "
	  "(user-to-user authentication).", "be_krb_other" },
	{ "-2146892985",
	  "0x80090347 MULTIPLE_ACCOUNTS: a service principal name stands at "
	  "several accounts. Find it with setspn -X.", "be_krb_other" },
	{ "-2146892976",
	  "0x80090350 DOWNGRADE_DETECTED: a domain controller could not be "
	  "reached at the moment, or someone tampers with the protocol.",
	  "be_krb_other" },
	{ NULL, NULL, NULL }
};

/* In BackEndStatus, ErrorCode and WebExceptionStatus= of GenericErrors. */
const struct explained explain_web_statuses[] = {
	{ "ConnectFailure",
	  "No connection to the back end: the server or its service is down, "
	  "or port 444 is closed.", "be_connect_failure" },
	{ "NameResolutionFailure",
	  "The name of the back end could not be resolved in DNS.",
	  "be_dns_failure" },
	{ "ProxyNameResolutionFailure",
	  "The name of a web proxy could not be resolved. Servers should not "
	  "use one towards each other.", "be_dns_failure" },
	{ "TrustFailure",
	  "The certificate of the back end is not trusted.",
	  "be_cert_untrusted" },
	{ "SecureChannelFailure",
	  "TLS towards the back end failed: no certificate bound to port 444, "
	  "or no TLS version in common.", "be_tls_failure" },
	{ "Timeout",
	  "The back end did not answer in time.", "be_timeout" },
	{ "RequestCanceled",
	  "The request to the back end was given up, often because the "
	  "client had gone.", "be_request_canceled" },
	{ "SendFailure",
	  "The connection broke while the request was being sent.",
	  "be_conn_dropped" },
	{ "ReceiveFailure",
	  "The connection broke while the answer was awaited.",
	  "be_conn_dropped" },
	{ "ConnectionClosed",
	  "The back end closed the connection too early.",
	  "be_conn_dropped" },
	{ "KeepAliveFailure",
	  "A connection that was kept for further requests was closed "
	  "meanwhile.", "be_conn_dropped" },
	{ "PipelineFailure",
	  "A request in a pipeline was lost with its connection.",
	  "be_conn_dropped" },
	{ "ServerProtocolViolation",
	  "What answered does not speak HTTP properly: another program on the "
	  "port, or a device in between.", "be_protocol_violation" },
	{ "MessageLengthLimitExceeded",
	  "The answer was longer than allowed.", "be_protocol_violation" },
	{ "ProtocolError",
	  "The back end answered, with an HTTP error: ResponseStatusCode= "
	  "beside it has the number.", NULL },
	{ "Success", "There was no error.", NULL },
	{ "Pending", "The request had not ended yet.", "be_other" },
	{ "UnknownError", "An error without a name of its own.", "be_other" },
	{ "CacheEntryNotFound",
	  "The answer was to come from a cache that did not have it.",
	  "be_other" },
	{ "RequestProhibitedByCachePolicy",
	  "A cache policy forbade the request.", "be_other" },
	{ "RequestProhibitedByProxy",
	  "A web proxy forbade the request. Servers should not use one "
	  "towards each other.", "be_other" },
	{ NULL, NULL, NULL }
};
