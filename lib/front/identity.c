/* SPDX-License-Identifier: MIT */
/* Is it the same log?  Digests of heads, and comparing byte by byte. */

#include "identity.h"

#include "../base.h"

/*
 * Not made to withstand anybody: two heads that collide are compared, which
 * costs time and is never wrong.
 */
static uint64_t
mix(uint64_t digest, const char *bytes, size_t len)
{
	uint64_t word;
	size_t i;

	for (i = 0; i + sizeof(word) <= len; i += sizeof(word)) {
		memcpy(&word, bytes + i, sizeof(word));
		digest = (digest ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		digest ^= digest >> 29;
	}
	return digest;
}

void
identity_of(rpclog_slice head, rpclog_identity *identity)
{
	uint64_t digest = UINT64_C(0x243f6a8885a308d3);
	size_t at = 0;

	memset(identity, 0, sizeof(*identity));
	identity->first_len =
		(uint32_t)(head.len < IDENTITY_FIRST ? head.len
						     : IDENTITY_FIRST);
	if (head.len)
		memcpy(identity->first, head.ptr, identity->first_len);
	while (identity->count < IDENTITY_MARKS &&
	       head.len - at >= IDENTITY_STEP) {
		digest = mix(digest, head.ptr + at, IDENTITY_STEP);
		identity->marks[identity->count++] = digest;
		at += IDENTITY_STEP;
	}
}

int
identity_order(const rpclog_identity *a, const rpclog_identity *b)
{
	const int order = slice_cmp(slice_of(a->first, a->first_len),
				    slice_of(b->first, b->first_len));
	uint32_t i;

	if (order)
		return order;
	for (i = 0; i < a->count && i < b->count; i++)
		if (a->marks[i] != b->marks[i])
			return a->marks[i] < b->marks[i] ? -1 : 1;
	return a->count < b->count ? -1 : a->count > b->count;
}

int
identity_may_begin(const rpclog_identity *a, const rpclog_identity *b)
{
	const uint32_t last = a->count < b->count ? a->count : b->count;
	const uint32_t len =
		a->first_len < b->first_len ? a->first_len : b->first_len;

	if (memcmp(a->first, b->first, len) != 0)
		return 0;
	return last == 0 || a->marks[last - 1] == b->marks[last - 1];
}

/* Makes 'rest' not empty unless the source is at its end. */
static void
refill(rpclog_source *source, rpclog_slice *rest, rpclog_status *status)
{
	while (rest->len == 0 && *status == RPCLOG_OK)
		*status = rpclog_source_next(source, rest);
	if (*status != RPCLOG_OK)
		rest->len = 0;
}

static uint64_t
count_lines(const char *p, size_t len)
{
	const char *const end = p + len;
	uint64_t lines = 0;

	while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
		lines++;
		p++;
	}
	return lines;
}

void
identity_compare(rpclog_source *first, rpclog_source *second,
		 rpclog_comparison *result)
{
	rpclog_slice a = { NULL, 0 }, b = { NULL, 0 };
	char last = '\n';

	memset(result, 0, sizeof(*result));
	for (;;) {
		size_t len;

		refill(first, &a, &result->first.status);
		refill(second, &b, &result->second.status);
		len = a.len < b.len ? a.len : b.len;
		if (len == 0)
			break;
		if (memcmp(a.ptr, b.ptr, len) != 0)
			return;
		result->bytes += len;
		result->lines += count_lines(a.ptr, len);
		last = a.ptr[len - 1];
		a.ptr += len;
		a.len -= len;
		b.ptr += len;
		b.len -= len;
	}
	result->lines += last != '\n';
	if (a.len == 0 && b.len == 0)
		result->relation = RPCLOG_SAME;
	else
		result->relation = a.len == 0 ? RPCLOG_FIRST_IS_PREFIX
					      : RPCLOG_SECOND_IS_PREFIX;
}
