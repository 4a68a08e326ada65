/* SPDX-License-Identifier: MIT */
/* Why IIS answered 401. */

#include "logon_failure.h"

#include "base.h"

/* By code; the names are those of winerror.h. */
static const struct code {
	uint32_t win32;
	enum logon_reason reason;
	const char *name, *text;
} codes[] = {
	{ 64, LOGON_OTHER, "ERROR_NETNAME_DELETED",
	  "the client closed the connection" },
	{ 86, LOGON_PASSWORD_WRONG, "ERROR_INVALID_PASSWORD",
	  "the password is wrong" },
	{ 1236, LOGON_OTHER, "ERROR_CONNECTION_ABORTED",
	  "the connection was broken off" },
	{ 1311, LOGON_SERVER_TROUBLE, "ERROR_NO_LOGON_SERVERS",
	  "no domain controller was in reach" },
	{ 1315, LOGON_PASSWORD_WRONG, "ERROR_INVALID_ACCOUNT_NAME",
	  "the user name has no valid form" },
	{ 1317, LOGON_PASSWORD_WRONG, "ERROR_NO_SUCH_USER",
	  "there is no such user" },
	{ 1326, LOGON_PASSWORD_WRONG, "ERROR_LOGON_FAILURE",
	  "the user name or the password is wrong" },
	{ 1327, LOGON_RESTRICTED, "ERROR_ACCOUNT_RESTRICTION",
	  "a policy keeps the account from logging on" },
	{ 1328, LOGON_RESTRICTED, "ERROR_INVALID_LOGON_HOURS",
	  "the account may not log on at this hour" },
	{ 1329, LOGON_RESTRICTED, "ERROR_INVALID_WORKSTATION",
	  "the account may not log on from this computer" },
	{ 1330, LOGON_PASSWORD_EXPIRED, "ERROR_PASSWORD_EXPIRED",
	  "the password has expired" },
	{ 1331, LOGON_DISABLED, "ERROR_ACCOUNT_DISABLED",
	  "the account is disabled" },
	{ 1355, LOGON_SERVER_TROUBLE, "ERROR_NO_SUCH_DOMAIN",
	  "the domain does not exist or could not be reached" },
	{ 1380, LOGON_RESTRICTED, "ERROR_LOGON_NOT_GRANTED",
	  "the account may not log on to the server in this way" },
	{ 1385, LOGON_RESTRICTED, "ERROR_LOGON_TYPE_NOT_GRANTED",
	  "the account may not log on to the server in this way" },
	{ 1396, LOGON_SERVER_TROUBLE, "ERROR_WRONG_TARGET_NAME",
	  "the ticket is for another account: a service principal name" },
	{ 1398, LOGON_SERVER_TROUBLE, "ERROR_TIME_SKEW",
	  "the clocks are too far apart" },
	{ 1722, LOGON_SERVER_TROUBLE, "RPC_S_SERVER_UNAVAILABLE",
	  "the domain controller did not answer" },
	{ 1723, LOGON_SERVER_TROUBLE, "RPC_S_SERVER_TOO_BUSY",
	  "the domain controller was too busy" },
	{ 1726, LOGON_SERVER_TROUBLE, "RPC_S_CALL_FAILED",
	  "the call to the domain controller failed" },
	{ 1727, LOGON_SERVER_TROUBLE, "RPC_S_CALL_FAILED_DNE",
	  "the call to the domain controller failed" },
	{ 1753, LOGON_SERVER_TROUBLE, "EPT_S_NOT_REGISTERED",
	  "the domain controller's service did not run" },
	{ 1786, LOGON_SERVER_TROUBLE, "ERROR_NO_TRUST_LSA_SECRET",
	  "the server has lost its trust with the domain" },
	{ 1787, LOGON_SERVER_TROUBLE, "ERROR_NO_TRUST_SAM_ACCOUNT",
	  "the domain has no account for the server's trust" },
	{ 1788, LOGON_SERVER_TROUBLE, "ERROR_TRUSTED_DOMAIN_FAILURE",
	  "the trust between the domains failed" },
	{ 1789, LOGON_SERVER_TROUBLE, "ERROR_TRUSTED_RELATIONSHIP_FAILURE",
	  "the server's trust with the domain failed" },
	{ 1790, LOGON_SERVER_TROUBLE, "ERROR_TRUST_FAILURE",
	  "the network logon failed" },
	{ 1792, LOGON_SERVER_TROUBLE, "ERROR_NETLOGON_NOT_STARTED",
	  "the service Netlogon did not run" },
	{ 1793, LOGON_DISABLED, "ERROR_ACCOUNT_EXPIRED",
	  "the account has expired" },
	{ 1907, LOGON_MUST_CHANGE, "ERROR_PASSWORD_MUST_CHANGE",
	  "the password must be changed before the next logon" },
	{ 1908, LOGON_SERVER_TROUBLE, "ERROR_DOMAIN_CONTROLLER_NOT_FOUND",
	  "no domain controller was found" },
	{ 1909, LOGON_LOCKED, "ERROR_ACCOUNT_LOCKED_OUT",
	  "the account is locked out" },
	{ 1935, LOGON_OTHER, "ERROR_AUTHENTICATION_FIREWALL_FAILED",
	  "the trust allows only chosen accounts to log on to the server" },
	{ 590610, LOGON_FIRST_LEG, "SEC_I_CONTINUE_NEEDED",
	  "the logon goes on with the next request" },
	{ 0x80090302, LOGON_OTHER, "SEC_E_UNSUPPORTED_FUNCTION",
	  "the server does not support this way of logging on" },
	{ 0x80090304, LOGON_SERVER_TROUBLE, "SEC_E_INTERNAL_ERROR",
	  "the server's security subsystem failed" },
	{ 0x80090308, LOGON_OTHER, "SEC_E_INVALID_TOKEN",
	  "the client's token can't be used" },
	{ 0x8009030c, LOGON_PASSWORD_WRONG, "SEC_E_LOGON_DENIED",
	  "the logon was denied: as a rule a wrong user name or password" },
	{ 0x8009030d, LOGON_OTHER, "SEC_E_UNKNOWN_CREDENTIALS",
	  "the credentials were not recognised" },
	{ 0x8009030e, LOGON_FIRST_LEG, "SEC_E_NO_CREDENTIALS",
	  "no credentials had been sent so far" },
	{ 0x80090311, LOGON_SERVER_TROUBLE, "SEC_E_NO_AUTHENTICATING_AUTHORITY",
	  "no domain controller was in reach" },
	{ 0x80090322, LOGON_SERVER_TROUBLE, "SEC_E_WRONG_PRINCIPAL",
	  "the ticket is for another account: a service principal name" },
	{ 0x80090324, LOGON_SERVER_TROUBLE, "SEC_E_TIME_SKEW",
	  "the clocks are too far apart" },
	{ 0x80090342, LOGON_SERVER_TROUBLE, "SEC_E_KDC_UNKNOWN_ETYPE",
	  "no kind of encryption that both sides know" },
	{ 0x80090346, LOGON_EXTENDED_PROTECTION, "SEC_E_BAD_BINDINGS",
	  "the logon is bound to another TLS channel" },
};

static const uint32_t classes[] = {
	[LOGON_PASSWORD_WRONG] = 104,
	[LOGON_LOCKED] = 105,
	[LOGON_PASSWORD_EXPIRED] = 106,
	[LOGON_MUST_CHANGE] = 107,
	[LOGON_DISABLED] = 108,
	[LOGON_RESTRICTED] = 108,
	[LOGON_EXTENDED_PROTECTION] = 109,
	[LOGON_OTHER] = LOGON_CLASS_NONE,
};

uint32_t
logon_reason_class(enum logon_reason reason)
{
	return (size_t)reason < ARRAY_LEN(classes) ? classes[reason]
						   : LOGON_CLASS_NONE;
}

#define ACCESS_DENIED	 5
#define SUB_LOGON_FAILED 1 /* 401.1 */
#define SUB_NOT_OFFERED	 2 /* 401.2: no credentials that the site takes */
#define SUB_ACCESS_LIST	 3 /* 401.3 */

/* A code of Windows as an HRESULT is the same code. */
static uint32_t
without_facility(uint32_t win32)
{
	return win32 >> 16 == 0x8007 ? win32 & 0xffff : win32;
}

static const struct code *
find_code(uint32_t win32)
{
	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		if (codes[i].win32 == win32)
			return &codes[i];
	return NULL;
}

/* What the substatus tells where the code is none or "access denied". */
static void
by_substatus(struct logon_failure *failure, int64_t substatus, bool denied)
{
	failure->reason = LOGON_OTHER;
	if (denied)
		failure->name = "ERROR_ACCESS_DENIED";
	if (substatus == SUB_NOT_OFFERED ||
	    (substatus == SUB_LOGON_FAILED && failure->win32 == 0)) {
		failure->reason = LOGON_FIRST_LEG;
		failure->text = "no credentials had been sent so far";
	} else if (substatus == SUB_ACCESS_LIST) {
		failure->text = "logged on, but an access list refused";
	} else if (denied) {
		failure->text = "access was denied";
	} else {
		failure->text = "the log does not tell why";
	}
}

struct logon_failure
logon_failure_of(int64_t status, int64_t substatus, int64_t win32)
{
	const bool told = win32 >= 0 && win32 <= UINT32_MAX;
	struct logon_failure failure = { LOGON_NO_FAILURE, LOGON_CLASS_NONE, 0,
					 "", "" };
	const struct code *code;
	uint32_t plain;

	if (status != 401)
		return failure;
	failure.win32 = told ? (uint32_t)win32 : 0;
	plain = without_facility(failure.win32);
	code = find_code(plain);
	if (code) {
		failure.reason = code->reason;
		failure.name = code->name;
		failure.text = code->text;
	} else if (plain == 0 || plain == ACCESS_DENIED) {
		/* Without a code only 401.2 speaks for itself. */
		by_substatus(&failure,
			     told || substatus == SUB_NOT_OFFERED ? substatus
								  : -1,
			     plain == ACCESS_DENIED);
	} else {
		failure.reason = LOGON_OTHER;
		failure.text = "an error that has no name here";
	}
	failure.class_id = classes[failure.reason];
	return failure;
}
