/* SPDX-License-Identifier: MIT */
/*
 * Targets that can't be reached, or with which no TLS connection comes about.
 *
 * An outage that is over is told as such: with what a restart takes it is worth
 * knowing and no more, a longer one is low.  It is over if the target worked
 * for so long without a failure that, at the rate of before, there would have
 * been three.
 */

#include "machine.h"

#define RESTART_US (5 * US_PER_MINUTE)
#define QUIET_US   (5 * US_PER_MINUTE)

enum kind { KIND_DOWN, KIND_TLS };

static const struct fault {
	enum kind kind;
	const char *id, *title, *past_title;
	uint32_t classes[2];
	uint64_t least; /* requests */
} faults[] = {
	{ KIND_DOWN,
	  "backend_down",
	  "server that can't be reached",
	  "server that could not be reached",
	  { C_CONNECT_FAILURE, C_DNS_FAILURE },
	  3 },
	{ KIND_TLS,
	  "backend_tls",
	  "server to which TLS (encryption) fails",
	  "server to which TLS (encryption) failed",
	  { C_CERT_UNTRUSTED, C_TLS_FAILURE },
	  1 },
};

struct outage {
	const struct fault *fault;
	struct machine machine;
	uint64_t by_class[2];
	bool legacy;
};

static bool
is_over(const struct machine *m)
{
	int64_t quiet, pause;

	if (m->last_worked_us <= m->last_us)
		return false;
	quiet = m->last_worked_us - m->last_us;
	pause = (m->last_us - m->first_us) / (int64_t)m->failed + 1;
	return quiet >= QUIET_US && quiet / pause >= 3;
}

static void
say_sentence_of(struct findings *f, struct draft *d, const struct outage *o,
		bool over)
{
	const struct machine *m = &o->machine;
	bool down = o->fault->kind == KIND_DOWN;

	if (over)
		say_sentence(f, d,
			     down ? "Over: %S could not be reached, %n failed "
				    "%B. It answers again."
				  : "Over: no TLS (encrypted) connection to %S "
				    "came about, %n failed %B. It answers "
				    "again.",
			     m->target, m->failed, m->first_us, m->last_us);
	else if (m->worked_during + m->worked_about + m->worked_after > 0)
		say_sentence(f, d,
			     down ? "%S can't be reached at times: %n failed "
				    "%B."
				  : "At times no TLS (encrypted) connection to "
				    "%S comes about: %n failed %B.",
			     m->target, m->failed, m->first_us, m->last_us);
	else
		say_sentence(f, d,
			     down ? "%S can't be reached: %n failed %s %t, and "
				    "none worked."
				  : "No TLS (encrypted) connection to %S comes "
				    "about: %n failed %s %t, and none worked.",
			     m->target, m->failed,
			     plural(m->failed, "at", "since"), m->first_us);
}

static void
say_classes(struct findings *f, struct draft *d, const struct outage *o)
{
	static const char *const meanings[][2] = {
		[KIND_DOWN] = { "found nobody who listens: the server is off, "
				"its web service is stopped, or a firewall is "
				"between (be_connect_failure)",
				"failed because DNS did not know the server's "
				"name (be_dns_failure)" },
		[KIND_TLS] = { "failed because the front end does not trust "
			       "the server's certificate: it has expired, is "
			       "for another name, or of an unknown issuer "
			       "(be_cert_untrusted)",
			       "failed because front end and server have no "
			       "TLS version or cipher in common, or no "
			       "certificate is bound to the port "
			       "(be_tls_failure)" },
	};

	for (size_t i = 0; i < 2; i++) {
		if (o->by_class[i] > 0)
			say(f, d, LINE_WHY, "%u %s %s.", o->by_class[i],
			    plural(o->by_class[i], "request", "requests"),
			    meanings[o->fault->kind][i]);
	}
}

static void
say_down_steps(struct findings *f, struct draft *d, const struct outage *o)
{
	uint32_t target = o->machine.target;

	if (o->by_class[1] > 0) {
		say(f, d, LINE_DO,
		    "On a front end ask DNS for the name. If the server is "
		    "gone for good, remove it from the directory; else correct "
		    "its entry:");
		say(f, d, LINE_COMMAND, "Resolve-DnsName %H", target);
	}
	if (o->by_class[0] == 0)
		return;
	say(f, d, LINE_DO,
	    "On a front end see whether %S can be reached at port %s (it must "
	    "say TcpTestSucceeded: True):",
	    target,
	    o->legacy ? "443, that of Exchange 2010 and 2007"
		      : "444, that of the back end");
	say(f, d, LINE_COMMAND, "Test-NetConnection %H -Port %s", target,
	    o->legacy ? "443" : "444");
	say(f, d, LINE_DO,
	    "See that %S is up and its web service runs; start what is "
	    "stopped:",
	    target);
	say(f, d, LINE_COMMAND,
	    "Get-Service -ComputerName %H W3SVC,MSExchange*", target);
	say(f, d, LINE_DO,
	    "If all of it runs, look for a firewall between the servers, and "
	    "look into the System log of %S.",
	    target);
}

static void
say_tls_steps(struct findings *f, struct draft *d, const struct outage *o)
{
	uint32_t target = o->machine.target;
	const char *port = o->legacy ? "443" : "444";

	say(f, d, LINE_DO,
	    "On %S see which certificate is bound to port %s, whether it is "
	    "still valid, and for which names:",
	    target, port);
	say(f, d, LINE_COMMAND, "netsh http show sslcert ipport=0.0.0.0:%s",
	    port);
	say(f, d, LINE_COMMAND,
	    "Get-ExchangeCertificate -Server %H | Format-List "
	    "Subject,CertificateDomains,NotAfter,Thumbprint,Services",
	    target);
	if (o->by_class[0] > 0)
		say(f, d, LINE_DO,
		    "If it has expired or none is bound, make a new one and "
		    "bind it to that port in IIS Manager, site %s.",
		    o->legacy ? "Default Web Site" : "Exchange Back End");
	if (o->by_class[1] == 0)
		return;
	say(f, d, LINE_DO,
	    "Compare the TLS versions that are switched on, on %S and on a "
	    "front end; they need one in common:",
	    target);
	say(f, d, LINE_COMMAND,
	    "reg query \"HKLM\\SYSTEM\\CurrentControlSet\\Control\\"
	    "SecurityProviders\\SCHANNEL\\Protocols\" /s");
}

/* Short enough for one. */
static bool
is_restart(const struct outage *o)
{
	return o->fault->kind == KIND_DOWN &&
	       o->machine.last_us - o->machine.first_us <= RESTART_US;
}

/* How bad is it? */
static void
judge(struct draft *d, const struct outage *o, bool over)
{
	const struct machine *m = &o->machine;

	if (over) {
		d->face.title = o->fault->past_title;
		d->face.severity = is_restart(o) ? RPCLOG_INFO : RPCLOG_LOW;
		d->face.trend = TREND_ENDED;
		d->face.fixed_us = m->works_since_us == INT64_MAX
					   ? m->last_worked_us
					   : m->works_since_us;
	} else if ((m->worked_during + m->worked_about) / 10 > m->failed) {
		d->face.severity = RPCLOG_MEDIUM;
	}
}

static void
describe(struct findings *f, struct outage *o)
{
	struct machine *m = &o->machine;
	struct draft *d = draft_new(f, o->fault->id, o->fault->title,
				    RPCLOG_HIGH, name_at(f, m->target));
	bool over;

	if (!d)
		return;
	machine_take_flow(f, m, d);
	over = is_over(m);
	judge(d, o, over);
	say_sentence_of(f, d, o, over);
	say_users(f, d, &m->users);
	say_classes(f, d, o);
	if (over && is_restart(o))
		say(f, d, LINE_WHY,
		    "It took %D, as a restart does. That it was restarted the "
		    "log does not show.",
		    m->last_us - m->first_us);
	say_others(f, d, m);
	say_side(f, d, m);
	if (over)
		say(f, d, LINE_DO,
		    "Nothing to do now. If nobody restarted or serviced %S at "
		    "that time, look into its System log for the reason.",
		    m->target);
	else if (o->fault->kind == KIND_DOWN)
		say_down_steps(f, d, o);
	else
		say_tls_steps(f, d, o);
	say(f, d, LINE_CHECK,
	    over ? "This must go on counting nothing:"
		 : "Ten minutes after the change this must count nothing:");
	say_check(f, d,
		  "count --by class,server --class %s --target %H "
		  "--since 10m",
		  o->fault->kind == KIND_DOWN
			  ? "be_connect_failure,be_dns_failure"
			  : "be_cert_untrusted,be_tls_failure",
		  m->target);
}

static void
look_at(struct findings *f, uint32_t target, const void *ctx)
{
	const struct fault *fault = ctx;
	struct outage o;

	memset(&o, 0, sizeof(o));
	o.fault = fault;
	machine_init(f, &o.machine, target, fault->classes[0],
		     fault->classes[1]);
	for_cells (f, TABLE_FLOW, cell) {
		if (cell->target != target)
			continue;
		o.legacy |= cell->legacy != 0;
		for (size_t i = 0; i < 2; i++)
			o.by_class[i] += cell->class_id == fault->classes[i]
						 ? cell->requests
						 : 0;
	}
	if (o.by_class[0] + o.by_class[1] >= fault->least)
		describe(f, &o);
	machine_clear(f, &o.machine);
}

static void
find(struct findings *f, const struct fault *fault)
{
	struct set targets;

	set_init(f, &targets);
	for_cells (f, TABLE_FLOW, cell) {
		/* Of requests that came to no target nothing can be said. */
		if (cell->target != 0 && (cell->class_id == fault->classes[0] ||
					  cell->class_id == fault->classes[1]))
			set_add(&targets, cell->target, cell->requests);
	}
	each_busiest(f, &targets, look_at, fault);
	set_free(f, &targets);
}

void
find_backend_down(struct findings *f)
{
	find(f, &faults[KIND_DOWN]);
}

void
find_backend_tls(struct findings *f)
{
	find(f, &faults[KIND_TLS]);
}
