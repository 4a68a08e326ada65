/* SPDX-License-Identifier: MIT */
/* Sample rows of rules: made into logs, and held against the rules. */

#include "rules_sample.h"

#include "diag.h"
#include "rules_field.h"

#define SHORT	       ((size_t)49)
#define SAMPLE_COLUMNS ((size_t)74) /* the newest set */

static const struct {
	rpclog_slice column, value;
} defaults[] = {
	{ { "DateTime", 8 }, { "2026-01-01T00:00:00.000Z", 24 } },
	{ { "Protocol", 8 }, { "RpcHttp", 7 } },
	{ { "Method", 6 }, { "RPC_OUT_DATA", 12 } },
};

/* Splits the column line once: the samples look their names up in it. */
static rpclog_status
load_columns(struct rpclog_rules *rules)
{
	const char *at = column_set_of(SAMPLE_COLUMNS)->line;
	rpclog_slice *names;

	if (rules->sample_columns)
		return RPCLOG_OK;
	names = arena_get(&rules->arena, SAMPLE_COLUMNS, sizeof(*names));
	if (!names)
		return RPCLOG_ERR_NOMEM;
	for (size_t i = 0; i < SAMPLE_COLUMNS; i++) {
		size_t len = strcspn(at, ",");

		names[i] = slice_of(at, len);
		at += len + (at[len] == ',');
	}
	rules->sample_columns = names;
	return RPCLOG_OK;
}

static size_t
find_column(const struct rpclog_rules *rules, rpclog_slice name)
{
	for (size_t i = 0; i < SAMPLE_COLUMNS; i++) {
		if (rules->sample_columns[i].len == name.len &&
		    slice_eq_nocase(rules->sample_columns[i], name))
			return i;
	}
	return SIZE_MAX;
}

/* "Column=value" */
static rpclog_status
take_cell(struct rpclog_rules *rules, const struct place *at, rpclog_slice text,
	  rpclog_slice *cells, bool *named)
{
	const char *equals = text.len ? memchr(text.ptr, '=', text.len) : NULL;
	char quoted[SHORT];

	if (!equals)
		return rules_fail(at, "\"%s\" is no Column=value",
				  diag_quote(text, quoted, sizeof(quoted)));

	size_t split = (size_t)(equals - text.ptr);
	rpclog_slice name = slice_trim(slice_cut(text, 0, split));
	size_t column = find_column(rules, name);

	if (column == SIZE_MAX) {
		const char *near = column_nearest(name);

		diag_quote(name, quoted, sizeof(quoted));
		if (near)
			return rules_fail(at,
					  "unknown column \"%s\": did you "
					  "mean \"%s\"",
					  quoted, near);
		return rules_fail(at, "unknown column \"%s\"", quoted);
	}
	if (named[column])
		return rules_fail(at, "column \"%s\" stands twice in a sample",
				  diag_quote(name, quoted, sizeof(quoted)));
	named[column] = true;
	cells[column] = slice_trim(slice_cut(text, split + 1, text.len));
	return RPCLOG_OK;
}

static char *
write_bytes(char *out, rpclog_slice bytes)
{
	memcpy(out, bytes.ptr, bytes.len);
	return out + bytes.len;
}

/* As the log's writer does: no comma stays, quotes only around a quote. */
static char *
write_cell(char *out, rpclog_slice cell)
{
	bool quotes = memchr(cell.ptr, '"', cell.len) != NULL;

	if (!quotes && !memchr(cell.ptr, ',', cell.len))
		return write_bytes(out, cell);
	if (quotes)
		*out++ = '"';
	for (size_t i = 0; i < cell.len; i++) {
		char c = cell.ptr[i];

		*out++ = c == ',' ? ' ' : c;
		if (c == '"')
			*out++ = c;
	}
	if (quotes)
		*out++ = '"';
	return out;
}

static rpclog_status
write_log(struct rpclog_rules *rules, const rpclog_slice *cells,
	  rpclog_slice *log)
{
	rpclog_slice header = slice_str(column_set_of(SAMPLE_COLUMNS)->line);
	size_t size = header.len + SAMPLE_COLUMNS + 4;

	/* No sum passes a few times the longest rule text. */
	for (size_t i = 0; i < SAMPLE_COLUMNS; i++)
		size += cells[i].len ? 2 * cells[i].len + 2 : 0;

	char *text = arena_get(&rules->arena, size, 1);

	if (!text)
		return RPCLOG_ERR_NOMEM;

	char *out = write_bytes(write_bytes(text, header), SLICE("\r\n"));

	for (size_t i = 0; i < SAMPLE_COLUMNS; i++) {
		if (i > 0)
			*out++ = ',';
		if (cells[i].len > 0)
			out = write_cell(out, cells[i]);
	}
	out = write_bytes(out, SLICE("\r\n"));
	*log = slice_of(text, (size_t)(out - text));
	return RPCLOG_OK;
}

rpclog_status
sample_from_cells(struct rpclog_rules *rules, const struct place *at,
		  rpclog_slice text, rpclog_slice *log)
{
	rpclog_slice cells[SAMPLE_COLUMNS];
	bool named[SAMPLE_COLUMNS] = { false };
	rpclog_status status = load_columns(rules);
	bool more = true;

	for (size_t i = 0; i < SAMPLE_COLUMNS; i++)
		cells[i] = slice_of("", 0);
	while (status == RPCLOG_OK && more) {
		size_t bar = slice_find(text, SLICE(" | "));

		more = bar != SIZE_MAX;
		status = take_cell(rules, at,
				   more ? slice_cut(text, 0, bar) : text, cells,
				   named);
		if (more)
			text = slice_cut(text, bar + 3, text.len);
	}
	if (status != RPCLOG_OK)
		return status;
	for (size_t i = 0; i < ARRAY_LEN(defaults); i++) {
		size_t column = find_column(rules, defaults[i].column);

		if (!named[column])
			cells[column] = defaults[i].value;
	}
	return write_log(rules, cells, log);
}

rpclog_status
sample_from_row(struct rpclog_rules *rules, const struct place *at,
		rpclog_slice row, rpclog_slice *log)
{
	size_t count = 1;
	bool quoted = false;

	for (size_t i = 0; i < row.len; i++) {
		quoted ^= row.ptr[i] == '"';
		count += row.ptr[i] == ',' && !quoted;
	}

	const struct column_set *set = column_set_of(count);

	if (!set)
		return rules_fail(at,
				  "a row of %zu cells: no known column set "
				  "has so many",
				  count);

	rpclog_slice header = slice_str(set->line);
	char *text = arena_get(&rules->arena, header.len + row.len + 4, 1);

	if (!text)
		return RPCLOG_ERR_NOMEM;

	char *out = write_bytes(write_bytes(text, header), SLICE("\r\n"));

	out = write_bytes(write_bytes(out, row), SLICE("\r\n"));
	*log = slice_of(text, (size_t)(out - text));
	return RPCLOG_OK;
}

/* ---- Running ---------------------------------------------------------- */

struct runner {
	const struct rpclog_rules *rules;
	rpclog_parser *parser;
	rpclog_matcher *matcher;
	rpclog_diag *diag;
};

static rpclog_status
parse_sample(const struct runner *r, const struct place *at, rpclog_slice log,
	     const rpclog_row **row)
{
	rpclog_status status;

	rpclog_parser_reset(r->parser);
	status = rpclog_parser_feed(r->parser, log.ptr, log.len);
	if (status == RPCLOG_OK)
		status = rpclog_parser_finish(r->parser);
	while (status == RPCLOG_OK || status == RPCLOG_SCHEMA) {
		status = rpclog_parser_next(r->parser, row);
		if (status == RPCLOG_OK)
			return status;
	}
	if (status == RPCLOG_ERR_NOMEM)
		return status;
	if (status == RPCLOG_END)
		return rules_fail(at, "the sample is no row");
	return rules_fail(at, "the sample is no row: %s",
			  rpclog_parser_diag(r->parser)->text);
}

static rpclog_status
run_sample(const struct runner *r, const struct sample *sample)
{
	struct place at = { r->diag, sample->line, sample->offset };
	const struct rule *rule = &r->rules->rules[sample->rule];
	const char *name = r->rules->classes[rule->class_index].name;
	const rpclog_row *row = NULL;
	rpclog_verdict verdict;
	rpclog_status status = parse_sample(r, &at, sample->log, &row);

	if (status != RPCLOG_OK)
		return status;
	status = rpclog_matcher_classify(
		r->matcher, rpclog_parser_schema(r->parser), row, &verdict);
	if (status < 0)
		return status;

	bool matched = status == RPCLOG_OK && verdict.rule == sample->rule;

	if (matched == sample->matches)
		return RPCLOG_OK;
	if (matched)
		return rules_fail(&at,
				  "class %s matches a row that it must "
				  "not",
				  name);
	if (status == RPCLOG_NO_MATCH)
		return rules_fail(&at, "class %s does not match its sample",
				  name);
	return rules_fail(&at, "class %s does not match its sample: %s does",
			  name, verdict.class_name);
}

static rpclog_status
run_all(const struct runner *r, bool builtin)
{
	for (size_t i = 0; i < r->rules->rule_count; i++) {
		const struct rule *rule = &r->rules->rules[i];

		if (rule->line == 0 && !builtin)
			continue;
		for (size_t n = 0; n < rule->sample_count; n++) {
			rpclog_status status = run_sample(r, &rule->samples[n]);

			if (status != RPCLOG_OK)
				return status;
		}
	}
	return RPCLOG_OK;
}

rpclog_status
samples_run(const struct rpclog_rules *rules, bool builtin,
	    const rpclog_options *options, rpclog_diag *diag)
{
	struct runner r = { rules, NULL, NULL, diag };
	rpclog_options plain = RPCLOG_OPTIONS_INIT;
	rpclog_status status;

	/* What a rule means must not hang on the caller's other options. */
	plain.allocator = rules->alloc.use;
	plain.match_limit = options->match_limit;
	plain.max_row = RULES_MAX_TEXT * 2;
	status = rpclog_parser_new(&r.parser, &plain);
	if (status == RPCLOG_OK)
		status = rpclog_matcher_new(&r.matcher, rules, &plain);
	if (status == RPCLOG_OK)
		status = run_all(&r, builtin);
	rpclog_matcher_free(r.matcher);
	rpclog_parser_free(r.parser);
	return status;
}
