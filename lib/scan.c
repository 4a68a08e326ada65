/* SPDX-License-Identifier: MIT */
/* Which scanner: the best that this machine has. */

#include "scan.h"

#include <stdlib.h>

struct scanner {
	const char *name;
	scan_fn scan;
};

static const struct scanner portable = { "portable", scan_portable };

#if defined(__x86_64__) && defined(__GNUC__)
static const struct scanner avx2 = { "avx2", scan_avx2 };

static const struct scanner *
choose(void)
{
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")
		       ? &avx2
		       : &portable;
}
#else
static const struct scanner *
choose(void)
{
	return &portable;
}
#endif

/* Test builds can switch to the portable scanner by name. */
static const struct scanner *
scanner(void)
{
#ifdef RPCLOG_TEST
	const char *name = getenv("RPCLOG_SCANNER");

	if (name && !strcmp(name, portable.name))
		return &portable;
#endif
	return choose();
}

scan_fn
scan_best(void)
{
	return scanner()->scan;
}

const char *
scan_name(void)
{
	return scanner()->name;
}
