/* SPDX-License-Identifier: MIT */
/*
 * Structure of bytes: where does a line end, where are its commas, does it
 * hold a quote or a NUL.  One function, written once for any machine and once
 * per instruction set; scan_portable() is the judge of all others.
 */

#ifndef RPCLOG_SCAN_H
#define RPCLOG_SCAN_H

#include "alloc.h"

/*
 * One line as far as it was seen.  Positions count from the line's first
 * byte.  A line that goes on in another chunk is scanned on from 'at': each
 * byte is looked at once.
 */
struct scan {
	uint32_t *commas;	/* of the first 'capacity' commas */
	size_t capacity;
	size_t count;		/* all commas, also those not stored */
	size_t at;		/* bytes looked at; the LF's place at the end */
	bool quotes, nuls;	/* is there any */
};

/*
 * Scans 'base' from 'scan->at' up to 'len' (at most 4 GiB).  True: the line
 * ends with the LF at 'scan->at'.  False: all is scanned, no LF so far.
 */
typedef bool (*scan_fn)(struct scan *scan, const char *base, size_t len);

bool scan_portable(struct scan *scan, const char *base, size_t len);
bool scan_avx2(struct scan *scan, const char *base, size_t len);

/*
 * Where 'literal' is first in 'text', or SIZE_MAX; an empty one is at 0.  By
 * the best way for this machine, and by each.
 */
size_t scan_find(rpclog_slice text, rpclog_slice literal);
size_t scan_find_portable(rpclog_slice text, rpclog_slice literal);
/* 'literal' is not empty. */
size_t scan_find_avx2(rpclog_slice text, rpclog_slice literal);

/* The best for this machine. */
scan_fn scan_best(void);
/* Its name: "portable", "avx2". */
const char *scan_name(void);

#endif /* RPCLOG_SCAN_H */
