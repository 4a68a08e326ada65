/* SPDX-License-Identifier: MIT */
/* Tuples and their numbers, against a list of tuples. */

#include "check_rows.h"
#include "groups.h"

#include <stdlib.h>

#define WIDTH 3
#define MANY  600

struct tuple {
	char text[WIDTH][8];
	size_t len[WIDTH];
};

static void
random_tuple(struct tuple *t, uint64_t *seed)
{
	memset(t, 0, sizeof(*t));
	for (size_t i = 0; i < WIDTH; i++) {
		t->len[i] = check_random(seed, 3);
		for (size_t b = 0; b < t->len[i]; b++)
			t->text[i][b] = "ab\0\xff"[check_random(seed, 4)];
	}
}

static void
slices(const struct tuple *t, rpclog_slice out[WIDTH])
{
	for (size_t i = 0; i < WIDTH; i++)
		out[i] = slice_of(t->text[i], t->len[i]);
}

/* Order of the first 'width' values, then of arrival. */
static int
compare(const struct tuple *a, const struct tuple *b, size_t width)
{
	rpclog_slice x[WIDTH], y[WIDTH];
	int order = 0;

	slices(a, x);
	slices(b, y);
	for (size_t i = 0; order == 0 && i < width; i++)
		order = slice_cmp(x[i], y[i]);
	return order;
}

static void
check_order(const struct groups *g, const struct tuple *model, size_t width)
{
	uint32_t order[MANY] = { 0 };
	uint32_t count = groups_count(g);

	check_casef("groups, sorted by %zu values", width);
	CHECK(groups_sort(g, width, order));
	for (uint32_t i = 1; i < count; i++) {
		int cmp =
			compare(&model[order[i - 1]], &model[order[i]], width);

		/* Stable: equals stay in order of arrival. */
		CHECK(cmp < 0 || (cmp == 0 && order[i - 1] < order[i]));
	}
}

static void
test_random(void)
{
	struct tuple *model = calloc(MANY, sizeof(*model));
	struct groups *g;
	uint64_t seed = 31;
	uint32_t count = 0;

	if (!model)
		abort();
	CHECK_STATUS(groups_new(&g, WIDTH, NULL), RPCLOG_OK);
	for (int round = 0; round < 4000 && count < MANY; round++) {
		struct tuple t;
		rpclog_slice values[WIDTH];
		uint32_t want = 0, got;

		random_tuple(&t, &seed);
		slices(&t, values);
		while (want < count && compare(&t, &model[want], WIDTH) != 0)
			want++;
		if (want == count)
			model[count++] = t;
		check_casef("groups, round %d", round);
		got = groups_add(g, values);
		CHECK_INT(got, want);
		CHECK_INT(groups_count(g), count);
		for (size_t i = 0; i < WIDTH; i++)
			CHECK_SLICE(groups_value(g, got, i), values[i]);
	}
	CHECK(count > 300);
	for (size_t width = 0; width <= WIDTH; width++)
		check_order(g, model, width);
	groups_free(g);
	free(model);
}

/* What the same bytes could be taken for. */
static void
test_alike(void)
{
	static const struct {
		const char *values[2];
	} pairs[] = {
		{ { "ab", "c" } }, { { "a", "bc" } }, { { "abc", "" } },
		{ { "", "abc" } }, { { "", "" } },    { { "a", "b" } },
	};
	struct groups *g;

	CHECK_STATUS(groups_new(&g, 2, NULL), RPCLOG_OK);
	for (uint32_t i = 0; i < ARRAY_LEN(pairs); i++) {
		rpclog_slice values[2] = { slice_str(pairs[i].values[0]),
					   slice_str(pairs[i].values[1]) };

		check_casef("groups, \"%s\" and \"%s\"", pairs[i].values[0],
			    pairs[i].values[1]);
		CHECK_INT(groups_add(g, values), i);
		CHECK_INT(groups_add(g, values), i);
	}
	groups_free(g);
	CHECK_CASE("groups, no values: one group");
	CHECK_STATUS(groups_new(&g, 0, NULL), RPCLOG_OK);
	CHECK_INT(groups_count(g), 0);
	CHECK_INT(groups_add(g, NULL), 0);
	CHECK_INT(groups_add(g, NULL), 0);
	CHECK_INT(groups_count(g), 1);
	groups_free(g);
	groups_free(NULL);
}

static void
test_no_memory(void)
{
	for (uint64_t n = 1;; n++) {
		struct check_memory memory;
		rpclog_options options;
		struct groups *g;
		uint32_t order[200];
		uint32_t failures = 0;
		rpclog_status status;

		check_memory_init(&memory, n);
		options = check_memory_options(&memory);
		check_casef("groups, allocation %u fails", (unsigned)n);
		status = groups_new(&g, 1, &options);
		CHECK_STATUS(status, n == 1 ? RPCLOG_ERR_NOMEM : RPCLOG_OK);
		for (uint32_t i = 0; g && i < 200; i++) {
			rpclog_slice value =
				slice_of((const char *)&i, sizeof(i));
			uint32_t id = groups_add(g, &value);

			failures += id == GROUPS_NONE;
			if (id == GROUPS_NONE)
				id = groups_add(g, &value);
			CHECK_INT(id, i);
		}
		if (g && !groups_sort(g, 1, order)) {
			failures++;
			CHECK(groups_sort(g, 1, order));
		}
		groups_free(g);
		CHECK_INT(memory.live, 0);
		if (g)
			CHECK_INT(failures, memory.calls >= n);
		if (memory.calls < n || n > 1000)
			break;
	}
}

static void
test_ints(void)
{
	static const int64_t ints[] = { INT64_MIN,
					INT64_MIN + 1,
					-65536,
					-256,
					-1,
					0,
					1,
					255,
					256,
					INT64_C(1) << 32,
					INT64_MAX - 1,
					INT64_MAX };

	for (size_t i = 0; i < ARRAY_LEN(ints); i++) {
		char a[GROUPS_INT_LEN], b[GROUPS_INT_LEN];

		check_casef("groups, %lld as bytes", (long long)ints[i]);
		groups_put_int(a, ints[i]);
		CHECK_INT(groups_get_int(slice_of(a, sizeof(a))), ints[i]);
		for (size_t j = 0; j < ARRAY_LEN(ints); j++) {
			int order;

			groups_put_int(b, ints[j]);
			order = memcmp(a, b, sizeof(a));
			CHECK_INT((order > 0) - (order < 0), (i > j) - (i < j));
		}
	}
}

int
main(void)
{
	test_random();
	test_alike();
	test_no_memory();
	test_ints();
	return check_report();
}
