/* SPDX-License-Identifier: MIT */
/* ClientIpAddress: one spelling for an address, and where it is. */

#include "row.h"

#include <arpa/inet.h>
#include <stdio.h>

static rpclog_slice
first_word(rpclog_slice cell)
{
	size_t from = 0, to;

	while (from < cell.len &&
	       (cell.ptr[from] == ' ' || cell.ptr[from] == '\t'))
		from++;
	to = from;
	while (to < cell.len && cell.ptr[to] != ' ' && cell.ptr[to] != '\t')
		to++;
	return slice_cut(cell, from, to);
}

/* Dotted decimal without leading zeros, as inet_pton() reads it. */
static bool
is_ipv4(rpclog_slice text)
{
	int parts = 0;
	size_t i = 0;

	while (i < text.len) {
		size_t from = i;
		unsigned value = 0;

		while (i < text.len && i - from < 3 &&
		       ascii_digit((unsigned char)text.ptr[i]))
			value = value * 10 + (unsigned)(text.ptr[i++] - '0');
		if (i == from || value > 255 ||
		    (i - from > 1 && text.ptr[from] == '0'))
			return false;
		parts++;
		if (i == text.len)
			break;
		if (text.ptr[i++] != '.' || i == text.len)
			return false;
	}
	return parts == 4;
}

static bool
is_port(rpclog_slice text)
{
	if (text.len == 0 || text.len > 5)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (!ascii_digit((unsigned char)text.ptr[i]))
			return false;
	}
	return true;
}

static bool
parse_ipv6(rpclog_slice text, unsigned char bytes[16])
{
	char copy[INET6_ADDRSTRLEN];

	if (text.len == 0 || text.len >= sizeof(copy))
		return false;
	memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	/* A NUL inside would hide what follows it. */
	return !memchr(text.ptr, '\0', text.len) &&
	       inet_pton(AF_INET6, copy, bytes) == 1;
}

/* RFC 5952: lower case, the longest run of zero groups (two or more) as ::. */
static size_t
format_ipv6(const unsigned char bytes[16], char *out)
{
	unsigned groups[8];
	int best = -1, best_len = 1;
	size_t len = 0;

	for (int i = 0; i < 8; i++)
		groups[i] = (unsigned)bytes[2 * i] << 8 | bytes[2 * i + 1];
	for (int i = 0; i < 8; i++) {
		int run = 0;

		while (i + run < 8 && groups[i + run] == 0)
			run++;
		if (run > best_len) {
			best = i;
			best_len = run;
		}
	}
	for (int i = 0; i < 8; i++) {
		if (i == best) {
			out[len++] = ':';
			out[len++] = ':';
			i += best_len - 1;
			continue;
		}
		if (len > 0 && out[len - 1] != ':')
			out[len++] = ':';
		len += (size_t)snprintf(out + len, CLIENT_ROOM - len, "%x",
					groups[i]);
	}
	return len;
}

/* Text between brackets, or up to a port; scope cut off. */
static rpclog_slice
address_of(rpclog_slice word)
{
	rpclog_slice text = word;

	if (text.len > 0 && text.ptr[0] == '[') {
		const char *end = memchr(text.ptr, ']', text.len);
		size_t len = end ? (size_t)(end - text.ptr) : 0;

		/* After the bracket nothing, or a port. */
		if (!end || (len + 1 < word.len &&
			     (word.ptr[len + 1] != ':' ||
			      !is_port(slice_cut(word, len + 2, word.len)))))
			return word;
		text = slice_cut(text, 1, len);
	} else {
		const char *colon = memchr(text.ptr, ':', text.len);
		size_t at = colon ? (size_t)(colon - text.ptr) : 0;

		if (colon && is_ipv4(slice_cut(text, 0, at)) &&
		    is_port(slice_cut(text, at + 1, text.len)))
			return slice_cut(text, 0, at);
	}

	const char *scope = text.len ? memchr(text.ptr, '%', text.len) : NULL;

	if (scope)
		text.len = (size_t)(scope - text.ptr);
	return text;
}

rpclog_slice
client_normalise(rpclog_slice cell, char *out)
{
	static const unsigned char mapped[12] = { 0, 0, 0, 0, 0,    0,
						  0, 0, 0, 0, 0xff, 0xff };
	unsigned char bytes[16];
	rpclog_slice word = first_word(cell);

	if (word.len == 0 || is_ipv4(word))
		return word;

	rpclog_slice text = address_of(word);

	if (is_ipv4(text))
		return text;
	if (!parse_ipv6(text, bytes))
		return word;
	if (!memcmp(bytes, mapped, sizeof(mapped)))
		return slice_of(out, (size_t)snprintf(out, CLIENT_ROOM,
						      "%u.%u.%u.%u", bytes[12],
						      bytes[13], bytes[14],
						      bytes[15]));
	return slice_of(out, format_ipv6(bytes, out));
}

static rpclog_slice
scope_of_ipv4(const unsigned char b[4])
{
	if (b[0] == 127)
		return SLICE("loopback");
	if (b[0] == 169 && b[1] == 254)
		return SLICE("link-local-4");
	if (b[0] == 10 || (b[0] == 172 && (b[1] & 0xf0) == 16) ||
	    (b[0] == 192 && b[1] == 168))
		return SLICE("private");
	return SLICE("public");
}

rpclog_slice
client_scope(rpclog_slice client)
{
	static const unsigned char loopback[16] = { [15] = 1 };
	unsigned char bytes[16];

	if (is_ipv4(client)) {
		char copy[INET_ADDRSTRLEN];

		memcpy(copy, client.ptr, client.len);
		copy[client.len] = '\0';
		if (inet_pton(AF_INET, copy, bytes) == 1)
			return scope_of_ipv4(bytes);
	}
	if (!parse_ipv6(client, bytes))
		return slice_of("", 0);
	if (!memcmp(bytes, loopback, sizeof(bytes)))
		return SLICE("loopback");
	if (bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80)
		return SLICE("link-local-6");
	if ((bytes[0] & 0xfe) == 0xfc)
		return SLICE("private");
	return SLICE("public");
}
