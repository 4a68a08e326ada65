/* SPDX-License-Identifier: MIT */
/* Names to numbers: the table of names, and a memory of it. */

#include <stdlib.h>
#include <string.h>

#include "load.h"
#include "text.h"
#include "tuples.h"

/* Longer ones, texts of errors mostly, are looked for in the table. */
#define KEPT_MOST 512

struct names {
	struct load *load;
	struct groups *known;
	int64_t *ids; /* by number in 'known' */
	size_t room;
	int64_t last_id;
	struct statement *find, *insert, *text;
};

struct names *
names_new(struct load *load)
{
	struct names *n = xcalloc(1, sizeof(*n));

	n->load = load;
	n->known = tuples_new(1);
	n->last_id = db_number(load->db, "SELECT max(id) FROM name", 0);
	n->find = db_prepare(load->db,
			     "SELECT id, text, raw FROM name WHERE hash = ?");
	n->text =
		db_prepare(load->db, "SELECT text, raw FROM name WHERE id = ?");
	n->insert = db_prepare(load->db, "INSERT INTO name (id, hash, text, "
					 "raw) VALUES (?, ?, ?, ?)");
	return n;
}

/* Keyed, so that nobody can choose names that all have the same. */
static int64_t
hash_of(const struct names *n, rpclog_slice text)
{
	rpclog_digest digest;
	uint8_t bytes[16];
	int64_t hash;

	rpclog_digest_init(&digest, n->load->seed);
	rpclog_digest_add(&digest, text);
	rpclog_digest_get(&digest, bytes);
	memcpy(&hash, bytes, sizeof(hash));
	return hash;
}

static int
same(rpclog_slice a, rpclog_slice b)
{
	return a.len == b.len && (a.len == 0 || !memcmp(a.ptr, b.ptr, a.len));
}

/* Of a stored name, or 0. */
static int64_t
stored(struct names *n, rpclog_slice text, int64_t hash)
{
	int64_t id = 0;

	bind_int(n->find, 1, hash);
	while (id == 0 && statement_step(n->find)) {
		int has_raw = column_type(n->find, 2) != DB_NULL;

		if (same(has_raw ? column_blob(n->find, 2)
				 : column_text(n->find, 1),
			 text))
			id = column_int(n->find, 0);
	}
	statement_reset(n->find);
	return id;
}

static int64_t
insert(struct names *n, rpclog_slice text, int64_t hash)
{
	char *mended = NULL;
	rpclog_slice valid = text_valid(text, &mended);

	bind_int(n->insert, 1, ++n->last_id);
	bind_int(n->insert, 2, hash);
	bind_text(n->insert, 3, valid);
	if (mended)
		bind_blob(n->insert, 4, text);
	else
		bind_null(n->insert, 4);
	statement_run(n->insert);
	free(mended);
	return n->last_id;
}

static int64_t
find_or_insert(struct names *n, rpclog_slice text, int may_be_stored)
{
	int64_t hash = hash_of(n, text);
	int64_t id = may_be_stored ? stored(n, text, hash) : 0;

	return id ? id : insert(n, text, hash);
}

int64_t
names_id(struct names *n, rpclog_slice text)
{
	uint32_t known = groups_count(n->known);
	uint32_t number;

	if (text.len == 0)
		return 0;
	if (text.len > KEPT_MOST)
		return find_or_insert(n, text, 1);
	number = tuples_add(n->known, &text);
	if (number == known) {
		n->ids = xgrow(n->ids, number, &n->room, sizeof(*n->ids));
		n->ids[number] = find_or_insert(n, text, !n->load->fresh);
	}
	return n->ids[number];
}

static rpclog_slice
text_of(struct names *n, int64_t id, int raw)
{
	rpclog_slice text = { "", 0 };

	statement_reset(n->text);
	bind_int(n->text, 1, id);
	if (statement_step(n->text))
		text = raw && column_type(n->text, 1) != DB_NULL
			       ? column_blob(n->text, 1)
			       : column_text(n->text, 0);
	return text;
}

rpclog_slice
names_text(struct names *n, int64_t id)
{
	return text_of(n, id, 1);
}

rpclog_slice
names_shown(struct names *n, int64_t id)
{
	return text_of(n, id, 0);
}

int64_t *
names_of(struct names *n, const struct facts *facts)
{
	uint32_t count = facts_names(facts);
	int64_t *ids = xmalloc((count + (size_t)1) * sizeof(*ids));

	for (uint32_t i = 0; i < count; i++)
		ids[i] = names_id(n, facts_name(facts, i));
	return ids;
}

void
names_free(struct names *n)
{
	if (!n)
		return;
	groups_free(n->known);
	free(n->ids);
	free(n);
}
