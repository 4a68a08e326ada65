/* SPDX-License-Identifier: MIT */
/*
 * One log in ranges that are read side by side.
 *
 * A range begins where a line begins.  All that it has to know of the lines
 * before it is how many they are and which columns they leave in force, and
 * few lines can have a say in columns.  So a survey counts the lines of a
 * range and picks those few; a scout, which is a parser, is fed with nothing
 * else and yet stands, behind each range, as one that has read it all.
 */

#ifndef RPCLOG_FRONT_RANGE_H
#define RPCLOG_FRONT_RANGE_H

#include "rpclog.h"

struct range_survey {
	rpclog_slice text;	/* whole lines */
	uint64_t lines;
	rpclog_slice *columns;	/* those that may tell of columns */
	size_t column_count, room;
};

/*
 * Looks through whole lines of UTF-8, a loan; RPCLOG_OK or RPCLOG_ERR_NOMEM.
 * Begin with a survey of zeros.
 */
rpclog_status range_survey(struct range_survey *survey, rpclog_slice text);
void range_survey_free(struct range_survey *survey);

/*
 * Takes the scout over all that was surveyed; a negative status if it is no
 * HttpProxy log or memory is out.
 */
rpclog_status range_scout(rpclog_parser *scout,
			  const struct range_survey *survey);

/*
 * 'parser' goes on under the columns of 'leader', at a line that 'offset'
 * bytes and 'lines' lines stand before.  RPCLOG_ERR_USAGE if the leader does
 * not know its columns, or is amid a line.
 */
rpclog_status range_follow(rpclog_parser *parser, const rpclog_parser *leader,
			   uint64_t offset, uint64_t lines);

#endif /* RPCLOG_FRONT_RANGE_H */
