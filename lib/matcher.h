/* SPDX-License-Identifier: MIT */
/* The matcher beyond rpclog.h: the slow judge that tests hold it against. */

#ifndef RPCLOG_MATCHER_H
#define RPCLOG_MATCHER_H

#include "base.h"

/*
 * As rpclog_matcher_classify(), by evaluating every alternative of every rule
 * in order.
 */
rpclog_status matcher_classify_slowly(rpclog_matcher *matcher,
				      const rpclog_row *row,
				      rpclog_verdict *verdict);

#endif /* RPCLOG_MATCHER_H */
