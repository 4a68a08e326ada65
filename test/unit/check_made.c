/* SPDX-License-Identifier: MIT */
/* Rows at random, counted plainly; see check_made.h. */

#include "check_made.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "class.h"
#include "histogram.h"

#define COLUMNS 74

/* ---- lines that add up ------------------------------------------------------
 */

struct check_text *
line_new(struct lines *l, uint64_t n, uint64_t in, uint64_t out)
{
	struct line *line;

	if (l->count == l->room) {
		l->room = 2 * l->room + 256;
		l->line = realloc(l->line, l->room * sizeof(*l->line));
		if (!l->line)
			abort();
	}
	line = &l->line[l->count++];
	*line = (struct line){ .n = n, .in = in, .out = out };
	return &line->text;
}

static int
by_text(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	return strcmp(x->text.ptr, y->text.ptr);
}

void
lines_end(struct lines *l, struct check_text *out)
{
	qsort(l->line, l->count, sizeof(*l->line), by_text);
	for (size_t i = 0; i < l->count; i++) {
		struct line *line = &l->line[i];

		if (i + 1 < l->count && by_text(line, line + 1) == 0) {
			line[1].n += line->n;
			line[1].in += line->in;
			line[1].out += line->out;
		} else {
			check_text_add(
				out,
				"%s: %" PRIu64 " %" PRIu64 " %" PRIu64 "\n",
				line->text.ptr, line->n, line->in, line->out);
		}
		check_text_free(&line->text);
	}
	free(l->line);
	memset(l, 0, sizeof(*l));
}

/* ---- rows -------------------------------------------------------------------
 */

struct agent {
	const char *text, *software, *windows;
};

static const struct agent agents[] = {
	{ "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook "
	  "16.0.4266; Pro)",
	  "Outlook 16.0", "10.0" },
	{ "Microsoft Office/14.0 (Windows NT 6.1; Microsoft Outlook "
	  "14.0.7268; Pro)",
	  "Outlook 14.0", "6.1" },
	{ "", "-", "-" },
};

struct kind {
	const char *status, *back_end, *authenticated, *scheme;
	uint32_t class_id;
};

static const struct kind kinds[] = {
	{ "200", "200", "true", "Negotiate", CLASS_OK },
	{ "200", "200", "true", "Basic", CLASS_OK },
	{ "200", "200", "true", "basic;x", CLASS_OK },
	{ "200", "200", "true", "Basicer", CLASS_OK },
	{ "500", "401", "true", "Negotiate", 50 },
	{ "401", "", "false", "Basic", 90 },
	{ "401", "", "true", "Negotiate", 120 },
	{ "401", "", "false", "NTLM", CLASS_FE_AUTH_LEG },
	{ "401", "", "false", "Negotiate", CLASS_FE_AUTH_LEG },
};

struct made {
	const struct kind *kind;
	const struct agent *agent;
	int64_t start_ms, latency; /* since 1970; -1: none */
	uint64_t in, out;
	uint32_t class_id, mailbox; /* 0: none */
	bool probe, legacy;
	char user[24], client[16], server[8], protocol[8], target[8];
};

static bool
is_authenticated(const struct made *row)
{
	return row->kind->authenticated[0] == 't';
}

static void
make(struct made *row, uint64_t *seed)
{
	static const char *const users[] = { "", "A\\ann", "a\\ANN", "bob" };
	/* Days around 1970 and after, so that hours are rounded down. */
	static const int64_t bases[] = { -86400000, 0, INT64_C(1772445600000) };

	memset(row, 0, sizeof(*row));
	row->kind = &kinds[check_random(seed, ARRAY_LEN(kinds))];
	row->agent = &agents[check_random(seed, ARRAY_LEN(agents))];
	row->start_ms = bases[check_random(seed, 3)] +
			check_random(seed, 7200) * 1000 +
			check_random(seed, 2) * 86400000 / 2;
	row->latency =
		check_random(seed, 4) ? (int64_t)check_random(seed, 700) : -1;
	row->in = check_random(seed, 3) ? check_random(seed, 5000) : 0;
	row->out = check_random(seed, 100000);
	row->mailbox = check_random(seed, 3);
	row->probe = check_random(seed, 10) == 0;
	snprintf(row->user, sizeof(row->user), "%s",
		 row->probe ? "HealthMailbox0" : users[check_random(seed, 4)]);
	snprintf(row->client, sizeof(row->client), "192.0.2.%u",
		 check_random(seed, 2));
	snprintf(row->server, sizeof(row->server), "CAS%u",
		 check_random(seed, 2));
	snprintf(row->protocol, sizeof(row->protocol), "%s",
		 check_random(seed, 2) ? "Mapi" : "Ews");
	snprintf(row->target, sizeof(row->target), "%s",
		 check_random(seed, 5) ? "mbx" : "");
	row->legacy = check_random(seed, 4) == 0;
	if (row->legacy && row->target[0])
		snprintf(row->target, sizeof(row->target), "cas%u",
			 check_random(seed, 2));
	row->class_id = row->kind->class_id;
	/* The back end's 401 says nothing without a user. */
	if (row->class_id == 50 && !row->user[0])
		snprintf(row->user, sizeof(row->user), "bob");
	if (row->class_id == 50 && row->legacy)
		row->class_id = 40;
	if (row->probe)
		row->class_id = CLASS_PROBE;
}

static void
put_number(char out[24], int64_t number)
{
	snprintf(out, 24, "%" PRId64, number);
}

/* "1969-12-31T23:00:00.000Z" */
static void
put_time(char out[64], int64_t ms)
{
	int64_t days = ms / 86400000 - (ms % 86400000 < 0);
	int64_t rest = ms - days * 86400000;
	const char *day = days == -1	  ? "1969-12-31"
			  : days == 0	  ? "1970-01-01"
			  : days == 1	  ? "1970-01-02"
			  : days == 20514 ? "2026-03-02"
					  : "2026-03-03";

	snprintf(out, 64, "%sT%02d:%02d:%02d.%03dZ", day, (int)(rest / 3600000),
		 (int)(rest / 60000 % 60), (int)(rest / 1000 % 60),
		 (int)(rest % 1000));
}

static void
write_row(struct check_text *out, const struct made *row)
{
	char begin[64], info[96], in[24], bytes[24], latency[24] = "",
						     query[80] = "", agent[128];

	put_time(begin, row->start_ms);
	snprintf(info, sizeof(info), "BeginRequest=%s;", begin);
	put_number(in, (int64_t)row->in);
	put_number(bytes, (int64_t)row->out);
	if (row->latency >= 0)
		put_number(latency, row->latency);
	if (row->mailbox)
		snprintf(query, sizeof(query),
			 "?11111111-2222-3333-4444-55555555550%u@contoso.com",
			 row->mailbox);
	snprintf(agent, sizeof(agent), "%s", row->agent->text);
	log_row(out, COLUMNS,
		ROW("DateTime", begin, "Protocol", row->protocol,
		    "AuthenticationType", row->kind->scheme, "IsAuthenticated",
		    row->kind->authenticated, "AuthenticatedUser", row->user,
		    "UserAgent", agent, "ClientIpAddress", row->client,
		    "ServerHostName", row->server, "HttpStatus",
		    row->kind->status, "BackEndStatus", row->kind->back_end,
		    "Method", "POST", "TargetServer", row->target,
		    "TargetServerVersion",
		    row->legacy ? "14.03.0123.000" : "15.00.1497.000",
		    "RequestBytes", row->in ? in : "", "ResponseBytes", bytes,
		    "TotalRequestTime", latency, "UrlQuery", query,
		    "GenericInfo", info));
}

/* ---- the plain count --------------------------------------------------------
 */

static bool
same_key(const struct made *a, const struct made *b)
{
	return a->mailbox == b->mailbox && !strcmp(a->client, b->client) &&
	       (a->mailbox || a->agent == b->agent);
}

static void
settle_legs(struct made *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < count; k++) {
			int64_t after = rows[k].start_ms - rows[i].start_ms;

			if (rows[i].class_id == CLASS_FE_AUTH_LEG &&
			    is_authenticated(&rows[k]) && after >= 0 &&
			    after <= 10000 && same_key(&rows[i], &rows[k]))
				rows[i].class_id = CLASS_HANDSHAKE;
		}
	}
}

static void
put_who(struct check_text *out, const struct made *row)
{
	if (row->user[0]) {
		for (const char *c = row->user; *c; c++)
			check_text_add(out, "%c",
				       *c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
		check_text_add(out, " ");
		return;
	}
	if (row->mailbox)
		check_text_add(out, "%u/%s/- ", row->mailbox, row->client);
	else
		check_text_add(out, "-/%s/%s ", row->client,
			       row->agent->text[0] ? row->agent->text : "-");
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static void
count_habits(struct lines *l, const struct made *row)
{
	int64_t day = floor_div(row->start_ms, 86400000);
	const char *target = row->target[0] ? row->target : "-";
	bool basic = row->kind->scheme[0] == 'b' ||
		     !strcmp(row->kind->scheme, "Basic");

	if (basic && row->user[0] && !row->probe) {
		struct check_text *t = line_new(l, 1, 0, 0);

		check_text_add(t, "habit %" PRId64 " ", day);
		put_who(t, row);
		check_text_add(t, "-");
	}
	if (row->legacy && row->target[0] && !row->probe) {
		struct check_text *t = line_new(l, 1, 0, 0);

		check_text_add(t, "habit %" PRId64 " ", day);
		put_who(t, row);
		check_text_add(t, "%s", target);
	}
	if (row->legacy && row->target[0])
		check_text_add(line_new(l, 0, 0, 0), "legacy %s", target);
}

static void
count_row(struct lines *l, const struct made *row)
{
	const char *target = row->target[0] ? row->target : "-";
	int64_t quarter = floor_div(row->start_ms, 900000);
	struct check_text *t;

	count_habits(l, row);
	if (row->class_id == CLASS_FE_AUTH_LEG)
		return;
	t = line_new(l, 1, 0, 0);
	check_text_add(t, "usage %" PRId64 " ",
		       floor_div(row->start_ms, 3600000));
	put_who(t, row);
	check_text_add(t, "%s %s %s %s %u", row->server, row->protocol,
		       row->agent->software, row->agent->windows,
		       row->class_id);
	t = line_new(l, 1, row->in, row->out);
	check_text_add(t, "traffic %" PRId64 " %s %s %s %u", quarter,
		       row->server, target, row->protocol, row->class_id);
	if (row->latency < 0)
		return;
	t = line_new(l, 1, 0, 0);
	check_text_add(t, "bar %" PRId64 " %s %s %s %u step %u", quarter,
		       row->server, target, row->protocol, row->class_id,
		       histogram_step(row->latency));
}

/* ---- all of them ------------------------------------------------------------
 */

struct made *
made_rows(size_t count, uint64_t seed)
{
	struct made *rows = calloc(count, sizeof(*rows));

	if (!rows)
		abort();
	for (size_t i = 0; i < count; i++)
		make(&rows[i], &seed);
	return rows;
}

void
made_log(struct check_text *out, const struct made *rows, size_t count)
{
	log_columns(out, COLUMNS);
	for (size_t i = 0; i < count; i++)
		write_row(out, &rows[i]);
}

void
made_count(struct check_text *out, const struct made *rows, size_t count,
	   size_t batch)
{
	struct made *mine = calloc(count, sizeof(*mine));
	struct lines lines = { 0 };

	if (!mine)
		abort();
	memcpy(mine, rows, count * sizeof(*mine));
	for (size_t i = 0; i < count; i += batch)
		settle_legs(mine + i, count - i < batch ? count - i : batch);
	for (size_t i = 0; i < count; i++)
		count_row(&lines, &mine[i]);
	lines_end(&lines, out);
	free(mine);
}
