/* SPDX-License-Identifier: MIT */
/* Tallies, the chooser, and what a tracker says to odd calls and rows. */

#include "check_rows.h"
#include "settle.h"

#define ALICE "CONTOSO\\alice"
#define ONE   " " ALICE " 192.0.2.1 mbx01 CAS01 Mapi;"

static struct check_rows rows;

static rpclog_tracker *
new_tracker(uint32_t gap_s, uint32_t flags, const rpclog_chooser *chooser)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	rpclog_tracker *tracker;

	options.gap_s = gap_s;
	options.flags = flags;
	CHECK_STATUS(rpclog_tracker_new(&tracker, rows.rules, &options),
		     RPCLOG_OK);
	if (chooser)
		CHECK_STATUS(rpclog_tracker_choose(tracker, chooser),
			     RPCLOG_OK);
	return tracker;
}

static rpclog_tracker *
tracked(const char *text, uint32_t gap_s, uint32_t flags,
	const rpclog_chooser *chooser)
{
	rpclog_tracker *tracker = new_tracker(gap_s, flags, chooser);

	check_rows_clear(&rows);
	check_rows_add(&rows, text);
	CHECK_STATUS(check_rows_track(&rows, tracker), RPCLOG_OK);
	return tracker;
}

/* ---- tallies --- */

static const struct {
	const char *name, *rows, *want;
	uint32_t gap_s, flags;
} tallies[] = {
	{ "none", "0 ok; 1 leg", "", 0, 0 },
	{ "one", "1.5 fail", "0 1.500..1.500 1 1 1/1/1/1 50 3" ONE, 0, 0 },
	{ "gap of 30.000 s", "0 fail; 30 fail", "0 0..30 2 1 1/1/1/1 50 3" ONE,
	  0, 0 },
	{ "gap of 30.001 s", "0 fail; 30.001 fail",
	  "0 0..30.001 2 1 2/1/1/1 50 3" ONE, 0, 0 },
	{ "gap of 120.001 s", "0 fail; 120.001 fail",
	  "0 0..120.001 2 2 2/2/1/1 50 3" ONE, 0, 0 },
	{ "gap of 300.000 s", "0 fail; 300 fail",
	  "0 0..300 2 2 2/2/1/1 50 3" ONE, 0, 0 },
	{ "gap of 300.001 s", "0 fail; 300.001 fail",
	  "0 0..300.001 2 2 2/2/2/1 50 3" ONE, 0, 0 },
	{ "gap of 900.000 s", "-1 fail; 899 fail",
	  "-900 -1..-1 1 1 1/1/1/1 50 3" ONE "0 899..899 1 1 1/1/1/0 50 3" ONE,
	  0, 0 },
	{ "gap of 900.001 s", "-1 fail; 899.001 fail",
	  "-900 -1..-1 1 1 1/1/1/1 50 3" ONE
	  "0 899.001..899.001 1 1 1/1/1/1 50 3" ONE,
	  0, 0 },
	{ "the option's gap is apart", "0 fail; 30.001 fail; 60 fail",
	  "0 0..60 3 2 2/1/1/1 50 3" ONE, 30, 0 },
	{ "a gap of 0 is apart", "0 fail; 1 fail; 2 fail",
	  "0 0..2 3 3 1/1/1/1 50 3" ONE, RPCLOG_ZERO, 0 },
	{ "a prompt counts where it begins", "899.999 fail; 900 fail",
	  "0 899.999..899.999 1 1 1/1/1/1 50 3" ONE
	  "900 900..900 1 0 0/0/0/0 50 3" ONE,
	  0, 0 },
	{ "all that tells tallies apart",
	  "0 fail; 0 fail p=Ews id=z; 0 fail s=CAS02; 0 fail t=mbx02;"
	  "0 fail c=2; 0 fail u=z; 0 deny; 0 fail d=9",
	  "0 0..0 2 1 1/1/1/1 50 3" ONE "0 0..0 1 0 0/0/0/0 50 3 " ALICE
	  " 192.0.2.1 mbx01 CAS01 Ews;"
	  "0 0..0 1 0 0/0/0/0 50 3 " ALICE " 192.0.2.1 mbx01 CAS02 Mapi;"
	  "0 0..0 1 0 0/0/0/0 50 3 " ALICE " 192.0.2.1 mbx02 CAS01 Mapi;"
	  "0 0..0 1 0 0/0/0/0 120 2" ONE "0 0..0 1 1 1/1/1/1 50 3 " ALICE
	  " 192.0.2.2 mbx01 CAS01 Mapi;"
	  "0 0..0 1 1 1/1/1/1 50 3 z 192.0.2.1 mbx01 CAS01 Mapi;",
	  0, RPCLOG_OPT_LIKELY },
	{ "mailboxes do not", "0 fail m=1; 1 fail m=2; 2 fail m=-",
	  "0 0..2 3 1 1/1/1/1 50 3" ONE, 0, 0 },
	{ "with and without a name", "0 fail; 1 basic; 1 basic a=b",
	  "0 0..0 1 1 1/1/1/1 50 3" ONE "0 1..1 2 0 0/0/0/0 90 3" ONE, 0, 0 },
};

/* Tallies in the order that the header leaves to us: as sets of lines. */
static int
line_of(const char *text, const char *line, size_t len)
{
	int found = 0;

	for (; *text; text += strcspn(text, ";") + 1)
		found += strncmp(text, line, len) == 0;
	return found;
}

static void
check_lines(const char *got, const char *want)
{
	CHECK_INT(strlen(got), strlen(want));
	for (const char *line = want; *line;) {
		size_t len = strcspn(line, ";") + 1;

		if (!CHECK_INT(line_of(got, line, len), 1))
			CHECK_STR(got, want);
		line += len;
	}
}

static void
test_tallies(void)
{
	for (size_t i = 0; i < ARRAY_LEN(tallies); i++) {
		struct check_text got = { 0 };

		check_casef("tallies, %s: %s", tallies[i].name,
			    tallies[i].rows);

		rpclog_tracker *t = tracked(tallies[i].rows, tallies[i].gap_s,
					    tallies[i].flags, NULL);

		check_tallies(&got, t);
		check_lines(got.ptr, tallies[i].want);
		check_text_free(&got);
		rpclog_tracker_free(t);
	}
}

/* ---- the chooser --- */

struct wish {
	rpclog_choice row; /* the answer to every row, */
	uint32_t class_id; /* and what settled evidence must be, */
	const char *actor; /* NULL: any */
};

static rpclog_choice
choose_row(void *ctx, const rpclog_row *row, const rpclog_verdict *verdict)
{
	const struct wish *wish = ctx;

	(void)row;
	(void)verdict;
	return wish->row;
}

static int
choose_settled(void *ctx, const rpclog_settled *settled)
{
	const struct wish *wish = ctx;

	if (wish->actor)
		return slice_eq(settled->actor, slice_str(wish->actor));
	return settled->class_id == wish->class_id;
}

static void
test_chooser(void)
{
	static const char text[] = "0 leg; 1 leg; 2 leg; 300 ok c=2;"
				   "301 fail c=2 u=bob m=2";
	static const char both[] = "0..2 3 102 " ALICE " 192.0.2.1 mbx01 CAS01;"
				   "301..301 1 50 bob 192.0.2.2 mbx01 CAS01;";
	static const struct {
		const char *name;
		struct wish wish;
		const char *want;
	} cases[] = {
		{ "yes", { RPCLOG_CHOICE_YES, 0, NULL }, both },
		{ "no", { RPCLOG_CHOICE_NO, 0, NULL }, "" },
		{ "later, by class",
		  { RPCLOG_CHOICE_LATER, 50, NULL },
		  "301..301 1 50 bob 192.0.2.2 mbx01 CAS01;" },
		{ "later, by a session's class",
		  { RPCLOG_CHOICE_LATER, 102, NULL },
		  "0..2 3 102 " ALICE " 192.0.2.1 mbx01 CAS01;" },
		{ "later, by actor",
		  { RPCLOG_CHOICE_LATER, 0, ALICE },
		  "0..2 3 102 " ALICE " 192.0.2.1 mbx01 CAS01;" },
		{ "later, none", { RPCLOG_CHOICE_LATER, 1, NULL }, "" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct wish wish = cases[i].wish;
		rpclog_chooser chooser = { choose_row, choose_settled, &wish };
		struct check_text got = { 0 };

		check_casef("chooser, %s", cases[i].name);

		rpclog_tracker *t = tracked(text, 0, 0, &chooser);

		check_prompts(&got, t);
		CHECK_STR(got.ptr, cases[i].want);
		got.len = 0;
		check_settled(&got, &rows, t);
		CHECK_STR(got.ptr,
			  "fe_credentials_rejected fe_credentials_rejected "
			  "fe_credentials_rejected ok be_auth_401");
		check_text_free(&got);
		rpclog_tracker_free(t);
	}
}

/* ---- single rows and odd calls --- */

/* Rows that the tracker never saw. */
static void
test_strangers(void)
{
	rpclog_tracker *t = tracked("0 ok; 1 ok m=3", 0, 0, NULL);
	char long_name[700];
	rpclog_unsettled row;
	rpclog_settled settled;

	memset(long_name, 'x', sizeof(long_name));
	memset(&row, 0, sizeof(row));
	row.class_id = 100;
	row.user = SLICE("fabrikam\\eve");
	CHECK_CASE("a stranger by name");
	CHECK_STATUS(rpclog_tracker_settle(t, &row, &settled), RPCLOG_OK);
	CHECK_SLICE(settled.actor, "fabrikam\\eve");
	CHECK_STR(settled.class_name, "fe_auth_leg");
	CHECK_INT(settled.popup, RPCLOG_POPUP_MAYBE);
	row.user = SLICE("contoso\\ALICE");
	CHECK_CASE("a known user in a new spelling keeps it");
	CHECK_STATUS(rpclog_tracker_settle(t, &row, &settled), RPCLOG_OK);
	CHECK_SLICE(settled.actor, "contoso\\ALICE");
	row.user = SLICE("");
	row.client = SLICE("192.0.2.77");
	CHECK_CASE("a stranger by client");
	CHECK_STATUS(rpclog_tracker_settle(t, &row, &settled), RPCLOG_OK);
	CHECK_SLICE(settled.actor, "client:192.0.2.77");
	row.mailbox = SLICE("m@contoso.com");
	CHECK_CASE("a stranger by mailbox");
	CHECK_STATUS(rpclog_tracker_settle(t, &row, &settled), RPCLOG_OK);
	CHECK_SLICE(settled.actor, "mailbox:m@contoso.com");
	row.mailbox = slice_of(long_name, sizeof(long_name));
	CHECK_CASE("a stranger with a name longer than the store");
	CHECK_STATUS(rpclog_tracker_settle(t, &row, &settled), RPCLOG_OK);
	CHECK_INT(settled.actor.len, sizeof(settled.store));
	CHECK(slice_starts(settled.actor, SLICE("mailbox:xxx")));
	row.class_id = 999999;
	CHECK_CASE("a class that the rules lack");
	CHECK_STATUS(rpclog_tracker_settle(t, &row, &settled), RPCLOG_OK);
	CHECK_STR(settled.class_name, "");
	rpclog_tracker_free(t);
}

static void
test_is_handshake(void)
{
	rpclog_tracker *t = new_tracker(0, 0, NULL);
	rpclog_unsettled leg, ok;

	CHECK_CASE("a handshake is known as soon as its success is");
	check_rows_clear(&rows);
	check_rows_add(&rows, "0 leg; 10 ok");
	rpclog_unsettled_of(rows.row[0].row, &rows.row[0].verdict, &leg);
	rpclog_unsettled_of(rows.row[1].row, &rows.row[1].verdict, &ok);
	CHECK_INT(rpclog_tracker_is_handshake(t, &leg), 0);
	for (size_t i = 0; i < rows.count; i++) {
		CHECK_STATUS(rpclog_tracker_add(t, rows.row[i].row,
						&rows.row[i].verdict),
			     RPCLOG_OK);
		CHECK_INT(rpclog_tracker_is_handshake(t, &leg), i == 1);
		CHECK_INT(rpclog_tracker_is_handshake(t, &ok), 0);
	}
	leg.start_us = ok.start_us;
	CHECK_INT(rpclog_tracker_is_handshake(t, &leg), 1);
	leg.start_us = ok.start_us + 1;
	CHECK_INT(rpclog_tracker_is_handshake(t, &leg), 0);
	leg.start_us = ok.start_us - 10000001;
	CHECK_INT(rpclog_tracker_is_handshake(t, &leg), 0);
	rpclog_tracker_free(t);
}

static void
test_usage(void)
{
	rpclog_tracker *t = new_tracker(0, 0, NULL), *none;
	const struct check_row *one;
	rpclog_prompt prompt;
	rpclog_tally tally;
	rpclog_settled settled;
	rpclog_unsettled row = { 0 };

	CHECK_CASE("calls out of order");
	check_rows_clear(&rows);
	check_rows_add(&rows, "0 fail");
	one = &rows.row[0];
	CHECK_STATUS(rpclog_tracker_new(&none, NULL, NULL), RPCLOG_ERR_USAGE);
	CHECK(none == NULL);
	CHECK_STATUS(rpclog_tracker_next(t, &prompt), RPCLOG_ERR_USAGE);
	CHECK_STATUS(rpclog_tracker_next_tally(t, &tally), RPCLOG_ERR_USAGE);
	CHECK_STATUS(rpclog_tracker_settle(t, &row, &settled),
		     RPCLOG_ERR_USAGE);
	CHECK_STATUS(rpclog_tracker_merge(t, t), RPCLOG_ERR_USAGE);
	CHECK_STATUS(rpclog_tracker_merge(t, NULL), RPCLOG_ERR_USAGE);
	CHECK_STATUS(rpclog_tracker_add(t, NULL, &one->verdict),
		     RPCLOG_ERR_USAGE);
	CHECK_STATUS(rpclog_tracker_add(t, one->row, NULL), RPCLOG_ERR_USAGE);
	CHECK_STATUS(rpclog_tracker_add(t, one->row, &one->verdict), RPCLOG_OK);
	CHECK_STATUS(rpclog_tracker_finish(t), RPCLOG_OK);
	CHECK_STATUS(rpclog_tracker_finish(t), RPCLOG_OK);
	CHECK_STATUS(rpclog_tracker_next(t, &prompt), RPCLOG_OK);
	CHECK_STATUS(rpclog_tracker_next(t, &prompt), RPCLOG_END);
	CHECK_STATUS(rpclog_tracker_next(t, &prompt), RPCLOG_END);
	CHECK_STATUS(rpclog_tracker_add(t, one->row, &one->verdict),
		     RPCLOG_ERR_USAGE);
	CHECK_INT(rpclog_tracker_too_recent(NULL), 0);
	CHECK_STATUS(rpclog_tracker_finish(NULL), RPCLOG_ERR_USAGE);
	rpclog_tracker_free(NULL);
	rpclog_tracker_free(t);
}

int
main(void)
{
	check_rows_init(&rows);
	test_tallies();
	test_chooser();
	test_strangers();
	test_is_handshake();
	test_usage();
	check_rows_free(&rows);
	return check_report();
}
