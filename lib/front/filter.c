/* SPDX-License-Identifier: MIT */
/* Building a filter: reading terms, and what they ask for. */

#include "diag.h"
#include "filter_term.h"
#include "options.h"
#include "rules.h"
#include "sieve.h"

static const uint32_t legs[] = { CLASS_FE_AUTH_LEG, CLASS_HANDSHAKE,
				 CLASS_FE_REJECTED, CLASS_FE_SUSPECTED };

rpclog_status
filter_new(rpclog_filter **out, const rpclog_rules *rules,
	   const rpclog_options *options)
{
	rpclog_options loaded;
	rpclog_status status = options_load(&loaded, options);

	*out = NULL;
	if (status != RPCLOG_OK)
		return status;

	struct alloc a = alloc_from(&loaded);
	rpclog_filter *filter = alloc_zero(&a, 1, sizeof(*filter));

	if (!filter)
		return RPCLOG_ERR_NOMEM;
	filter->alloc = a;
	filter->options = loaded;
	filter->options.legacy_hosts = NULL;
	filter->rules = rules;
	filter->since_us = INT64_MIN;
	filter->until_us = INT64_MAX;
	filter_set_time_reader(filter, NULL, NULL);
	filter_set_clock(filter, NULL, NULL, NULL);
	*out = filter;
	return RPCLOG_OK;
}

void
filter_set_time_reader(rpclog_filter *filter, filter_time_fn fn, void *ctx)
{
	filter->clock.read = fn ? fn : clock_read_utc;
	filter->clock.read_ctx = ctx;
}

void
filter_set_clock(rpclog_filter *filter, filter_bucket_fn bucket,
		 filter_print_fn print, void *ctx)
{
	filter->clock.bucket = bucket ? bucket : clock_bucket_utc;
	filter->clock.print = print ? print : clock_print_utc;
	filter->clock.ctx = ctx;
}

static rpclog_status
read_term(struct term *term, const rpclog_filter *filter, rpclog_diag *diag)
{
	switch (term->kind) {
	case FILTER_WHERE: return where_read(term, filter, diag);
	case FILTER_PROTOCOL:
		term->cost = 6;
		return list_read(term, filter, diag);
	case FILTER_CLASS:
		term->cost = 1;
		term->of_class = true;
		return classes_read(term, filter, diag);
	case FILTER_USER:
		term->cost = 30;
		term->of_actor = true;
		break;
	case FILTER_SERVER: term->cost = 7; break;
	case FILTER_CLIENT:
	case FILTER_TARGET: term->cost = 20; break;
	}
	term->globs = alloc_get(&filter->alloc, 1, sizeof(*term->globs));
	if (!term->globs)
		return diag_plain(diag, RPCLOG_ERR_NOMEM);
	term->globs[0] = slice_str(term->text);
	term->count = 1;
	return RPCLOG_OK;
}

/* Does the term say the same of a leg and all that sessions make of it? */
static rpclog_status
compare_legs(struct term *term, const rpclog_filter *filter)
{
	struct term_use use = { NULL, 0 };
	rpclog_settled settled;
	rpclog_class info;
	uint64_t gave_up = 0;
	size_t chosen = 0;

	if (term->where.pattern) {
		rpclog_status status = finder_new(
			&use.finder, term->where.pattern, &filter->options);

		if (status != RPCLOG_OK)
			return status;
	}
	for (size_t i = 0; i < ARRAY_LEN(legs); i++) {
		if (!rpclog_rules_by_id(filter->rules, legs[i], &info))
			break;
		settled.class_id = info.id;
		settled.popup = info.popup;
		settled.severity = info.severity;
		settled.class_name = info.name;
		chosen += term_settled(term, &use, &settled, &gave_up);
	}
	finder_free(use.finder);
	term->legs_alike = chosen == 0 || chosen == ARRAY_LEN(legs);
	return RPCLOG_OK;
}

rpclog_status
filter_add(rpclog_filter *filter, enum filter_term kind, const char *text,
	   rpclog_diag *diag)
{
	const struct alloc *a = &filter->alloc;
	struct term term = { .kind = kind };
	rpclog_status status = RPCLOG_ERR_NOMEM;

	if (diag)
		diag_set(diag, RPCLOG_OK, "%s", "");
	if (!alloc_grow(a, &filter->terms, &filter->capacity, filter->count + 1,
			sizeof(*filter->terms)))
		return diag_plain(diag, status);
	term.text = alloc_copy(a, slice_str(text));
	if (!term.text)
		return diag_plain(diag, status);
	status = read_term(&term, filter, diag);
	if (status == RPCLOG_OK && term.of_class)
		status = compare_legs(&term, filter);
	if (status != RPCLOG_OK) {
		if (diag && diag->status == RPCLOG_OK)
			diag_plain(diag, status);
		term_clear(&term, a);
		return status;
	}

	size_t place = filter->count++;

	for (; place > 0 && filter->terms[place - 1].cost > term.cost; place--)
		filter->terms[place] = filter->terms[place - 1];
	filter->terms[place] = term;
	return RPCLOG_OK;
}

void
filter_time(rpclog_filter *filter, int64_t since_us, int64_t until_us)
{
	filter->since_us = since_us;
	filter->until_us = until_us;
}

void
filter_leave_out(rpclog_filter *filter, int probes, int activity)
{
	filter->no_probes = probes != 0;
	filter->no_activity = activity != 0;
}

int
filter_is_empty(const rpclog_filter *filter)
{
	return filter->count == 0 && filter->since_us == INT64_MIN &&
	       filter->until_us == INT64_MAX && !filter->no_probes &&
	       !filter->no_activity;
}

int
filter_needs_settling(const rpclog_filter *filter)
{
	for (size_t i = 0; i < filter->count; i++) {
		const struct term *term = &filter->terms[i];

		if (term->of_actor || (term->of_class && !term->legs_alike))
			return 1;
	}
	return 0;
}

int
filter_needs_verdict(const rpclog_filter *filter)
{
	for (size_t i = 0; i < filter->count; i++) {
		if (filter->terms[i].of_class)
			return 1;
	}
	return filter->no_probes || filter->no_activity;
}

int
filter_selects_probe(const rpclog_filter *filter)
{
	for (size_t i = 0; i < filter->count; i++) {
		const struct term *term = &filter->terms[i];

		for (size_t k = 0; k < term->count && term->classes; k++) {
			if (term->classes[k] == CLASS_PROBE)
				return 1;
		}
	}
	return 0;
}

rpclog_slice
filter_literal(const rpclog_filter *filter)
{
	rpclog_slice best = slice_of("", 0);

	for (size_t i = 0; i < filter->count; i++) {
		const struct term *term = &filter->terms[i];
		rpclog_slice literal;

		if (term->kind != FILTER_WHERE)
			continue;
		literal = where_literal(&term->where);
		/* The longest is likely to be the rarest. */
		if (literal.len > best.len)
			best = literal;
	}
	return best;
}

void
filter_free(rpclog_filter *filter)
{
	if (!filter)
		return;

	struct alloc a = filter->alloc;

	for (size_t i = 0; i < filter->count; i++)
		term_clear(&filter->terms[i], &a);
	alloc_free(&a, filter->terms);
	alloc_free(&a, filter);
}
