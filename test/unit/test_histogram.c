/* SPDX-License-Identifier: MIT */
/* Histograms: every step against the plain definition; packed and unpacked. */

#include "check.h"
#include "histogram.h"

/* ---- steps: laid out one behind the other from 0 on ---- */

struct span {
	int64_t low, high; /* both are in it */
};

/* 256 of one number each, then 128 of 2, 128 of 4 and so on. */
static void
lay_out(struct span spans[HISTOGRAM_STEPS])
{
	uint64_t low = 0, width = 1;

	for (size_t i = 0; i < HISTOGRAM_STEPS; i++) {
		if (i >= 256 && i % 128 == 0)
			width *= 2;
		spans[i].low = (int64_t)low;
		spans[i].high = (int64_t)(low + width - 1);
		low += width;
	}
}

/* Less than 1 % off, and nothing below 256. */
static void
check_near(int64_t value, int64_t middle)
{
	const int64_t off = middle < value ? value - middle : middle - value;

	CHECK(value < 256 ? off == 0 : off < value / 100);
}

static void
test_steps(const struct span spans[HISTOGRAM_STEPS])
{
	for (uint32_t i = 0; i < HISTOGRAM_STEPS; i++) {
		const struct span span = spans[i];
		const int64_t middle = histogram_value(i);

		check_casef("step %u", i);
		CHECK_INT(histogram_step(span.low), i);
		CHECK_INT(histogram_step(span.high), i);
		CHECK_INT(histogram_step(middle), i);
		CHECK_INT(middle, span.low + (span.high - span.low + 1) / 2);
		check_near(span.low, middle);
		check_near(span.high, middle);
	}
	CHECK_CASE("the last step ends where numbers do");
	CHECK_INT(spans[HISTOGRAM_STEPS - 1].high, INT64_MAX);
	CHECK_CASE("below 0");
	CHECK_INT(histogram_step(-1), 0);
	CHECK_INT(histogram_step(INT64_MIN), 0);
}

static void
test_between(const struct span spans[HISTOGRAM_STEPS])
{
	uint64_t seed = 1;

	for (unsigned round = 0; round < 20000; round++) {
		uint64_t bits = (uint64_t)check_random(&seed, INT32_MAX) << 32;
		int64_t value;
		uint32_t step;

		bits |= check_random(&seed, INT32_MAX);
		value = (int64_t)(bits >> (1 + check_random(&seed, 56)));
		step = histogram_step(value);
		check_casef("random value, round %u", round);
		if (CHECK(step < HISTOGRAM_STEPS))
			CHECK(spans[step].low <= value &&
			      value <= spans[step].high);
	}
}

/* ---- packed ---- */

#define BARS 64

static size_t
unpack(rpclog_slice *packed, struct histogram_bar bars[BARS])
{
	struct histogram_bar bar = { 0, 0 };
	size_t count = 0;

	while (count < BARS && histogram_next(packed, &bar))
		bars[count++] = bar;
	/* What ended it ends it again, and changes nothing. */
	if (count < BARS) {
		const struct histogram_bar last = bar;

		CHECK_INT(histogram_next(packed, &bar), 0);
		CHECK(bar.step == last.step && bar.count == last.count);
	}
	return count;
}

static rpclog_slice
pack(const struct histogram_bar *bars, size_t count, unsigned char *out)
{
	return slice_of((const char *)out, histogram_pack(bars, count, out));
}

/* All of them, out of bytes that nothing may be read behind. */
static void
check_round(const struct histogram_bar *bars, size_t count)
{
	unsigned char out[BARS * HISTOGRAM_BAR_ROOM];
	struct histogram_bar got[BARS];
	struct check_guard guard;
	rpclog_slice packed = pack(bars, count, out);

	CHECK(packed.len <= count * HISTOGRAM_BAR_ROOM);
	packed = check_guard_end(&guard, packed);
	CHECK_INT(unpack(&packed, got), count);
	CHECK_INT(packed.len, 0);
	for (size_t i = 0; i < count; i++) {
		CHECK_INT(got[i].step, bars[i].step);
		CHECK(got[i].count == bars[i].count);
	}
	check_guard_free(&guard);
}

/* What is cut off is left; the bars before it are as they were. */
static void
check_cut(const struct histogram_bar *bars, size_t count)
{
	unsigned char out[BARS * HISTOGRAM_BAR_ROOM];
	const rpclog_slice packed = pack(bars, count, out);

	for (size_t len = 0; len < packed.len; len++) {
		struct histogram_bar got[BARS];
		struct check_guard guard;
		rpclog_slice rest =
			check_guard_end(&guard, slice_cut(packed, 0, len));
		const size_t left = unpack(&rest, got);
		unsigned char again[BARS * HISTOGRAM_BAR_ROOM];

		CHECK(left < count);
		CHECK_INT(histogram_pack(got, left, again), len - rest.len);
		CHECK(!memcmp(again, out, len - rest.len));
		check_guard_free(&guard);
	}
}

static void
test_pack(void)
{
	static const struct histogram_bar edges[] = {
		{ 0, 1 },
		{ 1, 0 },
		{ 127, 127 },
		{ 128, 128 },
		{ 255, 1 },
		{ 256, UINT64_C(1) << 63 },
		{ 300, UINT32_MAX },
		{ HISTOGRAM_STEPS - 1, UINT64_MAX },
	};
	uint64_t seed = 3;

	CHECK_CASE("edges");
	check_round(edges, ARRAY_LEN(edges));
	check_cut(edges, ARRAY_LEN(edges));
	CHECK_CASE("the last alone");
	check_round(edges + ARRAY_LEN(edges) - 1, 1);
	CHECK_CASE("none");
	check_round(NULL, 0);
	for (unsigned round = 0; round < 100; round++) {
		struct histogram_bar bars[BARS];
		const size_t count = check_random(&seed, BARS);
		uint32_t step = 0;

		for (size_t i = 0; i < count; i++) {
			bars[i].step = step;
			bars[i].count = (uint64_t)check_random(&seed, 1 << 20)
					<< check_random(&seed, 44);
			step += 1 + check_random(&seed, 110);
		}
		check_casef("random bars, round %u", round);
		check_round(bars, count);
		check_cut(bars, count);
	}
}

static const struct {
	const char *name;
	rpclog_slice packed;
	size_t bars, left; /* bars before what is refused, and bytes from it */
} refused[] = {
	{ "a step too many", { "\x80\x39\x01", 3 }, 0, 3 },
	{ "one step too many, later", { "\xff\x38\x01\x01\x01", 5 }, 1, 2 },
	{ "a step beyond 32 bits", { "\x80\x80\x80\x80\x10\x01", 6 }, 0, 6 },
	{ "the largest step",
	  { "\x01\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x01", 13 },
	  1,
	  11 },
	{ "a count beyond 64 bits",
	  { "\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x03", 11 },
	  0,
	  11 },
	{ "no count", { "\x01\x05\x01", 3 }, 1, 1 },
	{ "not the shortest spelling", { "\x81\x00\x01", 3 }, 0, 3 },
};

static void
test_refused(void)
{
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		struct histogram_bar got[BARS];
		rpclog_slice rest = refused[i].packed;

		CHECK_CASE(refused[i].name);
		CHECK_INT(unpack(&rest, got), refused[i].bars);
		CHECK_INT(rest.len, refused[i].left);
	}
}

static void
test_garbage(void)
{
	uint64_t seed = 5;

	for (unsigned round = 0; round < 20000; round++) {
		unsigned char again[BARS * HISTOGRAM_BAR_ROOM];
		char bytes[2 * BARS];
		const size_t len = check_random(&seed, sizeof(bytes));
		/* Mostly small ones go further. */
		const uint32_t below = round % 2 ? 256 : 140;
		struct histogram_bar got[BARS];
		rpclog_slice rest = slice_of(bytes, len);
		size_t count;

		for (size_t i = 0; i < len; i++)
			bytes[i] = (char)check_random(&seed, below);
		check_casef("garbage, round %u", round);
		count = unpack(&rest, got);
		for (size_t i = 0; i < count; i++)
			CHECK(got[i].step < HISTOGRAM_STEPS &&
			      histogram_value(got[i].step) >= 0);
		CHECK_INT(histogram_pack(got, count, again), len - rest.len);
		CHECK(!memcmp(again, bytes, len - rest.len));
	}
}

int
main(void)
{
	static struct span spans[HISTOGRAM_STEPS];

	lay_out(spans);
	test_steps(spans);
	test_between(spans);
	test_pack();
	test_refused();
	test_garbage();
	return check_report();
}
