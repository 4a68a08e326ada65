/* SPDX-License-Identifier: MIT */
/* Why a logon was refused, as far as a log tells. */

#include "logons.h"

#include <stdio.h>

const struct reasons *
reasons_of(const struct logons *l, enum logon_side side, uint32_t name)
{
	const struct reasons *reasons =
		l->reasons[side] ? &l->reasons[side][name] : NULL;

	for (size_t i = 0; reasons && i < REASON_COUNT; i++) {
		if (reasons->requests[i] > 0)
			return reasons;
	}
	return NULL;
}

void
say_reasons(struct findings *f, struct draft *d, const struct reasons *reasons)
{
	static const char *const words[REASON_COUNT] = {
		"wrong name or password", "account locked",
		"password expired",	  "password must be changed first",
		"account disabled",	  "Extended Protection failed",
	};
	char text[400];
	size_t len = 0;

	if (!reasons) {
		say(f, d, LINE_WHY,
		    "This log can't tell a wrong password from a locked or "
		    "disabled account. The logs of IIS can: copy the folders "
		    "W3SVC1 of the front ends (inetpub\\logs\\LogFiles) beside "
		    "these logs and run diagnose again.");
		return;
	}
	for (size_t i = 0; i < REASON_COUNT; i++) {
		unsigned long long n = reasons->requests[i];

		if (n > 0)
			len += (size_t)snprintf(text + len, sizeof(text) - len,
						"%s%s (%llu time%s)",
						len > 0 ? ", " : "", words[i],
						n, n == 1 ? "" : "s");
	}
	say(f, d, LINE_WHY, "IIS, the web server of the front end, says: %s.",
	    text);
}
