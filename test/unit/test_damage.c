/* SPDX-License-Identifier: MIT */
/*
 * Readers over damaged streams: every whole row first, then the error; the
 * line that the damage tore is no row, and the account has its bytes.
 */

#include <errno.h>
#include <stdlib.h>

#include "check_inputs.h"
#include "check_source.h"

/* The lines before the one that begins with 'last'. */
static rpclog_slice
events(const struct check_text *run, const char *last)
{
	rpclog_slice rest = check_text_slice(run);
	size_t len = 0;

	while (rest.len > len &&
	       !slice_starts(slice_cut(rest, len, rest.len), slice_str(last)))
		len += slice_find(slice_cut(rest, len, rest.len), SLICE("\n")) +
		       1;
	return slice_cut(rest, 0, len);
}

static rpclog_slice
account(const struct check_text *run)
{
	rpclog_slice text = check_text_slice(run);

	return slice_cut(text, slice_rfind(text, SLICE("account")), text.len);
}

/*
 * A stream that breaks after 'good' bytes must read as the same bytes do when
 * the last line is held back.
 */
static void
check_broken(rpclog_source *source, rpclog_slice good, const char *error)
{
	struct check_text got = { 0 }, want = { 0 };
	rpclog_options options = RPCLOG_OPTIONS_INIT;

	check_read(&got, source, &options);
	options.flags = RPCLOG_OPT_HOLD_TAIL;
	check_parse(&want, good, 0, &options);
	/* An input that broke off is never called foreign for its brevity. */
	if (slice_find(check_text_slice(&want), SLICE("RPCLOG_ERR_SCHEMA")) ==
	    SIZE_MAX) {
		CHECK_SLICE(events(&got, error), events(&want, "end\n"));
		CHECK_SLICE(account(&got), account(&want));
	}
	CHECK(slice_find(check_text_slice(&got), slice_str(error)) != SIZE_MAX);
	check_text_free(&got);
	check_text_free(&want);
}

/* Not compressed at all: a cut after n bytes gives n bytes less the header. */
static void
test_cut_gzip(const struct input *input)
{
	struct check_text text = { 0 }, packed = { 0 };

	input->make(&text);
	gzip_add(&packed, check_text_slice(&text), 0);
	for (size_t len = 18; len < packed.len;
	     len += (1 + packed.len / 2000) * check_stride()) {
		rpclog_source *source = NULL;
		size_t good = len - 15;

		if (good > text.len)
			good = text.len;
		check_casef("%s, gzip cut at %zu", input->name, len);
		CHECK_STATUS(rpclog_source_open_mem(&source, packed.ptr, len,
						    NULL, NULL),
			     RPCLOG_OK);
		check_broken(source, slice_of(text.ptr, good),
			     "RPCLOG_ERR_GZIP");
	}
	check_text_free(&text);
	check_text_free(&packed);
}

static void
test_failing_disk(const struct input *input)
{
	struct check_text text = { 0 };

	input->make(&text);
	for (size_t len = 0; len < text.len;
	     len += (1 + text.len / 2000) * check_stride()) {
		rpclog_source *source = NULL;
		struct feeder f = {
			check_text_slice(&text), 0, 100, len, EIO, false, 0
		};

		check_casef("%s, EIO at %zu", input->name, len);
		CHECK_STATUS(rpclog_source_open_fn(&source, feeder_read, &f,
						   NULL, NULL),
			     RPCLOG_OK);
		check_broken(source, slice_of(text.ptr, len), "RPCLOG_ERR_IO");
	}
	check_text_free(&text);
}

int
main(void)
{
	for (size_t i = 0; i < input_count; i++) {
		const char *name = inputs[i].name;

		/* Those that are logs whatever their last line says. */
		if (strcmp(name, "plain") != 0 && strcmp(name, "quotes") != 0 &&
		    strcmp(name, "utf-16le") != 0 &&
		    strcmp(name, "schemas") != 0 &&
		    strcmp(name, "export-csv") != 0)
			continue;
		test_cut_gzip(&inputs[i]);
		test_failing_disk(&inputs[i]);
	}
	return check_report();
}
