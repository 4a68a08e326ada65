/* SPDX-License-Identifier: MIT */
/* The rows of a parser, judged, sifted and given to the command. */

#ifndef RPCLOG_CLI_ROWS_H
#define RPCLOG_CLI_ROWS_H

#include "work.h"

/* What becomes of the file after some of its bytes. */
enum going { GO_ON, FILE_OVER, FILE_FOREIGN };

/* The file is an HttpProxy log: tells the command, once. */
void rows_begin(struct worker *worker);
/* All rows that the worker's parser has. */
enum going rows_take(struct worker *worker);

#endif /* RPCLOG_CLI_ROWS_H */
