/* SPDX-License-Identifier: MIT */
/*
 * For the files that look for findings.  Each has a function
 *
 *	void find_NAME(struct findings *f)
 *
 * that goes through tables of f->in and begins a draft for each subject that it
 * finds something about; it must not depend on the order of rows.  Memory that
 * runs out is remembered in f->broken: nobody has to look.
 */

#ifndef RPCLOG_FRONT_FINDINGS_INSIDE_H
#define RPCLOG_FRONT_FINDINGS_INSIDE_H

#include "../../base.h"
#include "../../buf.h"
#include "../findings.h"
#include "../gathered.h"

/* Numbers of classes that findings ask for; rules have the rest. */
enum finding_class {
	C_KRB_INVALID_TOKEN = 20, C_KRB_TIME_SKEW = 24, C_KRB_OTHER = 29, C_KRB_REJECTED = 30,
	C_AUTH_401_LEGACY = 40, C_AUTH_401 = 50, C_BASIC_REJECTED = 90,
	C_REJECTED = 102, C_SUSPECTED = 103, C_PASSWORD_WRONG = 104,
	C_ACCOUNT_LOCKED = 105, C_PASSWORD_EXPIRED = 106,
	C_PASSWORD_MUST_CHANGE = 107, C_ACCOUNT_DISABLED = 108,
	C_EXTENDED_PROTECTION = 109, C_ESTABLISH_TIMEOUT = 160,
	C_CONNECT_FAILURE = 210, C_DNS_FAILURE = 211, C_CERT_UNTRUSTED = 212,
	C_TLS_FAILURE = 213, C_TIMEOUT = 214, C_REQUEST_CANCELED = 215,
	C_CONN_DROPPED = 216, C_OK = 290
};

/* A finding that is being written. */
struct draft {
	struct finding face;
	size_t sentence[2], remedy[2]; /* places in 'text' */
	size_t title[2];	       /* the same, if it is not ours */
	bool placeholder;	       /* a command says NAME */
	struct draft_line {
		enum finding_line_kind kind;
		size_t from, to;
	} *lines;
	size_t line_room;
	struct buf text;
};

struct findings {
	struct alloc alloc;
	struct gathered *in;
	const rpclog_rules *rules;
	const char *paths;
	void (*print_time)(char text[64], int64_t us);
	bool broken;
	bool *at_fault;	 /* by name: front ends, see sides.c */
	struct logons *logons; /* see logons.h; NULL until asked for */
	struct draft *drafts; /* findings, worst first once all are found */
	size_t draft_count, draft_room;
	struct draft *notes;
	size_t note_count, note_room;
};

/* Classes of the user's own rules have numbers from 1000 on. */
static inline bool
is_built_in(const rpclog_class *info)
{
	return info->id < 1000;
}

/* ---- drafts (findings.c) ----------------------------------------------------
 */

/*
 * A new finding about 'subject', without counts; NULL if memory is out.  Lasts
 * until the next one is begun.
 */
struct draft *draft_new(struct findings *f, const char *id, const char *title,
			uint8_t severity, rpclog_slice subject);
/* The same for a note. */
struct draft *draft_note(struct findings *f, const char *id, const char *title,
			 rpclog_slice subject);
/* Requests, first, last and example rows of 'cell' into those of the draft. */
void draft_count(struct draft *d, const struct cell *cell);

/* ---- text (say.c) -----------------------------------------------------------
 */

/*
 * In 'format' %s is our own text, %w one of a rule, %S a name (uint32_t) out of f->in, %L a
 * rpclog_slice *, both from a log, %u a uint64_t with a group separator, %T a
 * time as --since
 * reads it (int64_t us), %t the same in minutes for people, %B two of these as
 * "between .. and ..", %D a duration (int64_t us), %P a part and a whole
 * (uint64_t) at the head of a sentence: "All 12 users", "3 of the 12 users", %%
 * a percent sign.  Name %H in
 * commands: a host or user in quotes for the shell if it is made of harmless
 * characters, else the word NAME; %W the same without quotes, to stand within
 * some; %A that of %H of a user without its domain.  %n
 * is "1 request" or "14 requests" (uint64_t), %x "once", "twice" or "14 times".
 */
void say_sentence(struct findings *f, struct draft *d, const char *format, ...);
/* The title of a class in place of that of draft_new(). */
void say_title(struct findings *f, struct draft *d, const rpclog_class *info);
/* What tables show: the first LINE_DO unless this is called. */
void say_remedy(struct findings *f, struct draft *d, const char *format, ...);
void say(struct findings *f, struct draft *d, enum finding_line_kind kind,
	 const char *format, ...);
/* LINE_CHECK_COMMAND "rpclog WORDS.. PATHS". */
void say_check(struct findings *f, struct draft *d, const char *format, ...);

/* ---- sets of names (sets.c) -------------------------------------------------
 */

/* Names that were met, each with a number of requests. */
struct set {
	uint64_t *count; /* by name; 0: not in it */
	uint32_t size;	 /* how many are in it */
};

/* All of them empty; free with set_free().  On a lack of memory 'count' is
 * NULL, f->broken is set and all else does nothing. */
void set_init(struct findings *f, struct set *set);
void set_free(struct findings *f, struct set *set);
void set_clear(struct findings *f, struct set *set);
/* 1 if it was not in it. */
int set_add(struct set *set, uint32_t name, uint64_t requests);
static inline bool
set_has(const struct set *set, uint32_t name)
{
	return set->count && set->count[name] > 0;
}
/* How many names are in both. */
uint32_t set_common(const struct findings *f, const struct set *a,
		    const struct set *b);
#define USERS_SHOWN 20
/* LINE_USERS with these names, at most USERS_SHOWN, and how many more. */
void say_names(struct findings *f, struct draft *d, const uint32_t *names,
	       size_t count, uint64_t more);
/* The same with the names that have most requests. */
void say_users(struct findings *f, struct draft *d, const struct set *users);
/* An actor "client:..": a source, no user. */
bool is_source(const struct findings *f, uint32_t actor);

static inline rpclog_slice
name_at(const struct findings *f, uint32_t name)
{
	return f->in->names[name];
}
/* The number of a name, or 0. */
uint32_t name_number(const struct findings *f, rpclog_slice text);
/* Loopback, link-local and private addresses. */
bool is_private(rpclog_slice client);
/* Not what a client wrote into X-Forwarded-For instead. */
bool is_address(rpclog_slice client);

/* ---- time (trend.c) ---------------------------------------------------------
 */

/*
 * The trend of a finding: requests of the last day (or half) of all that was
 * read against those of as long before.  'cells' are those that belong to it.
 */
struct trend {
	uint64_t recent, before;
	int64_t recent_from_us, before_from_us; /* INT64_MAX: too short */
};
void trend_init(const struct findings *f, struct trend *trend);
void trend_add(struct trend *trend, const struct cell *cell);
enum finding_trend trend_of(const struct trend *trend);

/* ---- the table (findings.c) -------------------------------------------------
 */

/* Goes through a table: for_cells (f, TABLE_FLOW, cell) .. cell->requests */
#define for_cells(f, which, cell)                                      \
	for (const struct cell *cell = (f)->in->table[which].cells,    \
			       *cell##_end =                           \
				       cell + (f)->in->table[which].count; \
	     cell < cell##_end; cell++)

void find_legacy_unpatched(struct findings *f);
void find_frontend_kerberos(struct findings *f);
void find_secondary_mailbox(struct findings *f);
void find_legacy_no_ntlm(struct findings *f);
void find_credentials_rejected(struct findings *f);
void find_frontend_logon(struct findings *f);
void find_password_spray(struct findings *f);
void find_brute_force(struct findings *f);
void find_tls_old_clients(struct findings *f);
void find_wildcard_certificate(struct findings *f);
void find_mapi_possible(struct findings *f);
void find_backend_down(struct findings *f);
void find_backend_tls(struct findings *f);
void find_backend_slow(struct findings *f);
void find_backend_auth(struct findings *f);
void find_legacy_dependency(struct findings *f);
void find_odd_anchor(struct findings *f);
void find_rpc_reconnect_storm(struct findings *f);
void find_rpc_half_open(struct findings *f);
void find_prompting_failure(struct findings *f);

/* ---- which side is it? (sides.c) --------------------------------------------
 */

/* A class of a Kerberos logon from front end to back end that failed. */
static inline bool
is_kerberos(uint32_t class_id)
{
	return class_id >= C_KRB_INVALID_TOKEN && class_id <= C_KRB_REJECTED;
}
/*
 * Is it this front end that fails, and not its targets: does each target work
 * from others at the same time?
 */
static inline bool
is_front_end_fault(const struct findings *f, uint32_t server)
{
	return f->at_fault[server];
}
/* Once, before any finding is looked for. */
void sides_judge(struct findings *f);

#endif /* RPCLOG_FRONT_FINDINGS_INSIDE_H */
