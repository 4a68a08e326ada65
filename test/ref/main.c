/* SPDX-License-Identifier: MIT */
/* reference popups|count|rows|totals [options] PATH...: the plain judge. */
#include "ref.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
usage(const char *what)
{
	fprintf(stderr,
		"reference: %s\n"
		"usage: reference popups|count|rows|totals [--by LIST] [--gap "
		"S]\n"
		"    [--likely] [--probes] [--settle S] [--settle-rpc S]\n"
		"    [--legacy HOST,..] [--since T] [--until T] [--all] "
		"PATH...\n",
		what);
	exit(2);
}

static int64_t
parse_seconds(const char *value)
{
	char *end;
	const long long seconds = strtoll(value, &end, 10);

	if (*value < '0' || *value > '9' || *end || seconds > 1000000000)
		usage("bad number of seconds");
	return (int64_t)seconds * SECOND;
}

/* RFC 3339 with Z, or its date part */
static int64_t
parse_time(const char *value)
{
	int64_t us;

	if (!time_parse(text_of(value), &us) &&
	    !time_parse(text_join(value, text_of("T00:00:00Z")), &us))
		usage("bad time");
	return us;
}

static void
parse_fields(struct options *options, const char *list)
{
	options->field_count = 0;
	for (;;) {
		const size_t len = strcspn(list, ",");
		const char *name = field_name(text_copy(list, len).ptr);

		if (!name || options->field_count == 64)
			usage("unknown field, or too many");
		options->fields[options->field_count++] = name;
		if (!list[len])
			return;
		list += len + 1;
	}
}

/* What popups can be grouped by. */
static void
check_popup_fields(const struct options *options)
{
	for (size_t i = 0; i < options->field_count; i++)
		if (!text_is_one_of(
			    text_of(options->fields[i]),
			    "hour day "
			    "user client class target server protocol popup"))
			usage("popups can't be grouped by that");
}

/* An option that takes a value; false: no such option. */
static bool
set_value(struct options *options, const char *name, const char *value)
{
	const struct text n = text_of(name);

	if (text_is(n, "--by")) {
		parse_fields(options, value);
	} else if (text_is(n, "--gap")) {
		options->gap = parse_seconds(value);
	} else if (text_is(n, "--settle")) {
		options->settle = parse_seconds(value);
	} else if (text_is(n, "--settle-rpc")) {
		options->settle_rpc = parse_seconds(value);
	} else if (text_is(n, "--legacy")) {
		options->legacy = text_of(value);
	} else if (text_is(n, "--since")) {
		options->since = parse_time(value);
		options->has_since = true;
	} else if (text_is(n, "--until")) {
		options->until = parse_time(value);
		options->has_until = true;
	} else {
		return false;
	}
	return true;
}

/* Options out of argv; what is left are PATHs.  Answers how many. */
static size_t
parse_arguments(struct options *options, char **argv, size_t count)
{
	size_t paths = 0;

	for (size_t i = 0; i < count; i++) {
		const struct text argument = text_of(argv[i]);

		if (text_is(argument, "--likely"))
			options->likely = true;
		else if (text_is(argument, "--probes"))
			options->probes = true;
		else if (text_is(argument, "--all"))
			options->all = true;
		else if (!text_starts(argument, "-") || text_is(argument, "-"))
			argv[paths++] = argv[i];
		else if (i + 1 < count &&
			 set_value(options, argv[i], argv[i + 1]))
			i++;
		else
			usage("unknown option, or its value is missing");
	}
	return paths;
}

/* All rows of all logs that are read, derived and classified. */
static struct rows
read_all(struct file *files, size_t count, const struct options *options)
{
	struct rows all = { NULL, 0 };
	size_t total = 0;

	for (size_t i = 0; i < count; i++)
		file_read_rows(&files[i]);
	if (options->has_since && !options->all)
		files_drop_old(files, count, options->since);
	files_drop_copies(files, count);
	for (size_t i = 0; i < count; i++)
		total += files[i].row_count;
	all.ptr = ref_alloc((total + 1) * sizeof *all.ptr);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; !files[i].ignored && k < files[i].row_count;
		     k++)
			all.ptr[all.count++] = &files[i].rows[k];
	for (size_t i = 0; i < all.count; i++) {
		derive_row(all.ptr[i], options);
		all.ptr[i]->class = classify(all.ptr[i]);
	}
	return all;
}

/* since <= start < until */
static struct rows
choose(struct rows all, const struct options *options)
{
	struct rows chosen = { ref_alloc((all.count + 1) * sizeof *all.ptr),
			       0 };

	for (size_t i = 0; i < all.count; i++) {
		const int64_t start = all.ptr[i]->start;

		if ((!options->has_since || start >= options->since) &&
		    (!options->has_until || start < options->until))
			chosen.ptr[chosen.count++] = all.ptr[i];
	}
	return chosen;
}

static void
rows_print(struct rows chosen)
{
	static const char *const fields[] = { "file",  "line",	"offset",
					      "start", "class", "popup",
					      "user" };

	for (size_t i = 0; i < chosen.count; i++)
		for (size_t k = 0; k < 7; k++) {
			text_print(field_value(chosen.ptr[i], fields[k]));
			putchar(k < 6 ? '\t' : '\n');
		}
}

static void
print_command(struct text command, struct rows chosen,
	      const struct options *options)
{
	if (text_is(command, "popups"))
		popups_print(chosen, options);
	else if (text_is(command, "count"))
		count_print(chosen, options);
	else if (text_is(command, "rows"))
		rows_print(chosen);
	else
		totals_print(chosen, options);
}

int
main(int argc, char **argv)
{
	struct options options = { .gap = 120 * SECOND,
				   .settle = 120 * SECOND,
				   .settle_rpc = 7200 * SECOND,
				   .legacy = { "", 0 } };
	const struct text command = text_of(argc > 1 ? argv[1] : "");
	struct file *files;
	size_t file_count, paths;
	struct rows all;

	if (!text_is_one_of(command, "popups count rows totals"))
		usage("unknown command");
	paths = parse_arguments(&options, argv + 2, (size_t)argc - 2);
	if (paths == 0)
		usage("no PATH");
	if (options.field_count == 0 && text_is(command, "count"))
		usage("count needs --by");
	if (options.field_count == 0)
		parse_fields(&options, "hour,user,class,target");
	if (text_is(command, "popups"))
		check_popup_fields(&options);
	files = files_read(argv + 2, paths, &file_count);
	all = read_all(files, file_count, &options);
	sessions_resolve(all, &options);
	actors_resolve(all);
	print_command(command, choose(all, &options), &options);
	for (size_t i = 0; i < file_count; i++)
		free(files[i].rows);
	free(files);
	ref_free_all();
	return ref_trouble ? 2 : 0;
}
