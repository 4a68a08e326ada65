/* SPDX-License-Identifier: MIT */
/* popups: who was prompted for a password, when, why, and by which server. */

#include "popups.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "feed.h"
#include "when.h"

static const char *const by_names[BY_MAX] = {
	"hour",	  "day",    "user",	"client", "class",
	"target", "server", "protocol", "popup",
};

const char *
by_name(enum by by)
{
	return by_names[by];
}

static rpclog_slice
text_of(const char *text)
{
	rpclog_slice s = { text, strlen(text) };

	return s;
}

rpclog_slice
by_value(const struct popups *p, enum by by, const rpclog_tally *tally,
	 char room[GROUPS_INT_LEN])
{
	rpclog_class info;

	switch (by) {
	case BY_HOUR: return groups_int(room, when_hour_of(tally->quarter_us));
	case BY_DAY: return groups_int(room, when_day_of(tally->quarter_us));
	case BY_USER: return tally->actor;
	case BY_CLIENT: return tally->client;
	case BY_CLASS:
		if (!rpclog_rules_by_id(p->rules, tally->class_id, &info))
			return text_of("");
		return text_of(info.name);
	case BY_TARGET: return tally->target;
	case BY_SERVER: return tally->server;
	case BY_PROTOCOL: return tally->protocol;
	case BY_POPUP:
		return text_of(tally->popup == RPCLOG_POPUP_YES ? "yes"
								: "likely");
	}
	return text_of("");
}

/* --by, or hour,user,class,target; 0, or -1 and said what is wrong. */
static int
read_by(struct popups *p)
{
	const struct text_list *list = &p->options->by;
	static const enum by usual[] = { BY_HOUR, BY_USER, BY_CLASS,
					 BY_TARGET };

	if (list->count == 0) {
		memcpy(p->by, usual, sizeof(usual));
		p->by_count = sizeof(usual) / sizeof(usual[0]);
		return 0;
	}
	for (size_t i = 0; i < list->count; i++) {
		size_t by = 0;

		while (by < BY_MAX && strcasecmp(by_names[by], list->items[i]))
			by++;
		if (by == BY_MAX) {
			const char *near =
				nearest(list->items[i], by_names, BY_MAX);

			usage_error(p->options, "popups has no --by %s%s%s%s",
				    list->items[i],
				    near ? ": did you mean " : "",
				    near ? near : "", near ? "?" : "");
			return -1;
		}
		for (size_t j = 0; j < p->by_count; j++) {
			if (p->by[j] == (enum by)by) {
				usage_error(p->options,
					    "\"%s\" stands twice in --by",
					    by_names[by]);
				return -1;
			}
		}
		p->by[p->by_count++] = (enum by)by;
	}
	return 0;
}

/* ---- printing -------------------------------------------------------------
 */

static void
take_tally(struct popups *p, const rpclog_tally *tally)
{
	char room[BY_MAX][GROUPS_INT_LEN];
	rpclog_slice values[BY_MAX];

	p->tallies = xgrow(p->tallies, p->tally_count, &p->tally_room,
			   sizeof(*p->tallies));
	p->tallies[p->tally_count++] = *tally;
	for (size_t i = 0; i < p->by_count; i++)
		values[i] = by_value(p, p->by[i], tally, room[i]);

	uint32_t known = groups_count(p->groups);
	uint32_t id = tuples_add(p->groups, values);

	if (id == known) {
		p->group =
			xgrow(p->group, id, &p->group_room, sizeof(*p->group));
		memset(&p->group[id], 0, sizeof(p->group[id]));
		p->group[id].first_us = INT64_MAX;
		p->group[id].last_us = INT64_MIN;
	}

	struct popup_group *group = &p->group[id];

	group->prompts += tally->prompts;
	group->requests += tally->requests;
	if (tally->first_us < group->first_us)
		group->first_us = tally->first_us;
	if (tally->last_us > group->last_us)
		group->last_us = tally->last_us;
}

static enum cell_kind
kind_of(enum by by)
{
	return by == BY_HOUR ? CELL_HOUR : by == BY_DAY ? CELL_DAY : CELL_TEXT;
}

static void
print_cell(struct table *table, enum by by, rpclog_slice value)
{
	if (by == BY_HOUR)
		table_hour(table, groups_get_int(value));
	else if (by == BY_DAY)
		table_day(table, groups_get_int(value));
	else if (value.len == 0)
		table_absent(table);
	else
		table_text(table, value);
}

static void
print_table(const struct popups *p, struct out *out)
{
	struct column columns[BY_MAX + 4];
	size_t count = 0;
	uint32_t *order = tuples_sorted(p->groups, p->by_count);

	for (size_t i = 0; i < p->by_count; i++)
		columns[count++] = (struct column){ by_names[p->by[i]],
						    kind_of(p->by[i]) };
	columns[count++] = (struct column){ "prompts", CELL_NUMBER };
	columns[count++] = (struct column){ "requests", CELL_NUMBER };
	columns[count++] = (struct column){ "first", CELL_TIME };
	columns[count++] = (struct column){ "last", CELL_TIME };

	struct table *table =
		table_begin(out, p->options->format, columns, count,
			    p->options->csv_guard ? 0 : TABLE_NO_GUARD);

	for (uint32_t i = 0; i < groups_count(p->groups); i++) {
		const struct popup_group *group = &p->group[order[i]];

		for (size_t j = 0; j < p->by_count; j++)
			print_cell(table, p->by[j],
				   groups_value(p->groups, order[i], j));
		table_unsigned(table, group->prompts);
		table_unsigned(table, group->requests);
		table_time(table, group->first_us);
		table_time(table, group->last_us);
		table_row(table);
	}
	table_end(table);
	free(order);
}

static void
print(const struct popups *p)
{
	struct out *out = out_stdout();

	if (p->options->format != OUT_TEXT) {
		print_table(p, out);
		return;
	}
	if (p->tally_count > 0) {
		if (p->options->by.count > 0)
			print_table(p, out);
		else
			popups_print_hours(p, out);
	}
	popups_print_totals(p, out);
}

static void
take_tallies(struct popups *p, rpclog_tracker *tracker)
{
	rpclog_tally tally;

	while (rpclog_tracker_next_tally(tracker, &tally) == RPCLOG_OK)
		take_tally(p, &tally);
	p->too_recent = rpclog_tracker_too_recent(tracker);
}

static int
run_popups(struct options *options)
{
	struct popups p = { .options = options };

	if (read_by(&p) < 0)
		return EXIT_TROUBLE;

	struct run *run = run_new(options, options->operands,
				  options->operand_count, RUN_REQUESTS);

	if (!run)
		return run_end(NULL);

	rpclog_tracker *tracker = feed_run(run, FEED_PROMPTS);

	if (tracker) {
		p.rules = run_rules(run);
		p.gap_s = options->gap_s == NUMBER_UNSET ? 120 : options->gap_s;
		p.logs = run_logs_read(run);
		p.groups = tuples_new(p.by_count);
		take_tallies(&p, tracker);
		print(&p);
		groups_free(p.groups);
		free(p.group);
		free(p.tallies);
	}
	rpclog_tracker_free(tracker);
	return run_end(run);
}

const struct command command_popups = {
	.name = "popups",
	.usage = "[PATH...]",
	.sentence = "who was prompted for a password, when, why, by which "
		    "server",
	.bit = CMD_POPUPS,
	.run = run_popups,
	.notes = "--by knows: hour, day, user, client, class, target, server, "
		 "protocol, popup.\n"
		 "A log can't see a dialog: prompt-capable failures are "
		 "counted.\n",
};
