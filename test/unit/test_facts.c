/* SPDX-License-Identifier: MIT */
/* What is taken from a few rows: each kind of fact, as a table. */

#include "check_facts.h"

#include "class.h"
#include "facts_inside.h"

static struct check_rows rows;

/* ---- which rows are events --------------------------------------------------
 */

/* All classes, each as the class of a row that is any. */
static void
test_classes(void)
{
	static const uint32_t no_events[] = {
		CLASS_ACTIVITY,
		CLASS_PROBE,
		CLASS_ANONYMOUS_CHALLENGE,
		CLASS_OK,
		CLASS_OAUTH_CHALLENGE,
		CLASS_HANDSHAKE,
	};
	rpclog_class info;
	size_t count = 0;

	check_rows_clear(&rows);
	check_rows_add(&rows, "0 clock");
	for (size_t i = 0; rpclog_rules_class(rows.rules, i, &info); i++) {
		rpclog_verdict verdict = rows.row[0].verdict;
		struct check_facts f;
		bool event = true;

		CHECK_CASE(info.name);
		verdict.class_id = info.id;
		for (size_t k = 0; k < ARRAY_LEN(no_events); k++)
			event &= info.id != no_events[k];
		count += event;
		CHECK_STATUS(facts_new(&f.facts, rows.rules, NULL), RPCLOG_OK);
		CHECK_STATUS(
			facts_add(f.facts, rows.row[0].row, &verdict, 0, 1),
			RPCLOG_OK);
		CHECK_STATUS(facts_close(f.facts, &f.sets), RPCLOG_OK);
		CHECK_INT(f.sets.event_count, event);
		CHECK_INT(f.sets.usage_count,
			  info.id != CLASS_ACTIVITY &&
				  info.id != CLASS_FE_AUTH_LEG);
		CHECK_INT(f.sets.traffic_count, f.sets.usage_count);
		/* Its server was heard of all the same. */
		CHECK_INT(f.sets.server_count, 1);
		CHECK_INT(f.sets.rows, 1);
		if (f.sets.event_count)
			CHECK_INT(f.sets.events[0].class_id, info.id);
		check_facts_free(&f);
	}
	CHECK(count > 30);
}

/* ---- tables -----------------------------------------------------------------
 */

typedef void render_fn(struct check_text *out, const struct check_facts *f);

/* At a mailbox the agent is no part of a key. */
#define KEY  "1/192.0.2.1/-"
#define KEY2 "1/192.0.2.2/-"
#define BARE "-/192.0.2.1/agent"

static const struct {
	const char *name, *rows, *want;
	render_fn *render;
} tables[] = {
	{ "no rows", "", "", check_fact_events },
	{ "no rows", "", "", check_fact_usage },
	{ "no rows", "", "", check_fact_users },
	{ "no rows", "", "", check_fact_servers },
	{ "kinds", "0 ok; 1 fail; 2 basic; 3 deny; 4 probe; 5 clock",
	  "1 50 contoso\\x5calice; 2 90 " KEY "; 3 120 contoso\\x5calice",
	  check_fact_events },
	{ "methods of RPC",
	  "1 fail x=RPC_IN_DATA; 2 fail x=RPC; 3 fail x=rpc_in_data",
	  "1 50 contoso\\x5calice rpc; 2 50 contoso\\x5calice; "
	  "3 50 contoso\\x5calice",
	  check_fact_events },
	{ "a leg whose success came along", "0 leg; 10 ok; 20 leg",
	  "20 100 " KEY " of " KEY, check_fact_events },
	{ "counted as what it was, the other not at all",
	  "0 leg; 10 ok; 20 leg", KEY " 101 1; contoso\\x5calice 290 1",
	  check_fact_usage },
	{ "the success came first", "10 ok d=1; 0 leg d=2",
	  KEY " 101 1; contoso\\x5calice 290 1", check_fact_usage },
	{ "too late, too early, of another key",
	  "0 leg; 10.001 ok; 20 leg; 19.999 ok; 30 leg; 30 ok c=2",
	  "0 100 " KEY " of " KEY "; 20 100 " KEY " of " KEY "; 30 100 " KEY
	  " of " KEY,
	  check_fact_events },
	{ "a leg that names a user", "0 leg u=A\\B; 60 leg u=A\\B; 61 ok",
	  "0 100 a\\x5cb of " KEY, check_fact_events },
	{ "and counts for the user", "0 leg u=A\\B; 60 leg u=A\\B; 61 ok",
	  "a\\x5cb 101 1; contoso\\x5calice 290 1", check_fact_usage },
	{ "no mailbox: the agent is a part of the key",
	  "0 leg m=-; 1 ok m=- a=other", "0 100 " BARE " of " BARE,
	  check_fact_events },
	{ "an authenticated probe settles, but owns nothing",
	  "0 leg c=10.0.0.9; 1 probe", "", check_fact_events },
	{ "probes own nothing",
	  "0 leg c=10.0.0.9; 1 probe; 2 ok u=A\\HealthMailbox1",
	  "1/10.0.0.9/- none; " KEY " none", check_fact_owners },
	{ "no owner, one, several",
	  "0 leg; 1 ok c=2; 2 ok c=2 u=contoso\\ALICE; 3 ok c=3; 4 ok c=3 u=B;"
	  "5 ok c=3",
	  KEY " none; " KEY2 " contoso\\x5calice; 1/192.0.2.3/- several",
	  check_fact_owners },
	{ "a user without a session owns nothing", "0 leg u=A\\B", KEY " none",
	  check_fact_owners },
	{ "a failing back end: the front end took the credentials",
	  "0 fail; 1 deny c=2",
	  KEY " contoso\\x5calice; " KEY2 " contoso\\x5calice",
	  check_fact_owners },
	{ "spelling: the first by start",
	  "2 ok u=A\\B; 1 ok u=a\\B d=9; 3 ok u=a\\b", "a\\x5cb a\\x5cB 1 9 id",
	  check_fact_users },
	{ "then by DateTime",
	  "1 ok u=A\\B d=8; 1 ok u=a\\B d=7; 1 ok u=a\\b d=9",
	  "a\\x5cb a\\x5cB 1 7 id", check_fact_users },
	{ "then by RequestId",
	  "1 ok u=A\\B id=2; 1 ok u=a\\B id=10; 1 ok u=a\\b id=3",
	  "a\\x5cb a\\x5cB 1 1 10", check_fact_users },
	{ "no RequestId is the least", "1 ok u=a\\b id=0; 1 ok u=a\\B id=-",
	  "a\\x5cb a\\x5cB 1 1 ", check_fact_users },
	{ "then bytewise", "1 ok u=a\\b; 1 ok u=A\\b; 1 ok u=a\\B",
	  "a\\x5cb A\\x5cb 1 1 id", check_fact_users },
	{ "of a long RequestId the head",
	  "1 ok u=a\\b id=123456789012345678901234567890123456789x;"
	  "1 ok u=A\\b id=123456789012345678901234567890123456789y",
	  "a\\x5cb A\\x5cb 1 1 123456789012345678901234567890123456789",
	  check_fact_users },
	{ "rows that fail show a spelling, too", "2 ok u=A\\B; 1 leg u=a\\b",
	  "a\\x5cb a\\x5cb 1 1 id", check_fact_users },
	{ "successes are runs",
	  "0 ok; 10 ok; 20.001 ok; 5 fail c=2; 6 deny c=2; 7 leg c=2;"
	  "8 probe",
	  "1/10.0.0.9/- 8..8; " KEY " 0..10; " KEY " 20.001..20.001; " KEY2
	  " 5..6",
	  check_fact_successes },
	{ "newest of each server, by DateTime",
	  "0 ok; 5 leg d=3; 9 clock s=CAS02 d=1; 8 probe s=CAS02 d=2;"
	  "1 clock s=-",
	  "- 1; CAS01 3; CAS02 2", check_fact_servers },
	{ "odd bytes in names", "1 ok u=\x80\xff\x01Z",
	  "\\x80\\xff\\x01z \\x80\\xff\\x01Z 1 1 id", check_fact_users },
	{ "and in a key", "1 leg m=- a=\x80/\x01",
	  "1 100 -/192.0.2.1/\\x80/\\x01 of -/192.0.2.1/\\x80/\\x01",
	  check_fact_events },
	{ "empty names", "1 leg m=- c=- a=- s=- t=- p=- x=- id=-",
	  "1 100 -/-/- of -/-/-", check_fact_events },
};

static void
test_tables(void)
{
	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		struct check_text got = { 0 };
		struct check_facts f;

		check_casef("%s: %s", tables[i].name, tables[i].rows);
		check_facts_of(&f, &rows, tables[i].rows, NULL);
		tables[i].render(&got, &f);
		CHECK_STR(got.ptr, tables[i].want);
		check_text_free(&got);
		check_facts_free(&f);
	}
}

/* ---- what an event tells ----------------------------------------------------
 */

static void
test_event(void)
{
	struct check_text got = { 0 };
	struct check_facts f;

	CHECK_CASE("all that an event tells");
	check_facts_of(&f, &rows,
		       "0 fail d=3 t=MBX02 p=Ews x=GET s=CAS02 id=no-guid",
		       NULL);

	const struct fact_event *e = &f.sets.events[0];
	const uint32_t names[] = { e->client,	      e->server,
				   e->target,	      e->protocol,
				   e->method,	      e->status,
				   e->backend_status, e->error_code,
				   e->security_status };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		check_fact_name(&got, f.facts, names[i]);
		check_text_add(&got, " ");
	}
	CHECK_STR(got.ptr, "192.0.2.1 CAS02 mbx02 Ews GET 500 401 - - ");
	CHECK_SLICE(e->request_id, "no-guid");
	CHECK_INT(e->end_us - e->start_us, 3000000);
	CHECK_INT(e->latency_ms, 5000);
	CHECK_INT(e->bytes_in, 76);
	CHECK_INT(e->bytes_out, 462);
	CHECK_INT(e->line, 2);
	CHECK_INT(e->popup, RPCLOG_POPUP_YES);
	check_text_free(&got);
	check_facts_free(&f);
}

/* ---- batches ----------------------------------------------------------------
 */

/* Two logs in one batch: each event says of which it is. */
static void
test_logs(void)
{
	static const uint32_t want[] = { 0, 0, 7, 7, 7, 0 };
	struct check_facts f;

	CHECK_CASE("logs of a batch");
	check_rows_clear(&rows);
	check_rows_add(&rows, "0 fail; 1 leg c=2; 2 leg c=2; 3 fail c=3; 4 "
			      "basic; 5 fail c=3");
	CHECK_STATUS(facts_new(&f.facts, rows.rules, NULL), RPCLOG_OK);
	for (size_t i = 0; i < rows.count; i++)
		CHECK_STATUS(
			check_facts_rows(f.facts, &rows, i, i + 1, want[i]),
			RPCLOG_OK);
	CHECK_STATUS(facts_close(f.facts, &f.sets), RPCLOG_OK);
	CHECK_INT(f.sets.event_count, 6);
	for (size_t i = 0; i < f.sets.event_count; i++)
		CHECK_INT(f.sets.events[i].log, want[i]);
	check_facts_free(&f);
}

int
main(void)
{
	check_rows_init(&rows);
	test_classes();
	test_tables();
	test_event();
	test_logs();
	check_rows_free(&rows);
	return check_report();
}
