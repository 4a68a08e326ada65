/* SPDX-License-Identifier: MIT */
/*
 * Which logs are in the database already, wholly or in part.  A file that lies
 * there as it did after the last load need not be read; of any other what it
 * holds tells, by digests at the marks that were stored.
 */

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "account.h"
#include "inputs.h"
#include "load_compare.h"

/* ---- files as they lay there
 * --------------------------------------------------
 */

/* The path by which a file is found again, to free; NULL: it has none. */
static char *
real_path(const struct input *input)
{
	return input->fd == -1 ? realpath(input->file.path, NULL) : NULL;
}

static void
note_stat(struct load_log *log, const char *path)
{
	struct stat info;

	if (stat(path, &info) != 0)
		return;
	log->has_stat = 1;
	log->size = (int64_t)info.st_size;
	log->mtime_ns = (int64_t)info.st_mtim.tv_sec * 1000000000 +
			info.st_mtim.tv_nsec;
	log->inode = (int64_t)info.st_ino;
}

static void
excuse(struct load *load, struct input *input, struct statement *st)
{
	struct load_log *log = &load->logs[input->file.number];
	const char *path;

	path = log->real_path = real_path(input);
	if (!path)
		return;
	note_stat(log, path);
	bind_blob(st, 1, (rpclog_slice){ path, strlen(path) });
	if (statement_step(st)) {
		log->path_log = column_int(st, 0);
		if (input->state == INPUT_READ && log->has_stat &&
		    !load->options->verify && column_int(st, 1) == log->size &&
		    column_int(st, 2) == log->mtime_ns &&
		    column_int(st, 3) == log->inode) {
			log->state = LOG_UNCHANGED;
			log->id = log->path_log;
			input->state = INPUT_SKIPPED;
			input->recognized = 1;
			input->account.bytes = input->size;
			input->account.in[IN_SKIPPED].count = 1;
			input->account.in[IN_SKIPPED].bytes = input->size;
		}
	}
	statement_reset(st);
}

void
known_listed(void *arg, struct inputs *inputs, const rpclog_options *library)
{
	struct load *load = arg;
	struct statement *st;

	load->library = *library;
	load->logs = xcalloc(inputs->count + 1, sizeof(*load->logs));
	load->log_count = inputs->count;
	st = db_prepare(load->db, "SELECT log, size, mtime_ns, inode FROM path "
				  "WHERE path = ?");
	for (size_t i = 0; i < inputs->count; i++)
		excuse(load, &inputs->items[i], st);
	statement_free(st);
}

/* ---- what they hold
 * -------------------------------------------------------------
 */

/* Two files of one load may not both go on with a log. */
static int
is_taken(const struct load *load, int64_t id)
{
	for (size_t i = 0; i < load->log_count; i++)
		if (load->logs[i].state == LOG_GROWN && load->logs[i].id == id)
			return 1;
	return 0;
}

static void
set_grown(struct load *load, struct input *input, int64_t id)
{
	struct load_log *log = &load->logs[input->file.number];
	struct statement *st = db_prepare(
		load->db, "SELECT bytes, rows FROM log WHERE id = ?");

	bind_int(st, 1, id);
	if (statement_step(st)) {
		log->state = LOG_GROWN;
		log->id = id;
		input->known = (uint64_t)column_int(st, 0);
		log->rows = (uint64_t)column_int(st, 1);
	}
	statement_free(st);
}

/* All whole lines of it are what a log has of which so much was loaded. */
static void
count_lines(struct input *input, rpclog_source *source, uint64_t loaded)
{
	struct account *account = &input->account;
	struct lines lines = { 0, 0, 0 };
	rpclog_slice bytes;
	rpclog_status status;
	uint64_t total;

	while ((status = rpclog_source_next(source, &bytes)) == RPCLOG_OK)
		lines_add(&lines, bytes);
	if (status < 0)
		account_error(input, status, source);
	account->bytes = lines.bytes;
	account->in[IN_DUPLICATE].bytes = lines.bytes;
	account->in[IN_DUPLICATE].count = lines.lines + (uint64_t)lines.open;
	/* Behind what was loaded there is no more than a torn line. */
	if (lines.bytes > loaded) {
		account->in[IN_PARTIAL].count = 1;
		account->in[IN_PARTIAL].bytes = lines.bytes - loaded;
		account->in[IN_DUPLICATE].bytes = loaded;
		account->in[IN_DUPLICATE].count = lines.lines;
	}
	input->gzip = rpclog_source_is_gzip(source);
	input->compressed = rpclog_source_consumed(source, &total);
}

static uint64_t
loaded_of(struct load *load, int64_t id)
{
	struct statement *st =
		db_prepare(load->db, "SELECT bytes FROM log WHERE id = ?");
	uint64_t bytes = UINT64_MAX;

	bind_int(st, 1, id);
	if (statement_step(st))
		bytes = (uint64_t)column_int(st, 0);
	statement_free(st);
	return bytes;
}

static void
set_same(struct load *load, struct input *input, int64_t id)
{
	struct load_log *log = &load->logs[input->file.number];
	char *error;
	rpclog_source *source = input_open(input, &load->library, &error);

	free(error);
	log->state = log->path_log == id ? LOG_UNCHANGED : LOG_DUPLICATE;
	log->id = id;
	input->state = INPUT_DUPLICATE;
	input->recognized = 1;
	if (!source)
		return;
	count_lines(input, source, loaded_of(load, id));
	rpclog_source_free(source);
}

static void
identify(struct load *load, struct input *input)
{
	struct candidates found = { NULL, 0, 0 };
	size_t i;

	find_candidates(load, input, &found);
	for (i = 0; i < found.count; i++) {
		enum answer answer = compare_log(load, input, found.ids[i]);

		if (answer == IS_ANOTHER ||
		    (answer == IS_LONGER && is_taken(load, found.ids[i])))
			continue;
		if (answer == IS_LONGER)
			set_grown(load, input, found.ids[i]);
		else
			set_same(load, input, found.ids[i]);
		break;
	}
	free(found.ids);
}

void
known_identified(void *arg, struct inputs *inputs,
		 const rpclog_options *library)
{
	struct load *load = arg;

	(void)library;
	for (size_t i = 0; i < inputs->count; i++) {
		struct input *input = &inputs->items[i];
		struct load_log *log = &load->logs[i];

		if (interrupted || input->state != INPUT_READ)
			continue;
		if (!load->fresh)
			identify(load, input);
		if (log->path_log && log->path_log != log->id &&
		    !load->options->quiet)
			complain("%s: holds another log than was loaded from "
				 "it; those rows stay",
				 input->file.path);
	}
}

/* ---- for the next load
 * -------------------------------------------------------
 */

void
known_save(struct load *load, const struct inputs *inputs)
{
	struct statement *st =
		db_prepare(load->db, "INSERT OR REPLACE INTO path (path, log, "
				     "size, mtime_ns, inode) VALUES "
				     "(?,?,?,?,?)");

	for (size_t i = 0; i < inputs->count; i++) {
		const struct input *input = &inputs->items[i];
		const struct load_log *log = &load->logs[i];
		const char *path = log->real_path;

		if (path && log->id && log->has_stat &&
		    input->state != INPUT_SKIPPED) {
			bind_blob(st, 1, (rpclog_slice){ path, strlen(path) });
			bind_int(st, 2, log->id);
			bind_int(st, 3, log->size);
			bind_int(st, 4, log->mtime_ns);
			bind_int(st, 5, log->inode);
			statement_run(st);
		}
	}
}

void
load_logs_free(struct load *load)
{
	for (size_t i = 0; i < load->log_count; i++) {
		free(load->logs[i].real_path);
		free(load->logs[i].marks);
	}
	free(load->logs);
}
