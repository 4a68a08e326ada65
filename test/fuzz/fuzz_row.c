/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as cells: they come back as they went in, and every reading of
 * them (typed, pairs, derived, class) stays inside of memory it may read.
 */

#include <stdlib.h>

#include "check_log.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the input's pieces, parted by 01, are put into. */
static const struct {
	const char *name;
	rpclog_known known;
} columns[] = {
	{ "ClientIpAddress", RPCLOG_CLIENT_IP },
	{ "UrlQuery", RPCLOG_URL_QUERY },
	{ "GenericErrors", RPCLOG_GENERIC_ERRORS },
	{ "GenericInfo", RPCLOG_GENERIC_INFO },
	{ "TotalRequestTime", RPCLOG_TOTAL_REQUEST_TIME },
	{ "UserAgent", RPCLOG_USER_AGENT },
	{ "AuthenticationType", RPCLOG_AUTHENTICATION_TYPE },
	{ "AuthenticatedUser", RPCLOG_AUTHENTICATED_USER },
	{ "TargetServer", RPCLOG_TARGET_SERVER },
	{ "RequestBytes", RPCLOG_REQUEST_BYTES },
	{ "HttpStatus", RPCLOG_HTTP_STATUS },
	{ "BackEndStatus", RPCLOG_BACKEND_STATUS },
	{ "ErrorCode", RPCLOG_ERROR_CODE },
	{ "RoutingHint", RPCLOG_ROUTING_HINT },
};

static uint64_t touched;

static void
touch(rpclog_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		touched += (unsigned char)s.ptr[i];
}

/* Quoted, as the writer would; without line feeds, NULs and the like. */
static char *
quoted(rpclog_slice piece)
{
	struct check_text cell = { 0 };

	check_text_add(&cell, "\"");
	for (size_t i = 0; i < piece.len; i++) {
		char c = piece.ptr[i];

		if (c == '\n' || c == '\0')
			c = ' ';
		check_text_bytes(&cell, &c, 1);
		if (c == '"')
			check_text_bytes(&cell, &c, 1);
	}
	check_text_add(&cell, "\"");
	return cell.ptr;
}

static void
read_row(const rpclog_row *row, const rpclog_schema *schema)
{
	int64_t value;

	for (size_t i = 0; i < rpclog_schema_count(schema); i++) {
		rpclog_slice key, item;
		size_t cursor = 0, pairs = 0;

		touched += (uint64_t)rpclog_row_int(row, i, &value);
		touched += (uint64_t)rpclog_row_time(row, i, &value);
		while (rpclog_pairs_next(rpclog_row_field(row, i), &cursor,
					 &key, &item)) {
			touch(key);
			touch(item);
			CHECK(pairs++ <= rpclog_row_field(row, i).len);
		}
	}
	CHECK(rpclog_row_start(row, &value));
	for (int d = RPCLOG_D_CLIENT; d <= RPCLOG_D_RPC_END; d++) {
		rpclog_slice once = rpclog_row_derived(row, (rpclog_derived)d);

		touch(once);
		CHECK_SLICE(rpclog_row_derived(row, (rpclog_derived)d), once);
	}
}

static void
classify(const rpclog_row *row, const rpclog_schema *schema)
{
	static rpclog_rules *rules;
	static rpclog_matcher *matcher;
	rpclog_verdict verdict;

	if (!matcher &&
	    (rpclog_rules_builtin(&rules, NULL) != RPCLOG_OK ||
	     rpclog_matcher_new(&matcher, rules, NULL) != RPCLOG_OK))
		abort();
	CHECK_STATUS(rpclog_matcher_classify(matcher, schema, row, &verdict),
		     RPCLOG_OK);
	touch(verdict.evidence);
	if (verdict.evidence.len)
		CHECK(verdict.column < rpclog_schema_count(schema));
}

static void
run(rpclog_slice text, const char *const *cells)
{
	rpclog_parser *parser = NULL;
	const rpclog_row *row;
	rpclog_status status;

	if (rpclog_parser_new(&parser, NULL) != RPCLOG_OK ||
	    rpclog_parser_feed(parser, text.ptr, text.len) != RPCLOG_OK)
		abort();
	do {
		status = rpclog_parser_next(parser, &row);
	} while (status == RPCLOG_SCHEMA);
	if (CHECK_STATUS(status, RPCLOG_OK)) {
		for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
			char *again =
				quoted(rpclog_row_known(row, columns[i].known));

			CHECK_STR(again, cells[2 * i + 1]);
			free(again);
		}
		read_row(row, rpclog_parser_schema(parser));
		classify(row, rpclog_parser_schema(parser));
	}
	rpclog_parser_free(parser);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *cells[2 * ARRAY_LEN(columns) + 1] = { NULL };
	struct check_text text = { 0 };
	rpclog_slice rest = slice_of((const char *)data, size);

	for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
		size_t end = slice_find(rest, SLICE("\x01"));
		rpclog_slice piece =
			slice_cut(rest, 0, end == SIZE_MAX ? rest.len : end);

		cells[2 * i] = columns[i].name;
		cells[2 * i + 1] = quoted(piece);
		rest = slice_cut(rest, end == SIZE_MAX ? rest.len : end + 1,
				 rest.len);
	}
	log_columns(&text, 74);
	log_row(&text, 74, cells);
	run(check_text_slice(&text), cells);
	check_text_free(&text);
	for (size_t i = 0; i < ARRAY_LEN(columns); i++)
		free((void *)(uintptr_t)cells[2 * i + 1]);
	if (check_failures() > 0)
		abort();
	return 0;
}
