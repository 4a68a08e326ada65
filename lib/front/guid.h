/* SPDX-License-Identifier: MIT */
/* Request ids as 16 bytes: one key, however logs spell them. */

#ifndef RPCLOG_FRONT_GUID_H
#define RPCLOG_FRONT_GUID_H

#include "rpclog.h"

#define GUID_LEN 16

/*
 * 32 hexadecimal digits, in any case, with dashes behind the 8th, 12th, 16th
 * and 20th or without any.  1 and 'id', or 0: it is something else.
 */
int guid_parse(rpclog_slice text, unsigned char id[GUID_LEN]);

#endif /* RPCLOG_FRONT_GUID_H */
