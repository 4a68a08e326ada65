/* SPDX-License-Identifier: MIT */
/* A report from beginning to end. */

#include "report.h"

#include <stdlib.h>

#include "inside.h"
#include "when.h"

struct report *
report_new(struct db *db, const struct options *options,
	   const rpclog_rules *rules, const char *source, const char *paths)
{
	struct report *r = xcalloc(1, sizeof(*r));
	struct report_inside *in = xcalloc(1, sizeof(*in));
	int64_t since_us, until_us;

	r->options = options;
	in->report = r;
	in->db = db;
	in->options = options;
	in->rules = rules;
	r->inside = in;
	r->zone = options->zone ? options->zone : "UTC";
	r->source = source;
	r->made_us = when_now();
	/* Was asked before: it is fine. */
	report_span_of(options, &since_us, &until_us);
	take_spans(in, since_us, until_us);
	take_failures(in);
	take_traffic(in);
	take_history(in);
	take_legacy(in);
	take_logs(in);
	take_commands(in, source, paths);
	take_findings(in, paths);
	rank_all(in);
	return r;
}

static void
free_machines(struct report_machine *machines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(machines[i].failures_by);
		free(machines[i].worked_by);
		free(machines[i].missing_by);
		for (size_t span = 0; span < SPANS; span++)
			free(machines[i].logged[span]);
	}
	free(machines);
}

static void
free_inside(struct report_inside *in)
{
	struct places *places[] = { &in->names,	  &in->classes, &in->targets,
				    &in->servers, &in->users,	&in->before };

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		groups_free(places[i]->ids);
	for (size_t i = 0; i < in->kept_count; i++)
		free(in->kept[i]);
	free(in->kept);
	free(in->texts);
	free(in->earlier);
	free(in);
}

void
report_free(struct report *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->class_count; i++)
		free(r->classes[i].by_bucket);
	for (size_t i = 0; i < r->user_count; i++)
		free(r->users[i].by_bucket);
	for (size_t i = 0; i < COMMANDS; i++)
		free(r->commands[i]);
	free_machines(r->targets, r->target_count);
	free_machines(r->servers, r->server_count);
	findings_free(r->findings);
	free(r->buckets);
	free(r->classes);
	free(r->users);
	free(r->news);
	free(r->firsts);
	free(r->logs);
	free((void *)r->paths);
	free_inside(r->inside);
	free(r);
}
