/* SPDX-License-Identifier: MIT */
/* The made-up organisation: front ends, legacy servers, people. */
#include "gen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tree.h"

#define CAS(n, p)                                                              \
	{                                                                      \
		.name = "cas10-0" #n, .fqdn = "cas10-0" #n ".contoso.com",     \
		.version = "14.03.0123.000", .ip = "10.10.0.3" #n,             \
		.legacy = true, .patched = p                                   \
	}

const struct target target_cas1 = CAS(1, true);
const struct target target_cas2 = CAS(2, false);
const struct target target_cas2_patched = CAS(2, true);

static const char *const given_names[] = {
	"alice",  "bruno",  "chloe",  "dmitri", "elena",   "farid",
	"greta",  "hugo",   "ines",   "jonas",	"karin",   "louis",
	"marta",  "nancy",  "olga",   "pierre", "quentin", "rosa",
	"stefan", "tanja",  "ulrich", "vera",	"wanda",   "xavier",
	"yvonne", "zoltan", "renee",  "boris",	"nadia",   "tomas",
};
#define NAMES (int)(sizeof given_names / sizeof given_names[0])

const char *
tmp(struct gen *g, const char *fmt, ...)
{
	struct buf *b = &g->tmp[g->tmp_next++ % TMP_SLOTS];
	va_list ap;

	buf_clear(b);
	va_start(ap, fmt);
	buf_vfmt(b, fmt, ap);
	va_end(ap);
	return b->data;
}

int64_t
version_int(int major, int minor, int build)
{
	return (build & 0x7fff) | minor << 16 | major << 22 | 0x70008000;
}

void
server_name(struct server *s, const char *prefix, int n)
{
	snprintf(s->name, sizeof s->name, "%s-%02d", prefix, n);
	snprintf(s->fqdn, sizeof s->fqdn, "%s-%02d.contoso.com", prefix, n);
}

void
server_build(struct server *s, enum setid set)
{
	static const int builds[SET_COUNT][3] = {
		[V53] = { 0, 516, 25 }, [V64] = { 0, 775, 22 },
		[V68] = { 0, 913, 7 },	[V69] = { 0, 1497, 10 },
		[V70] = { 1, 427, 1 },	[V74] = { 1, 2375, 7 },
	};

	s->set = set;
	s->set_after = set;
	s->minor = builds[set][0];
	s->build = builds[set][1];
	s->revision = builds[set][2];
}

enum setid
server_set(const struct server *s, int64_t ms)
{
	return s->change_ms && ms >= s->change_ms ? s->set_after : s->set;
}

static void
make_client(struct user *u, int i)
{
	int a = i / 200 % 250, b = i % 200 + 20;

	switch (i % 12) {
	case 3:
		snprintf(u->client, sizeof u->client, "2001:db8:20:%x::%x", a,
			 b);
		break;
	case 7:
		snprintf(u->client, sizeof u->client, "198.51.%d.%d",
			 100 + i / 200 % 100, b);
		break;
	default: snprintf(u->client, sizeof u->client, "10.20.%d.%d", a, b);
	}
	u->style = i % 12;
}

static void
make_user(struct gen *g, struct user *u, int i)
{
	static const char *const versions[] = {
		"16.0.5317",
		"16.0.4266",
		"15.0.4859",
		"16.0.10827",
	};

	if (i < NAMES)
		snprintf(u->account, sizeof u->account, "%s", given_names[i]);
	else
		snprintf(u->account, sizeof u->account, "%s%d",
			 given_names[i % NAMES], i / NAMES + 1);
	rng_guid(&g->rng, u->guid);
	rng_guid(&g->rng, u->shared);
	make_client(u, i);
	snprintf(u->sid, sizeof u->sid,
		 "S-1-5-21-1004336348-1177238915-"
		 "682003330-%d",
		 1100 + i);
	u->cas = i % 3 == 1 ? 1 : 2;
	u->home = (int)rng_below(&g->rng, g->server_count);
	u->mixed_case = i % 5 == 2;
	u->windows7 = i % 9 == 4;
	const char *v = versions[i % 4];
	snprintf(u->outlook, sizeof u->outlook,
		 "Microsoft Office/%.4s (Windows NT %s; Microsoft Outlook %s; "
		 "Pro)",
		 v, u->windows7 ? "6.1" : "10.0", v);
}

void
gen_init(struct gen *g, const struct options *opt)
{
	memset(g, 0, sizeof *g);
	g->opt = *opt;
	rng_seed(&g->rng, opt->seed);
	g->start_ms = opt->start_ms;
	g->stop_ms = opt->start_ms + opt->hours * MS_HOUR;
	g->server_count = opt->servers;
	rng_guid(&g->rng, g->database);
	for (int i = 0; i < g->server_count; i++) {
		struct server *s = &g->server[i];

		server_name(s, "ex16", i + 1);
		server_build(s, V74);
	}
	g->user_count = opt->users;
	g->user = calloc((size_t)g->user_count, sizeof *g->user);
	if (!g->user)
		die("out of memory");
	for (int i = 0; i < g->user_count; i++)
		make_user(g, &g->user[i], i);
	g->tree = tree_new(g);
}

void
gen_free(struct gen *g)
{
	tree_free(g->tree);
	free(g->user);
	buf_free(&g->expect);
	for (int i = 0; i < TMP_SLOTS; i++)
		buf_free(&g->tmp[i]);
}

const char *
user_name(struct gen *g, const struct user *u)
{
	if (u->mixed_case && rng_one_in(&g->rng, 3))
		return tmp(g, "contoso\\%c%s", u->account[0] - 'a' + 'A',
			   u->account + 1);
	return tmp(g, "CONTOSO\\%s", u->account);
}

const char *
user_ip(struct gen *g, const struct user *u)
{
	switch (u->style) {
	case 0:
		return tmp(g, "%s:%d", u->client,
			   (int)rng_range(&g->rng, 49152, 65535));
	case 5: return tmp(g, "::ffff:%s", u->client);
	case 7: return tmp(g, "%s, 10.10.0.4", u->client);
	case 9:
		return rng_one_in(&g->rng, 2)
			       ? u->client
			       : tmp(g, "%s, 10.10.0.4", u->client);
	default: return u->client;
	}
}
