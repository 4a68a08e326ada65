/* SPDX-License-Identifier: MIT */
/* All findings together: order, choice by id, nothing at all, hostile names. */

#include <stdlib.h>

#include "check_gather.h"

static struct check_rows rows;

#define OLD "t=old TargetServerVersion=14.03.0123.004 p=RpcHttp "
#define TOKEN                                                                  \
	"GenericErrors=HttpException=NegotiateSecurityContext+failed+with+"    \
	"for+host+'x'+with+status+'InvalidToken' "

static const char text[] =
	"0 ok m=1; 1 ok u=bob m=2 c=2; 2 fail m=7 " OLD TOKEN
	"; 3 fail u=bob m=7 c=2 " OLD TOKEN "; 4 fail m=8 t=new;"
	"5 ok u=eve m=3 c=3 p=RpcHttp x=RPC_OUT_DATA UrlHost=a.example;"
	"6 basic m=- c=4; 7 basic m=- c=5; 8 basic m=- c=6; 9 basic m=- c=6;"
	"10 ok u=x AnchorMailbox=ServerInfo~a/b c=7";

static struct findings *
look(const char *const *only, size_t count)
{
	const struct findings_options options = {
		.only = only,
		.only_count = count,
		.paths = "logs",
		.print_time = check_print_time,
	};
	struct findings *findings = NULL;
	struct check_gather g;

	CHECK_STATUS(check_gather_new(&g, rows.rules, NULL, NULL), RPCLOG_OK);
	CHECK_STATUS(check_gather_rows(&g, &rows, 0, rows.count), RPCLOG_OK);
	CHECK_STATUS(check_gather_close(&g), RPCLOG_OK);
	CHECK_STATUS(rpclog_tracker_finish(g.tracker), RPCLOG_OK);
	CHECK_STATUS(findings_new(&findings, g.gather, g.tracker, rows.rules,
				  &options),
		     RPCLOG_OK);
	/* What findings say lasts longer than what they were found in. */
	check_gather_free(&g);
	if (!findings)
		abort();
	return findings;
}

/* <0: the first comes first. */
static int
order(const struct finding *a, const struct finding *b)
{
	int by_id = strcmp(a->id, b->id);

	if (a->severity != b->severity)
		return a->severity > b->severity ? -1 : 1;
	if (a->users != b->users)
		return a->users > b->users ? -1 : 1;
	if (a->requests != b->requests)
		return a->requests > b->requests ? -1 : 1;
	return by_id ? by_id : slice_cmp(a->subject, b->subject);
}

static void
test_order(const struct findings *all)
{
	int64_t first_us, last_us;

	CHECK_CASE("order");
	CHECK(findings_count(all) >= 8);
	CHECK_INT(findings_notes(all), 1);
	CHECK_STR(findings_note(all, 0)->id, "wildcard_certificate");
	for (size_t i = 1; i < findings_count(all); i++)
		CHECK(order(findings_at(all, i - 1), findings_at(all, i)) < 0);
	CHECK_INT(findings_span(all, &first_us, &last_us), 1);
	CHECK_INT(last_us - first_us, 10 * US_PER_S);
}

/* One id alone finds what it finds beside all others. */
static void
test_only(const struct findings *all)
{
	size_t met = 0;

	for (size_t i = 0; findings_id(i); i++) {
		const char *only[] = { findings_id(i), "no_such_finding" };
		struct findings *alone = look(only, 2);
		struct check_text want = { 0 }, got = { 0 };

		check_casef("only %s", only[0]);
		check_text_add(&want, "%s", "");
		check_text_add(&got, "%s", "");
		for (size_t k = 0; k < findings_count(all); k++) {
			if (strcmp(findings_at(all, k)->id, only[0]) == 0)
				check_said(&want, findings_at(all, k));
		}
		for (size_t k = 0; k < findings_notes(all); k++) {
			if (strcmp(findings_note(all, k)->id, only[0]) == 0)
				check_said(&want, findings_note(all, k));
		}
		for (size_t k = 0; k < findings_count(alone); k++)
			check_said(&got, findings_at(alone, k));
		for (size_t k = 0; k < findings_notes(alone); k++)
			check_said(&got, findings_note(alone, k));
		CHECK_STR(got.ptr, want.ptr);
		met += want.len > 0;
		check_text_free(&want);
		check_text_free(&got);
		findings_free(alone);
	}
	CHECK_CASE("only");
	CHECK(met >= 6);
	CHECK(findings_id(SIZE_MAX) == NULL);
}

static void
test_nothing(void)
{
	static const char *const texts[] = { "", "0 probe; 1 probe",
					     "0 ok m=-; 1 ok" };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct findings *findings;
		int64_t first_us, last_us;

		check_casef("nothing: %s", texts[i]);
		check_rows_clear(&rows);
		check_rows_add(&rows, texts[i]);
		findings = look(NULL, 0);
		CHECK_INT(findings_count(findings), 0);
		CHECK_INT(findings_notes(findings), 0);
		CHECK_INT(findings_span(findings, &first_us, &last_us), i == 2);
		findings_free(findings);
	}
	findings_free(NULL);
}

static bool
is_command(const struct finding_line *line)
{
	return line->kind == LINE_COMMAND || line->kind == LINE_UNDO_COMMAND ||
	       line->kind == LINE_CHECK_COMMAND;
}

/* Our words, and those between marks: what an attacker wrote stands in no
 * command, and nowhere without marks. */
static void
check_safe(const struct finding *finding)
{
	struct check_text said = { 0 };

	for (size_t i = 0; i < finding->line_count; i++) {
		const struct finding_line *line = &finding->lines[i];
		bool inside = false;

		if (is_command(line))
			CHECK(slice_find(line->text, SLICE("reboot")) ==
			      SIZE_MAX);
		for (size_t k = 0; k < line->text.len; k++) {
			rpclog_slice rest =
				slice_cut(line->text, k, line->text.len);

			if (rest.ptr[0] == FINDING_LOG)
				inside = true;
			else if (rest.ptr[0] == FINDING_END)
				inside = false;
			else if (slice_starts(rest, SLICE("reboot")))
				CHECK(inside);
		}
	}
	check_said(&said, finding);
	check_text_free(&said);
}

/* The text's names, as somebody may choose them who attacks. */
static void
test_hostile(void)
{
	static const char hostile[] =
		"2 fail u=A\\$(reboot) m=7 t=`reboot` p=RpcHttp "
		"TargetServerVersion=14.03.0123.004 " TOKEN
		";3 fail u=A\\'+reboot+' m=8 t=new'|reboot s=s'|reboot;"
		"4 ok u=A\\reboot\x1b[2J\x01\x02\xff x=RPC_OUT_DATA p=RpcHttp "
		"UrlHost=$(reboot).example TotalRequestTime=1;"
		"5 basic m=- u=reboot\x02 c=9;"
		"6 ok t=$(reboot)/ AnchorMailbox=ServerInfo~reboot/ c=8;"
		"7 ok t='reboot' BackEndStatus=ConnectFailure HttpStatus=503;"
		"8 ok t='reboot' BackEndStatus=ConnectFailure HttpStatus=503;"
		"9 ok t='reboot' BackEndStatus=ConnectFailure HttpStatus=503;"
		"9 ok t='reboot' BackEndStatus=TrustFailure HttpStatus=503";
	struct findings *findings;

	CHECK_CASE("hostile names");
	check_rows_clear(&rows);
	check_rows_add(&rows, hostile);
	findings = look(NULL, 0);
	CHECK(findings_count(findings) >= 6);
	for (size_t i = 0; i < findings_count(findings); i++)
		check_safe(findings_at(findings, i));
	for (size_t i = 0; i < findings_notes(findings); i++)
		check_safe(findings_note(findings, i));
	findings_free(findings);
}

int
main(void)
{
	struct findings *all;

	check_rows_init(&rows);
	check_rows_add(&rows, text);
	all = look(NULL, 0);
	test_order(all);
	test_only(all);
	findings_free(all);
	test_nothing();
	test_hostile();
	check_rows_free(&rows);
	return check_report();
}
