/* SPDX-License-Identifier: MIT */
/* Runs of starts: packed, unpacked, cut off, and what are no runs. */

#include "check.h"
#include "starts.h"

#define RUNS 64

static size_t
unpack(rpclog_slice *packed, int64_t *at_us, struct start_run runs[RUNS])
{
	size_t count = 0;

	while (count < RUNS && starts_next(packed, at_us, &runs[count]))
		count++;
	return count;
}

static void
check_same(const struct start_run *got, const struct start_run *want,
	   size_t count)
{
	for (size_t i = 0; i < count; i++) {
		CHECK_INT(got[i].first_us, want[i].first_us);
		CHECK_INT(got[i].last_us, want[i].last_us);
	}
}

/* All of it, and cut off behind each byte. */
static void
check_runs(int64_t base_us, const struct start_run *runs, size_t count)
{
	unsigned char out[RUNS * STARTS_ROOM];
	const size_t all = starts_pack(base_us, runs, count, out);

	CHECK(all <= count * STARTS_ROOM);
	for (size_t len = 0; len <= all; len++) {
		struct start_run got[RUNS];
		struct check_guard guard;
		rpclog_slice rest = check_guard_end(
			&guard, slice_of((const char *)out, len));
		int64_t at_us = base_us;
		const size_t left = unpack(&rest, &at_us, got);

		CHECK(len == all ? left == count : left < count);
		check_same(got, runs, left);
		CHECK_INT(at_us, left ? runs[left - 1].last_us : base_us);
		/* What is left is the run that the cut went through. */
		CHECK_INT(starts_pack(base_us, runs, left, out),
			  len - rest.len);
		check_guard_free(&guard);
	}
}

#define FIRST INT64_MIN
#define LAST  INT64_MAX

static const struct {
	const char *name;
	int64_t base_us;
	struct start_run runs[4];
	size_t count, len;
} lists[] = {
	{ "none", 5, { { 0 } }, 0, 0 },
	{ "a moment", 5, { { 5, 5 } }, 1, 2 },
	{ "behind its base", 5, { { 132, 133 } }, 1, 2 },
	{ "one after the other", 0, { { 0, 127 }, { 127, 255 } }, 2, 5 },
	{ "a second", 0, { { 0, 1000000 }, { 1000001, 1000001 } }, 2, 6 },
	{ "around 0", -3, { { -3, -2 }, { -1, 1 }, { 2, 2 } }, 3, 6 },
	{ "all of time", FIRST, { { FIRST, LAST } }, 1, 11 },
	{ "both ends", FIRST, { { FIRST, FIRST }, { LAST, LAST } }, 2, 13 },
	{ "far from its base", FIRST, { { LAST, LAST } }, 1, 11 },
	{ "at the end", LAST, { { LAST, LAST }, { LAST, LAST } }, 2, 4 },
	{ "to the end", LAST - 1, { { LAST - 1, LAST } }, 1, 2 },
	{ "halves", FIRST, { { FIRST, -1 }, { 0, LAST } }, 2, 20 },
};

static void
test_lists(void)
{
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		unsigned char out[4 * STARTS_ROOM];

		CHECK_CASE(lists[i].name);
		CHECK_INT(starts_pack(lists[i].base_us, lists[i].runs,
				      lists[i].count, out),
			  lists[i].len);
		check_runs(lists[i].base_us, lists[i].runs, lists[i].count);
	}
}

/* Small and large distances, but none beyond the end of time. */
static int64_t
later(uint64_t *seed, int64_t at_us)
{
	uint64_t by = (uint64_t)check_random(seed, INT32_MAX)
		      << check_random(seed, 30);

	by >>= check_random(seed, 60);
	return at_us > 0 && by > (uint64_t)(LAST - at_us) ? LAST
							  : at_us + (int64_t)by;
}

static void
test_random(void)
{
	uint64_t seed = 1;

	for (unsigned round = 0; round < 100; round++) {
		const size_t count = check_random(&seed, RUNS);
		int64_t at_us = round % 2 ? LAST / 2 + LAST / 4 : FIRST / 2;
		const int64_t base_us = at_us;
		struct start_run runs[RUNS];

		for (size_t i = 0; i < count; i++) {
			runs[i].first_us = later(&seed, at_us);
			runs[i].last_us = later(&seed, runs[i].first_us);
			at_us = runs[i].last_us;
		}
		check_casef("random runs, round %u", round);
		check_runs(base_us, runs, count);
	}
}

static const struct {
	const char *name;
	int64_t base_us;
	rpclog_slice packed;
	size_t runs, left; /* runs before what is refused; bytes from it on */
} refused[] = {
	{ "begins behind the end", LAST, { "\x01\x00", 2 }, 0, 2 },
	{ "ends behind the end", LAST, { "\x00\x01", 2 }, 0, 2 },
	{ "the second run does", LAST - 1, { "\x00\x01\x00\x01", 4 }, 1, 2 },
	{ "wraps around",
	  0,
	  { "\x05\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11 },
	  0,
	  11 },
	{ "one more than all of time",
	  FIRST + 1,
	  { "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x00", 11 },
	  0,
	  11 },
	{ "more than 64 bits",
	  FIRST,
	  { "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x03\x00", 11 },
	  0,
	  11 },
	{ "not the shortest spelling", 0, { "\x81\x00\x00", 3 }, 0, 3 },
	{ "half a run", 0, { "\x01\x02\x03", 3 }, 1, 1 },
};

static void
test_refused(void)
{
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		struct start_run got[RUNS];
		rpclog_slice rest = refused[i].packed;
		int64_t at_us = refused[i].base_us, end_us;

		CHECK_CASE(refused[i].name);
		CHECK_INT(unpack(&rest, &at_us, got), refused[i].runs);
		CHECK_INT(rest.len, refused[i].left);
		end_us = at_us;
		CHECK_INT(unpack(&rest, &at_us, got), 0);
		CHECK_INT(at_us, end_us);
	}
}

/* Runs in order whatever the bytes; packed again they are these bytes. */
static void
test_garbage(void)
{
	uint64_t seed = 5;

	for (unsigned round = 0; round < 20000; round++) {
		static const int64_t bases[] = { FIRST, -1, 0, LAST - 1000 };
		const int64_t base_us = bases[round % 4];
		int64_t at_us = base_us;
		unsigned char again[RUNS * STARTS_ROOM];
		char bytes[2 * RUNS];
		const size_t len = check_random(&seed, sizeof(bytes));
		const uint32_t below = round % 8 < 4 ? 256 : 140;
		struct start_run got[RUNS];
		rpclog_slice rest = slice_of(bytes, len);
		size_t count;

		for (size_t i = 0; i < len; i++)
			bytes[i] = (char)check_random(&seed, below);
		check_casef("garbage, round %u", round);
		count = unpack(&rest, &at_us, got);
		at_us = base_us;
		for (size_t i = 0; i < count; at_us = got[i++].last_us)
			CHECK(at_us <= got[i].first_us &&
			      got[i].first_us <= got[i].last_us);
		CHECK_INT(starts_pack(base_us, got, count, again),
			  len - rest.len);
		CHECK(!memcmp(again, bytes, len - rest.len));
	}
}

int
main(void)
{
	test_lists();
	test_random();
	test_refused();
	test_garbage();
	return check_report();
}
