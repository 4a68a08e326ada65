/* SPDX-License-Identifier: MIT */
/* Values of a row that are no columns, worked out once, on demand. */

#include "row.h"

#define NOTHING slice_of("", 0)

static size_t
find_byte(rpclog_slice s, char c)
{
	const char *hit = s.len ? memchr(s.ptr, c, s.len) : NULL;

	return hit ? (size_t)(hit - s.ptr) : SIZE_MAX;
}

#define BYTES(c) ((c)*UINT64_C(0x0101010101010101))

/* Is any of eight bytes an ASCII capital?  Sums stay within their bytes. */
static bool
has_capital(uint64_t word)
{
	uint64_t low = word & BYTES(0x7f);
	uint64_t from_a = low + BYTES(0x80 - 'A');
	uint64_t behind_z = low + BYTES(0x80 - 'Z' - 1);

	return ((from_a ^ behind_z) & ~word & BYTES(0x80)) != 0;
}

static bool
is_lower(rpclog_slice s)
{
	uint64_t word;
	size_t i = 0;

	for (; s.len - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, s.ptr + i, sizeof(word));
		if (has_capital(word))
			return false;
	}
	for (; i < s.len; i++) {
		if ((unsigned char)(s.ptr[i] - 'A') < 26)
			return false;
	}
	return true;
}

/* 's' in lower case: 's' itself if it is so already, else in the scratch. */
static rpclog_slice
lowered(struct rpclog_row *row, rpclog_slice s)
{
	if (is_lower(s))
		return s;

	char *out = row->scratch + row->scratch_used;

	for (size_t i = 0; i < s.len; i++)
		out[i] = (char)ascii_lower((unsigned char)s.ptr[i]);
	row->scratch_used += s.len;
	return slice_of(out, s.len);
}

/* 8-4-4-4-12 hexadecimal digits; every byte is looked at, none branched on. */
static bool
is_guid(const char *p)
{
	static const bool hex[256] = {
		['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true,
		['4'] = true, ['5'] = true, ['6'] = true, ['7'] = true,
		['8'] = true, ['9'] = true, ['a'] = true, ['b'] = true,
		['c'] = true, ['d'] = true, ['e'] = true, ['f'] = true,
		['A'] = true, ['B'] = true, ['C'] = true, ['D'] = true,
		['E'] = true, ['F'] = true,
	};
	static const unsigned char groups[] = { 8, 4, 4, 4, 12 };
	bool good = p[8] == '-' && p[13] == '-' && p[18] == '-' && p[23] == '-';

	for (size_t group = 0; group < sizeof(groups); group++) {
		for (size_t i = 0; i < groups[group]; i++)
			good &= hex[(unsigned char)*p++];
		p++;
	}
	return good;
}

/* ?<guid>@<domain> or ?MailboxId=<guid>@<domain> at the head of UrlQuery. */
rpclog_slice
mailbox_of(rpclog_slice query)
{
	rpclog_slice key = SLICE("?MailboxId=");
	size_t from = slice_starts_nocase(query, key) ? key.len : 1;
	size_t end = from + 37;

	if (query.len <= end || query.ptr[0] != '?' ||
	    !is_guid(query.ptr + from) || query.ptr[from + 36] != '@')
		return NOTHING;
	while (end < query.len && !memchr(":&/? \t", query.ptr[end], 6))
		end++;
	return end > from + 37 ? slice_cut(query, from, end) : NOTHING;
}

rpclog_slice
account_of(rpclog_slice user)
{
	size_t domain = find_byte(user, '\\');

	/* No account holds a backslash: the first ends the domain. */
	if (domain != SIZE_MAX)
		return slice_cut(user, domain + 1, user.len);

	size_t at = find_byte(user, '@');

	return at == SIZE_MAX ? user : slice_cut(user, 0, at);
}

/* The value of the last 'key' in GenericErrors, up to a ';' or a blank. */
static rpclog_slice
last_value(rpclog_slice errors, rpclog_slice key)
{
	size_t at = slice_rfind(errors, key);

	if (at == SIZE_MAX)
		return NOTHING;

	rpclog_slice value = slice_cut(errors, at + key.len, errors.len);
	size_t end = find_byte(value, ';');

	if (end != SIZE_MAX)
		value.len = end;
	value = slice_trim(value);
	end = find_byte(value, ' ');
	return end == SIZE_MAX ? value : slice_cut(value, 0, end);
}

/* Length of the quote that 's' starts with: ' or \u0027; else 0. */
static size_t
quote_len(rpclog_slice s)
{
	if (s.len > 0 && s.ptr[0] == '\'')
		return 1;
	return slice_starts(s, SLICE("\\u0027")) ? 6 : 0;
}

/* with status 'S' in 'text', the last of them. */
static rpclog_slice
status_in(rpclog_slice text)
{
	rpclog_slice key = SLICE("with status ");
	size_t at = slice_rfind(text, key);

	if (at == SIZE_MAX)
		return NOTHING;

	rpclog_slice word = slice_cut(text, at + key.len, text.len);
	size_t quote = quote_len(word);

	if (quote == 0)
		return NOTHING;
	word = slice_cut(word, quote, word.len);
	for (size_t i = 0; i < word.len; i++) {
		if (quote_len(slice_cut(word, i, word.len)) > 0)
			return slice_cut(word, 0, i);
	}
	/* The writer's limit cut the text: the word may be half of one. */
	return NOTHING;
}

/*
 * The last status that a NegotiateSecurityContext text names.  A text ends at
 * the ';' of its pair: its host name is the client's to choose, what follows
 * the pair is not part of it.
 */
static rpclog_slice
security_status(rpclog_slice errors)
{
	rpclog_slice key = SLICE("NegotiateSecurityContext");
	rpclog_slice found = NOTHING;
	size_t from = 0;

	for (;;) {
		rpclog_slice rest = slice_cut(errors, from, errors.len);
		size_t at = slice_find(rest, key);

		if (at == SIZE_MAX)
			return found;
		from += at + key.len;
		rest = slice_cut(errors, from, errors.len);

		size_t next = slice_find(rest, key);

		/* Cut before looking on: each byte is passed twice at most. */
		if (next != SIZE_MAX)
			rest.len = next;

		size_t end = find_byte(rest, ';');

		if (end != SIZE_MAX)
			rest.len = end;

		rpclog_slice status = status_in(rest);

		if (status.len > 0)
			found = status;
	}
}

/* Digits and dots at the head of 's', at most 'dots' dots. */
static size_t
version_len(rpclog_slice s, int dots)
{
	size_t i = 0;

	for (; i < s.len; i++) {
		if (s.ptr[i] == '.' && i > 0 && dots > 0)
			dots--;
		else if (!ascii_digit((unsigned char)s.ptr[i]))
			break;
	}
	while (i > 0 && s.ptr[i - 1] == '.')
		i--;
	return i;
}

/* "Outlook 16.0" out of an Outlook agent, else the first product's name. */
static rpclog_slice
software_of(rpclog_slice agent)
{
	rpclog_slice key = SLICE("Microsoft Outlook ");
	size_t at = slice_find(agent, key);

	if (at != SIZE_MAX) {
		rpclog_slice from_name = slice_cut(
			agent, at + SLICE("Microsoft ").len, agent.len);
		size_t name = SLICE("Outlook ").len;
		size_t len = version_len(
			slice_cut(from_name, name, from_name.len), 1);

		return slice_cut(from_name, 0, len ? name + len : name - 1);
	}
	if (agent.len > 0 && agent.ptr[0] == '"')
		agent = slice_cut(agent, 1, agent.len);
	for (size_t i = 0; i < agent.len; i++) {
		if (memchr("/(;\"", agent.ptr[i], 4))
			return slice_trim(slice_cut(agent, 0, i));
	}
	return slice_trim(agent);
}

static rpclog_slice
windows_of(rpclog_slice agent)
{
	rpclog_slice key = SLICE("Windows NT ");
	size_t at = slice_find(agent, key);

	if (at == SIZE_MAX)
		return NOTHING;

	rpclog_slice rest = slice_cut(agent, at + key.len, agent.len);

	return slice_cut(rest, 0, version_len(rest, 1));
}

static rpclog_slice
normalised_client(struct rpclog_row *row)
{
	char *room = row->scratch + row->scratch_used;
	rpclog_slice client =
		client_normalise(row_known(row, RPCLOG_CLIENT_IP), room);

	if (client.ptr == room)
		row->scratch_used += client.len;
	return client;
}

static rpclog_slice
work_out(struct rpclog_row *row, rpclog_derived which)
{
	rpclog_slice errors = row_known(row, RPCLOG_GENERIC_ERRORS);

	switch (which) {
	case RPCLOG_D_CLIENT: return normalised_client(row);
	case RPCLOG_D_MAILBOX:
		return lowered(row,
			       mailbox_of(row_known(row, RPCLOG_URL_QUERY)));
	case RPCLOG_D_TARGET:
		return lowered(row, row_known(row, RPCLOG_TARGET_SERVER));
	case RPCLOG_D_LEGACY:
		return row_is_legacy(row, NULL) ? SLICE("yes") : SLICE("no");
	case RPCLOG_D_ACCOUNT:
		return account_of(row_known(row, RPCLOG_AUTHENTICATED_USER));
	case RPCLOG_D_SCHEME: {
		rpclog_slice type = row_known(row, RPCLOG_AUTHENTICATION_TYPE);
		size_t end = find_byte(type, ';');

		return end == SIZE_MAX ? type : slice_cut(type, 0, end);
	}
	case RPCLOG_D_RESPONSE_STATUS:
		return last_value(errors, SLICE("ResponseStatusCode="));
	case RPCLOG_D_WEB_STATUS:
		return last_value(errors, SLICE("WebExceptionStatus="));
	case RPCLOG_D_SECURITY_STATUS: return security_status(errors);
	case RPCLOG_D_SOFTWARE:
		return software_of(row_known(row, RPCLOG_USER_AGENT));
	case RPCLOG_D_WINDOWS:
		return windows_of(row_known(row, RPCLOG_USER_AGENT));
	case RPCLOG_D_CLIENT_SCOPE:
		return client_scope(row_derived(row, RPCLOG_D_CLIENT));
	case RPCLOG_D_RPC_HALF: return channel_half(row);
	case RPCLOG_D_RPC_LIFE: return channel_life(row);
	case RPCLOG_D_RPC_END: return channel_end(row);
	}
	return NOTHING;
}

rpclog_slice
row_derived(const struct rpclog_row *row, rpclog_derived which)
{
	uint32_t bit = UINT32_C(1) << which;

	if (!(row->have & bit)) {
		/* A cache inside a row that its parser owns. */
		struct rpclog_row *mine = (struct rpclog_row *)row;

		mine->derived[which] = work_out(mine, which);
		mine->have |= bit;
	}
	return row->derived[which];
}

rpclog_slice
rpclog_row_derived(const rpclog_row *row, rpclog_derived which)
{
	if (!row || (unsigned)which > RPCLOG_D_RPC_END)
		return NOTHING;
	return row_derived(row, which);
}
