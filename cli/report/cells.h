/* SPDX-License-Identifier: MIT */
/*
 * Rows of the database into the tables that findings are looked for in: what
 * is alike is added up, so that memory grows with what differs alone.
 */

#ifndef RPCLOG_CLI_REPORT_CELLS_H
#define RPCLOG_CLI_REPORT_CELLS_H

#include "gathered_make.h"
#include "inside.h"

struct cell_heap;

struct cell_heap *heap_new(struct report_inside *in);
/* Numbers of the database as cells have them. */
uint32_t heap_name(struct cell_heap *heap, int64_t name);
uint32_t heap_class(struct cell_heap *heap, int64_t class_id);
uint32_t heap_ok(struct cell_heap *heap);
/* What legs are until sessions settle them. */
uint32_t heap_leg(struct cell_heap *heap);
/* Where a row is: report->paths. */
uint64_t heap_tag(struct cell_heap *heap, int64_t log, int64_t line);

/* 'sum' into the cell that is like 'cell', whose own sums are 0. */
void heap_add(struct cell_heap *heap, enum table_number table,
	      const struct cell *cell, const struct cell_sum *sum);
/* Into TABLE_FLOW and TABLE_ROUTE. */
void heap_flow(struct cell_heap *heap, const struct cell *cell,
	       const struct cell_sum *sum);
/* More of the phases of a flow. */
void heap_ordinary(struct cell_heap *heap, const struct cell *cell,
		   uint64_t ordinary);
void heap_slow(struct cell_heap *heap, const struct cell *cell, size_t phase,
	       const struct cell_sum *sum);
/* A user (his name's number) in the crowd of a pulse. */
void heap_person(struct cell_heap *heap, const struct cell *pulse,
		 int64_t name);
/*
 * Into TABLE_USE: requests of an hour that went well.  When, is worked out at
 * the end, by the starts of the key, where a finding may ask for it.
 */
void heap_used(struct cell_heap *heap, const struct cell *cell,
	       const struct cell_sum *sum, int64_t key);

/* The tables; frees.  NULL after db_fail(). */
void heap_end(struct cell_heap *heap, struct gathered **gathered);

#endif /* RPCLOG_CLI_REPORT_CELLS_H */
