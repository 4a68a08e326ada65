/* SPDX-License-Identifier: MIT */
/*
 * Logs of the RpcHttp module, "#Log-type: RpcHttp Log": not those of its front
 * end, which are HttpProxy logs.  Each request is told in three stages.
 *
 * Used like w3c.h: feed, then next until it answers RPCLOG_MORE.
 */

#ifndef RPCLOG_FRONT_RPCHTTP_LOG_H
#define RPCLOG_FRONT_RPCHTTP_LOG_H

#include "guid.h"

struct rpchttp_log;

/* Items of EventData; what is not there is empty, of two the last counts. */
struct rpchttp_record {
	uint64_t line;		/* from 1 */
	int64_t time_us;
	rpclog_slice server;	/* the column ServerName */
	rpclog_slice stage;	/* BeginRequest, PostAuthorizeRequest, .. */
	rpclog_slice user;	/* UserName */
	rpclog_slice session;	/* OutlookSessionId */
	rpclog_slice auth_type;
	rpclog_slice status;	/* "401.1.Unauthorized"; as numbers below */
	rpclog_slice verb;	/* HttpVerb */
	rpclog_slice query;	/* UriQueryString */
	rpclog_slice rpc_user;	/* RpcHttpUserName */
	rpclog_slice target;	/* ServerTarget */
	rpclog_slice front_end;	/* FEServer */
	rpclog_slice request_id;
	rpclog_slice association; /* AssociationGuid */
	rpclog_slice client;	/* ClientIp */
	int http, substatus;	/* of 'status'; -1: none */
	int has_id;		/* request_id is an id, and that is .. */
	unsigned char id[GUID_LEN];
};

/* Of all that was read, over rpchttp_log_reset() too. */
struct rpchttp_counts {
	uint64_t lines;		/* blank ones too */
	uint64_t records;
	uint64_t headers;	/* lines that begin with #, or name columns */
	uint64_t damaged;	/* too few cells, too long, NULs, no time, a
				 * quote that is not closed */
};

rpclog_status rpchttp_log_new(struct rpchttp_log **out,
			      const rpclog_options *options);
void rpchttp_log_feed(struct rpchttp_log *log, rpclog_slice bytes);
void rpchttp_log_finish(struct rpchttp_log *log);
rpclog_status rpchttp_log_next(struct rpchttp_log *log,
			       struct rpchttp_record *record);
void rpchttp_log_reset(struct rpchttp_log *log);
const struct rpchttp_counts *rpchttp_log_counts(const struct rpchttp_log *log);
void rpchttp_log_free(struct rpchttp_log *log);

#endif /* RPCLOG_FRONT_RPCHTTP_LOG_H */
