/* SPDX-License-Identifier: MIT */
/* For findings about a target: since when it fails, and who is not at fault. */

#ifndef RPCLOG_FRONT_FINDINGS_MACHINE_H
#define RPCLOG_FRONT_FINDINGS_MACHINE_H

#include "inside.h"

/* What is known of one target. */
struct machine {
	uint32_t target;
	uint32_t classes[2]; /* what counts as its failure */
	uint32_t protocol;   /* of most failures */
	uint64_t failed, worked_before, worked_during, worked_after;
	/* Before or during, during or after: in the quarter of an hour of the
	 * first or the last failure. */
	uint64_t worked_about;
	int64_t first_us, last_us; /* failures; first > last: none */
	int64_t worked_from_us;	   /* the first success of all, */
	int64_t works_since_us;	   /* a first after the last failure, */
	int64_t last_worked_us;	   /* and the last of all */
	bool fixed;
	struct set users, servers;
};

/* To machine_clear().  'b' may be 'a'. */
void machine_init(struct findings *f, struct machine *m, uint32_t target,
		  uint32_t a, uint32_t b);
void machine_clear(struct findings *f, struct machine *m);

/* Is it a failure of this machine, and not of the front end that asked? */
static inline bool
machine_fails(const struct findings *f, const struct machine *m,
	      const struct cell *cell)
{
	return cell->target == m->target &&
	       (cell->class_id == m->classes[0] ||
		cell->class_id == m->classes[1]) &&
	       !(is_kerberos(cell->class_id) && cell->server != 0 &&
		 is_front_end_fault(f, cell->server));
}
/* A success that tells: of the protocol that fails, there or at 'target'. */
bool machine_works(const struct findings *f, const struct machine *m,
		   const struct cell *cell, uint32_t target);

/* Takes failures that can prompt, of TABLE_FAIL, and successes; counts, users
 * and trend of the draft, which may be NULL, are theirs. */
void machine_take_prompts(struct findings *f, struct machine *m,
			  struct draft *d);
/* Takes failures of all kinds, of TABLE_FLOW, and successes of any protocol. */
void machine_take_flow(struct findings *f, struct machine *m, struct draft *d);

/* ---- LINE_WHY ---------------------------------------------------------------
 */

/* Other machines of its kind, legacy or not, that do work. */
void say_others(struct findings *f, struct draft *d, const struct machine *m);
/* From how many front ends does it fail, and how often? */
void say_side(struct findings *f, struct draft *d, const struct machine *m);
/* Users who get in elsewhere: their passwords are right. */
void say_passwords(struct findings *f, struct draft *d,
		   const struct machine *m);
/* "It began at ..", or that it may have begun earlier. */
void say_beginning(struct findings *f, struct draft *d,
		   const struct machine *m);
/* The finding is about what is over: severity, trend, and since when. */
void machine_is_fixed(struct draft *d, const struct machine *m);
/* It is over: there is nothing to repair any more. */
static inline bool
is_past(const struct draft *d)
{
	return d && d->face.fixed_us != INT64_MIN;
}
/* LINE_CHECK: 'text', or that it must stay so. */
void say_check_lead(struct findings *f, struct draft *d, const char *text);

/* ---- one after the other ----------------------------------------------------
 */

typedef void look_fn(struct findings *f, uint32_t name, const void *ctx);
/* Looks at the names that have most requests, at 50 of them; if there are more,
 * the last finding says so (targets.c). */
void each_busiest(struct findings *f, const struct set *names, look_fn *look,
		  const void *ctx);

/* ---- any kind ---------------------------------------------------------------
 */

/*
 * LINE_WHY and LINE_DO: what a class means, and steps against it; 'host' is the
 * server that refused (advice.c).
 */
void say_class(struct findings *f, struct draft *d, const rpclog_class *info,
	       uint32_t host);
/* The same for a front end that is at fault itself, and a be_krb_ class. */
void say_front_end_class(struct findings *f, struct draft *d,
			 uint32_t class_id, uint64_t requests);
void say_front_end_steps(struct findings *f, struct draft *d,
			 uint32_t class_id, uint32_t server, uint32_t host);

/* "Outlook Anywhere", "MAPI over HTTP", ..: words of our own, for people;
 * 'other' if it is none that we know (targets.c). */
const char *protocol_words(const struct findings *f, uint32_t protocol,
			   const char *other);

static inline const char *
plural(uint64_t count, const char *one, const char *many)
{
	return count == 1 ? one : many;
}

#endif /* RPCLOG_FRONT_FINDINGS_MACHINE_H */
