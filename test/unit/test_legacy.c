/* SPDX-License-Identifier: MIT */
/* A list of legacy hosts, and what is on it. */

#include "check.h"
#include "row.h"

static const struct {
	const char *list, *target;
	bool has;
} cases[] = {
	{ "cas1", "cas1", true },
	{ "cas1", "CAS1", true },
	{ "CAS1", "cas1", true },
	{ "cas1", "cas1.contoso.com", true },
	{ "cas1", "Cas1.FABRIKAM.com", true },
	{ "cas1", "cas11", false },
	{ "cas1", "cas1x.contoso.com", false },
	{ "cas1", "cas1-b", false },
	{ "cas1", "cas", false },
	{ "cas1", "xcas1", false },
	{ "cas1", "x.cas1", false },
	{ "cas1", "cas1.", true },
	{ "cas1", "", false },
	{ "cas1.contoso.com", "cas1.contoso.com", true },
	{ "cas1.contoso.com", "CAS1.Contoso.COM", true },
	{ "cas1.contoso.com", "cas1", false },
	{ "cas1.contoso.com", "cas1.fabrikam.com", false },
	{ "cas1.contoso.com", "cas1.contoso.com.au", false },
	{ "a,b,c", "a", true },
	{ "a,b,c", "b.contoso.com", true },
	{ "a,b,c", "c", true },
	{ "a,b,c", "d", false },
	{ "a,b,c", "a,b", false },
	{ " a , b\t,\tc ", "b", true },
	{ " a , b\t,\tc ", "c", true },
	{ "a b", "a b", true },
	{ "a b", "a", false },
	{ ",,a,,", "a", true },
	{ ",,a,,", "", false },
	{ ",", "", false },
	{ " , ", " ", false },
	{ "a,a,A", "a", true },
	{ "a.b,a", "a.c", true },
	{ "", "", false },
	{ "", "a", false },
};

static void
test_lists(void)
{
	struct alloc a = alloc_from(NULL);

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct check_guard g = { 0 };
		struct legacy_hosts *hosts;

		check_casef("\"%s\" on \"%s\"", cases[i].target, cases[i].list);
		CHECK_STATUS(legacy_hosts_new(&hosts, &a, cases[i].list),
			     RPCLOG_OK);
		CHECK_INT(legacy_hosts_has(
				  hosts,
				  check_guard_end(&g,
						  slice_str(cases[i].target))),
			  cases[i].has);
		legacy_hosts_free(hosts, &a);
		check_guard_free(&g);
	}
}

static void
test_none(void)
{
	struct alloc a = alloc_from(NULL);
	struct legacy_hosts *hosts = (struct legacy_hosts *)&a;

	CHECK_CASE("no list");
	CHECK_STATUS(legacy_hosts_new(&hosts, &a, NULL), RPCLOG_OK);
	CHECK(hosts == NULL);
	hosts = (struct legacy_hosts *)&a;
	CHECK_STATUS(legacy_hosts_new(&hosts, &a, ""), RPCLOG_OK);
	CHECK(hosts == NULL);
	CHECK(!legacy_hosts_has(NULL, SLICE("a")));
	CHECK(!legacy_hosts_has(NULL, slice_of(NULL, 0)));
	legacy_hosts_free(NULL, &a);
}

/* The list may go: names are copied. */
static void
test_copied(void)
{
	struct alloc a = alloc_from(NULL);
	struct legacy_hosts *hosts;
	char list[] = "one,two";

	CHECK_CASE("the list is copied");
	CHECK_STATUS(legacy_hosts_new(&hosts, &a, list), RPCLOG_OK);
	memset(list, 'x', sizeof(list) - 1);
	CHECK(legacy_hosts_has(hosts, SLICE("two")));
	CHECK(!legacy_hosts_has(hosts, SLICE("xxx")));
	legacy_hosts_free(hosts, &a);
}

static void
test_no_memory(void)
{
	rpclog_status status = RPCLOG_ERR_NOMEM;

	for (uint64_t n = 1; status == RPCLOG_ERR_NOMEM && n < 100; n++) {
		struct check_memory memory;
		rpclog_options options;
		struct legacy_hosts *hosts;
		struct alloc a;

		check_memory_init(&memory, n);
		options = check_memory_options(&memory);
		a = alloc_from(&options);
		check_casef("allocation %u fails", (unsigned)n);
		status = legacy_hosts_new(&hosts, &a, "one,two,three");
		if (memory.calls >= n) {
			CHECK_STATUS(status, RPCLOG_ERR_NOMEM);
			CHECK(hosts == NULL);
		} else {
			CHECK_STATUS(status, RPCLOG_OK);
		}
		legacy_hosts_free(hosts, &a);
		CHECK_INT(memory.live, 0);
	}
	CHECK_STATUS(status, RPCLOG_OK);
}

int
main(void)
{
	test_lists();
	test_none();
	test_copied();
	test_no_memory();
	return check_report();
}
