/* SPDX-License-Identifier: MIT */
/* Which scanner: the best that this machine has. */

#include "scan.h"

#include <stdatomic.h>

#ifdef RPCLOG_TEST
#include <stdio.h>
#include <stdlib.h>
#endif

#ifdef SCAN_X86
static bool
has_avx512(void)
{
	return __builtin_cpu_supports("avx512f") &&
	       __builtin_cpu_supports("avx512bw") &&
	       __builtin_cpu_supports("avx512vbmi2") &&
	       __builtin_cpu_supports("bmi") &&
	       __builtin_cpu_supports("popcnt");
}

static bool
has_avx2(void)
{
	return __builtin_cpu_supports("avx2") &&
	       __builtin_cpu_supports("bmi") &&
	       __builtin_cpu_supports("popcnt");
}
#endif

static bool
always(void)
{
	return true;
}

/* Best first. */
static const struct scanner table[] = {
#if defined(SCAN_X86)
	{ "avx512", scan_avx512, scan_find_avx512, has_avx512 },
	{ "avx2", scan_avx2, scan_find_avx2, has_avx2 },
#elif defined(SCAN_ARM)
	{ "neon", scan_neon, scan_find_neon, always },
#endif
	{ "portable", scan_portable, scan_find_portable, always },
};

const struct scanner *
scan_table(size_t i)
{
	return i < ARRAY_LEN(table) ? &table[i] : NULL;
}

/* Test builds take the one that RPCLOG_SCANNER names, and no other. */
static const struct scanner *
named(void)
{
#ifdef RPCLOG_TEST
	const char *name = getenv("RPCLOG_SCANNER");

	if (!name)
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		if (!strcmp(name, table[i].name) && table[i].supported())
			return &table[i];
	}
	fprintf(stderr, "RPCLOG_SCANNER: there is no \"%s\" here\n", name);
	abort();
#else
	return NULL;
#endif
}

static const struct scanner *
choose(void)
{
	const struct scanner *s = named();

	/* The last is supported everywhere. */
	for (size_t i = 0; !s; i++)
		s = table[i].supported() ? &table[i] : NULL;
	return s;
}

/*
 * Chosen once.  Threads that come here together choose the same, and what they
 * choose was there before them: no order is needed.
 */
static const struct scanner *
best(void)
{
	static const struct scanner *_Atomic chosen;
	const struct scanner *s =
		atomic_load_explicit(&chosen, memory_order_relaxed);

	if (UNLIKELY(!s)) {
		s = choose();
		atomic_store_explicit(&chosen, s, memory_order_relaxed);
	}
	return s;
}

scan_fn
scan_best(void)
{
	return best()->scan;
}

size_t
scan_find(rpclog_slice text, rpclog_slice literal)
{
	return literal.len ? best()->find(text, literal) : 0;
}

const char *
scan_name(void)
{
	return best()->name;
}
