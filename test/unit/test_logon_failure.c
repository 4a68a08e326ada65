/* SPDX-License-Identifier: MIT */
/* Why IIS answered 401: every code that is known, and what is none. */

#include "check.h"
#include "logon_failure.h"

static const struct {
	int64_t status, substatus, win32;
	enum logon_reason reason;
	uint32_t class_id;
	const char *name;
} cases[] = {
	/* no refusal of a logon */
	{ 200, 0, 0, LOGON_NO_FAILURE, 0, "" },
	{ 200, 0, 1326, LOGON_NO_FAILURE, 0, "" },
	{ 403, 4, 5, LOGON_NO_FAILURE, 0, "" },
	{ 500, 0, 1326, LOGON_NO_FAILURE, 0, "" },
	{ -1, 1, 1326, LOGON_NO_FAILURE, 0, "" },
	/* first legs */
	{ 401, 2, 5, LOGON_FIRST_LEG, 0, "ERROR_ACCESS_DENIED" },
	{ 401, 2, 0, LOGON_FIRST_LEG, 0, "" },
	{ 401, 2, -1, LOGON_FIRST_LEG, 0, "" },
	{ 401, 1, 0, LOGON_FIRST_LEG, 0, "" },
	{ 401, 1, 2148074254, LOGON_FIRST_LEG, 0, "SEC_E_NO_CREDENTIALS" },
	{ 401, 2, 2148074254, LOGON_FIRST_LEG, 0, "SEC_E_NO_CREDENTIALS" },
	{ 401, 1, 590610, LOGON_FIRST_LEG, 0, "SEC_I_CONTINUE_NEEDED" },
	/* the user */
	{ 401, 1, 1326, LOGON_PASSWORD_WRONG, 104, "ERROR_LOGON_FAILURE" },
	{ 401, 2, 1326, LOGON_PASSWORD_WRONG, 104, "ERROR_LOGON_FAILURE" },
	{ 401, -1, 1326, LOGON_PASSWORD_WRONG, 104, "ERROR_LOGON_FAILURE" },
	{ 401, 1, 0x8007052e, LOGON_PASSWORD_WRONG, 104,
	  "ERROR_LOGON_FAILURE" },
	{ 401, 1, 86, LOGON_PASSWORD_WRONG, 104, "ERROR_INVALID_PASSWORD" },
	{ 401, 1, 1315, LOGON_PASSWORD_WRONG, 104,
	  "ERROR_INVALID_ACCOUNT_NAME" },
	{ 401, 1, 1317, LOGON_PASSWORD_WRONG, 104, "ERROR_NO_SUCH_USER" },
	{ 401, 1, 2148074252, LOGON_PASSWORD_WRONG, 104, "SEC_E_LOGON_DENIED" },
	{ 401, 1, 1909, LOGON_LOCKED, 105, "ERROR_ACCOUNT_LOCKED_OUT" },
	{ 401, 1, 0x80070775, LOGON_LOCKED, 105, "ERROR_ACCOUNT_LOCKED_OUT" },
	{ 401, 1, 1330, LOGON_PASSWORD_EXPIRED, 106, "ERROR_PASSWORD_EXPIRED" },
	{ 401, 1, 1907, LOGON_MUST_CHANGE, 107, "ERROR_PASSWORD_MUST_CHANGE" },
	{ 401, 1, 1331, LOGON_DISABLED, 108, "ERROR_ACCOUNT_DISABLED" },
	{ 401, 1, 1793, LOGON_DISABLED, 108, "ERROR_ACCOUNT_EXPIRED" },
	{ 401, 1, 1327, LOGON_RESTRICTED, 108, "ERROR_ACCOUNT_RESTRICTION" },
	{ 401, 1, 1328, LOGON_RESTRICTED, 108, "ERROR_INVALID_LOGON_HOURS" },
	{ 401, 1, 1329, LOGON_RESTRICTED, 108, "ERROR_INVALID_WORKSTATION" },
	{ 401, 1, 1380, LOGON_RESTRICTED, 108, "ERROR_LOGON_NOT_GRANTED" },
	{ 401, 1, 1385, LOGON_RESTRICTED, 108, "ERROR_LOGON_TYPE_NOT_GRANTED" },
	{ 401, 1, 2148074310, LOGON_EXTENDED_PROTECTION, 109,
	  "SEC_E_BAD_BINDINGS" },
	/* the server */
	{ 401, 1, 1311, LOGON_SERVER_TROUBLE, 0, "ERROR_NO_LOGON_SERVERS" },
	{ 401, 1, 1355, LOGON_SERVER_TROUBLE, 0, "ERROR_NO_SUCH_DOMAIN" },
	{ 401, 1, 1396, LOGON_SERVER_TROUBLE, 0, "ERROR_WRONG_TARGET_NAME" },
	{ 401, 1, 1398, LOGON_SERVER_TROUBLE, 0, "ERROR_TIME_SKEW" },
	{ 401, 1, 1722, LOGON_SERVER_TROUBLE, 0, "RPC_S_SERVER_UNAVAILABLE" },
	{ 401, 1, 1723, LOGON_SERVER_TROUBLE, 0, "RPC_S_SERVER_TOO_BUSY" },
	{ 401, 1, 1726, LOGON_SERVER_TROUBLE, 0, "RPC_S_CALL_FAILED" },
	{ 401, 1, 1727, LOGON_SERVER_TROUBLE, 0, "RPC_S_CALL_FAILED_DNE" },
	{ 401, 1, 1753, LOGON_SERVER_TROUBLE, 0, "EPT_S_NOT_REGISTERED" },
	{ 401, 1, 1786, LOGON_SERVER_TROUBLE, 0, "ERROR_NO_TRUST_LSA_SECRET" },
	{ 401, 1, 1787, LOGON_SERVER_TROUBLE, 0, "ERROR_NO_TRUST_SAM_ACCOUNT" },
	{ 401, 1, 1788, LOGON_SERVER_TROUBLE, 0,
	  "ERROR_TRUSTED_DOMAIN_FAILURE" },
	{ 401, 1, 1789, LOGON_SERVER_TROUBLE, 0,
	  "ERROR_TRUSTED_RELATIONSHIP_FAILURE" },
	{ 401, 1, 1790, LOGON_SERVER_TROUBLE, 0, "ERROR_TRUST_FAILURE" },
	{ 401, 1, 1792, LOGON_SERVER_TROUBLE, 0, "ERROR_NETLOGON_NOT_STARTED" },
	{ 401, 1, 1908, LOGON_SERVER_TROUBLE, 0,
	  "ERROR_DOMAIN_CONTROLLER_NOT_FOUND" },
	{ 401, 1, 2148074244, LOGON_SERVER_TROUBLE, 0, "SEC_E_INTERNAL_ERROR" },
	{ 401, 1, 2148074257, LOGON_SERVER_TROUBLE, 0,
	  "SEC_E_NO_AUTHENTICATING_AUTHORITY" },
	{ 401, 1, 2148074274, LOGON_SERVER_TROUBLE, 0,
	  "SEC_E_WRONG_PRINCIPAL" },
	{ 401, 1, 2148074276, LOGON_SERVER_TROUBLE, 0, "SEC_E_TIME_SKEW" },
	{ 401, 1, 2148074306, LOGON_SERVER_TROUBLE, 0,
	  "SEC_E_KDC_UNKNOWN_ETYPE" },
	/* the rest */
	{ 401, 1, 64, LOGON_OTHER, 0, "ERROR_NETNAME_DELETED" },
	{ 401, 1, 1236, LOGON_OTHER, 0, "ERROR_CONNECTION_ABORTED" },
	{ 401, 1, 1935, LOGON_OTHER, 0,
	  "ERROR_AUTHENTICATION_FIREWALL_FAILED" },
	{ 401, 1, 2148074242, LOGON_OTHER, 0, "SEC_E_UNSUPPORTED_FUNCTION" },
	{ 401, 1, 2148074248, LOGON_OTHER, 0, "SEC_E_INVALID_TOKEN" },
	{ 401, 1, 2148074253, LOGON_OTHER, 0, "SEC_E_UNKNOWN_CREDENTIALS" },
	{ 401, 1, 5, LOGON_OTHER, 0, "ERROR_ACCESS_DENIED" },
	{ 401, 3, 5, LOGON_OTHER, 0, "ERROR_ACCESS_DENIED" },
	{ 401, 3, 0, LOGON_OTHER, 0, "" },
	{ 401, 0, 0, LOGON_OTHER, 0, "" },
	{ 401, 1, -1, LOGON_OTHER, 0, "" },
	{ 401, -1, -1, LOGON_OTHER, 0, "" },
	{ 401, -1, 0, LOGON_OTHER, 0, "" },
	{ 401, 1, 4294967296, LOGON_OTHER, 0, "" },
	{ 401, 2, 4294967295, LOGON_OTHER, 0, "" },
	{ 401, 1, 1325, LOGON_OTHER, 0, "" },
	{ 401, 1, 0x8006052e, LOGON_OTHER, 0, "" },
};

static void
test_cases(void)
{
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct logon_failure failure = logon_failure_of(
			cases[i].status, cases[i].substatus, cases[i].win32);
		const int64_t win32 = cases[i].win32;

		check_casef("%d.%d %lld", (int)cases[i].status,
			    (int)cases[i].substatus, (long long)win32);
		CHECK_INT(failure.reason, cases[i].reason);
		CHECK_INT(failure.class_id, cases[i].class_id);
		CHECK_STR(failure.name, cases[i].name);
		CHECK_INT(failure.win32, failure.reason != LOGON_NO_FAILURE &&
							 win32 > 0 &&
							 win32 <= UINT32_MAX
						 ? win32
						 : 0);
		CHECK((failure.text[0] != '\0') ==
		      (failure.reason != LOGON_NO_FAILURE));
	}
}

/* Each class is one of the built-in rules, and no rule gives it. */
static void
test_classes(void)
{
	static const char *const names[] = {
		"fe_password_wrong",   "fe_account_locked",
		"fe_password_expired", "fe_password_must_change",
		"fe_account_disabled", "fe_extended_protection",
	};
	rpclog_rules *rules = NULL;
	rpclog_class class;

	CHECK_STATUS(rpclog_rules_builtin(&rules, NULL), RPCLOG_OK);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		CHECK_CASE(names[i]);
		if (!CHECK(rpclog_rules_by_id(rules, 104 + (uint32_t)i,
					      &class)))
			continue;
		CHECK_STR(class.name, names[i]);
		CHECK_INT(class.popup, RPCLOG_POPUP_YES);
		CHECK_INT(class.severity, RPCLOG_MEDIUM);
	}
	rpclog_rules_free(rules);
}

int
main(void)
{
	test_cases();
	test_classes();
	return check_report();
}
