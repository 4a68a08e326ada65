/* SPDX-License-Identifier: MIT */
/* Verdicts: class, rule, and the evidence that they name. */

#include "check.h"
#include "check_log.h"

struct row {
	rpclog_parser *parser;
	const rpclog_row *row;
	struct check_text log;
};

static bool
row_open(struct row *r, size_t columns, const char *const *cells)
{
	memset(r, 0, sizeof(*r));
	log_columns(&r->log, columns);
	log_row(&r->log, columns, cells);
	if (!CHECK_STATUS(rpclog_parser_new(&r->parser, NULL), RPCLOG_OK))
		return false;
	CHECK_STATUS(rpclog_parser_feed(r->parser, r->log.ptr, r->log.len),
		     RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_finish(r->parser), RPCLOG_OK);
	for (;;) {
		rpclog_status status = rpclog_parser_next(r->parser, &r->row);

		if (status != RPCLOG_SCHEMA)
			return CHECK_STATUS(status, RPCLOG_OK);
	}
}

static void
row_close(struct row *r)
{
	rpclog_parser_free(r->parser);
	check_text_free(&r->log);
}

#define KRB(status)                                                            \
	"HttpException=NegotiateSecurityContext failed with for host 'h' "     \
	"with status '" status "';"

static const struct {
	const char *cells[7];
	const char *class, *column, *evidence;
} verdicts[] = {
	{ { NULL }, "ok", "HttpStatus", "200" },
	{ { "HttpStatus", "500", "GenericErrors", KRB("InvalidToken") },
	  "be_krb_invalid_token",
	  "GenericErrors",
	  "InvalidToken" },
	{ { "HttpStatus", "500", "GenericErrors", KRB("-2146892984") },
	  "be_krb_other",
	  "GenericErrors",
	  "-2146892984" },
	{ { "UserAgent", "x amprobe/1", "ClientIpAddress", "127.0.0.1" },
	  "probe",
	  "UserAgent",
	  "amprobe" },
	{ { "AuthenticatedUser", "C\\healthmailboxab" },
	  "probe",
	  "AuthenticatedUser",
	  "healthmailbox" },
	{ { "HttpStatus", "503", "BackEndStatus", "", "GenericErrors",
	    "WebExceptionStatus=Timeout;" },
	  "be_timeout",
	  "GenericErrors",
	  "Timeout" },
	{ { "HttpStatus", "503", "BackEndStatus", "", "ErrorCode",
	    "SendFailure" },
	  "be_conn_dropped",
	  "ErrorCode",
	  "SendFailure" },
	{ { "HttpStatus", "500", "BackEndStatus", "500" },
	  "be_http_5xx",
	  "HttpStatus",
	  "500" },
	{ { "HttpStatus", "" }, "unclassified", NULL, "" },
};

static void
test_verdicts(const rpclog_rules *rules)
{
	static const size_t sets[] = { 53, 64, 68, 69, 70, 74 };
	rpclog_matcher *matcher;

	CHECK_STATUS(rpclog_matcher_new(&matcher, rules, NULL), RPCLOG_OK);
	for (size_t n = 0; n < ARRAY_LEN(verdicts) * ARRAY_LEN(sets); n++) {
		size_t i = n / ARRAY_LEN(sets);
		size_t set = sets[n % ARRAY_LEN(sets)];
		rpclog_verdict v;
		struct row r;

		check_casef("%s (%s) of %zu columns", verdicts[i].class,
			    verdicts[i].evidence, set);
		if (row_open(&r, set, verdicts[i].cells)) {
			const rpclog_schema *schema =
				rpclog_parser_schema(r.parser);
			size_t column = UINT16_MAX;

			if (verdicts[i].column)
				column = rpclog_schema_find(schema,
							    verdicts[i].column);
			CHECK_STATUS(rpclog_matcher_classify(matcher, schema,
							     r.row, &v),
				     RPCLOG_OK);
			CHECK_STR(v.class_name, verdicts[i].class);
			CHECK_INT(v.column, column);
			CHECK_SLICE(v.evidence, verdicts[i].evidence);
		}
		row_close(&r);
	}
	rpclog_matcher_free(matcher);
}

/* A target of the caller's list is legacy, whatever the row says. */
static void
test_legacy(const rpclog_rules *rules)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	rpclog_matcher *matcher;
	rpclog_verdict v;
	struct row r;

	CHECK_CASE("legacy by option");
	options.legacy_hosts = "MBX01";
	CHECK_STATUS(rpclog_matcher_new(&matcher, rules, &options), RPCLOG_OK);
	if (row_open(&r, 74,
		     ROW("HttpStatus", "401", "BackEndStatus", "401"))) {
		CHECK_STATUS(rpclog_matcher_classify(matcher, NULL, r.row, &v),
			     RPCLOG_OK);
		CHECK_STR(v.class_name, "be_auth_401_legacy");
	}
	row_close(&r);
	rpclog_matcher_free(matcher);
}

/* A runaway pattern ends the matcher, and it stays ended. */
static void
test_limit(void)
{
	const char *text = "class slow 1000\n popup no\n severity low\n"
			   " title slow\n when UrlStem ~ \"^/(a+)+$\"\n"
			   " sample UrlStem=/aa\n";
	rpclog_rules *rules;
	rpclog_matcher *matcher;
	rpclog_verdict v;
	struct row bad;
	struct row good;

	CHECK_CASE("runaway pattern");
	CHECK_STATUS(
		rpclog_rules_compile(&rules, text, strlen(text), NULL, NULL),
		RPCLOG_OK);
	CHECK_STATUS(rpclog_matcher_new(&matcher, rules, NULL), RPCLOG_OK);
	if (row_open(&bad, 74,
		     ROW("UrlStem", "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")) &&
	    row_open(&good, 74, PLAIN_ROW)) {
		CHECK_STATUS(
			rpclog_matcher_classify(matcher, NULL, good.row, &v),
			RPCLOG_OK);
		CHECK_STATUS(
			rpclog_matcher_classify(matcher, NULL, bad.row, &v),
			RPCLOG_OK);
		CHECK_STR(v.class_name, "ok");
		CHECK_STATUS(
			rpclog_matcher_classify(matcher, NULL, good.row, &v),
			RPCLOG_OK);
		row_close(&good);
	}
	row_close(&bad);
	rpclog_matcher_free(matcher);
	rpclog_rules_free(rules);
}

int
main(void)
{
	rpclog_rules *rules;

	if (CHECK_STATUS(rpclog_rules_builtin(&rules, NULL), RPCLOG_OK)) {
		test_verdicts(rules);
		test_legacy(rules);
	}
	rpclog_rules_free(rules);
	test_limit();
	return check_report();
}
