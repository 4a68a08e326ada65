/* SPDX-License-Identifier: MIT */
/* Parts of rows that come again and again, by number. */

#include "parts.h"

#include <stdatomic.h>

#include "row.h"

/*
 * Cells that must stand in a region; others may stand between them.  The
 * first region is PART_WHO, the others are PART_WHAT.
 */
static const struct region {
	enum row_part part;
	rpclog_known columns[4];
} regions[PARTS_REGIONS] = {
	{ PART_WHO,
	  { RPCLOG_AUTHENTICATED_USER, RPCLOG_ANCHOR_MAILBOX, RPCLOG_USER_AGENT,
	    RPCLOG_CLIENT_IP } },
	{ PART_WHAT,
	  { RPCLOG_PROTOCOL, RPCLOG_URL_STEM, RPCLOG_AUTHENTICATION_TYPE,
	    RPCLOG_IS_AUTHENTICATED } },
	{ PART_WHAT,
	  { RPCLOG_HTTP_STATUS, RPCLOG_BACKEND_STATUS, RPCLOG_ERROR_CODE,
	    RPCLOG_METHOD } },
};

/* Wider, a region would hold cells that differ from row to row. */
#define REGION_WIDEST 8

enum row_part
part_of(rpclog_known column)
{
	if (column == RPCLOG_GENERIC_ERRORS)
		return PART_ERRORS;
	for (size_t r = 0; r < PARTS_REGIONS; r++) {
		for (size_t c = 0; c < ARRAY_LEN(regions[r].columns); c++) {
			if (regions[r].columns[c] == column)
				return regions[r].part;
		}
	}
	return PART_COUNT;
}

void
parts_init(struct parts *parts, const struct alloc *a)
{
	parts->alloc = *a;
}

static void
lay_out(struct parts_layout *layout, const struct rpclog_schema *schema)
{
	memcpy(layout->known, schema->known, sizeof(layout->known));
	layout->fits = true;
	layout->last = 0;
	for (size_t r = 0; r < PARTS_REGIONS; r++) {
		uint32_t first = UINT32_MAX, last = 0;

		for (size_t c = 0; c < ARRAY_LEN(regions[r].columns); c++) {
			uint32_t at = schema->known[regions[r].columns[c]];

			first = at < first ? at : first;
			last = at > last ? at : last;
		}
		layout->regions[r].first = first;
		layout->regions[r].last = last;
		layout->last = last > layout->last ? last : layout->last;
		/* A column that is missing stands at UINT32_MAX. */
		if (last - first >= REGION_WIDEST)
			layout->fits = false;
	}
}

/*
 * The same bytes mean other things in another column set: the layout is part
 * of what a part is known by.
 */
void
parts_use(struct parts *parts, const struct rpclog_schema *schema)
{
	parts->layout = NULL;
	for (size_t i = 0; i < parts->layout_count; i++) {
		if (!memcmp(parts->layouts[i].known, schema->known,
			    sizeof(schema->known))) {
			parts->layout = &parts->layouts[i];
			return;
		}
	}
	if (parts->layout_count == PARTS_LAYOUTS)
		return;
	parts->layout = &parts->layouts[parts->layout_count++];
	lay_out(&parts->layouts[parts->layout_count - 1], schema);
}

/*
 * Numbers that no other parser of this process has: 2^40 for each.  0: all are
 * given away.
 */
static uint64_t
first_number(void)
{
	static atomic_uint_least64_t parsers;
	uint64_t parser = atomic_fetch_add(&parsers, 1) + 1;

	return parser >> 24 ? 0 : parser << 40;
}

/* An address, a mailbox, an agent and a user in it are seldom longer. */
#define WHO_LONGEST 296
/* Few errors, but long ones: the stack of an exception. */
#define ERRORS_LONGEST 2024
#define ERRORS_SLOTS   512

static bool
init_memos(struct parts *parts, uint64_t first)
{
	if (memo_init(&parts->memo, &parts->alloc, PARTS_SLOTS, WHO_LONGEST,
		      first) != RPCLOG_OK)
		return false;
	/* From the other half of the numbers. */
	if (memo_init(&parts->errors, &parts->alloc, ERRORS_SLOTS,
		      ERRORS_LONGEST, first | UINT64_C(1) << 39) == RPCLOG_OK)
		return true;
	memo_free(&parts->memo);
	return false;
}

static bool
begin(struct parts *parts)
{
	if (LIKELY(parts->begun))
		return true;
	if (!parts->off) {
		uint64_t first = first_number();

		parts->begun = first && init_memos(parts, first);
	}
	parts->off = !parts->begun;
	return parts->begun;
}

void
parts_free(struct parts *parts)
{
	memo_free(&parts->memo);
	memo_free(&parts->errors);
}

static void
add_region(struct memo_key *key, const struct rpclog_row *row, size_t region)
{
	const struct parts_layout *layout = row->parts->layout;
	size_t first = layout->regions[region].first;
	size_t from = first ? row->commas[first - 1] + (size_t)1 : 0;
	size_t to = row->commas[layout->regions[region].last];

	key->cells[key->count++] = slice_of(row->raw.ptr + from, to - from);
}

static struct part
find_part(struct memo *memo, const struct memo_key *key)
{
	struct part part = { 0, 0 };
	uint32_t slot;

	memo_find(memo, key, &slot);
	if (slot != MEMO_NONE) {
		part.number = memo_at(memo, slot)->number;
		part.slot = slot;
	}
	return part;
}

static struct part
find_errors(struct parts *parts, const struct rpclog_row *row)
{
	struct part none = { PART_EMPTY, 0 };
	struct memo_key key = {
		.tag = 1,
		.count = 1,
		.cells = { row_known(row, RPCLOG_GENERIC_ERRORS) },
	};

	if (key.cells[0].len == 0)
		return none;
	memo_hash(&parts->errors, &key);
	return find_part(&parts->errors, &key);
}

void
row_find_parts(struct rpclog_row *row)
{
	struct parts *parts = row->parts;
	const struct parts_layout *layout = parts->layout;
	struct memo_key who = { 0 }, what = { 0 };

	row->have |= HAVE_PARTS;
	memset(row->part, 0, sizeof(row->part));
	/* The cells of a quoted row do not lie side by side. */
	if (!row->commas || !layout || !layout->fits ||
	    layout->last >= row->count || !begin(parts))
		return;
	who.tag = (uint16_t)(1 + 2 * (layout - parts->layouts));
	what.tag = (uint16_t)(who.tag + 1);
	add_region(&who, row, 0);
	add_region(&what, row, 1);
	add_region(&what, row, 2);
	/* The one that is seldom in the cache is fetched meanwhile. */
	memo_hash(&parts->memo, &who);
	memo_hash(&parts->memo, &what);
	row->part[PART_WHAT] = find_part(&parts->memo, &what);
	row->part[PART_ERRORS] = find_errors(parts, row);
	row->part[PART_WHO] = find_part(&parts->memo, &who);
}
