/* SPDX-License-Identifier: MIT */
/* spray */

#include "inside.h"

void
find_password_spray(struct findings *f)
{
	(void)f;
}

void
find_brute_force(struct findings *f)
{
	(void)f;
}
