/* SPDX-License-Identifier: MIT */
/* The scenarios, one function each; the table is in main.c. */
#ifndef GEN_SCEN_H
#define GEN_SCEN_H

#include "gen.h"

/* scen_story.c: what an administrator may meet. */
void scen_healthy(struct gen *g);
void scen_quiet(struct gen *g);
void scen_fieldnote(struct gen *g);
void scen_patched(struct gen *g);
void scen_wrongpassword(struct gen *g);
void scen_spray(struct gen *g);
void scen_probes(struct gen *g);
void scen_localized(struct gen *g);
void scen_late(struct gen *g);
void scen_dst(struct gen *g);
/* scen_demo.c: the shipped fixture. */
void scen_demo(struct gen *g);
/* scen_classes.c: every row rule. */
void scen_allclasses(struct gen *g);
/* scen_sessions.c: boundaries of sessions and actors (lib/README.md). */
void scen_sessions(struct gen *g);
void scen_actors(struct gen *g);
/* scen_builds.c: column sets. */
void scen_builds(struct gen *g);
/* scen_hostile.c: attacker text in whole rows. */
void scen_hostile(struct gen *g);
/* scen_damaged.c: broken and re-saved files; foreign.c is its part. */
void scen_damaged(struct gen *g);
void foreign_logs(struct gen *g);
/* bench.c: volume. */
void scen_bench(struct gen *g);

#endif
