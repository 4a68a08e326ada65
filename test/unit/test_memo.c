/* SPDX-License-Identifier: MIT */
/* The memory of cells: what it answers is never that of other cells. */

#include "check_rows.h"
#include "memo.h"

#define SLOTS	64
#define LONGEST 296

static struct memo memo;

static void
begin(void)
{
	struct alloc a = alloc_from(NULL);

	memset(&memo, 0, sizeof(memo));
	CHECK_STATUS(memo_init(&memo, &a, SLOTS, LONGEST, 7), RPCLOG_OK);
}

static struct memo_key
key_of(uint16_t tag, rpclog_slice a, rpclog_slice b, uint16_t count)
{
	struct memo_key key = { .tag = tag, .count = count, .cells = { a, b } };

	memo_hash(&memo, &key);
	return key;
}

static bool
find(uint16_t tag, const char *a, const char *b, uint32_t *slot)
{
	struct memo_key key =
		key_of(tag, slice_str(a), slice_str(b ? b : ""), b ? 2 : 1);

	return memo_find(&memo, &key, slot);
}

/* Cells that are made of the same bytes, and other tags. */
static void
test_same_and_others(void)
{
	static const struct {
		uint16_t tag;
		const char *a, *b;
	} cells[] = {
		{ 1, "", NULL },     { 1, "a", NULL }, { 2, "a", NULL },
		{ 1, "ab", NULL },   { 3, "", "" },    { 3, "ab", "" },
		{ 3, "", "ab" },     { 3, "a", "b" },  { 4, "a", "b" },
		{ 65535, "", NULL },
	};
	uint32_t slots[ARRAY_LEN(cells)], slot;

	CHECK_CASE("the same cells have the same slot, others another");
	begin();
	for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
		CHECK(!find(cells[i].tag, cells[i].a, cells[i].b, &slots[i]));
		CHECK(slots[i] < SLOTS);
		CHECK(find(cells[i].tag, cells[i].a, cells[i].b, &slot));
		CHECK_INT(slot, slots[i]);
		CHECK_INT(memo_at(&memo, slot)->number, 7 + i);
	}
	memo_free(&memo);
	CHECK_CASE("nothing is in an empty one");
	begin();
	CHECK(!find(1, "", NULL, &slot));
	memo_free(&memo);
}

static void
test_bytes(void)
{
	static const char nuls[4];
	uint32_t slot, other;

	CHECK_CASE("NULs and NULL");
	begin();
	for (size_t len = 0; len <= sizeof(nuls); len++) {
		struct memo_key key =
			key_of(1, slice_of(nuls, len), slice_of(NULL, 0), 2);

		CHECK(!memo_find(&memo, &key, &slot));
		CHECK(memo_find(&memo, &key, &other));
		CHECK_INT(other, slot);
	}
	memo_free(&memo);
}

static void
test_too_long(void)
{
	char text[LONGEST + 1];
	const uint32_t none = MEMO_NONE;
	uint32_t slot;

	memset(text, 'x', sizeof(text));
	begin();
	for (size_t len = 0; len <= sizeof(text); len++) {
		for (size_t b = 0; b <= len; b += len > b + 9 ? 7 : 1) {
			struct memo_key key = key_of(5, slice_of(text, len - b),
						     slice_of(text, b), 2);
			uint64_t next = memo.next;
			bool fits = len <= LONGEST;

			check_casef("%zu and %zu bytes", len - b, b);
			CHECK(!memo_find(&memo, &key, &slot));
			CHECK((slot != none) == fits);
			CHECK_INT(memo.next - next, fits);
			CHECK_INT(memo_find(&memo, &key, &slot), fits);
		}
	}
	CHECK_CASE("a sum that would run over");
	for (size_t less = 0; less < 300; less += 100) {
		struct memo_key key = {
			.tag = 1,
			.count = 2,
			.cells = { { text, 200 }, { text, SIZE_MAX - less } }
		};

		CHECK(!memo_find(&memo, &key, &slot));
		CHECK_INT(slot, none);
	}
	CHECK_CASE("nothing to forget");
	memo_forget(&memo, none);
	memo_free(&memo);
}

/* By a hash that is given: all in the same two slots. */
static bool
find_at(uint64_t hash, const char *text, uint32_t *slot)
{
	struct memo_key key = {
		.hash = hash, .tag = 9, .count = 1, .cells = { slice_str(text) }
	};

	return memo_find(&memo, &key, slot);
}

static void
test_two_ways(void)
{
	const uint64_t other_way = UINT64_C(1) << 31;
	uint32_t slot;

	CHECK_CASE("two ways");
	begin();
	CHECK(!find_at(5, "one", &slot));
	CHECK_INT(slot, 5);
	CHECK(!find_at(5, "two", &slot));
	CHECK_INT(slot, 4);
	CHECK(find_at(5, "one", &slot));
	CHECK_INT(slot, 5);
	CHECK(find_at(5, "two", &slot));
	CHECK_INT(slot, 4);
	CHECK_CASE("a third takes the place that its hash says");
	CHECK(!find_at(5, "three", &slot));
	CHECK_INT(slot, 5);
	CHECK(find_at(5, "two", &slot));
	CHECK(!find_at(5 | other_way, "four", &slot));
	CHECK_INT(slot, 4);
	CHECK(find_at(5, "three", &slot));
	CHECK(!find_at(5, "one", &slot));
	CHECK_CASE("the same hash and bytes with another tag");
	struct memo_key key = {
		.hash = 5, .tag = 8, .count = 1, .cells = { SLICE("one") }
	};
	CHECK(!memo_find(&memo, &key, &slot));
	CHECK_INT(slot, 5);
	CHECK_CASE("what is forgotten leaves room");
	CHECK(find_at(5 | other_way, "four", &slot));
	memo_forget(&memo, slot);
	CHECK(!find_at(5 | other_way, "four", &slot));
	CHECK_INT(slot, 4);
	memo_free(&memo);
}

/* Random cells, far more than there are slots, against an array. */
static void
test_random(void)
{
	static const size_t lens[] = { 0, 1, 7, 8, 9, 140, 296, 297, 400 };
	char owner[SLOTS][416];
	uint64_t seed = 4711, numbers[SLOTS], last = 0, hits = 0;

	memset(owner, 0, sizeof(owner));
	CHECK_CASE("random cells");
	begin();
	for (int i = 0; i < 200000 && check_failures() < 10; i++) {
		char text[416];
		uint32_t id = check_random(&seed, i % 2 ? 20 : 4000);
		size_t len = lens[id % ARRAY_LEN(lens)];
		uint16_t tag = (uint16_t)(1 + id % 3);
		size_t cut = len ? id % (len + 1) : 0;
		uint32_t slot;

		memset(text, '.', sizeof(text));
		memcpy(text + (len > 4 ? len - 4 : 0), &id, sizeof(id));

		struct memo_key key =
			key_of(tag, slice_of(text, cut),
			       slice_of(text + cut, len - cut), 2);
		bool known = memo_find(&memo, &key, &slot);

		/* What tells cells apart, in front of their bytes. */
		char whole[416];

		memset(whole, 0, sizeof(whole));
		memcpy(whole, &tag, 2);
		memcpy(whole + 2, &cut, 4);
		memcpy(whole + 6, &len, 4);
		memcpy(whole + 10, text, len);
		hits += known;
		if (slot == MEMO_NONE) {
			CHECK(!known && len > LONGEST);
			continue;
		}
		if (known) {
			CHECK(!memcmp(owner[slot], whole, sizeof(whole)));
			CHECK(memo_at(&memo, slot)->number == numbers[slot]);
			continue;
		}
		memcpy(owner[slot], whole, sizeof(whole));
		numbers[slot] = memo_at(&memo, slot)->number;
		CHECK(numbers[slot] > last);
		last = numbers[slot];
	}
	CHECK(hits > 20000);
	memo_free(&memo);
}

static void
test_no_memory(void)
{
	struct check_memory m;
	rpclog_options options;
	struct alloc a;

	CHECK_CASE("no memory");
	check_memory_init(&m, 1);
	options = check_memory_options(&m);
	a = alloc_from(&options);
	CHECK_STATUS(memo_init(&memo, &a, SLOTS, LONGEST, 0), RPCLOG_ERR_NOMEM);
	memo_free(&memo);
	CHECK_STATUS(memo_init(&memo, &a, SLOTS, LONGEST, 0), RPCLOG_OK);
	CHECK_INT(m.live, 1);
	memo_free(&memo);
	CHECK_INT(m.live, 0);
}

int
main(void)
{
	test_same_and_others();
	test_bytes();
	test_too_long();
	test_two_ways();
	test_random();
	test_no_memory();
	return check_report();
}
