/* SPDX-License-Identifier: MIT */
/* legacy_no_ntlm */

#include "inside.h"

void
find_legacy_no_ntlm(struct findings *f)
{
	(void)f;
}
