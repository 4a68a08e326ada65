/* SPDX-License-Identifier: MIT */
/*
 * Findings: what is broken, on which machine, since when, whom it hits, why we
 * think so, what to do, and how to see that it worked.
 *
 *	gather rows -> gather_close(), gather_merge(), rpclog_tracker_finish()
 *	findings_new() -> findings_next() .. findings_free()
 */

#ifndef RPCLOG_FRONT_FINDINGS_H
#define RPCLOG_FRONT_FINDINGS_H

#include "join.h"

struct findings;

/* A line of what a finding has to say. */
enum finding_line_kind {
	LINE_USERS,   /* names: whom it hits */
	LINE_WHY,     /* evidence, and what speaks against other causes */
	LINE_DO,      /* a step */
	LINE_COMMAND, /* to be typed for the step above it */
	LINE_UNDO,    /* how to take a stop-gap back */
	LINE_UNDO_COMMAND,
	LINE_CHECK, /* how to see that it worked */
	LINE_CHECK_COMMAND
};

/*
 * Text of a finding is our own but for what stands between the bytes
 * FINDING_LOG and FINDING_END: that came from a log, with its control bytes and
 * invalid UTF-8 as \xNN.
 */
#define FINDING_LOG '\x01'
#define FINDING_END '\x02'

struct finding_line {
	enum finding_line_kind kind;
	rpclog_slice text;
};

enum finding_trend {
	TREND_NONE, /* too short a time to tell */
	TREND_RISING,
	TREND_STEADY,
	TREND_FALLING,
	TREND_ENDED,
	TREND_FIXED
};

struct finding {
	const char *id;	   /* stable, snake_case */
	const char *title; /* a few words of our own */
	uint8_t severity;  /* an rpclog_severity */
	enum finding_trend trend;
	rpclog_slice subject; /* as the log has it: machine, user, address */
	uint64_t users, requests;
	int64_t first_us, last_us;
	int64_t fixed_us;	      /* INT64_MIN: it is not */
	uint64_t first_tag, last_tag; /* example rows, if 'examples' */
	int examples;		      /* how many rows are told: 0, 1 or 2 */
	rpclog_slice sentence;
	rpclog_slice remedy; /* the first step, for tables */
	const struct finding_line *lines;
	size_t line_count;
}; /* lasts until findings_free() */

struct findings_options {
	/* As --finding has it: ids, NULL or empty for all of them. */
	const char *const *only;
	size_t only_count;
	/* What a command for the user ends with: the PATHs, ready for a shell;
	 * NULL: none. */
	const char *paths;
	/* An instant as --since reads it, in the user's zone, as in
	 * "2026-11-20T13:00:00.000Z"; NUL-terminated, in at most 64 bytes. */
	void (*print_time)(char text[64], int64_t us);
	const struct joins *joins; /* what other logs say; NULL: nothing */
};

/* For gather_only(): what the findings that are asked for need. */
uint32_t findings_needs(const struct findings_options *options);
/*
 * All findings in what was gathered, worst first.  'gather' must be closed,
 * 'tracker' finished.
 */
rpclog_status findings_new(struct findings **out, struct gather *gather,
			   rpclog_tracker *tracker, const rpclog_rules *rules,
			   const struct findings_options *options);
struct gathered;
/*
 * The same in tables that were filled elsewhere, from a database say
 * (gathered.h).  Takes 'in' over, also on failure.
 */
rpclog_status findings_of(struct findings **out, struct gathered *in,
			  const struct findings_options *options);
size_t findings_count(const struct findings *findings);
const struct finding *findings_at(const struct findings *findings, size_t i);
/* Notes: what is worth knowing and no finding. */
size_t findings_notes(const struct findings *findings);
const struct finding *findings_note(const struct findings *findings, size_t i);
/* Starts of the first and the last row looked at; 0 if there was none. */
int findings_span(const struct findings *findings, int64_t *first_us,
		  int64_t *last_us);
void findings_free(struct findings *findings);

/* The ids that there are, in the order of the table; NULL past the end. */
const char *findings_id(size_t i);

#endif /* RPCLOG_FRONT_FINDINGS_H */
