/* SPDX-License-Identifier: MIT */
/* Foreign logs by what they say of themselves. */

#include "recognize.h"

struct clue {
	const char *start; /* of a line */
	const char *name;
};

/* '#' lines name the software or the kind of log; the first clue stays. */
static const struct clue clues[] = {
	{ "#Software: Microsoft Internet Information Services", "IIS W3C" },
	{ "#Software: Microsoft HTTP API", "HTTPERR" },
	{ "#Log-type: RpcHttp Log", "RpcHttp Log" },
	{ "#Log-type: RCA Protocol Logs", "RCA" },
	{ "#Log-type: AddressBook Protocol Logs", "AddressBook" },
	{ "#Log-type: MAPI Mailbox Protocol Logs", "MAPI Mailbox" },
	{ "#Log-type: MAPI AddressBook Protocol Logs", "MAPI AddressBook" },
	{ "#Log-type: EWS Logs", "EWS back end" },
	{ "#Log-type: Autodiscover Protocol Logs", "Autodiscover back end" },
	{ "#Log-type: OAB download Protocol Logs", "OAB download" },
	{ "#Log-type: Routing Update Module", "Routing Update" },
	{ "#Log-type: SMTP Receive", "SMTP Receive" },
	{ "#Log-type: SMTP Send", "SMTP Send" },
	{ "#Log-type: Message Tracking", "Message Tracking" },
	{ "#Log-type: ECP", "ECP" },
	{ "#Log-type: OWA", "OWA" },
	{ "DateTime;", "semicolon separated" },
	{ "\"DateTime\";", "semicolon separated" },
	{ "DateTime,RequestId,MapiRequestId,", "MAPI/HTTP back end" },
	{ "DateTime,", "another Exchange log" },
	{ "date-time,", "another Exchange log" },
	{ "TimeStamp,ServerName,EventId,", "another Exchange log" },
};

static bool
has_lone_cr(rpclog_slice text)
{
	for (size_t i = 0; i + 1 < text.len; i++) {
		if (text.ptr[i] == '\r' && text.ptr[i + 1] != '\r')
			return true;
	}
	return false;
}

void
recognize_line(struct recognizer *r, rpclog_slice text)
{
	if (slice_starts(text, SLICE("#Log-type: HttpProxy Logs")) ||
	    slice_starts(text, SLICE("#Log-type: ProxyLogs")))
		r->says_httpproxy = true;
	if (text.len > 0 && memchr(text.ptr, '\0', text.len))
		r->nuls = true;
	if (has_lone_cr(text))
		r->lone_cr = true;

	for (size_t i = 0; i < ARRAY_LEN(clues); i++) {
		if (!slice_starts(text, slice_str(clues[i].start)))
			continue;
		/* A guess by the bare column row gives way to a #Log-type. */
		if (!r->name || text.ptr[0] == '#')
			r->name = clues[i].name;
		return;
	}
}

const char *
recognize_name(const struct recognizer *r)
{
	if (r->nuls)
		return "binary";
	if (r->lone_cr)
		return "CR line ends";
	return r->name ? r->name : "unknown";
}
