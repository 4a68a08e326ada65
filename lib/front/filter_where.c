/* SPDX-License-Identifier: MIT */
/* --where: reading "Column OP VALUE", and asking it of a row. */

#include <inttypes.h>
#include <stdio.h>

#include "diag.h"
#include "filter_term.h"
#include "row.h"

static const struct {
	const char *text;
	enum where_op op;
} operators[] = {
	/* the longer of two that begin alike first */
	{ "!=", WHERE_NE }, { "!~", WHERE_NO_MATCH }, { "<=", WHERE_LE },
	{ ">=", WHERE_GE }, { "=", WHERE_EQ },	      { "~", WHERE_MATCH },
	{ "<", WHERE_LT },  { ">", WHERE_GT },
};

static bool
orders(enum where_op op)
{
	return op == WHERE_LT || op == WHERE_LE || op == WHERE_GT ||
	       op == WHERE_GE;
}

static bool
is_pattern(enum where_op op)
{
	return op == WHERE_MATCH || op == WHERE_NO_MATCH;
}

/* DateTime is a column whose cells are times. */
static bool
is_date_time(uint32_t name)
{
	return name >= NAME_COLUMN &&
	       !strcmp(name_text(name), known_name(RPCLOG_DATE_TIME));
}

static bool
is_time(uint32_t name)
{
	enum name_kind kind = name_kind(name);

	return kind == NAME_IS_TIME || kind == NAME_IS_HOUR ||
	       kind == NAME_IS_DAY;
}

/* Cuts 'text' at the operator; false if there is none behind a name. */
static bool
split(rpclog_slice text, rpclog_slice *name, struct where *where)
{
	size_t end = 0;

	while (end < text.len && !strchr("=!~<>", text.ptr[end]))
		end++;
	*name = slice_trim(slice_cut(text, 0, end));
	if (name->len == 0)
		return false;

	rpclog_slice rest = slice_cut(text, end, text.len);

	for (size_t i = 0; i < ARRAY_LEN(operators); i++) {
		rpclog_slice op = slice_str(operators[i].text);

		if (!slice_starts(rest, op))
			continue;
		rest = slice_cut(rest, op.len, rest.len);
		while (rest.len > 0 &&
		       (rest.ptr[0] == ' ' || rest.ptr[0] == '\t'))
			rest = slice_cut(rest, 1, rest.len);
		where->op = operators[i].op;
		where->value = rest;
		return true;
	}
	return false;
}

static rpclog_status
read_time(struct where *where, const struct clock *clock, rpclog_diag *diag)
{
	bool must = is_time(where->name);
	char quoted[64];

	if (!must && !is_date_time(where->name))
		return RPCLOG_OK;
	where->is_time = clock->read(clock->read_ctx, where->value, &where->us);
	if (must && !where->is_time)
		return diag_set(
			diag, RPCLOG_ERR_USAGE, "bad time \"%s\"",
			diag_quote(where->value, quoted, sizeof(quoted)));
	return RPCLOG_OK;
}

static unsigned
cost_of(const struct where *where)
{
	if (name_is_settled(where->name))
		return name_is_of_class(where->name) ? 2 : 90;
	return (is_pattern(where->op) ? 40U : 10U) +
	       (where->name >= NAME_COLUMN ? 0U : 5U);
}

rpclog_status
where_read(struct term *term, const struct rpclog_filter *filter,
	   rpclog_diag *diag)
{
	struct where *where = &term->where;
	rpclog_slice text = slice_str(term->text);
	rpclog_slice name;
	char quoted[64];

	if (!split(text, &name, where))
		return diag_set(diag, RPCLOG_ERR_USAGE,
				"bad condition \"%s\": expected NAME OP VALUE,"
				" OP being one of = != ~ !~ < <= > >=",
				diag_quote(text, quoted, sizeof(quoted)));

	rpclog_status status = name_find(name, &where->name, diag);

	if (status == RPCLOG_OK && orders(where->op)) {
		where->is_int = parse_int(where->value, &where->integer);
		status = read_time(where, &filter->clock, diag);
	}
	if (status == RPCLOG_OK && is_pattern(where->op))
		status = pattern_compile(&where->pattern, &where->value, 1, 0,
					 &filter->options, diag);
	term->cost = cost_of(where);
	term->of_class = name_is_of_class(where->name);
	term->of_actor = name_is_settled(where->name) && !term->of_class;
	return status;
}

static bool
in_order(enum where_op op, int order)
{
	switch (op) {
	case WHERE_LT: return order < 0;
	case WHERE_LE: return order <= 0;
	case WHERE_GT: return order > 0;
	case WHERE_GE: return order >= 0;
	case WHERE_EQ: return order == 0;
	case WHERE_NE: return order != 0;
	case WHERE_MATCH:
	case WHERE_NO_MATCH: break;
	}
	return false;
}

static int
compare_ints(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* A pattern that gives up has no answer: no match, also for !~. */
static bool
pattern_holds(const struct where *where, struct term_use *use,
	      rpclog_slice text, uint64_t *gave_up)
{
	size_t from = 0, to = 0;
	rpclog_status status = finder_find(use->finder, text, &from, &to);

	if (status < 0) {
		++*gave_up;
		return false;
	}
	return (status == RPCLOG_OK) == (where->op == WHERE_MATCH);
}

rpclog_slice
where_literal(const struct where *where)
{
	/* A time equals any spelling of it. */
	if (!name_is_verbatim(where->name) || where->is_time)
		return slice_of("", 0);
	if (where->op == WHERE_MATCH)
		return pattern_literal(where->pattern);
	return where->op == WHERE_EQ ? where->value : slice_of("", 0);
}

bool
where_text(const struct where *where, struct term_use *use, rpclog_slice text,
	   uint64_t *gave_up)
{
	int64_t integer;

	if (where->op == WHERE_EQ)
		return slice_eq(text, where->value);
	if (where->op == WHERE_NE)
		return !slice_eq(text, where->value);
	if (is_pattern(where->op))
		return pattern_holds(where, use, text, gave_up);
	if (where->is_int && parse_int(text, &integer))
		return in_order(where->op,
				compare_ints(integer, where->integer));
	return in_order(where->op, slice_cmp(text, where->value));
}

/* start, end, hour and day: by instant, or as they are printed. */
static bool
time_holds(struct rpclog_sieve *sieve, const struct where *where,
	   struct term_use *use, const rpclog_row *row)
{
	const struct clock *clock = &sieve->filter->clock;
	enum name_kind kind = name_kind(where->name);
	int64_t us = where->name == NAME_END ? row->end_us : row_start(row);
	char text[64];

	if (kind != NAME_IS_TIME)
		us = clock->bucket(clock->ctx, kind, us);
	if (orders(where->op))
		return in_order(where->op, compare_ints(us, where->us));

	size_t len = clock->print(clock->ctx, kind, us, text, sizeof(text));

	return where_text(where, use, slice_of(text, len), &sieve->gave_up);
}

static bool
place_holds(struct rpclog_sieve *sieve, const struct where *where,
	    struct term_use *use, const rpclog_row *row)
{
	uint64_t place = where->name == NAME_LINE ? row->line : row->offset;
	char text[32];
	int len = snprintf(text, sizeof(text), "%" PRIu64, place);

	return where_text(where, use, slice_of(text, (size_t)len),
			  &sieve->gave_up);
}

bool
where_row(struct rpclog_sieve *sieve, const struct term *term,
	  struct term_use *use, const rpclog_row *row)
{
	const struct where *where = &term->where;

	if (is_time(where->name))
		return time_holds(sieve, where, use, row);
	if (where->name == NAME_LINE || where->name == NAME_OFFSET)
		return place_holds(sieve, where, use, row);
	if (where->name == NAME_FILE)
		return where_text(where, use, sieve->file, &sieve->gave_up);

	rpclog_slice text = name_value_near(where->name, row, &use->hint);
	int64_t us;

	if (where->is_time && parse_time(text, &us))
		return in_order(where->op, compare_ints(us, where->us));
	return where_text(where, use, text, &sieve->gave_up);
}
