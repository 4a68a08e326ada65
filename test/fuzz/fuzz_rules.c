/* SPDX-License-Identifier: MIT */
/*
 * Any text as a rule file: refused with a line and a reason, or compiled to
 * rules that classify a row.
 */

#include <stdlib.h>

#include "check_log.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
classify(const rpclog_rules *rules)
{
	struct check_text text = { 0 };
	rpclog_parser *parser = NULL;
	rpclog_matcher *matcher = NULL;
	const rpclog_row *row;
	rpclog_status status;
	rpclog_verdict verdict;

	log_columns(&text, 74);
	log_row(&text, 74,
		ROW("HttpStatus", "500", "GenericErrors",
		    "WebExceptionStatus=Timeout;HttpException=x;"));
	if (rpclog_parser_new(&parser, NULL) != RPCLOG_OK ||
	    rpclog_matcher_new(&matcher, rules, NULL) != RPCLOG_OK ||
	    rpclog_parser_feed(parser, text.ptr, text.len) != RPCLOG_OK)
		abort();
	do {
		status = rpclog_parser_next(parser, &row);
	} while (status == RPCLOG_SCHEMA);
	CHECK_STATUS(status, RPCLOG_OK);
	status = rpclog_matcher_classify(matcher, rpclog_parser_schema(parser),
					 row, &verdict);
	CHECK(status == RPCLOG_OK || status == RPCLOG_NO_MATCH ||
	      status == RPCLOG_ERR_LIMIT);
	rpclog_matcher_free(matcher);
	rpclog_parser_free(parser);
	check_text_free(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	rpclog_rules *rules = NULL;
	rpclog_diag diag = { 0 };
	rpclog_status status;

	options.match_limit = 1000;
	status = rpclog_rules_compile(&rules, (const char *)data, size,
				      &options, &diag);
	if (status == RPCLOG_OK) {
		classify(rules);
	} else {
		CHECK_STATUS((rpclog_status)diag.status, status);
		CHECK(rules == NULL && diag.text[0] != '\0');
		CHECK(!strchr(diag.text, '\n') && !strchr(diag.text, '\x1b'));
	}
	rpclog_rules_free(rules);
	if (check_failures() > 0)
		abort();
	return 0;
}
