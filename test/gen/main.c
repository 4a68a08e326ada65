/* SPDX-License-Identifier: MIT */
/* gen: writes deterministic trees of HttpProxy logs for tests. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "scen.h"
#include "tree.h"

struct scenario {
	const char *name;
	const char *sentence;
	void (*run)(struct gen *g);
	int hours, servers, users; /* 0 = 8, 2, 24 */
	const char *start;	   /* NULL = 2026-11-16 */
	enum gzip_mode gzip;
};

static const struct scenario scenarios[] = {
	{ "healthy", "normal things only, no prompt-capable failure at all",
	  scen_healthy, 0, 0, 0, NULL, GZIP_NONE },
	{ "quiet", "hardly any traffic", scen_quiet, 1, 1, 1, NULL, GZIP_NONE },
	{ "fieldnote", "2010 mailboxes by RpcHttp: cas10-02 lacks KB3140410",
	  scen_fieldnote, 0, 0, 0, NULL, GZIP_NONE },
	{ "patched", "fieldnote, and cas10-02 is repaired at half time",
	  scen_patched, 0, 0, 0, NULL, GZIP_NONE },
	{ "wrongpassword", "users whose logons never succeed, three ways",
	  scen_wrongpassword, 0, 0, 0, NULL, GZIP_NONE },
	{ "spray", "one address tries many users; another names nobody",
	  scen_spray, 2, 1, 0, NULL, GZIP_NONE },
	{ "allclasses", "every row rule and every branch of it, twice",
	  scen_allclasses, 0, 0, 0, NULL, GZIP_NONE },
	{ "sessions", "logon legs at every boundary of the session rules",
	  scen_sessions, 0, 3, 0, NULL, GZIP_NONE },
	{ "actors", "whose mailbox it is: one, several, nobody, ties",
	  scen_actors, 0, 0, 0, NULL, GZIP_NONE },
	{ "builds", "every column set, changed in mid-file, concatenated",
	  scen_builds, 4, 9, 6, NULL, GZIP_NONE },
	{ "late", "channels that close days after they began", scen_late, 0, 0,
	  0, NULL, GZIP_NONE },
	{ "probes", "Managed Availability, and outsiders who play it",
	  scen_probes, 2, 0, 1, NULL, GZIP_NONE },
	{ "localized", "exception texts of four languages", scen_localized, 1,
	  4, 4, NULL, GZIP_NONE },
	{ "hostile", "attacker text in every cell that a client fills",
	  scen_hostile, 1, 1, 2, NULL, GZIP_NONE },
	{ "damaged", "torn, cut, re-saved, doubled and foreign files",
	  scen_damaged, 1, 1, 4, NULL, GZIP_NONE },
	{ "dst", "a day over the end of summer time", scen_dst, 24, 0, 8,
	  "2026-10-25", GZIP_NONE },
	{ "demo", "the shipped fixture: a day, a broken legacy server",
	  scen_demo, 24, 0, 36, "2026-11-20", GZIP_SOME },
	{ "bench", "volume: realistic mix up to many GiB", scen_bench, 24, 0,
	  2000, NULL, GZIP_NONE },
};
#define SCENARIOS (sizeof scenarios / sizeof scenarios[0])

static const char usage[] =
	"usage: gen --scenario NAME --out DIR [--seed N] [--size "
	"small|medium|BYTES]\n"
	"           [--servers N] [--users N] [--start YYYY-MM-DD] [--hours "
	"N]\n"
	"           [--failures PERCENT] [--gzip none|some|all] [--expect FILE]\n"
	"       gen --list\n";

static int64_t
number(const char *option, const char *text, int64_t lo, int64_t hi)
{
	char *end;

	errno = 0;
	long long n = strtoll(text, &end, 10);
	if (errno || end == text || *end || n < lo || n > hi)
		die("%s: bad number \"%s\"", option, text);
	return n;
}

static int64_t
date(const char *text)
{
	int part[3] = { 0, 0, 0 };
	int n = 0, used = 0;

	n = sscanf(text, "%4d-%2d-%2d%n", &part[0], &part[1], &part[2], &used);
	if (n != 3 || text[used] || part[0] < 1970 || part[1] < 1 ||
	    part[1] > 12 || part[2] < 1 || part[2] > 31)
		die("--start: bad date \"%s\"", text);
	return days_from_civil(part[0], part[1], part[2]) * MS_DAY;
}

static void
size_option(struct options *o, const char *text)
{
	char *end;

	if (!strcmp(text, "small"))
		return;
	o->rollover_bytes = 10 * 1024 * 1024;
	if (!strcmp(text, "medium")) {
		o->scale = 8;
		return;
	}
	errno = 0;
	long long n = strtoll(text, &end, 10);
	int shift = *end == 'K' ? 10 : *end == 'M' ? 20 : *end == 'G' ? 30 : 0;
	if (errno || end == text || n < 1 || n > (INT64_MAX >> shift) ||
	    (shift ? end[1] : end[0]))
		die("--size: bad size \"%s\"", text);
	o->bytes = n << shift;
}

static void
gzip_option(struct options *o, const char *text)
{
	o->gzip_given = true;
	if (!strcmp(text, "none"))
		o->gzip = GZIP_NONE;
	else if (!strcmp(text, "some"))
		o->gzip = GZIP_SOME;
	else if (!strcmp(text, "all"))
		o->gzip = GZIP_ALL;
	else
		die("--gzip: none, some or all, not \"%s\"", text);
}

static void
option(struct options *o, const char *name, const char *value)
{
	if (!strcmp(name, "--scenario")) {
		o->scenario = value;
	} else if (!strcmp(name, "--out")) {
		o->out = value;
	} else if (!strcmp(name, "--expect")) {
		o->expect = value;
	} else if (!strcmp(name, "--seed")) {
		o->seed = (uint64_t)number(name, value, 0, INT64_MAX);
	} else if (!strcmp(name, "--servers")) {
		o->servers = (int)number(name, value, 1, MAX_SERVERS);
	} else if (!strcmp(name, "--users")) {
		o->users = (int)number(name, value, 1, 100000);
	} else if (!strcmp(name, "--failures")) {
		o->failures = (int)number(name, value, 0, 100);
	} else if (!strcmp(name, "--hours")) {
		o->hours = (int)number(name, value, 1, 24 * 366);
	} else if (!strcmp(name, "--start")) {
		o->start_ms = date(value);
	} else if (!strcmp(name, "--size")) {
		size_option(o, value);
	} else if (!strcmp(name, "--gzip")) {
		gzip_option(o, value);
	} else {
		fputs(usage, stderr);
		die("unknown option \"%s\"", name);
	}
}

static const struct scenario *
scenario_find(const char *name)
{
	for (size_t i = 0; i < SCENARIOS; i++)
		if (!strcmp(scenarios[i].name, name))
			return &scenarios[i];
	die("no scenario \"%s\"; see --list", name);
}

static void
defaults(struct options *o, const struct scenario *s)
{
	if (!o->hours)
		o->hours = s->hours ? s->hours : 8;
	if (!o->servers)
		o->servers = s->servers ? s->servers : 2;
	if (!o->users)
		o->users = s->users ? s->users : 24;
	if (o->start_ms < 0)
		o->start_ms = date(s->start ? s->start : "2026-11-16");
	if (!o->gzip_given)
		o->gzip = s->gzip;
}

static void
run(const struct options *o, const struct scenario *s)
{
	static struct gen g;

	gen_init(&g, o);
	s->run(&g);
	tree_write(g.tree);
	if (o->expect)
		file_put(o->expect, g.expect.data, g.expect.len);
	gen_free(&g);
}

int
main(int argc, char **argv)
{
	struct options o = {
		.seed = 1,
		.rollover_bytes = 64 * 1024,
		.scale = 1,
		.failures = 4,
		.start_ms = -1,
	};

	if (argc == 2 && !strcmp(argv[1], "--list")) {
		for (size_t i = 0; i < SCENARIOS; i++)
			printf("%-14s %s\n", scenarios[i].name,
			       scenarios[i].sentence);
		return 0;
	}
	for (int i = 1; i < argc; i += 2) {
		if (i + 1 == argc) {
			fputs(usage, stderr);
			return 2;
		}
		option(&o, argv[i], argv[i + 1]);
	}
	if (!o.scenario || !o.out) {
		fputs(usage, stderr);
		return 2;
	}
	const struct scenario *s = scenario_find(o.scenario);
	defaults(&o, s);
	run(&o, s);
	return 0;
}
