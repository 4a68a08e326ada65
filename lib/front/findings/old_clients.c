/* SPDX-License-Identifier: MIT */
/* old_clients */

#include "inside.h"

void
find_tls_old_clients(struct findings *f)
{
	(void)f;
}
