/* SPDX-License-Identifier: MIT */
/* Which library is loaded, and what it is made of. */

#include "inflate.h"
#include "regex.h"
#include "scan.h"

#include <stdio.h>

int
rpclog_version_number(void)
{
	return RPCLOG_VERSION_NUMBER;
}

const char *
rpclog_build_info(void)
{
	/* One a thread: the same text always, and nothing to race for. */
	static _Thread_local char text[192];
	char inflate[48], pcre2[REGEX_VERSION_SIZE];

	inflate_way(0)->version(inflate, sizeof(inflate));
	regex_version(pcre2);
	snprintf(text, sizeof(text),
		 "librpclog %d.%d.%d, %s, PCRE2 %s, scanner %s",
		 RPCLOG_VERSION_MAJOR, RPCLOG_VERSION_MINOR,
		 RPCLOG_VERSION_PATCH, inflate, pcre2, scan_name());
	return text;
}
