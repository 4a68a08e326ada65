/* SPDX-License-Identifier: MIT */
/* Findings when memory runs out, at each place where it can. */

#include "check_found.h"
#include "findings.h"

static struct check_rows rows;

/* Something for every file that looks for findings about machines. */
static const char text[] =
	"3*0+60 ok m=1 a=Microsoft~Office^~(Windows~NT~6.1^~x); 2*9+1 krb m=2 "
	"old t=cas2 p=RpcHttp; 3 refuse m=2 old t=cas2 p=RpcHttp; 4 ok u=bob "
	"c=2 m=7 p=RpcHttp; 4*5+1 down t=mbx2; 9 tls t=mbx2; 4*20+1 late "
	"t=mbx3; 5*30+1 skew s=ex2; 9*30+1 ok s=ex1; 40 skew t=mbx4; 41 oauth";

static void
print_time(char out[64], int64_t us)
{
	(void)us;
	memcpy(out, "2026-03-02T10:00:00.000Z", 25);
}

static rpclog_status
gather_all(struct gather *gather)
{
	for (size_t i = 0; i < rows.count; i++) {
		rpclog_status status =
			gather_row(gather, rows.row[i].row,
				   &rows.row[i].verdict, 1, i + 1);

		if (status != RPCLOG_OK)
			return status;
	}
	return gather_close(gather);
}

/* How many findings; the status in '*status'. */
static size_t
find(const rpclog_options *options, rpclog_status *status)
{
	const struct findings_options how = { .print_time = print_time };
	rpclog_tracker *tracker = NULL;
	struct gather *gather = NULL;
	struct findings *findings = NULL;
	size_t count = 0;

	*status = rpclog_tracker_new(&tracker, rows.rules, options);
	if (*status == RPCLOG_OK)
		*status = gather_new(&gather, tracker, options);
	if (*status == RPCLOG_OK)
		*status = gather_all(gather);
	if (*status == RPCLOG_OK)
		*status = rpclog_tracker_finish(tracker);
	if (*status == RPCLOG_OK)
		*status = findings_new(&findings, gather, tracker, rows.rules,
				       &how);
	if (*status == RPCLOG_OK)
		count = findings_count(findings) + findings_notes(findings);
	findings_free(findings);
	gather_free(gather);
	rpclog_tracker_free(tracker);
	return count;
}

static void
test_sweep(bool on)
{
	for (uint64_t fail_at = 1;; fail_at++) {
		struct check_memory memory;
		rpclog_options options;
		rpclog_status status;
		size_t count;

		check_memory_init(&memory, fail_at);
		memory.fail_on = on;
		options = check_memory_options(&memory);
		options.flags |= RPCLOG_OPT_LIKELY;
		count = find(&options, &status);
		CHECK_INT(memory.live, 0);
		if (memory.calls < fail_at) {
			CHECK_STATUS(status, RPCLOG_OK);
			CHECK(count >= 10);
			return;
		}
		if (!CHECK_STATUS(status, RPCLOG_ERR_NOMEM))
			return;
	}
}

int
main(void)
{
	check_rows_init(&rows);
	check_found_rows(&rows, text);
	CHECK_CASE("one call fails");
	test_sweep(false);
	CHECK_CASE("it fails from there on");
	test_sweep(true);
	check_rows_free(&rows);
	return check_report();
}
