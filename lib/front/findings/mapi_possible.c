/* SPDX-License-Identifier: MIT */
/* mapi_possible */

#include "inside.h"

void
find_mapi_possible(struct findings *f)
{
	(void)f;
}
