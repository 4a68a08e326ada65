/* SPDX-License-Identifier: MIT */
/* Since when: what was seen first, what is new, and what is gone. */

#include <stdlib.h>
#include <string.h>

#include "inside.h"

/* ---- first of all -----------------------------------------------------------
 */

static void
note_ever(int64_t *ever_us, int64_t us)
{
	if (us < *ever_us)
		*ever_us = us;
}

/* What only later days have is not of this report. */
static void
take_firsts(struct report_inside *in)
{
	struct report *r = in->report;
	const struct report_sums *now = &r->sums[SPAN_NOW];
	struct statement *st = db_prepare(
		in->db, "SELECT class, target, min(first_us) FROM popup_hour "
			"WHERE first_us < ? GROUP BY class, target");
	size_t room = 0;

	bind_int(st, 1, now->until_us);
	while (statement_step(st)) {
		struct report_class *c = class_at(in, column_int(st, 0));
		struct report_machine *m = target_at(in, column_int(st, 1));
		struct report_first *f;

		r->firsts = xgrow(r->firsts, r->first_count, &room,
				  sizeof(*r->firsts));
		f = &r->firsts[r->first_count++];
		f->us = column_int(st, 2);
		f->class_name = c->name;
		f->target = m->name;
		f->inside = f->us >= now->since_us;
		note_ever(&c->ever_us, f->us);
		note_ever(&m->ever_us, f->us);
	}
	statement_free(st);
}

/* ---- new and gone -----------------------------------------------------------
 */

struct news_list {
	struct report *report;
	size_t room;
};

static void
add_news(struct news_list *list, const struct report_news *news)
{
	struct report *r = list->report;

	r->news = xgrow(r->news, r->news_count, &list->room, sizeof(*r->news));
	r->news[r->news_count++] = *news;
}

static void
compare(struct news_list *list, enum report_kind kind, rpclog_slice name,
	const uint64_t failures[SPANS], int64_t first_us, int64_t ever_us,
	int64_t before_last_us)
{
	const struct report_sums *now = &list->report->sums[SPAN_NOW];
	struct report_news news = { .kind = kind, .name = name };

	/* Where nothing was proxied to there is no target. */
	if (name.len == 0 || !failures[SPAN_NOW] == !failures[SPAN_BEFORE])
		return;
	news.gone = !failures[SPAN_NOW];
	news.is_first = !news.gone && ever_us >= now->since_us;
	news.us = news.gone ? before_last_us : first_us;
	news.failures = failures[news.gone ? SPAN_BEFORE : SPAN_NOW];
	add_news(list, &news);
}

static void
compare_users(struct report_inside *in, struct news_list *list)
{
	struct report *r = in->report;
	const struct report_sums *now = &r->sums[SPAN_NOW];
	struct statement *earlier =
		db_prepare(in->db, "SELECT 1 FROM popup_hour WHERE actor = ? "
				   "AND first_us < ? LIMIT 1");
	size_t known = in->earlier_count;

	for (size_t i = 0; i < r->user_count; i++) {
		struct report_user *u = &r->users[i];
		const int64_t actor = place_id(&in->users, (uint32_t)i);
		const struct report_news news = { .kind = NEWS_USER,
						  .name = u->name,
						  .us = u->first_us,
						  .failures = u->failures };

		if (place_of(&in->before, actor) < known)
			continue;
		u->is_new = true;
		bind_int(earlier, 1, actor);
		bind_int(earlier, 2, now->since_us);
		u->is_first = !statement_step(earlier);
		statement_reset(earlier);
		add_news(list, &news);
		r->news[r->news_count - 1].is_first = u->is_first;
	}
	statement_free(earlier);
	for (size_t i = 0; i < known; i++) {
		const int64_t actor = place_id(&in->before, (uint32_t)i);
		const struct report_news news = {
			.kind = NEWS_USER,
			.gone = true,
			.name = name_of(in, actor),
			.us = in->earlier[i].last_us,
			.failures = in->earlier[i].failures,
		};
		const uint32_t users = (uint32_t)r->user_count;

		if (!in->users.ids || place_of(&in->users, actor) >= users)
			add_news(list, &news);
	}
}

void
take_history(struct report_inside *in)
{
	struct report *r = in->report;
	struct news_list list = { r, 0 };

	take_firsts(in);
	if (!r->sums[SPAN_NOW].known || !r->sums[SPAN_BEFORE].known)
		return;
	for (size_t i = 0; i < r->class_count; i++) {
		const struct report_class *c = &r->classes[i];

		if (c->prompts)
			compare(&list, NEWS_CLASS, c->name, c->requests,
				c->first_us, c->ever_us, c->before_last_us);
	}
	for (size_t i = 0; i < r->target_count; i++) {
		const struct report_machine *m = &r->targets[i];

		compare(&list, NEWS_TARGET, m->name, m->failures, m->first_us,
			m->ever_us, m->before_last_us);
	}
	compare_users(in, &list);
}
