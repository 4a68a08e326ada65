/* SPDX-License-Identifier: MIT */
/* query: ready-made questions to a database, or SQL of the user's own. */

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "functions.h"
#include "query.h"
#include "inputs.h"
#include "schema.h"
#include "text.h"

#define PIECE 32 /* characters of SQL that a message shows around a fault */

static int
say_unknown(const struct options *options, const char *name)
{
	size_t count;
	const struct question *list = questions(&count);
	const char **names = xcalloc(count, sizeof(*names));
	const char *near;

	for (size_t i = 0; i < count; i++)
		names[i] = list[i].name;
	near = nearest(name, names, count);
	free(names);
	if (near)
		return usage_error(options,
				   "query: there is no question \"%s\": did "
				   "you mean %s?",
				   name, near);
	return usage_error(options,
			   "query: there is no question \"%s\": see rpclog "
			   "query --list",
			   name);
}

/* "since=TIME", "[limit=20]" */
static void
put_parameter(struct out *out, const struct parameter *parameter)
{
	static const char *const words[] = {
		"TIME", "TIME", "TIME", "TIME", "N", "PAT",
	};
	int open = parameter->otherwise ||
		   strcmp(parameter->name, "since") == 0 ||
		   strcmp(parameter->name, "until") == 0;

	out_format(out, "%s%s=%s%s", open ? "[" : "", parameter->name,
		   parameter->otherwise ? parameter->otherwise
					: words[parameter->kind],
		   open ? "]" : "");
}

static int
list_questions(const struct options *options)
{
	static const struct column columns[] = {
		{ "name", CELL_TEXT },
		{ "parameters", CELL_TEXT },
		{ "answers", CELL_TEXT },
	};
	size_t count;
	const struct question *list = questions(&count);
	struct table *table =
		table_begin(out_stdout(), options->format, columns, 3,
			    options->csv_guard ? 0 : TABLE_NO_GUARD);

	for (size_t i = 0; i < count; i++) {
		struct out text;

		out_memory(&text);
		for (size_t p = 0; p < list[i].count; p++) {
			if (p)
				out_char(&text, ' ');
			put_parameter(&text, &list[i].parameters[p]);
		}
		table_str(table, list[i].name);
		table_text(table, (rpclog_slice){ text.data, text.len });
		table_str(table, list[i].sentence);
		table_row(table);
		out_free(&text);
	}
	table_end(table);
	return EXIT_DONE;
}

static int
show_question(const struct options *options)
{
	const struct question *question = question_find(options->show);

	if (!question)
		return say_unknown(options, options->show);
	out_format(out_stdout(), "-- question %s", question->source);
	return EXIT_DONE;
}

/* Anything with a blank, or one of the words that begin a question in SQL. */
static int
is_sql(const char *text)
{
	static const char *const words[] = { "SELECT", "WITH", "VALUES",
					     "EXPLAIN" };

	if (strpbrk(text, " \t\r\n\f"))
		return 1;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strncasecmp(text, words[i], strlen(words[i])) == 0)
			return 1;
	return 0;
}

/* The first byte of the character 'count' characters before or behind 'at'. */
static size_t
move(const char *sql, size_t at, int count)
{
	for (; count < 0 && at > 0; count++)
		do
			at--;
		while (at > 0 && ((unsigned char)sql[at] & 0xc0) == 0x80);
	for (; count > 0 && sql[at]; count--)
		do
			at++;
		while (((unsigned char)sql[at] & 0xc0) == 0x80);
	return at;
}

/* An error of SQL, with its place and the piece of SQL around it. */
static void
say_sql_error(const struct db *db, const char *sql)
{
	int at = db_error_at(db);
	size_t place = 1, from, to;

	if (at < 0 || (size_t)at > strlen(sql)) {
		complain("query: %s", db_error(db));
		return;
	}
	for (size_t i = 0; i < (size_t)at; i = move(sql, i, 1))
		place++;
	from = move(sql, (size_t)at, -PIECE / 2);
	to = move(sql, (size_t)at, PIECE);
	complain("query: %s at character %zu: %s%.*s%s", db_error(db), place,
		 from ? ".." : "", (int)(to - from), sql + from,
		 sql[to] ? ".." : "");
}

static int
say_error(const struct options *options, const struct db *db, const char *sql)
{
	if (interrupted || db_is_interrupted(db))
		return EXIT_INTERRUPTED;
	if (!db_error(db))
		return EXIT_DONE;
	/* Trouble with the file, or with what is asked of it? */
	if (sql && db_trouble(db) == DB_OTHER)
		say_sql_error(db, sql);
	else
		complain("%s: %s", options->database, db_error(db));
	return EXIT_TROUBLE;
}

static int
ask(struct db *db, const struct question *question, const struct given *given,
    const char *sql)
{
	struct statement *st;
	int code;

	/* Sorting takes room; more than SQLite's 2 MB is at hand today. */
	db_exec(db, "PRAGMA cache_size = -65536");
	functions_add(db);
	db_read_only(db);
	st = db_prepare_query(db, sql);
	if (db_error(db))
		return say_error(given->options, db, sql);
	code = question ? query_bind_question(question, given, st)
			: query_bind_own(given, st);
	if (code != EXIT_DONE)
		return code;
	query_print(given->options, st, &interrupted);
	statement_free(st);
	db_check_still(db);
	out_flush(out_stdout());
	return say_error(given->options, db, question ? NULL : sql);
}

static int
run_query(struct options *options)
{
	struct given given = { options, options->operands + 1, 0 };
	const struct question *question = NULL;
	const char *what;
	struct db *db;
	int code;

	if (options->list_questions)
		return list_questions(options);
	if (options->show)
		return show_question(options);
	if (options->operand_count == 0)
		return usage_error(options, "query: a question or SQL is "
					    "needed: see rpclog query --list");
	what = options->operands[0];
	given.count = options->operand_count - 1;
	if (!is_sql(what) && !(question = question_find(what)))
		return say_unknown(options, what);
	/* What is wrong with the question is said before the file is opened. */
	if (question &&
	    query_bind_question(question, &given, NULL) != EXIT_DONE)
		return EXIT_TROUBLE;
	if (!options->database)
		return usage_error(options, "query: -d DB is needed");
	db = schema_open(options->database, 0);
	db_catch_interrupt(db);
	code = db_error(db) ? say_error(options, db, NULL)
			    : ask(db, question, &given,
				  question ? question->sql : what);
	db_catch_interrupt(NULL);
	db_close(db);
	return code;
}

const struct command command_query = {
	"query",
	"-d DB NAME [KEY=VALUE...]  or  -d DB 'SELECT ...'",
	"ask a database a ready-made question, or SQL",
	CMD_QUERY,
	run_query,
	"NAME is one of rpclog query --list.  SQL may only read; :key in it is "
	"the VALUE of\nKEY=VALUE.\n"
};
