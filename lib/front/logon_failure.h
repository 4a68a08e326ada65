/* SPDX-License-Identifier: MIT */
/* Why IIS answered 401: from sc-status, sc-substatus and sc-win32-status. */

#ifndef RPCLOG_FRONT_LOGON_FAILURE_H
#define RPCLOG_FRONT_LOGON_FAILURE_H

#include "rpclog.h"

enum logon_reason {
	LOGON_NO_FAILURE,	/* the status is not 401 */
	LOGON_FIRST_LEG,	/* harmless: no credentials so far, or half of
				 * them; a good logon begins like this */
	LOGON_PASSWORD_WRONG,	/* or the user name */
	LOGON_LOCKED,
	LOGON_PASSWORD_EXPIRED,
	LOGON_MUST_CHANGE,
	LOGON_DISABLED,		/* or expired */
	LOGON_RESTRICTED,	/* not now, from here or in this way */
	LOGON_EXTENDED_PROTECTION,
	LOGON_SERVER_TROUBLE,	/* nobody could check the password */
	LOGON_OTHER		/* see 'win32'; 0 tells nothing */
};

/* Classes of the built-in rules that a reason stands for. */
#define LOGON_CLASS_NONE 0

struct logon_failure {
	enum logon_reason reason;
	uint32_t class_id;	/* 104 .. 109, or LOGON_CLASS_NONE */
	uint32_t win32;		/* as it was logged */
	const char *name;	/* of that, such as ERROR_LOGON_FAILURE; or "" */
	const char *text;	/* in plain words, without a full stop */
};

/* The class, or LOGON_CLASS_NONE. */
uint32_t logon_reason_class(enum logon_reason reason);
/* Numbers as w3c.h gives them: below 0 is not known. */
struct logon_failure logon_failure_of(int64_t status, int64_t substatus,
				      int64_t win32);

#endif /* RPCLOG_FRONT_LOGON_FAILURE_H */
