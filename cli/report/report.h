/* SPDX-License-Identifier: MIT */
/*
 * What a report tells of a day, or of another span: figures, who, which
 * machine, why, what is new, and how sure we can be.
 *
 *	report_new() from a database -> a page of it (page.h), or one of
 *	report_json(), report_prom() -> report_free()
 *
 * Everything is in the order in which it is to be read, worst first, and the
 * same whatever the order in which logs were loaded.
 */

#ifndef RPCLOG_CLI_REPORT_REPORT_H
#define RPCLOG_CLI_REPORT_REPORT_H

#include <stdbool.h>

#include "db.h"
#include "findings.h"
#include "run.h"

/* The span of the report, and those it is held against. */
enum report_span {
	SPAN_NOW,
	SPAN_BEFORE, /* the day before, or as long a time before */
	SPAN_WEEK,   /* the same a week before */
	SPANS
};

#define REPORT_LABEL 96

/* Figures of a span.  Failures here are requests that end in a prompt. */
struct report_sums {
	int64_t since_us, until_us; /* half-open */
	char label[REPORT_LABEL];   /* "2026-11-21", "Saturday 2026-11-14" */
	bool known;		    /* logs of it were read */
	/*
	 * Hours (days, where buckets are that) of all servers together, and
	 * those without a row: they tell whether spans can be compared.
	 */
	uint64_t units, units_missing;
	/* Of users; and of sources that gave no user name, clients. */
	uint64_t users, user_hours, prompts, failures;
	uint64_t sources, source_hours, source_prompts, source_failures;
	uint64_t requests; /* all of them, but probes and activity */
};

/* Hours of the span, or days if it has more than 48 of them. */
struct report_bucket {
	int64_t since_us, until_us;
	char label[REPORT_LABEL]; /* "07"; "2026-11-20" */
	bool again; /* the clock was set back: the same once more */
	bool known; /* logs of it were read */
	uint64_t users, failures; /* failures also of sources */
};

/* A class of failures; all that the span and those before it had. */
struct report_class {
	rpclog_slice name, title;
	rpclog_slice remedy; /* its first sentence */
	bool prompts;	     /* popup=yes: it ends in a prompt */
	const char *popup, *severity;
	/* Users, also by the hour, without sources: of those that prompt
	 * alone. */
	uint64_t requests[SPANS], users[SPANS], user_hours[SPANS];
	uint64_t *by_bucket; /* requests of the span */
	/* Of those that prompt: */
	int64_t first_us;	/* in the span */
	int64_t before_last_us; /* in the span before */
	int64_t ever_us;	/* of all that is known */
};

/* A target, or a server that took the requests. */
struct report_machine {
	rpclog_slice name; /* may be empty: the log named none */
	bool legacy;
	uint64_t users[SPANS]; /* prompted */
	uint64_t failures[SPANS], worked[SPANS];
	uint64_t *failures_by, *worked_by;	   /* bucket */
	rpclog_slice class_name;		   /* of most failures */
	int64_t first_us, before_last_us, ever_us; /* failures, as of a class */
	bool *missing_by; /* of a server: no row, though it has some elsewhere;
			     else NULL */
	size_t missing;
	uint8_t *logged[SPANS]; /* of a server: is there a row? by the hour, or
				   day, of the spans before; may be NULL */
};

/* Somebody who was prompted. */
struct report_user {
	rpclog_slice name;
	bool is_source; /* "client:10.0.0.1": no user, but a client */
	uint64_t hours, prompts, failures;
	int64_t first_us, last_us;
	rpclog_slice class_name, target; /* of most failures */
	uint32_t *by_bucket;		 /* failures */
	bool is_new;   /* not prompted in the span before, which is known */
	bool is_first; /* never before, as far as is known */
};

/* What is new or gone against the span before; nothing if that is unknown. */
enum report_kind { NEWS_CLASS, NEWS_TARGET, NEWS_USER, NEWS_KINDS };

struct report_news {
	enum report_kind kind;
	rpclog_slice name;
	bool gone;
	bool is_first;	   /* new: never before */
	int64_t us;	   /* new: its first failure; gone: its last one */
	uint64_t failures; /* of the span that has it */
};

/* When a class was first seen at a target, of all that is known. */
struct report_first {
	int64_t us;
	rpclog_slice class_name, target;
	bool inside; /* within the span */
};

/* A log that could not be read to its end. */
struct report_log {
	rpclog_slice path;
	const char *why;   /* in words of ours */
	uint64_t rejected; /* rows that could not be read */
	bool damaged;	   /* else only its end is still to come */
};

/* Commands by which the figures can be found again, ready for a shell. */
enum report_command {
	COMMAND_USERS, /* affected users and their hours */
	COMMAND_HOURS,
	COMMAND_CLASSES,
	COMMAND_TARGETS,
	COMMAND_SERVERS,
	COMMAND_WHO, /* one user's story: ends with a name to fill in */
	COMMAND_FINDINGS,
	COMMAND_FIRSTS,
	COMMAND_FILES,
	COMMAND_PAGE, /* all of it, with longer lists */
	COMMANDS
};

struct report {
	bool is_day;	  /* else any span */
	const char *zone; /* "UTC", "Europe/Berlin" */
	struct report_sums sums[SPANS];
	struct report_bucket *buckets;
	size_t bucket_count;
	bool by_day;		      /* buckets are days */
	struct report_class *classes; /* that prompt first */
	size_t class_count;
	struct report_machine *targets, *servers;
	size_t target_count, server_count;
	struct report_user *users; /* most hours first */
	size_t user_count;
	struct report_news *news;
	size_t news_count;
	struct report_first *firsts; /* by time */
	size_t first_count;
	struct report_log *logs; /* that could not be read whole */
	size_t log_count;
	uint64_t logs_read;	   /* with rows of the span */
	int64_t newest_us;	   /* the last row of all; INT64_MIN: none */
	struct findings *findings; /* of the span; NULL: no data, or too old */
	bool findings_old; /* an older version loaded logs of the span */
	/* Where example rows are: tags as TAG_LINE_BITS of diagnose.h. */
	const char **paths;
	size_t path_count;
	char *commands[COMMANDS];
	const struct options *options;
	const char *source; /* the database or the folders, for a shell */
	int64_t made_us;    /* now */
	struct report_inside *inside;
};

/*
 * "-d DB", or the PATHs; and the PATHs for commands that read logs, of a
 * database the folder that all its logs lay in.  For free().
 */
char *report_source(const struct options *options);
char *report_paths(struct db *db, const struct options *options);

/*
 * The span that the command line asks for: --day, -S and -U; else yesterday.
 * EXIT_DONE, or said what is wrong.
 */
int report_span_of(const struct options *options, int64_t *since_us,
		   int64_t *until_us);
/*
 * All of it.  'source' is what the report is of, ready for a shell:
 * report_source(); 'paths' are the logs behind it, for commands that read logs.
 * 'db' must stay until report_free(); errors are db_error()'s.
 */
struct report *report_new(struct db *db, const struct options *options,
			  const rpclog_rules *rules, const char *source,
			  const char *paths);
void report_free(struct report *report);

#endif /* RPCLOG_CLI_REPORT_REPORT_H */
