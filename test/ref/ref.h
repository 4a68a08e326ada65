/* SPDX-License-Identifier: MIT */
/*
 * The plain, slow reference for popups, count, sessions and actors: types and
 * calls that its files share.  It is written from the design pages alone and
 * shares no line with the library, so that the two can judge each other.
 */
#ifndef RPCLOG_REF_H
#define RPCLOG_REF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SECOND ((int64_t)1000000)
#define HOUR   (3600 * SECOND)
#define DAY    (24 * HOUR)

/* Bytes that live until the program ends; NULs may be among them. */
struct text {
	const char *ptr;
	size_t len;
};

struct columns {
	struct text *names;
	size_t count;
	size_t method; /* where Method is */
	bool foreign;  /* not the columns of an HttpProxy log */
};

struct verdict {
	unsigned number;
	const char *name;
	const char *popup;
	const char *severity;
};

struct file {
	struct text path;
	struct text bytes; /* inflated */
	struct text body;  /* the same without BOM, as UTF-8 */
	size_t *origin;	   /* UTF-16: body index to bytes index */
	size_t bom;	   /* else body index + bom is bytes index */
	bool packed;
	bool ignored; /* the same log as another, or skipped */
	struct row *rows;
	size_t row_count;
};

struct row {
	const struct file *file;
	size_t line;
	size_t offset;
	const struct columns *columns;
	struct text *cells;
	size_t cell_count;

	/* section 1, set by derive_row */
	int64_t end; /* DateTime, microseconds since 1970 */
	int64_t start;
	struct text S, BE, EC, AT, U, UA, GE, GI, RSC, WES;
	bool IA;
	struct text status_word; /* of NegotiateSecurityContext */
	struct text protocol, method, server, request_id;
	struct text mailbox, client, target, account, user_folded;
	struct text latency_ms;
	bool legacy;

	const struct verdict *class; /* sections 2 and 4 */
	bool too_recent;
	struct text shown_user; /* U as first seen */
	struct text actor;	/* section 5 */
};

struct rows {
	struct row **ptr;
	size_t count;
};

struct options {
	const char *fields[64];
	size_t field_count;
	int64_t gap, settle, settle_rpc;
	bool likely, probes, all;
	bool has_since, has_until;
	int64_t since, until;
	struct text legacy; /* HOST,HOST,.. */
};

/* ref_text.c */
void *ref_alloc(size_t size);
void ref_free_all(void);
struct text text_of(const char *string);
struct text text_copy(const char *ptr, size_t len);
struct text text_join(const char *before, struct text after);
struct text text_lower(struct text t);
struct text text_cut(struct text t, size_t from, size_t to);
bool text_is(struct text t, const char *string);
bool text_is_nocase(struct text t, const char *string);
bool text_starts(struct text t, const char *string);
bool text_starts_nocase(struct text t, const char *string);
bool text_is_one_of(struct text t, const char *words);
int text_compare(struct text a, struct text b);
size_t text_find(struct text t, const char *string, size_t from);
bool text_has(struct text t, const char *string);
bool text_has_nocase(struct text t, const char *string);
bool text_in_list(struct text t, struct text list);
void text_print(struct text t);

/* ref_time.c */
bool time_parse(struct text t, int64_t *us);
int64_t time_floor(int64_t us, int64_t unit);
struct text time_seconds(int64_t us);
struct text time_millis(int64_t us);
struct text time_day(int64_t us);

/* ref_read.c, ref_bytes.c; trouble is what makes the program exit 2 */
extern bool ref_trouble;
struct file *files_read(char **paths, size_t count, size_t *file_count);
void file_decode(struct file *file, struct text raw);
void files_drop_copies(struct file *files, size_t count);
void files_drop_old(struct file *files, size_t count, int64_t since);

/* ref_columns.c, ref_rows.c */
bool split_cells(struct text line, struct text **cells, size_t *count);
const struct columns *columns_known(size_t cells);
const struct columns *columns_of_header(struct text line);
bool line_is_header(struct text line);
const char *column_name(const char *name);
struct text row_cell(const struct row *row, const char *name);
void file_read_rows(struct file *file);

/* ref_client.c, ref_derive.c */
struct text client_normal(struct text cell);
bool client_is_loopback(struct text client);
bool client_is_link_local6(struct text client);
bool client_is_inside(struct text cell);
struct text account_part(struct text user);
void derive_row(struct row *row, const struct options *options);

/* ref_classes.c, ref_classify.c */
const struct verdict *class_named(const char *name);
bool is_health_account(struct text account);
const struct verdict *classify(const struct row *row);

/* ref_sessions.c, ref_actors.c: over all rows that were read */
void sessions_resolve(struct rows all, const struct options *options);
void actors_resolve(struct rows all);

/* ref_popups.c */
struct rows evidence_of(struct rows chosen, const struct options *options);
size_t prompts_mark(struct rows evidence, int64_t gap, bool *begins);
void popups_print(struct rows chosen, const struct options *options);
void totals_print(struct rows chosen, const struct options *options);

/* ref_fields.c, ref_count.c */
const char *field_name(const char *name);
struct text field_value(const struct row *row, const char *name);
void count_print(struct rows chosen, const struct options *options);

#endif
