/* SPDX-License-Identifier: MIT */
/* sort_by() against an insertion sort: order, stability, context, memory. */

#include "check_rows.h"
#include "sort.h"

struct item {
	uint32_t key;
	uint16_t place;
	char fill[5]; /* an odd size */
};

struct ctx {
	uint32_t mask;
	uint64_t calls;
};

static int
by_masked_key(const void *a, const void *b, const void *ctx)
{
	const struct ctx *c = ctx;
	struct item x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	((struct ctx *)ctx)->calls++;
	return ((x.key & c->mask) > (y.key & c->mask)) -
	       ((x.key & c->mask) < (y.key & c->mask));
}

static void
sort_naively(struct item *items, size_t count, struct ctx *ctx)
{
	for (size_t i = 1; i < count; i++) {
		struct item one = items[i];
		size_t at = i;

		while (at > 0 && by_masked_key(&items[at - 1], &one, ctx) > 0) {
			items[at] = items[at - 1];
			at--;
		}
		items[at] = one;
	}
}

#define MOST 300

static void
check_sort(size_t count, uint32_t mask, uint64_t *seed)
{
	struct item got[MOST], want[MOST];
	struct alloc a = alloc_from(NULL);
	struct ctx ctx = { mask, 0 };
	uint64_t levels = 0;

	memset(got, 0, sizeof(got));
	for (size_t i = 0; i < count; i++) {
		got[i].key = check_random(seed, UINT32_MAX);
		got[i].place = (uint16_t)i;
	}
	memcpy(want, got, sizeof(want));
	CHECK(sort_by(got, count, sizeof(*got), by_masked_key, &ctx, &a));
	while ((size_t)1 << levels < count)
		levels++;
	CHECK(ctx.calls <= count * levels);
	sort_naively(want, count, &ctx);
	CHECK(!memcmp(got, want, sizeof(want)));
}

static void
test_random(void)
{
	static const uint32_t masks[] = { UINT32_MAX, 0xff, 7, 1, 0 };
	uint64_t seed = 21;

	for (size_t count = 0; count < MOST; count++) {
		for (size_t m = 0; m < ARRAY_LEN(masks); m++) {
			check_casef("%zu items, mask %x", count,
				    (unsigned)masks[m]);
			check_sort(count, masks[m], &seed);
		}
	}
}

static void
test_ordered(void)
{
	struct alloc a = alloc_from(NULL);
	struct item items[MOST];
	struct ctx ctx = { UINT32_MAX, 0 };

	CHECK_CASE("already in order, and the other way round");
	memset(items, 0, sizeof(items));
	for (uint32_t i = 0; i < MOST; i++)
		items[i].key = i;
	CHECK(sort_by(items, MOST, sizeof(*items), by_masked_key, &ctx, &a));
	for (uint32_t i = 0; i < MOST; i++)
		CHECK_INT(items[i].key, i);
	for (uint32_t i = 0; i < MOST; i++)
		items[i].key = MOST - 1 - i;
	CHECK(sort_by(items, MOST, sizeof(*items), by_masked_key, &ctx, &a));
	for (uint32_t i = 0; i < MOST; i++)
		CHECK_INT(items[i].key, i);
}

static void
test_no_memory(void)
{
	for (size_t count = 0; count < 20; count++) {
		struct check_memory memory;
		rpclog_options options;
		struct item items[20];
		struct ctx ctx = { UINT32_MAX, 0 };
		struct alloc a;

		check_memory_init(&memory, 1);
		options = check_memory_options(&memory);
		a = alloc_from(&options);
		check_casef("%zu items without memory", count);
		memset(items, 0, sizeof(items));
		for (uint32_t i = 0; i < count; i++)
			items[i].key = 100 - i;
		CHECK_INT(sort_by(items, count, sizeof(*items), by_masked_key,
				  &ctx, &a),
			  count < 2);
		for (uint32_t i = 0; i < count; i++)
			CHECK_INT(items[i].key, 100 - i);
		CHECK_INT(memory.live, 0);
		if (count < 2)
			continue;
		CHECK(sort_by(items, count, sizeof(*items), by_masked_key, &ctx,
			      &a));
		CHECK_INT(items[0].key, 101 - count);
		CHECK_INT(memory.live, 0);
	}
}

int
main(void)
{
	test_random();
	test_ordered();
	test_no_memory();
	return check_report();
}
