/* SPDX-License-Identifier: MIT */
/* grep's second half: which rows are selected, and what is printed around. */

#include <stdlib.h>
#include <string.h>

#include "cmd_grep.h"
#include "settling.h"

void *
grep_worker_new(void *ctx, struct run_worker *worker)
{
	struct grep *grep = ctx;
	struct grep_worker *w = xcalloc(1, sizeof(*w));

	w->grep = grep;
	w->worker = worker;
	fields_rows_init(&w->rows, &grep->fields);
	if (grep->context)
		w->kept = xcalloc((size_t)grep->options->before,
				  sizeof(*w->kept));
	if (finder_new(&w->finder, grep->pattern, worker->options) != RPCLOG_OK)
		run_fail_status(worker->run, RPCLOG_ERR_NOMEM);
	return w;
}

void
grep_file_begin(void *mine, const struct run_file *file)
{
	struct grep_worker *w = mine;
	struct grep *grep = w->grep;

	(void)file;
	w->number = 0;
	w->selected = 0;
	w->printed = 0;
	w->after_left = 0;
	for (size_t i = 0; w->kept && i < grep->options->before; i++)
		w->kept[i].number = 0;
	w->worker->out->safe = out_stdout()->safe;
	w->worker->out->color = out_stdout()->color;
	if (grep->output == GREP_FIELDS)
		fields_rows_begin(&w->rows, w->worker->out);
}

static int
pattern_holds(struct grep_worker *w, const struct run_row *row)
{
	size_t from = 0, to = 0;
	const rpclog_status status =
		finder_find(w->finder, rpclog_row_raw(row->row), &from, &to);

	if (status < 0) {
		grep_limits_add(&w->limits, row->file,
				rpclog_row_line(row->row));
		return 0;
	}
	return (status == RPCLOG_OK) != (w->grep->options->invert != 0);
}

/*
 * By pattern and filters; '*settled' is filled where a filter or the output
 * asks for it.
 */
static int
is_selected(struct grep_worker *w, const struct run_row *row,
	    rpclog_settled *settled)
{
	rpclog_choice choice = row->choice;

	if (!pattern_holds(w, row))
		return 0;
	if (w->grep->context) /* then the engine has not asked */
		choice = sieve_row(w->worker->sieve, row->row, row->verdict);
	if (choice == RPCLOG_CHOICE_NO)
		return 0;
	if (w->grep->settles &&
	    (choice == RPCLOG_CHOICE_LATER || w->grep->output == GREP_FIELDS) &&
	    !settling_row(w->grep->tracker, w->worker, row, settled))
		return 0;
	return choice == RPCLOG_CHOICE_YES ||
	       sieve_settled(w->worker->sieve, settled);
}

/* Between groups that do not touch; the very first is taken off again. */
static void
part_groups(struct grep_worker *w, uint64_t number)
{
	struct out *out = w->worker->out;

	if (!w->grep->context || (w->printed && number == w->printed + 1))
		return;
	out_color(out, COLOR_CYAN);
	out_str(out, "--");
	out_color(out, COLOR_OFF);
	out_char(out, '\n');
}

static void
print_before(struct grep_worker *w, const struct run_file *file)
{
	const uint64_t before = w->grep->options->before;
	uint64_t number = w->number > before ? w->number - before : 1;

	if (before == 0 || !w->kept)
		return;
	if (number <= w->printed)
		number = w->printed + 1;
	for (; number < w->number; number++) {
		const struct grep_kept *kept = &w->kept[number % before];

		part_groups(w, number);
		grep_print(w, file, kept->line,
			   (rpclog_slice){ kept->text, kept->len }, '-');
		w->printed = number;
	}
}

static void
keep_row(struct grep_worker *w, const rpclog_row *row)
{
	const uint64_t before = w->grep->options->before;
	const rpclog_slice raw = rpclog_row_raw(row);
	struct grep_kept *kept;

	if (before == 0 || !w->kept)
		return;
	kept = &w->kept[w->number % before];
	if (kept->capacity < raw.len) {
		kept->text = xrealloc(kept->text, raw.len, 1);
		kept->capacity = raw.len;
	}
	if (raw.len)
		memcpy(kept->text, raw.ptr, raw.len);
	kept->len = raw.len;
	kept->line = rpclog_row_line(row);
	kept->number = w->number;
}

static enum run_next
selected(struct grep_worker *w, const struct run_row *row,
	 const rpclog_settled *settled)
{
	const struct options *options = w->grep->options;

	w->selected++;
	w->found = 1;
	switch (w->grep->output) {
	case GREP_QUIET: return RUN_STOP;
	case GREP_LIST:
	case GREP_LIST_OTHERS: return RUN_NEXT_FILE;
	case GREP_COUNT: break;
	case GREP_FIELDS: grep_fields_row(w, row, settled); break;
	case GREP_ROWS:
	case GREP_PARTS:
		print_before(w, row->file);
		part_groups(w, w->number);
		grep_print(w, row->file, rpclog_row_line(row->row),
			   rpclog_row_raw(row->row), ':');
		w->printed = w->number;
		w->after_left = w->grep->context ? options->after : 0;
		break;
	}
	if (w->selected < options->max_count || w->after_left > 0)
		return RUN_ON;
	return RUN_NEXT_FILE;
}

static enum run_next
passed_over(struct grep_worker *w, const struct run_row *row)
{
	if (w->after_left > 0) {
		grep_print(w, row->file, rpclog_row_line(row->row),
			   rpclog_row_raw(row->row), '-');
		w->printed = w->number;
		w->after_left--;
	} else {
		keep_row(w, row->row);
	}
	if (w->selected < w->grep->options->max_count || w->after_left > 0)
		return RUN_ON;
	return RUN_NEXT_FILE;
}

enum run_next
grep_row(void *mine, const struct run_row *row)
{
	struct grep_worker *w = mine;
	rpclog_settled settled;

	if (!w->finder)
		return RUN_STOP;
	w->number++;
	/* Past -m come the rows of -A, whether they match or not. */
	if (w->selected >= w->grep->options->max_count ||
	    !is_selected(w, row, &settled))
		return passed_over(w, row);
	return selected(w, row, w->grep->settles ? &settled : NULL);
}

void
grep_file_end(void *mine, const struct run_file *file)
{
	struct grep_worker *w = mine;

	fields_rows_end(&w->rows);
	atomic_fetch_add(&w->grep->selected[file->number], w->selected);
}

void
grep_file_done(void *mine, const struct run_file *file)
{
	struct grep_worker *w = mine;
	const struct grep *grep = w->grep;
	const uint64_t selected = atomic_load(&grep->selected[file->number]);
	struct out *out = w->worker->out;

	if (grep->output == GREP_COUNT) {
		if (grep->prefix) {
			grep_print_path(out, file);
			grep_print_mark(out, ':');
		}
		out_unsigned(out, selected);
		out_char(out, '\n');
	} else if ((grep->output == GREP_LIST && selected > 0) ||
		   (grep->output == GREP_LIST_OTHERS && selected == 0)) {
		grep_print_path(out, file);
		out_char(out, '\n');
	}
}

void
grep_worker_done(void *ctx, void *mine)
{
	struct grep *grep = ctx;
	struct grep_worker *w = mine;

	grep->found |= w->found;
	grep_limits_merge(&grep->limits, &w->limits);
	finder_free(w->finder);
	for (size_t i = 0; w->kept && i < grep->options->before; i++)
		free(w->kept[i].text);
	free(w->kept);
	fields_rows_clear(&w->rows);
	free(w);
}
