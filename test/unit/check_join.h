/* SPDX-License-Identifier: MIT */
/* Rows of check_rows.h and what other logs say of them, as tables in text. */

#ifndef RPCLOG_CHECK_JOIN_H
#define RPCLOG_CHECK_JOIN_H

#include "check_gather.h"

/* A RequestId that ends in two digits. */
#define ID(n) "6f0c1a52-0d5e-4c57-9a77-0f2b6a1c00" #n
#define HEAD                                                                   \
	"#Fields: date time cs-uri-query s-port sc-status sc-substatus "       \
	"sc-win32-status\n"
#define LINE(n, port, code)                                                    \
	"2026-03-02 10:00:01 a&cafeReqId=" ID(n) ";&b " #port " " code "\n"
#define WRONG  "401 1 1326"
#define LOCKED "401 1 1909"
#define FIRST  "401 2 5"
#define FINE   "200 0 0"
#define MODULE(at, stage, user, mailbox, client)                               \
	"2026-03-02T10:" at ".000Z,CAS01,RpcHttp,S:Stage=" stage               \
	";S:UserName=" user                                                    \
	";S:UriQueryString=?11111111-2222-3333-4444-5555555555" mailbox        \
	"@CONTOSO.COM:6001;S:ClientIp=" client "\n"
#define MAILBOX "mailbox:11111111-2222-3333-4444-555555555501@contoso.com"
#define OPENED	"PostAuthorizeRequest"

/* Three legs of one session, and a later row of the same server. */
#define LEGS                                                                   \
	"0 leg id=" ID(01) ";1 leg id=" ID(02) ";2 leg id=" ID(03) ";300 "     \
								   "clock;"
#define RPC_LEGS                                                               \
	"0 leg x=RPC_IN_DATA id=" ID(01) ";1 leg x=RPC_IN_DATA id=" ID(        \
		02) ";2 leg x=RPC_IN_DATA id=" ID(03) ";300 clock;"

struct check_log {
	const char *what;
	const char *text;
	bool cut; /* the last line does not count */
};

struct check_way {
	size_t workers, joiners, chunk;
	const rpclog_options *options;
	const rpclog_chooser *chooser;
};

/*
 * "MATCHED: " and the tables FAIL and REASON: rows go to the workers in turn,
 * logs, of which the last has no 'what', to the joiners, in copies of 'chunk'
 * bytes (0: whole) that are overwritten and freed.
 */
rpclog_status check_joined(struct check_text *out, const struct check_rows *r,
			   const struct check_log *logs,
			   const struct check_way *way);

#endif /* RPCLOG_CHECK_JOIN_H */
