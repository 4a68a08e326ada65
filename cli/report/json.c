/* SPDX-License-Identifier: MIT */
/* The report as one JSON object: all of it, no list cut short. */

#include <string.h>

#include "diagnose.h"
#include "json_put.h"
#include "story.h"
#include "when.h"

static const char *const span_names[SPANS] = { "now", "before", "week" };

static const char *const command_names[] = {
	[COMMAND_USERS] = "users",	 [COMMAND_HOURS] = "hours",
	[COMMAND_CLASSES] = "classes",	 [COMMAND_TARGETS] = "targets",
	[COMMAND_SERVERS] = "servers",	 [COMMAND_WHO] = "who",
	[COMMAND_FINDINGS] = "findings", [COMMAND_FIRSTS] = "first_seen",
	[COMMAND_FILES] = "files",	 [COMMAND_PAGE] = "page",
};
_Static_assert(sizeof(command_names) / sizeof(command_names[0]) == COMMANDS,
	       "each command has a name");

/*
 * A number of each span; null where nothing was read that it could count, or
 * nobody counts it: 'numbers' is NULL.
 */
static void
put_spans(struct json *json, const struct report *report, const char *key,
	  const uint64_t *numbers)
{
	json_open(json, key, '{');
	for (int i = 0; i < SPANS; i++) {
		if (numbers && report->sums[i].known)
			json_number(json, span_names[i], numbers[i]);
		else
			json_null(json, span_names[i]);
	}
	json_close(json, '}');
}

static void
put_head(struct json *json, const struct report *report)
{
	const struct report_sums *now = &report->sums[SPAN_NOW];
	char day[WHEN_SIZE];

	when_day(day, when_day_of(now->since_us));
	json_number(json, "schema", 1);
	json_str(json, "day", report->is_day ? day : NULL);
	json_time(json, "since", now->since_us);
	json_time(json, "until", now->until_us);
	json_str(json, "zone", report->zone);
	json_str(json, "outcome", outcome_word(report_outcome(report)));
	json_str(json, "source", report->source);
	json_time(json, "made", report->made_us);
}

/* Clients that were prompted without the name of a user. */
static void
put_sources(struct json *json, const struct report_sums *sums)
{
	json_number(json, "sources", sums->sources);
	json_number(json, "source_hours", sums->source_hours);
	json_number(json, "source_prompts", sums->source_prompts);
	json_number(json, "source_failures", sums->source_failures);
}

static void
put_sums(struct json *json, const struct report *report)
{
	json_open(json, "sums", '{');
	for (int i = 0; i < SPANS; i++) {
		const struct report_sums *sums = &report->sums[i];

		json_open(json, span_names[i], '{');
		json_time(json, "since", sums->since_us);
		json_time(json, "until", sums->until_us);
		json_truth(json, "known", sums->known);
		if (sums->known) {
			json_number(json, "users", sums->users);
			json_number(json, "user_hours", sums->user_hours);
			json_number(json, "prompts", sums->prompts);
			json_number(json, "failures", sums->failures);
			put_sources(json, sums);
			json_number(json, "requests", sums->requests);
		}
		json_close(json, '}');
	}
	json_close(json, '}');
}

static void
put_buckets(struct json *json, const struct report *report)
{
	json_str(json, "unit", report->by_day ? "day" : "hour");
	json_open(json, "hours", '[');
	for (size_t i = 0; i < report->bucket_count; i++) {
		const struct report_bucket *bucket = &report->buckets[i];

		json_open(json, NULL, '{');
		json_time(json, "since", bucket->since_us);
		json_time(json, "until", bucket->until_us);
		json_truth(json, "known", bucket->known);
		json_number(json, "users", bucket->users);
		json_number(json, "failures", bucket->failures);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void
put_classes(struct json *json, const struct report *report)
{
	json_open(json, "classes", '[');
	for (size_t i = 0; i < report->class_count; i++) {
		const struct report_class *class = &report->classes[i];

		json_open(json, NULL, '{');
		json_text(json, "class", class->name);
		json_text(json, "title", class->title);
		json_text(json, "remedy", class->remedy);
		json_str(json, "severity", class->severity);
		json_str(json, "popup", class->popup);
		put_spans(json, report, "requests", class->requests);
		put_spans(json, report, "users",
			  class->prompts ? class->users : NULL);
		put_spans(json, report, "user_hours",
			  class->prompts ? class->user_hours : NULL);
		json_numbers(json, "requests_by_hour", class->by_bucket,
			     class->by_bucket ? report->bucket_count : 0);
		json_time(json, "first", class->first_us);
		json_time(json, "first_ever", class->ever_us);
		json_close(json, '}');
	}
	json_close(json, ']');
}

/* The hours without a row, by their beginnings. */
static void
put_silence(struct json *json, const struct report *report,
	    const struct report_machine *machine)
{
	json_open(json, "missing_hours", '[');
	for (size_t i = 0; machine->missing_by && i < report->bucket_count; i++)
		if (machine->missing_by[i])
			json_time(json, NULL, report->buckets[i].since_us);
	json_close(json, ']');
}

static void
put_machines(struct json *json, const struct report *report, const char *key,
	     const struct report_machine *machines, size_t count, bool servers)
{
	json_open(json, key, '[');
	for (size_t i = 0; i < count; i++) {
		const struct report_machine *machine = &machines[i];
		size_t buckets = report->bucket_count;

		json_open(json, NULL, '{');
		json_text(json, servers ? "server" : "target", machine->name);
		if (!servers)
			json_truth(json, "legacy", machine->legacy);
		put_spans(json, report, "users", machine->users);
		put_spans(json, report, "failures", machine->failures);
		put_spans(json, report, "worked", machine->worked);
		json_numbers(json, "failures_by_hour", machine->failures_by,
			     machine->failures_by ? buckets : 0);
		json_numbers(json, "worked_by_hour", machine->worked_by,
			     machine->worked_by ? buckets : 0);
		json_text(json, "class", machine->class_name);
		json_time(json, "first", machine->first_us);
		if (!servers)
			json_time(json, "first_ever", machine->ever_us);
		else
			put_silence(json, report, machine);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void
put_users(struct json *json, const struct report *report)
{
	json_open(json, "users", '[');
	for (size_t i = 0; i < report->user_count; i++) {
		const struct report_user *user = &report->users[i];

		json_open(json, NULL, '{');
		json_text(json, "user", user->name);
		json_truth(json, "source", user->is_source);
		json_number(json, "user_hours", user->hours);
		json_number(json, "prompts", user->prompts);
		json_number(json, "failures", user->failures);
		json_time(json, "first", user->first_us);
		json_time(json, "last", user->last_us);
		json_text(json, "class", user->class_name);
		json_text(json, "target", user->target);
		json_truth(json, "new", user->is_new);
		json_truth(json, "never_before", user->is_first);
		json_open(json, "failures_by_hour", '[');
		for (size_t b = 0; user->by_bucket && b < report->bucket_count;
		     b++)
			json_number(json, NULL, user->by_bucket[b]);
		json_close(json, ']');
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void
put_news(struct json *json, const struct report *report)
{
	static const char *const kinds[NEWS_KINDS] = {
		[NEWS_CLASS] = "class",
		[NEWS_TARGET] = "target",
		[NEWS_USER] = "user",
	};

	json_open(json, "news", '[');
	for (size_t i = 0; i < report->news_count; i++) {
		const struct report_news *news = &report->news[i];

		json_open(json, NULL, '{');
		json_str(json, "kind", kinds[news->kind]);
		json_text(json, "name", news->name);
		json_str(json, "change", news->gone ? "gone" : "new");
		json_truth(json, "never_before", news->is_first);
		json_time(json, news->gone ? "last" : "first", news->us);
		json_number(json, "failures", news->failures);
		json_close(json, '}');
	}
	json_close(json, ']');
	json_open(json, "first_seen", '[');
	for (size_t i = 0; i < report->first_count; i++) {
		const struct report_first *first = &report->firsts[i];

		json_open(json, NULL, '{');
		json_text(json, "class", first->class_name);
		json_text(json, "target", first->target);
		json_time(json, "first", first->us);
		json_truth(json, "inside", first->inside);
		json_close(json, '}');
	}
	json_close(json, ']');
}

/* As diagnose has them with --details. */
static void
put_findings(struct json *json, const struct report *report)
{
	const struct diagnose d = {
		.options = report->options,
		.paths = report->paths,
		.path_count = report->path_count,
		.findings = report->findings,
	};
	struct out rows;
	const char *from, *end;

	if (report->findings_old) {
		json_raw(json, "findings", (rpclog_slice){ "null", 4 });
		return;
	}
	if (!report->findings) {
		json_open(json, "findings", '[');
		json_close(json, ']');
		return;
	}
	out_memory(&rows);
	rows.safe = json->out->safe;
	diagnose_json(&d, &rows);
	/* {"schema":1,"rows":[..]} */
	from = memchr(rows.data, '[', rows.len);
	end = memrchr(rows.data, ']', rows.len);
	json_raw(json, "findings",
		 (rpclog_slice){ from, (size_t)(end + 1 - from) });
	out_free(&rows);
}

static void
put_quality(struct json *json, const struct report *report)
{
	json_open(json, "quality", '{');
	json_number(json, "logs_read", report->logs_read);
	json_time(json, "newest", report->newest_us);
	json_open(json, "logs", '[');
	for (size_t i = 0; i < report->log_count; i++) {
		const struct report_log *log = &report->logs[i];

		json_open(json, NULL, '{');
		json_text(json, "path", log->path);
		json_str(json, "state", log->damaged ? "damaged" : "partial");
		json_number(json, "rejected_rows", log->rejected);
		json_str(json, "why", log->why);
		json_close(json, '}');
	}
	json_close(json, ']');
	json_close(json, '}');
	json_open(json, "commands", '{');
	for (int i = 0; i < COMMANDS; i++)
		json_str(json, command_names[i], report->commands[i]);
	json_close(json, '}');
}

void
report_json(const struct report *report, struct out *out)
{
	struct json json = { .out = out };

	json_open(&json, NULL, '{');
	put_head(&json, report);
	put_sums(&json, report);
	put_buckets(&json, report);
	put_classes(&json, report);
	put_machines(&json, report, "targets", report->targets,
		     report->target_count, false);
	put_machines(&json, report, "servers", report->servers,
		     report->server_count, true);
	put_users(&json, report);
	put_news(&json, report);
	put_findings(&json, report);
	put_quality(&json, report);
	json_close(&json, '}');
	out_char(out, '\n');
}
