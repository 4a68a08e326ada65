/* SPDX-License-Identifier: MIT */
/* Histograms by group and column, sparse. */

#include <stdlib.h>
#include <string.h>

#include "count.h"
#include "histogram.h"

#define KEY_LEN (3 * GROUPS_INT_LEN)
#define TOTAL	(-1) /* in place of a step: all of a source */

struct count_stats {
	struct groups *keys; /* group, source, step */
	uint64_t *count;     /* by key */
	uint64_t *sum;	     /* of totals */
	int64_t *max;
	size_t count_room, sum_room, max_room;
	uint32_t *order; /* sorted, once sealed */
};

struct count_stats *
stats_new(void)
{
	struct count_stats *s = xcalloc(1, sizeof(*s));

	s->keys = tuples_new(1);
	return s;
}

static rpclog_slice
key_of(char bytes[KEY_LEN], uint32_t group, size_t source, int64_t step)
{
	rpclog_slice key = { bytes, KEY_LEN };

	groups_put_int(bytes, group);
	groups_put_int(bytes + GROUPS_INT_LEN, (int64_t)source);
	groups_put_int(bytes + 2 * GROUPS_INT_LEN, step);
	return key;
}

static uint32_t
entry(struct count_stats *s, rpclog_slice key)
{
	uint32_t known = groups_count(s->keys);
	uint32_t id = tuples_add(s->keys, &key);

	if (id < known)
		return id;
	s->count = xgrow(s->count, id, &s->count_room, sizeof(*s->count));
	s->sum = xgrow(s->sum, id, &s->sum_room, sizeof(*s->sum));
	s->max = xgrow(s->max, id, &s->max_room, sizeof(*s->max));
	s->count[id] = s->sum[id] = 0;
	s->max[id] = 0;
	return id;
}

/* Saturates: in whatever order, the same. */
static void
add_to(uint64_t *sum, uint64_t value)
{
	*sum = *sum > UINT64_MAX - value ? UINT64_MAX : *sum + value;
}

void
stats_add(struct count_stats *s, uint32_t group, size_t source, int64_t value)
{
	char bytes[KEY_LEN];
	uint32_t id = entry(s, key_of(bytes, group, source, TOTAL));

	s->count[id]++;
	add_to(&s->sum[id], (uint64_t)value);
	if (value > s->max[id])
		s->max[id] = value;
	id = entry(s, key_of(bytes, group, source, histogram_step(value)));
	s->count[id]++;
}

void
stats_move(struct count_stats *into, const struct count_stats *from,
	   const uint32_t *translation)
{
	for (uint32_t i = 0; i < groups_count(from->keys); i++) {
		rpclog_slice key = groups_value(from->keys, i, 0);
		char bytes[KEY_LEN];
		rpclog_slice moved = { bytes, KEY_LEN };
		uint32_t group = (uint32_t)groups_get_int(key);

		if (translation[group] == GROUPS_NONE)
			continue;
		memcpy(bytes, key.ptr, KEY_LEN);
		groups_put_int(bytes, translation[group]);

		uint32_t id = entry(into, moved);

		into->count[id] += from->count[i];
		add_to(&into->sum[id], from->sum[i]);
		if (from->max[i] > into->max[id])
			into->max[id] = from->max[i];
	}
}

void
stats_seal(struct count_stats *s)
{
	s->order = tuples_sorted(s->keys, 1);
}

/* Place in 'order' of the first key that is not before 'wanted'. */
static uint32_t
find(const struct count_stats *s, const char wanted[KEY_LEN])
{
	uint32_t low = 0, high = groups_count(s->keys);

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		rpclog_slice key = groups_value(s->keys, s->order[middle], 0);

		if (memcmp(key.ptr, wanted, KEY_LEN) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Nearest rank: the value that at least 'percent' of all do not pass. */
static int64_t
percentile(const struct count_stats *s, uint32_t first, unsigned percent)
{
	uint32_t total = s->order[first];
	uint64_t count = s->count[total];
	uint64_t rank = (count * percent + 99) / 100;
	uint64_t seen = 0;
	uint32_t at = first;
	int64_t value;

	while (seen < rank)
		seen += s->count[s->order[++at]];

	rpclog_slice key = groups_value(s->keys, s->order[at], 0);

	key.ptr += 2 * GROUPS_INT_LEN;
	key.len = GROUPS_INT_LEN;
	value = histogram_value((uint32_t)groups_get_int(key));
	return value < s->max[total] ? value : s->max[total];
}

int
stats_figure(const struct count_stats *s, uint32_t group,
	     const struct stat_figure *figure, int64_t *value)
{
	char bytes[KEY_LEN];
	rpclog_slice wanted = key_of(bytes, group, figure->source, TOTAL);
	uint32_t first = find(s, bytes);
	uint32_t id;

	*value = 0;
	if (first == groups_count(s->keys) ||
	    memcmp(groups_value(s->keys, s->order[first], 0).ptr, wanted.ptr,
		   KEY_LEN) != 0)
		return 0;
	id = s->order[first];
	switch (figure->kind) {
	case STAT_PERCENTILE:
		*value = percentile(s, first, figure->percent);
		break;
	case STAT_MAX: *value = s->max[id]; break;
	case STAT_AVG: {
		uint64_t count = s->count[id];
		uint64_t whole = s->sum[id] / count;
		uint64_t rest = s->sum[id] % count;

		*value = (int64_t)(whole * 1000 +
				   (rest * 1000 + count / 2) / count);
		break;
	}
	}
	return 1;
}

void
stats_free(struct count_stats *s)
{
	if (!s)
		return;
	groups_free(s->keys);
	free(s->count);
	free(s->sum);
	free(s->max);
	free(s->order);
	free(s);
}
