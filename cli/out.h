/* SPDX-License-Identifier: MIT */
/*
 * Output: checked buffered writing, text from logs made safe, and tables in
 * all formats of rpclog(1).
 */

#ifndef RPCLOG_CLI_OUT_H
#define RPCLOG_CLI_OUT_H

#include "rpclog.h"

/* ---- Bytes --------------------------------------------------------------- */

/*
 * A buffer in front of something that takes bytes.  Writing never fails for
 * the caller: a full disk ends the program with exit 2 and a message.
 */
struct out {
	char *data;
	size_t len, capacity;
	/* Called when the buffer is full and by out_flush(): takes all of
	 * data[0..len) and sets len to 0, or makes the buffer bigger. */
	void (*drain)(struct out *out);
	void *ctx;		/* of drain */
	int safe;		/* text from logs is made safe for terminals */
	int color;		/* colours are wanted */
};

/* Standard output and standard error.  One thread at a time. */
struct out *out_stdout(void);
struct out *out_stderr(void);
/* Collects in memory without end: read data and len, then out_free(). */
void out_memory(struct out *out);
void out_free(struct out *out);

void out_bytes(struct out *out, const char *bytes, size_t len);
void out_str(struct out *out, const char *text);
void out_char(struct out *out, char c);
void out_unsigned(struct out *out, uint64_t value);
/* For our own words: what comes from a log goes through out_text(). */
void out_format(struct out *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/*
 * Text from a log.  If out->safe: control bytes (C1 in UTF-8 too) and invalid
 * UTF-8 as \xNN; else raw.
 */
void out_text(struct out *out, rpclog_slice text);
/* The same, always safe (stderr, aligned text). */
void out_safe(struct out *out, rpclog_slice text);
/* Columns that out_safe() would fill on a terminal (wide CJK counts 2). */
size_t out_width(rpclog_slice text);
void out_flush(struct out *out);

/* Colours: nothing unless out->color. */
enum out_color {
	COLOR_OFF, COLOR_BOLD, COLOR_DIM, COLOR_RED, COLOR_GREEN, COLOR_YELLOW,
	COLOR_MAGENTA, COLOR_CYAN
};
void out_color(struct out *out, enum out_color color);

/* Flushes stdout; what every command's end goes through.  Exits on failure. */
void out_finish(void);

/* One value in the escaping of a machine format, without a separator. */
void out_tsv(struct out *out, rpclog_slice text);
void out_csv(struct out *out, rpclog_slice text, int guard);
void out_json(struct out *out, rpclog_slice text);	/* with its quotes */

/* ---- Tables -------------------------------------------------------------- */

enum out_format { OUT_TEXT, OUT_TSV, OUT_CSV, OUT_JSONL, OUT_JSON };

/* How a column aligns and which add function suits it. */
enum cell_kind {
	CELL_TEXT, CELL_NUMBER, CELL_TIME, CELL_HOUR, CELL_DAY
};

struct column {
	const char *name;	/* key and header */
	enum cell_kind kind;
};

enum table_flag {
	TABLE_NO_HEADER = 1,	/* rows only, e.g. of one worker of many */
	TABLE_NO_GUARD = 2	/* --no-csv-guard */
};

struct table;

/*
 * 'columns' (and its names) must stay until table_end().  In OUT_TEXT rows
 * are kept until table_end() so that columns can be aligned; all other
 * formats are written at once.  The header comes out even if no row does.
 */
struct table *table_begin(struct out *out, enum out_format format,
			  const struct column *columns, size_t count,
			  unsigned flags);
/* Cells, left to right; a row must have them all. */
void table_text(struct table *table, rpclog_slice text);	/* from a log */
void table_str(struct table *table, const char *text);
void table_number(struct table *table, int64_t value);
void table_unsigned(struct table *table, uint64_t value);
/* A number with three decimals, given in thousandths. */
void table_thousandths(struct table *table, int64_t value);
/* A number in as many digits as tell it from all others; 9e999: infinite. */
void table_real(struct table *table, double value);
void table_time(struct table *table, int64_t us);
void table_hour(struct table *table, int64_t hour_us);	/* when_hour_of() */
void table_day(struct table *table, int64_t day);	/* when_day_of() */
void table_absent(struct table *table);
/* The next cell is painted in text format (popup=yes red, ..). */
void table_paint(struct table *table, enum out_color color);
void table_row(struct table *table);	/* end of row */
/* Writes what is kept, closes json, frees. */
void table_end(struct table *table);

/* Names as in --format; 1 if there is such a format. */
int out_format_find(const char *name, enum out_format *format);

#endif /* RPCLOG_CLI_OUT_H */
