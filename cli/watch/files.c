/* SPDX-License-Identifier: MIT */
/* Files that are no logs, and files with which something is wrong. */

#include "files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* Then a file that is cut is not one that is still being packed or copied. */
#define STILL_S 60

struct note {
	char *path;
	int64_t inode, size, mtime_ns;
	int no_log;  /* it begins as something else */
	char *error; /* or NULL */
	int said;
	int seen; /* in this look */
};

struct files {
	const struct options *options;
	struct note *notes; /* by path */
	size_t count, room;
};

struct files *
files_new(const struct options *options)
{
	struct files *files = xcalloc(1, sizeof(*files));

	files->options = options;
	return files;
}

/* Where it is, or would be. */
static size_t
place_of(const struct files *files, const char *path, int *found)
{
	size_t from = 0, to = files->count;

	*found = 0;
	while (from < to) {
		const size_t middle = from + (to - from) / 2;
		const int by = strcmp(files->notes[middle].path, path);

		if (by == 0) {
			*found = 1;
			return middle;
		}
		if (by < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static struct note *
find(const struct files *files, const char *path)
{
	int found;
	const size_t place = place_of(files, path, &found);

	return found ? &files->notes[place] : NULL;
}

static void
clear(struct note *note)
{
	free(note->path);
	free(note->error);
}

static struct note *
find_or_add(struct files *files, const char *path)
{
	int found;
	const size_t place = place_of(files, path, &found);
	struct note *note;

	files->notes = xgrow(files->notes, files->count, &files->room,
			     sizeof(*files->notes));
	note = &files->notes[place];
	if (found)
		return note;
	memmove(note + 1, note, (files->count - place) * sizeof(*note));
	files->count++;
	memset(note, 0, sizeof(*note));
	note->path = xstrdup(path);
	return note;
}

static void
forget(struct files *files, const char *path)
{
	int found;
	const size_t place = place_of(files, path, &found);

	if (!found)
		return;
	clear(&files->notes[place]);
	files->count--;
	memmove(&files->notes[place], &files->notes[place + 1],
		(files->count - place) * sizeof(*files->notes));
}

/* ---- what need not be read --------------------------------------------------
 */

/* What begins as no log becomes none by growing. */
static int
is_as_it_was(const struct note *note, const struct load_log *log)
{
	if (!log->has_stat || note->inode != log->inode)
		return 0;
	if (note->size == log->size && note->mtime_ns == log->mtime_ns)
		return 1;
	return note->no_log && log->size >= note->size;
}

void
files_excuse(struct files *files, const struct load *load,
	     struct inputs *inputs)
{
	for (size_t i = 0; i < inputs->count; i++) {
		struct input *input = &inputs->items[i];
		struct note *note = find(files, input->file.path);

		if (note)
			note->seen = 1;
		if (note && input->state == INPUT_READ &&
		    is_as_it_was(note, &load->logs[i]))
			input->state = INPUT_SKIPPED;
	}
}

/* ---- what was found ---------------------------------------------------------
 */

/* One that went between listing and opening is no trouble. */
static int
is_gone(const struct input *input)
{
	struct stat info;

	return input->state == INPUT_GONE && stat(input->file.path, &info) != 0;
}

static void
note_error(const struct files *files, struct note *note, const char *error)
{
	const struct options *options = files->options;

	if (note->error && strcmp(note->error, error) == 0 && note->said)
		return;
	free(note->error);
	note->error = xstrdup(error);
	note->said = 0;
	if (options->verbose && note->size >= 0)
		complain("%s: %s: it may still be written", note->path, error);
}

static void
note_input(struct files *files, const struct load_log *log,
	   const struct input *input)
{
	struct note *note;

	if (input->rejected_count && !files->options->quiet)
		input_say_rejected(input);
	if (is_gone(input) ||
	    (!input->error && (log->id || input->state == INPUT_DUPLICATE))) {
		forget(files, input->file.path);
		return;
	}
	note = find_or_add(files, input->file.path);
	note->seen = 1;
	note->no_log = input->foreign != NULL;
	note->inode = log->inode;
	note->size = log->size;
	note->mtime_ns = log->mtime_ns;
	/* What could not be opened is tried again. */
	if (input->state == INPUT_GONE)
		note->size = -1;
	if (input->error) {
		note_error(files, note, input->error);
	} else {
		free(note->error);
		note->error = NULL;
	}
}

/*
 * A folder that can't be read hides what is in it.  A name that leads nowhere
 * may be one that is being renamed.
 */
static void
note_refused(struct files *files, const struct refused *refused)
{
	struct note *note;

	if (refused->error == ENOENT)
		return;
	note = find_or_add(files, refused->path);
	note->seen = 1;
	note->size = -1;
	note_error(files, note, strerror(refused->error));
}

static void
forget_unseen(struct files *files)
{
	size_t kept = 0;

	for (size_t i = 0; i < files->count; i++) {
		if (!files->notes[i].seen) {
			clear(&files->notes[i]);
			continue;
		}
		files->notes[kept] = files->notes[i];
		files->notes[kept++].seen = 0;
	}
	files->count = kept;
}

void
files_note(struct files *files, const struct load *load,
	   const struct inputs *inputs, int all)
{
	for (size_t i = 0; i < inputs->count; i++)
		if (inputs->items[i].state != INPUT_SKIPPED)
			note_input(files, &load->logs[i], &inputs->items[i]);
	if (!all)
		return;
	for (size_t i = 0; i < inputs->refused_count; i++)
		note_refused(files, &inputs->refused[i]);
	forget_unseen(files);
}

/* ---- what is wrong ----------------------------------------------------------
 */

static int
is_still(const struct note *note)
{
	return note->size < 0 ||
	       (int64_t)time(NULL) - note->mtime_ns / 1000000000 >= STILL_S;
}

void
files_say(struct files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		struct note *note = &files->notes[i];

		if (!note->error || note->said || !is_still(note))
			continue;
		note->said = 1;
		complain("%s: %s", note->path, note->error);
	}
}

void
files_free(struct files *files)
{
	if (!files)
		return;
	for (size_t i = 0; i < files->count; i++)
		clear(&files->notes[i]);
	free(files->notes);
	free(files);
}
