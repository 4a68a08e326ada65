/* SPDX-License-Identifier: MIT */
/* Every column set on a server of its own; sets that change in a file. */
#include "scen.h"

#include "logtext.h"
#include "traffic.h"

#define CONCATENATED 8

static void
updated(struct server *s, int64_t when_ms, bool header)
{
	server_build(s, V69);
	s->minor = 1;
	s->build = 466;
	s->revision = 33;
	s->set_after = V74;
	s->change_ms = when_ms;
	if (header)
		s->midheader_ms = when_ms;
}

static void
server_day(struct gen *g, const struct server *s)
{
	for (int i = 0; i < g->user_count; i++) {
		const struct user *u = &g->user[i];
		struct channel c = {
			.srv = s, .user = u, .guid = u->guid, .port = 6001,
			.legs = 1, .length = 8 * MS_MINUTE,
			.start = g->start_ms + (5 + i * 17) * MS_MINUTE,
		};

		for (int k = 0; k < 3; k++)
			mapi_session(g, s, u, c.start + k * 50 * MS_MINUTE,
			    3);
		rpc_open(g, &c);
		c.to = &target_cas2;
		c.guid = u->shared;
		rpc_refused(g, &c);
	}
	probes(g, s, "RpcHttp", g->start_ms, g->stop_ms, 10 * MS_MINUTE);
	activity(g, s, "RpcHttp", g->start_ms, g->stop_ms);
}

/* copy a+b: a second bare row and header in mid-file. */
static void
concatenated(struct gen *g, struct server *s)
{
	struct buf text = { 0 };

	server_name(s, "ex1x", CONCATENATED + 1);
	for (int i = 0; i < SET_COUNT; i++) {
		server_build(s, (enum setid)i);
		log_make(g, s, g->start_ms + i * 9 * MS_MINUTE, 5, &text);
	}
	log_put(g, "Mapi", "HttpProxy_2026111600-1.LOG", &text);
	buf_free(&text);
}

void
scen_builds(struct gen *g)
{
	static const char *const prefix[SET_COUNT] = {
		"ex13rtm", "ex13cu3", "ex13cu5", "ex13cu23", "exo",
		"ex16cu22",
	};
	int64_t when = g->start_ms + MS_HOUR + 23 * MS_MINUTE;

	if (g->server_count < CONCATENATED + 1)
		die("builds: needs %d servers", CONCATENATED + 1);
	for (int i = 0; i < SET_COUNT; i++) {
		server_name(&g->server[i], prefix[i], i + 1);
		server_build(&g->server[i], (enum setid)i);
	}
	updated(&g->server[6], when, false);
	updated(&g->server[7], when, true);
	g->opt.rollover_bytes = 10 * 1024 * 1024;
	for (int i = 0; i < CONCATENATED; i++)
		server_day(g, &g->server[i]);
	concatenated(g, &g->server[CONCATENATED]);
}
