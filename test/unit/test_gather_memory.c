/* SPDX-License-Identifier: MIT */
/*
 * Gathers and findings while memory runs out: each allocation fails in turn.
 * Then they say so, whatever is asked of them next, and leave nothing behind.
 */

#include <stdlib.h>

#include "check_gather.h"

static struct check_rows rows;

#define OLD "t=old TargetServerVersion=14.03.0123.004 "
#define TOKEN                                                                  \
	"GenericErrors=HttpException=NegotiateSecurityContext+failed+with+"    \
	"for+host+'x'+with+status+'InvalidToken' "

static const char text[] =
	"0 leg; 1 leg; 2 leg; 3 ok c=2; 4 ok u=B c=3 x=RPC_OUT_DATA p=RpcHttp "
	"TotalRequestTime=1 UrlHost=a.example;"
	"5 fail p=RpcHttp m=7 " OLD TOKEN ";6 fail p=RpcHttp m=8 " OLD
	";7 basic m=2 s=CAS02 p=Ews id=6f0c1a52-0d5e-4c57-9a77-0f2b6a1c0001;"
	"8 deny u=\x80 c=9; 9 probe;"
	"10 ok t=a/b TotalRequestTime=9000 BackendProcessingLatency=9000;"
	"11 ok a=x BackEndStatus=ConnectFailure HttpStatus=503;"
	"12 ok u=C UserAgent=Microsoft+Office/15.0+(Windows+NT+6.1|+Microsoft+"
	"Outlook+15.0.4797|+Pro); 3600 ok u=b; 90 clock s=CAS03";

/* One that has failed must not give sums that are not whole. */
static void
ask_again(const struct check_gather *g, size_t at)
{
	struct gathered *in;

	if (at < rows.count)
		CHECK_STATUS(check_gather_rows(g, &rows, at, at + 1),
			     RPCLOG_ERR_NOMEM);
	CHECK_STATUS(check_gather_close(g), RPCLOG_ERR_NOMEM);
	CHECK_STATUS(check_gather_settle(&in, g, &rows), RPCLOG_ERR_NOMEM);
	CHECK(in == NULL);
}

static rpclog_status
take(struct check_gather *g, size_t from, size_t to,
     const rpclog_options *options)
{
	rpclog_status status = check_gather_new(g, rows.rules, options, NULL);

	if (status != RPCLOG_OK)
		return status;
	for (size_t i = from; i < to; i++) {
		status = check_gather_rows(g, &rows, i, i + 1);
		if (status != RPCLOG_OK) {
			ask_again(g, i);
			return status;
		}
	}
	return check_gather_close(g);
}

static rpclog_status
look(struct check_text *out, const rpclog_options *options)
{
	const struct findings_options asked = { .paths = "logs",
						.print_time =
							check_print_time };
	struct check_gather a = { NULL, NULL }, b = { NULL, NULL };
	struct findings *findings = NULL;
	rpclog_status status = take(&a, 0, rows.count / 2, options);

	if (status == RPCLOG_OK)
		status = take(&b, rows.count / 2, rows.count, options);
	if (status == RPCLOG_OK)
		status = check_gather_merge(&a, &b);
	else
		check_gather_free(&b);
	if (status == RPCLOG_OK)
		status = rpclog_tracker_finish(a.tracker);
	if (status == RPCLOG_OK)
		status = findings_new(&findings, a.gather, a.tracker,
				      rows.rules, &asked);
	if (status == RPCLOG_OK)
		check_all_said(out, findings);
	else
		CHECK(findings == NULL);
	findings_free(findings);
	check_gather_free(&a);
	return status;
}

static void
sweep(const struct check_text *wanted, bool fail_on)
{
	rpclog_status status = RPCLOG_ERR_NOMEM;
	uint64_t fails = 0;

	for (uint64_t at = 1; status != RPCLOG_OK; at += check_stride()) {
		struct check_text got = { 0 };
		struct check_memory memory;
		rpclog_options options;

		check_casef("allocation %u fails%s", (unsigned)at,
			    fail_on ? ", and all later ones" : "");
		check_memory_init(&memory, at);
		memory.fail_on = fail_on;
		options = check_memory_options(&memory);
		status = look(&got, &options);
		if (status == RPCLOG_OK) {
			CHECK(memory.calls < at);
			CHECK_STR(got.ptr, wanted->ptr);
		} else {
			CHECK_STATUS(status, RPCLOG_ERR_NOMEM);
			fails++;
		}
		check_text_free(&got);
		CHECK_INT(memory.live, 0);
	}
	CHECK(fails > 100 / check_stride());
}

int
main(void)
{
	struct check_text wanted = { 0 };

	check_rows_init(&rows);
	check_rows_add(&rows, text);
	CHECK_STATUS(look(&wanted, NULL), RPCLOG_OK);
	/* What fails is worth nothing if nothing is found. */
	CHECK(strstr(wanted.ptr, "\nlegacy_unpatched "));
	CHECK(strstr(wanted.ptr, "\nsecondary_mailbox "));
	CHECK(strstr(wanted.ptr, "\ncredentials_rejected "));
	CHECK(strstr(wanted.ptr, "\ntls_old_clients "));
	sweep(&wanted, false);
	sweep(&wanted, true);
	check_text_free(&wanted);
	check_rows_free(&rows);
	return check_report();
}
