/* SPDX-License-Identifier: MIT */
/* legacy_dependency */

#include "inside.h"

void
find_legacy_dependency(struct findings *f)
{
	(void)f;
}
