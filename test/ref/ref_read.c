/* SPDX-License-Identifier: MIT */
/* Which files are read: PATHs, directories, copies of one log, old logs. */
#include "ref.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A path yet to be looked at, and the directory that it was found in. */
struct place {
	struct text path;
	size_t parent; /* index, or NOWHERE: named by the user */
	dev_t device;
	ino_t inode;
};

#define NOWHERE ((size_t)-1)

static struct place *places;
static size_t place_count;

bool ref_trouble;

static void
add_place(struct text path, size_t parent)
{
	places = realloc(places, (place_count + 1) * sizeof *places);
	if (!places)
		abort();
	places[place_count++] = (struct place){ path, parent, 0, 0 };
}

static void
complain(struct text path)
{
	fprintf(stderr, "reference: %s: ", path.ptr);
	perror(NULL);
	ref_trouble = true;
}

static bool
is_loop(size_t at)
{
	size_t up = places[at].parent;

	for (; up != NOWHERE; up = places[up].parent)
		if (places[up].device == places[at].device &&
		    places[up].inode == places[at].inode)
			return true;
	return false;
}

static void
add_children(size_t at)
{
	const struct text path = places[at].path;
	const bool slash = path.len && path.ptr[path.len - 1] == '/';
	DIR *dir = opendir(path.ptr);
	struct dirent *entry;

	if (!dir) {
		complain(path);
		return;
	}
	while ((entry = readdir(dir)) != NULL) {
		struct text name = text_of(entry->d_name);

		if (text_is(name, ".") || text_is(name, ".."))
			continue;
		if (!slash)
			name = text_join("/", name);
		add_place(text_join(path.ptr, name), at);
	}
	closedir(dir);
}

static struct text
read_whole(FILE *stream)
{
	char *ptr = NULL;
	size_t len = 0, got;
	const size_t step = (size_t)1 << 20;
	struct text whole;

	do {
		ptr = realloc(ptr, len + step);
		if (!ptr)
			abort();
		got = fread(ptr + len, 1, step, stream);
		len += got;
	} while (got > 0);
	whole = text_copy(ptr, len);
	free(ptr);
	return whole;
}

static bool
read_file(struct file *file, struct text path)
{
	const bool standard = text_is(path, "-");
	FILE *stream = standard ? stdin : fopen(path.ptr, "rb");

	memset(file, 0, sizeof *file);
	file->path = path;
	if (!stream) {
		complain(path);
		return false;
	}
	file_decode(file, read_whole(stream));
	if (ferror(stream))
		complain(path);
	if (!standard)
		fclose(stream);
	return true;
}

/* Whether this place is a file to be read; a directory adds its children. */
static bool
look_at(size_t at)
{
	struct stat status;

	if (text_is(places[at].path, "-") && places[at].parent == NOWHERE)
		return true;
	if (stat(places[at].path.ptr, &status) != 0) {
		if (places[at].parent == NOWHERE)
			complain(places[at].path);
		return false;
	}
	places[at].device = status.st_dev;
	places[at].inode = status.st_ino;
	if (!S_ISDIR(status.st_mode))
		return places[at].parent == NOWHERE || S_ISREG(status.st_mode);
	if (!is_loop(at))
		add_children(at);
	return false;
}

static int
by_path(const void *a, const void *b)
{
	const struct file *left = a, *right = b;

	return text_compare(left->path, right->path);
}

struct file *
files_read(char **paths, size_t count, size_t *file_count)
{
	struct file *files = NULL;

	*file_count = 0;
	for (size_t i = 0; i < count; i++)
		add_place(text_of(paths[i]), NOWHERE);
	for (size_t i = 0; i < place_count; i++) {
		if (!look_at(i))
			continue;
		files = realloc(files, (*file_count + 1) * sizeof *files);
		if (!files)
			abort();
		*file_count += read_file(&files[*file_count], places[i].path);
	}
	free(places);
	if (*file_count)
		qsort(files, *file_count, sizeof *files, by_path);
	return files;
}

/*
 * Two logs are the same if the inflated bytes of one are a prefix of the
 * other's; the longest is read, of equals the least path names it.
 */
void
files_drop_copies(struct file *files, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++) {
			const struct text a = files[i].bytes;
			const struct text b = files[j].bytes;

			if (i == j || files[i].ignored || files[j].ignored ||
			    a.len > b.len || memcmp(a.ptr, b.ptr, a.len) != 0)
				continue;
			if (a.len < b.len || j < i)
				files[i].ignored = true;
		}
}

/* The hour that HttpProxy_yyyyMMddHH at the head of the file's name says. */
static bool
hour_of_name(struct text path, int64_t *hour)
{
	const char *slash = strrchr(path.ptr, '/');
	struct text name = text_of(slash ? slash + 1 : path.ptr);
	char iso[32];

	if (!text_starts(name, "HttpProxy_") || name.len < 20)
		return false;
	name = text_cut(name, 10, name.len);
	if (name.len > 10 && name.ptr[10] >= '0' && name.ptr[10] <= '9')
		return false;
	snprintf(iso, sizeof iso, "%.4s-%.2s-%.2sT%.2s:00:00Z", name.ptr,
		 name.ptr + 4, name.ptr + 6, name.ptr + 8);
	return time_parse(text_of(iso), hour);
}

static bool
ended_in(const struct row *row, int64_t hour)
{
	return row->end >= hour && row->end < hour + HOUR;
}

/*
 * --since: a log whose name says an hour, whose first row (and last
 * row, if it is not packed) ended in that hour, and whose hour ended more
 * than 24 h before since is not read.
 */
void
files_drop_old(struct file *files, size_t count, int64_t since)
{
	for (size_t i = 0; i < count; i++) {
		struct file *file = &files[i];
		int64_t hour;

		if (file->row_count == 0 || !hour_of_name(file->path, &hour))
			continue;
		if (!ended_in(&file->rows[0], hour))
			continue;
		if (!file->packed &&
		    !ended_in(&file->rows[file->row_count - 1], hour))
			continue;
		if (hour + HOUR + DAY < since)
			file->ignored = true;
	}
}
