/* SPDX-License-Identifier: MIT */
/* Texts: byte strings with a length, and the memory that holds them. */
#include "ref.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct block {
	struct block *next;
};

static struct block *blocks;

void *
ref_alloc(size_t size)
{
	struct block *block = calloc(1, sizeof *block + size + 16);

	if (!block) {
		fputs("reference: out of memory\n", stderr);
		exit(2);
	}
	block->next = blocks;
	blocks = block;
	return block + 1;
}

void
ref_free_all(void)
{
	while (blocks) {
		struct block *next = blocks->next;

		free(blocks);
		blocks = next;
	}
}

struct text
text_of(const char *string)
{
	return (struct text){ string, strlen(string) };
}

struct text
text_copy(const char *ptr, size_t len)
{
	char *copy = ref_alloc(len + 1);

	if (len)
		memcpy(copy, ptr, len);
	return (struct text){ copy, len };
}

struct text
text_join(const char *before, struct text after)
{
	size_t len = strlen(before);
	char *joined = ref_alloc(len + after.len + 1);

	memcpy(joined, before, len);
	if (after.len)
		memcpy(joined + len, after.ptr, after.len);
	return (struct text){ joined, len + after.len };
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

struct text
text_lower(struct text t)
{
	char *folded = ref_alloc(t.len + 1);

	for (size_t i = 0; i < t.len; i++)
		folded[i] = lower(t.ptr[i]);
	return (struct text){ folded, t.len };
}

struct text
text_cut(struct text t, size_t from, size_t to)
{
	return (struct text){ t.len ? t.ptr + from : t.ptr, to - from };
}

int
text_compare(struct text a, struct text b)
{
	const size_t shorter = a.len < b.len ? a.len : b.len;
	const int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;

	if (order)
		return order;
	return a.len < b.len ? -1 : a.len > b.len;
}

bool
text_is(struct text t, const char *string)
{
	return text_compare(t, text_of(string)) == 0;
}

bool
text_starts(struct text t, const char *string)
{
	const size_t len = strlen(string);

	return t.len >= len && memcmp(t.ptr, string, len) == 0;
}

bool
text_starts_nocase(struct text t, const char *string)
{
	const size_t len = strlen(string);

	if (t.len < len)
		return false;
	for (size_t i = 0; i < len; i++)
		if (lower(t.ptr[i]) != lower(string[i]))
			return false;
	return true;
}

bool
text_is_nocase(struct text t, const char *string)
{
	return t.len == strlen(string) && text_starts_nocase(t, string);
}

/* words: separated by single spaces; an empty text is none of them */
bool
text_is_one_of(struct text t, const char *words)
{
	while (*words) {
		const size_t len = strcspn(words, " ");

		if (t.len == len && memcmp(t.ptr, words, len) == 0)
			return true;
		words += len;
		words += strspn(words, " ");
	}
	return false;
}

/* t.len if the string does not occur at from or later */
size_t
text_find(struct text t, const char *string, size_t from)
{
	const char *hit = from < t.len ? memmem(t.ptr + from, t.len - from,
						string, strlen(string))
				       : NULL;

	return hit ? (size_t)(hit - t.ptr) : t.len;
}

bool
text_has(struct text t, const char *string)
{
	return text_find(t, string, 0) < t.len;
}

bool
text_has_nocase(struct text t, const char *string)
{
	for (size_t i = 0; i < t.len; i++)
		if (text_starts_nocase(text_cut(t, i, t.len), string))
			return true;
	return false;
}

/* list: A,B,C in any case */
bool
text_in_list(struct text t, struct text list)
{
	size_t from = 0;

	while (from < list.len) {
		const size_t to = text_find(list, ",", from);
		const struct text item = text_lower(text_cut(list, from, to));

		if (t.len && text_compare(text_lower(t), item) == 0)
			return true;
		from = to + 1;
	}
	return false;
}

/* How many bytes the valid UTF-8 sequence at the head of t has, 0 if none. */
static size_t
utf8_length(struct text t)
{
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)t.ptr;
	const size_t n = p[0] < 0x80   ? 1
			 : p[0] < 0xC0 ? 0
			 : p[0] < 0xE0 ? 2
			 : p[0] < 0xF0 ? 3
			 : p[0] < 0xF8 ? 4
				       : 0;
	uint32_t code = n < 2 ? p[0] : p[0] & (0x7Fu >> n);

	if (n == 0 || n > t.len)
		return 0;
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		code = code << 6 | (p[i] & 0x3Fu);
	}
	if (code < least[n] || code > 0x10FFFF)
		return 0;
	return code >= 0xD800 && code <= 0xDFFF ? 0 : n;
}

/* tsv: control bytes and invalid UTF-8 as \xNN, everything else raw */
void
text_print(struct text t)
{
	for (size_t i = 0; i < t.len;) {
		const unsigned char c = (unsigned char)t.ptr[i];
		const size_t n = utf8_length(text_cut(t, i, t.len));

		if (n == 0 || c < 0x20 || c == 0x7F) {
			printf("\\x%02X", c);
			i++;
		} else {
			fwrite(t.ptr + i, 1, n, stdout);
			i += n;
		}
	}
}
