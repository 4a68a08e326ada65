/* SPDX-License-Identifier: MIT */
/* The books that `explain` looks into, in the order of its list. */

#include "explain.h"

const struct explained_book explained_books[] = {
	{ "a finding of diagnose", "Findings of diagnose",
	  explain_server_findings },
	{ "a finding of diagnose", NULL, explain_client_findings },
	{ "good to know", "Good to know", explain_topics },
	{ "a status in IIS logs", "Statuses in IIS logs: the user, the client",
	  explain_iis_statuses },
	{ "a status in IIS logs",
	  "Statuses in IIS logs: the server, its domain",
	  explain_iis_server_statuses },
	{ "an error code (ErrorCode)", "Error codes (ErrorCode)",
	  explain_error_codes },
	{ "a SecurityStatus", "SecurityStatus (in GenericErrors)",
	  explain_security_statuses },
	{ "a WebExceptionStatus",
	  "WebExceptionStatus (BackEndStatus, ErrorCode, GenericErrors)",
	  explain_web_statuses },
	{ "a log column", "Columns: request and client",
	  explain_request_columns },
	{ "a log column", "Columns: routing and back end",
	  explain_proxy_columns },
	{ "a log column", "Columns: times", explain_timing_columns },
	{ NULL, NULL, NULL }
};
