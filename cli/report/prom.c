/* SPDX-License-Identifier: MIT */
/*
 * The report as gauges for Prometheus, in the classic text format that the
 * textfile collector of node_exporter takes: no timestamps, no user names.
 *
 * Whoever can reach the front end can make up names of targets, and each name
 * would be a series for as long as the monitoring keeps them.  So the worst
 * few have their own, all others are one; and two names that look alike once
 * they are valid are one: the collector refuses a file that says a series
 * twice.
 */

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "names.h"
#include "page.h"
#include "text.h"

/* Machines and classes with a series of their own. */
#define MOST 50
/* Longer than any name of a host. */
#define LABEL_MAX 255
#define OTHER	  "other"
#define VALUES	  2

struct series {
	struct out label; /* escaped */
	uint64_t values[VALUES];
};

/* The last one is for all that have no room. */
struct family {
	struct series series[MOST + 1];
	size_t count;
};

/* ---- Labels -------------------------------------------------------------- */

static void
put_character(struct out *out, rpclog_slice text, enum text_class class)
{
	if (text.ptr[0] == '\n')
		out_str(out, "\\n");
	else if (class != TEXT_PLAIN)
		out_str(out, "\xef\xbf\xbd");
	else if (text.ptr[0] == '"' || text.ptr[0] == '\\')
		out_format(out, "\\%c", text.ptr[0]);
	else
		out_bytes(out, text.ptr, text.len);
}

static void
put_label(struct out *out, rpclog_slice text)
{
	size_t taken = 0, len;
	uint32_t code;

	if (text.len == 0)
		out_str(out, "(none)");
	while (taken < text.len && taken < LABEL_MAX) {
		const rpclog_slice rest = { text.ptr + taken,
					    text.len - taken };
		enum text_class class = text_next(rest, &len, &code);

		put_character(out, (rpclog_slice){ rest.ptr, len }, class);
		taken += len;
	}
	if (taken < text.len)
		out_str(out, "...");
}

static bool
is_label(const struct series *series, const struct out *label)
{
	return series->label.len == label->len &&
	       memcmp(series->label.data, label->data, label->len) == 0;
}

/* ---- Families ------------------------------------------------------------ */

static struct family *
family_new(void)
{
	struct family *family = xcalloc(1, sizeof(*family));

	out_memory(&family->series[MOST].label);
	out_str(&family->series[MOST].label, OTHER);
	return family;
}

static void
family_free(struct family *family)
{
	for (size_t i = 0; i < family->count; i++)
		out_free(&family->series[i].label);
	out_free(&family->series[MOST].label);
	free(family);
}

static struct series *
family_find(struct family *family, const struct out *label)
{
	struct series *other = &family->series[MOST];

	for (size_t i = 0; i < family->count; i++)
		if (is_label(&family->series[i], label))
			return &family->series[i];
	if (family->count == MOST || is_label(other, label))
		return other;
	family->series[family->count].label = *label;
	return &family->series[family->count++];
}

static void
family_add(struct family *family, rpclog_slice name, uint64_t first,
	   uint64_t second)
{
	struct out label;
	struct series *series;

	out_memory(&label);
	put_label(&label, name);
	series = family_find(family, &label);
	series->values[0] += first;
	series->values[1] += second;
	if (series->label.data != label.data)
		out_free(&label);
}

/* ---- Metrics ------------------------------------------------------------- */

static void
put_head(struct out *out, const char *name, const char *help)
{
	out_format(out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

static void
put_number(struct out *out, const char *name, const char *help, uint64_t value)
{
	put_head(out, name, help);
	out_format(out, "%s %llu\n", name, (unsigned long long)value);
}

static void
put_sample(struct out *out, const char *name, const char *label,
	   const struct series *series, const char *rest, uint64_t value)
{
	out_format(out, "%s{%s=\"", name, label);
	out_bytes(out, series->label.data, series->label.len);
	out_format(out, "\"%s} ", rest);
	out_unsigned(out, value);
	out_char(out, '\n');
}

/* One of a family's values; 'other' only if it counts something. */
static void
put_family(struct out *out, const struct family *family, int value,
	   const char *name, const char *label, const char *rest)
{
	const struct series *other = &family->series[MOST];

	for (size_t i = 0; i < family->count; i++)
		put_sample(out, name, label, &family->series[i], rest,
			   family->series[i].values[value]);
	if (other->values[0] > 0 || other->values[1] > 0)
		put_sample(out, name, label, other, rest, other->values[value]);
}

/* An instant in seconds, with what there is behind the point. */
static void
put_instant(struct out *out, const char *name, const char *help, int64_t us)
{
	int64_t rest = us % 1000000;
	int64_t seconds = us / 1000000;

	if (rest < 0) {
		rest += 1000000;
		seconds--;
	}
	put_head(out, name, help);
	out_format(out, "%s %lld", name, (long long)seconds);
	if (rest > 0)
		out_format(out, ".%06lld", (long long)rest);
	out_char(out, '\n');
}

static void
put_sums(const struct report *report, struct out *out)
{
	const struct report_sums *now = &report->sums[SPAN_NOW];

	put_number(out, "rpclog_users_prompted",
		   "Users who were asked for a password.", now->users);
	put_number(out, "rpclog_users_prompted_hourly",
		   "Users who were asked for a password, each counted anew in "
		   "each clock hour: user-hours.",
		   now->user_hours);
	put_number(out, "rpclog_sources_prompted",
		   "Clients that were asked for a password and named no user.",
		   now->sources);
	put_number(out, "rpclog_prompts",
		   "Prompts of users: runs of failed requests of one user and "
		   "client.",
		   now->prompts);
	put_number(out, "rpclog_failures_prompting",
		   "Failed requests of users that ask for a password.",
		   now->failures);
	put_number(out, "rpclog_requests",
		   "Requests, without health probes and statistics.",
		   now->requests);
}

static void
put_classes(const struct report *report, struct out *out)
{
	static const char *const popups[][2] = {
		{ "yes", ",popup=\"yes\"" },
		{ "likely", ",popup=\"likely\"" },
		{ "maybe", ",popup=\"maybe\"" },
		{ "no", ",popup=\"no\"" },
	};
	static const char name[] = "rpclog_failures";

	put_head(out, name,
		 "Failed requests by class; popup says whether the "
		 "class asks for a password.");
	for (size_t k = 0; k < sizeof(popups) / sizeof(popups[0]); k++) {
		struct family *family = family_new();

		for (size_t i = 0; i < report->class_count; i++)
			if (!strcmp(report->classes[i].popup, popups[k][0]))
				family_add(
					family, report->classes[i].name,
					report->classes[i].requests[SPAN_NOW],
					0);
		put_family(out, family, 0, name, "class", popups[k][1]);
		family_free(family);
	}
}

static void
put_targets(const struct report *report, struct out *out)
{
	static const char failures[] = "rpclog_target_failures";
	static const char worked[] = "rpclog_target_requests_ok";
	struct family *family = family_new();

	for (size_t i = 0; i < report->target_count; i++)
		family_add(family, report->targets[i].name,
			   report->targets[i].failures[SPAN_NOW],
			   report->targets[i].worked[SPAN_NOW]);
	put_head(out, failures,
		 "Failed requests that ask for a password, by target.");
	put_family(out, family, 0, failures, "target", "");
	put_head(out, worked, "Requests that worked, by target.");
	put_family(out, family, 1, worked, "target", "");
	family_free(family);
}

static void
put_servers(const struct report *report, struct out *out)
{
	static const char name[] = "rpclog_server_missing_seconds";
	struct family *family = family_new();

	for (size_t i = 0; i < report->server_count; i++) {
		const struct report_machine *server = &report->servers[i];
		uint64_t seconds = 0;

		for (size_t b = 0;
		     server->missing_by && b < report->bucket_count; b++)
			if (server->missing_by[b])
				seconds +=
					(uint64_t)(report->buckets[b].until_us -
						   report->buckets[b]
							   .since_us) /
					1000000;
		family_add(family, server->name, seconds, 0);
	}
	put_head(out, name,
		 "Seconds in hours of the day of which a server has no row, "
		 "though it has some of others.");
	put_family(out, family, 0, name, "server", "");
	family_free(family);
}

/* By kind in the order of the table of findings, the worst of each first. */
static void
put_findings(const struct report *report, struct out *out)
{
	static const char name[] = "rpclog_findings";
	const struct findings *findings = report->findings;
	size_t count = findings ? findings_count(findings) : 0;
	const char *id;

	put_head(out, name,
		 "Findings of rpclog diagnose, by kind and severity.");
	for (size_t k = 0; (id = findings_id(k)) != NULL; k++) {
		uint64_t sums[RPCLOG_CRITICAL + 1] = { 0 };

		for (size_t i = 0; i < count; i++)
			if (strcmp(findings_at(findings, i)->id, id) == 0)
				sums[findings_at(findings, i)->severity]++;
		for (int at = RPCLOG_CRITICAL; at >= 0; at--) {
			if (sums[at] == 0)
				continue;
			out_format(out, "%s{finding=\"%s\",severity=\"%s\"} ",
				   name, id, severity_text((uint8_t)at));
			out_unsigned(out, sums[at]);
			out_char(out, '\n');
		}
	}
}

static void
put_logs(const struct report *report, struct out *out)
{
	uint64_t damaged = 0, rejected = 0;

	for (size_t i = 0; i < report->log_count; i++) {
		damaged += report->logs[i].damaged;
		rejected += report->logs[i].rejected;
	}
	put_number(out, "rpclog_logs_read", "Logs with rows of the day.",
		   report->logs_read);
	put_number(out, "rpclog_logs_damaged",
		   "Logs of the day that could not be read whole.", damaged);
	put_number(out, "rpclog_rows_rejected",
		   "Rows of logs of the day that could not be read.", rejected);
	put_number(out, "rpclog_logs_partial",
		   "Logs of the day whose last line is still to come.",
		   report->log_count - damaged);
}

void
report_prom(const struct report *report, struct out *out)
{
	const struct report_sums *now = &report->sums[SPAN_NOW];

	put_number(out, "rpclog_data",
		   "1 if logs of the day were read, else 0.", now->known);
	/* 0 where nothing was read: so one alert on its age fires whether the
	 * schedule, the copying of logs or the report has stopped. */
	put_instant(out, "rpclog_last_success_timestamp_seconds",
		    "When this report was made; 0 if no log of the day was "
		    "read.",
		    now->known ? report->made_us : 0);
	put_instant(out, "rpclog_report_day_start_timestamp_seconds",
		    "When the day of this report began.", now->since_us);
	if (report->newest_us != INT64_MIN)
		put_instant(out, "rpclog_newest_row_timestamp_seconds",
			    "When the newest row of all was logged.",
			    report->newest_us);
	put_logs(report, out);
	/* Zeros would look like a good day. */
	if (!now->known)
		return;
	put_sums(report, out);
	put_classes(report, out);
	put_targets(report, out);
	put_servers(report, out);
	put_findings(report, out);
}
