/* SPDX-License-Identifier: MIT */
/* wildcard */

#include "inside.h"

void
find_wildcard_certificate(struct findings *f)
{
	(void)f;
}
