/* SPDX-License-Identifier: MIT */
/* radix_sort() against an insertion sort: order, stability, skipped bytes. */

#include "check_rows.h"
#include "radix.h"

#define MOST 300

static void
sort_naively(struct radix_item *items, size_t count, int skip)
{
	for (size_t i = 1; i < count; i++) {
		struct radix_item one = items[i];
		size_t at = i;

		while (at > 0 &&
		       items[at - 1].key >> 8 * skip > one.key >> 8 * skip) {
			items[at] = items[at - 1];
			at--;
		}
		items[at] = one;
	}
}

static void
check_sort(size_t count, uint64_t mask, int skip, uint64_t *seed)
{
	struct radix_item got[MOST], want[MOST], spare[MOST];

	memset(got, 0, sizeof(got));
	for (size_t i = 0; i < count; i++) {
		got[i].key = ((uint64_t)check_random(seed, UINT32_MAX) << 32 |
			      check_random(seed, UINT32_MAX)) &
			     mask;
		got[i].value = i;
	}
	memcpy(want, got, sizeof(want));
	radix_sort(got, spare, count, skip);
	sort_naively(want, count, skip);
	CHECK(!memcmp(got, want, sizeof(want)));
}

static void
test_random(void)
{
	static const uint64_t masks[] = {
		UINT64_MAX, 0xff, 7, UINT64_C(0xff) << 56, 0xf000f0, 0,
	};
	static const int skips[] = { 0, 1, 4, 7 };
	uint64_t seed = 22;

	for (size_t count = 0; count < MOST; count++) {
		for (size_t m = 0; m < ARRAY_LEN(masks); m++) {
			check_casef("%zu items, mask %llx", count,
				    (unsigned long long)masks[m]);
			for (size_t s = 0; s < ARRAY_LEN(skips); s++)
				check_sort(count, masks[m], skips[s], &seed);
		}
	}
}

static void
test_signed(void)
{
	static const int64_t numbers[] = {
		INT64_MIN, -70000, -1, 0, 1, 70000, INT64_MAX,
	};

	CHECK_CASE("keys of signed numbers");
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		CHECK_INT(radix_number(radix_signed(numbers[i])), numbers[i]);
		if (i > 0)
			CHECK(radix_signed(numbers[i - 1]) <
			      radix_signed(numbers[i]));
	}
}

int
main(void)
{
	test_random();
	test_signed();
	return check_report();
}
