/* SPDX-License-Identifier: MIT */
/* backend */

#include "inside.h"

void
find_backend_down(struct findings *f)
{
	(void)f;
}

void
find_backend_tls(struct findings *f)
{
	(void)f;
}

void
find_backend_slow(struct findings *f)
{
	(void)f;
}
