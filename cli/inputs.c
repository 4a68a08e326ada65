/* SPDX-License-Identifier: MIT */
/* Which files are meant: walking PATHs in order, without recursion. */

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inputs.h"

/* A path that is still to be looked at; directories end with '/'. */
struct pending {
	char *path;
	int by_name;
};

struct walk {
	struct inputs *inputs;
	const struct options *options;
	size_t capacity;
	struct pending *stack;
	size_t depth, stack_capacity;
	struct {
		dev_t dev;
		ino_t ino;
	} * seen; /* directories */
	size_t seen_count, seen_capacity;
	size_t folder_capacity;
};

char *
text_print(const char *format, ...)
{
	char *text = NULL;
	va_list ap;

	va_start(ap, format);
	if (vasprintf(&text, format, ap) < 0)
		text = xstrdup("out of memory");
	va_end(ap);
	return text;
}

static void
say_trouble(struct walk *walk, const char *path, int error)
{
	struct inputs *inputs = walk->inputs;

	inputs->trouble = 1;
	inputs->refused =
		xgrow(inputs->refused, inputs->refused_count,
		      &inputs->refused_room, sizeof(*inputs->refused));
	inputs->refused[inputs->refused_count++] =
		(struct refused){ xstrdup(path), error };
	if (!walk->options->no_messages)
		complain("%s: %s", path, strerror(error));
}

static int
is_wanted(const struct walk *walk, const char *path)
{
	const struct text_list *include = &walk->options->include;
	const struct text_list *exclude = &walk->options->exclude;
	const char *slash = strrchr(path, '/');
	const char *base = slash ? slash + 1 : path;
	size_t i;

	for (i = 0; i < exclude->count; i++)
		if (fnmatch(exclude->items[i], base, 0) == 0)
			return 0;
	for (i = 0; i < include->count; i++)
		if (fnmatch(include->items[i], base, 0) == 0)
			return 1;
	return include->count == 0;
}

static struct input *
add_input(struct walk *walk, const char *path, int by_name)
{
	struct inputs *inputs = walk->inputs;
	struct input *input;

	inputs->items = xgrow(inputs->items, inputs->count, &walk->capacity,
			      sizeof(*inputs->items));
	input = &inputs->items[inputs->count++];
	memset(input, 0, sizeof(*input));
	input->file.path = xstrdup(path);
	input->file.by_name = by_name;
	input->fd = -1;
	return input;
}

static void
push(struct walk *walk, char *path, int by_name)
{
	walk->stack = xgrow(walk->stack, walk->depth, &walk->stack_capacity,
			    sizeof(*walk->stack));
	walk->stack[walk->depth].path = path;
	walk->stack[walk->depth++].by_name = by_name;
}

/* Symbolic links make loops and mazes: each directory is walked once. */
static int
seen_before(struct walk *walk, const struct stat *info)
{
	size_t i;

	for (i = 0; i < walk->seen_count; i++)
		if (walk->seen[i].dev == info->st_dev &&
		    walk->seen[i].ino == info->st_ino)
			return 1;
	walk->seen = xgrow(walk->seen, walk->seen_count, &walk->seen_capacity,
			   sizeof(*walk->seen));
	walk->seen[walk->seen_count].dev = info->st_dev;
	walk->seen[walk->seen_count++].ino = info->st_ino;
	return 0;
}

static void
note_folder(struct walk *walk, const char *path)
{
	struct inputs *inputs = walk->inputs;

	inputs->folders =
		xgrow(inputs->folders, inputs->folder_count,
		      &walk->folder_capacity, sizeof(*inputs->folders));
	inputs->folders[inputs->folder_count++] = xstrdup(path);
}

/* Greatest first, so that the least one is popped first. */
static int
by_path_down(const void *a, const void *b)
{
	return strcmp(((const struct pending *)b)->path,
		      ((const struct pending *)a)->path);
}

static void
sort_from(struct walk *walk, size_t from)
{
	if (walk->depth > from)
		qsort(walk->stack + from, walk->depth - from,
		      sizeof(*walk->stack), by_path_down);
}

/* 'path' ends with '/'. */
static void
push_entries(struct walk *walk, const char *path)
{
	const size_t from = walk->depth;
	struct dirent *entry;
	DIR *dir = opendir(path);

	if (!dir) {
		if (errno != ENOENT)
			say_trouble(walk, path, errno);
		return;
	}
	while ((entry = readdir(dir))) {
		struct stat info;
		char *name;
		int is_dir;

		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		if (fstatat(dirfd(dir), entry->d_name, &info, 0) != 0)
			continue;
		is_dir = S_ISDIR(info.st_mode);
		if (!is_dir && !S_ISREG(info.st_mode))
			continue;
		name = text_print("%s%s%s", path, entry->d_name,
				  is_dir ? "/" : "");
		push(walk, name, 0);
	}
	closedir(dir);
	sort_from(walk, from);
}

static void
visit(struct walk *walk, struct pending *next)
{
	struct stat info;
	struct input *input;

	if (strcmp(next->path, "-") == 0) {
		input = add_input(walk, "-", 1);
		input->fd = STDIN_FILENO;
		return;
	}
	if (stat(next->path, &info) != 0) {
		if (next->by_name)
			say_trouble(walk, next->path, errno);
		return;
	}
	if (S_ISDIR(info.st_mode)) {
		if (!seen_before(walk, &info)) {
			note_folder(walk, next->path);
			push_entries(walk, next->path);
		}
		return;
	}
	if (!is_wanted(walk, next->path))
		return;
	input = add_input(walk, next->path, next->by_name);
	if (S_ISREG(info.st_mode))
		input->size = (uint64_t)info.st_size;
	else
		input->fd = INPUT_UNOPENED;
}

/* A directory's path gets one '/' at its end. */
static char *
normal(const char *path)
{
	struct stat info;
	size_t len = strlen(path);

	if (strcmp(path, "-") == 0 || stat(path, &info) != 0 ||
	    !S_ISDIR(info.st_mode))
		return xstrdup(path);
	while (len > 1 && path[len - 1] == '/')
		len--;
	if (len == 1 && path[0] == '/')
		return xstrdup("/");
	return text_print("%.*s/", (int)len, path);
}

/* Bytewise, "-" first. */
static int
by_path(const void *a, const void *b)
{
	const struct input *x = a, *y = b;
	const int x_first = strcmp(x->file.path, "-") == 0;
	const int y_first = strcmp(y->file.path, "-") == 0;

	if (x_first != y_first)
		return x_first ? -1 : 1;
	return strcmp(x->file.path, y->file.path);
}

/* Sorts; a path that came twice stays once. */
static void
put_in_order(struct inputs *inputs)
{
	size_t i, kept = 0;

	if (inputs->count)
		qsort(inputs->items, inputs->count, sizeof(*inputs->items),
		      by_path);
	for (i = 0; i < inputs->count; i++) {
		struct input *input = &inputs->items[i];

		if (kept && strcmp(inputs->items[kept - 1].file.path,
				   input->file.path) == 0) {
			inputs->items[kept - 1].file.by_name |=
				input->file.by_name;
			free((char *)input->file.path);
			continue;
		}
		inputs->items[kept++] = *input;
	}
	inputs->count = kept;
	for (i = 0; i < kept; i++)
		inputs->items[i].file.number = i;
}

int
inputs_list(struct inputs *inputs, const struct options *options,
	    char *const *paths, size_t count)
{
	struct walk walk;
	size_t i;

	memset(inputs, 0, sizeof(*inputs));
	memset(&walk, 0, sizeof(walk));
	walk.inputs = inputs;
	walk.options = options;
	if (count == 0 && isatty(STDIN_FILENO))
		return usage_error(options, "no PATH given, and standard "
					    "input is a terminal");
	if (count == 0)
		push(&walk, xstrdup("-"), 1);
	for (i = 0; i < count; i++)
		push(&walk, normal(paths[i]), 1);
	sort_from(&walk, 0);
	while (walk.depth) {
		struct pending next = walk.stack[--walk.depth];

		visit(&walk, &next);
		free(next.path);
	}
	put_in_order(inputs);
	free(walk.stack);
	free(walk.seen);
	return EXIT_DONE;
}

void
inputs_free(struct inputs *inputs)
{
	size_t i, k;

	for (i = 0; i < inputs->count; i++) {
		struct input *input = &inputs->items[i];

		if (input->fd > STDIN_FILENO)
			close(input->fd);
		for (k = 0; k < input->rejected_count && k < REJECTED_LISTED;
		     k++)
			free(input->rejected[k].reason);
		free(input->rejected);
		free(input->error);
		free((char *)input->file.path);
	}
	for (i = 0; i < inputs->refused_count; i++)
		free(inputs->refused[i].path);
	free(inputs->refused);
	for (i = 0; i < inputs->folder_count; i++)
		free(inputs->folders[i]);
	free(inputs->folders);
	free(inputs->items);
	memset(inputs, 0, sizeof(*inputs));
}
