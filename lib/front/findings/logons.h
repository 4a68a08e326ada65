/* SPDX-License-Identifier: MIT */
/*
 * Logons that front ends refused: a wrong password, an attack, or a front end
 * that is broken?  Each refused row is put to one of them, and so each belongs
 * to one finding.
 */

#ifndef RPCLOG_FRONT_FINDINGS_LOGONS_H
#define RPCLOG_FRONT_FINDINGS_LOGONS_H

#include "../logon_failure.h"
#include "inside.h"

enum logon_side {
	SIDE_NONE,   /* not refused */
	SIDE_USER,   /* one user, one device: credentials_rejected */
	SIDE_SPRAY,  /* one address tries many: password_spray */
	SIDE_SERVER, /* many users at one front end: frontend_logon */
	SIDE_BRUTE   /* one account is tried over and over: brute_force */
};

/* What one user, or source, did from one client that was ever refused. */
struct pair {
	uint32_t client, actor;
	uint64_t refused, got_in;
	int64_t first_refused_us, last_in_us;
};

/* When a user got in, from wherever. */
struct got_in {
	uint64_t requests;
	int64_t first_us, last_us;
};

/* Why IIS refused a logon. */
struct reasons {
	uint64_t requests[LOGON_OTHER + 1]; /* by logon_reason */
};

struct logons {
	uint8_t *side;	    /* by cell of TABLE_FAIL: a logon_side */
	uint32_t *beside;   /* and how many were refused at the same front end
			     * in that hour */
	struct pair *pairs; /* by client, then by actor */
	size_t pair_count;
	struct got_in *got_in; /* by actor */
	/* By name: client, front end, actor; and actors of SIDE_USER. */
	bool *sprays, *broken, *forced, *alone;
	bool *home; /* by client that somebody was refused from: and somebody
		     * got in */
	/* By side, then by what a finding of it is about; NULL if there is no
	 * log of IIS. */
	struct reasons *reasons[SIDE_BRUTE + 1];
};

/* Judged once; NULL if there is no memory. */
const struct logons *logons_of(struct findings *f);
void logons_free(struct findings *f);

static inline enum logon_side
logon_side_of(const struct findings *f, const struct logons *l,
	      const struct cell *fail)
{
	return (enum logon_side)l->side[fail - f->in->table[TABLE_FAIL].cells];
}
/* The same of a cell of TABLE_REASON. */
enum logon_side reason_side_of(const struct logons *l,
			       const struct cell *reason);
/* Did the front end take the logon, whatever came of the request? */
bool is_got_in(const struct cell *use);
/* A refused logon, by its class. */
bool is_refusal(uint32_t class_id);
/* An address of the internet. */
bool is_public(const struct findings *f, uint32_t client);
/* The pairs of a client, and how many; NULL if there is none. */
const struct pair *client_pairs(const struct logons *l, uint32_t client,
				size_t *count);
/* NULL if there is none. */
const struct pair *pair_of(const struct logons *l, uint32_t client,
			   uint32_t actor);

/* What IIS says, for a finding of 'side' about 'name'; NULL: nothing. */
const struct reasons *reasons_of(const struct logons *l, enum logon_side side,
				 uint32_t name);
/* "wrong password or user name (14 times), account locked (1 time)". */
#define REASONS_SIZE 512
void reasons_text(char *text, size_t size, const struct reasons *reasons);
/* LINE_WHY with it, or how to learn it. */
void say_reasons(struct findings *f, struct draft *d,
		 const struct reasons *reasons);

/* LINE_WHY, if a client is known by no address. */
void say_no_address(struct findings *f, struct draft *d, uint32_t client);

/* What steps against a refused logon hang on. */
struct logon_steps {
	uint32_t actor, server;
	rpclog_slice client; /* of a source */
	bool source, mailbox;	      /* no user is named */
	bool phone, desktop;	      /* what it came by */
	const struct reasons *reasons; /* or NULL */
	bool brief;
};

void say_logon_steps(struct findings *f, struct draft *d,
		     const struct logon_steps *steps);

/* From TABLE_FAIL and TABLE_USE (logons_pairs.c); false if there is no
 * memory. */
bool make_pairs(struct findings *f, struct logons *l);
/* Front ends that refuse nearly everybody (logons_server.c); false if there is
 * no memory. */
bool judge_front_ends(struct findings *f, struct logons *l);

#endif /* RPCLOG_FRONT_FINDINGS_LOGONS_H */
