/* SPDX-License-Identifier: MIT */
/*
 * What a database keeps of rows, so that loading them in any number of steps
 * settles them as one run would: facts taken from rows, and facts given back to
 * a tracker.
 *
 * Facts are sets, minima and sums: neither order nor grouping matters.
 */

#ifndef RPCLOG_FRONT_FACTS_H
#define RPCLOG_FRONT_FACTS_H

#include <stdbool.h>

#include "settle.h"

struct facts;

/* A number below is one of facts_name() unless it says otherwise. */
#define FACTS_NONE UINT32_MAX

/* Whom rows name: a user, or the key of a session if they name none. */
struct fact_who {
	uint32_t user; /* in lower case; FACTS_NONE: a key, .. */
	uint32_t mailbox, client, agent; /* .. made of these */
	/* Of a user: the spelling that was shown first, and by which row. */
	uint32_t spelling;
	int64_t start_us, end_us;
	rpclog_slice request_id;
	/* Of a key: the number of the one 'who' that was authenticated for it,
	 * FACTS_NONE, or FACTS_SEVERAL. */
	uint32_t owner;
};

#define FACTS_SEVERAL (UINT32_MAX - 1)

/*
 * A row that is not ok, probe, activity, handshake or a mere challenge.  What
 * no name is for is FACTS_NONE; 'latency_ms' is -1 if the row tells none.
 */
struct fact_event {
	int64_t start_us, end_us, latency_ms, bytes_in, bytes_out;
	uint64_t line;
	rpclog_slice request_id; /* lasts as the facts do */
	uint32_t who;		 /* in whos */
	uint32_t key;		 /* in whos: its mailbox and client */
	uint32_t session;	 /* in whos: key of a 401 leg, or FACTS_NONE */
	uint32_t class_id;
	uint32_t client, server, target, protocol, method, software, windows;
	uint32_t status, backend_status, error_code, security_status, errors;
	uint8_t popup, rpc, reserved[2];
	uint32_t log; /* the caller's number of it */
};

/* fact_usage.kind: an enum half, and this. */
#define FACT_GOT_IN 4u /* authenticated */

/*
 * All rows but activity, and legs that are events.  Of a leg neither key nor
 * target nor kind is told.
 */
struct fact_usage {
	int64_t hour; /* since 1970 */
	uint64_t requests;
	uint32_t who; /* in whos */
	uint32_t key; /* in whos, or FACTS_NONE */
	uint32_t server, protocol, software, windows, class_id, target, kind;
};

struct fact_traffic {
	int64_t quarter; /* since 1970 */
	uint64_t requests, bytes_in, bytes_out;
	uint64_t ordinary; /* of class ok, those whose phases count */
	bool is_event;	   /* its rows tell more */
	int64_t first_us, last_us;
	uint32_t server, target, protocol, class_id;
	size_t bars_from, bars_to; /* of facts_bars(): latency */
};

/* Requests of class ok that waited in a phase. */
struct fact_slow {
	int64_t quarter; /* since 1970 */
	uint32_t target, protocol;
	uint32_t phase; /* an enum phase; PHASE_COUNT: any of them */
	uint32_t reserved;
	uint64_t requests;
	int64_t first_us, last_us;
};

/* RPC_OUT channels that were over soon. */
struct fact_channel {
	int64_t hour; /* since 1970 */
	uint32_t who; /* in whos */
	uint32_t client, target;
	uint32_t end; /* an enum channel_end */
	uint64_t requests;
	int64_t first_us, last_us;
};

/* A row that no honest client makes. */
struct fact_odd {
	int64_t start_us;
	uint64_t line;
	uint32_t client, kind; /* an odd_kind */
	uint32_t log;	       /* the caller's number of it */
	uint32_t reserved;
};

/* Rows a day, no probes: of a user who logged on with Basic, or of anybody who
 * went to an old server. */
struct fact_habit {
	int64_t day; /* since 1970 */
	uint64_t requests;
	uint32_t who;	 /* in whos */
	uint32_t target; /* FACTS_NONE: Basic */
};

/* Authenticated starts of a key, no two more than handshake_ms apart. */
struct fact_success {
	uint32_t who, reserved;
	int64_t first_us, last_us;
};

struct fact_server {
	uint32_t name, reserved;
	int64_t newest_us; /* DateTime */
};

/* All that was taken; arrays last until facts_free(). */
struct fact_sets {
	const struct fact_who *whos;
	size_t who_count;
	const struct fact_event *events;
	size_t event_count;
	const struct fact_usage *usage;
	size_t usage_count;
	const struct fact_traffic *traffic;
	size_t traffic_count;
	const struct histogram_bar *bars;
	const struct fact_slow *slow;
	size_t slow_count;
	const struct fact_channel *channels;
	size_t channel_count;
	const struct fact_odd *odd;
	size_t odd_count;
	const struct fact_habit *habits;
	size_t habit_count;
	const struct fact_success *successes;
	size_t success_count;
	const struct fact_server *servers;
	size_t server_count;
	const uint32_t *legacy; /* targets that are 2010 or 2007 */
	size_t legacy_count;
	uint64_t rows;
};

rpclog_status facts_new(struct facts **out, const rpclog_rules *rules,
			const rpclog_options *options);
/* 'set' is another number wherever the columns may be others. */
rpclog_status facts_add(struct facts *facts, const rpclog_row *row,
			const rpclog_verdict *verdict, uint32_t log,
			uint64_t set);
/* Rows added so far. */
uint64_t facts_rows(const struct facts *facts);
/* After the last row: legs whose success came along are handshakes. */
rpclog_status facts_close(struct facts *facts, struct fact_sets *sets);
uint32_t facts_names(const struct facts *facts);
rpclog_slice facts_name(const struct facts *facts, uint32_t number);
void facts_free(struct facts *facts);

/* ---- Back into a tracker, before its finish ---------------------------------
 */

struct fact_key {
	rpclog_slice mailbox, client, agent;
};

rpclog_status facts_put_server(rpclog_tracker *tracker, rpclog_slice server,
			       int64_t newest_us);
rpclog_status facts_put_success(rpclog_tracker *tracker,
				const struct fact_key *key, int64_t first_us,
				int64_t last_us);
rpclog_status facts_put_leg(rpclog_tracker *tracker, const struct fact_key *key,
			    rpclog_slice server, int64_t start_us, int rpc);
/* The one user that was authenticated for a key; NULL: none, empty: several. */
rpclog_status facts_put_owner(rpclog_tracker *tracker,
			      const struct fact_key *key,
			      const rpclog_slice *user);

#endif /* RPCLOG_FRONT_FACTS_H */
