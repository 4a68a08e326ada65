/* SPDX-License-Identifier: MIT */
/*
 * What is found in rows out of a short text, so that tests of findings are
 * tables of strings.
 *
 * A text is rows parted by ';'.  A row is a start in seconds after 10:00, a
 * kind and changes:  "0 krb old t=cas2 u=bob m=2".  "20*60+5 ok u=u#" is twenty
 * of them from second 60 on, 5 seconds apart; # is the number of the row.
 *
 *	ok	200			krb	NegotiateSecurityContext, InvalidToken
 *	refuse	the back end's 401	skew	the same, TimeSkew
 *	down	ConnectFailure		dns	NameResolutionFailure
 *	tls	SecureChannelFailure	cert	TrustFailure
 *	late	Timeout			oauth	InvalidOAuthToken
 *	basic	Basic refused, no user	deny	401 and authenticated
 *	probe	an authenticated probe
 *
 *	old	the target is Exchange 2010
 *	u= user of CONTOSO  m= mailbox number  c= client, N of 192.0.2.N
 *	s= server  t= target  p= protocol  x= method  a= agent
 *	Column=value  '-' as value: empty; ~ is a blank, ^ a semicolon
 *
 * Defaults: u=alice m=1 c=1 s=ex1 t=mbx1 p=Mapi x=POST, of RpcHttp
 * x=RPC_OUT_DATA.
 */

#ifndef RPCLOG_CHECK_FOUND_H
#define RPCLOG_CHECK_FOUND_H

#include "check_rows.h"

/* The rows of 'text' in place of what there was. */
void check_found_rows(struct check_rows *rows, const char *text);
/*
 * Findings with one of the ids (blanks between), worst first, notes last:
 * "id severity subject [users] requests;", and "over" before the ';' if it is
 * ended or fixed.
 */
void check_found(struct check_text *out, struct check_rows *rows,
		 const char *text, const char *ids);
/* The same, all that they say. */
void check_found_told(struct check_text *out, struct check_rows *rows,
		      const char *text, const char *ids);

struct found_case {
	const char *name, *rows, *want;
};

/* One check for each case, and one that neither the order of rows nor the
 * number of gathers matters. */
void check_found_cases(struct check_rows *rows, const char *ids,
		       const struct found_case *cases, size_t count);

#endif /* RPCLOG_CHECK_FOUND_H */
