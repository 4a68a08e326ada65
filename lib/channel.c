/* SPDX-License-Identifier: MIT */
/* What a row tells of an RPC channel: its half, its life, and who ended it. */

#include "row.h"

#define NOTHING slice_of("", 0)

rpclog_slice
channel_half(const struct rpclog_row *row)
{
	rpclog_slice method = row_known(row, RPCLOG_METHOD);

	if (slice_eq(method, SLICE("RPC_IN_DATA")))
		return SLICE("in");
	return slice_eq(method, SLICE("RPC_OUT_DATA")) ? SLICE("out") : NOTHING;
}

/* A 401 leg or a failed proxying has the method, but carried nothing. */
static bool
is_refused(const struct rpclog_row *row)
{
	int64_t status;

	return parse_int(row_known(row, RPCLOG_HTTP_STATUS), &status) &&
	       status >= 400;
}

rpclog_slice
channel_life(const struct rpclog_row *row)
{
	/* Lower bounds, so that bytes sort as times do. */
	static const struct {
		int64_t ms;
		const char *text;
	} steps[] = {
		{ 28800000, "08:00:00" }, { 3600000, "01:00:00" },
		{ 600000, "00:10:00" },	  { 60000, "00:01:00" },
		{ 10000, "00:00:10" },	  { 1000, "00:00:01" },
	};
	int64_t ms;

	if (channel_half(row).len == 0 || is_refused(row) ||
	    !parse_latency(row_known(row, RPCLOG_TOTAL_REQUEST_TIME), &ms))
		return NOTHING;
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		if (ms >= steps[i].ms)
			return slice_str(steps[i].text);
	}
	return SLICE("00:00:00");
}

/*
 * Whom the first StreamProxy pair names: a request is read from the client and
 * written to the back end, a response the other way round.
 */
static rpclog_slice
side_that_broke(rpclog_slice errors)
{
	static const struct {
		const char *value, *side;
	} sides[] = {
		{ "StreamProxy-Request-ExpectReadCallback", "client" },
		{ "StreamProxy-Response-ExpectWriteCallback", "client" },
		{ "StreamProxy-Request-ExpectWriteCallback", "backend" },
		{ "StreamProxy-Response-ExpectReadCallback", "backend" },
	};
	rpclog_slice key, value;
	size_t cursor = 0;

	while (rpclog_pairs_next(errors, &cursor, &key, &value)) {
		if (!slice_eq(key, SLICE("StreamProxy")))
			continue;
		for (size_t i = 0; i < ARRAY_LEN(sides); i++) {
			if (slice_eq(value, slice_str(sides[i].value)))
				return slice_str(sides[i].side);
		}
	}
	return NOTHING;
}

/* Timeout, ConnectionClosed, ..: no number, and no answer by HTTP either. */
static bool
is_transport_word(rpclog_slice word)
{
	if (slice_eq(word, SLICE("ProtocolError")) ||
	    slice_eq(word, SLICE("Success")))
		return false;
	for (size_t i = 0; i < word.len; i++) {
		if ((unsigned char)(ascii_lower((unsigned char)word.ptr[i]) -
				    'a') >= 26)
			return false;
	}
	return word.len > 0;
}

rpclog_slice
channel_end(const struct rpclog_row *row)
{
	rpclog_slice errors = row_known(row, RPCLOG_GENERIC_ERRORS);

	if (channel_half(row).len == 0)
		return NOTHING;
	if (is_refused(row))
		return SLICE("refused");

	rpclog_slice side = side_that_broke(errors);

	if (side.len > 0)
		return side;
	if (is_transport_word(row_known(row, RPCLOG_BACKEND_STATUS)) ||
	    is_transport_word(row_derived(row, RPCLOG_D_WEB_STATUS)))
		return SLICE("backend");
	if (errors.len > 0 || row_known(row, RPCLOG_ERROR_CODE).len > 0)
		return SLICE("unknown");
	return SLICE("closed");
}
