/* SPDX-License-Identifier: MIT */
/* Volume: streams templates into files, without holding the rows. */
#include "bench_row.h"
#include "scen.h"
#include "texts.h"
#include "traffic.h"
#include "tree.h"

#include <string.h>

#define GOOD 12
#define BAD 4
#define RING 65536
#define CHANNEL_MS (25 * MS_MINUTE)

/* Rows of one protocol on one server, in the order of time. */
struct stream {
	struct gen *g;
	const struct server *srv;
	const char *proto;
	int64_t now_us, step_us;
	int64_t file_ms;         /* of the first row of the open file */
	int instance;
	struct buf text;
};

struct mix {
	struct template good[GOOD], bad[BAD];
	struct template leg, open_out, open_in, no_out, no_in;
};

/* RPC channels that are open: people who began at a time, a queue. */
struct open_channels {
	struct { int user; int64_t begun_ms; } ring[RING];
	uint32_t head, tail;
};

static void
file_end(struct stream *s)
{
	if (!s->text.len)
		return;
	tree_put(s->g->tree, s->srv, s->proto, s->file_ms, s->instance,
	    &s->text);
	buf_clear(&s->text);
}

static void
put(struct stream *s, const struct template *t, int user, int64_t end_ms)
{
	/* Never back into an hour whose file is written. */
	if (end_ms < s->file_ms)
		end_ms = s->file_ms;
	if (s->text.len && end_ms / MS_HOUR != s->file_ms / MS_HOUR) {
		file_end(s);
		s->instance = 1;
	} else if ((int64_t)s->text.len > s->g->opt.rollover_bytes) {
		file_end(s);
		s->instance++;
	}
	if (!s->text.len) {
		s->file_ms = end_ms;
		header_write(s->srv, end_ms + 1, true, &s->text);
	}
	template_write(t, &s->g->rng, user, end_ms, &s->text);
	s->now_us += s->step_us;
}

/* The template's day holds all its times, so it is made at noon. */
static void
mix_make(struct gen *g, const struct server *s, const char *proto,
    struct mix *m)
{
	static const char *const words[BAD] = {
		"ConnectFailure", "Timeout", "SendFailure", "500",
	};
	int64_t noon = g->start_ms / MS_DAY * MS_DAY + 12 * MS_HOUR;
	const bool mapi = !strcmp(proto, "Mapi");

	for (int i = 0; i < GOOD + BAD; i++) {
		struct req q = req_mapi(g, s, &bench_person, noon);

		q.proto = proto;
		q.end = noon + 5 + i * i * 40;
		q.cookie = tmp(g, "Database~%s~~2026-12-20T08:00:00",
		    g->database);
		q.stats = "I32:ATE.C[dc01.contoso.com]=2;"
		    "F:ATE.AL[dc01.contoso.com]=0.5;I32:ADS.C[DC01]=2;"
		    "F:ADS.AL[DC01]=1.7;S:ServiceCommonMetadata.Cookie=";
		q.client_request = mapi ? tmp(g, "R:{%s}:%d;RT:Execute;"
		    "CI:{%s}:1;CID:%s", g->database, i, g->database,
		    g->database) : NULL;
		if (!mapi) {
			q.query = NULL;
			q.stem = !strcmp(proto, "Ews") ?
			    "/EWS/exchange.asmx" :
			    "/autodiscover/autodiscover.xml";
		}
		if (i < GOOD) {
			template_make(g, &q, &m->good[i]);
			continue;
		}
		const bool word = i - GOOD < BAD - 1;
		q.be = words[i - GOOD];
		q.status = word ? 503 : 500;
		q.error = word ? q.be : NULL;
		q.errors = word ? errors_transport(g, 0, q.be, "10.10.0.31") :
		    errors_status(g, 0, 500);
		template_make(g, &q, &m->bad[i - GOOD]);
	}
}

static void
mix_make_rpc(struct gen *g, const struct server *s, struct mix *m)
{
	struct channel c = {
		.srv = s, .user = &bench_person, .guid = bench_person.guid,
		.port = 6001, .length = CHANNEL_MS,
		.start = g->start_ms / MS_DAY * MS_DAY + 12 * MS_HOUR,
	};
	struct req out = req_rpc(g, &c, "RPC_OUT_DATA");
	struct req in = req_rpc(g, &c, "RPC_IN_DATA");
	struct req leg = req_leg(&out, "NTLM", c.start);

	out.errors = "PossibleException=IOException;";
	template_make(g, &out, &m->open_out);
	template_make(g, &in, &m->open_in);
	template_make(g, &leg, &m->leg);
	c.to = &target_cas2;
	c.length = 5;
	out = req_rpc(g, &c, "RPC_OUT_DATA");
	in = req_rpc(g, &c, "RPC_IN_DATA");
	in.status = out.status = 500;
	in.error = out.error = "InternalServerError";
	in.state = out.state = "PrepareServerRequest";
	in.be = NULL;
	out.be = "401";
	in.errors = errors_sspi(g, 0, c.to->fqdn, "InvalidToken", true);
	out.errors = errors_sspi(g, 0, c.to->fqdn, "InvalidToken", false);
	template_make(g, &out, &m->no_out);
	template_make(g, &in, &m->no_in);
}

static void
web_stream(struct stream *s, const struct mix *m, int64_t stop_us)
{
	struct gen *g = s->g;

	while (s->now_us < stop_us) {
		uint64_t dice = rng_next(&g->rng);
		int user = (int)((dice >> 32) % (uint64_t)g->user_count);
		const bool bad = dice % 100 < (uint64_t)g->opt.failures;
		const struct template *t = bad ?
		    &m->bad[dice / 100 % BAD] : &m->good[dice / 100 % GOOD];

		put(s, t, user, s->now_us / 1000);
	}
}

static void
close_due(struct stream *s, const struct mix *m, struct open_channels *o)
{
	while (o->head != o->tail) {
		uint32_t at = o->tail % RING;
		int64_t end_ms = o->ring[at].begun_ms + CHANNEL_MS;

		if (end_ms > s->now_us / 1000 && o->head - o->tail < RING - 1)
			return;
		put(s, &m->open_out, o->ring[at].user, end_ms);
		put(s, &m->open_in, o->ring[at].user, end_ms + 2);
		o->tail++;
	}
}

/* One logon in ten is refused behind, one in forty never succeeds. */
static void
rpc_stream(struct stream *s, const struct mix *m, int64_t stop_us,
    struct open_channels *o)
{
	struct gen *g = s->g;

	o->head = o->tail = 0;
	while (s->now_us < stop_us) {
		int64_t now = s->now_us / 1000;
		uint64_t dice = rng_next(&g->rng);
		int user = (int)((dice >> 32) % (uint64_t)g->user_count);
		unsigned kind = (unsigned)(dice % 40);

		put(s, &m->leg, user, now);
		put(s, &m->leg, user, now + 3);
		if (kind == 0) {
			put(s, &m->leg, user, now + 6);
		} else if (kind < 5) {
			put(s, &m->no_in, user, now + 9);
			put(s, &m->no_out, user, now + 11);
		} else {
			o->ring[o->head % RING].user = user;
			o->ring[o->head % RING].begun_ms = now + 5;
			o->head++;
		}
		close_due(s, m, o);
	}
}

static void
stream_run(struct gen *g, const struct server *srv, const char *proto,
    int64_t bytes, struct mix *m, struct open_channels *o)
{
	const bool rpc = !strcmp(proto, "RpcHttp");
	struct stream s = {
		.g = g, .srv = srv, .proto = proto, .instance = 1,
		.now_us = g->start_ms * 1000,
	};
	size_t mean;

	if (rpc) {
		mix_make_rpc(g, srv, m);
		mean = (2 * m->leg.text.len + m->open_out.text.len +
		    m->open_in.text.len) / 4;
	} else {
		mix_make(g, srv, proto, m);
		mean = m->good[0].text.len;
	}
	s.step_us = (g->stop_ms - g->start_ms) * 1000 /
	    (bytes / (int64_t)mean + 1);
	if (s.step_us < 1)
		s.step_us = 1;
	if (rpc)
		rpc_stream(&s, m, g->stop_ms * 1000, o);
	else
		web_stream(&s, m, g->stop_ms * 1000);
	file_end(&s);
	buf_free(&s.text);
}

static void
mix_free(struct mix *m)
{
	for (int i = 0; i < GOOD; i++)
		template_free(&m->good[i]);
	for (int i = 0; i < BAD; i++)
		template_free(&m->bad[i]);
	template_free(&m->leg);
	template_free(&m->open_out);
	template_free(&m->open_in);
	template_free(&m->no_out);
	template_free(&m->no_in);
}

void
scen_bench(struct gen *g)
{
	static const struct { const char *proto; int percent; } shares[] = {
		{ "Mapi", 50 }, { "RpcHttp", 25 }, { "Ews", 16 },
		{ "Autodiscover", 9 },
	};
	static struct open_channels channels;
	static struct mix mix;
	int64_t bytes = g->opt.bytes ? g->opt.bytes :
	    g->opt.scale * INT64_C(8) * 1024 * 1024;

	for (int i = 0; i < g->server_count; i++)
		for (size_t p = 0; p < 4; p++)
			stream_run(g, &g->server[i], shares[p].proto, bytes /
			    100 * shares[p].percent / g->server_count, &mix,
			    &channels);
	mix_free(&mix);
}
