/* SPDX-License-Identifier: MIT */
/* What the scenarios of `rpclog diagnose` are put together from. */
#ifndef GEN_SCEN_DIAGNOSE_H
#define GEN_SCEN_DIAGNOSE_H

#include "traffic.h"

/* Back ends of today: ex16-01 to -03 are front ends, too; -09 is none. */
extern const struct target dx_back[3];
extern const struct target dx_lone;

/* Outlook 16 on Windows 10; every front end speaks to every back end. */
void dx_people(struct gen *g);
/* Probes, statistics, a scanner an hour: what runs without people. */
void dx_machines(struct gen *g);
/* One person's Mapi and web services, once in each `each` of the time. */
void dx_day(struct gen *g, const struct user *u, int64_t from, int64_t to,
	    int64_t each);
/*
 * All of it: the ordinary life of everybody but the last `apart` people, of
 * whom the caller tells. Nothing in it is a finding.
 */
void dx_calm(struct gen *g, int apart);
/* The person that is n-th from the end. */
struct user *dx_apart(const struct gen *g, int n);
/* A minute over Mapi: from now on it is known whose mailbox it is. */
void dx_seen(struct gen *g, const struct user *u, int64_t at);
/* `minutes` after the tree begins. */
int64_t dx_minute(const struct gen *g, int64_t minutes);

/* Makes a request fail as its class wants it. */
void dx_fail(struct gen *g, struct req *q, const char *expect);
/* A Mapi request that fails so. */
void dx_mapi_fail(struct gen *g, const struct user *u, int64_t at,
		  const char *expect);
/* Both halves of a channel that fail so, a leg before each. */
void dx_rpc_fail(struct gen *g, const struct channel *c, const char *expect);
/* A mailbox on 2010, each half hour; expect NULL = it works. */
void dx_legacy_life(struct gen *g, const struct user *u,
		    const struct target *to, const char *guid, int64_t from,
		    int64_t until, const char *expect);
/* n refused passwords by Basic, without any name. */
void dx_basic(struct gen *g, const struct user *u, const char *ip, int n,
	      int64_t at, int64_t each);

#endif
