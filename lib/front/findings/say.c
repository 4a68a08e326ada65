/* SPDX-License-Identifier: MIT */
/* What findings say: our words, and those of logs marked as such. */

#include "inside.h"

#include <stdarg.h>
#include <stdio.h>

/* Of "2026-11-20 13:00". */
#define MINUTES_LEN 16

struct talk {
	struct findings *f;
	struct draft *d;
};

static void
put(const struct talk *t, const char *bytes, size_t len)
{
	if (!t->f->broken &&
	    buf_append(&t->d->text, &t->f->alloc, bytes, len) != RPCLOG_OK)
		t->f->broken = true;
}

static void
put_str(const struct talk *t, const char *text)
{
	put(t, text, strlen(text));
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
static void
put_log(const struct talk *t, rpclog_slice text)
{
	char escape[8];

	put(t, (const char[]){ FINDING_LOG }, 1);
	while (text.len > 0) {
		size_t len = printable(text);

		if (len > 0) {
			put(t, text.ptr, len);
		} else {
			snprintf(escape, sizeof(escape), "\\x%02X",
				 (unsigned)(unsigned char)text.ptr[0]);
			put_str(t, escape);
			len = 1;
		}
		text = slice_cut(text, len, text.len);
	}
	put(t, (const char[]){ FINDING_END }, 1);
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
			put_str(t, "NAME");
			return;
		}
	}
	put_str(t, quote);
	put(t, text.ptr, text.len);
	put_str(t, quote);
}

/* "alice" of CONTOSO\\alice. */
static rpclog_slice
account_of(const struct findings *f, uint32_t actor)
{
	rpclog_slice name = name_at(f, actor);
	size_t at = slice_rfind(name, SLICE("\\"));

	return at == SIZE_MAX ? name : slice_cut(name, at + 1, name.len);
}

static void
put_unsigned(const struct talk *t, uint64_t value)
{
	char digits[32];

	snprintf(digits, sizeof(digits), "%llu", (unsigned long long)value);
	put_str(t, digits);
}

static void
put_requests(const struct talk *t, uint64_t value)
{
	put_unsigned(t, value);
	put_str(t, value == 1 ? " request" : " requests");
}

static void
put_times(const struct talk *t, uint64_t value)
{
	if (value <= 2) {
		put_str(t, value == 1 ? "once" : value ? "twice" : "never");
		return;
	}
	put_unsigned(t, value);
	put_str(t, " times");
}

static void
put_duration(const struct talk *t, int64_t us)
{
	int64_t minutes = us / US_PER_MINUTE;
	char text[64];

	if (us < US_PER_MINUTE)
		snprintf(text, sizeof(text), "%lld seconds",
			 (long long)(us / US_PER_S));
	else if (minutes < 120)
		snprintf(text, sizeof(text), "%lld minute%s",
			 (long long)minutes, minutes == 1 ? "" : "s");
	else if (minutes < INT64_C(48) * 60)
		snprintf(text, sizeof(text), "%lld hours",
			 (long long)(minutes / 60));
	else
		snprintf(text, sizeof(text), "%lld days",
			 (long long)(minutes / 1440));
	put_str(t, text);
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
		put_str(t, "at ");
		put(t, from, MINUTES_LEN);
		return;
	}
	put_str(t, "between ");
	put(t, from, MINUTES_LEN);
	put_str(t, " and ");
	put(t, to, MINUTES_LEN);
}

/* "All 12 users", never "12 of the 12". */
static void
put_share(const struct talk *t, uint64_t part, uint64_t whole)
{
	if (part == whole && whole == 1) {
		put_str(t, "The user");
		return;
	}
	if (part == whole && whole == 2) {
		put_str(t, "Both users");
		return;
	}
	put_str(t, part == whole ? "All " : "");
	if (part != whole) {
		put_unsigned(t, part);
		put_str(t, " of the ");
	}
	put_unsigned(t, whole);
	put_str(t, " users");
}

static void
put_value(const struct talk *t, char kind, va_list *ap)
{
	int64_t from_us;
	uint64_t part;
	char moment[64];

	switch (kind) {
	case 's': put_str(t, va_arg(*ap, const char *)); break;
	case 'S': put_log(t, name_at(t->f, va_arg(*ap, uint32_t))); break;
	case 'L': put_log(t, *va_arg(*ap, const rpclog_slice *)); break;
	case 'H': put_word(t, name_at(t->f, va_arg(*ap, uint32_t)), "'"); break;
	case 'W': put_word(t, name_at(t->f, va_arg(*ap, uint32_t)), ""); break;
	case 'A':
		put_word(t, account_of(t->f, va_arg(*ap, uint32_t)), "'");
		break;
	case 'u': put_unsigned(t, va_arg(*ap, uint64_t)); break;
	case 'x': put_times(t, va_arg(*ap, uint64_t)); break;
	case 'n': put_requests(t, va_arg(*ap, uint64_t)); break;
	case 'T':
		t->f->print_time(moment, va_arg(*ap, int64_t));
		put_str(t, moment);
		break;
	case 't':
		t->f->print_time(moment, va_arg(*ap, int64_t));
		moment[10] = ' ';
		put(t, moment, MINUTES_LEN);
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
	default: put(t, &kind, 1); break;
	}
}

static void
put_format(const struct talk *t, const char *format, va_list *ap)
{
	while (*format) {
		size_t plain = strcspn(format, "%");

		put(t, format, plain);
		format += plain;
		if (*format && format[1]) {
			put_value(t, format[1], ap);
			format += 2;
		}
	}
}

/*
 * Titles of findings begin in lower case, those of classes do not.  Names do in
 * either: "Extended Protection ..".
 */
void
say_title(struct findings *f, struct draft *d, const rpclog_class *info)
{
	static const char *const articles[] = { "A ", "An ", "No ", "The " };
	const struct talk t = { f, d };
	const char *title = info->title;
	const char *next = strchr(title, ' ');
	bool lower = next && next[1] >= 'a' && next[1] <= 'z';
	char first;

	if (!d)
		return;
	for (size_t i = 0; i < ARRAY_LEN(articles); i++)
		lower |= !strncmp(title, articles[i], strlen(articles[i]));
	/* The words of the user's own classes are the user's. */
	if (!lower || !is_built_in(info))
		return;
	first = (char)ascii_lower((unsigned char)title[0]);
	d->title[0] = d->text.len;
	put(&t, &first, 1);
	put(&t, title + 1, strlen(title)); /* with its end */
	d->title[1] = d->text.len;
}

void
say_sentence(struct findings *f, struct draft *d, const char *format, ...)
{
	const struct talk t = { f, d };
	va_list ap;

	if (!d)
		return;
	d->sentence[0] = d->text.len;
	va_start(ap, format);
	put_format(&t, format, &ap);
	va_end(ap);
	d->sentence[1] = d->text.len;
}

void
say_remedy(struct findings *f, struct draft *d, const char *format, ...)
{
	const struct talk t = { f, d };
	va_list ap;

	if (!d)
		return;
	d->remedy[0] = d->text.len;
	va_start(ap, format);
	put_format(&t, format, &ap);
	va_end(ap);
	d->remedy[1] = d->text.len;
}

static void
add_line(struct findings *f, struct draft *d, enum finding_line_kind kind,
	 size_t from)
{
	if (f->broken ||
	    !alloc_grow(&f->alloc, &d->lines, &d->line_room,
			d->face.line_count + 1, sizeof(*d->lines))) {
		f->broken = true;
		return;
	}
	d->lines[d->face.line_count++] =
		(struct draft_line){ kind, from, d->text.len };
}

void
say(struct findings *f, struct draft *d, enum finding_line_kind kind,
    const char *format, ...)
{
	const struct talk t = { f, d };
	va_list ap;
	size_t from;

	if (!d)
		return;
	from = d->text.len;
	va_start(ap, format);
	put_format(&t, format, &ap);
	va_end(ap);
	add_line(f, d, kind, from);
}

void
say_check(struct findings *f, struct draft *d, const char *format, ...)
{
	const struct talk t = { f, d };
	va_list ap;
	size_t from;

	if (!d)
		return;
	from = d->text.len;
	put_str(&t, "rpclog ");
	va_start(ap, format);
	put_format(&t, format, &ap);
	va_end(ap);
	if (f->paths[0]) {
		put_str(&t, " ");
		put_str(&t, f->paths);
	}
	add_line(f, d, LINE_CHECK_COMMAND, from);
}

static int
more_requests(const struct set *set, uint32_t a, uint32_t b)
{
	if (set->count[a] != set->count[b])
		return set->count[a] > set->count[b];
	return a < b;
}

void
say_names(struct findings *f, struct draft *d, const uint32_t *names,
	  size_t count, uint64_t more)
{
	const struct talk t = { f, d };
	size_t from;

	if (!d || count == 0)
		return;
	from = d->text.len;
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			put_str(&t, ", ");
		put_log(&t, name_at(f, names[i]));
	}
	if (more > 0) {
		put_str(&t, ", and ");
		put_unsigned(&t, more);
		put_str(&t, " more");
	}
	add_line(f, d, LINE_USERS, from);
}

void
say_users(struct findings *f, struct draft *d, const struct set *users)
{
	uint32_t best[USERS_SHOWN];
	size_t count = 0;

	if (!d || !users->count || users->size == 0)
		return;
	for (uint32_t name = 0; name < f->in->name_count; name++) {
		size_t at = count;

		if (!set_has(users, name))
			continue;
		while (at > 0 && more_requests(users, name, best[at - 1])) {
			if (at < USERS_SHOWN)
				best[at] = best[at - 1];
			at--;
		}
		if (at < USERS_SHOWN)
			best[at] = name;
		count += count < USERS_SHOWN;
	}
	say_names(f, d, best, count, users->size - count);
}
