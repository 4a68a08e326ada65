/* SPDX-License-Identifier: MIT */
/* What the words of WebExceptionStatus mean. */

#include "explain.h"

/* In BackEndStatus, ErrorCode and WebExceptionStatus= of GenericErrors. */
const struct explained explain_web_statuses[] = {
	{ .name = "ConnectFailure",
	  .class = "be_connect_failure",
	  .text = "No connection to the back end: the server or its web "
		  "service is down, or the port (444; 443 on Exchange 2010 "
		  "and 2007) is closed." },
	{ .name = "NameResolutionFailure",
	  .class = "be_dns_failure",
	  .text = "DNS does not know the name of the back end." },
	{ .name = "ProxyNameResolutionFailure",
	  .class = "be_dns_failure",
	  .text = "DNS does not know the name of a web proxy that the front "
		  "end is told to use. Exchange servers should use none "
		  "towards each other: netsh winhttp show proxy." },
	{ .name = "TrustFailure",
	  .class = "be_cert_untrusted",
	  .text = "The front end does not trust the certificate of the back "
		  "end." },
	{ .name = "SecureChannelFailure",
	  .class = "be_tls_failure",
	  .text = "Front end and back end could not agree on TLS: no "
		  "certificate is bound to port 444, or they have no TLS "
		  "version in common." },
	{ .name = "Timeout",
	  .class = "be_timeout",
	  .text = "The back end did not answer in time." },
	{ .name = "RequestCanceled",
	  .class = "be_request_canceled",
	  .text = "The front end gave the request up, often because the "
		  "client had gone." },
	{ .name = "SendFailure",
	  .class = "be_conn_dropped",
	  .text = "The connection broke while the request was being sent." },
	{ .name = "ReceiveFailure",
	  .class = "be_conn_dropped",
	  .text = "The connection broke before the whole answer had come." },
	{ .name = "ConnectionClosed",
	  .class = "be_conn_dropped",
	  .text = "The back end closed the connection too early." },
	{ .name = "KeepAliveFailure",
	  .class = "be_conn_dropped",
	  .text = "A connection that was kept open for further requests had "
		  "been closed meanwhile." },
	{ .name = "PipelineFailure",
	  .class = "be_conn_dropped",
	  .text = "The connection was closed while several requests waited "
		  "on it for their answers." },
	{ .name = "ServerProtocolViolation",
	  .class = "be_protocol_violation",
	  .text = "What came back was not valid HTTP: another program "
		  "answers on that port, or a device in between changed the "
		  "answer." },
	{ .name = "MessageLengthLimitExceeded",
	  .class = "be_protocol_violation",
	  .text = "The answer was longer than is allowed." },
	{ .name = "ProtocolError",
	  .text = "The back end did answer, but with an HTTP error: "
		  "ResponseStatusCode= beside it has the number. This word "
		  "alone does not decide the class of a row." },
	{ .name = "Success",
	  .text = "There was no error." },
	{ .name = "Pending",
	  .class = "be_other",
	  .text = "The request had not ended yet." },
	{ .name = "UnknownError",
	  .class = "be_other",
	  .text = "An error without a name of its own. The text behind "
		  "WebException= in GenericErrors may say more." },
	{ .name = "CacheEntryNotFound",
	  .class = "be_other",
	  .text = "The answer was to come from a cache that did not have it." },
	{ .name = "RequestProhibitedByCachePolicy",
	  .class = "be_other",
	  .text = "A cache policy forbade the request." },
	{ .name = "RequestProhibitedByProxy",
	  .class = "be_other",
	  .text = "A web proxy forbade the request. Exchange servers should "
		  "use none towards each other: netsh winhttp show proxy." },
	{ .name = NULL }
};
