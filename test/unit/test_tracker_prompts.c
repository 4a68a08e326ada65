/* SPDX-License-Identifier: MIT */
/* Actors and prompts (lib/README.md), as tables. */

#include "check_rows.h"

#define ALICE	"CONTOSO\\alice"
#define MAILBOX "mailbox:11111111-2222-3333-4444-555555555501@contoso.com"

static struct check_rows rows;

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
	for (size_t i = 0; i < ARRAY_LEN(actors); i++) {
		struct check_text got = { 0 };

		check_casef("section 5, %s: %s", actors[i].name,
			    actors[i].rows);

		rpclog_tracker *t = check_tracked(&rows, actors[i].rows, NULL);

		check_actors(&got, &rows, t);
		CHECK_STR(got.ptr, actors[i].want);
		check_text_free(&got);
		rpclog_tracker_free(t);
	}
}

/* ---- section 6 --- */

#define WHERE " 192.0.2.1 mbx01 CAS01;"
static const struct {
	const char *name, *rows, *want;
	uint32_t gap_s, flags;
} prompts[] = {
	{ "one row", "3.5 fail", "3.500..3.500 1 50 " ALICE WHERE, 0, 0 },
	{ "no evidence", "0 ok; 1 leg; 2 deny; 3 probe", "", 0, 0 },
	{ "likely too", "2 deny", "2..2 1 120 " ALICE WHERE, 0,
	  RPCLOG_OPT_LIKELY },
	{ "at 120.000 s", "0 fail; 120 fail", "0..120 2 50 " ALICE WHERE, 0,
	  0 },
	{ "at 120.001 s", "0 fail; 120.001 fail",
	  "0..0 1 50 " ALICE WHERE "120.001..120.001 1 50 " ALICE WHERE, 0, 0 },
	{ "a run of gaps", "200 fail; 0 fail; 100 fail; 321 fail",
	  "0..200 3 50 " ALICE WHERE "321..321 1 50 " ALICE WHERE, 0, 0 },
	{ "gap 0", "0 fail; 0 fail; 0.001 fail",
	  "0..0 2 50 " ALICE WHERE "0.001..0.001 1 50 " ALICE WHERE,
	  RPCLOG_ZERO, 0 },
	{ "gap 20", "0 fail; 20 fail; 40.001 fail",
	  "0..20 2 50 " ALICE WHERE "40.001..40.001 1 50 " ALICE WHERE, 20, 0 },
	{ "gap 3600", "0 fail; 3600 fail", "0..3600 2 50 " ALICE WHERE, 3600,
	  0 },
	{ "by client", "0 fail; 1 fail c=2",
	  "0..0 1 50 " ALICE WHERE "1..1 1 50 " ALICE " 192.0.2.2 mbx01 CAS01;",
	  0, 0 },
	{ "mailboxes and protocols are merged",
	  "0 fail p=Ews m=2; 1 fail p=Mapi x=RPC_IN_DATA; 2 basic",
	  "0..2 3 50 " ALICE WHERE, 0, 0 },
	{ "with and without a name", "0 fail; 60 basic; 120 fail",
	  "0..120 3 50 " ALICE WHERE, 0, 0 },
	{ "a short run inside a long one",
	  "0 fail; 30 fail; 60 fail; 90 fail; 10 basic; 205 basic",
	  "0..205 6 50 " ALICE WHERE, 0, 0 },
	{ "the first row names it",
	  "9 fail t=b s=S2; 5 fail t=A s=S1; 7 basic t=c s=S3",
	  "5..9 3 50 " ALICE " 192.0.2.1 a S1;", 0, 0 },
	{ "a tie by DateTime", "0 fail t=a d=2; 0 fail t=b d=1",
	  "0..0 2 50 " ALICE " 192.0.2.1 b CAS01;", 0, 0 },
	{ "a tie by RequestId", "0 fail t=a id=2; 0 fail t=b id=1",
	  "0..0 2 50 " ALICE " 192.0.2.1 b CAS01;", 0, 0 },
	{ "a tie by class number", "0 basic t=a u=" ALICE "; 0 fail t=b",
	  "0..0 2 50 " ALICE " 192.0.2.1 b CAS01;", 0, 0 },
	{ "a tie by target, then server",
	  "0 fail t=b s=A; 0 fail t=a s=C; 0 fail t=a s=B",
	  "0..0 3 50 " ALICE " 192.0.2.1 a B;", 0, 0 },
	{ "rejected legs", "0 leg; 1 leg; 2 leg; 300 clock",
	  "0..2 3 102 " MAILBOX WHERE, 0, 0 },
	{ "rejected legs of a mailbox with an owner",
	  "0 leg; 1 leg; 2 leg; 300 ok c=2", "0..2 3 102 " ALICE WHERE, 0, 0 },
	{ "rejected legs that name a user",
	  "0 leg u=CONTOSO\\bob; 1 leg; 2 leg; 300 ok c=2",
	  "0..0 1 102 CONTOSO\\bob" WHERE "1..2 2 102 " ALICE WHERE, 0, 0 },
	{ "suspected legs are likely",
	  "0 leg; 1 leg; 2 leg x=RPC_IN_DATA; 9000 clock", "", 0, 0 },
	{ "suspected legs, asked for",
	  "0 leg; 1 leg; 2 leg x=RPC_IN_DATA; 9000 clock",
	  "0..2 3 103 " MAILBOX WHERE, 0, RPCLOG_OPT_LIKELY },
	{ "too recent", "0 leg; 1 leg; 2 leg", "", 0, RPCLOG_OPT_LIKELY },
	{ "order: start, actor, client",
	  "1 fail u=b; 1 fail u=a c=2; 1 fail u=a; 0 fail u=z",
	  "0..0 1 50 z" WHERE "1..1 1 50 a" WHERE
	  "1..1 1 50 a 192.0.2.2 mbx01 CAS01;1..1 1 50 b" WHERE,
	  0, 0 },
};

static void
test_prompts(void)
{
	for (size_t i = 0; i < ARRAY_LEN(prompts); i++) {
		struct check_text got = { 0 };

		check_casef("section 6, %s: %s", prompts[i].name,
			    prompts[i].rows);

		rpclog_options options = RPCLOG_OPTIONS_INIT;

		options.gap_s = prompts[i].gap_s;
		options.flags = prompts[i].flags;

		rpclog_tracker *t =
			check_tracked(&rows, prompts[i].rows, &options);

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
	test_actors();
	test_prompts();
	check_rows_free(&rows);
	return check_report();
}
