/* SPDX-License-Identifier: MIT */
/* A report in the making: what its parts share. */

#ifndef RPCLOG_CLI_REPORT_INSIDE_H
#define RPCLOG_CLI_REPORT_INSIDE_H

#include "report.h"
#include "tuples.h"

/* Numbers of the database, by place in an array of the report. */
struct places {
	struct groups *ids;
};

/* The place of an id, new or known. */
uint32_t place_of(struct places *places, int64_t id);
/* And back. */
int64_t place_id(const struct places *places, uint32_t place);

struct report_inside {
	struct report *report;
	struct db *db;
	const struct options *options;
	const rpclog_rules *rules;
	struct statement *name; /* the text of a name by its number */
	struct places names;	/* that were asked for */
	rpclog_slice *texts;	/* by place */
	size_t text_count, text_room;
	char **kept; /* all texts of the report */
	size_t kept_count, kept_room;
	/* Places in the arrays of the report. */
	struct places classes, targets, servers, users;
	struct places before; /* users of the span before */
	struct earlier {
		uint64_t failures;
		int64_t last_us;
	} * earlier; /* by place of these */
	size_t earlier_count, earlier_room;
	size_t class_room, target_room, server_room, user_room;
};

/* A copy that lasts as long as the report. */
rpclog_slice keep(struct report_inside *in, rpclog_slice text);
/* A name of the database; the same slice whenever it is asked for. */
rpclog_slice name_of(struct report_inside *in, int64_t id);
int slice_order(rpclog_slice a, rpclog_slice b);

/* spans.c: times, and the buckets. */
void take_spans(struct report_inside *in, int64_t since_us, int64_t until_us);
/* The bucket of an instant of the span. */
size_t bucket_of(const struct report *report, int64_t us);

/* Items by the numbers of the database, made when first asked for. */
struct report_class *class_at(struct report_inside *in, int64_t id);
struct report_machine *target_at(struct report_inside *in, int64_t id);
struct report_machine *server_at(struct report_inside *in, int64_t id);
/* Users of the span. */
struct report_user *user_at(struct report_inside *in, int64_t actor);

/* failures.c: requests that end in a prompt. */
void take_failures(struct report_inside *in);
/* traffic.c: all other requests, and whose logs are there. */
void take_traffic(struct report_inside *in);
/* Once all targets are known: which of them are of 2010 and 2007. */
void take_legacy(struct report_inside *in);
/* history.c: since when, what is new, what is gone. */
void take_history(struct report_inside *in);
/* logs.c: what could not be read, and what is not there. */
/* There is a row of this server. */
void here(struct report_inside *in, int64_t server, int64_t us,
	  enum report_span span);
void take_logs(struct report_inside *in);
/* commands.c */
void take_commands(struct report_inside *in, const char *source,
		   const char *paths);
/* findings.c: by the engine of diagnose. */
void take_findings(struct report_inside *in, const char *paths);
/* rank.c: everything in the order in which it is told. */
void rank_all(struct report_inside *in);

#endif /* RPCLOG_CLI_REPORT_INSIDE_H */
