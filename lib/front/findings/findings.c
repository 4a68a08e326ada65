/* SPDX-License-Identifier: MIT */
/* The table of findings, and the life of one. */

#include "logons.h"

#include "../../sort.h"

#define BIT(table) (UINT32_C(1) << (table))
/* What findings about targets, or about refused logons, look into. */
#define MACHINES                                                               \
	(BIT(TABLE_FAIL) | BIT(TABLE_USE) | BIT(TABLE_FLOW) | BIT(TABLE_ROUTE))
#define LOGONS                                                                 \
	(BIT(TABLE_FAIL) | BIT(TABLE_USE) | BIT(TABLE_PULSE) |                 \
	 BIT(TABLE_REASON))
#define CHANNELS (BIT(TABLE_SHORT) | BIT(TABLE_END))

/* Each with the tables that it needs: no others are gathered. */
static const struct {
	const char *id;
	void (*find)(struct findings *f);
	uint32_t needs;
} table[] = {
	{ "legacy_unpatched", find_legacy_unpatched, MACHINES },
	{ "frontend_kerberos", find_frontend_kerberos, MACHINES },
	{ "secondary_mailbox", find_secondary_mailbox, MACHINES },
	{ "legacy_no_ntlm", find_legacy_no_ntlm, MACHINES },
	{ "credentials_rejected", find_credentials_rejected, LOGONS },
	{ "frontend_logon", find_frontend_logon, LOGONS },
	{ "password_spray", find_password_spray, LOGONS },
	{ "brute_force", find_brute_force, LOGONS },
	{ "tls_old_clients", find_tls_old_clients, BIT(TABLE_USE) },
	{ "wildcard_certificate", find_wildcard_certificate, BIT(TABLE_HOST) },
	{ "mapi_possible", find_mapi_possible, BIT(TABLE_USE) },
	{ "backend_down", find_backend_down, MACHINES },
	{ "backend_tls", find_backend_tls, MACHINES },
	{ "backend_slow", find_backend_slow, MACHINES },
	{ "backend_auth", find_backend_auth, MACHINES },
	{ "legacy_dependency", find_legacy_dependency, MACHINES },
	{ "odd_anchor", find_odd_anchor, BIT(TABLE_ODD) },
	{ "rpc_reconnect_storm", find_rpc_reconnect_storm, CHANNELS },
	{ "rpc_half_open", find_rpc_half_open,
	  BIT(TABLE_FAIL) | BIT(TABLE_USE) },
	{ "prompting_failure", find_prompting_failure, MACHINES },
};

const char *
findings_id(size_t i)
{
	return i < ARRAY_LEN(table) ? table[i].id : NULL;
}

/* ---- drafts ---------------------------------------------------------------
 */

static struct draft *
draft_in(struct findings *f, struct draft **drafts, size_t *count, size_t *room)
{
	if (f->broken || !alloc_grow(&f->alloc, drafts, room, *count + 1,
				     sizeof(**drafts))) {
		f->broken = true;
		return NULL;
	}

	struct draft *d = &(*drafts)[(*count)++];

	memset(d, 0, sizeof(*d));
	buf_init(&d->text, SIZE_MAX / 2);
	d->face.first_us = INT64_MAX;
	d->face.last_us = INT64_MIN;
	d->face.fixed_us = INT64_MIN;
	return d;
}

struct draft *
draft_new(struct findings *f, const char *id, const char *title,
	  uint8_t severity, rpclog_slice subject)
{
	struct draft *d =
		draft_in(f, &f->drafts, &f->draft_count, &f->draft_room);

	if (!d)
		return NULL;
	d->face.id = id;
	d->face.title = title;
	d->face.severity = severity;
	d->face.subject = subject;
	return d;
}

struct draft *
draft_note(struct findings *f, const char *id, const char *title,
	   rpclog_slice subject)
{
	struct draft *d = draft_in(f, &f->notes, &f->note_count, &f->note_room);

	if (!d)
		return NULL;
	d->face.id = id;
	d->face.title = title;
	d->face.severity = RPCLOG_INFO;
	d->face.subject = subject;
	return d;
}

void
draft_count(struct draft *d, const struct cell *cell)
{
	struct finding *face;

	if (!d)
		return;
	face = &d->face;
	face->requests += cell->requests;
	if (cell->first_us < face->first_us ||
	    (cell->first_us == face->first_us &&
	     cell->first_tag < face->first_tag)) {
		face->first_us = cell->first_us;
		face->first_tag = cell->first_tag;
	}
	if (cell->last_us > face->last_us ||
	    (cell->last_us == face->last_us &&
	     cell->last_tag > face->last_tag)) {
		face->last_us = cell->last_us;
		face->last_tag = cell->last_tag;
	}
}

/* Places in the text become slices: it does not move any more. */
static bool
draft_close(struct findings *f, struct draft *d)
{
	struct finding *face = &d->face;
	rpclog_slice text = buf_slice(&d->text);
	struct finding_line *lines =
		alloc_get(&f->alloc, face->line_count, sizeof(*lines));

	if (!lines)
		return false;
	for (size_t i = 0; i < face->line_count; i++) {
		const struct draft_line *from = &d->lines[i];

		lines[i].kind = from->kind;
		lines[i].text = slice_cut(text, from->from, from->to);
		if (from->kind == LINE_DO && d->remedy[1] == 0) {
			d->remedy[0] = from->from;
			d->remedy[1] = from->to;
		}
	}
	face->lines = lines;
	if (d->title[1] > 0)
		face->title = text.ptr + d->title[0];
	face->sentence = slice_cut(text, d->sentence[0], d->sentence[1]);
	face->remedy = slice_cut(text, d->remedy[0], d->remedy[1]);
	/* A database keeps no places of what went well. */
	face->examples = face->requests == 0 || face->first_tag == 0 ? 0
			 : face->first_tag == face->last_tag	     ? 1
								     : 2;
	return true;
}

static int
draft_order(const void *a, const void *b, const void *ctx)
{
	const struct finding *x = &((const struct draft *)a)->face;
	const struct finding *y = &((const struct draft *)b)->face;
	int order;

	(void)ctx;
	if (x->severity != y->severity)
		return x->severity > y->severity ? -1 : 1;
	if (x->users != y->users)
		return x->users > y->users ? -1 : 1;
	if (x->requests != y->requests)
		return x->requests > y->requests ? -1 : 1;
	order = strcmp(x->id, y->id);
	return order ? order : slice_cmp(x->subject, y->subject);
}

static void
draft_free(struct findings *f, struct draft *d)
{
	buf_free(&d->text, &f->alloc);
	alloc_free(&f->alloc, d->lines);
	/* Ours: draft_close() made it. */
	alloc_free(&f->alloc, (void *)(uintptr_t)d->face.lines);
}

/* ---- all of them ----------------------------------------------------------
 */

static bool
is_wanted(const struct findings_options *options, const char *id)
{
	if (options->only_count == 0)
		return true;
	for (size_t i = 0; i < options->only_count; i++) {
		if (!strcmp(options->only[i], id))
			return true;
	}
	return false;
}

uint32_t
findings_needs(const struct findings_options *options)
{
	uint32_t needs = 0;

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		if (is_wanted(options, table[i].id))
			needs |= table[i].needs;
	}
	return needs;
}

static bool
find_all(struct findings *f, const struct findings_options *options)
{
	sides_judge(f);
	for (size_t i = 0; i < ARRAY_LEN(table) && !f->broken; i++) {
		if (is_wanted(options, table[i].id))
			table[i].find(f);
	}
	for (size_t i = 0; i < f->draft_count && !f->broken; i++) {
		if (f->drafts[i].placeholder)
			say(f, &f->drafts[i], LINE_DO,
			    "NAME in these commands stands for a name that "
			    "holds characters which a shell may run: put it in "
			    "quotes, with care.");
		f->broken = f->broken || !draft_close(f, &f->drafts[i]);
	}
	for (size_t i = 0; i < f->note_count && !f->broken; i++)
		f->broken = !draft_close(f, &f->notes[i]);
	return !f->broken &&
	       sort_by(f->drafts, f->draft_count, sizeof(*f->drafts),
		       draft_order, NULL, &f->alloc);
}

rpclog_status
findings_of(struct findings **out, struct gathered *in,
	    const struct findings_options *options)
{
	struct alloc alloc = in->alloc;
	struct findings *f = alloc_zero(&alloc, 1, sizeof(*f));

	*out = NULL;
	if (!f) {
		gathered_free(in);
		return RPCLOG_ERR_NOMEM;
	}
	f->alloc = alloc;
	f->in = in;
	f->rules = in->rules;
	f->paths = options->paths ? options->paths : "";
	f->print_time = options->print_time;
	if (!find_all(f, options)) {
		findings_free(f);
		return RPCLOG_ERR_NOMEM;
	}
	*out = f;
	return RPCLOG_OK;
}

rpclog_status
findings_new(struct findings **out, struct gather *gather,
	     rpclog_tracker *tracker, const rpclog_rules *rules,
	     const struct findings_options *options)
{
	struct gathered *in;
	rpclog_status status =
		gather_settle(&in, gather, tracker, rules, options->joins);

	*out = NULL;
	return status == RPCLOG_OK ? findings_of(out, in, options) : status;
}

size_t
findings_count(const struct findings *findings)
{
	return findings->draft_count;
}

const struct finding *
findings_at(const struct findings *findings, size_t i)
{
	return &findings->drafts[i].face;
}

size_t
findings_notes(const struct findings *findings)
{
	return findings->note_count;
}

const struct finding *
findings_note(const struct findings *findings, size_t i)
{
	return &findings->notes[i].face;
}

int
findings_span(const struct findings *findings, int64_t *first_us,
	      int64_t *last_us)
{
	*first_us = findings->in->first_us;
	*last_us = findings->in->last_us;
	return findings->in->requests > 0;
}

void
findings_free(struct findings *f)
{
	if (!f)
		return;

	struct alloc alloc = f->alloc;

	for (size_t i = 0; i < f->draft_count; i++)
		draft_free(f, &f->drafts[i]);
	for (size_t i = 0; i < f->note_count; i++)
		draft_free(f, &f->notes[i]);
	alloc_free(&alloc, f->drafts);
	alloc_free(&alloc, f->notes);
	alloc_free(&alloc, f->at_fault);
	logons_free(f);
	gathered_free(f->in);
	alloc_free(&alloc, f);
}
