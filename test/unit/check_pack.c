/* SPDX-License-Identifier: MIT */
/* Packed streams of many kinds; see check_pack.h. */

#include "check_pack.h"

#include <stdlib.h>
#include <zlib.h>

#include "check_source.h"

uint64_t
random_next(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

void
lines_add(struct check_text *out, size_t len, uint64_t seed)
{
	uint64_t x = seed | 1;

	while (out->len < len)
		check_text_add(out,
			       "2026-03-02T%02u:%02u:%02u.%03uZ,CAS%02u,/rpc/"
			       "rpcproxy.dll,user%u@contoso.com,%u,%llu\r\n",
			       (unsigned)(random_next(&x) % 24),
			       (unsigned)(random_next(&x) % 60),
			       (unsigned)(random_next(&x) % 60),
			       (unsigned)(random_next(&x) % 1000),
			       (unsigned)(random_next(&x) % 16),
			       (unsigned)(random_next(&x) % 2000),
			       random_next(&x) % 9 ? 200U : 401U,
			       (unsigned long long)random_next(&x));
}

const struct packing packings[PACK_COUNT] = {
	{ "stored", 0, 15, 8, Z_DEFAULT_STRATEGY, 0, 0 },
	{ "fast", 1, 15, 8, Z_DEFAULT_STRATEGY, 0, 0 },
	[PACK_USUAL] = { "usual", 6, 15, 8, Z_DEFAULT_STRATEGY, 0, 0 },
	{ "best, large blocks", 9, 15, 9, Z_DEFAULT_STRATEGY, 0, 0 },
	{ "small window and blocks", 6, 9, 1, Z_DEFAULT_STRATEGY, 0, 0 },
	[PACK_FIXED] = { "fixed codes", 6, 15, 8, Z_FIXED, 0, 0 },
	{ "no matches", 6, 15, 8, Z_HUFFMAN_ONLY, 0, 0 },
	{ "runs", 6, 15, 8, Z_RLE, 0, 0 },
	[PACK_FLUSHED] = { "flushed often", 6, 15, 8, Z_DEFAULT_STRATEGY, 100,
			   Z_SYNC_FLUSH },
	{ "flushed in part", 6, 15, 8, Z_DEFAULT_STRATEGY, 3000,
	  Z_PARTIAL_FLUSH },
	{ "blocks", 6, 15, 8, Z_DEFAULT_STRATEGY, 70000, Z_BLOCK },
	{ "stored and packed", 1, 15, 1, Z_FIXED, 250, Z_FULL_FLUSH },
};

void
pack(struct check_text *out, const struct packing *p, rpclog_slice text)
{
	unsigned char buffer[4096];
	z_stream z = { 0 };
	int code = Z_OK;

	if (deflateInit2(&z, p->level, Z_DEFLATED, p->window + 16, p->memory,
			 p->strategy) != Z_OK)
		abort();
	for (size_t at = 0; code == Z_OK;) {
		size_t len = text.len - at;

		if (p->flush_every && len > p->flush_every)
			len = p->flush_every;
		z.next_in = (unsigned char *)(uintptr_t)text.ptr + at;
		z.avail_in = (unsigned)len;
		at += len;
		do {
			z.next_out = buffer;
			z.avail_out = sizeof(buffer);
			code = deflate(&z, at < text.len ? p->flush : Z_FINISH);
			check_text_bytes(out, buffer,
					 sizeof(buffer) - z.avail_out);
		} while (code == Z_OK && z.avail_out == 0);
		if (code == Z_BUF_ERROR)
			code = Z_OK;
	}
	(void)deflateEnd(&z);
}

void
members_add(struct check_text *out)
{
	static const unsigned char head[] = {
		0x1f, 0x8b, 8,	 2 | 4 | 8 | 16,
		1,    2,    3,	 4,
		0,    3,    3,	 0,
		'a',  'b',  'c', 'x',
		'.',  'L',  'O', 'G',
		0,    'n',  'o', 0,
	};
	uint32_t sum = (uint32_t)crc32(0, head, sizeof(head));
	struct check_text text = { 0 }, rest = { 0 };
	unsigned char check[2] = { sum & 0xff, sum >> 8 & 0xff };

	lines_add(&text, 300, 7);
	pack(&rest, &packings[PACK_USUAL], check_text_slice(&text));
	check_text_bytes(out, head, sizeof(head));
	check_text_bytes(out, check, sizeof(check));
	check_text_bytes(out, rest.ptr + 10, rest.len - 10);
	gzip_add(out, SLICE(""), 6);
	gzip_add(out, SLICE("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"), 6);
	gzip_add(out, SLICE("stored"), 0);
	pack(out, &packings[PACK_FLUSHED],
	     slice_cut(check_text_slice(&text), 0, 250));
	check_text_free(&rest);
	check_text_free(&text);
}
