/* SPDX-License-Identifier: MIT */
/* The tokenizers of other logs: what they make of a text, and sweeps of it. */

#ifndef RPCLOG_CHECK_FOREIGN_H
#define RPCLOG_CHECK_FOREIGN_H

#include "check.h"

/* How 'text' is given to a tokenizer. */
struct foreign_way {
	size_t chunk;	/* each in memory of its own; 0: all at once */
	size_t runs;	/* the text again after a reset; 0 is 1 */
	bool cut;	/* it is not finished: its tail is forgotten */
	const rpclog_options *options;
};

/*
 * Renders every record, a line each of what is not empty, and the counts.
 * RPCLOG_OK or RPCLOG_ERR_NOMEM.
 */
typedef rpclog_status (*foreign_render)(struct check_text *out,
					rpclog_slice text,
					const struct foreign_way *way);

rpclog_status check_w3c(struct check_text *out, rpclog_slice text,
			const struct foreign_way *way);
rpclog_status check_rpchttp(struct check_text *out, rpclog_slice text,
			    const struct foreign_way *way);

/* What is rendered is 'want', behind the records counts in this order:
 * lines, records, headers, damaged. */
void check_foreign_is(foreign_render render, rpclog_slice text,
		      const char *want);
/*
 * The same in chunks of every size, at the end of what may be read, cut off at
 * every byte, with each allocation failing, and without any once warm.
 */
void check_foreign_sweep(foreign_render render, rpclog_slice text);

#endif /* RPCLOG_CHECK_FOREIGN_H */
