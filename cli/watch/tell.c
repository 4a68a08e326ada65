/* SPDX-License-Identifier: MIT */
/* What is pending in the table 'said', printed, and noted as printed. */

#include "tell.h"

#include <stdlib.h>
#include <string.h>

#include "inputs.h"
#include "pattern.h"

static rpclog_slice
text_of(const char *text)
{
	return (rpclog_slice){ text, strlen(text) };
}

/* ---- which ------------------------------------------------------------------
 */

/* Any of a list of globs, as in be_krb_*,fe_basic_rejected. */
static int
is_in_list(const char *list, rpclog_slice text)
{
	for (;;) {
		const size_t len = strcspn(list, ",");

		if (glob_match((rpclog_slice){ list, len }, text))
			return 1;
		if (!list[len])
			return 0;
		list += len + 1;
	}
}

static int
holds(const struct term *term, const struct told *told)
{
	const rpclog_slice glob = text_of(term->text);

	switch (term->kind) {
	case FILTER_USER: return glob_match_user(glob, told->user);
	case FILTER_CLIENT: return glob_match(glob, told->client);
	case FILTER_SERVER: return glob_match(glob, told->server);
	case FILTER_TARGET: return glob_match(glob, told->target);
	case FILTER_CLASS: return is_in_list(term->text, told->class_name);
	default: return 1;
	}
}

static int
wants(const struct options *options, const struct told *told)
{
	for (size_t i = 0; i < options->term_count; i++)
		if (!holds(&options->terms[i], told))
			return 0;
	return 1;
}

/*
 * Somebody's prompt may become another one's, which the filters choose or do
 * not: to who reads, it begins or is withdrawn then.
 */
static enum event
as_seen(enum event event, int shown, int wanted)
{
	if (event == EVENT_WITHDRAWN || !wanted)
		return shown ? EVENT_WITHDRAWN : EVENT_NONE;
	return shown ? event : EVENT_BEGAN;
}

/* ---- reading ----------------------------------------------------------------
 */

#define PENDING                                                                \
	"SELECT s.id, s.pending, s.shown, s.first_us, s.last_us, s.requests, " \
	"user.text, client.text, class.name, target.text, server.text "        \
	"FROM said AS s CROSS JOIN name AS user ON user.id = s.actor "         \
	"CROSS JOIN name AS client ON client.id = s.client "                   \
	"CROSS JOIN class ON class.id = s.class "                              \
	"CROSS JOIN name AS target ON target.id = s.target "                   \
	"CROSS JOIN name AS server ON server.id = s.server "                   \
	"WHERE s.pending > 0 ORDER BY s.pending < 3, s.last_us, s.id"

static void
read_told(struct statement *st, struct told *told)
{
	told->id = column_int(st, 0);
	told->event = (enum event)column_int(st, 1);
	told->first_us = column_int(st, 3);
	told->last_us = column_int(st, 4);
	told->requests = column_int(st, 5);
	told->user = column_text(st, 6);
	told->client = column_text(st, 7);
	told->class_name = column_text(st, 8);
	told->target = column_text(st, 9);
	told->server = column_text(st, 10);
}

struct ids {
	int64_t *all;
	size_t count, room;
};

/* Prints; 'hidden' are those that the filters do not choose. */
static size_t
print_all(struct base *base, struct ids *hidden)
{
	const struct options *options = base->options;
	struct statement *st = db_prepare(base->db, PENDING);
	struct table *table =
		options->format == OUT_TEXT ? NULL : tell_begin_json();
	struct told told;
	size_t rows = 0;

	for (; statement_step(st); rows++) {
		read_told(st, &told);
		if (!wants(options, &told)) {
			hidden->all =
				xgrow(hidden->all, hidden->count, &hidden->room,
				      sizeof(*hidden->all));
			hidden->all[hidden->count++] = told.id;
		}
		told.event = as_seen(told.event, (int)column_int(st, 2),
				     wants(options, &told));
		if (told.event != EVENT_NONE && table)
			tell_json(table, &told);
		else if (told.event != EVENT_NONE)
			tell_line(&told);
	}
	statement_free(st);
	if (table)
		table_end(table);
	return rows;
}

/* ---- what was printed -------------------------------------------------------
 */

static int
note_told(struct base *base, const struct ids *hidden)
{
	struct statement *st;

	base_begin(base);
	db_exec(base->db, "DELETE FROM said WHERE pending = 3; "
			  "UPDATE said SET pending = 0, shown = 1 "
			  "WHERE pending > 0");
	st = db_prepare(base->db, "UPDATE said SET shown = 0 WHERE id = ?");
	for (size_t i = 0; i < hidden->count; i++) {
		bind_int(st, 1, hidden->all[i]);
		statement_run(st);
	}
	statement_free(st);
	if (db_error(base->db))
		return interrupted ? EXIT_DONE : base_say(base);
	return base_commit(base);
}

int
said_tell(struct base *base)
{
	struct ids hidden = { NULL, 0, 0 };
	size_t rows = print_all(base, &hidden);
	int code = EXIT_DONE;

	out_flush(out_stdout());
	if (db_error(base->db))
		code = base_say(base);
	else if (rows)
		code = note_told(base, &hidden);
	free(hidden.all);
	return code;
}
