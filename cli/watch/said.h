/* SPDX-License-Identifier: MIT */
/*
 * What was said of each prompt, and what is to be said since: the table
 * 'said'.  What is about to be printed is committed before, as pending, and
 * that it was printed after: who is killed between says it again, with the
 * same ids.
 */

#ifndef RPCLOG_CLI_WATCH_SAID_H
#define RPCLOG_CLI_WATCH_SAID_H

#include "base.h"

enum event { EVENT_NONE, EVENT_BEGAN, EVENT_GREW, EVENT_WITHDRAWN };

/* In the transaction of a step, before the load. */
void said_begin(struct base *base);
/* After it: 'pending' where a prompt is another one than was said. */
void said_compare(struct base *base);
/*
 * Prints all that is pending, and notes that it was.  EXIT_DONE, or
 * EXIT_TROUBLE after a message.
 */
int said_tell(struct base *base);

#endif /* RPCLOG_CLI_WATCH_SAID_H */
