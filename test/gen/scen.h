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
/* scen_diagnose.c: the base of all, where nothing is to be found. */
void scen_dx_calm(struct gen *g);
/* scen_diagnose_legacy.c: 2010 servers, Kerberos. */
void scen_dx_legacy_unpatched(struct gen *g);
void scen_dx_not_legacy_unpatched(struct gen *g);
void scen_dx_not_legacy_unpatched_frontend(struct gen *g);
void scen_dx_secondary_mailbox(struct gen *g);
void scen_dx_not_secondary_mailbox(struct gen *g);
void scen_dx_legacy_no_ntlm(struct gen *g);
void scen_dx_not_legacy_no_ntlm(struct gen *g);
void scen_dx_legacy_dependency(struct gen *g);
void scen_dx_not_legacy_dependency(struct gen *g);
void scen_dx_frontend_kerberos(struct gen *g);
void scen_dx_frontend_kerberos_over(struct gen *g);
void scen_dx_frontend_rejected(struct gen *g);
void scen_dx_not_frontend_kerberos(struct gen *g);
void scen_dx_story_frontend(struct gen *g);
/* scen_diagnose_logon.c: passwords. */
void scen_dx_credentials_rejected(struct gen *g);
void scen_dx_not_credentials_rejected(struct gen *g);
void scen_dx_frontend_logon(struct gen *g);
void scen_dx_not_frontend_logon(struct gen *g);
void scen_dx_not_frontend_logon_monday(struct gen *g);
void scen_dx_password_spray(struct gen *g);
void scen_dx_password_spray_nameless(struct gen *g);
void scen_dx_not_password_spray(struct gen *g);
void scen_dx_not_password_spray_phone(struct gen *g);
void scen_dx_brute_force(struct gen *g);
void scen_dx_brute_force_fast(struct gen *g);
void scen_dx_not_brute_force(struct gen *g);
/* scen_diagnose_back.c: back ends of today. */
void scen_dx_backend_down(struct gen *g);
void scen_dx_backend_down_over(struct gen *g);
void scen_dx_not_backend_down(struct gen *g);
void scen_dx_backend_tls(struct gen *g);
void scen_dx_not_backend_tls(struct gen *g);
void scen_dx_backend_slow(struct gen *g);
void scen_dx_backend_timeout(struct gen *g);
void scen_dx_not_backend_slow(struct gen *g);
void scen_dx_backend_auth(struct gen *g);
void scen_dx_not_backend_auth(struct gen *g);
void scen_dx_prompting_failure(struct gen *g);
void scen_dx_not_prompting_failure(struct gen *g);
/* scen_diagnose_client.c: clients. */
void scen_dx_tls_old_clients(struct gen *g);
void scen_dx_not_tls_old_clients(struct gen *g);
void scen_dx_mapi_possible(struct gen *g);
void scen_dx_not_mapi_possible(struct gen *g);
void scen_dx_not_mapi_possible_off(struct gen *g);
void scen_dx_rpc_reconnect_storm(struct gen *g);
void scen_dx_not_rpc_reconnect_storm(struct gen *g);
void scen_dx_rpc_half_open(struct gen *g);
void scen_dx_not_rpc_half_open(struct gen *g);
/* scen_diagnose_odd.c: intruders, probes. */
void scen_dx_odd_anchor(struct gen *g);
void scen_dx_not_odd_anchor(struct gen *g);
void scen_dx_not_probes(struct gen *g);
/* scen_diagnose_story.c: a field note. */
void scen_dx_story_before(struct gen *g);
void scen_dx_story_patched(struct gen *g);
void scen_dx_story_stopgap(struct gen *g);
void scen_dx_story_rhythm(struct gen *g);
void scen_dx_not_story_rhythm(struct gen *g);
/* scen_diagnose_logs.c: with a second log. */
void scen_dx_iis(struct gen *g);
void scen_dx_module(struct gen *g);
/* scen_report.c: days to report of. */
void scen_rp_week(struct gen *g);
void scen_rp_quiet(struct gen *g);
void scen_rp_first_day(struct gen *g);
void scen_rp_dst(struct gen *g);
void scen_rp_no_data(struct gen *g);
void scen_rp_huge(struct gen *g);
/* scen_report_odd.c: days with harm or attacks. */
void scen_rp_damaged(struct gen *g);
void scen_rp_hostile(struct gen *g);
/* bench.c: volume. */
void scen_bench(struct gen *g);

#endif
