/* SPDX-License-Identifier: MIT */
/* prompting */

#include "inside.h"

void
find_prompting_failure(struct findings *f)
{
	(void)f;
}
