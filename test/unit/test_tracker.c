/* SPDX-License-Identifier: MIT */
/* What becomes of 401 legs (lib/README.md, Sessions), as a table. */

#include "check_rows.h"

#define LEG  "fe_auth_leg"
#define HAND "handshake"
#define REJ  "fe_credentials_rejected"
#define SUSP "fe_credentials_suspected"

static struct check_rows rows;

/* Zero is the default, as in rpclog_options. */
struct config {
	uint32_t handshake_ms, window_s, legs, settle_s, settle_rpc_s;
};

static const struct {
	const char *name, *rows, *want;
	int too_recent;
	struct config config;
} sessions[] = {
	{ "success at once", "0 leg; 0 ok", HAND " ok", 0, { 0 } },
	{ "at 10.000 s", "0 leg; 10 ok", HAND " ok", 0, { 0 } },
	{ "at 10.001 s", "0 leg; 10.001 ok", LEG " ok", 0, { 0 } },
	{ "a success before", "0 ok; 0.001 leg", "ok " LEG, 0, { 0 } },
	{ "later in the file, earlier by start",
	  "5 ok d=3000; 0 leg d=1",
	  "ok " HAND,
	  0,
	  { 0 } },
	{ "between two starts",
	  "0 ok; 5 leg; 15 ok; 4 ok; 14 ok",
	  "ok " HAND " ok ok ok",
	  0,
	  { 0 } },
	{ "IA and a failing back end",
	  "0 leg; 5 fail",
	  HAND " be_auth_401",
	  0,
	  { 0 } },
	{ "IA and a 401", "0 leg; 5 deny", HAND " fe_authz_denied", 0, { 0 } },
	{ "a probe's success",
	  "0 leg c=10.0.0.9; 1 probe",
	  HAND " probe",
	  0,
	  { 0 } },
	{ "another mailbox", "0 leg; 1 ok m=2", LEG " ok", 0, { 0 } },
	{ "another client", "0 leg; 1 ok c=2", LEG " ok", 0, { 0 } },
	{ "no mailbox against one", "0 leg m=-; 1 ok", LEG " ok", 0, { 0 } },
	{ "another agent, same mailbox",
	  "0 leg; 1 ok a=b",
	  HAND " ok",
	  0,
	  { 0 } },
	{ "another agent, no mailbox",
	  "0 leg m=-; 1 ok m=- a=b",
	  LEG " ok",
	  0,
	  { 0 } },
	{ "same agent, no mailbox",
	  "0 leg m=-; 1 ok m=-",
	  HAND " ok",
	  0,
	  { 0 } },
	{ "another user, server and method",
	  "0 leg; 1 ok u=x s=CAS02 x=RPC_IN_DATA",
	  HAND " ok",
	  0,
	  { 0 } },
	{ "two legs", "0 leg; 1 leg; 300 clock", LEG " " LEG " ok", 0, { 0 } },
	{ "three legs",
	  "0 leg; 1 leg; 2 leg; 300 clock",
	  REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "three at one time",
	  "0 leg; 0 leg; 0 leg; 300 clock",
	  REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "third at 60.000 s",
	  "0 leg; 30 leg; 60 leg; 300 clock",
	  REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "third at 60.001 s",
	  "0 leg; 30 leg; 60.001 leg; 300 clock",
	  LEG " " LEG " " LEG " ok",
	  0,
	  { 0 } },
	{ "the first alone, then three",
	  "0 leg; 60.001 leg; 61 leg; 62 leg; 300 clock",
	  LEG " " REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "a handshake is none of the three",
	  "0 leg; 1 leg; 50 leg; 60 ok; 300 clock",
	  LEG " " LEG " " HAND " ok ok",
	  0,
	  { 0 } },
	{ "IA at the last leg + 60.000 s",
	  "0 leg; 1 leg; 2 leg; 62 ok; 300 clock",
	  LEG " " LEG " " LEG " ok ok",
	  0,
	  { 0 } },
	{ "IA at the last leg + 60.001 s",
	  "0 leg; 1 leg; 2 leg; 62.001 ok; 300 clock",
	  REJ " " REJ " " REJ " ok ok",
	  0,
	  { 0 } },
	{ "IA just before the first",
	  "9.999 ok; 10 leg; 11 leg; 12 leg;"
	  "300 clock",
	  "ok " REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "IA of another key",
	  "0 leg; 1 leg; 2 leg; 30 ok c=2; 300 clock",
	  REJ " " REJ " " REJ " ok ok",
	  0,
	  { 0 } },
	{ "a chain by 60.000 s",
	  "0 leg; 1 leg; 2 leg; 62 leg; 122 leg;"
	  "400 clock",
	  REJ " " REJ " " REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "a chain ends at 60.001 s",
	  "0 leg; 1 leg; 2 leg; 62 leg;"
	  "122.001 leg; 400 clock",
	  REJ " " REJ " " REJ " " REJ " " LEG " ok",
	  0,
	  { 0 } },
	{ "a chain ends at IA",
	  "0 leg; 1 leg; 2 leg; 62 leg; 100 ok; 122 leg;"
	  "400 clock",
	  REJ " " REJ " " REJ " " REJ " ok " LEG " ok",
	  0,
	  { 0 } },
	{ "IA between, then a new window",
	  "0 leg; 1 leg; 2 leg; 62.001 ok; 80 leg; 81 leg; 82 leg; 400 clock",
	  REJ " " REJ " " REJ " ok " REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "RPC_ in the window",
	  "0 leg; 1 leg x=RPC_IN_DATA; 2 leg;"
	  "7202 clock",
	  SUSP " " SUSP " " SUSP " ok",
	  0,
	  { 0 } },
	{ "RPC_ at the chain's end",
	  "0 leg; 1 leg; 2 leg; 62 leg x=RPC_;"
	  "7262 clock",
	  SUSP " " SUSP " " SUSP " " SUSP " ok",
	  0,
	  { 0 } },
	{ "methods that are not RPC_",
	  "0 leg x=XRPC_; 1 leg x=rpc_in_data;"
	  "2 leg x=RPC; 300 clock",
	  REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "settled after 120.000 s",
	  "0 leg; 1 leg; 2 leg; 122 clock",
	  REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "not after 119.999 s",
	  "0 leg; 1 leg; 2 leg; 121.999 clock",
	  LEG " " LEG " " LEG " ok",
	  3,
	  { 0 } },
	{ "RPC_ not after 7199.999 s",
	  "0 leg; 1 leg; 2 leg x=RPC_OUT_DATA;"
	  "7201.999 clock",
	  LEG " " LEG " " LEG " ok",
	  3,
	  { 0 } },
	{ "by DateTime, not by start",
	  "0 leg; 1 leg; 2 leg; 5 clock d=122",
	  REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "another server's clock",
	  "0 leg; 1 leg; 2 leg; 300 clock s=CAS02",
	  LEG " " LEG " " LEG " ok",
	  3,
	  { 0 } },
	{ "each leg by its server",
	  "0 leg; 1 leg s=CAS02; 2 leg; 300 clock",
	  REJ " " LEG " " REJ " ok",
	  1,
	  { 0 } },
	{ "the chain's last leg counts",
	  "0 leg; 1 leg; 2 leg; 62 leg;"
	  "181.999 clock",
	  LEG " " LEG " " LEG " " LEG " ok",
	  4,
	  { 0 } },
	{ "too few are not too recent", "0 leg; 1 leg", LEG " " LEG, 0, { 0 } },
	{ "a leg with a user",
	  "0 leg u=CONTOSO\\bob; 1 leg; 2 leg; 300 clock",
	  REJ " " REJ " " REJ " ok",
	  0,
	  { 0 } },
	{ "handshake 500 ms",
	  "0 leg; 0.5 ok; 10 leg; 10.501 ok",
	  HAND " ok " LEG " ok",
	  0,
	  { .handshake_ms = 500 } },
	{ "handshake 0",
	  "0 leg; 0 ok; 9.999 leg; 10 ok",
	  HAND " ok " LEG " ok",
	  0,
	  { .handshake_ms = RPCLOG_ZERO } },
	{ "two legs in 5 s",
	  "0 leg; 5 leg; 20 leg; 25.001 leg; 300 clock",
	  REJ " " REJ " " LEG " " LEG " ok",
	  0,
	  { .legs = 2, .window_s = 5 } },
	{ "window 0",
	  "0 leg; 0 leg; 0 leg; 0.001 leg; 300 clock",
	  REJ " " REJ " " REJ " " LEG " ok",
	  0,
	  { .window_s = RPCLOG_ZERO } },
	{ "settle 0",
	  "0 leg; 1 leg; 2 leg",
	  REJ " " REJ " " REJ,
	  0,
	  { .settle_s = RPCLOG_ZERO } },
	{ "settle 0, RPC_ 5",
	  "0 leg; 1 leg; 2 leg x=RPC_IN_DATA; 6.999 clock",
	  LEG " " LEG " " LEG " ok",
	  3,
	  { .settle_s = RPCLOG_ZERO, .settle_rpc_s = 5 } },
};

static void
test_sessions(void)
{
	for (size_t i = 0; i < ARRAY_LEN(sessions); i++) {
		struct check_text got = { 0 };

		check_casef("section 4, %s: %s", sessions[i].name,
			    sessions[i].rows);

		rpclog_options options = RPCLOG_OPTIONS_INIT;
		const struct config *config = &sessions[i].config;

		options.handshake_ms = config->handshake_ms;
		options.reject_window_s = config->window_s;
		options.reject_legs = config->legs;
		options.settle_s = config->settle_s;
		options.settle_rpc_s = config->settle_rpc_s;

		rpclog_tracker *t =
			check_tracked(&rows, sessions[i].rows, &options);

		check_settled(&got, &rows, t);
		CHECK_STR(got.ptr, sessions[i].want);
		CHECK_INT(rpclog_tracker_too_recent(t), sessions[i].too_recent);
		check_text_free(&got);
		rpclog_tracker_free(t);
	}
}

int
main(void)
{
	check_rows_init(&rows);
	test_sessions();
	check_rows_free(&rows);
	return check_report();
}
