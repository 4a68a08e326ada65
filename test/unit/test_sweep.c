/* SPDX-License-Identifier: MIT */
/*
 * Sweeps: chunks of every size, cuts at every byte, guard pages and failing
 * allocations change nothing that is told of an input, and crash nothing.
 */

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "check_inputs.h"
#include "check_source.h"

struct subject {
	const struct input *input;
	rpclog_options options;
	struct check_text text;
};

static void
subject_init(struct subject *s, const struct input *input)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;

	memset(s, 0, sizeof(*s));
	s->input = input;
	s->options = options;
	input_options(input, &s->options);
	input->make(&s->text);
}

/*
 * A foreign input ends the run where it is told, and how much was fed by then
 * hangs on the chunks: all but the account must be alike.
 */
static rpclog_slice
comparable(const struct check_text *run)
{
	rpclog_slice text = check_text_slice(run);

	if (slice_find(text, SLICE("RPCLOG_ERR_SCHEMA")) == SIZE_MAX)
		return text;
	return slice_cut(text, 0, slice_rfind(text, SLICE("account")));
}

static void
same_in_chunks(const struct subject *s, rpclog_slice text, rpclog_slice want,
	       size_t chunk)
{
	struct check_text got = { 0 };

	check_parse(&got, text, chunk, &s->options);
	check_casef("%s, %zu bytes in chunks of %zu", s->input->name, text.len,
		    chunk);
	CHECK_SLICE(comparable(&got), want);
	check_text_free(&got);
}

static void
sweep_chunks(const struct subject *s)
{
	static const size_t large[] = { 127, 128, 1000, 4095, 4096, 65536 };
	rpclog_slice text = check_text_slice(&s->text);
	uint64_t failures = check_failures();
	struct check_text whole = { 0 };

	check_casef("%s, whole", s->input->name);
	check_parse(&whole, text, 0, &s->options);
	for (size_t chunk = 1; chunk <= 70 && check_failures() == failures;
	     chunk += check_stride())
		same_in_chunks(s, text, comparable(&whole), chunk);
	for (size_t i = 0; i < ARRAY_LEN(large); i++)
		same_in_chunks(s, text, comparable(&whole), large[i]);
	check_text_free(&whole);
}

static void
sweep_guards(const struct subject *s)
{
	rpclog_slice text = check_text_slice(&s->text);
	uint64_t failures = check_failures();

	/* Every alignment of the start and of the end within 64 bytes. */
	for (size_t cut = 0; cut < 64 && cut <= text.len;
	     cut += check_stride_few()) {
		if (check_failures() > failures)
			break;

		rpclog_slice part = slice_cut(text, 0, text.len - cut);
		struct check_text got = { 0 }, start = { 0 }, end = { 0 };
		struct check_guard g = { 0 };

		check_casef("%s, guard pages, less %zu", s->input->name, cut);
		check_parse(&got, part, 0, &s->options);
		check_parse(&start, check_guard_start(&g, part), 0,
			    &s->options);
		check_guard_free(&g);
		check_parse(&end, check_guard_end(&g, part), 0, &s->options);
		check_guard_free(&g);
		CHECK_SLICE(check_text_slice(&start), check_text_slice(&got));
		CHECK_SLICE(check_text_slice(&end), check_text_slice(&got));
		check_text_free(&got);
		check_text_free(&start);
		check_text_free(&end);
	}
}

static void
sweep_cuts(const struct subject *s)
{
	uint64_t failures = check_failures();
	size_t size = s->text.len;

	/* Every byte of a small input; a large one is taken in strides. */
	for (size_t len = 0; len < size;
	     len += (1 + size / 10000) * check_stride()) {
		rpclog_slice text = slice_of(s->text.ptr, len);
		struct check_text whole = { 0 };

		check_casef("%s, cut at %zu", s->input->name, len);
		check_parse(&whole, text, 0, &s->options);
		CHECK(whole.len > 0);
		if (len % (1 + size / 1000) == 0)
			same_in_chunks(s, text, comparable(&whole), 13);
		if (len % (1 + size / 100) == 0)
			same_in_chunks(s, text, comparable(&whole), 1);
		check_text_free(&whole);
		if (check_failures() > failures)
			break;
	}
}

/* One run of parser or reader in memory that may give out. */
static void
run_in(struct check_memory *m, const struct subject *s, bool reader,
       struct check_text *out)
{
	rpclog_options options = s->options;
	rpclog_slice text = check_text_slice(&s->text);
	rpclog_source *source = NULL;

	options.allocator = m->allocator;
	if (!reader) {
		check_parse(out, text, 100, &options);
		return;
	}
	if (rpclog_source_open_mem(&source, text.ptr, text.len, &options,
				   NULL) != RPCLOG_OK)
		check_text_add(out, "open: RPCLOG_ERR_NOMEM\n");
	else
		check_read(out, source, &options);
}

static void
sweep_allocations(const struct subject *s, bool reader)
{
	uint64_t failures = check_failures();
	bool failed = true;

	for (uint64_t n = 1; failed && check_failures() == failures; n++) {
		struct check_memory m;
		struct check_text got = { 0 };

		check_memory_init(&m, n);
		check_casef("%s, allocation %d fails, reader %d",
			    s->input->name, (int)n, reader);
		run_in(&m, s, reader, &got);
		failed = m.calls >= n;
		CHECK_INT(slice_find(check_text_slice(&got),
				     SLICE("RPCLOG_ERR_NOMEM")) != SIZE_MAX,
			  failed);
		CHECK_INT(m.live, 0);
		check_text_free(&got);
	}
}

/* A reader tells what a parser tells, whatever brings the bytes. */
static void
sweep_readers(const struct subject *s)
{
	static const size_t steps[] = { 0, 1, 7, 4096 };
	struct check_text packed = { 0 }, want = { 0 };

	gzip_add(&packed, check_text_slice(&s->text), 6);
	check_parse(&want, check_text_slice(&s->text), 0, &s->options);
	for (size_t i = 0; i < 2 * ARRAY_LEN(steps); i++) {
		struct check_text got = { 0 };
		struct feeder f = { 0 };
		rpclog_source *source = NULL;

		f.data = check_text_slice(i % 2 ? &packed : &s->text);
		f.step = steps[i / 2];
		f.fail_at = SIZE_MAX;
		check_casef("%s by reader, gzip %d, step %zu", s->input->name,
			    (int)(i % 2), f.step);
		CHECK_STATUS(rpclog_source_open_fn(&source, feeder_read, &f,
						   &s->options, NULL),
			     RPCLOG_OK);
		check_read(&got, source, &s->options);
		CHECK_SLICE(comparable(&got), comparable(&want));
		check_text_free(&got);
	}
	check_text_free(&packed);
	check_text_free(&want);
}

static void
slurp(const char *path, struct check_text *out)
{
	FILE *file = fopen(path, "rb");
	char buffer[4096];
	size_t len;

	if (!CHECK(file != NULL))
		return;
	while ((len = fread(buffer, 1, sizeof(buffer), file)) > 0)
		check_text_bytes(out, buffer, len);
	fclose(file);
}

/* The same for the files that the command line is tested with. */
static void
sweep_fixtures(void)
{
	glob_t found;

	CHECK_CASE("fixtures");
	if (glob("test/fixtures/*/*", 0, NULL, &found) != 0) {
		check_skip("no test/fixtures below the working directory");
		return;
	}
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct input input = { found.gl_pathv[i], NULL, 0, 0,
				       RPCLOG_OPT_HOLD_TAIL };
		rpclog_options options = RPCLOG_OPTIONS_INIT;
		struct subject s = { &input, options, { 0 } };

		input_options(&input, &s.options);
		slurp(input.name, &s.text);
		sweep_chunks(&s);
		sweep_guards(&s);
		sweep_cuts(&s);
		check_text_free(&s.text);
	}
	globfree(&found);
}

/* Rows beyond the first ask for no memory. */
static void
test_nothing_per_row(void)
{
	rpclog_options options;
	uint64_t calls[2];

	for (size_t i = 0; i < ARRAY_LEN(calls); i++) {
		struct check_memory m;
		struct check_text text = { 0 }, got = { 0 };

		CHECK_CASE("no allocation per row");
		check_memory_init(&m, 0);
		options = check_memory_options(&m);
		log_header(&text, 69);
		for (size_t n = 0; n < (i ? 2000 : 20); n++) {
			log_row(&text, 69, PLAIN_ROW);
			log_row(&text, 69, ROW("UserAgent", "\"a\"\"b\""));
		}
		check_parse(&got, check_text_slice(&text), 1000, &options);
		calls[i] = m.calls;
		check_text_free(&text);
		check_text_free(&got);
	}
	CHECK_INT(calls[1], calls[0]);
}

int
main(void)
{
	for (size_t i = 0; i < input_count; i++) {
		struct subject s;

		subject_init(&s, &inputs[i]);
		sweep_chunks(&s);
		sweep_guards(&s);
		sweep_cuts(&s);
		sweep_readers(&s);
		check_text_free(&s.text);
	}
	for (size_t i = 0; i < input_count; i++) {
		struct subject s;

		subject_init(&s, &inputs[i]);
		sweep_allocations(&s, false);
		sweep_allocations(&s, true);
		check_text_free(&s.text);
	}
	sweep_fixtures();
	test_nothing_per_row();
	return check_report();
}
