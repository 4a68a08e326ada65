/* SPDX-License-Identifier: MIT */
/* Does a row meet a condition, and by which bytes? */

#include "rules_eval.h"

#include "rules_field.h"
#include "rules_values.h"

void
eval_init(struct eval *eval, const struct rpclog_rules *rules,
	  const struct legacy_hosts *legacy, struct regex_run *run)
{
	memset(eval, 0, sizeof(*eval));
	eval->rules = rules;
	eval->legacy = legacy;
	eval->run = run;
}

void
eval_begin(struct eval *eval, const struct rpclog_row *row)
{
	eval->row = row;
	eval->defined = 0;
}

/*
 * A column by name: it stands where it stood last, or is looked for.  Schemas
 * come and go, so the name is held against the row's own schema every time.
 */
static size_t
find_column(struct eval *eval, unsigned index)
{
	const struct rpclog_schema *schema = eval->row->schema;
	const char *name = column_name_at(index);
	uint32_t *last = &eval->columns[index];

	if (*last < schema->count &&
	    slice_eq_nocase(schema->names[*last], slice_str(name)))
		return *last;

	size_t column = rpclog_schema_find_nocase(schema, name);

	if (column != RPCLOG_NO_COLUMN)
		*last = (uint32_t)column;
	return column;
}

/* Is ClientIpAddress one word, so that nobody stands behind the first? */
static bool
client_is_single(const struct rpclog_row *row)
{
	rpclog_slice cell = slice_trim(row_known(row, RPCLOG_CLIENT_IP));

	return cell.len > 0 && !memchr(cell.ptr, ' ', cell.len) &&
	       !memchr(cell.ptr, '\t', cell.len);
}

static rpclog_slice
yes_or_no(bool yes)
{
	return yes ? SLICE("yes") : SLICE("no");
}

/* Anything but a define. */
static rpclog_slice
plain_field(struct eval *eval, unsigned field)
{
	const struct rpclog_row *row = eval->row;

	if (field < FIELD_DERIVED)
		return row_known(row, (rpclog_known)field);
	if (field >= FIELD_COLUMN)
		return row_cell(row, find_column(eval, field - FIELD_COLUMN));
	if (field == FIELD_AUTHENTICATED)
		return yes_or_no(row_authenticated(row));
	if (field == FIELD_CLIENT_SINGLE)
		return yes_or_no(client_is_single(row));
	if (field == FIELD_DERIVED + RPCLOG_D_LEGACY)
		return yes_or_no(row_is_legacy(row, eval->legacy));
	return row_derived(row, (rpclog_derived)(field - FIELD_DERIVED));
}

static rpclog_slice
defined_field(struct eval *eval, unsigned index)
{
	const struct define *define = &eval->rules->defines[index];

	if (eval->defined >> index & 1)
		return eval->defines[index].value;
	eval->defined |= UINT64_C(1) << index;
	for (size_t i = 0; i < define->count; i++) {
		rpclog_slice value = plain_field(eval, define->fields[i]);

		if (value.len > 0 && values_has(&define->set, value, false)) {
			eval->defines[index].field = define->fields[i];
			return eval->defines[index].value = value;
		}
	}
	eval->defines[index].field = define->fields[0];
	return eval->defines[index].value = slice_of("", 0);
}

static bool
is_define(unsigned field)
{
	return field >= FIELD_DEFINE && field < FIELD_COLUMN;
}

rpclog_slice
eval_far_field(struct eval *eval, unsigned field)
{
	if (is_define(field))
		return defined_field(eval, field - FIELD_DEFINE);
	return plain_field(eval, field);
}

static rpclog_status
find_regex(struct eval *eval, const struct cond *cond, rpclog_slice value,
	   rpclog_slice *hit)
{
	size_t from = 0;
	size_t to = 0;
	rpclog_status status =
		regex_find(eval->run, cond->regex, value, &from, &to);

	if (status == RPCLOG_OK && hit)
		*hit = slice_cut(value, from, to);
	return status;
}

rpclog_status
eval_cond(struct eval *eval, const struct cond *cond, rpclog_slice *hit)
{
	if (cond->op == COND_ALWAYS)
		return RPCLOG_OK;

	rpclog_slice value = eval_field(eval, cond->field);
	const struct value_set *set = &cond->set;
	rpclog_status status;
	bool is = false;

	if (hit)
		*hit = value;
	switch ((enum cond_op)cond->op) {
	case COND_IN: is = values_has(set, value, cond->nocase); break;
	case COND_STARTS:
		is = values_start(set, value, cond->nocase, hit);
		break;
	case COND_ENDS: is = values_end(set, value, cond->nocase, hit); break;
	case COND_CONTAINS:
		is = values_find(set, value, cond->nocase, hit);
		break;
	case COND_REGEX:
		status = find_regex(eval, cond, value, hit);
		/*
		 * A cell on which the pattern runs away is the client's: it
		 * costs this condition, not the rows that follow.
		 */
		if (status == RPCLOG_ERR_LIMIT)
			return RPCLOG_NO_MATCH;
		if (status < 0)
			return status;
		is = status == RPCLOG_OK;
		break;
	case COND_SAME:
		is = cond->nocase
			     ? slice_eq_nocase(value,
					       eval_field(eval, cond->other))
			     : slice_eq(value, eval_field(eval, cond->other));
		break;
	case COND_EMPTY: is = value.len == 0; break;
	case COND_ALWAYS: break;
	}
	return is != cond->negated ? RPCLOG_OK : RPCLOG_NO_MATCH;
}

rpclog_status
eval_evidence(struct eval *eval, const struct cond *cond, rpclog_slice *hit)
{
	switch ((enum cond_op)cond->op) {
	case COND_STARTS:
	case COND_ENDS:
	case COND_CONTAINS:
	case COND_REGEX: return eval_cond(eval, cond, hit);
	case COND_ALWAYS: return RPCLOG_OK;
	case COND_IN:
	case COND_SAME:
	case COND_EMPTY: break;
	}
	*hit = eval_field(eval, cond->field);
	return RPCLOG_OK;
}

uint16_t
eval_column(struct eval *eval, unsigned field)
{
	size_t column = RPCLOG_NO_COLUMN;

	if (is_define(field)) {
		(void)defined_field(eval, field - FIELD_DEFINE);
		field = eval->defines[field - FIELD_DEFINE].field;
	}
	if (field >= FIELD_COLUMN && field < FIELD_NONE) {
		column = find_column(eval, field - FIELD_COLUMN);
	} else {
		unsigned base = field_base(field);

		if (base != FIELD_NONE)
			column = eval->row->schema->known[base];
	}
	return column < UINT16_MAX ? (uint16_t)column : UINT16_MAX;
}
