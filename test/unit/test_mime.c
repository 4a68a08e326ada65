/* SPDX-License-Identifier: MIT */
/* Encodings and headers of a mail. */

#include <string.h>

#include "check.h"
#include "report/mime.h"
#include "report/page.h"
#include "when.h"

#define TEN	"aaaaaaaaaa"
#define FIFTY	TEN TEN TEN TEN TEN
#define SEVENTY FIFTY TEN TEN

/* ---- Parts --------------------------------------------------------------- */

static const struct {
	const char *text, *coded;
} printable[] = {
	{ "", "" },
	{ "plain\n", "plain\n" },
	{ "no end", "no end=\n" },
	{ "\n\n", "\n\n" },
	{ "x=1\n", "x=3D1\n" },
	{ "caf\xc3\xa9\n", "caf=C3=A9\n" },
	{ "blank \n", "blank=20\n" },
	{ "tab\t\n", "tab=09\n" },
	{ "in side\t.\n", "in side\t.\n" },
	{ "cr\r\n", "cr=0D\n" },
	{ "From here\n", "=46rom here\n" },
	{ ".\n", "=2E\n" },
	{ "..\n.x\n", "=2E.\n=2Ex\n" },
	{ "\x01\x7f\xff\n", "=01=7F=FF\n" },
	/* 76 fit if the line ends there, else 75 and a soft end. */
	{ SEVENTY "bcdefg\n", SEVENTY "bcdefg\n" },
	{ SEVENTY "bcdefgh\n", SEVENTY "bcdef=\ngh\n" },
	{ SEVENTY "bcd=\n", SEVENTY "bcd=3D\n" },
	{ SEVENTY "bcde=\n", SEVENTY "bcde=\n=3D\n" },
	{ SEVENTY "bc=d\n", SEVENTY "bc=3Dd\n" },
	{ SEVENTY "bcd=e\n", SEVENTY "bcd=\n=3De\n" },
	/* A soft end takes its place at the end of the text, too. */
	{ SEVENTY "bcdefg", SEVENTY "bcdef=\ng=\n" },
	{ SEVENTY "bc=", SEVENTY "bc=3D=\n" },
	{ SEVENTY "bcd=", SEVENTY "bcd=\n=3D=\n" },
	/* What begins a line after a soft end begins a line. */
	{ SEVENTY "bcdef.g\n", SEVENTY "bcdef=\n=2Eg\n" },
};

static void
check_printable(const char *text, const char *coded, bool crlf)
{
	struct out out;
	struct check_text want = { 0 };
	const struct mime mime = { .out = &out, .crlf = crlf };

	for (const char *p = coded; *p; p++)
		check_text_add(&want, *p == '\n' && crlf ? "\r%c" : "%c", *p);
	out_memory(&out);
	mime_quoted_printable(&mime, slice_of(text, strlen(text)));
	CHECK_SLICE(slice_of(out.data, out.len), check_text_slice(&want));
	out_free(&out);
	check_text_free(&want);
}

static void
test_printable(void)
{
	for (size_t i = 0; i < ARRAY_LEN(printable); i++) {
		check_casef("quoted-printable %zu", i);
		check_printable(printable[i].text, printable[i].coded, false);
		check_printable(printable[i].text, printable[i].coded, true);
	}
}

static const struct {
	const char *text, *coded;
} base64[] = {
	{ "", "" },
	{ "f", "Zg==\n" },
	{ "fo", "Zm8=\n" },
	{ "foo", "Zm9v\n" },
	{ "foob", "Zm9vYg==\n" },
	{ "\xff\xfe\xfd", "//79\n" },
	/* 57 bytes make a line. */
	{ FIFTY "bcdefgh",
	  "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh"
	  "YWFhYWFhYWFhYWFiY2RlZmdo\n" },
	{ FIFTY "bcdefghi",
	  "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh"
	  "YWFhYWFhYWFhYWFiY2RlZmdo\naQ==\n" },
};

static void
test_base64(void)
{
	for (size_t i = 0; i < ARRAY_LEN(base64); i++) {
		struct out out;
		const struct mime mime = { .out = &out };

		check_casef("base64 %zu", i);
		out_memory(&out);
		mime_base64(&mime,
			    slice_of(base64[i].text, strlen(base64[i].text)));
		CHECK_SLICE(slice_of(out.data, out.len), base64[i].coded);
		out_free(&out);
	}
}

/* ---- Headers ------------------------------------------------------------- */

static const struct {
	const char *text, *header;
} subjects[] = {
	{ "rpclog: all quiet on 2026-11-22",
	  "Subject: rpclog: all quiet on 2026-11-22\n" },
	{ "rpclog: 37 users prompted yesterday (+12), cas10-02",
	  "Subject: rpclog: 37 users prompted yesterday (+12), cas10-02\n" },
	{ FIFTY " " FIFTY, "Subject: " FIFTY "\n " FIFTY "\n" },
	{ "", "Subject:\n" },
	{ "two  blanks", "Subject: =?utf-8?q?two__blanks?=\n" },
	{ "end ", "Subject: =?utf-8?q?end_?=\n" },
	{ " begin", "Subject: =?utf-8?q?_begin?=\n" },
	{ "caf\xc3\xa9", "Subject: =?utf-8?q?caf=C3=A9?=\n" },
	{ "=?utf-8?q?Boo?=",
	  "Subject: =?utf-8?q?=3D=3Futf-8=3Fq=3FBoo=3F=3D?=\n" },
	{ "a\r\nBcc: x@y.z",
	  "Subject: =?utf-8?q?a=5Cx0D=5Cx0ABcc=3A_x=40y=2Ez?=\n" },
	{ "a\nb", "Subject: =?utf-8?q?a=5Cx0Ab?=\n" },
	{ "\x1b[31m", "Subject: =?utf-8?q?=5Cx1B=5B31m?=\n" },
	{ "bad \xff utf", "Subject: =?utf-8?q?bad_=5CxFF_utf?=\n" },
	{ "tab\there", "Subject: =?utf-8?q?tab=5Cx09here?=\n" },
	/* The first word has what the name leaves of 76. */
	{ FIFTY "bcdef@",
	  "Subject: =?utf-8?q?" FIFTY "bcdef?=\n =?utf-8?q?=40?=\n" },
	/* No character is cut. */
	{ FIFTY "\xf0\x9f\x98\x80",
	  "Subject: =?utf-8?q?" FIFTY "?=\n =?utf-8?q?=F0=9F=98=80?=\n" },
};

static void
test_subjects(void)
{
	for (size_t i = 0; i < ARRAY_LEN(subjects); i++) {
		struct out out;
		const struct mime mime = { .out = &out };

		check_casef("subject %zu", i);
		out_memory(&out);
		mime_unstructured(
			&mime, "Subject",
			slice_of(subjects[i].text, strlen(subjects[i].text)));
		CHECK_SLICE(slice_of(out.data, out.len), subjects[i].header);
		out_free(&out);
	}
}

/* Whatever bytes there are, lines end where we end them, and are short. */
static void
test_any_bytes(void)
{
	uint64_t seed = 7;

	for (size_t round = 0; round < 200; round++) {
		char text[300];
		size_t len = check_random(&seed, sizeof(text)), column = 0;
		struct out out;
		const struct mime mime = { .out = &out, .crlf = true };

		check_casef("bytes %zu", round);
		for (size_t i = 0; i < len; i++)
			text[i] = (char)check_random(&seed, 256);
		out_memory(&out);
		mime_unstructured(&mime, "Subject", slice_of(text, len));
		for (size_t i = 0; i < out.len; i++) {
			const char c = out.data[i];

			if (c == '\r') {
				CHECK(column <= 76);
				column = 0;
				CHECK(i + 1 < out.len &&
				      out.data[i + 1] == '\n');
				CHECK(i + 2 == out.len ||
				      out.data[i + 2] == ' ');
				i++;
				continue;
			}
			CHECK(c >= ' ' && c <= '~');
			column++;
		}
		out_free(&out);
		if (check_failures())
			return;
	}
}

static void
test_ours(void)
{
	struct out out;
	const struct mime mime = { .out = &out };

	CHECK_CASE("a header of ours");
	out_memory(&out);
	mime_header(&mime, "X", "a;\nb=\"c\"\r\x01\xff");
	CHECK_SLICE(slice_of(out.data, out.len), "X: a;\n b=\"c\"???\n");
	out_free(&out);
}

static const struct {
	const char *zone;
	int64_t us;
	const char *header;
} dates[] = {
	{ "UTC", 0, "Date: Thu, 01 Jan 1970 00:00:00 +0000\n" },
	{ "UTC", -1, "Date: Wed, 31 Dec 1969 23:59:59 +0000\n" },
	{ "UTC", INT64_C(1795389604000000),
	  "Date: Sun, 22 Nov 2026 23:20:04 +0000\n" },
	{ "Europe/Berlin", INT64_C(1795389604000000),
	  "Date: Mon, 23 Nov 2026 00:20:04 +0100\n" },
	{ "America/St_Johns", INT64_C(1795393204999999),
	  "Date: Sun, 22 Nov 2026 20:50:04 -0330\n" },
	{ "Asia/Kathmandu", INT64_C(1709164800000000),
	  "Date: Thu, 29 Feb 2024 05:45:00 +0545\n" },
};

/* Offsets are remembered, since a program has one zone: no instant comes twice
 * but in UTC, which has none. */
static void
test_dates(void)
{
	for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
		struct out out;
		const struct mime mime = { .out = &out };

		check_casef("date %zu", i);
		CHECK_INT(when_set_zone(dates[i].zone), 1);
		out_memory(&out);
		mime_date(&mime, dates[i].us);
		CHECK_SLICE(slice_of(out.data, out.len), dates[i].header);
		out_free(&out);
	}
}

/* ---- Addresses ----------------------------------------------------------- */

static const struct {
	const char *address, *header; /* NULL: refused */
} addresses[] = {
	{ "it@example.com", "To: it@example.com\n" },
	{ "root@localhost", "To: root@localhost\n" },
	{ "o'neil+x.y_z@a-b.example", "To: o'neil+x.y_z@a-b.example\n" },
	{ "<it@example.com>", "To: it@example.com\n" },
	{ "The Admins <it@example.com>", "To: The Admins <it@example.com>\n" },
	{ "\"Doe, Jane\" <j@example.com>",
	  "To: =?utf-8?q?Doe=2C_Jane?= <j@example.com>\n" },
	{ "J\xc3\xb6rg <j@example.com>",
	  "To: =?utf-8?q?J=C3=B6rg?= <j@example.com>\n" },
	{ "=?utf-8?q?x?= <j@example.com>",
	  "To: =?utf-8?q?=3D=3Futf-8=3Fq=3Fx=3F=3D?= <j@example.com>\n" },
	{ "a (b) <j@example.com>",
	  "To: =?utf-8?q?a_=28b=29?= <j@example.com>\n" },
	{ "", NULL },
	{ "it", NULL },
	{ "@", NULL },
	{ "it@", NULL },
	{ "@example.com", NULL },
	{ "it@@example.com", NULL },
	{ "a@b@example.com", NULL },
	{ "it @example.com", NULL },
	{ " it@example.com", NULL },
	{ "it@example.com ", NULL },
	{ "it@example..com", NULL },
	{ "it@.example.com", NULL },
	{ "it@example.com.", NULL },
	{ "it@-example.com", NULL },
	{ "it@example-.com", NULL },
	{ "it@[192.0.2.1]", NULL },
	{ "it@ex_ample.com", NULL },
	{ ".it@example.com", NULL },
	{ "it.@example.com", NULL },
	{ "i..t@example.com", NULL },
	{ "a@example.com,b@example.com", NULL },
	{ "a@example.com, b@example.com", NULL },
	{ "j\xc3\xb6rg@example.com", NULL },
	{ "it@b\xc3\xbc"
	  "cher.example",
	  NULL },
	{ "it@example.com\nBcc: x@example.com", NULL },
	{ "it@example.com\r\nBcc: x@example.com", NULL },
	{ "it@example.com\n", NULL },
	{ "A\nBcc: x@example.com <it@example.com>", NULL },
	{ "A\nB <it@example.com>", NULL },
	{ "A\tB <it@example.com>", NULL },
	{ "A\x1b[2J <it@example.com>", NULL },
	{ "A\xff <it@example.com>", NULL },
	{ "A\xc2\x85 <it@example.com>", NULL },
	{ "A <it@example.com", NULL },
	{ "A <it@example.com> ", NULL },
	{ "A <it@example.com> B", NULL },
	{ "A <it@example.com><x@example.com>", NULL },
	{ "A <>", NULL },
	{ "A <b <it@example.com>", NULL },
	{ "x@example.com <it@example.com>", NULL },
	{ FIFTY TEN "aaaa@example.com", "To: " FIFTY TEN "aaaa@example.com\n" },
	{ FIFTY TEN "aaaaa@example.com", NULL },
	{ "it@" FIFTY TEN "aaa.com", "To: it@" FIFTY TEN "aaa.com\n" },
	{ "it@" FIFTY TEN "aaaa.com", NULL },
};

static void
test_addresses(void)
{
	for (size_t i = 0; i < ARRAY_LEN(addresses); i++) {
		const char *address = addresses[i].address;
		struct out out;
		const struct mime mime = { .out = &out };

		check_casef("address %zu", i);
		CHECK_INT(mail_address_valid(address),
			  addresses[i].header != NULL);
		if (!addresses[i].header)
			continue;
		out_memory(&out);
		mime_addresses(&mime, "To", &address, 1);
		CHECK_SLICE(slice_of(out.data, out.len), addresses[i].header);
		out_free(&out);
	}
}

static void
test_many_addresses(void)
{
	static const char *const many[] = {
		"The Admins <it@example.com>",
		"\xd0\x96\xd0\x96\xd0\x96 <zh@example.com>",
		"somebody.else@mail.department.example.com",
		"root@localhost",
	};
	struct out out;
	const struct mime mime = { .out = &out };

	CHECK_CASE("many addresses");
	out_memory(&out);
	mime_addresses(&mime, "To", many, ARRAY_LEN(many));
	CHECK_SLICE(slice_of(out.data, out.len),
		    "To: The Admins <it@example.com>,"
		    " =?utf-8?q?=D0=96=D0=96=D0=96?=\n"
		    " <zh@example.com>,"
		    " somebody.else@mail.department.example.com,"
		    " root@localhost\n");
	out_free(&out);
}

int
main(void)
{
	test_printable();
	test_base64();
	test_subjects();
	test_any_bytes();
	test_ours();
	test_dates();
	test_addresses();
	test_many_addresses();
	return check_report();
}
