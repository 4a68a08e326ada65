/* SPDX-License-Identifier: MIT */
/* What clients, probes and scanners do, as rows. */
#ifndef GEN_TRAFFIC_H
#define GEN_TRAFFIC_H

#include "req.h"

/* A mailbox that someone opens over RPC: where, and how it is named. */
struct channel {
	const struct server *srv;
	const struct user *user;
	const struct target *to;   /* NULL = own 2016 back end */
	const char *guid;          /* NULL = the query names the server */
	int port;
	int legs;                  /* NTLM 401 rows before each channel */
	int64_t start, length;
};

/* Blank request of a user with all that the protocol implies. */
struct req req_mapi(struct gen *g, const struct server *s,
    const struct user *u, int64_t start);
struct req req_rpc(struct gen *g, const struct channel *c,
    const char *method);
/* The same request as its NTLM leg: 401, no user, not proxied. */
struct req req_leg(const struct req *q, const char *scheme, int64_t start);

void mapi_session(struct gen *g, const struct server *s,
    const struct user *u, int64_t start, int executes);
/* Legs, then OUT and IN, logged when they close. */
void rpc_open(struct gen *g, const struct channel *c);
/* Legs, then both channels refused by the target's InvalidToken. */
void rpc_refused(struct gen *g, const struct channel *c);
/* n legs a second apart, and never a success. */
void legs_only(struct gen *g, const struct req *q, int n, int64_t start,
    const char *expect);
void soap_request(struct gen *g, const struct server *s,
    const struct user *u, const char *proto, int64_t start);

/* Managed Availability, each minute or as told, in [from, to). */
void probes(struct gen *g, const struct server *s, const char *proto,
    int64_t from, int64_t to, int64_t each);
/* Statistics rows each five minutes. */
void activity(struct gen *g, const struct server *s, const char *proto,
    int64_t from, int64_t to);
void scanner_visit(struct gen *g, const struct server *s, int64_t start,
    int n);
/* Ordinary life of everybody in the window, nothing that can prompt. */
void background(struct gen *g, int64_t from, int64_t to);

#endif
