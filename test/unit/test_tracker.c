/* SPDX-License-Identifier: MIT */
/* Sessions, actors and prompts: classify.md, sections 4 to 6, as tables. */

#include "check_rows.h"
#include "settle.h"

#define LEG	"fe_auth_leg"
#define HAND	"handshake"
#define REJ	"fe_credentials_rejected"
#define SUSP	"fe_credentials_suspected"
#define ALICE	"CONTOSO\\alice"
#define MAILBOX "mailbox:11111111-2222-3333-4444-555555555501@contoso.com"

static struct check_rows rows;

struct config {
	uint32_t gap_s, handshake_ms, window_s, legs, settle_s, settle_rpc_s;
	uint32_t flags;
};

static rpclog_tracker *
tracked(const char *text, const struct config *config)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	rpclog_tracker *tracker;

	options.gap_s = config->gap_s;
	options.handshake_ms = config->handshake_ms;
	options.reject_window_s = config->window_s;
	options.reject_legs = config->legs;
	options.settle_s = config->settle_s;
	options.settle_rpc_s = config->settle_rpc_s;
	options.flags = config->flags;
	check_rows_clear(&rows);
	check_rows_add(&rows, text);
	CHECK_STATUS(rpclog_tracker_new(&tracker, rows.rules, &options),
		     RPCLOG_OK);
	CHECK_STATUS(check_rows_track(&rows, tracker), RPCLOG_OK);
	return tracker;
}

/* ---- section 4 --- */

static const struct {
	const char *name, *rows, *want;
	int too_recent;
	struct config config;
} sessions[] = {
	{ "success at once", "0 leg; 0 ok", HAND " ok", 0, { 0 } },
	{ "at 10.000 s", "0 leg; 10 ok", HAND " ok", 0, { 0 } },
	{ "at 10.001 s", "0 leg; 10.001 ok", LEG " ok", 0, { 0 } },
	{ "a success before", "0 ok; 0.001 leg", "ok " LEG, 0, { 0 } },
	{ "later in the file, earlier by start",
	  "5 ok d=3000; 0 leg d=1",
	  "ok " HAND,
	  0,
	  { 0 } },
	{ "between two starts",
	  "0 ok; 5 leg; 15 ok; 4 ok; 14 ok",
	  "ok " HAND " ok ok ok",
	  0,
	  { 0 } },
	{ "IA and a failing back end",
	  "0 leg; 5 fail",
	  HAND " be_auth_401",
	  0,
	  { 0 } },
	{ "IA and a 401", "0 leg; 5 deny", HAND " fe_authz_denied", 0, { 0 } },
	{ "a probe's success",
	  "0 leg c=10.0.0.9; 1 probe",
	  HAND " probe",
	  0,
	  { 0 } },
	{ "another mailbox", "0 leg; 1 ok m=2", LEG " ok", 0, { 0 } },
	{ "another client", "0 leg; 1 ok c=2", LEG " ok", 0, { 0 } },
	{ "no mailbox against one", "0 leg m=-; 1 ok", LEG " ok", 0, { 0 } },
	{ "another agent, same mailbox",
	  "0 leg; 1 ok a=b",
	  HAND " ok",
	  0,
	  { 0 } },
	{ "another agent, no mailbox",
	  "0 leg m=-; 1 ok m=- a=b",
	  LEG " ok",
	  0,
	  { 0 } },
	{ "same agent, no mailbox",
	  "0 leg m=-; 1 ok m=-",
	  HAND " ok",
	  0,
	  { 0 } },
	{ "another user, server and method",
	  "0 leg; 1 ok u=x s=CAS02 x=RPC_IN_DATA",
	  HAND " ok",
	  0,
	  { 0 } },
	{ "two legs", "0 leg; 1 leg; 300 clock", LEG " " LEG " ok", 0, { 0 } },
	{ "three legs",
	  "0 leg; 1 leg; 2 leg; 300 clock",
	  REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "three at one time",
	  "0 leg; 0 leg; 0 leg; 300 clock",
	  REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "third at 60.000 s",
	  "0 leg; 30 leg; 60 leg; 300 clock",
	  REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "third at 60.001 s",
	  "0 leg; 30 leg; 60.001 leg; 300 clock",
	  LEG " " LEG " " LEG " ok",
	  0,
	  { 0 } },
	{ "the first alone, then three",
	  "0 leg; 60.001 leg; 61 leg; 62 leg; 300 clock",
	  LEG " " REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "a handshake is none of the three",
	  "0 leg; 1 leg; 50 leg; 60 ok; 300 clock",
	  LEG " " LEG " " HAND " ok ok",
	  0,
	  { 0 } },
	{ "IA at the last leg + 60.000 s",
	  "0 leg; 1 leg; 2 leg; 62 ok; 300 clock",
	  LEG " " LEG " " LEG " ok ok",
	  0,
	  { 0 } },
	{ "IA at the last leg + 60.001 s",
	  "0 leg; 1 leg; 2 leg; 62.001 ok; 300 clock",
	  REJ " " REJ " " REJ " ok ok",
	  0,
	  { 0 } },
	{ "IA just before the first",
	  "9.999 ok; 10 leg; 11 leg; 12 leg;"
	  "300 clock",
	  "ok " REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "IA of another key",
	  "0 leg; 1 leg; 2 leg; 30 ok c=2; 300 clock",
	  REJ " " REJ " " REJ " ok ok",
	  0,
	  { 0 } },
	{ "a chain by 60.000 s",
	  "0 leg; 1 leg; 2 leg; 62 leg; 122 leg;"
	  "400 clock",
	  REJ " " REJ " " REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "a chain ends at 60.001 s",
	  "0 leg; 1 leg; 2 leg; 62 leg;"
	  "122.001 leg; 400 clock",
	  REJ " " REJ " " REJ " " REJ " " LEG " ok",
	  0,
	  { 0 } },
	{ "a chain ends at IA",
	  "0 leg; 1 leg; 2 leg; 62 leg; 100 ok; 122 leg;"
	  "400 clock",
	  REJ " " REJ " " REJ " " REJ " ok " LEG " ok",
	  0,
	  { 0 } },
	{ "IA between, then a new window",
	  "0 leg; 1 leg; 2 leg; 62.001 ok; 80 leg; 81 leg; 82 leg; 400 clock",
	  REJ " " REJ " " REJ " ok " REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "RPC_ in the window",
	  "0 leg; 1 leg x=RPC_IN_DATA; 2 leg;"
	  "7202 clock",
	  SUSP " " SUSP " " SUSP " ok",
	  0,
	  { 0 } },
	{ "RPC_ at the chain's end",
	  "0 leg; 1 leg; 2 leg; 62 leg x=RPC_;"
	  "7262 clock",
	  SUSP " " SUSP " " SUSP " " SUSP " ok",
	  0,
	  { 0 } },
	{ "methods that are not RPC_",
	  "0 leg x=XRPC_; 1 leg x=rpc_in_data;"
	  "2 leg x=RPC; 300 clock",
	  REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "settled after 120.000 s",
	  "0 leg; 1 leg; 2 leg; 122 clock",
	  REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "not after 119.999 s",
	  "0 leg; 1 leg; 2 leg; 121.999 clock",
	  LEG " " LEG " " LEG " ok",
	  3,
	  { 0 } },
	{ "RPC_ not after 7199.999 s",
	  "0 leg; 1 leg; 2 leg x=RPC_OUT_DATA;"
	  "7201.999 clock",
	  LEG " " LEG " " LEG " ok",
	  3,
	  { 0 } },
	{ "by DateTime, not by start",
	  "0 leg; 1 leg; 2 leg; 5 clock d=122",
	  REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "another server's clock",
	  "0 leg; 1 leg; 2 leg; 300 clock s=CAS02",
	  LEG " " LEG " " LEG " ok",
	  3,
	  { 0 } },
	{ "each leg by its server",
	  "0 leg; 1 leg s=CAS02; 2 leg; 300 clock",
	  REJ " " LEG " " REJ " ok",
	  1,
	  { 0 } },
	{ "the chain's last leg counts",
	  "0 leg; 1 leg; 2 leg; 62 leg;"
	  "181.999 clock",
	  LEG " " LEG " " LEG " " LEG " ok",
	  4,
	  { 0 } },
	{ "too few are not too recent", "0 leg; 1 leg", LEG " " LEG, 0, { 0 } },
	{ "a leg with a user",
	  "0 leg u=CONTOSO\\bob; 1 leg; 2 leg; 300 clock",
	  REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "handshake 500 ms",
	  "0 leg; 0.5 ok; 10 leg; 10.501 ok",
	  HAND " ok " LEG " ok",
	  0,
	  { .handshake_ms = 500 } },
	{ "handshake 0",
	  "0 leg; 0 ok; 9.999 leg; 10 ok",
	  HAND " ok " LEG " ok",
	  0,
	  { .handshake_ms = RPCLOG_ZERO } },
	{ "two legs in 5 s",
	  "0 leg; 5 leg; 20 leg; 25.001 leg; 300 clock",
	  REJ " " REJ " " LEG " " LEG " ok",
	  0,
	  { .legs = 2, .window_s = 5 } },
	{ "window 0",
	  "0 leg; 0 leg; 0 leg; 0.001 leg; 300 clock",
	  REJ " " REJ " " REJ " " LEG " ok",
	  0,
	  { .window_s = RPCLOG_ZERO } },
	{ "settle 0",
	  "0 leg; 1 leg; 2 leg",
	  REJ " " REJ " " REJ,
	  0,
	  { .settle_s = RPCLOG_ZERO } },
	{ "settle 0, RPC_ 5",
	  "0 leg; 1 leg; 2 leg x=RPC_IN_DATA; 6.999 clock",
	  LEG " " LEG " " LEG " ok",
	  3,
	  { .settle_s = RPCLOG_ZERO, .settle_rpc_s = 5 } },
};

static void
test_sessions(void)
{
	for (size_t i = 0; i < ARRAY_LEN(sessions); i++) {
		struct check_text got = { 0 };

		check_casef("section 4, %s: %s", sessions[i].name,
			    sessions[i].rows);

		rpclog_tracker *t =
			tracked(sessions[i].rows, &sessions[i].config);

		check_settled(&got, &rows, t);
		CHECK_STR(got.ptr, sessions[i].want);
		CHECK_INT(rpclog_tracker_too_recent(t), sessions[i].too_recent);
		check_text_free(&got);
		rpclog_tracker_free(t);
	}
}

/* ---- section 5 --- */

static const struct {
	const char *name, *rows, *want;
} actors[] = {
	{ "the user", "0 ok", ALICE },
	{ "the owner here", "0 ok; 1 basic", ALICE " " ALICE },
	{ "the owner, seen later", "1 basic; 2 ok", ALICE " " ALICE },
	{ "the owner elsewhere", "0 ok c=2; 1 basic", ALICE " " ALICE },
	{ "one here, several anywhere",
	  "0 ok u=A c=1; 0 ok u=B c=2; 1 basic c=1; 1 basic c=2; 1 basic c=3",
	  "A B A B " MAILBOX },
	{ "several here", "0 ok u=A; 0 ok u=B; 1 basic", "A B " MAILBOX },
	{ "several here, one elsewhere",
	  "0 ok u=A; 0 ok u=B; 0 ok u=A c=2; 1 basic; 1 basic c=2",
	  "A B A " MAILBOX " A" },
	{ "one user in two spellings", "0 ok u=a; 0.5 ok u=A; 1 basic",
	  "a a a" },
	{ "nobody", "0 basic; 1 clock", MAILBOX " " MAILBOX },
	{ "no mailbox", "0 ok m=-; 1 basic m=-", ALICE " client:192.0.2.1" },
	{ "no mailbox, no client", "0 basic m=- c=-", "client:" },
	{ "a name without IA owns nothing", "0 leg u=CONTOSO\\bob; 1 basic",
	  "CONTOSO\\bob " MAILBOX },
	{ "a probe owns nothing", "0 probe u=CONTOSO\\bob; 1 basic c=10.0.0.9",
	  "CONTOSO\\bob " MAILBOX },
	{ "a health mailbox owns nothing", "0 ok u=HealthMailbox1; 1 basic",
	  "HealthMailbox1 " MAILBOX },
	{ "a denied row owns", "0 deny; 1 basic", ALICE " " ALICE },
	{ "first by start", "5 ok u=ALICE; 1 ok u=alice", "alice alice" },
	{ "first by DateTime", "0 ok u=ALICE d=2; 0 ok u=alice d=1",
	  "alice alice" },
	{ "first by RequestId", "0 ok u=ALICE id=2; 0 ok u=alice id=1",
	  "alice alice" },
	{ "first by its bytes", "0 ok u=alice; 0 ok u=ALICE; 0 ok u=Alice",
	  "ALICE ALICE ALICE" },
	{ "first in a probe", "1 ok u=ALICE; 0 probe u=alice", "alice alice" },
	{ "two forms stay two", "0 ok u=CONTOSO\\a; 0 ok u=a@contoso.com",
	  "CONTOSO\\a a@contoso.com" },
	{ "ASCII folding only", "0 ok u=\xc3\xa4; 1 ok u=\xc3\x84",
	  "\xc3\xa4 \xc3\x84" },
};

static void
test_actors(void)
{
	static const struct config defaults = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(actors); i++) {
		struct check_text got = { 0 };

		check_casef("section 5, %s: %s", actors[i].name,
			    actors[i].rows);

		rpclog_tracker *t = tracked(actors[i].rows, &defaults);

		check_actors(&got, &rows, t);
		CHECK_STR(got.ptr, actors[i].want);
		check_text_free(&got);
		rpclog_tracker_free(t);
	}
}

/* ---- section 6 --- */

#define WHERE " 192.0.2.1 mbx01 CAS01;"
#define LIKELY_TOO                                                             \
	{                                                                      \
		.flags = RPCLOG_OPT_LIKELY                                     \
	}

static const struct {
	const char *name, *rows, *want;
	struct config config;
} prompts[] = {
	{ "one row", "3.5 fail", "3.500..3.500 1 50 " ALICE WHERE, { 0 } },
	{ "no evidence", "0 ok; 1 leg; 2 deny; 3 probe", "", { 0 } },
	{ "likely too", "2 deny", "2..2 1 120 " ALICE WHERE, LIKELY_TOO },
	{ "at 120.000 s",
	  "0 fail; 120 fail",
	  "0..120 2 50 " ALICE WHERE,
	  { 0 } },
	{ "at 120.001 s",
	  "0 fail; 120.001 fail",
	  "0..0 1 50 " ALICE WHERE "120.001..120.001 1 50 " ALICE WHERE,
	  { 0 } },
	{ "a run of gaps",
	  "200 fail; 0 fail; 100 fail; 321 fail",
	  "0..200 3 50 " ALICE WHERE "321..321 1 50 " ALICE WHERE,
	  { 0 } },
	{ "gap 0",
	  "0 fail; 0 fail; 0.001 fail",
	  "0..0 2 50 " ALICE WHERE "0.001..0.001 1 50 " ALICE WHERE,
	  { .gap_s = RPCLOG_ZERO } },
	{ "gap 20",
	  "0 fail; 20 fail; 40.001 fail",
	  "0..20 2 50 " ALICE WHERE "40.001..40.001 1 50 " ALICE WHERE,
	  { .gap_s = 20 } },
	{ "gap 3600",
	  "0 fail; 3600 fail",
	  "0..3600 2 50 " ALICE WHERE,
	  { .gap_s = 3600 } },
	{ "by client",
	  "0 fail; 1 fail c=2",
	  "0..0 1 50 " ALICE WHERE "1..1 1 50 " ALICE " 192.0.2.2 mbx01 CAS01;",
	  { 0 } },
	{ "mailboxes and protocols are merged",
	  "0 fail p=Ews m=2; 1 fail p=Mapi x=RPC_IN_DATA; 2 basic",
	  "0..2 3 50 " ALICE WHERE,
	  { 0 } },
	{ "with and without a name",
	  "0 fail; 60 basic; 120 fail",
	  "0..120 3 50 " ALICE WHERE,
	  { 0 } },
	{ "the first row names it",
	  "9 fail t=b s=S2; 5 fail t=A s=S1; 7 basic t=c s=S3",
	  "5..9 3 50 " ALICE " 192.0.2.1 a S1;",
	  { 0 } },
	{ "a tie by DateTime",
	  "0 fail t=a d=2; 0 fail t=b d=1",
	  "0..0 2 50 " ALICE " 192.0.2.1 b CAS01;",
	  { 0 } },
	{ "a tie by RequestId",
	  "0 fail t=a id=2; 0 fail t=b id=1",
	  "0..0 2 50 " ALICE " 192.0.2.1 b CAS01;",
	  { 0 } },
	{ "a tie by class number",
	  "0 basic t=a u=" ALICE "; 0 fail t=b",
	  "0..0 2 50 " ALICE " 192.0.2.1 b CAS01;",
	  { 0 } },
	{ "a tie by target, then server",
	  "0 fail t=b s=A; 0 fail t=a s=C; 0 fail t=a s=B",
	  "0..0 3 50 " ALICE " 192.0.2.1 a B;",
	  { 0 } },
	{ "rejected legs",
	  "0 leg; 1 leg; 2 leg; 300 clock",
	  "0..2 3 102 " MAILBOX WHERE,
	  { 0 } },
	{ "rejected legs of a mailbox with an owner",
	  "0 leg; 1 leg; 2 leg; 300 ok c=2",
	  "0..2 3 102 " ALICE WHERE,
	  { 0 } },
	{ "rejected legs that name a user",
	  "0 leg u=CONTOSO\\bob; 1 leg; 2 leg; 300 ok c=2",
	  "0..0 1 102 CONTOSO\\bob" WHERE "1..2 2 102 " ALICE WHERE,
	  { 0 } },
	{ "suspected legs are likely",
	  "0 leg; 1 leg; 2 leg x=RPC_IN_DATA; 9000 clock",
	  "",
	  { 0 } },
	{ "suspected legs, asked for",
	  "0 leg; 1 leg; 2 leg x=RPC_IN_DATA; 9000 clock",
	  "0..2 3 103 " MAILBOX WHERE, LIKELY_TOO },
	{ "too recent", "0 leg; 1 leg; 2 leg", "", LIKELY_TOO },
	{ "order: start, actor, client",
	  "1 fail u=b; 1 fail u=a c=2; 1 fail u=a; 0 fail u=z",
	  "0..0 1 50 z" WHERE "1..1 1 50 a" WHERE
	  "1..1 1 50 a 192.0.2.2 mbx01 CAS01;1..1 1 50 b" WHERE,
	  { 0 } },
};

static void
test_prompts(void)
{
	for (size_t i = 0; i < ARRAY_LEN(prompts); i++) {
		struct check_text got = { 0 };

		check_casef("section 6, %s: %s", prompts[i].name,
			    prompts[i].rows);

		rpclog_tracker *t =
			tracked(prompts[i].rows, &prompts[i].config);

		check_prompts(&got, t);
		CHECK_STR(got.ptr, prompts[i].want);
		check_text_free(&got);
		rpclog_tracker_free(t);
	}
}

int
main(void)
{
	check_rows_init(&rows);
	test_sessions();
	test_actors();
	test_prompts();
	check_rows_free(&rows);
	return check_report();
}
