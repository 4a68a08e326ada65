/* SPDX-License-Identifier: MIT */
/* The one table of options: parsing, --help and completion read it. */

#include <stddef.h>

#include "store.h"

#define AT(member)	offsetof(struct options, member)
#define SECONDS		(UINT64_C(0xffffffff) - 1)
#define ANY		(UINT64_MAX - 1)
#define READS		(CMD_POPUPS | CMD_COUNT | CMD_GREP | CMD_CAT | \
			 CMD_DIAGNOSE | CMD_REPORT)
#define LOADS		(READS | CMD_LOAD | CMD_WATCH)
#define TABLES		(CMD_POPUPS | CMD_COUNT | CMD_DIAGNOSE | CMD_QUERY | \
			 CMD_EXPLAIN | CMD_RULES)

const struct option_row option_rows[] = {
	/* popups, count */
	{ "by", 0, "LIST", "group by these columns or derived names",
	  CMD_POPUPS | CMD_COUNT, GROUP_COMMAND, store_split, AT(by), 0 },
	{ "likely", 0, NULL, "count rows of classes with popup=likely too",
	  CMD_POPUPS | CMD_DIAGNOSE | CMD_REPORT, GROUP_COMMAND,
	  store_flag, AT(likely), 1 },
	{ "gap", 0, "SECONDS", "longest gap inside one prompt (120)",
	  CMD_POPUPS | CMD_DIAGNOSE | CMD_REPORT, GROUP_COMMAND,
	  store_number, AT(gap_s), SECONDS },
	{ "distinct", 0, "FIELD", "count the distinct values of this field",
	  CMD_COUNT, GROUP_COMMAND, store_text, AT(distinct), 0 },
	{ "stat", 0, "LIST:COLUMN",
	  "add p50, p95, p99, max or avg of a column (repeatable)",
	  CMD_COUNT, GROUP_COMMAND, store_list, AT(stat), 0 },
	{ "top", 0, "N", "only the first N rows", CMD_COUNT, GROUP_COMMAND,
	  store_number, AT(top), ANY },

	/* grep, with grep's letters */
	{ "regexp", 'e', "PATTERN", "a pattern (repeatable)", CMD_GREP,
	  GROUP_COMMAND, store_list, AT(patterns), 0 },
	{ "file", 'f', "FILE", "patterns from FILE, one a line", CMD_GREP,
	  GROUP_COMMAND, store_list, AT(pattern_files), 0 },
	{ "fixed-strings", 'F', NULL, "patterns are plain text", CMD_GREP,
	  GROUP_COMMAND, store_flag, AT(fixed), 1 },
	{ "ignore-case", 'i', NULL, "upper and lower case are alike", CMD_GREP,
	  GROUP_COMMAND, store_flag, AT(ignore_case), 1 },
	{ "invert-match", 'v', NULL, "rows that do not match", CMD_GREP,
	  GROUP_COMMAND, store_flag, AT(invert), 1 },
	{ "word-regexp", 'w', NULL, "match whole words only", CMD_GREP,
	  GROUP_COMMAND, store_flag, AT(word), 1 },
	{ "line-regexp", 'x', NULL, "match whole rows only", CMD_GREP,
	  GROUP_COMMAND, store_flag, AT(line), 1 },
	{ "count", 'c', NULL, "print how many rows of each file match",
	  CMD_GREP, GROUP_COMMAND, store_flag, AT(count_only), 1 },
	{ "files-with-matches", 'l', NULL, "print names of files that match",
	  CMD_GREP, GROUP_COMMAND, store_flag, AT(list_matching), 1 },
	{ "files-without-match", 'L', NULL,
	  "print names of files that do not match", CMD_GREP, GROUP_COMMAND,
	  store_flag, AT(list_others), 1 },
	{ "line-number", 'n', NULL, "print line numbers", CMD_GREP,
	  GROUP_COMMAND, store_flag, AT(line_numbers), 1 },
	{ "only-matching", 'o', NULL, "print only the parts that match",
	  CMD_GREP, GROUP_COMMAND, store_flag, AT(only_matching), 1 },
	{ "quiet", 'q', NULL, "print nothing, stop at the first match",
	  CMD_GREP, GROUP_COMMAND, store_flag, AT(quiet), 1 },
	{ "max-count", 'm', "N", "stop a file after N rows that match",
	  CMD_GREP, GROUP_COMMAND, store_number, AT(max_count), ANY },
	{ "after-context", 'A', "N", "print N rows after each match",
	  CMD_GREP, GROUP_COMMAND, store_number, AT(after), ANY },
	{ "before-context", 'B', "N", "print N rows before each match",
	  CMD_GREP, GROUP_COMMAND, store_number, AT(before), 100000 },
	{ "context", 'C', "N", "both", CMD_GREP, GROUP_COMMAND, store_number,
	  AT(context), 100000 },
	{ "with-filename", 'H', NULL, "print file names", CMD_GREP,
	  GROUP_COMMAND, store_flag, AT(file_names), 1 },
	{ "no-filename", 'h', NULL, "print no file names", CMD_GREP,
	  GROUP_COMMAND, store_minus, AT(file_names), 0 },
	{ "no-messages", 's', NULL, "say nothing of missing files", CMD_GREP,
	  GROUP_COMMAND, store_flag, AT(no_messages), 1 },
	{ "include", 0, "GLOB", "only files whose name matches (repeatable)",
	  CMD_GREP, GROUP_COMMAND, store_list, AT(include), 0 },
	{ "exclude", 0, "GLOB", "no files whose name matches (repeatable)",
	  CMD_GREP, GROUP_COMMAND, store_list, AT(exclude), 0 },
	{ "fields", 0, "LIST", "print these fields as TSV instead of the row",
	  CMD_GREP | CMD_CAT, GROUP_COMMAND, store_split, AT(fields), 0 },

	/* filters */
	{ "since", 'S', "TIME", "rows that start at TIME or later", READS,
	  GROUP_FILTER, store_text, AT(since), 0 },
	{ "until", 'U', "TIME", "rows that start before TIME", READS,
	  GROUP_FILTER, store_text, AT(until), 0 },
	{ "user", 0, "PAT", "user or actor, a glob", READS, GROUP_FILTER,
	  store_term, 0, FILTER_USER },
	{ "client", 0, "PAT", "client address, a glob", READS, GROUP_FILTER,
	  store_term, 0, FILTER_CLIENT },
	{ "server", 0, "PAT", "server that wrote the log, a glob", READS,
	  GROUP_FILTER, store_term, 0, FILTER_SERVER },
	{ "target", 0, "PAT", "target server, a glob", READS, GROUP_FILTER,
	  store_term, 0, FILTER_TARGET },
	{ "protocol", 0, "LIST", "protocols, globs", READS, GROUP_FILTER,
	  store_term, 0, FILTER_PROTOCOL },
	{ "class", 0, "LIST", "classes, as in be_krb_*,fe_basic_rejected",
	  READS, GROUP_FILTER, store_term, 0, FILTER_CLASS },
	{ "where", 0, "TERM", "'Column OP VALUE', OP one of "
	  "= != ~ !~ < <= > >=", READS, GROUP_FILTER, store_term, 0,
	  FILTER_WHERE },
	{ "probes", 0, NULL, "probe rows too",
	  CMD_POPUPS | CMD_COUNT | CMD_DIAGNOSE | CMD_REPORT, GROUP_FILTER,
	  store_flag, AT(probes), 1 },

	/* reading */
	{ "all", 0, NULL, "read logs that --since would skip, too", READS,
	  GROUP_INPUT, store_flag, AT(all), 1 },
	{ "final", 0, NULL, "a last line without a line end is a row",
	  READS, GROUP_INPUT, store_flag, AT(final), 1 },
	{ "rules", 0, "FILE", "more rules, before the built-in ones",
	  LOADS | CMD_EXPLAIN | CMD_RULES,
	  GROUP_INPUT, store_text, AT(rules_file), 0 },
	{ "legacy", 0, "HOST,..", "targets that are Exchange 2010 or 2007",
	  LOADS, GROUP_INPUT, store_legacy, AT(legacy_hosts), 0 },
	{ "settle", 0, "SECONDS", "wait for a logon's success (120)", LOADS,
	  GROUP_INPUT, store_number, AT(settle_s), SECONDS },
	{ "settle-rpc", 0, "SECONDS", "the same for RPC channels (7200)",
	  LOADS, GROUP_INPUT, store_number, AT(settle_rpc_s), SECONDS },
	{ "threads", 'j', "N", "worker threads (default: processors)", LOADS,
	  GROUP_INPUT, store_threads, AT(threads), 1024 },

	/* writing */
	{ "format", 0, "FORMAT", "text, tsv, csv, jsonl or json",
	  TABLES | CMD_GREP, GROUP_OUTPUT, store_format, 0, 0 },
	{ "json", 0, NULL, "the same as --format jsonl", TABLES | CMD_GREP,
	  GROUP_OUTPUT, store_json, 0, 0 },
	{ "no-csv-guard", 0, NULL, "csv: no ' before = + - @ and tab",
	  TABLES | CMD_GREP | CMD_CAT, GROUP_OUTPUT, store_flag,
	  AT(csv_guard), 0 },
	{ "tz", 0, "ZONE", "time zone of buckets and times (UTC)",
	  READS | CMD_QUERY | CMD_WATCH, GROUP_OUTPUT, store_text, AT(zone),
	  0 },
	{ "color", 0, "[=WHEN]", "auto, always or never",
	  LOADS | TABLES, GROUP_OUTPUT, store_when, AT(color), 0 },
	{ "progress", 0, "[=WHEN]", "auto, always or never", LOADS,
	  GROUP_OUTPUT, store_when, AT(progress), 0 },
	{ "ledger", 0, "FILE", "where every byte went, as JSON", LOADS,
	  GROUP_OUTPUT, store_text, AT(ledger_file), 0 },
	{ "quiet", 'q', NULL, "no warnings", LOADS & ~(uint32_t)CMD_GREP,
	  GROUP_OUTPUT, store_flag, AT(quiet), 1 },
	{ "verbose", 'v', NULL, "the ledger in short on stderr",
	  LOADS & ~(uint32_t)CMD_GREP, GROUP_OUTPUT, store_flag, AT(verbose),
	  1 },
	{ NULL, 0, NULL, NULL, 0, GROUP_COUNT, NULL, 0, 0 }
};
