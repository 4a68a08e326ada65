/* SPDX-License-Identifier: MIT */
/* What all parts of the generator share: options, people, machines. */
#ifndef GEN_GEN_H
#define GEN_GEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "cols.h"
#include "rng.h"

enum gzip_mode { GZIP_NONE, GZIP_SOME, GZIP_ALL };

struct options {
	const char *scenario;
	const char *out;
	const char *expect;      /* file for RequestId -> class, or NULL */
	uint64_t seed;
	int64_t bytes;           /* wanted volume; 0 = as the scenario is */
	int64_t rollover_bytes;  /* start -N+1 when the file is longer */
	int64_t start_ms;
	int hours;
	int servers;
	int users;
	int failures;            /* of a hundred web rows of bench */
	int scale;               /* background traffic, times */
	enum gzip_mode gzip;
	bool gzip_given;
};

/* A front end: it writes logs, in the column set of its build. */
struct server {
	char name[24];
	char fqdn[48];
	enum setid set;
	enum setid set_after;    /* from change_ms on */
	int64_t change_ms;
	int minor, build, revision;
	int lang;                /* of exception texts, see texts.h */
	int64_t midheader_ms;    /* five # lines in mid-file; 0 = never */
};

/* A back end or a legacy CAS: requests are proxied to it. */
struct target {
	const char *name;
	const char *fqdn;
	const char *version;     /* as in TargetServerVersion */
	const char *ip;
	bool legacy;
	bool patched;
};

struct user {
	char account[32];
	char guid[GUID_LEN + 1];
	char shared[GUID_LEN + 1]; /* a 2010 mailbox with full access */
	char client[56];
	char sid[64];
	char outlook[96];
	const struct target *mailbox; /* NULL = where the front end is */
	int cas;                   /* legacy target of the shared mailbox */
	int home;                  /* front end that the user is sent to */
	int style;                 /* how the client address is written */
	bool mixed_case;
	bool windows7;
};

#define MAX_SERVERS 32
#define TMP_SLOTS 64

struct tree;

struct gen {
	struct options opt;
	struct rng rng;
	struct server server[MAX_SERVERS];
	int server_count;
	struct user *user;
	int user_count;
	int64_t start_ms;
	int64_t stop_ms;         /* channels still open are closed by then */
	struct tree *tree;
	struct buf expect;
	struct buf tmp[TMP_SLOTS];
	int tmp_next;
	char database[GUID_LEN + 1];
};

extern const struct target target_cas1, target_cas2, target_cas2_patched;

void gen_init(struct gen *g, const struct options *opt);
void gen_free(struct gen *g);

/* Text that lives until 64 more were made. */
GEN_PRINTF(2, 3) const char *tmp(struct gen *g, const char *fmt, ...);

/* Gives the machine its name, and the domain after it. */
void server_name(struct server *s, const char *prefix, int n);
void server_build(struct server *s, enum setid set);
enum setid server_set(const struct server *s, int64_t ms);
/* The integer behind FEAuth=BEVersion-. */
int64_t version_int(int major, int minor, int build);

/* The user's name as this request spells it. */
const char *user_name(struct gen *g, const struct user *u);
/* The user's ClientIpAddress as this request shows it. */
const char *user_ip(struct gen *g, const struct user *u);

#endif
