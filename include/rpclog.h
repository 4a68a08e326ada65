/* SPDX-License-Identifier: MIT */
/*
 * rpclog.h - read and classify Exchange HttpProxy logs
 *
 * Everything installed by librpclog is declared here.  A name that is not in
 * this file is not part of the interface and may change in any release.
 *
 * Five layers, from lowest to highest:
 *
 *   source   bytes in order out of a file, pipe, memory or function, inflated
 *   parser   you hold the bytes; feed chunks of any size, take rows out
 *   reader   the library holds the bytes; a source and a parser in one
 *   matcher  gives a row its class, using compiled rules
 *   tracker  joins classified rows into password prompts
 *
 * Ownership in one line: what a *_new, *_open or *_compile function stores
 * through its first argument is yours to free; every other pointer the
 * library hands out is a loan, and its comment says when the loan ends.
 *
 * Threads in one line: rules are read-only once compiled and may be shared;
 * every other handle belongs to one thread at a time.  There is no global
 * state.
 */

#ifndef RPCLOG_H
#define RPCLOG_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RPCLOG_VERSION_MAJOR	0	/* the ABI breaks: soname changes */
#define RPCLOG_VERSION_MINOR	1	/* something was added */
#define RPCLOG_VERSION_PATCH	0	/* neither */
#define RPCLOG_VERSION_NUMBER	(RPCLOG_VERSION_MAJOR * 1000000 + \
				 RPCLOG_VERSION_MINOR * 1000 + \
				 RPCLOG_VERSION_PATCH)

#ifndef RPCLOG_API
#  if defined(__GNUC__)
#    define RPCLOG_API	__attribute__((visibility("default")))
#  else
#    define RPCLOG_API
#  endif
#endif

#if defined(__GNUC__)
#  define RPCLOG_MUST_CHECK	__attribute__((warn_unused_result))
#else
#  define RPCLOG_MUST_CHECK
#endif

/* The version of the library that is loaded, as against the header's. */
RPCLOG_API int rpclog_version_number(void);
/* One line for bug reports: version, who inflates, PCRE2, scanner. */
RPCLOG_API const char *rpclog_build_info(void);

/* ---- Status ------------------------------------------------------------ */

/*
 * Zero: you got what you asked for.  Positive: an ordinary turn of events,
 * carry on.  Negative: this handle is finished; every later call on it, other
 * than reset and free, gives the same answer again.  A NULL where something
 * must be is refused with RPCLOG_ERR_USAGE, and leaves the handle as it was.
 */
typedef enum rpclog_status {
	RPCLOG_OK = 0,
	RPCLOG_MORE = 1,	/* no complete row left: feed or finish */
	RPCLOG_END = 2,		/* input is over and fully consumed */
	RPCLOG_SCHEMA = 3,	/* a header was read: look columns up again */
	RPCLOG_BAD_ROW = 4,	/* one row skipped; see the diag; call again */
	RPCLOG_NO_MATCH = 5,	/* no rule claims this row */

	RPCLOG_ERR_NOMEM = -1,
	RPCLOG_ERR_USAGE = -2,	/* wrong argument, or call out of order */
	RPCLOG_ERR_IO = -3,	/* diag.sys is the errno */
	RPCLOG_ERR_GZIP = -4,	/* damaged or cut short; diag.sys is zlib's */
	RPCLOG_ERR_LIMIT = -5,	/* a limit in the options was reached */
	RPCLOG_ERR_SCHEMA = -6,	/* this is no HttpProxy log */
	RPCLOG_ERR_RULE = -7	/* bad rule; diag.sys is PCRE2's code */
} rpclog_status;

/* A constant name such as "RPCLOG_MORE"; never NULL, for any argument. */
RPCLOG_API const char *rpclog_status_name(rpclog_status status);

/*
 * Where and why.  Filled without allocating, so that it works when memory is
 * gone.  256 bytes for good: new members come out of 'reserved'.
 */
typedef struct rpclog_diag {
	int32_t status;		/* an rpclog_status */
	int32_t sys;		/* errno, zlib or PCRE2 code, else 0 */
	uint64_t line;		/* physical line the row starts on, from 1 */
	uint64_t offset;	/* byte it starts at, from 0, after inflating */
	uint32_t field;		/* field number from 1; 0: the whole row */
	uint32_t reserved[9];
	char text[192];		/* one line, NUL-terminated, no full stop */
} rpclog_diag;

/* ---- Options ----------------------------------------------------------- */

/* All three must be set, or all three NULL for the C library's. */
typedef struct rpclog_allocator {
	void *(*alloc)(void *ctx, size_t size);
	void *(*resize)(void *ctx, void *ptr, size_t size);
	void (*release)(void *ctx, void *ptr);
	void *ctx;
} rpclog_allocator;

/* Bits of rpclog_options.flags. */
typedef enum rpclog_opt {
	RPCLOG_OPT_HOLD_TAIL = 1,	/* a last line without a line end is
					 * no row: see rpclog_reader_tail() */
	RPCLOG_OPT_LIKELY = 2		/* popup=likely is evidence too */
} rpclog_opt;

/* For a member in seconds or milliseconds: a real zero, not the default. */
#define RPCLOG_ZERO	UINT32_MAX

/*
 * Start from RPCLOG_OPTIONS_INIT and change what you need; zero means the
 * default.  'size' lets a newer library serve an older caller: members are
 * only ever added at the end.  A function copies what it needs: the options
 * may go once it returns.  NULL options are all defaults.
 */
typedef struct rpclog_options {
	size_t size;
	size_t max_row;		/* bytes in one row, up to 1 GiB; default
				 * 1 MiB */
	uint32_t max_fields;	/* fields located in a row; default 512 */
	uint32_t max_ratio;	/* gzip growth allowed past 64 MiB out; 1000 */
	uint32_t match_limit;	/* PCRE2 steps for one match; 100000 */
	uint32_t gap_s;		/* longest gap inside a prompt; 120 */
	rpclog_allocator allocator;
	uint32_t flags;		/* rpclog_opt bits */
	uint32_t handshake_ms;	/* longest time from a 401 leg to its success;
				 * 10000 */
	uint32_t reject_window_s;	/* window of rejected legs; 60 */
	uint32_t reject_legs;	/* legs that make such a window; 3 */
	uint32_t settle_s;	/* log time that must have passed before a
				 * window is judged rejected; 120 */
	uint32_t settle_rpc_s;	/* the same if one leg is RPC_*; 7200 */
	const char *legacy_hosts;	/* comma-separated, in any case: targets
				 * that are legacy whatever the row says; a
				 * name without a dot stands for any domain */
} rpclog_options;

#define RPCLOG_OPTIONS_INIT { sizeof(rpclog_options), 0, 0, 0, 0, 0, \
			      { NULL, NULL, NULL, NULL }, \
			      0, 0, 0, 0, 0, 0, NULL }

/* ---- Rows -------------------------------------------------------------- */

/* Bytes, not a string: no NUL at the end, and NULs may lie inside. */
typedef struct rpclog_slice {
	const char *ptr;
	size_t len;
} rpclog_slice;

typedef struct rpclog_row rpclog_row;
typedef struct rpclog_schema rpclog_schema;

#define RPCLOG_NO_COLUMN	SIZE_MAX

/*
 * A schema and its names are loans that end with the next RPCLOG_SCHEMA, with
 * a reset, and with their parser or reader.
 */
RPCLOG_API size_t rpclog_schema_count(const rpclog_schema *schema);
RPCLOG_API rpclog_slice rpclog_schema_name(const rpclog_schema *schema,
					   size_t column);
/* Exact, case-sensitive; RPCLOG_NO_COLUMN if there is none. */
RPCLOG_API size_t rpclog_schema_find(const rpclog_schema *schema,
				     const char *name);
/* The same in any ASCII case; of several the first. */
RPCLOG_API size_t rpclog_schema_find_nocase(const rpclog_schema *schema,
					    const char *name);

/*
 * Rows and their slices are loans that end at the next call on the parser or
 * reader they came from.  Quotes are already undone.  A column past the end
 * of a short row reads as an empty slice.
 */
RPCLOG_API rpclog_slice rpclog_row_field(const rpclog_row *row, size_t column);
/* All fields at once, for inner loops: an array of '*count' slices. */
RPCLOG_API const rpclog_slice *rpclog_row_fields(const rpclog_row *row,
						 size_t *count);
RPCLOG_API rpclog_slice rpclog_row_raw(const rpclog_row *row);
RPCLOG_API uint64_t rpclog_row_line(const rpclog_row *row);
RPCLOG_API uint64_t rpclog_row_offset(const rpclog_row *row);
/* Bytes of the row as it stood in the input, line end and BOM included. */
RPCLOG_API uint64_t rpclog_row_span(const rpclog_row *row);
/*
 * Typed readings: 1 if the field is well formed and stored, else 0 and zero.
 * Times are microseconds since 1970-01-01T00:00:00Z, without leap seconds.
 */
RPCLOG_API int rpclog_row_int(const rpclog_row *row, size_t column,
			      int64_t *value);
RPCLOG_API int rpclog_row_time(const rpclog_row *row, size_t column,
			       int64_t *microseconds);

/*
 * Columns that every tool needs, whatever their place, spelling or case in
 * this file's column set.  A column that this set lacks reads as empty.
 * Values are part of the ABI: append, never renumber.
 */
typedef enum rpclog_known {
	RPCLOG_DATE_TIME, RPCLOG_REQUEST_ID, RPCLOG_CLIENT_REQUEST_ID,
	RPCLOG_PROTOCOL, RPCLOG_URL_HOST, RPCLOG_URL_STEM, RPCLOG_URL_QUERY,
	RPCLOG_AUTHENTICATION_TYPE, RPCLOG_IS_AUTHENTICATED,
	RPCLOG_AUTHENTICATED_USER, RPCLOG_ANCHOR_MAILBOX, RPCLOG_USER_AGENT,
	RPCLOG_CLIENT_IP, RPCLOG_SERVER, RPCLOG_HTTP_STATUS,
	RPCLOG_BACKEND_STATUS, RPCLOG_ERROR_CODE, RPCLOG_METHOD,
	RPCLOG_PROXY_ACTION, RPCLOG_TARGET_SERVER,
	RPCLOG_TARGET_SERVER_VERSION, RPCLOG_ROUTING_TYPE,
	RPCLOG_ROUTING_HINT, RPCLOG_REQUEST_BYTES, RPCLOG_RESPONSE_BYTES,
	RPCLOG_TOTAL_REQUEST_TIME, RPCLOG_BACKEND_GENERIC_INFO,
	RPCLOG_GENERIC_INFO, RPCLOG_GENERIC_ERRORS
} rpclog_known;

RPCLOG_API rpclog_slice rpclog_row_known(const rpclog_row *row,
					 rpclog_known which);

/*
 * When the request began (not when it was logged); 1 if known, else 0.
 * BeginRequest= of GenericInfo, else DateTime less TotalRequestTime, else
 * DateTime.
 */
RPCLOG_API int rpclog_row_start(const rpclog_row *row, int64_t *microseconds);

/* Values that are no columns.  Append, never renumber. */
typedef enum rpclog_derived {
	RPCLOG_D_CLIENT,	/* ClientIpAddress, normalised: first word, no
				 * port, brackets or scope, RFC 5952 form */
	RPCLOG_D_MAILBOX,	/* guid@domain of UrlQuery, lower case */
	RPCLOG_D_TARGET,	/* TargetServer, lower case */
	RPCLOG_D_LEGACY,	/* "yes" or "no": is the target 2010 or 2007 */
	RPCLOG_D_ACCOUNT,	/* AuthenticatedUser without its domain */
	RPCLOG_D_SCHEME,	/* AuthenticationType up to a ';' */
	RPCLOG_D_RESPONSE_STATUS,	/* last ResponseStatusCode= */
	RPCLOG_D_WEB_STATUS,	/* last WebExceptionStatus= */
	RPCLOG_D_SECURITY_STATUS,	/* last NegotiateSecurityContext's */
	RPCLOG_D_SOFTWARE,	/* of UserAgent: "Outlook 16.0", "MSRPC", .. */
	RPCLOG_D_WINDOWS,	/* of UserAgent: "6.1", "10.0", .. */
	RPCLOG_D_CLIENT_SCOPE,	/* where the client is: "loopback",
				 * "link-local-4", "link-local-6", "private",
				 * "public", or empty if it is no address */
	/* Of RPC channels; empty if the row is of none. */
	RPCLOG_D_RPC_HALF,	/* "in" or "out": Method is RPC_IN_DATA or
				 * RPC_OUT_DATA */
	RPCLOG_D_RPC_LIFE,	/* TotalRequestTime, of channels that were not
				 * refused, as the longest of these that it
				 * reached: "00:00:00", "00:00:01", "00:00:10",
				 * "00:01:00", "00:10:00", "01:00:00",
				 * "08:00:00" */
	RPCLOG_D_RPC_END	/* who ended it, as far as the row tells:
				 * "refused": HttpStatus is 400 or above, it
				 *	never was a channel;
				 * "client": reading from it or writing to it
				 *	failed, says StreamProxy=;
				 * "backend": the same of the back end, or
				 *	BackEndStatus or WebExceptionStatus= is
				 *	a word such as ConnectionClosed;
				 * "unknown": some error, as a rule
				 *	PossibleException= alone;
				 * "closed": no error, it ended in order */
} rpclog_derived;

/* Empty if the row has no such value.  The same loan as the row. */
RPCLOG_API rpclog_slice rpclog_row_derived(const rpclog_row *row,
					   rpclog_derived which);

/*
 * Walks the key=value pairs of GenericInfo or GenericErrors in order, both
 * grammars.  Start with '*cursor' 0, it is the walk's own; 1 while there is a
 * pair, then 0.  Keys repeat.  Slices are parts of 'cell'.
 */
RPCLOG_API int rpclog_pairs_next(rpclog_slice cell, size_t *cursor,
				 rpclog_slice *key, rpclog_slice *value);

/* ---- The account: where every byte went --------------------------------- */

typedef struct rpclog_count {
	uint64_t count, bytes;
} rpclog_count;

/*
 * The six counts are disjoint and their bytes add up to 'bytes', always, also
 * after an error.  A line's end and a BOM belong to their line; UTF-16 is
 * counted as it stood, before transcoding.  Between two calls a row that was
 * handed out is counted; bytes that are taken and not yet handed out are
 * 'partial'.
 */
typedef struct rpclog_account {
	rpclog_count rows;	/* handed out */
	rpclog_count header;	/* column lines and lines that start with # */
	rpclog_count blank;	/* lines without a byte */
	rpclog_count rejected;	/* RPCLOG_BAD_ROW */
	rpclog_count partial;	/* a last line without a line end, no row */
	rpclog_count foreign;	/* lines of another log */
	uint64_t bytes;		/* input taken, after inflating */
	uint64_t reserved[3];
} rpclog_account;

/* ---- Sources: bytes in order, inflated --------------------------------- */

typedef struct rpclog_source rpclog_source;

/* As read(2): bytes stored, 0 at the end, -1 and errno on failure. */
typedef ptrdiff_t (*rpclog_read_fn)(void *ctx, void *buffer, size_t capacity);

/*
 * Plain or gzip, all members, told by the first bytes, never by a name.
 * Nothing is known of lines.  A regular file is read up to the size that it
 * has when it is opened.  'diag' may be NULL; it is filled on failure only.
 */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_source_open(rpclog_source **out, const char *path,
		   const rpclog_options *options, rpclog_diag *diag);
/* 'fd' stays yours, must stay open, and is read from where it stands. */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_source_open_fd(rpclog_source **out, int fd,
		      const rpclog_options *options, rpclog_diag *diag);
/* 'data' is lent until rpclog_source_free(). */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_source_open_mem(rpclog_source **out, const void *data, size_t len,
		       const rpclog_options *options, rpclog_diag *diag);
/* 'ctx' must stay until rpclog_source_free(); opening reads the first bytes. */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_source_open_fn(rpclog_source **out, rpclog_read_fn read, void *ctx,
		      const rpclog_options *options, rpclog_diag *diag);

/*
 * Looks at the first 'want' bytes (at most 64 KiB) without taking them, on
 * pipes too; only before the first rpclog_source_next().  Fewer come only if
 * the input is shorter or damaged, and then the answer is still RPCLOG_OK.
 * A loan until the next call.
 */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_source_peek(rpclog_source *source, size_t want, rpclog_slice *head);
/*
 * Takes the next run of bytes, a loan until the next call.  RPCLOG_END after
 * the last; a damaged stream gives every good byte first, then the error.
 */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_source_next(rpclog_source *source, rpclog_slice *bytes);
RPCLOG_API int rpclog_source_is_gzip(const rpclog_source *source);
/* Bytes taken before inflating, and their total (UINT64_MAX: unknown). */
RPCLOG_API uint64_t rpclog_source_consumed(const rpclog_source *source,
					   uint64_t *total);
/*
 * After an error: what and where.  'offset' is the number of good bytes
 * given, after inflating.
 */
RPCLOG_API const rpclog_diag *rpclog_source_diag(const rpclog_source *source);
RPCLOG_API void rpclog_source_free(rpclog_source *source);

/* ---- Recognition: what is this input? ----------------------------------- */

typedef enum rpclog_kind {
	RPCLOG_KIND_MORE,	/* too few bytes to tell */
	RPCLOG_KIND_EMPTY,
	RPCLOG_KIND_HTTPPROXY,	/* by its header */
	RPCLOG_KIND_FRAGMENT,	/* by the cells of its first good row */
	RPCLOG_KIND_FOREIGN
} rpclog_kind;

/*
 * Tells from the inflated bytes at the head of an input; 'whole' says that
 * there are no more.  '*name' (may be NULL) becomes a constant such as
 * "IIS W3C" or "unknown" if the input is foreign, else NULL.
 */
RPCLOG_API rpclog_kind rpclog_recognize(rpclog_slice head, int whole,
					const char **name);

/* ---- Parser: you bring the bytes --------------------------------------- */

typedef struct rpclog_parser rpclog_parser;

RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_parser_new(rpclog_parser **out, const rpclog_options *options);

/*
 * Lend the parser the next 'len' bytes of input.  They are only read, never
 * written, and must stay where they are until rpclog_parser_next() answers
 * RPCLOG_MORE; only a row that straddles two chunks is copied.  Feeding again
 * before that is RPCLOG_ERR_USAGE.  Any chunk size gives the same rows.
 */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_parser_feed(rpclog_parser *parser, const void *data, size_t len);

/*
 * There will be no more input: a last row needs no newline, unless
 * RPCLOG_OPT_HOLD_TAIL says so.
 */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_parser_finish(rpclog_parser *parser);

/*
 * Only rows whose bytes hold 'bytes' (copied) are wanted: others are counted
 * in the account and mostly not handed out, which is several times as fast.
 * A row that is handed out all the same is to be asked; damaged rows and
 * column lines are told as ever.  From the next row on, and also after
 * rpclog_parser_reset(); 'len' 0 wants all rows again.
 */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_parser_require(rpclog_parser *parser, const void *bytes, size_t len);

/*
 * Take the next row.  RPCLOG_OK stores a loan in '*row'; on any other answer
 * '*row' is NULL.
 *
 * RPCLOG_SCHEMA	the columns are others from here on.  A header that
 *			repeats them is no event.  A row whose number of cells
 *			is that of a larger known column set is read by that
 *			set: SCHEMA comes before it and again after it.
 * RPCLOG_BAD_ROW	a damaged row was passed over: an unclosed quote, eight
 *			NULs in a run, no timestamp, fewer cells than up to
 *			Method, more bytes than max_row.  The diag names line,
 *			offset and reason; the next line is good again.
 * RPCLOG_MORE		feed or finish
 * RPCLOG_END		after finish, all rows are out
 * RPCLOG_ERR_SCHEMA	this is no HttpProxy log: foreign columns, or no
 *			header and no good row in the first 64 lines
 *			that are neither blank nor begin with '#'.  See
 *			rpclog_parser_foreign().
 */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_parser_next(rpclog_parser *parser, const rpclog_row **row);

RPCLOG_API const rpclog_schema *
rpclog_parser_schema(const rpclog_parser *parser);
/* This, the account and the tail last as long as the parser does. */
RPCLOG_API const rpclog_diag *rpclog_parser_diag(const rpclog_parser *parser);
/* Current after every answer of rpclog_parser_next(). */
RPCLOG_API const rpclog_account *
rpclog_parser_account(const rpclog_parser *parser);
/*
 * After RPCLOG_END under RPCLOG_OPT_HOLD_TAIL: the line that was held back,
 * and where it starts ('offset' may be NULL); else empty.
 */
RPCLOG_API rpclog_slice rpclog_parser_tail(const rpclog_parser *parser,
					   uint64_t *offset);
/*
 * What the input is ("IIS W3C", "unknown") once it is known to be no
 * HttpProxy log; else NULL.
 */
RPCLOG_API const char *rpclog_parser_foreign(const rpclog_parser *parser);
/* Back to the state after _new, memory kept. */
RPCLOG_API void rpclog_parser_reset(rpclog_parser *parser);
/* This and every other _free takes NULL and then does nothing. */
RPCLOG_API void rpclog_parser_free(rpclog_parser *parser);

/* ---- Reader: the library brings the bytes ------------------------------ */

typedef struct rpclog_reader rpclog_reader;

/* Gzip is told by its first bytes, not its name.  'diag' may be NULL. */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_reader_open(rpclog_reader **out, const char *path,
		   const rpclog_options *options, rpclog_diag *diag);
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_reader_open_fn(rpclog_reader **out, rpclog_read_fn read, void *ctx,
		      const rpclog_options *options, rpclog_diag *diag);
/* The reader takes 'source' over, also on failure. */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_reader_open_source(rpclog_reader **out, rpclog_source *source,
			  const rpclog_options *options, rpclog_diag *diag);

/*
 * As rpclog_parser_next(), except that RPCLOG_MORE is never an answer, and
 * that a foreign input is read to its end, so that the account is whole.  A
 * damaged or cut stream gives every whole row first, then RPCLOG_ERR_GZIP or
 * RPCLOG_ERR_IO; a line that the damage tore is no row.  The diag's line is
 * the one that was being read, its offset the number of good bytes.
 */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_reader_next(rpclog_reader *reader, const rpclog_row **row);

RPCLOG_API const rpclog_schema *
rpclog_reader_schema(const rpclog_reader *reader);
RPCLOG_API const rpclog_diag *rpclog_reader_diag(const rpclog_reader *reader);
RPCLOG_API const rpclog_account *
rpclog_reader_account(const rpclog_reader *reader);
/* As the parser's. */
RPCLOG_API rpclog_slice rpclog_reader_tail(const rpclog_reader *reader,
					   uint64_t *offset);
RPCLOG_API const char *rpclog_reader_foreign(const rpclog_reader *reader);
/* Bytes taken from the file so far, before inflating: for progress bars. */
RPCLOG_API uint64_t rpclog_reader_consumed(const rpclog_reader *reader);
RPCLOG_API void rpclog_reader_free(rpclog_reader *reader);

/* ---- Rules and matcher ------------------------------------------------- */

typedef struct rpclog_rules rpclog_rules;	/* shareable, never changes */
typedef struct rpclog_matcher rpclog_matcher;	/* one per thread */

typedef enum rpclog_popup {
	RPCLOG_POPUP_NO, RPCLOG_POPUP_MAYBE, RPCLOG_POPUP_LIKELY,
	RPCLOG_POPUP_YES
} rpclog_popup;

typedef enum rpclog_severity {
	RPCLOG_INFO, RPCLOG_LOW, RPCLOG_MEDIUM, RPCLOG_HIGH, RPCLOG_CRITICAL
} rpclog_severity;

typedef struct rpclog_verdict {
	uint32_t class_id;	/* stable number of the class */
	uint32_t rule;		/* index into the rules, from 0 */
	uint8_t severity;	/* an rpclog_severity */
	uint8_t popup;		/* an rpclog_popup */
	uint16_t column;	/* where the evidence is; UINT16_MAX: nowhere */
	uint32_t reserved;
	const char *class_name;	/* a loan from the rules */
	rpclog_slice evidence;	/* part of the row: same loan as the row */
} rpclog_verdict;

/*
 * Reads rules in the language of rpclog-rules(5) and puts them before the
 * built-in ones.  'text' may go once this returns.  Each rule carries sample
 * rows; a rule that fails its own sample, or any other fault, is
 * RPCLOG_ERR_RULE with the line in the diag.
 */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_rules_compile(rpclog_rules **out, const char *text, size_t len,
		     const rpclog_options *options, rpclog_diag *diag);
/* The rules that the library carries; the same as an empty rule text. */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_rules_builtin(rpclog_rules **out, const rpclog_options *options);
RPCLOG_API size_t rpclog_rules_count(const rpclog_rules *rules);
RPCLOG_API void rpclog_rules_free(rpclog_rules *rules);

/*
 * What a person needs to know of a class.  Strings, here and below, are loans
 * from the rules that end with rpclog_rules_free(); never NULL.
 */
typedef struct rpclog_class {
	uint32_t id;		/* as in rpclog_verdict.class_id */
	uint8_t popup;		/* an rpclog_popup */
	uint8_t severity;	/* an rpclog_severity */
	uint16_t reserved;
	const char *name, *title, *cause, *remedy, *reference;
} rpclog_class;

/* Classes in order of their numbers, those that sessions give included. */
RPCLOG_API size_t rpclog_rules_classes(const rpclog_rules *rules);
/* The 'i'th of them; 1, or 0 past the last. */
RPCLOG_API int rpclog_rules_class(const rpclog_rules *rules, size_t i,
				  rpclog_class *info);
/* By name; 1, or 0 if there is none. */
RPCLOG_API int rpclog_rules_find(const rpclog_rules *rules, const char *name,
				 rpclog_class *info);
/* By number; 1, or 0 if there is none. */
RPCLOG_API int rpclog_rules_by_id(const rpclog_rules *rules, uint32_t id,
				  rpclog_class *info);
/*
 * Rule 'rule' (from 0, first match wins): its class, the line where it begins
 * (0: built in) and its text; 1, or 0 past the last.  Pointers may be NULL.
 */
RPCLOG_API int rpclog_rules_rule(const rpclog_rules *rules, size_t rule,
				 uint32_t *class_id, uint64_t *line,
				 rpclog_slice *text);
/*
 * Sample 'n' of a rule as an HttpProxy log (a column line and one row);
 * '*matches' is 0 for one that the rule must not match.  1, or 0 past the
 * last.
 */
RPCLOG_API int rpclog_rules_sample(const rpclog_rules *rules, size_t rule,
				   size_t n, rpclog_slice *log, int *matches);

/* 'rules' must outlive the matcher. */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_matcher_new(rpclog_matcher **out, const rpclog_rules *rules,
		   const rpclog_options *options);
/*
 * First rule wins.  RPCLOG_OK or RPCLOG_NO_MATCH, or a negative status.  A
 * pattern that passes match_limit on a cell does not match it.  'schema' may
 * be NULL: every row knows its own.
 */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_matcher_classify(rpclog_matcher *matcher, const rpclog_schema *schema,
			const rpclog_row *row, rpclog_verdict *verdict);
RPCLOG_API void rpclog_matcher_free(rpclog_matcher *matcher);

/* ---- Tracker: from rows to prompts -------------------------------------- */

/*
 * Resolves what a single row can't tell (was this 401 a handshake?), names
 * the actor, and joins evidence rows into prompts.  Order of arrival does not
 * change the result.  Memory grows with distinct actors and open legs, not
 * with rows.  Trackers fed by several threads can be merged.
 */
typedef struct rpclog_tracker rpclog_tracker;

/* A run of failures that one dialog can explain: gaps of at most gap_s. */
typedef struct rpclog_prompt {
	int64_t first_us, last_us;
	uint64_t requests;
	uint32_t class_id;	/* of the first row, as are target and server */
	uint32_t reserved;
	rpclog_slice actor, client, target, server;
} rpclog_prompt;	/* slices last until rpclog_tracker_free() */

RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_tracker_new(rpclog_tracker **out, const rpclog_rules *rules,
		   const rpclog_options *options);
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_tracker_add(rpclog_tracker *tracker, const rpclog_row *row,
		   const rpclog_verdict *verdict);
/*
 * A number of yours for the rows that are added from now on, such as a file's
 * number and a line: a tally tells those of its first and its last row.  0
 * until you set one.  Does nothing if 'tracker' is NULL.
 */
RPCLOG_API void rpclog_tracker_tag(rpclog_tracker *tracker, uint64_t tag);
/*
 * Before finish, both made from the same rules and options, the allocator
 * among them, since memory of 'from' may become that of 'into'; 'from' is left
 * empty and can only be freed.  Merging in any order and any grouping gives
 * the same result.  After RPCLOG_ERR_NOMEM both are finished.
 */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_tracker_merge(rpclog_tracker *into, rpclog_tracker *from);
/* No more rows: settle sessions, name actors, join prompts. */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_tracker_finish(rpclog_tracker *tracker);
/* After finish: prompts in order of first_us; RPCLOG_END after the last. */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_tracker_next(rpclog_tracker *tracker, rpclog_prompt *prompt);

/*
 * Evidence by quarter of an hour (every zone's hours and days are made of
 * quarters), actor, client, class, target, server and protocol: all that any
 * summary needs.  Prompts are those whose first row is counted here, with the
 * options' gap and with 30, 120, 300 and 900 s.
 */
typedef struct rpclog_tally {
	int64_t quarter_us;	/* UTC, start of the quarter */
	int64_t first_us, last_us;
	uint64_t requests, prompts, prompts_at[4];
	uint32_t class_id;
	uint8_t popup;		/* an rpclog_popup */
	uint8_t reserved[3];
	rpclog_slice actor, client, target, server, protocol;
	/* rpclog_tracker_tag() of the first row, of several that start then
	 * the least; and of the last, the greatest. */
	uint64_t first_tag, last_tag;
} rpclog_tally;		/* slices last until rpclog_tracker_free() */

/* After finish, in a fixed order; RPCLOG_END after the last. */
RPCLOG_API RPCLOG_MUST_CHECK rpclog_status
rpclog_tracker_next_tally(rpclog_tracker *tracker, rpclog_tally *tally);
/*
 * After finish: 401 legs that may be rejected credentials, but whose success
 * may not be logged yet (settle_s, settle_rpc_s).  They are no evidence.
 */
RPCLOG_API uint64_t rpclog_tracker_too_recent(const rpclog_tracker *tracker);
RPCLOG_API void rpclog_tracker_free(rpclog_tracker *tracker);

#ifdef __cplusplus
}
#endif

#endif /* RPCLOG_H */
