/* SPDX-License-Identifier: MIT */
/* The classes that only diagnose gives: an IIS log says why a logon failed. */

#include "explain.h"

const struct explained explain_reasons[] = {
	{ .name = "fe_password_wrong",
	  .title = "Wrong user name or password",
	  .text = "The IIS log says 1326 or 2148074252 for a logon that "
		  "failed: the user name or the password is wrong. Windows "
		  "does not say which.",
	  .remedy = "Let the user sign in anew, and delete the old password "
		  "in Credential Manager. Try the other form of the name: "
		  "user@domain against DOMAIN\\user." },
	{ .name = "fe_account_locked",
	  .title = "The account is locked",
	  .text = "The IIS log says 1909: too many wrong passwords came for "
		  "this account, and Windows takes no more, not even the "
		  "right one.",
	  .remedy = "Find what sends the old password before you unlock the "
		  "account: event 4740 on the domain controllers names the "
		  "computer. Then Unlock-ADAccount NAME." },
	{ .name = "fe_password_expired",
	  .title = "The password has expired",
	  .text = "The IIS log says 1330: the password is right, but too "
		  "old to be used.",
	  .remedy = "Let the user change the password: on a computer of the "
		  "domain, or in Outlook on the web if that is set up to "
		  "allow it." },
	{ .name = "fe_password_must_change",
	  .title = "The password must be changed first",
	  .text = "The IIS log says 1907: a new password is due at the next "
		  "logon, and Outlook can't change it.",
	  .remedy = "Let the user log on to a computer of the domain and "
		  "change it, or take the mark \"must change at next "
		  "logon\" off the account." },
	{ .name = "fe_account_disabled",
	  .title = "The account is disabled",
	  .text = "The IIS log says 1331: somebody has switched the account "
		  "off.",
	  .remedy = "If that is right, find the device that still tries. If "
		  "not: Enable-ADAccount NAME." },
	{ .name = "fe_extended_protection",
	  .title = "Extended Protection refused the logon",
	  .text = "The IIS log says 2148074310: the logon came by another "
		  "TLS connection than it was made for. A device between "
		  "client and server opens TLS, or the client can't do "
		  "Extended Protection.",
	  .remedy = "Let the load balancer pass TLS through, or give it the "
		  "same certificate as the servers; TLS offloading does not "
		  "go with Extended Protection." },
	{ .name = NULL }
};
