/* SPDX-License-Identifier: MIT */
/* ClientIpAddress normalised, and what it is. */
#include "ref.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

/* An address: 4 or 16 bytes, 0 if it is none. */
struct address {
	size_t len;
	unsigned char byte[16];
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static struct text
first_word(struct text cell, bool *single)
{
	size_t from = 0, to, rest;

	while (from < cell.len && is_blank(cell.ptr[from]))
		from++;
	for (to = from; to < cell.len && !is_blank(cell.ptr[to]); to++)
		continue;
	for (rest = to; rest < cell.len && is_blank(cell.ptr[rest]); rest++)
		continue;
	*single = to > from && rest == cell.len;
	return text_cut(cell, from, to);
}

/* :1 to :99999 */
static bool
is_port(struct text t)
{
	if (t.len < 2 || t.len > 6 || t.ptr[0] != ':')
		return false;
	for (size_t i = 1; i < t.len; i++)
		if (t.ptr[i] < '0' || t.ptr[i] > '9')
			return false;
	return true;
}

static bool
read4(struct text t, struct address *address)
{
	char copy[64];

	if (t.len >= sizeof copy || memchr(t.ptr, '\0', t.len))
		return false;
	snprintf(copy, sizeof copy, "%.*s", (int)t.len, t.ptr);
	address->len = 4;
	return inet_pton(AF_INET, copy, address->byte) == 1;
}

/* IPv6, its scope removed; one that is IPv4-mapped is IPv4. */
static bool
read6(struct text t, struct address *address)
{
	static const unsigned char mapped[12] = { 0, 0, 0, 0, 0,    0,
						  0, 0, 0, 0, 0xFF, 0xFF };
	char copy[64];

	t = text_cut(t, 0, text_find(t, "%", 0));
	if (t.len >= sizeof copy || memchr(t.ptr, '\0', t.len))
		return false;
	snprintf(copy, sizeof copy, "%.*s", (int)t.len, t.ptr);
	if (inet_pton(AF_INET6, copy, address->byte) != 1)
		return false;
	address->len = 16;
	if (memcmp(address->byte, mapped, 12) == 0) {
		memmove(address->byte, address->byte + 12, 4);
		address->len = 4;
	}
	return true;
}

/* A, A:port, [A], [A]:port for IPv4; B, B%scope, [B], [B]:port for IPv6 */
static struct address
read_address(struct text word)
{
	struct address address = { 0, { 0 } };
	const size_t colon = text_find(word, ":", 0);
	const size_t close = text_find(word, "]", 0);

	if (word.len == 0)
		return address;
	if (word.ptr[0] == '[') {
		const struct text inner =
			text_cut(word, 1, close < word.len ? close : 1);

		if (close + 1 < word.len &&
		    !is_port(text_cut(word, close + 1, word.len)))
			return address;
		if (inner.len == 0 ||
		    (!read4(inner, &address) && !read6(inner, &address)))
			address.len = 0;
		return address;
	}
	if (read4(word, &address) || read6(word, &address))
		return address;
	if (colon == word.len || !is_port(text_cut(word, colon, word.len)) ||
	    !read4(text_cut(word, 0, colon), &address))
		address.len = 0;
	return address;
}

/*
 * RFC 5952: lower case, no leading zeros, the first longest run of two or
 * more zero groups as ::
 */
static struct text
write6(const unsigned char *byte)
{
	unsigned group[8];
	size_t best = 8, best_len = 1, len = 0;
	char out[64];

	for (size_t i = 0; i < 8; i++)
		group[i] = (unsigned)(byte[2 * i] << 8 | byte[2 * i + 1]);
	for (size_t i = 0; i < 8; i++) {
		size_t run = 0;

		while (i + run < 8 && group[i + run] == 0)
			run++;
		if (run > best_len) {
			best = i;
			best_len = run;
		}
	}
	for (size_t i = 0; i < 8;) {
		if (i == best) {
			len += (size_t)snprintf(out + len, 8, "::");
			i += best_len;
			continue;
		}
		len += (size_t)snprintf(out + len, 8, "%s%x",
					i && i != best + best_len ? ":" : "",
					group[i]);
		i++;
	}
	return text_copy(out, len);
}

struct text
client_normal(struct text cell)
{
	bool single;
	const struct text word = first_word(cell, &single);
	const struct address a = read_address(word);
	char out[32];

	if (a.len == 16)
		return write6(a.byte);
	if (a.len == 0)
		return word;
	snprintf(out, sizeof out, "%d.%d.%d.%d", a.byte[0], a.byte[1],
		 a.byte[2], a.byte[3]);
	return text_copy(out, strlen(out));
}

static bool
is_loopback(struct address a)
{
	static const unsigned char one[16] = { [15] = 1 };

	return a.len == 4 ? a.byte[0] == 127
			  : a.len == 16 && memcmp(a.byte, one, 16) == 0;
}

static bool
is_link_local6(struct address a)
{
	return a.len == 16 && a.byte[0] == 0xFE && (a.byte[1] & 0xC0) == 0x80;
}

/* link-local, RFC 1918 or fc00::/7 */
static bool
is_private(struct address a)
{
	const unsigned char *b = a.byte;

	if (a.len == 4)
		return (b[0] == 169 && b[1] == 254) || b[0] == 10 ||
		       (b[0] == 172 && b[1] >= 16 && b[1] <= 31) ||
		       (b[0] == 192 && b[1] == 168);
	return is_link_local6(a) || (a.len == 16 && (b[0] & 0xFE) == 0xFC);
}

bool
client_is_loopback(struct text client)
{
	return is_loopback(read_address(client));
}

bool
client_is_link_local6(struct text client)
{
	return is_link_local6(read_address(client));
}

/* The cell is a single word that is loopback, link-local or private. */
bool
client_is_inside(struct text cell)
{
	bool single;
	const struct address a = read_address(first_word(cell, &single));

	return single && (is_loopback(a) || is_private(a));
}
