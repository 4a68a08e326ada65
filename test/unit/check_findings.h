/* SPDX-License-Identifier: MIT */
/*
 * What is found in the rows of check_rows.h, as text to compare.
 *
 * Rows that are many are written once: "12*60+5 basic c=#" is twelve of them
 * from second 60 on, each 5 seconds after the one before; # is the number of
 * the row, from 1, #/3 that of each three of them, and #%3 1, 2, 3, 1, ..
 */

#ifndef RPCLOG_CHECK_FINDINGS_H
#define RPCLOG_CHECK_FINDINGS_H

#include "check_rows.h"
#include "findings.h"

/* The findings with these ids, '|' between, worst first:
 * "id subject users requests;" */
void check_findings(struct check_text *out, struct check_rows *rows,
		    const char *text, const char *ids);
/* The same, each with all that it says. */
void check_findings_told(struct check_text *out, struct check_rows *rows,
			 const char *text, const char *ids);
/* In a status of RPCLOG_ERR_NOMEM there are none. */
rpclog_status check_findings_new(struct findings **out, struct gather **gather,
				 rpclog_tracker **tracker,
				 struct check_rows *rows, const char *text,
				 const rpclog_options *options);

#endif /* RPCLOG_CHECK_FINDINGS_H */
