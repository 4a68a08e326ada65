/* SPDX-License-Identifier: MIT */
/* gen: writes deterministic trees of HttpProxy logs for tests. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "scenarios.h"
#include "tree.h"

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
	for (const struct scenario *s = scenarios; s->name; s++)
		if (!strcmp(s->name, name))
			return s;
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
		for (const struct scenario *s = scenarios; s->name; s++)
			printf("%-33s %s\n", s->name, s->sentence);
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
