/* SPDX-License-Identifier: MIT */
/* rpc */

#include "inside.h"

void
find_rpc_reconnect_storm(struct findings *f)
{
	(void)f;
}

void
find_rpc_half_open(struct findings *f)
{
	(void)f;
}
