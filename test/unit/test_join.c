/* SPDX-License-Identifier: MIT */
/*
 * What logs of IIS and of the RpcHttp module say of refused logons, and what
 * becomes of it in the tables.
 */

#include <stdio.h>

#include "check_join.h"

static struct check_rows rows;

static const struct {
	const char *name, *rows;
	struct check_log logs[4];
	const char *want;
} cases[] = {
	{ "no other log",
	  LEGS,
	  { { NULL, NULL, false } },
	  "0: 0..2 3 #1-3 at=0 a=" MAILBOX
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=102;"
	  " / " },
	{ "IIS tells of other requests",
	  LEGS,
	  { { join_iis, HEAD LINE(77, 443, WRONG), false } },
	  "0: 0..2 3 #1-3 at=0 a=" MAILBOX
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=102;"
	  " / " },
	{ "a reason for each leg",
	  LEGS,
	  { { join_iis,
	      HEAD LINE(01, 443, WRONG) LINE(02, 443, LOCKED)
		      LINE(03, 443, WRONG),
	      false } },
	  "3: 0..2 3 #1-3 at=0 a=" MAILBOX
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=102;"
	  " / 0..2 2 #1-3 a=" MAILBOX " c=192.0.2.1 s=CAS01 k=104 kind=2;"
	  "1..1 1 #2-2 a=" MAILBOX " c=192.0.2.1 s=CAS01 k=105 kind=3;" },
	{ "a leg that was none too many is taken back",
	  LEGS,
	  { { join_iis, HEAD LINE(01, 443, FIRST) LINE(02, 443, WRONG),
	      false } },
	  "2: 1..2 2 #2-3 at=0 a=" MAILBOX
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=102;"
	  " / 1..1 1 #2-2 a=" MAILBOX " c=192.0.2.1 s=CAS01 k=104 kind=2;" },
	{ "all of them: nobody was refused",
	  LEGS,
	  { { join_iis,
	      HEAD LINE(01, 443, FIRST) LINE(02, 443, FIRST)
		      LINE(03, 443, FIRST),
	      false } },
	  "3:  / " },
	{ "the port of the back end says nothing",
	  LEGS,
	  { { join_iis, HEAD LINE(01, 444, WRONG) LINE(02, 444, FIRST),
	      false } },
	  "0: 0..2 3 #1-3 at=0 a=" MAILBOX
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=102;"
	  " / " },
	{ "nor does a status that is no 401",
	  LEGS,
	  { { join_iis, HEAD LINE(01, 443, FINE) LINE(02, 443, "500 0 1326"),
	      false } },
	  "0: 0..2 3 #1-3 at=0 a=" MAILBOX
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=102;"
	  " / " },
	{ "of two logs with one id the refusal counts",
	  LEGS,
	  { { join_iis, HEAD LINE(01, 443, WRONG), false },
	    { join_iis, HEAD LINE(01, 443, FIRST) LINE(02, 443, FIRST), false },
	    { join_iis, HEAD LINE(02, 443, LOCKED), false } },
	  "4: 0..2 3 #1-3 at=0 a=" MAILBOX
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=102;"
	  " / 0..0 1 #1-1 a=" MAILBOX " c=192.0.2.1 s=CAS01 k=104 kind=2;"
	  "1..1 1 #2-2 a=" MAILBOX " c=192.0.2.1 s=CAS01 k=105 kind=3;" },
	{ "two legs with one id",
	  "0 leg id=" ID(01) ";1 leg id=" ID(01) ";2 leg id=" ID(
		  02) ";300 clock",
	  { { join_iis, HEAD LINE(01, 443, WRONG), false } },
	  "2: 0..2 3 #1-3 at=0 a=" MAILBOX
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=102;"
	  " / 0..1 2 #1-2 a=" MAILBOX " c=192.0.2.1 s=CAS01 k=104 kind=2;" },
	{ "too few legs for a verdict, and IIS has one",
	  "0 leg id=" ID(01) ";300 clock",
	  { { join_iis, HEAD LINE(01, 443, LOCKED), false } },
	  "1:  / 0..0 1 #1-1 a=" MAILBOX " c=192.0.2.1 s=CAS01 k=105 kind=3;" },
	{ "a leg whose logon worked is not asked for",
	  "0 leg id=" ID(01) ";1 ok;300 clock",
	  { { join_iis, HEAD LINE(01, 443, WRONG), false } },
	  "0:  / " },
	{ "Basic: a reason for each row",
	  "0 basic id=" ID(01) "; 1 basic id=" ID(02) ";2 basic id=" ID(
		  03) " c=2 m=- s=CAS02",
	  { { join_iis,
	      HEAD LINE(01, 443, WRONG) LINE(02, 443, FIRST)
		      LINE(03, 443, "401 1 1331"),
	      false } },
	  "3: 2..2 1 #3-3 at=0 a=client:192.0.2.2 c=192.0.2.2 s=CAS02 t=mbx01 "
	  "p=Mapi k=90;"
	  "0..1 2 #1-2 at=0 a=" MAILBOX
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=90;"
	  " / 2..2 1 #3-3 a=client:192.0.2.2 c=192.0.2.2 s=CAS02 k=108 kind=6;"
	  "0..0 1 #1-1 a=" MAILBOX " c=192.0.2.1 s=CAS01 k=104 kind=2;" },
	{ "a code without a class",
	  "0 basic id=" ID(01),
	  { { join_iis, HEAD LINE(01, 443, "401 1 1311"), false } },
	  "1: 0..0 1 #1-1 at=0 a=" MAILBOX
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=90;"
	  " / 0..0 1 #1-1 a=" MAILBOX " c=192.0.2.1 s=CAS01 k=102 kind=9;" },
	{ "a last line without an end counts if the log is whole",
	  LEGS,
	  { { join_iis,
	      HEAD "2026-03-02 10:00:01 cafeReqId=" ID(01) " 443 " WRONG,
	      false },
	    { join_iis,
	      HEAD "2026-03-02 10:00:01 cafeReqId=" ID(02) " 443 " WRONG,
	      true } },
	  "1: 0..2 3 #1-3 at=0 a=" MAILBOX
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=102;"
	  " / 0..0 1 #1-1 a=" MAILBOX " c=192.0.2.1 s=CAS01 k=104 kind=2;" },
	{ "ids that are none",
	  "0 leg id=x; 1 leg id=-; 2 leg; 3 basic; 300 clock",
	  { { join_iis, HEAD LINE(01, 443, WRONG), false } },
	  "0: 3..3 1 #4-4 at=0 a=" MAILBOX
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=90;"
	  "0..2 3 #1-3 at=0 a=" MAILBOX
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=102;"
	  " / " },
	{ "legs of RPC are suspected",
	  RPC_LEGS,
	  { { NULL, NULL, false } },
	  "0: 0..2 3 #1-3 at=0 a=" MAILBOX
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=103;"
	  " / " },
	{ "the module opened a channel: its legs are taken back",
	  RPC_LEGS,
	  { { join_rpchttp,
	      MODULE("00:01", OPENED, "CONTOSO\\alice", "01", "192.0.2.1:4711"),
	      false } },
	  "2: 2..2 1 #3-3 at=0 a=" MAILBOX
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=103;"
	  " / " },
	{ "another stage, user, mailbox, client or time",
	  RPC_LEGS,
	  { { join_rpchttp,
	      MODULE("00:01", "EndRequest", "CONTOSO\\alice", "01", "192.0.2.1")
		      MODULE("00:01", OPENED, "", "01", "192.0.2.1")
			      MODULE("00:01", OPENED, "CONTOSO\\alice", "02",
				     "192.0.2.1") MODULE("00:01", OPENED,
							 "CONTOSO\\alice", "01",
							 "192.0.2.2")
				      MODULE("05:01", OPENED, "CONTOSO\\alice",
					     "01", "192.0.2.1"),
	      false } },
	  "0: 0..2 3 #1-3 at=0 a=" MAILBOX
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=103;"
	  " / " },
	{ "IIS says more than the module",
	  RPC_LEGS,
	  { { join_rpchttp,
	      MODULE("00:02", OPENED, "CONTOSO\\alice", "01", "192.0.2.1"),
	      false },
	    { join_iis, HEAD LINE(03, 443, WRONG), false } },
	  "4: 2..2 1 #3-3 at=0 a=" MAILBOX
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=103;"
	  " / 2..2 1 #3-3 a=" MAILBOX " c=192.0.2.1 s=CAS01 k=104 kind=2;" },
	{ "the module does not ask for Mapi",
	  LEGS,
	  { { join_rpchttp,
	      MODULE("00:02", OPENED, "CONTOSO\\alice", "01", "192.0.2.1"),
	      false } },
	  "0: 0..2 3 #1-3 at=0 a=" MAILBOX
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=102;"
	  " / " },
};

static void
test_cases(void)
{
	static const struct check_way ways[] = {
		{ 1, 1, 0, NULL, NULL }, { 3, 1, 0, NULL, NULL },
		{ 1, 2, 0, NULL, NULL }, { 2, 2, 1, NULL, NULL },
		{ 1, 1, 7, NULL, NULL }, { 3, 2, 50, NULL, NULL },
	};
	rpclog_options options = RPCLOG_OPTIONS_INIT;

	options.settle_s = options.settle_rpc_s = 60;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		check_rows_clear(&rows);
		check_rows_add(&rows, cases[i].rows);
		for (size_t k = 0; k < ARRAY_LEN(ways); k++) {
			struct check_text got = { 0 };
			struct check_way way = ways[k];

			way.options = &options;
			check_casef("%s, %d", cases[i].name, (int)k);
			CHECK_STATUS(
				check_joined(&got, &rows, cases[i].logs, &way),
				RPCLOG_OK);
			CHECK_STR(got.ptr, cases[i].want);
			check_text_free(&got);
		}
	}
}

/* ---- the chooser ----------------------------------------------------------
 */

static rpclog_choice
choose_row(void *ctx, const rpclog_row *row, const rpclog_verdict *verdict)
{
	(void)ctx;
	(void)row;
	(void)verdict;
	return RPCLOG_CHOICE_LATER;
}

static int
choose_settled(void *ctx, const rpclog_settled *settled)
{
	return slice_eq(settled->actor, slice_str(ctx)) &&
	       /* Never by a class that only the other log knows. */
	       (settled->class_id < 104 || settled->class_id > 109);
}

/* A filter by actor takes what other logs say of that actor. */
static void
test_chooser(void)
{
	static const struct check_log logs[] = {
		{ join_iis,
		  HEAD LINE(01, 443, FIRST) LINE(02, 443, WRONG)
			  LINE(04, 443, LOCKED),
		  false },
		{ NULL, NULL, false },
	};
	static const struct {
		const char *actor, *want;
	} wishes[] = {
		{ MAILBOX,
		  "3: 1..2 2 #2-3 at=0 a=" MAILBOX
		  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=102; / 1..1 1 #2-2 "
		  "a=" MAILBOX " c=192.0.2.1 s=CAS01 k=104 kind=2;" },
		{ "client:192.0.2.2",
		  "3: 3..3 1 #5-5 at=0 a=client:192.0.2.2 c=192.0.2.2 s=CAS01 "
		  "t=mbx01 p=Mapi k=90; / 3..3 1 #5-5 a=client:192.0.2.2 "
		  "c=192.0.2.2 s=CAS01 k=105 kind=3;" },
		{ "bob", "3:  / " },
	};

	check_rows_clear(&rows);
	check_rows_add(&rows, LEGS "3 basic c=2 m=- id=" ID(04));
	for (size_t i = 0; i < ARRAY_LEN(wishes); i++) {
		char actor[80];
		const rpclog_chooser chooser = { choose_row, choose_settled,
						 actor };
		const struct check_way way = { 2, 1, 0, NULL, &chooser };
		struct check_text got = { 0 };

		snprintf(actor, sizeof(actor), "%s", wishes[i].actor);
		check_casef("only %s", actor);
		CHECK_STATUS(check_joined(&got, &rows, logs, &way), RPCLOG_OK);
		CHECK_STR(got.ptr, wishes[i].want);
		check_text_free(&got);
	}
}

int
main(void)
{
	check_rows_init(&rows);
	test_cases();
	test_chooser();
	check_rows_free(&rows);
	return check_report();
}
