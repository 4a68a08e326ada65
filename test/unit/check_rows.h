/* SPDX-License-Identifier: MIT */
/*
 * Classified rows out of a short text, and what a tracker makes of them as
 * text again, so that tests of trackers are tables of strings.
 *
 * A text is rows parted by ';', a row is a start in seconds after 10:00, a
 * kind and changes:  "0 leg; 10.001 ok u=CONTOSO\\bob c=2"
 *
 *	leg	a 401 without a user		ok	authenticated, 200
 *	fail	the back end's 401, popup yes	basic	Basic refused, no user
 *	deny	401 and authenticated, likely	probe	an authenticated probe
 *	clock	a row of nobody: only its DateTime counts
 *
 *	u= user  m= mailbox number  c= client, N of 192.0.2.N or whole  a= agent
 *	s= server  t= target  p= protocol  x= method  d= DateTime, in seconds
 *	as the start  id= RequestId  e= ErrorCode  b= AnchorMailbox  y= UrlStem
 *	l= TotalRequestTime   '-' as value: empty
 *	and any column by its name, as in UrlHost=a.example: there + is a blank
 *	and | a semicolon
 *
 * Defaults: CONTOSO\alice where there is a user, m=1 c=1 (a probe's is
 * 10.0.0.9) a=agent s=CAS01 t=mbx01 p=Mapi x=POST, DateTime as the start.
 */

#ifndef RPCLOG_CHECK_ROWS_H
#define RPCLOG_CHECK_ROWS_H

#include "check_log.h"

struct check_row {
	struct check_text text;
	rpclog_parser *parser; /* each row has its own: no loan ends */
	const rpclog_row *row;
	rpclog_verdict verdict;
};

struct check_rows {
	rpclog_rules *rules;
	rpclog_matcher *matcher;
	struct check_row *row;
	size_t count, room;
};

void check_rows_init(struct check_rows *r);
void check_rows_add(struct check_rows *r, const char *text);
/* One more: columns and a row, which are the rows' from now on. */
void check_rows_take(struct check_rows *r, const struct check_text *line);
/* No rows; the rules stay. */
void check_rows_clear(struct check_rows *r);
void check_rows_free(struct check_rows *r);

/* All rows in their order, and finish. */
rpclog_status check_rows_track(const struct check_rows *r,
			       rpclog_tracker *tracker);
/* The rows of 'text' in place of what there was, through a new tracker. */
rpclog_tracker *check_tracked(struct check_rows *r, const char *text,
			      const rpclog_options *options);

/* Each of them a line or a word for each item, blanks between. */
void check_settled(struct check_text *out, const struct check_rows *r,
		   const rpclog_tracker *tracker); /* class of each row */
void check_actors(struct check_text *out, const struct check_rows *r,
		  const rpclog_tracker *tracker); /* actor of each row */
/* "first-last requests class actor client target server;" */
void check_prompts(struct check_text *out, rpclog_tracker *tracker);
/*
 * "quarter first-last requests prompts p30/p120/p300/p900 class popup actor
 * client target server protocol;"
 */
void check_tallies(struct check_text *out, rpclog_tracker *tracker);

/* The next row; NULL at the end, which is a new beginning. */
const rpclog_row *check_next_row(rpclog_parser *p,
				 const struct check_text *text);

#endif /* RPCLOG_CHECK_ROWS_H */
