/* SPDX-License-Identifier: MIT */
/* Numbers as bytes: round trips, and what is no number. */

#include "check.h"
#include "varint.h"

static const struct {
	uint64_t value;
	const char *bytes;
	size_t len;
} numbers[] = {
	{ 0, "\x00", 1 },
	{ 1, "\x01", 1 },
	{ 127, "\x7f", 1 },
	{ 128, "\x80\x01", 2 },
	{ 300, "\xac\x02", 2 },
	{ 16383, "\xff\x7f", 2 },
	{ 16384, "\x80\x80\x01", 3 },
	{ UINT32_MAX, "\xff\xff\xff\xff\x0f", 5 },
	{ INT64_MAX, "\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 9 },
	{ (uint64_t)1 << 63, "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 10 },
	{ UINT64_MAX, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10 },
};

static void
test_numbers(void)
{
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		const rpclog_slice want =
			slice_of(numbers[i].bytes, numbers[i].len);
		unsigned char out[VARINT_ROOM + 1];
		uint64_t value = 7;

		check_casef("number %zu", i);

		size_t len = varint_put(numbers[i].value, out);
		rpclog_slice rest;

		CHECK_SLICE(slice_of((const char *)out, len), want);
		out[len] = 0xff;
		rest = slice_of((const char *)out, len + 1);
		CHECK_INT(varint_get(&rest, &value), 1);
		CHECK(value == numbers[i].value);
		CHECK_SLICE(rest, slice_of("\xff", 1));
	}
}

/* Refused, and nothing is taken. */
static void
check_refused(rpclog_slice bytes)
{
	struct check_guard guard;
	rpclog_slice rest = check_guard_end(&guard, bytes);
	const char *const ptr = rest.ptr;
	uint64_t value;

	CHECK_INT(varint_get(&rest, &value), 0);
	CHECK(rest.ptr == ptr && rest.len == bytes.len);
	check_guard_free(&guard);
}

static void
test_refused(void)
{
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		for (size_t len = 0; len < numbers[i].len; len++) {
			check_casef("first %zu of number %zu", len, i);
			check_refused(slice_of(numbers[i].bytes, len));
		}
	CHECK_CASE("not the shortest");
	check_refused(slice_of("\x80\x00", 2));
	check_refused(slice_of("\xff\x80\x00", 3));
	CHECK_CASE("more than 64 bits");
	check_refused(SLICE("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"));
	check_refused(SLICE("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"));
	CHECK_CASE("nothing at all");
	check_refused(slice_of(NULL, 0));
}

int
main(void)
{
	test_numbers();
	test_refused();
	return check_report();
}
