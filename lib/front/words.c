/* SPDX-License-Identifier: MIT */
/*
 * Fixed strings in buckets by the hash of their first bytes.  A place of a
 * subject costs one look at its first two bytes, rarely a hash; words of one
 * bucket are tried longest first.
 */

#include "words.h"

#include <stdlib.h>

#define HEAD_MAX ((size_t)16)
#define PAIRS	 ((size_t)65536)

struct words {
	struct alloc alloc;
	rpclog_slice *items; /* by bucket, longest first */
	size_t count;
	size_t head;	      /* bytes that are hashed: as the shortest word
			       * has, at most HEAD_MAX */
	uint32_t *starts;     /* bucket b: items[starts[b]..starts[b+1]) */
	uint32_t mask;	      /* buckets - 1; a power of two */
	unsigned char *pairs; /* a bit per first two bytes of any word;
			       * NULL: there is a word of one byte */
	bool nocase;
	char *text;
};

bool
is_word_byte(char c)
{
	return ascii_digit((unsigned char)c) || c == '_' ||
	       (unsigned char)(ascii_lower((unsigned char)c) - 'a') < 26;
}

bool
stands_alone(rpclog_slice subject, size_t from, size_t to)
{
	return (from == 0 || !is_word_byte(subject.ptr[from - 1])) &&
	       (to == subject.len || !is_word_byte(subject.ptr[to]));
}

static uint32_t
bucket_of(const struct words *words, const char *head)
{
	uint32_t hash = 0;

	for (size_t i = 0; i < words->head; i++) {
		unsigned char c = (unsigned char)head[i];

		hash = hash * 257 + (words->nocase ? ascii_lower(c) : c);
	}
	hash *= UINT32_C(0x9e3779b1);
	return (hash ^ hash >> 15) & words->mask;
}

static size_t
pair_of(const struct words *words, const char *head)
{
	unsigned char a = (unsigned char)head[0];
	unsigned char b = (unsigned char)head[1];

	if (words->nocase)
		return (size_t)ascii_lower(a) << 8 | ascii_lower(b);
	return (size_t)a << 8 | b;
}

static bool
may_start(const struct words *words, const char *head)
{
	if (!words->pairs)
		return true;

	size_t pair = pair_of(words, head);

	return words->pairs[pair / 8] >> pair % 8 & 1;
}

static int
longest_first(const void *a, const void *b)
{
	rpclog_slice x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	return (y.len > x.len) - (y.len < x.len);
}

/* Lays 'items' out by bucket; they come longest first and stay so. */
static void
fill_buckets(struct words *words, const rpclog_slice *items)
{
	uint32_t *starts = words->starts;

	for (size_t i = 0; i < words->count; i++)
		starts[bucket_of(words, items[i].ptr) + 1]++;
	for (size_t b = 0; b <= words->mask; b++)
		starts[b + 1] += starts[b];
	/* Filling moves each start to its end, from the back to the front. */
	for (size_t i = words->count; i > 0; i--) {
		uint32_t b = bucket_of(words, items[i - 1].ptr);

		words->items[--starts[b + 1]] = items[i - 1];
	}
	/* Now starts[b + 1] is where bucket b begins. */
	memmove(starts, starts + 1,
		(words->mask + (size_t)1) * sizeof(*starts));
	starts[words->mask + (size_t)1] = (uint32_t)words->count;
}

static void
fill_pairs(struct words *words)
{
	if (words->head < 2) {
		alloc_free(&words->alloc, words->pairs);
		words->pairs = NULL;
		return;
	}
	for (size_t i = 0; i < words->count; i++) {
		size_t pair = pair_of(words, words->items[i].ptr);
		unsigned bit = 1U << pair % 8;

		words->pairs[pair / 8] |= (unsigned char)bit;
	}
}

/* Copies all text, sorts, and lays out; false if memory is out. */
static bool
take(struct words *words, const rpclog_slice *items)
{
	const struct alloc *a = &words->alloc;
	rpclog_slice *sorted = alloc_get(a, words->count, sizeof(*sorted));
	size_t bytes = 0;
	bool fits = sorted != NULL;

	for (size_t i = 0; fits && i < words->count; i++)
		fits = size_add(bytes, items[i].len, &bytes);
	words->text = fits ? alloc_get(a, bytes, 1) : NULL;
	if (words->text) {
		char *end = words->text;

		words->head = HEAD_MAX;
		for (size_t i = 0; i < words->count; i++) {
			memcpy(end, items[i].ptr, items[i].len);
			sorted[i] = slice_of(end, items[i].len);
			end += items[i].len;
			if (items[i].len < words->head)
				words->head = items[i].len;
		}
		qsort(sorted, words->count, sizeof(*sorted), longest_first);
		fill_buckets(words, sorted);
		fill_pairs(words);
	}
	alloc_free(a, sorted);
	return words->text != NULL;
}

rpclog_status
words_new(struct words **out, const struct alloc *a, const rpclog_slice *items,
	  size_t count, bool nocase)
{
	struct words *words = alloc_zero(a, 1, sizeof(*words));
	size_t buckets = 256;

	*out = NULL;
	if (!words)
		return RPCLOG_ERR_NOMEM;
	while (buckets < count * 4 && buckets < (size_t)1 << 24)
		buckets *= 2;
	words->alloc = *a;
	words->count = count;
	words->nocase = nocase;
	words->mask = (uint32_t)(buckets - 1);
	words->items = alloc_get(a, count, sizeof(*words->items));
	words->starts = alloc_zero(a, buckets + 1, sizeof(*words->starts));
	words->pairs = alloc_zero(a, PAIRS / 8, 1);
	if (count >= UINT32_MAX || !words->items || !words->starts ||
	    !words->pairs || !take(words, items)) {
		words_free(words);
		return RPCLOG_ERR_NOMEM;
	}
	*out = words;
	return RPCLOG_OK;
}

static bool
word_at(const struct words *words, rpclog_slice word, rpclog_slice rest)
{
	return words->nocase ? slice_starts_nocase(rest, word)
			     : slice_starts(rest, word);
}

bool
words_find(const struct words *words, rpclog_slice subject, bool whole,
	   size_t *from, size_t *to)
{
	for (size_t i = *from; i + words->head <= subject.len; i++) {
		if (!may_start(words, subject.ptr + i))
			continue;

		uint32_t b = bucket_of(words, subject.ptr + i);
		rpclog_slice rest = slice_cut(subject, i, subject.len);

		for (size_t k = words->starts[b]; k < words->starts[b + 1];
		     k++) {
			rpclog_slice word = words->items[k];

			if (!word_at(words, word, rest) ||
			    (whole && !stands_alone(subject, i, i + word.len)))
				continue;
			*from = i;
			*to = i + word.len;
			return true;
		}
	}
	return false;
}

bool
words_has(const struct words *words, rpclog_slice subject)
{
	if (subject.len < words->head)
		return false;

	uint32_t b = bucket_of(words, subject.ptr);

	for (size_t k = words->starts[b]; k < words->starts[b + 1]; k++) {
		if (words->items[k].len == subject.len &&
		    word_at(words, words->items[k], subject))
			return true;
	}
	return false;
}

void
words_free(struct words *words)
{
	if (!words)
		return;

	struct alloc a = words->alloc;

	alloc_free(&a, words->text);
	alloc_free(&a, words->pairs);
	alloc_free(&a, words->starts);
	alloc_free(&a, words->items);
	alloc_free(&a, words);
}
