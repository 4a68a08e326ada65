/* SPDX-License-Identifier: MIT */
/* Findings of the span: the engine of diagnose, fed from the database. */

#include "inside.h"

void
take_findings(struct report_inside *in, const char *paths)
{
	(void)in;
	(void)paths;
}
