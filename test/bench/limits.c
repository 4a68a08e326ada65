/* SPDX-License-Identifier: MIT */
/*
 * limits read|lines|mapped|inflate|isal THREADS LIST: what no reader of these
 * files can beat.  LIST holds NUL-terminated paths; each thread takes the next
 *file.
 *
 *	read	read() into one reused buffer, discard
 *	lines	the same, and memchr for each line end
 *	mapped	memchr for each line end in the mapped file, no read()
 *	inflate	zlib over all gzip members, discard
 *	isal	the same by ISA-L, if it was there
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
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#ifdef LIMITS_ISAL
#include <isa-l/igzip_lib.h>
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
count_lines(const unsigned char *p, size_t len)
{
	const unsigned char *end = p + len;
	uint64_t lines = 0;

	while (p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		lines++;
		p++;
	}
	return lines;
}

static uint64_t
read_lines(int fd, unsigned char *buffer)
{
	uint64_t lines = 0;
	ssize_t got;

	while ((got = read(fd, buffer, CHUNK)) > 0)
		lines += count_lines(buffer, (size_t)got);
	return lines;
}

static uint64_t
map_lines(int fd, unsigned char *buffer)
{
	struct stat info;
	uint64_t lines;
	void *map;

	(void)buffer;
	if (fstat(fd, &info) != 0 || info.st_size == 0)
		return 0;
	map = mmap(NULL, (size_t)info.st_size, PROT_READ,
		   MAP_PRIVATE | MAP_POPULATE, fd, 0);
	if (map == MAP_FAILED)
		die("mmap");
	lines = count_lines(map, (size_t)info.st_size);
	munmap(map, (size_t)info.st_size);
	return lines;
}

/* One chunk of packed bytes, unpacked and dropped. */
static uint64_t
inflate_chunk(z_stream *stream, unsigned char *out)
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
read_inflate(int fd, unsigned char *buffer)
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
		total += inflate_chunk(&stream, buffer + CHUNK);
	}
	inflateEnd(&stream);
	return total;
}

#ifdef LIMITS_ISAL
static uint64_t
read_isal(int fd, unsigned char *buffer)
{
	static _Thread_local struct inflate_state state;
	uint64_t total = 0;
	ssize_t got;

	isal_inflate_init(&state);
	state.crc_flag = ISAL_GZIP;
	while ((got = read(fd, buffer, CHUNK)) > 0) {
		state.next_in = buffer;
		state.avail_in = (uint32_t)got;
		do {
			state.next_out = buffer + CHUNK;
			state.avail_out = (uint32_t)CHUNK;
			if (isal_inflate(&state) != ISAL_DECOMP_OK) {
				fprintf(stderr, "limits: bad gzip data\n");
				exit(2);
			}
			total += CHUNK - state.avail_out;
			if (state.block_state == ISAL_BLOCK_FINISH) {
				isal_inflate_reset(&state);
				state.crc_flag = ISAL_GZIP;
			}
		} while (state.avail_in > 0 || state.avail_out == 0);
	}
	return total;
}
#endif

static reader
reader_named(const char *name)
{
	if (!strcmp(name, "read"))
		return read_only;
	if (!strcmp(name, "lines"))
		return read_lines;
	if (!strcmp(name, "mapped"))
		return map_lines;
	if (!strcmp(name, "inflate"))
		return read_inflate;
#ifdef LIMITS_ISAL
	if (!strcmp(name, "isal"))
		return read_isal;
#endif
	return NULL;
}

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

int
main(int argc, char **argv)
{
	const int threads = argc == 4 ? atoi(argv[2]) : 0;
	pthread_t ids[64];
	uint64_t sums[64] = { 0 }, total = 0;

	read_file = argc == 4 ? reader_named(argv[1]) : NULL;
	if (!read_file || threads < 1 || threads > 64) {
		fprintf(stderr, "usage: limits read|lines|mapped|inflate|isal "
				"THREADS LIST\n");
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
