/* SPDX-License-Identifier: MIT */
/* What findings say: our words, and those of logs marked as such. */

#include "talk.h"

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
	talk_put(&t, &first, 1);
	talk_put(&t, title + 1, strlen(title)); /* with its end */
	d->title[1] = d->text.len;
}

/* A text of its own, from place[0] to place[1]. */
static void
put_part(struct findings *f, struct draft *d, size_t place[2],
	 const char *format, va_list *ap)
{
	const struct talk t = { f, d };

	place[0] = d->text.len;
	talk_format(&t, format, ap);
	place[1] = d->text.len;
}

void
say_sentence(struct findings *f, struct draft *d, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	if (d)
		put_part(f, d, d->sentence, format, &ap);
	va_end(ap);
}

void
say_remedy(struct findings *f, struct draft *d, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	if (d)
		put_part(f, d, d->remedy, format, &ap);
	va_end(ap);
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
	talk_format(&t, format, &ap);
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
	talk_str(&t, "rpclog ");
	va_start(ap, format);
	talk_format(&t, format, &ap);
	va_end(ap);
	if (f->paths[0]) {
		talk_str(&t, " ");
		talk_str(&t, f->paths);
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
			talk_str(&t, ", ");
		talk_log(&t, name_at(f, names[i]));
	}
	if (more > 0) {
		talk_str(&t, ", and ");
		talk_number(&t, more);
		talk_str(&t, " more");
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
