/* SPDX-License-Identifier: MIT */
/* What a run needs before it reads: library options, rules and filters. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "setup.h"
#include "when.h"

static uint32_t
seconds(uint64_t value)
{
	if (value == NUMBER_UNSET)
		return 0;
	return value ? (uint32_t)value : RPCLOG_ZERO;
}

void
run_library_options(const struct options *options, rpclog_options *library)
{
	const rpclog_options init = RPCLOG_OPTIONS_INIT;

	*library = init;
	if (!options->final)
		library->flags |= RPCLOG_OPT_HOLD_TAIL;
	if (options->likely)
		library->flags |= RPCLOG_OPT_LIKELY;
	library->gap_s = seconds(options->gap_s);
	library->settle_s = seconds(options->settle_s);
	library->settle_rpc_s = seconds(options->settle_rpc_s);
	library->legacy_hosts = options->legacy_hosts;
}

char *
file_read(const char *path, size_t *len)
{
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	char *text = NULL;
	size_t capacity = 0, n;

	*len = 0;
	if (!file) {
		complain("%s: %s", path, strerror(errno));
		return NULL;
	}
	do {
		if (*len + 4096 > capacity) {
			capacity = capacity ? capacity * 2 : 16384;
			text = xrealloc(text, capacity, 1);
		}
		n = fread(text + *len, 1, capacity - *len, file);
		*len += n;
	} while (n);
	if (ferror(file)) {
		complain("%s: %s", path, strerror(errno));
		free(text);
		text = NULL;
	}
	if (file != stdin)
		fclose(file);
	return text;
}

rpclog_rules *
rules_read(const char *path, const rpclog_options *library)
{
	rpclog_rules *rules = NULL;
	rpclog_status status;
	rpclog_diag diag;
	char *text;
	size_t len;

	text = file_read(path, &len);
	if (!text)
		return NULL;
	memset(&diag, 0, sizeof(diag));
	status = rpclog_rules_compile(&rules, text, len, library, &diag);
	free(text);
	if (status == RPCLOG_OK)
		return rules;
	if (diag.line)
		complain("%s:%llu: %s", path, (unsigned long long)diag.line,
			 diag.text);
	else
		complain("%s: %s", path,
			 diag.text[0] ? diag.text : rpclog_status_name(status));
	return NULL;
}

rpclog_rules *
run_load_rules(const struct options *options, const rpclog_options *library)
{
	rpclog_rules *rules = NULL;
	rpclog_status status;

	if (options->rules_file)
		return rules_read(options->rules_file, library);
	status = rpclog_rules_builtin(&rules, library);
	if (status != RPCLOG_OK)
		complain("built-in rules: %s", rpclog_status_name(status));
	return rules;
}

static int
add_terms(rpclog_filter *filter, const struct options *options)
{
	size_t i;

	for (i = 0; i < options->term_count; i++) {
		const struct term *term = &options->terms[i];
		rpclog_diag diag;
		rpclog_status status;

		memset(&diag, 0, sizeof(diag));
		status = filter_add(filter, term->kind, term->text, &diag);
		if (status != RPCLOG_OK)
			return usage_error(
				options, "--%s: %s", term->option,
				diag.text[0] ? diag.text
					     : rpclog_status_name(status));
	}
	return EXIT_DONE;
}

static int64_t
bucket(void *ctx, enum name_kind kind, int64_t us)
{
	(void)ctx;
	return kind == NAME_IS_DAY ? when_day_begin(when_day_of(us))
				   : when_hour_of(us);
}

static size_t
print_bucket(void *ctx, enum name_kind kind, int64_t us, char *out, size_t room)
{
	char text[WHEN_SIZE];
	size_t len = kind == NAME_IS_DAY    ? when_day(text, when_day_of(us))
		     : kind == NAME_IS_HOUR ? when_hour(text, us)
					    : when_time(text, us);

	(void)ctx;
	if (len > room)
		len = room;
	memcpy(out, text, len);
	return len;
}

rpclog_filter *
setup_filter(const struct options *options, const rpclog_rules *rules,
	     const rpclog_options *library, unsigned flags, int *probes)
{
	rpclog_filter *filter = NULL;
	const rpclog_status status = filter_new(&filter, rules, library);

	if (status != RPCLOG_OK) {
		complain("%s", rpclog_status_name(status));
		return NULL;
	}
	filter_set_time_reader(filter, when_parse, NULL);
	filter_set_clock(filter, bucket, print_bucket, NULL);
	if (add_terms(filter, options) != EXIT_DONE) {
		filter_free(filter);
		return NULL;
	}
	filter_time(filter, options->since_us, options->until_us);
	*probes = options->probes || filter_selects_probe(filter) ||
		  !(flags & RUN_REQUESTS);
	filter_leave_out(filter, !*probes, (flags & RUN_REQUESTS) != 0);
	return filter;
}
