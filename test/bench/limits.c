/* SPDX-License-Identifier: MIT */
/*
 * limits JOB THREADS LIST: what no reader of these files can beat.  LIST holds
 * NUL-terminated paths; each thread takes the next file.  JOB is
 *
 *	read		read() into one reused buffer, discard
 *	lines		the same, and memchr for each line end
 *	inflate-zlib	zlib over all gzip members, discard
 *	inflate-isal	ISA-L over them, if it was there to compile with
 *
 * Prints how many bytes (lines: line ends) there were.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#ifdef WITH_ISAL
#include <isa-l.h>
#endif

#define CHUNK ((size_t)256 << 10)

typedef uint64_t (*reader)(int fd, unsigned char *buffer);

static char **paths;
static size_t path_count;
static atomic_size_t next_path;
static reader read_file;

static void
die(const char *what)
{
	perror(what);
	exit(2);
}

static uint64_t
read_only(int fd, unsigned char *buffer)
{
	uint64_t total = 0;
	ssize_t got;

	while ((got = read(fd, buffer, CHUNK)) > 0)
		total += (uint64_t)got;
	return total;
}

static uint64_t
read_lines(int fd, unsigned char *buffer)
{
	uint64_t lines = 0;
	ssize_t got;

	while ((got = read(fd, buffer, CHUNK)) > 0) {
		const unsigned char *p = buffer, *end = buffer + got;

		while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
			lines++;
			if (++p == end)
				break;
		}
	}
	return lines;
}

/* One chunk of packed bytes, unpacked and dropped. */
static uint64_t
zlib_chunk(z_stream *stream, unsigned char *out)
{
	uint64_t total = 0;
	int status = Z_OK;

	do {
		stream->next_out = out;
		stream->avail_out = (uInt)CHUNK;
		status = inflate(stream, Z_NO_FLUSH);
		total += CHUNK - stream->avail_out;
		if (status == Z_STREAM_END)
			status = inflateReset(stream);
	} while (status == Z_OK &&
		 (stream->avail_in > 0 || stream->avail_out == 0));
	if (status != Z_OK && status != Z_BUF_ERROR) {
		fprintf(stderr, "limits: bad gzip data\n");
		exit(2);
	}
	return total;
}

static uint64_t
read_zlib(int fd, unsigned char *buffer)
{
	z_stream stream;
	uint64_t total = 0;
	ssize_t got;

	memset(&stream, 0, sizeof stream);
	if (inflateInit2(&stream, 15 + 16) != Z_OK)
		die("inflateInit2");
	while ((got = read(fd, buffer, CHUNK)) > 0) {
		stream.next_in = buffer;
		stream.avail_in = (uInt)got;
		total += zlib_chunk(&stream, buffer + CHUNK);
	}
	inflateEnd(&stream);
	return total;
}

#ifdef WITH_ISAL
/* The same; behind the sums of a member nothing is read ahead. */
static uint64_t
isal_chunk(struct inflate_state *state, unsigned char *out)
{
	uint64_t total = 0;

	do {
		state->next_out = out;
		state->avail_out = (uint32_t)CHUNK;
		if (isal_inflate(state) < 0) {
			fprintf(stderr, "limits: bad gzip data\n");
			exit(2);
		}
		total += CHUNK - state->avail_out;
		if (state->block_state == ISAL_BLOCK_FINISH) {
			isal_inflate_reset(state);
			state->crc_flag = ISAL_GZIP;
		}
	} while (state->avail_in > 0 || state->avail_out == 0);
	return total;
}

static uint64_t
read_isal(int fd, unsigned char *buffer)
{
	struct inflate_state *state = malloc(sizeof *state);
	uint64_t total = 0;
	ssize_t got;

	if (!state)
		die("malloc");
	isal_inflate_init(state);
	state->crc_flag = ISAL_GZIP;
	while ((got = read(fd, buffer, CHUNK)) > 0) {
		state->next_in = buffer;
		state->avail_in = (uint32_t)got;
		total += isal_chunk(state, buffer + CHUNK);
	}
	free(state);
	return total;
}
#endif

static void *
work(void *sum)
{
	unsigned char *buffer = malloc(2 * CHUNK);
	size_t i;

	if (!buffer)
		die("malloc");
	while ((i = atomic_fetch_add(&next_path, 1)) < path_count) {
		const int fd = open(paths[i], O_RDONLY);

		if (fd < 0)
			die(paths[i]);
		*(uint64_t *)sum += read_file(fd, buffer);
		close(fd);
	}
	free(buffer);
	return NULL;
}

static void
read_list(const char *list)
{
	FILE *file = fopen(list, "rb");
	char *path = NULL;
	size_t room = 0;

	if (!file)
		die(list);
	while (getdelim(&path, &room, '\0', file) > 0) {
		paths = realloc(paths, (path_count + 1) * sizeof *paths);
		if (!paths)
			die("realloc");
		paths[path_count++] = path;
		path = NULL;
		room = 0;
	}
	fclose(file);
}

static const struct {
	const char *name;
	reader read;
} jobs[] = {
	{ "read", read_only },
	{ "lines", read_lines },
	{ "inflate-zlib", read_zlib },
#ifdef WITH_ISAL
	{ "inflate-isal", read_isal },
#endif
};

static void
choose(const char *name)
{
	for (size_t i = 0; i < sizeof jobs / sizeof jobs[0]; i++)
		if (!strcmp(name, jobs[i].name))
			read_file = jobs[i].read;
}

int
main(int argc, char **argv)
{
	const int threads = argc == 4 ? atoi(argv[2]) : 0;
	pthread_t ids[64];
	uint64_t sums[64] = { 0 }, total = 0;

	if (argc == 4)
		choose(argv[1]);
	if (!read_file || threads < 1 || threads > 64) {
		fprintf(stderr, "usage: limits JOB THREADS LIST; JOB is");
		for (size_t i = 0; i < sizeof jobs / sizeof jobs[0]; i++)
			fprintf(stderr, " %s", jobs[i].name);
		fputc('\n', stderr);
		return 2;
	}
	read_list(argv[3]);
	for (int i = 0; i < threads; i++)
		if (pthread_create(&ids[i], NULL, work, &sums[i]) != 0)
			die("pthread_create");
	for (int i = 0; i < threads; i++) {
		pthread_join(ids[i], NULL);
		total += sums[i];
	}
	printf("%llu\n", (unsigned long long)total);
	return 0;
}
