/* SPDX-License-Identifier: MIT */
/* rpclog cat: rows, filtered, for other programs. */

#include <stdlib.h>
#include <string.h>

#include "ecs.h"
#include "feed.h"
#include "settling.h"

struct cat {
	const struct options *options;
	struct run *run;
	struct fields fields;	 /* of ROWS_FIELDS */
	struct ecs ecs;		 /* of ROWS_ECS */
	int settles;		 /* two passes */
	rpclog_tracker *tracker; /* after the first pass, or NULL */
};

struct cat_worker {
	struct cat *cat;
	struct run_worker *worker;
	struct fields_rows rows;
	struct ecs_rows documents;
	uint64_t set; /* ROWS_RAW: whose column line stands in the output */
};

static void *
worker_new(void *ctx, struct run_worker *worker)
{
	struct cat *cat = ctx;
	struct cat_worker *w = xcalloc(1, sizeof(*w));

	w->cat = cat;
	w->worker = worker;
	switch (cat->options->row_form) {
	case ROWS_RAW: break;
	case ROWS_FIELDS: fields_rows_init(&w->rows, &cat->fields); break;
	case ROWS_ECS: ecs_rows_init(&w->documents, &cat->ecs); break;
	}
	return w;
}

static void
file_begin(void *mine, const struct run_file *file)
{
	struct cat_worker *w = mine;

	(void)file;
	w->set = 0;
	if (w->cat->options->row_form == ROWS_FIELDS)
		fields_rows_begin(&w->rows, w->worker->out);
}

/*
 * A log again, for rpclog and for all that read its like: a column line stands
 * before the first row of a file and wherever the columns change.  Lines of
 * columns that come again are nothing new to a reader of logs.
 */
static void
put_raw(struct cat_worker *w, const struct run_row *row)
{
	struct out *out = w->worker->out;
	const size_t count = rpclog_schema_count(row->schema);

	if (w->set != row->set) {
		for (size_t i = 0; i < count; i++) {
			if (i > 0)
				out_char(out, ',');
			out_csv(out, rpclog_schema_name(row->schema, i), 0);
		}
		out_char(out, '\n');
		w->set = row->set;
	}
	out_text(out, rpclog_row_raw(row->row));
	out_char(out, '\n');
}

static enum run_next
take_row(void *mine, const struct run_row *row)
{
	struct cat_worker *w = mine;
	const struct cat *cat = w->cat;
	rpclog_settled settled;

	if (cat->settles &&
	    !settling_row(cat->tracker, w->worker, row, &settled))
		return RUN_STOP;
	if (row->choice == RPCLOG_CHOICE_LATER &&
	    !sieve_settled(w->worker->sieve, &settled))
		return RUN_ON;
	switch (cat->options->row_form) {
	case ROWS_RAW: put_raw(w, row); break;
	case ROWS_FIELDS:
		fields_rows_add(&w->rows, row, cat->settles ? &settled : NULL);
		break;
	case ROWS_ECS: ecs_rows_add(&w->documents, w->worker->out, row); break;
	}
	return RUN_ON;
}

static void
file_end(void *mine, const struct run_file *file)
{
	struct cat_worker *w = mine;

	(void)file;
	fields_rows_end(&w->rows);
}

static void
worker_done(void *ctx, void *mine)
{
	struct cat_worker *w = mine;

	(void)ctx;
	fields_rows_clear(&w->rows);
	ecs_rows_clear(&w->documents);
	free(w);
}

static void
print(struct cat *cat)
{
	struct run_job job = {
		.flags = RUN_ORDERED | RUN_SIEVE,
		.ctx = cat,
		.worker_new = worker_new,
		.file_begin = file_begin,
		.row = take_row,
		.file_end = file_end,
		.worker_done = worker_done,
	};
	const int is_table = cat->options->row_form == ROWS_FIELDS;
	int answer;

	cat->settles = settling_must(cat->run, &cat->fields);
	if (cat->settles) {
		cat->tracker = feed_run(cat->run, FEED_SETTLING);
		if (!cat->tracker)
			return;
		job.flags |= RUN_CLASSIFY;
	}
	/* A piece of a log can't tell whether its column line was printed. */
	if (cat->options->row_form != ROWS_RAW)
		job.flags |= RUN_SPLITS;
	if (is_table)
		fields_open(&cat->fields);
	answer = run_do(cat->run, &job);
	if (is_table)
		fields_close(&cat->fields, answer == 0);
}

/* Only a table has fields to choose; a document can be whole. */
static int
choose_fields(struct cat *cat)
{
	static const char *usual[] = {
		"start",	  "server",	"protocol", "user",
		"client",	  "target",	"method",   "status",
		"backend_status", "error_code", "class",    "popup",
		"latency_ms",
	};
	const struct text_list *given = &cat->options->fields;
	const struct text_list otherwise = { usual,
					     sizeof(usual) / sizeof(usual[0]) };
	int whole;

	switch (cat->options->row_form) {
	case ROWS_FIELDS:
		return fields_read(&cat->fields, cat->options,
				   given->count > 0 ? given : &otherwise);
	case ROWS_RAW:
		if (given->count == 0)
			return EXIT_DONE;
		return usage_error(cat->options,
				   "--format raw gives rows as they are: it "
				   "takes no --fields");
	case ROWS_ECS: break;
	}
	whole = given->count == 1 && strcmp(given->items[0], "*") == 0;
	if (given->count > 0 && !whole)
		return usage_error(cat->options,
				   "--format ecs has fields of its own: it "
				   "takes no --fields but '*'");
	ecs_init(&cat->ecs, cat->options, whole);
	return EXIT_DONE;
}

static int
run_cat(struct options *options)
{
	struct cat cat;
	int code = EXIT_TROUBLE;

	memset(&cat, 0, sizeof(cat));
	cat.options = options;
	if (choose_fields(&cat) == EXIT_DONE) {
		cat.run = run_new(
			options, options->operands, options->operand_count,
			settling_may(options, &cat.fields) ? RUN_TWICE : 0);
		if (cat.run)
			print(&cat);
		code = run_end(cat.run);
	}
	rpclog_tracker_free(cat.tracker);
	ecs_clear(&cat.ecs);
	fields_clear(&cat.fields);
	return code;
}

static const char notes[] =
	"Every row is printed that the filters choose, health probes and\n"
	"activity too.  tsv is the format if none is given.  LIST names log\n"
	"columns and derived names as --by of count does.\n"
	"\n"
	"raw is a log again: rows as they are, with LF, and the line of their\n"
	"columns before the first row of a file and where it changes.  ecs is\n"
	"an Elastic Common Schema document a line; --fields '*' adds "
	"UrlQuery,\n"
	"GenericInfo, BackEndGenericInfo and AuthModulePerfContext to it.\n";

const struct command command_cat = {
	.name = "cat",
	.usage = "[PATH...]",
	.sentence = "rows for other programs",
	.bit = CMD_CAT,
	.run = run_cat,
	.notes = notes,
};
