/* SPDX-License-Identifier: MIT */
/* The popups command's own rooms: grouping, the text form, the totals. */

#ifndef RPCLOG_CLI_POPUPS_H
#define RPCLOG_CLI_POPUPS_H

#include "run.h"
#include "tuples.h"

/* What --by of popups knows. */
enum by { BY_HOUR, BY_DAY, BY_USER, BY_CLIENT, BY_CLASS, BY_TARGET, BY_SERVER,
	  BY_PROTOCOL, BY_POPUP };

#define BY_MAX	9

struct popup_group {
	uint64_t prompts, requests;
	int64_t first_us, last_us;
};

/* Everything that popups prints is made of the tracker's tallies. */
struct popups {
	const struct options *options;
	const rpclog_rules *rules;
	enum by by[BY_MAX];
	size_t by_count;
	rpclog_tally *tallies;
	size_t tally_count, tally_room;
	struct groups *groups;	/* of the --by values */
	struct popup_group *group;
	size_t group_room;
	uint64_t too_recent;
	size_t logs;
	uint64_t gap_s;
};

const char *by_name(enum by by);
/* The value of a tally; 'room' holds a time. */
rpclog_slice by_value(const struct popups *p, enum by by,
		      const rpclog_tally *tally, char room[GROUPS_INT_LEN]);

/* The text form: hours, reasons, users. */
void popups_print_hours(const struct popups *p, struct out *out);
/* Users, user-hours, prompts, and what to do next. */
void popups_print_totals(const struct popups *p, struct out *out);

#endif /* RPCLOG_CLI_POPUPS_H */
