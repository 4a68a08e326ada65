/* SPDX-License-Identifier: MIT */
/* Addresses of a message: which are taken, and how they are put. */

#include <stdio.h>
#include <string.h>

#include "mime_fold.h"
#include "page.h"
#include "text.h"

#define LOCAL_LEN  64
#define DOMAIN_LEN 253
#define NAME_LEN   256
/* With the brackets, the comma, and the NUL. */
#define SPEC_LEN (LOCAL_LEN + DOMAIN_LEN + 5)

/* An address taken apart. */
struct address {
	rpclog_slice name; /* may be empty */
	rpclog_slice local, domain;
};

static bool
is_local(rpclog_slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.ptr[i];

		if (c == '.') {
			if (i == 0 || i + 1 == text.len ||
			    text.ptr[i - 1] == '.')
				return false;
		} else if (!mime_is_alnum(c) &&
			   (!c || !strchr("!#$%&'*+-/=?^_`{|}~", c))) {
			return false;
		}
	}
	return text.len > 0 && text.len <= LOCAL_LEN;
}

static bool
is_domain(rpclog_slice text)
{
	size_t label = 0;

	for (size_t i = 0; i < text.len; i++) {
		const char c = text.ptr[i];
		const char next = i + 1 < text.len ? text.ptr[i + 1] : '.';

		if (c == '.' && label > 0)
			label = 0;
		else if (mime_is_alnum(c) || (c == '-' && label && next != '.'))
			label++;
		else
			return false;
		if (label > 63)
			return false;
	}
	return label > 0 && text.len <= DOMAIN_LEN;
}

/* UTF-8 without control bytes, and short enough to be a name. */
static bool
is_name(rpclog_slice text)
{
	if (text.len > NAME_LEN)
		return false;
	while (text.len) {
		uint32_t code;
		size_t len;

		if (text_next(text, &len, &code) != TEXT_PLAIN)
			return false;
		/* Two names, or an address too many. */
		if (code == '<' || code == '>' || code == '@')
			return false;
		text.ptr += len;
		text.len -= len;
	}
	return true;
}

static rpclog_slice
trimmed(rpclog_slice text)
{
	while (text.len && text.ptr[0] == ' ') {
		text.ptr++;
		text.len--;
	}
	while (text.len && text.ptr[text.len - 1] == ' ')
		text.len--;
	if (text.len >= 2 && text.ptr[0] == '"' &&
	    text.ptr[text.len - 1] == '"')
		text = (rpclog_slice){ text.ptr + 1, text.len - 2 };
	return text;
}

static bool
take_address(const char *text, struct address *address)
{
	rpclog_slice spec = { text, strlen(text) };
	const char *open = strchr(text, '<'), *at;

	address->name = (rpclog_slice){ text, 0 };
	if (open) {
		if (text[spec.len - 1] != '>')
			return false;
		address->name.len = (size_t)(open - text);
		spec = (rpclog_slice){ open + 1,
				       spec.len - address->name.len - 2 };
		address->name = trimmed(address->name);
	}
	at = memchr(spec.ptr, '@', spec.len);
	if (!at)
		return false;
	address->local = (rpclog_slice){ spec.ptr, (size_t)(at - spec.ptr) };
	address->domain =
		(rpclog_slice){ at + 1, spec.len - 1 - address->local.len };
	return is_name(address->name) && is_local(address->local) &&
	       is_domain(address->domain);
}

bool
mail_address_valid(const char *text)
{
	struct address address;

	return take_address(text, &address);
}

rpclog_slice
mime_address_domain(const char *text)
{
	struct address address;

	if (!take_address(text, &address))
		return (rpclog_slice){ NULL, 0 };
	return address.domain;
}

/* 'more': another one follows. */
static void
put_address(struct fold *fold, const struct address *address, bool more)
{
	char spec[SPEC_LEN];
	const bool named = address->name.len > 0;
	int len;

	if (named)
		fold_text(fold, address->name, "-_");
	len = snprintf(spec, sizeof(spec), "%s%.*s@%.*s%s%s", named ? "<" : "",
		       (int)address->local.len, address->local.ptr,
		       (int)address->domain.len, address->domain.ptr,
		       named ? ">" : "", more ? "," : "");
	fold_put(fold, spec, (size_t)len);
}

void
mime_addresses(const struct mime *mime, const char *name,
	       const char *const *addresses, size_t count)
{
	struct fold fold;

	fold_begin(&fold, mime, name);
	for (size_t i = 0; i < count; i++) {
		struct address address;

		if (take_address(addresses[i], &address))
			put_address(&fold, &address, i + 1 < count);
	}
	fold_end(&fold);
}
