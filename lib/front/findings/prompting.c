/* SPDX-License-Identifier: MIT */
/*
 * What can prompt and belongs to no other finding: classes of the rules, those
 * of the user's own too, in their own words.
 */

#include "machine.h"

#include "../../sort.h"

/* Has another finding this class? */
static bool
is_taken(uint32_t class_id)
{
	return is_kerberos(class_id) || class_id == C_AUTH_401_LEGACY ||
	       class_id == C_AUTH_401 || class_id == C_BASIC_REJECTED ||
	       (class_id >= C_REJECTED && class_id <= C_EXTENDED_PROTECTION) ||
	       class_id == C_ESTABLISH_TIMEOUT;
}

/* The machine that it is about: the target, or, if there is none, the server
 * that wrote the row. */
static uint32_t
subject_of(const struct cell *cell)
{
	return cell->target ? cell->target : cell->server;
}

static int
order(const void *a, const void *b, const void *ctx)
{
	const struct cell *x = *(const struct cell *const *)a;
	const struct cell *y = *(const struct cell *const *)b;

	(void)ctx;
	if (x->class_id != y->class_id)
		return x->class_id < y->class_id ? -1 : 1;
	if (subject_of(x) != subject_of(y))
		return subject_of(x) < subject_of(y) ? -1 : 1;
	return 0;
}

#define MOST 50 /* findings: anybody can make up names of targets */

/* Cells of one class and subject. */
struct group {
	const struct cell **cells;
	size_t count;
	uint64_t requests;
};

struct failures {
	struct group group;
	struct set users, sources, servers;
};

static void
take(struct findings *f, struct failures *these, struct draft *d)
{
	struct trend trend;

	trend_init(f, &trend);
	for (size_t i = 0; i < these->group.count; i++) {
		const struct cell *cell = these->group.cells[i];

		draft_count(d, cell);
		trend_add(&trend, cell);
		set_add(&these->servers, cell->server, cell->requests);
		set_add(is_source(f, cell->actor) ? &these->sources
						  : &these->users,
			cell->actor, cell->requests);
	}
	d->face.users = these->users.size;
	d->face.trend = trend_of(&trend);
}

static void
say_why(struct findings *f, struct draft *d, const struct failures *these,
	const rpclog_class *info)
{
	say(f, d, LINE_WHY, "%u %s: %s (%s).", d->face.requests,
	    plural(d->face.requests, "request", "requests"), info->title,
	    info->name);
	if (info->cause && info->cause[0])
		say(f, d, LINE_WHY, "What that means: %w", info->cause);
	if (info->popup == RPCLOG_POPUP_LIKELY)
		say(f, d, LINE_WHY,
		    "Most programs ask for a password then, not all: the log "
		    "does not show what the user saw.");
	if (these->sources.size > 0)
		say(f, d, LINE_WHY,
		    "Such requests came from %u %s without a name of a user, "
		    "too.",
		    (uint64_t)these->sources.size,
		    plural(these->sources.size, "address", "addresses"));
	if (these->servers.size > 1)
		say(f, d, LINE_WHY, "It happens at %u front ends alike.",
		    (uint64_t)these->servers.size);
}

static void
describe(struct findings *f, struct failures *these)
{
	const struct cell *one = these->group.cells[0];
	uint32_t subject = subject_of(one);
	rpclog_class info;
	struct draft *d;

	if (!rpclog_rules_by_id(f->rules, one->class_id, &info))
		return;
	d = draft_new(f, "prompting_failure", info.title, info.severity,
		      name_at(f, subject));
	if (!d)
		return;
	say_title(f, d, &info);
	take(f, these, d);
	/* Nobody who is known was hit. */
	if (these->users.size == 0 && d->face.severity > RPCLOG_LOW)
		d->face.severity = RPCLOG_LOW;
	say_sentence(f, d,
		     "%u %s %s %S failed in a way that %s Outlook ask for a "
		     "password (%s).",
		     d->face.requests,
		     plural(d->face.requests, "request", "requests"),
		     one->target ? "to" : "at", subject,
		     info.popup == RPCLOG_POPUP_YES ? "makes" : "can make",
		     info.name);
	say_users(f, d, &these->users);
	say_why(f, d, these, &info);
	if (info.remedy && info.remedy[0])
		say(f, d, LINE_DO, "%w", info.remedy);
	/* Of the user's own classes nothing else is known. */
	if (is_built_in(&info)) {
		say(f, d, LINE_DO, "What else is known of it:");
		say(f, d, LINE_COMMAND, "rpclog explain %s", info.name);
	}
	say(f, d, LINE_CHECK,
	    "An hour after the change this must name nobody:");
	say_check(f, d, "popups --likely --class %s --%s %H --since 1h",
		  info.name, one->target ? "target" : "server", subject);
}

static int
most_first(const void *a, const void *b, const void *ctx)
{
	const struct group *x = a, *y = b;

	(void)ctx;
	return x->requests == y->requests  ? 0
	       : x->requests > y->requests ? -1
					   : 1;
}

static void
describe_groups(struct findings *f, const struct group *groups, size_t count)
{
	struct failures these;

	set_init(f, &these.users);
	set_init(f, &these.sources);
	set_init(f, &these.servers);
	for (size_t i = 0; i < count && i < MOST; i++) {
		these.group = groups[i];
		set_clear(f, &these.users);
		set_clear(f, &these.sources);
		set_clear(f, &these.servers);
		describe(f, &these);
	}
	if (count > MOST && f->draft_count > 0)
		say(f, &f->drafts[f->draft_count - 1], LINE_WHY,
		    "%u more such failures of a class and a server, with fewer "
		    "requests each, are left out here.",
		    (uint64_t)(count - MOST));
	set_free(f, &these.users);
	set_free(f, &these.sources);
	set_free(f, &these.servers);
}

/* Of cells in order. */
static void
find_groups(struct findings *f, const struct cell **cells, size_t count)
{
	struct group *groups = NULL;
	size_t room = 0, found = 0;

	for (size_t from = 0, to; from < count; from = to) {
		if (!alloc_grow(&f->alloc, &groups, &room, found + 1,
				sizeof(*groups))) {
			f->broken = true;
			break;
		}

		struct group *group = &groups[found++];

		group->cells = cells + from;
		group->requests = 0;
		for (to = from;
		     to < count && order(&cells[to], &cells[from], NULL) == 0;)
			group->requests += cells[to++]->requests;
		group->count = to - from;
	}
	if (found > 0 && !f->broken &&
	    sort_by(groups, found, sizeof(*groups), most_first, NULL,
		    &f->alloc))
		describe_groups(f, groups, found);
	else
		f->broken |= found > 0;
	alloc_free(&f->alloc, groups);
}

void
find_prompting_failure(struct findings *f)
{
	const struct cells *fails = &f->in->table[TABLE_FAIL];
	const struct cell **cells =
		alloc_get(&f->alloc, fails->count + 1, sizeof(*cells));
	size_t count = 0;

	if (!cells) {
		f->broken = true;
		return;
	}
	for_cells (f, TABLE_FAIL, cell) {
		if (!is_taken(cell->class_id) &&
		    cell->popup >= RPCLOG_POPUP_LIKELY)
			cells[count++] = cell;
	}
	/* Stable: what is alike stays in the order of the table. */
	if (sort_by(cells, count, sizeof(*cells), order, NULL, &f->alloc))
		find_groups(f, cells, count);
	else
		f->broken = true;
	alloc_free(&f->alloc, cells);
}
