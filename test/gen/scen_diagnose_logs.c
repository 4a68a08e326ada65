/* SPDX-License-Identifier: MIT */
/* Logons that a second log explains: IIS, and the back end's RPC module. */
#include "scen_diagnose.h"

#include "otherlog.h"
#include "scen.h"

/* What IIS says of a first leg: no credentials yet, please go on. */
#define WIN32_NO_CREDENTIALS INT64_C(2148074254)

/* A line of IIS under a request of its own id; the row gets it, too. */
static void
told(struct gen *g, struct otherlog *log, const struct user *u, struct req *q,
     char *id, int64_t win32)
{
	rng_guid(&g->rng, id);
	q->id = id;
	req_emit(g, q);
	q->ip = u->client;
	iis_line(log, g, q, id, q->status, q->status == 401, win32);
	q->id = NULL;
}

/*
 * Somebody writes another request's id into his query: it must not look as
 * if that one had been refused for a wrong password.
 */
static void
forged(struct gen *g, struct otherlog *log, const struct req *leg,
       const char *victim)
{
	char own[GUID_LEN + 1];
	struct req q = *leg;

	rng_guid(&g->rng, own);
	q.id = NULL;
	q.ip = "203.0.113.90";
	q.query = tmp(g, "%s&cafeReqId=%s;", leg->query, victim);
	iis_line(log, g, &q, own, 401, 1, 1326);
}

/* n legs, a second apart; each second one has the reason. */
static void
refused(struct gen *g, struct otherlog *log, const struct user *u, int n,
	const struct req *q, int64_t reason, const char *expect)
{
	for (int i = 0; i < n; i++) {
		char id[GUID_LEN + 1];
		struct req leg = req_leg(q, i % 2 ? "NTLM" : "Negotiate",
					 q->start + i * MS_SECOND);

		leg.expect = expect;
		told(g, log, u, &leg, id,
		     i % 2 ? reason : WIN32_NO_CREDENTIALS);
		if (reason == WIN32_NO_CREDENTIALS)
			forged(g, log, &leg, id);
	}
}

static struct req
rpc_out(struct gen *g, const struct user *u, int64_t at)
{
	const struct channel c = {
		.srv = &g->server[u->home],
		.user = u,
		.guid = u->guid,
		.port = 6001,
		.start = at,
	};

	return req_rpc(g, &c, "RPC_OUT_DATA");
}

/* A channel that the copy of HttpProxy's log does not hold any more. */
static void
iis_channel(struct gen *g, struct otherlog *log, const struct user *u,
	    struct req *q)
{
	char id[GUID_LEN + 1];

	rng_guid(&g->rng, id);
	q->ip = u->client;
	q->end = g->stop_ms + 20 * MS_MINUTE;
	iis_line(log, g, q, id, 200, 0, 64);
}

/*
 * Wrong, locked, expired, to be changed, disabled, extended protection; the
 * seventh by RPC.  The eighth had first legs only, and his channel stood,
 * whatever somebody else writes into the log.
 */
void
scen_dx_iis(struct gen *g)
{
	static const int64_t reasons[] = {
		1326, 1909, 1330, 1907, 1331, INT64_C(2148074310),
	};
	struct otherlog log = { 0 };
	struct req q;

	dx_calm(g, 8);
	for (int i = 0; i < 8; i++)
		dx_seen(g, dx_apart(g, i), dx_minute(g, 2));
	for (int i = 0; i < 12; i++) {
		const struct user *u = dx_apart(g, i % 6);

		q = req_mapi(g, &g->server[u->home], u,
			     dx_minute(g, 30 + 10 * i));
		refused(g, &log, u, 4, &q, reasons[i % 6],
			"fe_credentials_rejected");
	}
	q = rpc_out(g, dx_apart(g, 6), dx_minute(g, 35));
	refused(g, &log, dx_apart(g, 6), 4, &q, 1326,
		"fe_credentials_suspected");
	q = rpc_out(g, dx_apart(g, 7), dx_minute(g, 45));
	refused(g, &log, dx_apart(g, 7), 3, &q, WIN32_NO_CREDENTIALS,
		"fe_credentials_suspected");
	q.start += 3 * MS_SECOND;
	iis_channel(g, &log, dx_apart(g, 7), &q);
	for (int i = 0; i < 40; i++) {
		const struct user *u = &g->user[i % 4];
		char id[GUID_LEN + 1];

		q = req_mapi(g, &g->server[u->home], u,
			     dx_minute(g, 9 + 7 * i));
		told(g, &log, u, &q, id, 0);
	}
	iis_write(&log, g);
	otherlog_free(&log);
}

/* The machine that a person's mailbox is on. */
static const struct server *
back_of(const struct gen *g, const struct user *u)
{
	return &g->server[u->mailbox - dx_back];
}

static void
told_by_back(struct gen *g, struct otherlog *log, const struct user *u,
	     int64_t at, int64_t end)
{
	struct req q = rpc_out(g, u, at);

	q.ip = u->client;
	module_channel(log, g, back_of(g, u), &q, end);
}

/*
 * Three people whose RPC legs never end in a row.  Of the first the back end
 * says that he got in; of the third, too, but long before; of the second
 * nothing.
 */
void
scen_dx_module(struct gen *g)
{
	static const int begin[] = { 30, 40, 130 };
	struct otherlog log = { 0 };

	dx_calm(g, 3);
	for (int i = 0; i < 3; i++) {
		const struct user *u = dx_apart(g, i);
		int64_t at = dx_minute(g, begin[i]);
		struct req q = rpc_out(g, u, at);

		dx_seen(g, u, dx_minute(g, 2));
		legs_only(g, &q, 3, at, "fe_credentials_suspected");
	}
	told_by_back(g, &log, dx_apart(g, 0), dx_minute(g, 30) + 2300, 0);
	told_by_back(g, &log, dx_apart(g, 2), dx_minute(g, 12), 0);
	for (int i = 0; i < 4; i++)
		told_by_back(g, &log, &g->user[i], dx_minute(g, 20 + 30 * i),
			     dx_minute(g, 40 + 30 * i));
	module_write(&log, g);
	otherlog_free(&log);
}
