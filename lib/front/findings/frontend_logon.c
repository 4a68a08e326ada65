/* SPDX-License-Identifier: MIT */
/* frontend_logon */

#include "inside.h"

void
find_frontend_logon(struct findings *f)
{
	(void)f;
}
