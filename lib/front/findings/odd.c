/* SPDX-License-Identifier: MIT */
/* odd */

#include "inside.h"

void
find_odd_anchor(struct findings *f)
{
	(void)f;
}
