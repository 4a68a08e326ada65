/* SPDX-License-Identifier: MIT */
/*
 * Structure of bytes: where does a line end, where are its commas, does it
 * hold a quote or a NUL; and where is a literal.  Written once for any machine
 * and once per instruction set; the portable scanner is the judge of all
 * others, and the table in scan.c says which of them a machine gets.
 */

#ifndef RPCLOG_SCAN_H
#define RPCLOG_SCAN_H

#include "alloc.h"

/* Machines that have more than the portable scanner. */
#if defined(__GNUC__) && defined(__x86_64__)
#define SCAN_X86
#elif defined(__GNUC__) && defined(__AARCH64EL__)
#define SCAN_ARM
#endif

/*
 * One line as far as it was seen.  Positions count from the line's first
 * byte.  A line that goes on in another chunk is scanned on from 'at': each
 * byte is looked at once.
 */
struct scan {
	uint32_t *commas;	/* of the first 'capacity' commas */
	size_t capacity;	/* behind the last comma it holds rubbish */
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
bool scan_avx512(struct scan *scan, const char *base, size_t len);
bool scan_neon(struct scan *scan, const char *base, size_t len);

/* Where 'literal', which is not empty, is first in 'text', or SIZE_MAX. */
typedef size_t (*scan_find_fn)(rpclog_slice text, rpclog_slice literal);

size_t scan_find_portable(rpclog_slice text, rpclog_slice literal);
size_t scan_find_avx2(rpclog_slice text, rpclog_slice literal);
size_t scan_find_avx512(rpclog_slice text, rpclog_slice literal);
size_t scan_find_neon(rpclog_slice text, rpclog_slice literal);

struct scanner {
	const char *name;
	scan_fn scan;
	scan_find_fn find;
	bool (*supported)(void);	/* by this machine */
};

/* The scanners for machines of this kind, best first; NULL behind the last. */
const struct scanner *scan_table(size_t i);

/* The best for this machine, and its name: "portable", "avx2". */
scan_fn scan_best(void);
const char *scan_name(void);
/* By the best for this machine; an empty literal is at 0. */
size_t scan_find(rpclog_slice text, rpclog_slice literal);

#endif /* RPCLOG_SCAN_H */
