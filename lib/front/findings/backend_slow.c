/* SPDX-License-Identifier: MIT */
/*
 * Targets that answer late or not at all: timeouts, and requests of which a
 * phase took two seconds or more.  Requests that wait because they are asked to
 * are not among those, see signs.c.
 */

#include "machine.h"

#define LEAST_TIMEOUTS 3
#define LEAST_ORDINARY 50
/* One in ten requests must be slow. */
#define SLOW_SHARE 10
/* With fewer than one timeout in a hundred requests it is a small matter. */
#define TIMEOUT_SHARE 100

#define CONTROLLERS                                                            \
	"Look at the domain controllers that the front ends use, at their "    \
	"load and at the way to them:"
#define NETWORK "Test-NetConnection %H -InformationLevel Detailed"

static const struct {
	const char *column, *what, *means;
	const char *step, *command;
} phases[PHASE_COUNT] = {
	/* In the order of the enumeration. */
	{ "CalculateTargetBackEndLatency",
	  "finding out which server has the mailbox",
	  "a slow directory (Active Directory, the domain controllers)",
	  CONTROLLERS,
	  "Get-ExchangeServer -Status | Format-List "
	  "Name,CurrentDomainControllers,CurrentGlobalCatalogs" },
	{ "KerberosAuthHeaderLatency",
	  "getting a Kerberos ticket, the pass for the logon there",
	  "domain controllers that are slow to issue tickets", CONTROLLERS,
	  "nltest /dsgetdc:DOMAIN" },
	{ "BackendReqInitLatency", "opening the request to it",
	  "the network between, a firewall, or a server that is slow to accept "
	  "connections",
	  "Look at the network between the front ends and it, and at a "
	  "firewall that looks into connections:",
	  NETWORK },
	{ "BackendReqStreamLatency", "sending the request to it",
	  "the network between, or a client that sends its request slowly",
	  "Look at the network between the front ends and it, and whether the "
	  "slow requests are those of few clients.",
	  NULL },
	{ "BackendProcessingLatency", "waiting for its answer",
	  "the server itself: its disks, its processors, or the mailbox "
	  "database",
	  "Look at the disks of the server (Avg. Disk sec over 0.02, that is "
	  "20 milliseconds, is slow) and at its processors:",
	  "Get-Counter -ComputerName %H '\\LogicalDisk(*)\\Avg. Disk "
	  "sec/Read','\\LogicalDisk(*)\\Avg. Disk sec/Write',"
	  "'\\Processor(_Total)\\%% Processor Time'" },
	{ "BackendRespStreamLatency", "reading its answer",
	  "the network between, or a server that sends slowly",
	  "Look at the network between the front ends and it, and at the disks "
	  "of the server:",
	  NETWORK },
};

/* What is known of one target. */
struct pace {
	uint32_t target;
	uint64_t timeouts, requests;
	uint64_t ordinary, slow[PHASE_COUNT], slow_requests;
	struct set users;
};

static bool
is_slow(const struct pace *p, size_t phase)
{
	return p->ordinary >= LEAST_ORDINARY &&
	       p->slow[phase] * SLOW_SHARE >= p->ordinary;
}

static bool
has_slow_phase(const struct pace *p)
{
	for (size_t i = 0; i < PHASE_COUNT; i++) {
		if (is_slow(p, i))
			return true;
	}
	return false;
}

/* The column of the phase that most requests are slow in. */
static const char *
worst_column(const struct pace *p)
{
	size_t worst = 0;

	for (size_t i = 1; i < PHASE_COUNT; i++)
		worst = p->slow[i] > p->slow[worst] ? i : worst;
	return phases[worst].column;
}

static void
measure(const struct findings *f, struct pace *p)
{
	for_cells (f, TABLE_FLOW, cell) {
		if (cell->target != p->target)
			continue;
		p->requests += cell->requests;
		p->ordinary += cell->phases->ordinary;
		p->slow_requests += cell->phases->any.requests;
		for (size_t i = 0; i < PHASE_COUNT; i++)
			p->slow[i] += cell->phases->slow[i];
		if (cell->class_id == C_TIMEOUT)
			p->timeouts += cell->requests;
	}
}

/* The cell's slow requests as a cell of their own. */
static struct cell
slow_of(const struct cell *cell)
{
	struct cell slow = *cell;

	slow.requests = cell->phases->any.requests;
	slow.first_us = cell->phases->any.first_us;
	slow.last_us = cell->phases->any.last_us;
	slow.first_tag = cell->phases->any.first_tag;
	slow.last_tag = cell->phases->any.last_tag;
	return slow;
}

static void
count(struct findings *f, struct pace *p, struct draft *d)
{
	bool phase = has_slow_phase(p);
	struct trend trend;

	trend_init(f, &trend);
	for_cells (f, TABLE_FLOW, cell) {
		struct cell slow = slow_of(cell);

		if (cell->target != p->target)
			continue;
		if (cell->class_id == C_TIMEOUT &&
		    p->timeouts >= LEAST_TIMEOUTS) {
			draft_count(d, cell);
			trend_add(&trend, cell);
		} else if (phase && slow.requests > 0) {
			draft_count(d, &slow);
			trend_add(&trend, &slow);
		}
	}
	for_cells (f, TABLE_USE, cell) {
		if (cell->target == p->target && cell->class_id == C_TIMEOUT &&
		    !is_source(f, cell->actor))
			set_add(&p->users, cell->actor, cell->requests);
	}
	d->face.users = p->users.size;
	d->face.trend = trend_of(&trend);
}

static void
say_why(struct findings *f, struct draft *d, const struct pace *p)
{
	if (p->timeouts >= LEAST_TIMEOUTS)
		say(f, d, LINE_WHY,
		    "%u of %u requests to it ran into a timeout: the front end "
		    "gave up waiting (be_timeout).",
		    p->timeouts, p->requests);
	for (size_t i = 0; i < PHASE_COUNT; i++) {
		if (!is_slow(p, i))
			continue;
		say(f, d, LINE_WHY,
		    "%u of %u ordinary requests spent two seconds or more %s "
		    "(%s). That points to %s.",
		    p->slow[i], p->ordinary, phases[i].what, phases[i].column,
		    phases[i].means);
	}
	if (has_slow_phase(p))
		say(f, d, LINE_WHY,
		    "Ordinary requests are those that ask for something at "
		    "once: waiting for news of a mailbox, and the channels of "
		    "Outlook Anywhere, are left out.");
}

/* Other targets, to tell a slow machine from a slow network. */
static void
say_others_fast(struct findings *f, struct draft *d, const struct pace *mine)
{
	struct set all, slow;
	uint64_t fast = 0;

	set_init(f, &all);
	set_init(f, &slow);
	for_cells (f, TABLE_FLOW, cell) {
		if (cell->target == mine->target || cell->phases->ordinary == 0)
			continue;
		set_add(&all, cell->target, cell->phases->ordinary);
		if (cell->phases->any.requests > 0)
			set_add(&slow, cell->target,
				cell->phases->any.requests);
	}
	for (uint32_t name = 1;
	     all.count && slow.count && name < f->in->name_count; name++)
		fast += all.count[name] >= LEAST_ORDINARY &&
			slow.count[name] * SLOW_SHARE < all.count[name];
	if (fast > 0)
		say(f, d, LINE_WHY,
		    "%u other %s at the usual pace: what all of them share "
		    "(front ends, domain controllers) is less likely the "
		    "cause.",
		    fast, plural(fast, "server answers", "servers answer"));
	set_free(f, &all);
	set_free(f, &slow);
}

/* Phases that point to the same share a step. */
static bool
needs_step(const struct pace *p, size_t phase)
{
	return is_slow(p, phase) ||
	       (phase == PHASE_PROCESSING && p->timeouts >= LEAST_TIMEOUTS);
}

static bool
is_said(const struct pace *p, size_t phase)
{
	for (size_t i = 0; i < phase; i++) {
		if (needs_step(p, i) &&
		    !strcmp(phases[i].step, phases[phase].step))
			return true;
	}
	return false;
}

static void
say_steps(struct findings *f, struct draft *d, const struct pace *p)
{
	for (size_t i = 0; i < PHASE_COUNT; i++) {
		if (!needs_step(p, i))
			continue;
		if (!is_said(p, i))
			say(f, d, LINE_DO, phases[i].step);
		if (phases[i].command)
			say(f, d, LINE_COMMAND, phases[i].command, p->target);
	}
	say(f, d, LINE_DO,
	    "See in which hours it is slow (the last command tells), and "
	    "whether a backup, a virus scan or a move of mailboxes runs then.");
	say(f, d, LINE_CHECK,
	    "The last column is a time in milliseconds that 95 of 100 requests "
	    "stayed below, hour by hour. After the change it must go down:");
	say_check(f, d,
		  "count --by hour --stat p95:%s --class ok,be_timeout "
		  "--protocol Mapi --target %H",
		  has_slow_phase(p) ? worst_column(p) : "TotalRequestTime",
		  p->target);
}

static void
describe(struct findings *f, struct pace *p)
{
	struct draft *d =
		draft_new(f, "backend_slow", "server that answers late",
			  RPCLOG_MEDIUM, name_at(f, p->target));

	if (!d)
		return;
	count(f, p, d);
	if (has_slow_phase(p))
		say_sentence(f, d,
			     "%S is slow: %u of %u ordinary requests to it "
			     "took two seconds or more. Outlook may hang "
			     "meanwhile.",
			     p->target, p->slow_requests, p->ordinary);
	else
		say_sentence(f, d,
			     "%S did not answer %u of %u requests in time.",
			     p->target, p->timeouts, p->requests);
	if (!has_slow_phase(p) && p->timeouts * TIMEOUT_SHARE < p->requests)
		d->face.severity = RPCLOG_LOW;
	say_users(f, d, &p->users);
	say_why(f, d, p);
	say_others_fast(f, d, p);
	say_steps(f, d, p);
}

static void
look_at(struct findings *f, uint32_t target, const void *ctx)
{
	struct pace p;

	(void)ctx;
	memset(&p, 0, sizeof(p));
	p.target = target;
	set_init(f, &p.users);
	measure(f, &p);
	if (p.timeouts >= LEAST_TIMEOUTS || has_slow_phase(&p))
		describe(f, &p);
	set_free(f, &p.users);
}

void
find_backend_slow(struct findings *f)
{
	struct set targets;

	set_init(f, &targets);
	for_cells (f, TABLE_FLOW, cell) {
		if (cell->target != 0 && (cell->class_id == C_TIMEOUT ||
					  cell->phases->any.requests > 0))
			set_add(&targets, cell->target,
				cell->phases->any.requests +
					(cell->class_id == C_TIMEOUT
						 ? cell->requests
						 : 0));
	}
	each_busiest(f, &targets, look_at, NULL);
	set_free(f, &targets);
}
