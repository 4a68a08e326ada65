/* SPDX-License-Identifier: MIT */
/*
 * Rows of the table of events.  401 legs are held back: most of them turn out
 * to be handshakes by a success that comes in another log of the same load,
 * and are never written.
 */

#ifndef RPCLOG_CLI_LOAD_EVENTS_H
#define RPCLOG_CLI_LOAD_EVENTS_H

#include "load_success.h"

struct events;

struct events *events_new(struct load *load, struct successes *successes);
/* 'whos' are ids of the batch's, 'places' where load->whos has them, 'names'
 * ids of its names. */
void events_add(struct events *events, const struct batch *batch,
		const struct fact_event *event, const int64_t *names,
		const int64_t *whos, const size_t *places);
/* Writes the legs that were held back and are no handshakes so far. */
void events_flush(struct events *events);
void events_free(struct events *events);

#endif /* RPCLOG_CLI_LOAD_EVENTS_H */
