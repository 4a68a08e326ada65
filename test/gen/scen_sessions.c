/* SPDX-License-Identifier: MIT */
/* Boundaries of sessions and of mailbox owners, one key per case. */
#include "scen.h"

#include <string.h>

#include "traffic.h"

#define LEG "fe_auth_leg"
#define HAND "handshake"
#define REJECT "fe_credentials_rejected"
#define SUSPECT "fe_credentials_suspected"

/*
 * A case is a list of steps at ms after its begin. A success has the
 * class NULL. The letters of flags: R = RpcHttp, 1 and 2 = that server,
 * F = the success fails behind, P = it is a probe, U = other UserAgent,
 * N = no mailbox, X = mailbox in capitals, 6 = mapped address,
 * L = the row ends late.
 */
struct step {
	int64_t at;
	const char *expect;
	const char *flags;
};

#define STEPS 9

struct test {
	const char *name;
	struct step step[STEPS];
};

static const struct test tests[] = {
	{ "success exactly 10.000 s after",
	  { { 0, HAND, "" }, { 10000, NULL, "" } } },
	{ "success 10.001 s after", { { 0, LEG, "" }, { 10001, NULL, "" } } },
	{ "window of exactly 60 s",
	  { { 0, REJECT, "" }, { 30000, REJECT, "" },
	    { 60000, REJECT, "" } } },
	{ "window of 60.001 s",
	  { { 0, LEG, "" }, { 30000, LEG, "" }, { 60001, LEG, "" } } },
	{ "two legs", { { 0, LEG, "" }, { 1000, LEG, "" } } },
	{ "success exactly 60 s after the last",
	  { { 0, LEG, "" }, { 1000, LEG, "" }, { 2000, LEG, "" },
	    { 62000, NULL, "" } } },
	{ "success 60.001 s after the last",
	  { { 0, REJECT, "" }, { 1000, REJECT, "" }, { 2000, REJECT, "" },
	    { 62001, NULL, "" } } },
	{ "chain, broken by 60.001 s",
	  { { 0, REJECT, "" }, { 20000, REJECT, "" }, { 40000, REJECT, "" },
	    { 100000, REJECT, "" }, { 160000, REJECT, "" },
	    { 220001, LEG, "" } } },
	{ "chain, broken by a success",
	  { { 0, REJECT, "" }, { 20000, REJECT, "" }, { 40000, REJECT, "" },
	    { 95000, REJECT, "" }, { 120000, NULL, "" },
	    { 150000, LEG, "" } } },
	{ "three legs and a success 5 s after",
	  { { 0, HAND, "" }, { 1000, HAND, "" }, { 2000, HAND, "" },
	    { 5000, NULL, "" } } },
	{ "only the last leg is a handshake",
	  { { 0, LEG, "" }, { 20000, LEG, "" }, { 40000, LEG, "" },
	    { 55000, HAND, "" }, { 60000, NULL, "" } } },
	{ "success logged hours later",
	  { { 0, HAND, "R" }, { 12, HAND, "R" }, { 20, NULL, "RL" } } },
	{ "RPC without success",
	  { { 0, SUSPECT, "R" }, { 12, SUSPECT, "R" },
	    { 5000, SUSPECT, "R" } } },
	{ "one RPC leg of three",
	  { { 0, SUSPECT, "" }, { 500, SUSPECT, "R" },
	    { 900, SUSPECT, "" } } },
	{ "RPC leg that goes on with a window",
	  { { 0, SUSPECT, "" }, { 500, SUSPECT, "" }, { 900, SUSPECT, "" },
	    { 60900, SUSPECT, "R" } } },
	{ "success on another server",
	  { { 0, HAND, "" }, { 5000, NULL, "1" } } },
	{ "legs on two servers",
	  { { 0, REJECT, "" }, { 5000, REJECT, "1" },
	    { 9000, REJECT, "" } } },
	{ "leg and success in the same ms",
	  { { 0, HAND, "" }, { 0, NULL, "" } } },
	{ "three legs in the same ms",
	  { { 0, REJECT, "" }, { 0, REJECT, "1" }, { 0, REJECT, "" } } },
	{ "success 1 ms before", { { 0, NULL, "" }, { 1, LEG, "" } } },
	{ "three legs 1 ms after a success",
	  { { 0, NULL, "" }, { 1, REJECT, "" }, { 2, REJECT, "" },
	    { 3, REJECT, "" } } },
	{ "success of the front end, refused behind",
	  { { 0, HAND, "" }, { 9000, NULL, "F" } } },
	{ "a probe settles legs", { { 0, HAND, "" }, { 9000, NULL, "P" } } },
	{ "no mailbox, other UserAgent",
	  { { 0, REJECT, "N" }, { 1000, REJECT, "N" }, { 2000, REJECT, "N" },
	    { 3000, NULL, "NU" } } },
	{ "no mailbox, same UserAgent",
	  { { 0, HAND, "N" }, { 3000, NULL, "N" } } },
	{ "mailbox, other UserAgent",
	  { { 0, HAND, "" }, { 3000, NULL, "U" } } },
	{ "mailbox in capitals", { { 0, HAND, "X" }, { 10000, NULL, "" } } },
	{ "address written in another way",
	  { { 0, HAND, "6" }, { 10000, NULL, "" } } },
	{ "leg that ends after the success",
	  { { 0, HAND, "L" }, { 4000, NULL, "" } } },
};

static bool
flag(const struct step *s, char letter)
{
	return s->flags && strchr(s->flags, letter) != NULL;
}

static void
upper(char *out, size_t size, const char *in)
{
	size_t i = 0;

	for (; in[i] && i + 1 < size; i++)
		out[i] = (char)(in[i] >= 'a' && in[i] <= 'f' ? in[i] - 32 :
		    in[i]);
	out[i] = '\0';
}

static struct req
step_request(struct gen *g, const struct user *u, const struct step *s,
    const struct server *srv, int64_t at)
{
	struct channel c = {
		.srv = srv, .user = u, .guid = u->guid, .port = 6001,
		.start = at, .length = 300,
	};
	struct req q = flag(s, 'R') ? req_rpc(g, &c, "RPC_OUT_DATA") :
	    req_mapi(g, srv, u, at);

	q.ip = flag(s, '6') ? tmp(g, "[::FFFF:%s]:50100", u->client) :
	    tmp(g, "%s:50200", u->client);
	if (flag(s, 'X')) {
		char guid[GUID_LEN + 1];
		upper(guid, sizeof guid, u->guid);
		q.query = tmp(g, "?mailboxid=%s@CONTOSO.com", guid);
	}
	if (flag(s, 'N'))
		q.query = NULL;
	if (flag(s, 'U'))
		q.ua = "Other/1.0";
	if (flag(s, 'F')) {
		q.status = 401;
		q.be = "401";
		q.expect = "be_auth_401";
	}
	if (flag(s, 'P')) {
		q.user = "CONTOSO\\HealthMailbox00aa11bb22cc";
		q.expect = "probe";
	}
	return q;
}

static void
test_emit(struct gen *g, const struct test *t, int number, int64_t base)
{
	struct user u = g->user[number % g->user_count];

	strcpy(u.client, tmp(g, "10.40.%d.7", number));
	rng_guid(&g->rng, u.guid);
	for (int i = 0; i < STEPS && t->step[i].flags; i++) {
		const struct step *s = &t->step[i];
		const struct server *srv = &g->server[flag(s, '2') ? 2 :
		    flag(s, '1') ? 1 : 0];
		struct req q = step_request(g, &u, s, srv, base + s->at);

		if (s->expect) {
			q = req_leg(&q, i % 2 ? "NTLM" : "Negotiate",
			    base + s->at);
			q.expect = s->expect;
		}
		if (flag(s, 'L'))
			q.end = q.start + (flag(s, 'R') ? 3 * MS_HOUR : 8000);
		q.note = t->name;
		req_emit(g, &q);
	}
}

/* Server 2 falls silent at stop: what came shortly before is open. */
static void
too_recent(struct gen *g, int number, int64_t stop)
{
	static const struct test recent[] = {
		{ "last leg 2 min before the newest row",
		  { { -4000, REJECT, "2" }, { -2000, REJECT, "2" },
		    { 0, REJECT, "2" } } },
		{ "1 ms too recent", { { -4000, LEG, "2" },
		    { -2000, LEG, "2" }, { 0, LEG, "2" } } },
		{ "last RPC leg 2 h before the newest row",
		  { { -4000, SUSPECT, "2R" }, { -2000, SUSPECT, "2R" },
		    { 0, SUSPECT, "2R" } } },
		{ "RPC, 1 ms too recent", { { -4000, LEG, "2R" },
		    { -2000, LEG, "2R" }, { 0, LEG, "2R" } } },
	};
	const int64_t at[] = {
		stop - 2 * MS_MINUTE, stop - 2 * MS_MINUTE + 1,
		stop - 2 * MS_HOUR, stop - 2 * MS_HOUR + 1,
	};

	for (int i = 0; i < 4; i++)
		test_emit(g, &recent[i], number + i, at[i]);
	struct req q = req_mapi(g, &g->server[2], &g->user[0], stop - 9);
	q.end = stop;
	q.note = "the newest row of its server";
	req_emit(g, &q);
}

void
scen_sessions(struct gen *g)
{
	const int count = (int)(sizeof tests / sizeof tests[0]);

	if (g->server_count < 3)
		die("sessions: needs 3 servers");
	for (int i = 0; i < count; i++)
		test_emit(g, &tests[i], i, g->start_ms + (i + 2) * 5 *
		    MS_MINUTE + i * 137);
	for (int i = 0; i < 2; i++)
		activity(g, &g->server[i], "RpcHttp", g->start_ms,
		    g->stop_ms);
	too_recent(g, count, g->start_ms + 6 * MS_HOUR);
}
