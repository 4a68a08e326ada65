/* SPDX-License-Identifier: MIT */
/* What a report says, piece by piece, to whatever page it is for. */

#include <stdlib.h>
#include <string.h>

#include "page.h"

void
story_tell(struct page *page)
{
	(void)page;
}
