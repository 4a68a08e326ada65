/* SPDX-License-Identifier: MIT */
/* Whose popup it is: mailbox owners, spellings, ties. */
#include "scen.h"

#include <string.h>

#include "traffic.h"

/* ok = an authenticated row, bad = a refused Basic row of nobody. */
struct visit {
	int mailbox;             /* index of a user whose GUID it is */
	const char *user;        /* NULL = bad */
	const char *ip;
	const char *actor;       /* of a bad row */
};

static const struct visit visits[] = {
	{ 0, "CONTOSO\\alice", "10.50.0.1", NULL },
	{ 0, NULL, "10.50.0.1", "one user, same client" },
	{ 0, NULL, "10.50.0.9", "one user, other client" },
	{ 1, "CONTOSO\\bruno", "10.50.1.1", NULL },
	{ 1, "CONTOSO\\chloe", "10.50.1.2", NULL },
	{ 1, NULL, "10.50.1.1", "of two users the one at this client" },
	{ 1, NULL, "10.50.1.2", "of two users the other at this client" },
	{ 1, NULL, "10.50.1.3", "two users, neither here: mailbox" },
	{ 2, NULL, "10.50.2.1", "no user: mailbox" },
	{ 3, "CONTOSO\\elena", "10.50.3.1", NULL },
	{ 3, "contoso\\Elena", "10.50.3.1", NULL },
	{ 3, "CONTOSO\\ELENA", "10.50.3.2", NULL },
	{ 3, NULL, "10.50.3.1", "one user in three spellings" },
	{ 4, "CONTOSO\\farid", "10.50.4.1", NULL },
	{ 4, "farid@contoso.com", "10.50.4.1", NULL },
	{ 4, NULL, "10.50.4.1", "two name forms are two users: mailbox" },
	{ 5, "CONTOSO\\HealthMailbox0a0b0c0d", "10.50.5.1", NULL },
	{ 5, NULL, "10.50.5.1", "a probe owns nothing: mailbox" },
	{ 6, "CONTOSO\\HealthMailbox0a0b0c0d", "10.50.6.1", NULL },
	{ 6, "CONTOSO\\hugo", "10.50.6.1", NULL },
	{ 6, NULL, "10.50.6.1", "a probe beside one user" },
	{ -1, NULL, "10.50.7.1", "no mailbox: client" },
	{ -1, NULL, "", "no mailbox, no address: client:" },
};

static void
visit_emit(struct gen *g, const struct visit *v, int64_t at)
{
	const struct user *u = &g->user[v->mailbox < 0 ? 0 : v->mailbox];
	struct req q = req_mapi(g, &g->server[0], u, at);

	q.ip = v->ip;
	if (v->mailbox < 0)
		q.query = NULL;
	if (v->user) {
		q.user = v->user;
		q.expect = strstr(v->user, "HealthMailbox") ? "probe" : "ok";
		req_emit(g, &q);
		return;
	}
	struct req leg = req_leg(&q, "Basic", at);
	leg.expect = "fe_basic_rejected";
	leg.note = v->actor;
	req_emit(g, &leg);
}

/* Same start, same DateTime, and at last the RequestId decides. */
static void
ties(struct gen *g, int64_t at)
{
	static const struct { const char *id, *user; int late; } list[] = {
		{ "b0000000-0000-4000-8000-000000000002",
		  "contoso\\ines", 5 },
		{ "b0000000-0000-4000-8000-000000000003",
		  "CONTOSO\\INES", 5 },
		{ "b0000000-0000-4000-8000-000000000001",
		  "Contoso\\Ines", 9 },
		{ "b0000000-0000-4000-8000-000000000004",
		  "CONTOSO\\ines", 5 },
	};

	for (int i = 0; i < 4; i++) {
		struct req q = req_mapi(g, &g->server[i % g->server_count],
		    &g->user[8], at);

		q.ip = "10.50.8.1";
		q.id = list[i].id;
		q.user = list[i].user;
		q.end = at + list[i].late;
		q.note = i ? "tie" : "tie: shown as this one";
		req_emit(g, &q);
	}
	struct visit v = { 8, NULL, "10.50.8.1", "contoso\\ines by ties" };
	visit_emit(g, &v, at + MS_MINUTE);
}

void
scen_actors(struct gen *g)
{
	if (g->user_count < 9)
		die("actors: needs 9 users");
	int64_t at = g->start_ms + 10 * MS_MINUTE;
	for (size_t i = 0; i < sizeof visits / sizeof visits[0]; i++) {
		visit_emit(g, &visits[i], at);
		at += 7 * MS_MINUTE;
	}
	ties(g, at);
	activity(g, &g->server[0], "Mapi", g->start_ms, g->stop_ms);
}
