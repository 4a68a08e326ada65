/* SPDX-License-Identifier: MIT */
/* Why a logon failed, by the numbers in IIS logs: the user and the client. */

#include "explain.h"

/* sc-status.sc-substatus, and sc-win32-status. */
const struct explained explain_iis_statuses[] = {
	{ .name = "401",
	  .title = "Not logged on",
	  .text = "The server wants a logon first, or refused one. In "
		  "HttpProxy logs most of these are the harmless first part "
		  "of a logon (handshake, anonymous_challenge). A password "
		  "dialog that comes of a Kerberos failure behind the front "
		  "end is a 500 there, not a 401." },
	{ .name = "401.1",
	  .title = "The logon failed, or is not finished",
	  .text = "The client sent something to log on with, and was not "
		  "let in. The Win32 status behind it says why: 2148074254 "
		  "is the normal first part of a Windows logon, 1326 a "
		  "wrong name or password." },
	{ .name = "401.2",
	  .title = "No logon was sent, or a kind that is off here",
	  .text = "The request had no logon with it, or one of a kind that "
		  "is switched off. As the first request of a client this "
		  "is normal, since clients ask without a logon first.",
	  .remedy = "Nothing, unless a client never gets further. Then "
		  "compare the kinds of logon that the virtual directory "
		  "offers with those that the client can do." },
	{ .name = "401.3",
	  .title = "Logged on, but not allowed to read the file",
	  .text = "The logon worked; the permissions on the file or folder "
		  "keep this user out.",
	  .remedy = "Compare the permissions of the folder of the virtual "
		  "directory with those on a server that works." },
	{ .name = "5",
	  .also = "ERROR_ACCESS_DENIED",
	  .title = "Access denied",
	  .text = "With 401.2 this is the normal answer to a first request "
		  "without a logon." },
	{ .name = "64",
	  .also = "ERROR_NETNAME_DELETED",
	  .title = "The client closed the connection",
	  .text = "It had gone before the answer was sent. This says "
		  "nothing about its password." },
	{ .name = "86",
	  .also = "ERROR_INVALID_PASSWORD",
	  .class = "fe_password_wrong",
	  .title = "The password is wrong",
	  .text = "The user name is known, the password does not fit it.",
	  .remedy = "As with 1326." },
	{ .name = "1236",
	  .also = "ERROR_CONNECTION_ABORTED",
	  .title = "The connection was broken off",
	  .text = "One side ended it in the middle. This says nothing about "
		  "the password." },
	{ .name = "1315",
	  .also = "ERROR_INVALID_ACCOUNT_NAME",
	  .class = "fe_password_wrong",
	  .title = "The user name has no valid form",
	  .text = "What was sent can be no name of an account.",
	  .remedy = "Try the other form of the name: user@domain against "
		  "DOMAIN\\user." },
	{ .name = "1317",
	  .also = "ERROR_NO_SUCH_USER",
	  .class = "fe_password_wrong",
	  .title = "There is no such account",
	  .text = "The domain knows no account of that name.",
	  .remedy = "Try the other form of the name: user@domain against "
		  "DOMAIN\\user. Many such names from one address are a "
		  "password spray." },
	{ .name = "1326",
	  .also = "ERROR_LOGON_FAILURE",
	  .class = "fe_password_wrong",
	  .title = "Wrong user name or password",
	  .text = "Windows says the same for both, so that nobody can find "
		  "out names.",
	  .remedy = "Let the user sign in anew, and delete the old password "
		  "in Credential Manager. Try the other form of the name: "
		  "user@domain against DOMAIN\\user." },
	{ .name = "1327",
	  .also = "ERROR_ACCOUNT_RESTRICTION",
	  .class = "fe_account_disabled",
	  .title = "A rule for this account forbids the logon",
	  .text = "Such rules are: no empty passwords, an authentication "
		  "policy, or membership in Protected Users, whose members "
		  "can't use NTLM.",
	  .remedy = "See what applies to the account: its groups, and the "
		  "policies of the domain." },
	{ .name = "1328",
	  .also = "ERROR_INVALID_LOGON_HOURS",
	  .class = "fe_account_disabled",
	  .title = "Outside of the hours when the account may log on",
	  .text = "The account has hours of its own, and this was at "
		  "another time.",
	  .remedy = "Look at Logon Hours of the account in Active Directory "
		  "Users and Computers." },
	{ .name = "1329",
	  .also = "ERROR_INVALID_WORKSTATION",
	  .class = "fe_account_disabled",
	  .title = "The account may not log on from this computer",
	  .text = "The account is limited to certain computers (Log On To), "
		  "and this one is not among them.",
	  .remedy = "Add the computer, or the front end for logons that "
		  "come through it, or lift the limit." },
	{ .name = "1330",
	  .also = "ERROR_PASSWORD_EXPIRED",
	  .class = "fe_password_expired",
	  .title = "The password has expired",
	  .text = "The password was right, but it is too old to be used.",
	  .remedy = "Let the user change the password: on a computer of the "
		  "domain, or in Outlook on the web if that is set up to "
		  "allow it." },
	{ .name = "1331",
	  .also = "ERROR_ACCOUNT_DISABLED",
	  .class = "fe_account_disabled",
	  .title = "The account is disabled",
	  .text = "Somebody has switched the account off.",
	  .remedy = "If that is right, find the device that still tries. If "
		  "not: Enable-ADAccount NAME." },
	{ .name = "1380",
	  .also = "ERROR_LOGON_NOT_GRANTED",
	  .class = "fe_account_disabled",
	  .title = "The account lacks the right to log on this way",
	  .text = "On that server the account has not been given this kind "
		  "of logon.",
	  .remedy = "As with 1385." },
	{ .name = "1385",
	  .also = "ERROR_LOGON_TYPE_NOT_GRANTED",
	  .class = "fe_account_disabled",
	  .title = "The account lacks the right to log on this way",
	  .text = "On that server the account may not log on over the "
		  "network, or is told not to.",
	  .remedy = "On the front end look at the user rights \"Access this "
		  "computer from the network\" and \"Deny access to this "
		  "computer from the network\"." },
	{ .name = "1793",
	  .also = "ERROR_ACCOUNT_EXPIRED",
	  .class = "fe_account_disabled",
	  .title = "The account has expired",
	  .text = "The date until which the account is valid is past.",
	  .remedy = "Set a later one if the user is to go on: "
		  "Set-ADAccountExpiration NAME." },
	{ .name = "1907",
	  .also = "ERROR_PASSWORD_MUST_CHANGE",
	  .class = "fe_password_must_change",
	  .title = "The password must be changed first",
	  .text = "An administrator has set the password and asked for a "
		  "new one at the next logon. Outlook can't change it.",
	  .remedy = "Let the user log on to a computer of the domain and "
		  "change it, or take the mark \"must change at next "
		  "logon\" off the account." },
	{ .name = "1909",
	  .also = "ERROR_ACCOUNT_LOCKED_OUT",
	  .class = "fe_account_locked",
	  .title = "The account is locked",
	  .text = "Too many wrong passwords came for it. Windows locks the "
		  "account even if the password is right by now.",
	  .remedy = "Find what sends the old password before you unlock the "
		  "account, or it is locked again at once: event 4740 on "
		  "the domain controllers names the computer. Then "
		  "Unlock-ADAccount NAME." },
	{ .name = "590610",
	  .also = "0x00090312 SEC_I_CONTINUE_NEEDED",
	  .title = "The logon goes on with the next request",
	  .text = "With 401.1 this is a normal part of a Windows logon." },
	{ .name = "2148074242",
	  .also = "0x80090302 SEC_E_UNSUPPORTED_FUNCTION",
	  .title = "This way of logging on is not supported",
	  .text = "The client asked for something that the server's kind of "
		  "logon can't do." },
	{ .name = "2148074248",
	  .also = "0x80090308 SEC_E_INVALID_TOKEN",
	  .title = "What the client sent for its logon is unusable",
	  .text = "The server could not read it. With Kerberos: the ticket "
		  "was made for another account, because two accounts hold "
		  "the service name or the alternate service account is out "
		  "of date. With NTLM: a device in between mixes the "
		  "connections of several clients.",
	  .remedy = "setspn -X finds double names. A load balancer must not "
		  "share connections to the servers between clients that "
		  "use NTLM." },
	{ .name = "2148074252",
	  .also = "0x8009030C SEC_E_LOGON_DENIED",
	  .class = "fe_password_wrong",
	  .title = "The logon was denied",
	  .text = "Windows did not accept the credentials and gives no "
		  "closer reason; a wrong name or password is the usual one.",
	  .remedy = "As with 1326. The Security log of the front end or of "
		  "a domain controller has the reason (events 4625, 4771, "
		  "4776)." },
	{ .name = "2148074253",
	  .also = "0x8009030D SEC_E_UNKNOWN_CREDENTIALS",
	  .title = "The credentials were not recognised",
	  .text = "The server could make nothing of what the client logged "
		  "on with." },
	{ .name = "2148074254",
	  .also = "0x8009030E SEC_E_NO_CREDENTIALS",
	  .title = "First part of a Windows logon",
	  .text = "With 401.1 or 401.2 this is normal: the client has begun "
		  "a logon and has not sent its credentials yet.",
	  .remedy = "Nothing to do, unless a client never gets further." },
	{ .name = "2148074310",
	  .also = "0x80090346 SEC_E_BAD_BINDINGS",
	  .class = "fe_extended_protection",
	  .title = "Extended Protection refused the logon",
	  .text = "With Extended Protection a logon only counts on the TLS "
		  "connection that it was made for. Here it came by another "
		  "one: a device between client and server opens TLS, or "
		  "the client can't do Extended Protection.",
	  .remedy = "Let the load balancer pass TLS through, or give it the "
		  "same certificate as the servers (TLS bridging); TLS "
		  "offloading does not go with Extended Protection. Take "
		  "antivirus or proxies that open TLS on the client out of "
		  "the way." },
	{ .name = NULL }
};
