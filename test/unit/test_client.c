/* SPDX-License-Identifier: MIT */
/* One spelling for an address, and where it is. */

#include "check.h"
#include "row.h"

/* A scope of NULL is "public". */
static const struct {
	const char *cell, *client, *scope;
} cells[] = {
	{ "", "", "" },
	{ "   ", "", "" },
	{ "192.0.2.1", "192.0.2.1", NULL },
	{ " 192.0.2.1 ", "192.0.2.1", NULL },
	{ "\t192.0.2.1\tx", "192.0.2.1", NULL },
	{ "192.0.2.1  198.51.100.2", "192.0.2.1", NULL },
	{ "192.0.2.1:49660", "192.0.2.1", NULL },
	{ "192.0.2.1:0", "192.0.2.1", NULL },
	{ "192.0.2.1:123456", "192.0.2.1:123456", "" },
	{ "192.0.2.1:", "192.0.2.1:", "" },
	{ "192.0.2.1:80x", "192.0.2.1:80x", "" },
	{ "[192.0.2.1]:80", "192.0.2.1", NULL },
	{ "0.0.0.0", "0.0.0.0", NULL },
	{ "255.255.255.255", "255.255.255.255", NULL },
	{ "256.0.0.1", "256.0.0.1", "" },
	{ "192.0.2", "192.0.2", "" },
	{ "192.0.2.", "192.0.2.", "" },
	{ ".192.0.2.1", ".192.0.2.1", "" },
	{ "192.0.2.1.", "192.0.2.1.", "" },
	{ "192.0.2.1.5", "192.0.2.1.5", "" },
	{ "192..2.1", "192..2.1", "" },
	{ "192.0.2.01", "192.0.2.01", "" },
	{ "010.0.0.1", "010.0.0.1", "" },
	{ "00.0.0.0", "00.0.0.0", "" },
	{ "1921.0.2.1", "1921.0.2.1", "" },
	{ "-1.0.2.1", "-1.0.2.1", "" },
	{ "3221225985", "3221225985", "" },
	{ "0x7f.0.0.1", "0x7f.0.0.1", "" },
	{ "127.0.0.1", "127.0.0.1", "loopback" },
	{ "127.255.255.255", "127.255.255.255", "loopback" },
	{ "128.0.0.1", "128.0.0.1", NULL },
	{ "169.254.0.0", "169.254.0.0", "link-local-4" },
	{ "169.254.255.255", "169.254.255.255", "link-local-4" },
	{ "169.253.255.255", "169.253.255.255", NULL },
	{ "10.0.0.0", "10.0.0.0", "private" },
	{ "11.0.0.0", "11.0.0.0", NULL },
	{ "172.15.255.255", "172.15.255.255", NULL },
	{ "172.16.0.0", "172.16.0.0", "private" },
	{ "172.31.255.255", "172.31.255.255", "private" },
	{ "172.32.0.0", "172.32.0.0", NULL },
	{ "192.168.0.1:1", "192.168.0.1", "private" },
	{ "192.169.0.1", "192.169.0.1", NULL },
	/* RFC 5952, section 4 */
	{ "2001:0db8::0001", "2001:db8::1", NULL },
	{ "2001:DB8:AAAA:BBBB:CCCC:DDDD:EEEE:1",
	  "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1", NULL },
	{ "2001:db8:0:0:0:0:2:1", "2001:db8::2:1", NULL },
	{ "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1", NULL },
	{ "2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1", NULL },
	{ "2001:0:0:1:0:0:0:1", "2001:0:0:1::1", NULL },
	{ "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1", NULL },
	{ "2001:0:0:0:1:0:0:1", "2001::1:0:0:1", NULL },
	{ "1:0:0:2:0:0:3:0", "1::2:0:0:3:0", NULL },
	{ "0:0:0:0:0:0:0:0", "::", NULL },
	{ "::", "::", NULL },
	{ "1::", "1::", NULL },
	{ "1:2:3:4:5:6:7:0", "1:2:3:4:5:6:7:0", NULL },
	{ "1:2:3:4:5:6:0:0", "1:2:3:4:5:6::", NULL },
	{ "0:0:3:4:5:6:7:8", "::3:4:5:6:7:8", NULL },
	{ "0:2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8", NULL },
	{ "::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8", NULL },
	{ "0001:0010:0100:1000:000a:00B0:0c00:D000",
	  "1:10:100:1000:a:b0:c00:d000", NULL },
	{ "0:0:0:0:0:0:0:1", "::1", "loopback" },
	{ "[::1]:443", "::1", "loopback" },
	{ "::2", "::2", NULL },
	{ "[2001:DB8::1]:443", "2001:db8::1", NULL },
	{ "[2001:DB8::1]", "2001:db8::1", NULL },
	{ "[2001:db8::1]x", "[2001:db8::1]x", "" },
	{ "[2001:db8::1]:", "[2001:db8::1]:", "" },
	{ "[2001:db8::1", "[2001:db8::1", "" },
	{ "2001:db8::1]", "2001:db8::1]", "" },
	{ "[]", "[]", "" },
	{ "[", "[", "" },
	{ "[[::1]]", "[[::1]]", "" },
	{ "fe80::1%3", "fe80::1", "link-local-6" },
	{ "FE80::1%eth0", "fe80::1", "link-local-6" },
	{ "[fe80::1%12]:6001", "fe80::1", "link-local-6" },
	{ "febf::1", "febf::1", "link-local-6" },
	{ "fec0::1", "fec0::1", NULL },
	{ "fc00::1", "fc00::1", "private" },
	{ "fdff::1", "fdff::1", "private" },
	{ "fe00::1", "fe00::1", NULL },
	{ "fbff::1", "fbff::1", NULL },
	/* Mapped, and what only looks so. */
	{ "::ffff:192.0.2.1", "192.0.2.1", NULL },
	{ "::FFFF:10.1.2.3", "10.1.2.3", "private" },
	{ "::ffff:7f00:1", "127.0.0.1", "loopback" },
	{ "0:0:0:0:0:ffff:c000:0201", "192.0.2.1", NULL },
	{ "[::ffff:192.0.2.1]:80", "192.0.2.1", NULL },
	{ "::ffff:192.0.2.1%4", "192.0.2.1", NULL },
	{ "::192.0.2.1", "::c000:201", NULL },
	{ "::ffff:0:192.0.2.1", "::ffff:0:c000:201", NULL },
	{ "64:ff9b::192.0.2.33", "64:ff9b::c000:221", NULL },
	{ "::fffe:192.0.2.1", "::fffe:c000:201", NULL },
	/* No addresses. */
	{ "::1::", "::1::", "" },
	{ "1:2:3:4:5:6:7", "1:2:3:4:5:6:7", "" },
	{ "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8:9", "" },
	{ ":1:2:3:4:5:6:7", ":1:2:3:4:5:6:7", "" },
	{ "2001:db8::g", "2001:db8::g", "" },
	{ "2001:db8::12345", "2001:db8::12345", "" },
	{ "2001:db8::1:80:", "2001:db8::1:80:", "" },
	{ "%3", "%3", "" },
	{ "%", "%", "" },
	{ "unknown", "unknown", "" },
	{ "Forged:Text", "Forged:Text", "" },
	{ "localhost", "localhost", "" },
	{ "-", "-", "" },
	{ "'; DROP", "';", "" },
	{ "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000",
	  "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000", "" },
	{ "00000000000000000000000000000000000000000000000000000001::",
	  "00000000000000000000000000000000000000000000000000000001::", "" },
};

static void
test_cells(void)
{
	for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
		struct check_guard g = { 0 };
		char room[CLIENT_ROOM];
		const char *scope = cells[i].scope ? cells[i].scope : "public";
		rpclog_slice got, again;
		char second[CLIENT_ROOM];

		check_casef("client \"%s\"", cells[i].cell);
		got = client_normalise(
			check_guard_end(&g, slice_str(cells[i].cell)), room);
		CHECK_SLICE(got, cells[i].client);
		CHECK_SLICE(client_scope(got), scope);
		again = client_normalise(got, second);
		CHECK_SLICE(again, got);
		check_guard_free(&g);
	}
}

/* Text that is longer than any address, whatever it is made of. */
static void
test_long(void)
{
	static const char kinds[] = "1:.%[] \tf0x";
	char text[400], room[CLIENT_ROOM];

	for (size_t k = 0; k < sizeof(kinds) - 1; k++) {
		for (size_t len = 0; len <= sizeof(text); len++) {
			bool blank = kinds[k] == ' ' || kinds[k] == '\t';

			check_casef("%zu times '%c'", len, kinds[k]);
			memset(text, kinds[k], sizeof(text));

			rpclog_slice got =
				client_normalise(slice_of(text, len), room);

			/* Nothing of it is an address but "::". */
			if (kinds[k] == ':' && len == 2)
				CHECK_SLICE(got, "::");
			else
				CHECK_INT(got.len, blank ? 0 : len);
			client_scope(got);
		}
	}
	CHECK_CASE("a NUL hides nothing");
	CHECK_SLICE(client_normalise(slice_of("::1\0x", 5), room),
		    slice_of("::1\0x", 5));
	CHECK_SLICE(client_scope(slice_of("::1\0x", 5)), "");
	CHECK_SLICE(client_scope(slice_of("10.0.0.1\0", 9)), "");
	CHECK_SLICE(client_normalise(slice_of(NULL, 0), room), "");
	CHECK_SLICE(client_scope(slice_of(NULL, 0)), "");
}

int
main(void)
{
	test_cells();
	test_long();
	return check_report();
}
