/* SPDX-License-Identifier: MIT */
/* The members of a document: what they are called, and their values. */

#ifndef RPCLOG_CLI_ECS_MEMBERS_H
#define RPCLOG_CLI_ECS_MEMBERS_H

#include "ecs.h"

/*
 * From a row and the cell of the member's column to the value; empty if there
 * is none.  It lasts until the next call for the same 'rows', or as the row.
 */
typedef rpclog_slice ecs_value(struct ecs_rows *rows, const struct run_row *row,
			       rpclog_slice cell);

enum ecs_form {
	ECS_TEXT,
	ECS_LIST,	/* of one text */
	ECS_PLAIN	/* JSON as it stands */
};

struct ecs_member {
	const char *path;	/* with dots: objects are nested, and the
				 * members of one stand together */
	const char *column;	/* NULL: of none */
	ecs_value *value;	/* NULL: always 'constant' */
	enum ecs_form form;
	const char *constant;
	int whole;		/* only if the whole row is wanted */
};

extern const struct ecs_member ecs_members[];
extern const size_t ecs_member_count;

ecs_value ecs_cell;		/* as it stands */
ecs_value ecs_lowered;		/* in lower case */
/* JSON as it stands; nothing if the cell is not such a value. */
ecs_value ecs_integer, ecs_number, ecs_truth;
ecs_value ecs_end;		/* DateTime in UTC */
ecs_value ecs_duration;		/* TotalRequestTime in nanoseconds */
ecs_value ecs_outcome, ecs_types;	/* by HttpStatus */
ecs_value ecs_path, ecs_offset;	/* where the row is */
ecs_value ecs_query;		/* without its question mark */
ecs_value ecs_version;		/* of the server: 15.2.1544.4 */
/* Of AuthenticatedUser: DOMAIN\user, or user@domain. */
ecs_value ecs_user_name, ecs_user_domain, ecs_user_email;
/* Of AnchorMailbox, which says what it is: Smtp~, Sid~, MailboxGuid~. */
ecs_value ecs_anchor_email, ecs_anchor_id;
/* Of ClientIpAddress: the address, or what is no address. */
ecs_value ecs_address, ecs_no_address;
ecs_value ecs_trace;		/* 32 hexadecimal digits */

/* Parts of the version: the columns behind those of the members. */
#define ECS_VERSION_PARTS	4

#endif /* RPCLOG_CLI_ECS_MEMBERS_H */
