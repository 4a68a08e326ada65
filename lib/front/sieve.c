/* SPDX-License-Identifier: MIT */
/* A filter in use: asking its terms of rows, cheapest first. */

#include "sieve.h"

#include "row.h"
#include "rules.h"

rpclog_status
sieve_new(rpclog_sieve **out, const rpclog_filter *filter,
	  const rpclog_options *options)
{
	struct alloc a = options ? alloc_from(options) : filter->alloc;
	rpclog_sieve *sieve = alloc_zero(&a, 1, sizeof(*sieve));
	rpclog_status status = RPCLOG_OK;

	*out = NULL;
	if (!sieve)
		return RPCLOG_ERR_NOMEM;
	sieve->alloc = a;
	sieve->filter = filter;
	sieve->file = slice_of("", 0);
	sieve->uses = alloc_zero(&a, filter->count, sizeof(*sieve->uses));
	if (!sieve->uses)
		status = RPCLOG_ERR_NOMEM;
	for (size_t i = 0; i < filter->count && status == RPCLOG_OK; i++) {
		const rpclog_pattern *p = filter->terms[i].where.pattern;

		if (p)
			status = finder_new(&sieve->uses[i].finder, p,
					    options ? options
						    : &filter->options);
	}
	if (status != RPCLOG_OK) {
		sieve_free(sieve);
		return status;
	}
	*out = sieve;
	return RPCLOG_OK;
}

void
sieve_set_file(rpclog_sieve *sieve, const char *path)
{
	sieve->file = slice_str(path);
}

static bool
any_glob(const struct term *term, rpclog_slice text)
{
	for (size_t i = 0; i < term->count; i++) {
		if (glob_match(term->globs[i], text))
			return true;
	}
	return false;
}

static bool
has_class(const struct term *term, uint32_t class_id)
{
	size_t low = 0, high = term->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (term->classes[middle] == class_id)
			return true;
		if (term->classes[middle] < class_id)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

bool
term_settled(const struct term *term, struct term_use *use,
	     const rpclog_settled *settled, uint64_t *gave_up)
{
	if (term->kind == FILTER_CLASS)
		return has_class(term, settled->class_id);
	if (term->kind == FILTER_USER)
		return glob_match_user(term->globs[0], settled->actor);
	return where_text(&term->where, use,
			  name_settled(term->where.name, settled), gave_up);
}

static rpclog_choice
chosen(bool yes)
{
	return yes ? RPCLOG_CHOICE_YES : RPCLOG_CHOICE_NO;
}

/* A term of class, by the row's own class as far as that is final. */
static rpclog_choice
class_choice(rpclog_sieve *sieve, const struct term *term, struct term_use *use,
	     const rpclog_verdict *verdict)
{
	rpclog_settled view;

	if (!verdict ||
	    (verdict->class_id == CLASS_FE_AUTH_LEG && !term->legs_alike))
		return RPCLOG_CHOICE_LATER;
	view.class_id = verdict->class_id;
	view.popup = verdict->popup;
	view.severity = verdict->severity;
	view.class_name = verdict->class_name;
	return chosen(term_settled(term, use, &view, &sieve->gave_up));
}

static rpclog_choice
user_choice(const struct term *term, const rpclog_row *row)
{
	rpclog_slice user = row_known(row, RPCLOG_AUTHENTICATED_USER);

	if (user.len == 0)
		return RPCLOG_CHOICE_LATER;
	return chosen(glob_match_user(term->globs[0], user));
}

static rpclog_choice
term_row(rpclog_sieve *sieve, const struct term *term, struct term_use *use,
	 const rpclog_row *row, const rpclog_verdict *verdict)
{
	if (term->of_class)
		return class_choice(sieve, term, use, verdict);
	switch (term->kind) {
	case FILTER_USER: return user_choice(term, row);
	case FILTER_CLIENT:
		return chosen(
			any_glob(term, row_derived(row, RPCLOG_D_CLIENT)));
	case FILTER_TARGET:
		return chosen(
			any_glob(term, row_derived(row, RPCLOG_D_TARGET)));
	case FILTER_SERVER:
		return chosen(any_glob(term, row_known(row, RPCLOG_SERVER)));
	case FILTER_PROTOCOL:
		return chosen(any_glob(term, row_known(row, RPCLOG_PROTOCOL)));
	case FILTER_CLASS:
	case FILTER_WHERE: break;
	}
	if (term->of_actor)
		return RPCLOG_CHOICE_LATER;
	return chosen(where_row(sieve, term, use, row));
}

static bool
left_out(const rpclog_filter *filter, const rpclog_verdict *verdict)
{
	if (!verdict)
		return false;
	return (filter->no_probes && verdict->class_id == CLASS_PROBE) ||
	       (filter->no_activity && verdict->class_id == CLASS_ACTIVITY);
}

static bool
out_of_time(const rpclog_filter *filter, const rpclog_row *row)
{
	if (filter->since_us == INT64_MIN && filter->until_us == INT64_MAX)
		return false;

	int64_t us = row_start(row);

	return us < filter->since_us ||
	       (us >= filter->until_us && filter->until_us != INT64_MAX);
}

rpclog_choice
sieve_row(rpclog_sieve *sieve, const rpclog_row *row,
	  const rpclog_verdict *verdict)
{
	const rpclog_filter *filter = sieve->filter;
	rpclog_choice answer = RPCLOG_CHOICE_YES;

	if (left_out(filter, verdict) || out_of_time(filter, row))
		return RPCLOG_CHOICE_NO;
	for (size_t i = 0; i < filter->count; i++) {
		rpclog_choice choice = term_row(sieve, &filter->terms[i],
						&sieve->uses[i], row, verdict);

		if (choice == RPCLOG_CHOICE_NO)
			return choice;
		if (choice == RPCLOG_CHOICE_LATER)
			answer = choice;
	}
	return answer;
}

int
sieve_settled(rpclog_sieve *sieve, const rpclog_settled *settled)
{
	const rpclog_filter *filter = sieve->filter;

	for (size_t i = 0; i < filter->count; i++) {
		const struct term *term = &filter->terms[i];

		if ((term->of_class || term->of_actor) &&
		    !term_settled(term, &sieve->uses[i], settled,
				  &sieve->gave_up))
			return 0;
	}
	return 1;
}

uint64_t
sieve_gave_up(const rpclog_sieve *sieve)
{
	return sieve->gave_up;
}

void
sieve_free(rpclog_sieve *sieve)
{
	if (!sieve)
		return;

	struct alloc a = sieve->alloc;

	for (size_t i = 0; sieve->uses && i < sieve->filter->count; i++)
		finder_free(sieve->uses[i].finder);
	alloc_free(&a, sieve->uses);
	alloc_free(&a, sieve);
}
