/* SPDX-License-Identifier: MIT */
/* The tracker's hidden questions, for the command line. */

#ifndef RPCLOG_FRONT_SETTLE_H
#define RPCLOG_FRONT_SETTLE_H

#include "../settle.h"

#endif /* RPCLOG_FRONT_SETTLE_H */
