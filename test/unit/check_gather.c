/* SPDX-License-Identifier: MIT */
/* Rows through gathers, and what comes of them as text: check_gather.h. */

#include "check_gather.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* 2026-03-02T10:00:00Z */
#define BASE_US INT64_C(1772445600000000)

rpclog_status
check_gather_new(struct check_gather *g, const rpclog_rules *rules,
		 const rpclog_options *options, const rpclog_chooser *chooser)
{
	rpclog_options own = RPCLOG_OPTIONS_INIT;
	rpclog_status status;

	memset(g, 0, sizeof(*g));
	if (options)
		own = *options;
	own.flags |= RPCLOG_OPT_LIKELY;
	status = rpclog_tracker_new(&g->tracker, rules, &own);
	if (status == RPCLOG_OK)
		status = gather_new(&g->gather, g->tracker, &own);
	if (status == RPCLOG_OK && chooser) {
		status = rpclog_tracker_choose(g->tracker, chooser);
		gather_choose(g->gather, chooser);
	}
	return status;
}

void
check_gather_free(struct check_gather *g)
{
	gather_free(g->gather);
	rpclog_tracker_free(g->tracker);
	memset(g, 0, sizeof(*g));
}

rpclog_status
check_gather_rows(const struct check_gather *g, const struct check_rows *r,
		  size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		rpclog_status status = gather_row(
			g->gather, r->row[i].row, &r->row[i].verdict,
			/* Each row has a parser, and columns, of its own. */
			i + 1, i + 1);

		if (status != RPCLOG_OK)
			return status;
	}
	return RPCLOG_OK;
}

rpclog_status
check_gather_close(const struct check_gather *g)
{
	rpclog_status status = rpclog_tracker_tidy(g->tracker);

	return status == RPCLOG_OK ? gather_close(g->gather) : status;
}

rpclog_status
check_gather_merge(const struct check_gather *into, struct check_gather *from)
{
	rpclog_status status =
		rpclog_tracker_merge(into->tracker, from->tracker);

	if (status == RPCLOG_OK)
		status = gather_merge(into->gather, from->gather);
	check_gather_free(from);
	return status;
}

rpclog_status
check_gather_settle(struct gathered **out, const struct check_gather *g,
		    const struct check_rows *r)
{
	rpclog_status status = rpclog_tracker_finish(g->tracker);

	*out = NULL;
	return status == RPCLOG_OK ? gather_settle(out, g->gather, g->tracker,
						   r->rules, NULL)
				   : status;
}

struct gathered *
check_gathered(struct check_rows *r, const char *text,
	       const rpclog_chooser *chooser)
{
	struct gathered *out = NULL;
	struct check_gather g;

	check_rows_clear(r);
	check_rows_add(r, text);
	CHECK_STATUS(check_gather_new(&g, r->rules, NULL, chooser), RPCLOG_OK);
	CHECK_STATUS(check_gather_rows(&g, r, 0, r->count), RPCLOG_OK);
	CHECK_STATUS(check_gather_close(&g), RPCLOG_OK);
	CHECK_STATUS(check_gather_settle(&out, &g, r), RPCLOG_OK);
	check_gather_free(&g);
	if (!out)
		abort();
	return out;
}

/* ---- tables -----------------------------------------------------------------
 */

/* "12" or "12.345", after 10:00. */
static void
add_time(struct check_text *out, int64_t us)
{
	int64_t ms = (us - BASE_US) / 1000;

	check_text_add(out, "%s%" PRId64, ms < 0 ? "-" : "",
		       (ms < 0 ? -ms : ms) / 1000);
	if (ms % 1000)
		check_text_add(out, ".%03d", abs((int)(ms % 1000)));
}

static void
add_name(struct check_text *out, const struct gathered *in, const char *what,
	 uint32_t name)
{
	CHECK(name < in->name_count);
	if (name == 0)
		return;
	check_text_add(out, " %s=", what);
	/* Mailboxes of check_rows.h differ in two digits. */
	if (slice_starts(in->names[name], SLICE("11111111-")))
		check_text_escaped(out, slice_cut(in->names[name], 34, 36));
	else
		check_text_escaped(out, in->names[name]);
}

static void
add_number(struct check_text *out, const char *what, uint64_t number)
{
	if (number > 0)
		check_text_add(out, " %s=%" PRIu64, what, number);
}

static void
add_cell(struct check_text *out, const struct gathered *in,
	 const struct cell *c)
{
	uint64_t slow = 0;

	add_time(out, c->first_us);
	check_text_add(out, "..");
	add_time(out, c->last_us);
	check_text_add(out, " %" PRIu64 " #%" PRIu64 "-%" PRIu64, c->requests,
		       c->first_tag, c->last_tag);
	if (c->at_us) {
		check_text_add(out, " at=");
		add_time(out, c->at_us);
	}
	add_name(out, in, "a", c->actor);
	add_name(out, in, "m", c->mailbox);
	add_name(out, in, "c", c->client);
	add_name(out, in, "s", c->server);
	add_name(out, in, "t", c->target);
	add_name(out, in, "p", c->protocol);
	add_name(out, in, "sw", c->software);
	add_name(out, in, "w", c->windows);
	add_name(out, in, "h", c->host);
	add_number(out, "k", c->class_id);
	add_number(out, "half", c->half);
	add_number(out, "kind", c->kind);
	if (c->legacy)
		check_text_add(out, " legacy");
	if (c->crowd)
		check_text_add(out, " crowd=%u", crowd_size(c->crowd));
	for (size_t i = 0; c->phases && i < PHASE_COUNT; i++)
		slow += c->phases->slow[i];
	if (slow || (c->phases && c->phases->any.requests))
		check_text_add(out, " slow=%" PRIu64 "/%" PRIu64,
			       c->phases->any.requests, c->phases->ordinary);
	check_text_add(out, ";");
}

void
check_cells(struct check_text *out, const struct gathered *in,
	    enum table_number table)
{
	const struct cells *cells = &in->table[table];

	check_text_add(out, "%s", "");
	for (size_t i = 0; i < cells->count; i++)
		add_cell(out, in, &cells->cells[i]);
}

void
check_tables(struct check_text *out, const struct gathered *in)
{
	static const char *const names[TABLE_COUNT] = {
		"fail", "use", "flow",	"route", "pulse",
		"host", "odd", "short", "end",	 "reason"
	};

	check_text_add(out, "%" PRIu64 " requests\n", in->requests);
	for (size_t i = 0; i < TABLE_COUNT; i++) {
		if (in->table[i].count == 0)
			continue;
		check_text_add(out, "%s: ", names[i]);
		check_cells(out, in, (enum table_number)i);
		check_text_add(out, "\n");
	}
}

/* ---- findings ---------------------------------------------------------------
 */

void
check_print_time(char text[64], int64_t us)
{
	/* As long as a time is, whatever the time. */
	snprintf(text, 64, "2026-03-02T+%05d.000Z",
		 (int)((us - BASE_US) / 1000000 % 100000));
}

/* Between marks there are no control bytes; marks come in pairs. */
static void
add_said(struct check_text *out, rpclog_slice text)
{
	bool inside = false;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == FINDING_LOG || c == FINDING_END) {
			CHECK(inside == (c == FINDING_END));
			inside = !inside;
			check_text_add(out, inside ? "<" : ">");
			continue;
		}
		CHECK((unsigned char)c >= 0x20 && c != 0x7f);
		check_text_bytes(out, &c, 1);
	}
	CHECK(!inside);
}

void
check_said(struct check_text *out, const struct finding *finding)
{
	static const char *const kinds[] = { "who",   "why",	"do",
					     "$",     "undo",	"undo $",
					     "check", "check $" };

	check_text_add(out, "%s %u ", finding->id, finding->severity);
	check_text_escaped(out, finding->subject);
	check_text_add(out, " trend %d: %" PRIu64 " users, %" PRIu64,
		       (int)finding->trend, finding->users, finding->requests);
	if (finding->requests > 0) {
		CHECK(finding->first_us <= finding->last_us);
		check_text_add(out, " in ");
		add_time(out, finding->first_us);
		check_text_add(out, "..");
		add_time(out, finding->last_us);
	}
	CHECK_INT(finding->examples, finding->requests == 0 ? 0
				     : finding->first_tag == finding->last_tag
					     ? 1
					     : 2);
	if (finding->examples > 0)
		check_text_add(out, " #%" PRIu64 "-%" PRIu64,
			       finding->first_tag, finding->last_tag);
	check_text_add(out, "\n= ");
	add_said(out, finding->sentence);
	check_text_add(out, "\n! ");
	add_said(out, finding->remedy);
	check_text_add(out, "\n");
	for (size_t i = 0; i < finding->line_count; i++) {
		check_text_add(out, "%s: ", kinds[finding->lines[i].kind]);
		add_said(out, finding->lines[i].text);
		check_text_add(out, "\n");
	}
}

void
check_all_said(struct check_text *out, const struct findings *findings)
{
	check_text_add(out, "%zu findings\n", findings_count(findings));
	for (size_t i = 0; i < findings_count(findings); i++)
		check_said(out, findings_at(findings, i));
	for (size_t i = 0; i < findings_notes(findings); i++)
		check_said(out, findings_note(findings, i));
}
