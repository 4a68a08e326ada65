/* SPDX-License-Identifier: MIT */
/* One load, from rows to what hangs on them: of load, and of watch. */

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "inputs.h"
#include "load.h"
#include "load_take.h"
#include "schema.h"

/* ---- what the database knows of itself
 * -----------------------------------------
 */

/* Its own, and secret: nobody can make two logs that have the same digests. */
void
load_read_seed(struct load *load)
{
	struct statement *st;
	int64_t seed;

	load->seed = (uint64_t)db_number(
		load->db, "SELECT value FROM meta WHERE key = 'seed'", 0);
	if (load->seed)
		return;
	while (getrandom(&seed, sizeof(seed), 0) != sizeof(seed) || !seed)
		;
	load->seed = (uint64_t)seed;
	st = db_prepare(load->db, "INSERT INTO meta (key, value) VALUES "
				  "('seed', ?)");
	bind_int(st, 1, seed);
	statement_run(st);
	statement_free(st);
}

static rpclog_slice
text_of(const char *text)
{
	return (rpclog_slice){ text, strlen(text) };
}

static void
save_classes(struct load *load)
{
	struct statement *st = db_prepare(
		load->db, "INSERT OR REPLACE INTO class (id, name, popup, "
			  "severity, title, remedy) VALUES (?,?,?,?,?,?)");
	rpclog_class info;

	for (size_t i = 0; rpclog_rules_class(load->rules, i, &info); i++) {
		bind_int(st, 1, info.id);
		bind_text(st, 2, text_of(info.name));
		bind_text(st, 3, text_of(popup_text(info.popup)));
		bind_text(st, 4, text_of(severity_text(info.severity)));
		bind_text(st, 5, text_of(info.title));
		bind_text(st, 6, text_of(info.remedy));
		statement_run(st);
	}
	statement_free(st);
}

/* The library's own default: load has no option for it. */
#define HANDSHAKE_US (INT64_C(10000) * 1000)

/* ---- the load
 * -----------------------------------------------------------------
 */

static void
begin(struct load *load)
{
	rpclog_class info;

	load->handshake = rpclog_rules_find(load->rules, "handshake", &info)
				  ? info.id
				  : UINT32_MAX;
	load->handshake_us = HANDSHAKE_US;
	load->names = names_new(load);
	load->whos = whos_new(load);
	load->totals = totals_new(load);
	load->touched = touched_new();
	load->batches = batches_new();
}

static void
end(struct load *load)
{
	batches_free(load->batches);
	touched_free(load->touched);
	totals_free(load->totals);
	whos_free(load->whos);
	names_free(load->names);
}

/* Reads and writes side by side; as run_do(). */
static int
take_and_write(struct load *load, struct run *run)
{
	pthread_t writer;
	int code;

	if (pthread_create(&writer, NULL, load_writer, load) != 0) {
		run_fail(run, "no thread can be started");
		return 1;
	}
	code = load_take(load, run);
	batches_close(load->batches);
	pthread_join(writer, NULL);
	return code || db_error(load->db) != NULL;
}

/* Evidence that came in this load, under the names of now. */
static void
touch_evidence(struct load *load)
{
	for (size_t i = 0; i < whos_count(load->whos); i++) {
		const struct who *who = whos_at(load->whos, i);

		if (who->first_us > who->last_us)
			continue;
		touched_add(load->touched, who->actor, who->first_us);
		touched_add(load->touched, who->actor, who->last_us);
	}
}

/* What hangs on everything that is known by now. */
static void
settle(struct load *load)
{
	if (load->fresh)
		schema_index(load->db);
	save_classes(load);
	load_actors(load);
	/* Legs look up whose they are. */
	whos_save(load->whos);
	load_legs(load);
	touch_evidence(load);
	if (load->prune_us != INT64_MIN)
		load_prune(load);
	load_prompts(load);
	if (load->prune_us != INT64_MIN)
		load_forget(load);
}

int
load_all(struct load *load, struct run *run, const struct inputs *inputs)
{
	int failed;

	begin(load);
	failed = run && take_and_write(load, run);
	if (!failed) {
		settle(load);
		if (inputs)
			known_save(load, inputs);
		failed = db_error(load->db) != NULL;
	}
	end(load);
	return failed;
}
