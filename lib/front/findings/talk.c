/* SPDX-License-Identifier: MIT */
/* Words of findings, one after the other: see talk.h. */

#include "talk.h"

#include <stdio.h>

/* Of "2026-11-20 13:00". */
#define MINUTES_LEN 16

void
talk_put(const struct talk *t, const char *bytes, size_t len)
{
	if (!t->f->broken &&
	    buf_append(&t->d->text, &t->f->alloc, bytes, len) != RPCLOG_OK)
		t->f->broken = true;
}

void
talk_str(const struct talk *t, const char *text)
{
	talk_put(t, text, strlen(text));
}

/* Length of the printable UTF-8 character at the head of 'text', or 0. */
static size_t
printable(rpclog_slice text)
{
	const unsigned char *p = (const unsigned char *)text.ptr;
	size_t len = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	uint32_t code = p[0] & (0xffu >> (len == 1 ? 1 : len + 1));

	if (p[0] < 0x20 || p[0] == 0x7f || (p[0] >= 0x80 && p[0] < 0xc2) ||
	    p[0] > 0xf4 || len > text.len)
		return 0;
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (p[i] & 0x3f);
	}
	if ((len == 2 && code < 0xa0) || (len == 3 && code < 0x800) ||
	    (len == 4 && (code < 0x10000 || code > 0x10ffff)) ||
	    (code >= 0xd800 && code < 0xe000))
		return 0;
	return len;
}

/* Text of a log, between its marks. */
void
talk_log(const struct talk *t, rpclog_slice text)
{
	char escape[8];

	talk_put(t, (const char[]){ FINDING_LOG }, 1);
	while (text.len > 0) {
		size_t len = printable(text);

		if (len > 0) {
			talk_put(t, text.ptr, len);
		} else {
			snprintf(escape, sizeof(escape), "\\x%02X",
				 (unsigned)(unsigned char)text.ptr[0]);
			talk_str(t, escape);
			len = 1;
		}
		text = slice_cut(text, len, text.len);
	}
	talk_put(t, (const char[]){ FINDING_END }, 1);
}

/*
 * A name in a command, in quotes unless it stands within some: nothing of a log
 * may be run.
 */
static void
put_word(const struct talk *t, rpclog_slice text, const char *quote)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		unsigned char low = ascii_lower(c);
		bool harmless = ascii_digit(c) || (low >= 'a' && low <= 'z') ||
				(c && strchr("._-@:$\\", c));

		if (!harmless || (i == 0 && c == '-')) {
			t->d->placeholder = true;
			talk_str(t, "NAME");
			return;
		}
	}
	talk_str(t, quote);
	talk_put(t, text.ptr, text.len);
	talk_str(t, quote);
}

/* "alice" of CONTOSO\\alice. */
static rpclog_slice
account_of(const struct findings *f, uint32_t actor)
{
	rpclog_slice name = name_at(f, actor);
	size_t at = slice_rfind(name, SLICE("\\"));

	return at == SIZE_MAX ? name : slice_cut(name, at + 1, name.len);
}

/* Texts of rules have two blanks between sentences, ours have one. */
static void
put_words(const struct talk *t, const char *text)
{
	for (; *text; text++) {
		if (text[0] != ' ' || text[1] != ' ')
			talk_put(t, text, 1);
	}
}

void
talk_number(const struct talk *t, uint64_t value)
{
	char digits[32];

	snprintf(digits, sizeof(digits), "%llu", (unsigned long long)value);
	talk_str(t, digits);
}

static void
put_requests(const struct talk *t, uint64_t value)
{
	talk_number(t, value);
	talk_str(t, value == 1 ? " request" : " requests");
}

static void
put_times(const struct talk *t, uint64_t value)
{
	if (value <= 2) {
		talk_str(t, value == 1 ? "once" : value ? "twice" : "never");
		return;
	}
	talk_number(t, value);
	talk_str(t, " times");
}

static void
put_duration(const struct talk *t, int64_t us)
{
	int64_t minutes = us / US_PER_MINUTE;
	char text[64];

	if (us < US_PER_MINUTE)
		snprintf(text, sizeof(text), "%lld second%s",
			 (long long)(us / US_PER_S),
			 us / US_PER_S == 1 ? "" : "s");
	else if (minutes < 120)
		snprintf(text, sizeof(text), "%lld minute%s",
			 (long long)minutes, minutes == 1 ? "" : "s");
	else if (minutes < INT64_C(48) * 60)
		snprintf(text, sizeof(text), "%lld hours",
			 (long long)(minutes / 60));
	else
		snprintf(text, sizeof(text), "%lld days",
			 (long long)(minutes / 1440));
	talk_str(t, text);
}

/* Of two minutes that are one, only the one. */
static void
put_between(const struct talk *t, int64_t from_us, int64_t to_us)
{
	char from[64], to[64];

	t->f->print_time(from, from_us);
	t->f->print_time(to, to_us);
	from[10] = to[10] = ' ';
	if (memcmp(from, to, MINUTES_LEN) == 0) {
		talk_str(t, "at ");
		talk_put(t, from, MINUTES_LEN);
		return;
	}
	talk_str(t, "between ");
	talk_put(t, from, MINUTES_LEN);
	talk_str(t, " and ");
	talk_put(t, to, MINUTES_LEN);
}

/* "All 12 users", never "12 of the 12". */
static void
put_share(const struct talk *t, uint64_t part, uint64_t whole)
{
	if (part == whole && whole == 1) {
		talk_str(t, "The user");
		return;
	}
	if (part == whole && whole == 2) {
		talk_str(t, "Both users");
		return;
	}
	talk_str(t, part == whole ? "All " : "");
	if (part != whole) {
		talk_number(t, part);
		talk_str(t, " of the ");
	}
	talk_number(t, whole);
	talk_str(t, " users");
}

static void
put_value(const struct talk *t, char kind, va_list *ap)
{
	int64_t from_us;
	uint64_t part;
	char moment[64];

	switch (kind) {
	case 'w': put_words(t, va_arg(*ap, const char *)); break;
	case 's': talk_str(t, va_arg(*ap, const char *)); break;
	case 'S': talk_log(t, name_at(t->f, va_arg(*ap, uint32_t))); break;
	case 'L': talk_log(t, *va_arg(*ap, const rpclog_slice *)); break;
	case 'H': put_word(t, name_at(t->f, va_arg(*ap, uint32_t)), "'"); break;
	case 'W': put_word(t, name_at(t->f, va_arg(*ap, uint32_t)), ""); break;
	case 'A':
		put_word(t, account_of(t->f, va_arg(*ap, uint32_t)), "'");
		break;
	case 'u': talk_number(t, va_arg(*ap, uint64_t)); break;
	case 'x': put_times(t, va_arg(*ap, uint64_t)); break;
	case 'n': put_requests(t, va_arg(*ap, uint64_t)); break;
	case 'T':
		t->f->print_time(moment, va_arg(*ap, int64_t));
		talk_str(t, moment);
		break;
	case 't':
		t->f->print_time(moment, va_arg(*ap, int64_t));
		moment[10] = ' ';
		talk_put(t, moment, MINUTES_LEN);
		break;
	case 'B':
		from_us = va_arg(*ap, int64_t);
		put_between(t, from_us, va_arg(*ap, int64_t));
		break;
	case 'P':
		part = va_arg(*ap, uint64_t);
		put_share(t, part, va_arg(*ap, uint64_t));
		break;
	case 'D': put_duration(t, va_arg(*ap, int64_t)); break;
	default: talk_put(t, &kind, 1); break;
	}
}

void
talk_format(const struct talk *t, const char *format, va_list *ap)
{
	while (*format) {
		size_t plain = strcspn(format, "%");

		talk_put(t, format, plain);
		format += plain;
		if (!*format || !format[1])
			break;
		put_value(t, format[1], ap);
		format += 2;
	}
}
