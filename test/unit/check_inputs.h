/* SPDX-License-Identifier: MIT */
/* Whole inputs for sweeps: small, and one for each way a log can be odd. */

#ifndef RPCLOG_CHECK_INPUTS_H
#define RPCLOG_CHECK_INPUTS_H

#include "check_log.h"

struct input {
	const char *name;
	void (*make)(struct check_text *out);
	size_t max_row; /* 0: the default */
	uint32_t max_fields;
	uint32_t flags;
};

extern const struct input inputs[];
extern const size_t input_count;

/* The options an input wants, on top of 'options'. */
void input_options(const struct input *input, rpclog_options *options);

#endif /* RPCLOG_CHECK_INPUTS_H */
