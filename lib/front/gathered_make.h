/* SPDX-License-Identifier: MIT */
/*
 * Tables for findings that come from elsewhere than logs: a database.
 *
 *	maker_new() -> maker_name(), maker_add() .. -> maker_end()
 *
 * Errors stick: maker_end() tells.  Neither the order of cells nor that of
 * names matters.
 */

#ifndef RPCLOG_FRONT_GATHERED_MAKE_H
#define RPCLOG_FRONT_GATHERED_MAKE_H

#include "gathered.h"

struct maker;

rpclog_status maker_new(struct maker **out, const rpclog_rules *rules,
			const rpclog_options *options);
/* The number of a name for cells; 0 is the empty one. */
uint32_t maker_name(struct maker *maker, rpclog_slice text);
/* A target is Exchange 2010 or 2007. */
void maker_legacy(struct maker *maker, uint32_t target);
/*
 * A cell of a table; what gathered.h does not name for it must be 0.  Class
 * numbers are those of 'rules'; popup is filled in, legacy at the end.
 */
void maker_add(struct maker *maker, enum table_number table,
	       const struct cell *cell);
/* The same of TABLE_FLOW, with its phases. */
void maker_flow(struct maker *maker, const struct cell *cell,
		const struct cell_phases *phases);
/* Who is in the crowd of the last cell of TABLE_PULSE. */
void maker_person(struct maker *maker, rpclog_slice user);
/* The tables, or why not; frees the maker either way.  To findings_of(), or
 * gathered_free(). */
rpclog_status maker_end(struct maker *maker, struct gathered **out);

#endif /* RPCLOG_FRONT_GATHERED_MAKE_H */
