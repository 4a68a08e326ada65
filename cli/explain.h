/* SPDX-License-Identifier: MIT */
/* What `explain` knows besides the classes: books of words in plain words. */

#ifndef RPCLOG_CLI_EXPLAIN_H
#define RPCLOG_CLI_EXPLAIN_H

#include <stddef.h>

#include "out.h"

/* Everything but 'name' and 'text' may be NULL. */
struct explained {
	const char *name;
	const char *also;	/* other names, with blanks between */
	const char *title;	/* a few words, for the list */
	/* A line that begins with a tab is shown as it is, to be copied. */
	const char *text;
	const char *class;	/* the class that rows with it get */
	const char *evidence;	/* what a finding rests on */
	const char *limits;	/* what it can't tell */
	const char *remedy;
	const char *reference;
};

struct explained_book {
	const char *kind;	/* "NAME: KIND" */
	const char *title;	/* in the list; NULL: goes on with the last */
	const struct explained *entries;	/* the last has no name */
};

/* The last has no kind. */
extern const struct explained_book explained_books[];

extern const struct explained explain_server_findings[];
extern const struct explained explain_client_findings[];
extern const struct explained explain_topics[];
extern const struct explained explain_iis_statuses[];
extern const struct explained explain_iis_server_statuses[];
extern const struct explained explain_error_codes[];
extern const struct explained explain_security_statuses[];
extern const struct explained explain_web_statuses[];
extern const struct explained explain_request_columns[];
extern const struct explained explain_proxy_columns[];
extern const struct explained explain_timing_columns[];

/*
 * Does a person who asks for 'asked' mean the name?  In any case; numbers of
 * 32 bits in any spelling (-2146893048, 2148074248, 0x80090308); globs.
 */
int explain_is(const char *name, const char *asked);
/* The same for an entry, by all its names. */
int explain_is_entry(const struct explained *entry, const char *asked);
/* Is it a number in one of these spellings? */
int explain_is_number(const char *asked);

/* Room for each half of a status. */
#define EXPLAIN_STATUS_SIZE 24

/*
 * Numbers as an IIS log has them, 401.1/1326, "401 1 1326" or 401/1326: parts
 * them to "401.1" (or "401") and "1326".  0 if 'asked' is none of these.
 */
int explain_split_status(const char *asked, char status[EXPLAIN_STATUS_SIZE],
			 char win32[EXPLAIN_STATUS_SIZE]);

/* A name with its title, which begins in 'column'. */
void explain_list_titled(struct out *out, const char *name, size_t column,
			 const char *title);
/* All books below their titles. */
void explain_list_books(struct out *out);

#endif /* RPCLOG_CLI_EXPLAIN_H */
