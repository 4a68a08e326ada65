/* SPDX-License-Identifier: MIT */
/* Is this the entry that was asked for? */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "explain.h"
#include "pattern.h"

#define DIGITS "0123456789"

/* A whole word that is a number of 32 bits, with or without a sign. */
static int
number_of(const char *text, size_t len, uint32_t *number)
{
	char digits[16];
	char *end;
	const size_t negative = len > 0 && text[0] == '-';
	const int hex = len > 2 && text[0] == '0' && (text[1] | 32) == 'x';
	long long value;

	if (len >= sizeof(digits) || len <= negative)
		return 0;
	memcpy(digits, text, len);
	digits[len] = '\0';
	/* strtoll() takes blanks and further signs, people do not. */
	if (!hex && digits[negative + strspn(digits + negative, DIGITS)])
		return 0;
	value = strtoll(digits, &end, hex ? 16 : 10);
	if (*end || value < INT32_MIN || value > UINT32_MAX)
		return 0;
	*number = (uint32_t)value;
	return 1;
}

static int
is_word(const char *word, size_t len, const char *asked)
{
	const rpclog_slice text = { word, len };
	const rpclog_slice glob = { asked, strlen(asked) };
	uint32_t one, other;

	if (strpbrk(asked, "*?["))
		return glob_match(glob, text);
	if (glob.len == len && strncasecmp(word, asked, len) == 0)
		return 1;
	return number_of(word, len, &one) &&
	       number_of(asked, glob.len, &other) && one == other;
}

int
explain_is(const char *name, const char *asked)
{
	return is_word(name, strlen(name), asked);
}

int
explain_is_entry(const struct explained *entry, const char *asked)
{
	const char *word = entry->also ? entry->also : "";
	size_t len;

	if (explain_is(entry->name, asked))
		return 1;
	for (; *word; word += len + (word[len] == ' ')) {
		len = strcspn(word, " ");
		if (is_word(word, len, asked))
			return 1;
	}
	return 0;
}

int
explain_is_number(const char *asked)
{
	uint32_t number;

	return number_of(asked, strlen(asked), &number);
}

int
explain_split_status(const char *asked, char status[EXPLAIN_STATUS_SIZE],
		     char win32[EXPLAIN_STATUS_SIZE])
{
	const size_t first = strspn(asked, DIGITS);
	const char *sub = asked + first + (asked[first] != '\0');
	const size_t second = strspn(sub, DIGITS);
	const char *third = sub + second + (sub[second] != '\0');

	if (first != 3 || !strchr("./ ", asked[first]))
		return 0;
	/* 401/1326: who has no substatus at hand. */
	if (asked[first] == '/' && explain_is_number(sub)) {
		snprintf(status, EXPLAIN_STATUS_SIZE, "%.3s", asked);
		snprintf(win32, EXPLAIN_STATUS_SIZE, "%s", sub);
		return 1;
	}
	if (second < 1 || second > 3 || !strchr("./ ", sub[second]) ||
	    !explain_is_number(third))
		return 0;
	snprintf(status, EXPLAIN_STATUS_SIZE, "%.3s.%.*s", asked, (int)second,
		 sub);
	snprintf(win32, EXPLAIN_STATUS_SIZE, "%s", third);
	return 1;
}
