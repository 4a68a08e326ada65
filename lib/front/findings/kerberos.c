/* SPDX-License-Identifier: MIT */
/* kerberos */

#include "inside.h"

void
find_frontend_kerberos(struct findings *f)
{
	(void)f;
}

void
find_backend_auth(struct findings *f)
{
	(void)f;
}
