/* SPDX-License-Identifier: MIT */
/* Why a logon was refused, as far as a log tells. */

#include "logons.h"

#include <stdio.h>

const struct reasons *
reasons_of(const struct logons *l, enum logon_side side, uint32_t name)
{
	const struct reasons *reasons =
		l->reasons[side] ? &l->reasons[side][name] : NULL;

	for (size_t i = 0; reasons && i < ARRAY_LEN(reasons->requests); i++) {
		if (reasons->requests[i] > 0)
			return reasons;
	}
	return NULL;
}

void
reasons_text(char *text, size_t size, const struct reasons *reasons)
{
	static const char *const words[LOGON_OTHER + 1] = {
		[LOGON_PASSWORD_WRONG] = "wrong password or user name",
		[LOGON_LOCKED] = "account locked",
		[LOGON_PASSWORD_EXPIRED] = "password expired",
		[LOGON_MUST_CHANGE] = "password must be changed first",
		[LOGON_DISABLED] = "account disabled or expired",
		[LOGON_RESTRICTED] = "not allowed at this time or from there",
		[LOGON_EXTENDED_PROTECTION] = "Extended Protection failed",
		[LOGON_SERVER_TROUBLE] =
			"the server could not check the password",
		[LOGON_OTHER] = "another reason",
	};
	size_t len = 0;

	text[0] = '\0';
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		unsigned long long n = reasons->requests[i];

		if (n > 0 && words[i] && len < size)
			len += (size_t)snprintf(text + len, size - len,
						"%s%s (%llu time%s)",
						len > 0 ? ", " : "", words[i],
						n, n == 1 ? "" : "s");
	}
}

void
say_reasons(struct findings *f, struct draft *d, const struct reasons *reasons)
{
	char text[REASONS_SIZE];

	if (!reasons) {
		say(f, d, LINE_WHY,
		    "This log can't tell a wrong password from a locked or "
		    "disabled account. The logs of IIS can: copy the folders "
		    "W3SVC1 of the front ends (inetpub\\logs\\LogFiles) beside "
		    "these logs and run diagnose again.");
		return;
	}
	reasons_text(text, sizeof(text), reasons);
	say(f, d, LINE_WHY, "IIS, the web server of the front end, says: %s.",
	    text);
}

void
say_no_address(struct findings *f, struct draft *d, uint32_t client)
{
	rpclog_slice name = name_at(f, client);

	if (name.len == 0)
		say(f, d, LINE_WHY,
		    "The log has no address for it. That of the TCP connection "
		    "is in the log of IIS (c-ip) or of the load balancer.");
	else if (!is_address(name))
		say(f, d, LINE_WHY,
		    "What stands in the log in place of the address, %S, is "
		    "none: most likely it came in the header X-Forwarded-For, "
		    "which any client can forge. The real address is in the "
		    "log of IIS (c-ip) or of the load balancer.",
		    client);
}
