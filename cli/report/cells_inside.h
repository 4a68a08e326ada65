/* SPDX-License-Identifier: MIT */
/* Cells while they are added up: cells.c adds, cells_end.c hands them over. */

#ifndef RPCLOG_CLI_REPORT_CELLS_INSIDE_H
#define RPCLOG_CLI_REPORT_CELLS_INSIDE_H

#include "cells.h"

struct cell_heap {
	struct report_inside *in;
	struct maker *maker;
	uint32_t ok, leg; /* classes */
	struct places names, classes, logs;
	uint32_t *name_of; /* maker's, by place of a name */
	size_t name_count, name_room;
	uint32_t *class_of; /* of the rules, by place */
	size_t class_count, class_room;
	size_t path_room;
	struct groups *keys[TABLE_COUNT]; /* struct cell without sums */
	struct cell_sum *sums[TABLE_COUNT];
	size_t sum_room[TABLE_COUNT];
	struct cell_phases *phases; /* by flow */
	size_t phase_count, phase_room;
	struct groups *people; /* struct person */
	struct used {
		uint32_t cell; /* of TABLE_USE */
		int64_t key;
	} * used;
	size_t used_count, used_room;
};

/* Somebody in the crowd of a pulse. */
struct person {
	int64_t pulse, name;
};

#endif /* RPCLOG_CLI_REPORT_CELLS_INSIDE_H */
