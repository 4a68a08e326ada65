/* SPDX-License-Identifier: MIT */
/*
 * Commands and options: one record per command, one table for all options,
 * from which parsing and every help text come.
 */

#ifndef RPCLOG_CLI_COMMAND_H
#define RPCLOG_CLI_COMMAND_H

#include "filter.h"
#include "out.h"

/* Exit codes: rpclog(1), EXIT STATUS. */
enum { EXIT_DONE = 0, EXIT_NOTHING = 1, EXIT_TROUBLE = 2,
       EXIT_INTERRUPTED = 130 };

/* Bits for the option table: which commands take an option. */
enum command_bit {
	CMD_POPUPS = 1, CMD_COUNT = 2, CMD_GREP = 4, CMD_EXPLAIN = 8,
	CMD_RULES = 16, CMD_CAT = 32, CMD_LOAD = 64, CMD_QUERY = 128,
	CMD_DIAGNOSE = 256, CMD_REPORT = 512, CMD_WATCH = 1024
};

struct options;

/* One constant record per command: commands[] in command.c lists them. */
struct command {
	const char *name;
	const char *usage;	/* what follows the name: "[PATH...]" */
	const char *sentence;	/* for `rpclog --help` */
	uint32_t bit;		/* an enum command_bit */
	int (*run)(struct options *options);	/* answers the exit code */
	const char *notes;	/* printed below the options by --help, or
				 * NULL */
};

/* Each cmd_NAME.c defines its own. */
extern const struct command command_popups, command_count, command_grep,
			     command_cat, command_load, command_query, command_explain,
			     command_rules, command_diagnose, command_report,
			     command_watch;

struct text_list {
	const char **items;
	size_t count;
};

/* A filter option as given: --user alice is { FILTER_USER, "alice" }. */
struct term {
	enum filter_term kind;
	const char *text;
	const char *option;	/* "--user", for messages */
};

enum when_mode { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

/* What report prints. */
enum report_form { REPORT_TEXT, REPORT_MARKDOWN, REPORT_HTML, REPORT_JSON,
		   REPORT_MAIL, REPORT_PROM };

/* What cat prints: fields in one of the formats, or what is no table. */
enum row_form { ROWS_FIELDS, ROWS_RAW, ROWS_ECS };

#define NUMBER_UNSET	UINT64_MAX

/* Everything that was parsed.  Strings last as long as the process. */
struct options {
	const struct command *command;
	char **operands;	/* what is no option: PATHs, PATTERN, NAME */
	size_t operand_count;

	/* filters */
	struct text_list since, until;	/* as given: all must hold */
	int64_t since_us, until_us;	/* INT64_MIN, INT64_MAX: open */
	const char *zone;	/* as given, or NULL */
	struct term *terms;	/* --user .. --where, in order given */
	size_t term_count;
	int probes;

	/* reading */
	int all, final;
	uint64_t threads;	/* -j; never 0 */
	const char *rules_file;	/* --rules, or NULL */
	const char *legacy_hosts;	/* --legacy, joined by commas, or NULL */
	const char *ledger_file;
	uint64_t settle_s, settle_rpc_s, gap_s;	/* NUMBER_UNSET: default */
	int likely;

	/* load, query */
	const char *database;	/* -d, or NULL */

	/* load */
	int dry_run, full, verify;
	const char *prune;	/* as given, or NULL */
	int list_questions;	/* --list */
	const char *show;	/* --show, or NULL */

	/* watch */
	const char *horizon;	/* as given, or NULL */
	uint64_t poll_s;	/* NUMBER_UNSET: not given */

	/* diagnose */
	struct text_list findings;	/* --finding; empty: all */
	const char *reg_file;	/* --reg, or NULL */
	int details;		/* --details */
	int markdown;		/* --format md; 'format' is OUT_TEXT then */

	/* report */
	const char *day;	/* --day as given, or NULL */
	enum report_form report_form;
	struct text_list mail_to;	/* --to, in order */
	const char *mail_from;	/* --from, or NULL */
	int crlf;		/* --crlf */
	const char *output_file;	/* --output, or NULL */

	/* printing */
	enum out_format format;	/* OUT_TEXT unless told otherwise */
	int format_given;	/* --format or --json was given */
	int json;		/* --json was given */
	enum row_form row_form;	/* --format of cat; unless ROWS_FIELDS,
				 * 'format' tells nothing */
	int csv_guard;		/* 1 unless --no-csv-guard */
	enum when_mode color, progress;
	int quiet;		/* -q; in grep: no output at all */
	int verbose;		/* -v; never set in grep */

	/* popups, count */
	struct text_list by;	/* split at commas; empty: not given */
	struct text_list stat;	/* each --stat as given: "p50,p95:Column" */
	const char *distinct;
	uint64_t top;		/* NUMBER_UNSET: all */

	/* grep, cat */
	struct text_list patterns;	/* -e, in order */
	struct text_list pattern_files;	/* -f */
	struct text_list fields;	/* --fields, split at commas */
	struct text_list include, exclude;	/* run.h applies them */
	int fixed, ignore_case, invert, word, line, count_only, list_matching,
	    list_others, line_numbers, only_matching, no_messages;
	int no_effect;		/* habits of grep's users: -r -E -P -a */
	int file_names;		/* -H 1, -h -1, else 0 */
	uint64_t max_count;	/* NUMBER_UNSET: no limit */
	uint64_t after, before;	/* -A -B -C; 0 */
	uint64_t context;	/* -C as given; see after and before */
};

/*
 * Parses argv (argv[0] is the program) and runs the command; answers the exit
 * code.  --help and --version are answered here.
 */
int command_main(int argc, char **argv);

/* `rpclog: ` + message + LF on stderr, made safe for terminals. */
void complain(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
/* The same for a wrong command line; answers EXIT_TROUBLE. */
int usage_error(const struct options *options, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The end of the program when memory is gone. */
_Noreturn void xno_memory(void);
/* Allocation that ends so. */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *ptr, size_t count, size_t size);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t len);
/* Room for one more item in a growing array: doubles '*capacity'. */
void *xgrow(void *items, size_t count, size_t *capacity, size_t size);

/*
 * The nearest of 'count' names by edit distance in any case, or NULL if none
 * is near enough to be meant.
 */
const char *nearest(const char *text, const char *const *names, size_t count);

#endif /* RPCLOG_CLI_COMMAND_H */
