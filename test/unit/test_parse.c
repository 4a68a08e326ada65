/* SPDX-License-Identifier: MIT */
/* Numbers and times out of bytes. */

#include "check.h"
#include "row.h"

#include <stdio.h>

static const struct {
	const char *text;
	bool good;
	int64_t value;
} ints[] = {
	{ "0", true, 0 },
	{ "7", true, 7 },
	{ "007", true, 7 },
	{ "-0", true, 0 },
	{ "-1", true, -1 },
	{ "-2146892990", true, -2146892990 },
	{ "9223372036854775807", true, INT64_MAX },
	{ "9223372036854775808", false, 0 },
	{ "9223372036854775810", false, 0 },
	{ "-9223372036854775808", true, INT64_MIN },
	{ "-9223372036854775809", false, 0 },
	{ "18446744073709551616", false, 0 },
	{ "18446744073709551617", false, 0 },
	{ "00000000000000000000000000001", true, 1 },
	{ "", false, 0 },
	{ "-", false, 0 },
	{ "+1", false, 0 },
	{ "--1", false, 0 },
	{ " 1", false, 0 },
	{ "1 ", false, 0 },
	{ "1.0", false, 0 },
	{ "1-", false, 0 },
	{ "0x1", false, 0 },
	{ "1e3", false, 0 },
	{ "\xd9\xa1", false, 0 },
};

static void
test_ints(void)
{
	for (size_t i = 0; i < ARRAY_LEN(ints); i++) {
		int64_t value = 99;

		check_casef("parse_int \"%s\"", ints[i].text);
		CHECK_INT(parse_int(slice_str(ints[i].text), &value),
			  ints[i].good);
		CHECK_INT(value, ints[i].value);
	}

	int64_t value = 99;

	CHECK_CASE("parse_int, a NUL");
	CHECK(!parse_int(slice_of("1\0", 2), &value));
	CHECK_CASE("parse_int, nothing");
	CHECK(!parse_int(slice_of(NULL, 0), &value));
	CHECK_INT(value, 0);
}

static const struct {
	const char *text;
	bool good;
	int64_t ms;
} latencies[] = {
	{ "0", true, 0 },
	{ "5000", true, 5000 },
	{ "5000.0", true, 5000 },
	{ "12.9999", true, 12 },
	{ "0.9", true, 0 },
	{ "3.", true, 3 },
	{ "999999999999999", true, INT64_C(999999999999999) },
	{ "1000000000000000", false, 0 },
	{ "-1", false, 0 },
	{ "-0.5", true, 0 },
	{ ".5", false, 0 },
	{ ".", false, 0 },
	{ "", false, 0 },
	{ "1.2.3", false, 0 },
	{ "1.x", false, 0 },
	{ "1,5", false, 0 },
	{ "1.5 ", false, 0 },
	{ "NaN", false, 0 },
};

static void
test_latencies(void)
{
	for (size_t i = 0; i < ARRAY_LEN(latencies); i++) {
		int64_t ms = 0;
		bool good;

		check_casef("parse_latency \"%s\"", latencies[i].text);
		good = parse_latency(slice_str(latencies[i].text), &ms);
		if (CHECK_INT(good, latencies[i].good) && good)
			CHECK_INT(ms, latencies[i].ms);
	}
}

#define S INT64_C(1000000)

static const struct {
	const char *text;
	bool good;
	int64_t us;
} times[] = {
	{ "1970-01-01T00:00:00Z", true, 0 },
	{ "1970-01-01T00:00:00", true, 0 },
	{ "1970-01-01 00:00:00", true, 0 },
	{ "1970-01-01T00:00:00z", true, 0 },
	{ "1970-01-01t00:00:00Z", false, 0 },
	{ "1969-12-31T23:59:59.999999Z", true, -1 },
	{ "2026-03-02T10:00:00.000Z", true, 1772445600 * S },
	{ "2001-09-09T01:46:40Z", true, 1000000000 * S },
	{ "2038-01-19T03:14:08Z", true, 2147483648 * S },
	{ "0001-01-01T00:00:00Z", true, -62135596800 * S },
	{ "9999-12-31T23:59:59.999999Z", true, 253402300799 * S + 999999 },
	{ "0000-12-31T23:59:59Z", false, 0 },
	{ "2024-02-29T00:00:00Z", true, 1709164800 * S },
	{ "2000-02-29T00:00:00Z", true, 951782400 * S },
	{ "2023-02-29T00:00:00Z", false, 0 },
	{ "1900-02-29T00:00:00Z", false, 0 },
	{ "2100-02-29T00:00:00Z", false, 0 },
	{ "2100-03-01T00:00:00Z", true, 4107542400 * S },
	{ "2024-02-30T00:00:00Z", false, 0 },
	{ "2024-04-31T00:00:00Z", false, 0 },
	{ "2024-12-31T00:00:00Z", true, 1735603200 * S },
	{ "2024-00-01T00:00:00Z", false, 0 },
	{ "2024-13-01T00:00:00Z", false, 0 },
	{ "2024-01-00T00:00:00Z", false, 0 },
	{ "2024-01-32T00:00:00Z", false, 0 },
	{ "1970-01-01T23:59:59Z", true, 86399 * S },
	{ "1970-01-01T24:00:00Z", false, 0 },
	{ "1970-01-01T00:60:00Z", false, 0 },
	{ "1970-01-01T00:00:60Z", false, 0 },
	{ "1970-01-01T00:00:00.1Z", true, 100000 },
	{ "1970-01-01T00:00:00.12Z", true, 120000 },
	{ "1970-01-01T00:00:00.123Z", true, 123000 },
	{ "1970-01-01T00:00:00.1234Z", true, 123400 },
	{ "1970-01-01T00:00:00.12345Z", true, 123450 },
	{ "1970-01-01T00:00:00.123456Z", true, 123456 },
	{ "1970-01-01T00:00:00.1234567Z", true, 123456 },
	{ "1970-01-01T00:00:00.12345678Z", true, 123456 },
	{ "1970-01-01T00:00:00.123456789Z", true, 123456 },
	{ "1970-01-01T00:00:00.999999999", true, 999999 },
	{ "1970-01-01T00:00:00.000001Z", true, 1 },
	{ "1970-01-01T00:00:00.Z", false, 0 },
	{ "1970-01-01T00:00:00.", false, 0 },
	{ "1970-01-01T00:00:00,5Z", false, 0 },
	{ "1970-01-01T00:00:00+00:00", true, 0 },
	{ "1970-01-01T00:00:00-00:00", true, 0 },
	{ "1970-01-01T01:00:00+01:00", true, 0 },
	{ "1970-01-01T00:00:00.5-05:30", true, 19800 * S + 500000 },
	{ "1970-01-01T00:00:00+23:59", true, -86340 * S },
	{ "1970-01-01T00:00:00+24:00", false, 0 },
	{ "1970-01-01T00:00:00+00:60", false, 0 },
	{ "1970-01-01T00:00:00+0100", false, 0 },
	{ "1970-01-01T00:00:00+01", false, 0 },
	{ "1970-01-01T00:00:00Z+01:00", false, 0 },
	{ "1970-01-01T00:00:00ZZ", false, 0 },
	{ "1970-01-01T00:00:00 ", false, 0 },
	{ " 1970-01-01T00:00:00", false, 0 },
	{ "1970-01-01T00:00", false, 0 },
	{ "1970-1-1T00:00:00Z", false, 0 },
	{ "70-01-01T00:00:00Z", false, 0 },
	{ "-970-01-01T00:00:00Z", false, 0 },
	{ "", false, 0 },
	{ "#Fields: DateTime,RequestId", false, 0 },
};

static void
test_times(void)
{
	for (size_t i = 0; i < ARRAY_LEN(times); i++) {
		struct check_guard g = { 0 };
		int64_t us = 99;

		check_casef("parse_time \"%s\"", times[i].text);
		/* Nothing behind the text may be looked at. */
		CHECK_INT(parse_time(
				  check_guard_end(&g, slice_str(times[i].text)),
				  &us),
			  times[i].good);
		CHECK_INT(us, times[i].us);
		check_guard_free(&g);
	}
}

/*
 * The writer's own form is read by a short cut; with +00:00 for Z the same
 * time takes the long way.  Every byte at every place of several times.
 */
static void
test_short_cut(void)
{
	static const char *const times24[] = {
		"2026-03-02T10:00:00.125Z", "0001-01-01T00:00:00.000Z",
		"9999-12-31T23:59:59.999Z", "2024-02-29T12:34:56.789Z",
		"1969-12-31T23:59:59.999Z", "2023-02-28T19:09:09.090Z",
	};

	for (size_t i = 0; i < ARRAY_LEN(times24); i++) {
		for (size_t at = 0; at < 23 * 256; at++) {
			char brief[24], full[29];
			int64_t by_brief, by_full;

			memcpy(brief, times24[i], sizeof(brief));
			brief[at / 256] = (char)(at % 256);
			memcpy(full, brief, 23);
			memcpy(full + 23, "+00:00", 6);
			check_casef("%s, byte %zu is 0x%02zx", times24[i],
				    at / 256, at % 256);
			CHECK_INT(parse_time(slice_of(brief, 24), &by_brief),
				  parse_time(slice_of(full, 29), &by_full));
			CHECK_INT(by_brief, by_full);
		}
	}
}

/* A byte that belongs nowhere, at every place; and every length. */
static void
test_garbage(void)
{
	static const char good[] = "2026-03-02T10:00:00.125+01:30";
	static const char bad[] = { 'x', ' ', '\0', '\xff', '/', ':' + 1 };
	char text[sizeof(good)];
	int64_t us;

	for (size_t at = 0; at < sizeof(good) - 1; at++) {
		for (size_t i = 0; i < sizeof(bad); i++) {
			check_casef("parse_time, 0x%02x at %zu",
				    (unsigned char)bad[i], at);
			memcpy(text, good, sizeof(good));
			text[at] = bad[i];
			/* A blank for T is good. */
			CHECK_INT(parse_time(slice_of(text, sizeof(good) - 1),
					     &us),
				  at == 10 && bad[i] == ' ');
			if (at != 10)
				CHECK_INT(us, 0);
		}
	}
	for (size_t len = 0; len < sizeof(good); len++) {
		bool whole = len == 19 || (len > 20 && len < 24) ||
			     len == sizeof(good) - 1;

		check_casef("parse_time, %zu bytes", len);
		CHECK_INT(parse_time(slice_of(good, len), &us), whole);
	}
}

/* Days in order, all 3.6 million of them: by a calendar that counts. */
static void
test_calendar(void)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30,
				       31, 31, 30, 31, 30, 31 };
	int64_t want = -62135596800 * S;
	uint64_t wrong = 0;

	CHECK_CASE("parse_time, every seventh year's days");
	for (int year = 1; year <= 9999; year++) {
		bool leap =
			(year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

		if (year % 7) {
			want += (leap ? 366 : 365) * 86400 * S;
			continue;
		}
		for (int month = 1; month <= 12; month++) {
			int days = lengths[month - 1] + (leap && month == 2);

			for (int day = 1; day <= days; day++) {
				char text[64];
				int64_t us;
				int len = snprintf(text, sizeof(text),
						   "%04d-%02d-%02dT00:00:00Z",
						   year, month, day);

				wrong +=
					!parse_time(slice_of(text, (size_t)len),
						    &us) ||
					us != want;
				want += 86400 * S;
			}
		}
	}
	CHECK_INT(wrong, 0);
	CHECK_INT(want, INT64_C(253402300800) * S);
}

/* One table of minutes for all; equal to parse_time() whatever came before. */
static struct minutes minutes;

static bool
check_near(rpclog_slice text)
{
	int64_t by_memory = 99, by_text = 98;
	bool want = parse_time(text, &by_text);

	return CHECK_INT(parse_time_near(&minutes, text, &by_memory), want) &&
	       CHECK_INT(by_memory, by_text);
}

/* Two of these in a row, each with each: the second may be remembered. */
static const char *const near_times[] = {
	"2026-03-02T10:00:00.000Z",  "2026-03-02T10:00:59.999Z",
	"2026-03-02T10:10:00.001Z",  "2026-03-02T10:01:00.000Z",
	"2026-03-02T10:0000:00.0Z",  "1969-12-31T23:59:00.000Z",
	"1969-12-31T23:59:59.999Z",  "1969-12-31T23:59:00.001Z",
	"1970-01-01T00:00:00.000Z",  "1970-01-01T00:00:59.999Z",
	"0001-01-01T00:00:00.000Z",  "0001-01-01T00:00:30.500Z",
	"9999-12-31T23:59:59.999Z",  "9999-12-31T23:59:00.000Z",
	"2024-12-31T23:59:59.999Z",  "2025-01-01T00:00:00.000Z",
	"1900-02-28T23:59:01.000Z",  "1900-02-29T23:59:01.000Z",
	"2026-03-02T10:00:00+00:0Z", "2026-03-02T10:00:00+00:00",
	"2026-03-02 10:00:00.000Z",  "2026-03-02T10:00:00.0000",
	"2026-03-02T10:00:00.00Z",   "2026-03-02T10:00:00.0000Z",
	"2026-03-02T10:00:60.000Z",  "2026-03-02T10:60:00.000Z",
	"2026-03-02T10:0::00.000Z",  "2026-03-02T10:0 :00.000Z",
};

static void
test_near_orders(void)
{
	uint64_t x = 1;

	for (size_t i = 0; i < ARRAY_LEN(near_times); i++) {
		for (size_t j = 0; j < ARRAY_LEN(near_times); j++) {
			memset(&minutes, 0, sizeof(minutes));
			check_casef("parse_time_near %s behind %s",
				    near_times[j], near_times[i]);
			for (int turn = 0; turn < 2; turn++) {
				check_near(slice_str(near_times[i]));
				check_near(slice_str(near_times[j]));
			}
		}
	}
	CHECK_CASE("parse_time_near, any order");
	for (size_t i = 0; i < 200000 && check_failures() == 0; i++) {
		x = x * UINT64_C(6364136223846793005) + 1;
		if (x >> 63)
			check_near(slice_str(
				times[(x >> 33) % ARRAY_LEN(times)].text));
		else
			check_near(slice_str(
				near_times[(x >> 33) % ARRAY_LEN(near_times)]));
	}
}

/* Every byte at every place, of a minute that is known. */
static void
test_near_garbage(void)
{
	for (size_t i = 0; i < ARRAY_LEN(near_times); i++) {
		rpclog_slice good = slice_str(near_times[i]);

		for (size_t at = 0; at < good.len * 256; at++) {
			struct check_guard g = { 0 };
			char text[32];

			check_casef("parse_time_near %s, byte %zu is 0x%02zx",
				    near_times[i], at / 256, at % 256);
			memcpy(text, good.ptr, good.len);
			text[at / 256] = (char)(at % 256);
			check_near(good);
			check_near(at % 64 ? slice_of(text, good.len)
					   : check_guard_end(
						     &g,
						     slice_of(text, good.len)));
			check_guard_free(&g);
		}
		for (size_t len = 0; len < good.len; len++)
			check_near(slice_cut(good, 0, len));
	}
}

int
main(void)
{
	test_ints();
	test_latencies();
	test_times();
	test_short_cut();
	test_garbage();
	test_calendar();
	test_near_orders();
	test_near_garbage();
	return check_report();
}
