/* SPDX-License-Identifier: MIT */
/* Rows by the million: a finished row whose few varying bytes are patched. */
#include "bench_row.h"

#include <string.h>

#define MARK_ID      "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
#define MARK_ACCOUNT "u999999"
#define MARK_GUID    "bbbbbbbb-aaaa-4ccc-8ddd-ffffffffffff"
#define MARK_CLIENT  "10.199.199.199"

const struct user bench_person = {
	.account = MARK_ACCOUNT, .guid = MARK_GUID, .shared = MARK_GUID,
	.client = MARK_CLIENT, .cas = 2, .style = 1,
	.sid = "S-1-5-21-1004336348-1177238915-682003330-1999",
	.outlook = "Microsoft Office/16.0 (Windows NT 10.0; "
	    "Microsoft Outlook 16.0.5317; Pro)",
};

static void
slot_add(struct template *t, enum slot_kind kind, size_t at, int64_t before)
{
	if (t->count == TEMPLATE_SLOTS)
		die("a template has too many slots");
	t->slot[t->count++] = (struct slot){ kind, at, before };
}

static void
mark_find(struct template *t, enum slot_kind kind, const char *mark)
{
	const char *p = t->text.data;

	while ((p = strstr(p, mark)) != NULL) {
		slot_add(t, kind, (size_t)(p - t->text.data), 0);
		p += strlen(mark);
	}
}

/* All times of a template lie on the day of its end. */
static void
times_find(struct template *t, const struct req *q)
{
	char day[12];

	memcpy(day, t->text.data, 11);
	day[11] = '\0';
	const char *p = t->text.data;
	while ((p = strstr(p, day)) != NULL) {
		int64_t h = (p[11] - '0') * 10 + p[12] - '0';
		int64_t m = (p[14] - '0') * 10 + p[15] - '0';
		int64_t s = (p[17] - '0') * 10 + p[18] - '0';
		int64_t ms = (p[20] - '0') * 100 + (p[21] - '0') * 10 +
		    p[22] - '0';
		int64_t of_day = h * MS_HOUR + m * MS_MINUTE + s * MS_SECOND +
		    ms;

		slot_add(t, SLOT_TIME, (size_t)(p - t->text.data),
		    q->end % MS_DAY - of_day);
		p += 24;
	}
}

void
template_make(struct gen *g, const struct req *q, struct template *t)
{
	struct req copy = *q;

	copy.id = MARK_ID;
	t->count = 0;
	buf_clear(&t->text);
	req_format(g, &copy, &t->text);
	times_find(t, &copy);
	mark_find(t, SLOT_ID, MARK_ID);
	mark_find(t, SLOT_ACCOUNT, MARK_ACCOUNT);
	mark_find(t, SLOT_GUID, MARK_GUID);
	mark_find(t, SLOT_CLIENT, MARK_CLIENT);
}

void
template_free(struct template *t)
{
	buf_free(&t->text);
}

static void
digits(char *out, int value, int width)
{
	while (width-- > 0) {
		out[width] = (char)('0' + value % 10);
		value /= 10;
	}
}

static void
user_guid(char *out, int n)
{
	struct rng r;

	rng_seed(&r, hash64((uint64_t)n));
	rng_guid(&r, out);
}

void
template_write(const struct template *t, struct rng *rng, int n,
    int64_t end_ms, struct buf *out)
{
	char text[GUID_LEN + 1];
	size_t base = out->len;

	buf_add(out, t->text.data, t->text.len);
	for (int i = 0; i < t->count; i++) {
		const struct slot *s = &t->slot[i];
		char *p = out->data + base + s->at;

		switch (s->kind) {
		case SLOT_TIME:
			time_text(text, end_ms - s->before_end_ms);
			memcpy(p, text, 24);
			break;
		case SLOT_ID:
			rng_guid(rng, text);
			memcpy(p, text, GUID_LEN);
			break;
		case SLOT_ACCOUNT:
			digits(p + 1, n, 6);
			break;
		case SLOT_GUID:
			user_guid(text, n);
			memcpy(p, text, GUID_LEN);
			break;
		case SLOT_CLIENT:
			digits(p + 4, n / 10000 % 100, 2);
			digits(p + 8, n / 100 % 100, 2);
			digits(p + 12, n % 100, 2);
			break;
		}
	}
}
