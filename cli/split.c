/* SPDX-License-Identifier: MIT */
/* One big plain file in pieces: where they lie, and in which order they go. */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "split.h"

#define HEAD_ROOM ((size_t)64 << 10)

/* UTF-16 has line ends of its own kind. */
static int
is_utf16(rpclog_slice head)
{
	return head.len > 1 && (memcmp(head.ptr, "\xff\xfe", 2) == 0 ||
				memcmp(head.ptr, "\xfe\xff", 2) == 0);
}

/* Bytes up to the end of the first column line; 0 if it is not seen. */
static uint64_t
head_length(rpclog_slice head, const rpclog_options *library)
{
	rpclog_status status;
	rpclog_parser *parser;
	const rpclog_row *row;
	uint64_t length = 0;

	if (is_utf16(head) ||
	    rpclog_recognize(head, 0, NULL) != RPCLOG_KIND_HTTPPROXY ||
	    rpclog_parser_new(&parser, library) != RPCLOG_OK)
		return 0;
	status = rpclog_parser_feed(parser, head.ptr, head.len);
	while (status == RPCLOG_OK || status == RPCLOG_BAD_ROW)
		status = rpclog_parser_next(parser, &row);
	if (status == RPCLOG_SCHEMA) {
		const rpclog_account *account = rpclog_parser_account(parser);

		length = account->bytes - account->partial.bytes;
	}
	rpclog_parser_free(parser);
	return length;
}

static uint64_t
look_at_head(struct input *input, const rpclog_options *library)
{
	char *error;
	rpclog_source *source = input_open(input, library, &error);
	rpclog_slice head;
	uint64_t length = 0;

	free(error);
	if (!source)
		return 0;
	if (rpclog_source_peek(source, HEAD_ROOM, &head) == RPCLOG_OK &&
	    !rpclog_source_is_gzip(source))
		length = head_length(head, library);
	rpclog_source_free(source);
	return length;
}

struct split *
split_new(struct input *input, const rpclog_options *library, uint64_t size)
{
	const uint64_t head = look_at_head(input, library);
	rpclog_parser *scout;
	struct split *split;

	if (head == 0 || rpclog_parser_new(&scout, library) != RPCLOG_OK)
		return NULL;
	split = xcalloc(1, sizeof(*split));
	split->input = input;
	split->library = library;
	split->size = size;
	split->room = size < HEAD_ROOM ? HEAD_ROOM : size;
	split->count = (size_t)((input->size + size - 1) / size);
	split->left = split->count;
	split->head = head;
	split->scout = scout;
	split->fd = -1;
	pthread_mutex_init(&split->lock, NULL);
	pthread_cond_init(&split->moved, NULL);
	return split;
}

uint64_t
split_border(const struct split *split, size_t number)
{
	uint64_t border = number * split->size;

	if (number == 0)
		return 0;
	if (border < split->head)
		border = split->head;
	return number >= split->count || border > split->bytes ? split->bytes
							       : border;
}

/* 0, or an errno. */
static int
open_file(struct split *split)
{
	struct stat info;
	const int fd = open(split->input->file.path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return errno;
	if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
		close(fd);
		return EIO;
	}
	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	split->bytes = (uint64_t)info.st_size;
	split->fd = fd;
	return 0;
}

int
split_open(struct split *split, size_t number, char **error)
{
	int trouble = 0, open;

	*error = NULL;
	pthread_mutex_lock(&split->lock);
	if (number == 0)
		trouble = open_file(split);
	if (trouble) {
		split_end(split, 1);
		/* A log may be deleted between being listed and opened. */
		if (trouble != ENOENT || split->input->file.by_name)
			*error = xstrdup(strerror(trouble));
	}
	pthread_cond_broadcast(&split->moved);
	while (split->fd == -1 && !split->over)
		pthread_cond_wait(&split->moved, &split->lock);
	open = !split->over;
	pthread_mutex_unlock(&split->lock);
	return open;
}

int
split_enter(struct split *split, size_t number)
{
	pthread_mutex_lock(&split->lock);
	while (split->next < number && !split->over)
		pthread_cond_wait(&split->moved, &split->lock);
	return !split->over;
}

void
split_advance(struct split *split)
{
	split->next++;
	pthread_cond_broadcast(&split->moved);
}

void
split_end(struct split *split, int whole)
{
	split->over = 1;
	split->whole |= whole;
	pthread_cond_broadcast(&split->moved);
}

int
split_leave(struct split *split)
{
	int none;

	pthread_mutex_lock(&split->lock);
	none = --split->left == 0;
	if (none && split->fd != -1) {
		close(split->fd);
		split->fd = -1;
	}
	pthread_mutex_unlock(&split->lock);
	return none;
}

void
split_free(struct split *split)
{
	if (!split)
		return;
	if (split->fd != -1)
		close(split->fd);
	rpclog_parser_free(split->scout);
	pthread_cond_destroy(&split->moved);
	pthread_mutex_destroy(&split->lock);
	free(split);
}
