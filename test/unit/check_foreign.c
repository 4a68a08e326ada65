/* SPDX-License-Identifier: MIT */
/* The tokenizers of other logs: what they make of a text, and sweeps of it. */

#include "check_foreign.h"

#include <stdlib.h>

#include "rpchttp_log.h"
#include "w3c.h"

#define US_PER_SECOND 1000000
/* One tokenizer, whichever it is. */
struct tokenizer {
	void *handle;
	void (*feed)(void *handle, rpclog_slice bytes);
	void (*finish)(void *handle);
	/* RPCLOG_OK: a record was rendered. */
	rpclog_status (*next)(void *handle, struct check_text *out);
	void (*reset)(void *handle);
};

static rpclog_status
take_all(const struct tokenizer *t, struct check_text *out)
{
	rpclog_status status;

	do {
		status = t->next(t->handle, out);
	} while (status == RPCLOG_OK);
	return status;
}

static rpclog_status
run_once(const struct tokenizer *t, struct check_text *out, rpclog_slice text,
	 const struct foreign_way *way)
{
	const size_t step = way->chunk ? way->chunk : text.len + 1;
	rpclog_status status = RPCLOG_MORE;

	for (size_t at = 0; at < text.len && status == RPCLOG_MORE;
	     at += step) {
		const size_t len = text.len - at < step ? text.len - at : step;
		rpclog_slice bytes = slice_cut(text, at, at + len);
		char *copy = NULL;

		/* What is read after its loan has ended is seen. */
		if (way->chunk) {
			copy = malloc(len);
			memcpy(copy, bytes.ptr, len);
			bytes.ptr = copy;
		}
		t->feed(t->handle, bytes);
		status = take_all(t, out);
		free(copy);
	}
	if (status != RPCLOG_MORE || way->cut)
		return status;
	t->feed(t->handle, slice_of(NULL, 0));
	t->finish(t->handle);
	status = take_all(t, out);
	if (status == RPCLOG_END)
		CHECK_STATUS(t->next(t->handle, out), RPCLOG_END);
	return status;
}

static rpclog_status
run(const struct tokenizer *t, struct check_text *out, rpclog_slice text,
    const struct foreign_way *way)
{
	rpclog_status status = RPCLOG_END;

	for (size_t i = 0; i < (way->runs ? way->runs : 1); i++) {
		if (i)
			t->reset(t->handle);
		status = run_once(t, out, text, way);
		if (status == RPCLOG_ERR_NOMEM)
			return status;
		CHECK_STATUS(status, way->cut ? RPCLOG_MORE : RPCLOG_END);
	}
	return RPCLOG_OK;
}

static void
put_text(struct check_text *out, const char *name, rpclog_slice text)
{
	CHECK(text.ptr != NULL);
	if (text.len == 0)
		return;
	check_text_add(out, " %s=", name);
	check_text_escaped(out, text);
}

static void
put_id(struct check_text *out, const unsigned char id[GUID_LEN])
{
	check_text_add(out, " id:");
	for (size_t i = 0; i < GUID_LEN; i++)
		check_text_add(out, "%02x", id[i]);
}

static void
put_number(struct check_text *out, const char *name, int64_t number)
{
	if (number != W3C_NO_NUMBER)
		check_text_add(out, " %s=%lld", name, (long long)number);
}

static void
put_time(struct check_text *out, uint64_t line, int64_t us)
{
	check_text_add(out, "%llu", (unsigned long long)line);
	if (us == W3C_NO_TIME)
		return;
	check_text_add(out, " t=%lld", (long long)(us / US_PER_SECOND));
	if (us % US_PER_SECOND)
		check_text_add(out, "+%lld", (long long)(us % US_PER_SECOND));
}

static void
put_counts(struct check_text *out, uint64_t lines, uint64_t records,
	   uint64_t headers, uint64_t damaged)
{
	CHECK(records + headers + damaged <= lines);
	check_text_add(out, "= %llu %llu %llu %llu", (unsigned long long)lines,
		       (unsigned long long)records, (unsigned long long)headers,
		       (unsigned long long)damaged);
}

/* ---- IIS W3C ---------------------------------------------------------- */

static void
w3c_feed_any(void *handle, rpclog_slice bytes)
{
	w3c_feed(handle, bytes);
}

static void
w3c_finish_any(void *handle)
{
	w3c_finish(handle);
}

static void
w3c_reset_any(void *handle)
{
	w3c_reset(handle);
}

static rpclog_status
w3c_next_any(void *handle, struct check_text *out)
{
	struct w3c_record r;
	const rpclog_status status = w3c_next(handle, &r);

	if (status != RPCLOG_OK)
		return status;
	put_time(out, r.line, r.time_us);
	put_number(out, "s", r.status);
	put_number(out, "sub", r.substatus);
	put_number(out, "win32", r.win32);
	put_number(out, "ms", r.taken_ms);
	put_number(out, "port", r.port);
	put_text(out, "c", r.client);
	put_text(out, "u", r.user);
	put_text(out, "m", r.method);
	put_text(out, "stem", r.stem);
	put_text(out, "q", r.query);
	put_text(out, "ua", r.agent);
	put_text(out, "rid", r.request_id);
	if (r.has_id)
		put_id(out, r.id);
	check_text_add(out, "\n");
	return RPCLOG_OK;
}

rpclog_status
check_w3c(struct check_text *out, rpclog_slice text,
	  const struct foreign_way *way)
{
	struct tokenizer t = { NULL, w3c_feed_any, w3c_finish_any, w3c_next_any,
			       w3c_reset_any };
	struct w3c *w3c;
	rpclog_status status = w3c_new(&w3c, way->options);

	check_text_add(out, "%s", "");
	if (status != RPCLOG_OK) {
		CHECK(w3c == NULL);
		return status;
	}
	t.handle = w3c;
	status = run(&t, out, text, way);

	const struct w3c_counts *counts = w3c_counts(w3c);

	put_counts(out, counts->lines, counts->records, counts->headers,
		   counts->damaged);
	w3c_free(w3c);
	return status;
}

/* ---- The RpcHttp module ----------------------------------------------- */

static void
rpchttp_feed_any(void *handle, rpclog_slice bytes)
{
	rpchttp_log_feed(handle, bytes);
}

static void
rpchttp_finish_any(void *handle)
{
	rpchttp_log_finish(handle);
}

static void
rpchttp_reset_any(void *handle)
{
	rpchttp_log_reset(handle);
}

static rpclog_status
rpchttp_next_any(void *handle, struct check_text *out)
{
	struct rpchttp_record r;
	const rpclog_status status = rpchttp_log_next(handle, &r);

	if (status != RPCLOG_OK)
		return status;
	put_time(out, r.line, r.time_us);
	put_number(out, "http", r.http);
	put_number(out, "sub", r.substatus);
	put_text(out, "server", r.server);
	put_text(out, "stage", r.stage);
	put_text(out, "u", r.user);
	put_text(out, "session", r.session);
	put_text(out, "auth", r.auth_type);
	put_text(out, "status", r.status);
	put_text(out, "verb", r.verb);
	put_text(out, "q", r.query);
	put_text(out, "rpcuser", r.rpc_user);
	put_text(out, "target", r.target);
	put_text(out, "fe", r.front_end);
	put_text(out, "rid", r.request_id);
	put_text(out, "assoc", r.association);
	put_text(out, "c", r.client);
	if (r.has_id)
		put_id(out, r.id);
	check_text_add(out, "\n");
	return RPCLOG_OK;
}

rpclog_status
check_rpchttp(struct check_text *out, rpclog_slice text,
	      const struct foreign_way *way)
{
	struct tokenizer t = { NULL, rpchttp_feed_any, rpchttp_finish_any,
			       rpchttp_next_any, rpchttp_reset_any };
	struct rpchttp_log *log;
	rpclog_status status = rpchttp_log_new(&log, way->options);

	check_text_add(out, "%s", "");
	if (status != RPCLOG_OK) {
		CHECK(log == NULL);
		return status;
	}
	t.handle = log;
	status = run(&t, out, text, way);

	const struct rpchttp_counts *counts = rpchttp_log_counts(log);

	put_counts(out, counts->lines, counts->records, counts->headers,
		   counts->damaged);
	rpchttp_log_free(log);
	return status;
}

/* ---- Sweeps ----------------------------------------------------------- */

static void
check_way(foreign_render render, rpclog_slice text,
	  const struct foreign_way *way, const char *want)
{
	struct check_text got = { 0 };

	CHECK_STATUS(render(&got, text, way), RPCLOG_OK);
	CHECK_STR(got.ptr, want);
	check_text_free(&got);
}

void
check_foreign_is(foreign_render render, rpclog_slice text, const char *want)
{
	const struct foreign_way way = { 0 };

	check_way(render, text, &way, want);
}

static void
sweep_chunks(foreign_render render, rpclog_slice text, const char *want)
{
	struct foreign_way way = { 0 };
	struct check_guard guard;

	for (way.chunk = 1; way.chunk <= 70; way.chunk += check_stride())
		check_way(render, text, &way, want);
	way.chunk = 0;
	check_way(render, check_guard_end(&guard, text), &way, want);
	check_guard_free(&guard);
}

/* The records of a head, without its counts. */
static size_t
records_len(const struct check_text *text)
{
	size_t len = text->len;

	while (len > 0 && text->ptr[len - 1] != '\n')
		len--;
	return len;
}

/* A head of a log gives the head of its records, whatever is cut off. */
static void
sweep_cuts(foreign_render render, rpclog_slice text, const char *want)
{
	const struct foreign_way whole = { 0 };
	struct foreign_way cut = { .cut = true };

	for (size_t len = 0; len < text.len; len += check_stride()) {
		const rpclog_slice head = slice_cut(text, 0, len);
		struct check_text got = { 0 }, ended = { 0 };

		cut.chunk = len % 3 ? 0 : 5;
		CHECK_STATUS(render(&got, head, &cut), RPCLOG_OK);
		CHECK(!memcmp(got.ptr, want, records_len(&got)));
		/* An ended tail may be a record more, but none less. */
		CHECK_STATUS(render(&ended, head, &whole), RPCLOG_OK);
		CHECK(records_len(&ended) >= records_len(&got) &&
		      !memcmp(ended.ptr, got.ptr, records_len(&got)));
		check_text_free(&got);
		check_text_free(&ended);
	}
}

static void
sweep_memory(foreign_render render, rpclog_slice text, const char *want)
{
	rpclog_status status = RPCLOG_ERR_NOMEM;
	uint64_t fails = 0;

	for (uint64_t at = 1; status != RPCLOG_OK; at++) {
		struct check_memory memory;
		struct check_text got = { 0 };
		rpclog_options options;
		struct foreign_way way = { .chunk = 7 };

		check_memory_init(&memory, at);
		options = check_memory_options(&memory);
		way.options = &options;
		status = render(&got, text, &way);
		if (status == RPCLOG_OK)
			CHECK_STR(got.ptr, want);
		else
			CHECK_STATUS(status, RPCLOG_ERR_NOMEM);
		fails += status != RPCLOG_OK;
		check_text_free(&got);
		CHECK_INT(memory.live, 0);
	}
	CHECK(fails > 1);
}

static uint64_t
calls_of(foreign_render render, rpclog_slice text, size_t runs)
{
	struct check_memory memory;
	struct check_text got = { 0 };
	rpclog_options options;
	struct foreign_way way = { .chunk = 7, .runs = runs };

	check_memory_init(&memory, 0);
	options = check_memory_options(&memory);
	way.options = &options;
	CHECK_STATUS(render(&got, text, &way), RPCLOG_OK);
	check_text_free(&got);
	return memory.calls;
}

void
check_foreign_sweep(foreign_render render, rpclog_slice text)
{
	const struct foreign_way way = { 0 };
	struct check_text want = { 0 };

	CHECK_STATUS(render(&want, text, &way), RPCLOG_OK);
	sweep_chunks(render, text, want.ptr);
	sweep_cuts(render, text, want.ptr);
	sweep_memory(render, text, want.ptr);
	CHECK_INT(calls_of(render, text, 3), calls_of(render, text, 1));
	check_text_free(&want);
}
