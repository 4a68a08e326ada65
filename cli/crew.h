/* SPDX-License-Identifier: MIT */
/* The workers of one pass over the inputs. */

#ifndef RPCLOG_CLI_CREW_H
#define RPCLOG_CLI_CREW_H

#include "engine.h"

/* NULL if the run failed (said). */
struct crew *crew_new(struct run *run, const struct run_job *job);
/* Reads all; the job's worker_done() has been called when this returns. */
void crew_work(struct crew *crew);
void crew_free(struct crew *crew);

#endif /* RPCLOG_CLI_CREW_H */
