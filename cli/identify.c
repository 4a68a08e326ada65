/* SPDX-License-Identifier: MIT */
/* Before reading: what each input is, and which are the same log. */

#include <stdlib.h>
#include <string.h>

#include "identity.h"
#include "inputs.h"

/* A log that takes part in the search for duplicates. */
struct candidate {
	struct input *input;
	rpclog_identity identity;
};

static int
by_identity(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	const int order = identity_order(&x->identity, &y->identity);

	if (order)
		return order;
	return x->input->file.number < y->input->file.number ? -1 : 1;
}

/* Looks at the head; 1 if the input may have a duplicate. */
static int
look(struct input *input, const rpclog_options *library,
     rpclog_identity *identity)
{
	char *error;
	rpclog_source *source = input_open(input, library, &error);
	rpclog_slice head = { NULL, 0 };
	rpclog_kind kind;

	/* What can't be opened now is asked again when it is read. */
	if (!source) {
		free(error);
		return 0;
	}
	if (rpclog_source_peek(source, IDENTITY_HEAD, &head) != RPCLOG_OK)
		head.len = 0;
	kind = rpclog_recognize(head, head.len < IDENTITY_HEAD, NULL);
	identity_of(head, identity);
	input->recognized = kind == RPCLOG_KIND_HTTPPROXY;
	rpclog_source_free(source);
	return head.len != 0 && kind != RPCLOG_KIND_EMPTY &&
	       kind != RPCLOG_KIND_FOREIGN;
}

static void
keep_error(struct input *input, rpclog_status status,
	   const rpclog_source *source)
{
	const rpclog_diag *diag = rpclog_source_diag(source);

	if (status >= 0 || input->error || !diag)
		return;
	input->error = text_print("%s (after %llu bytes)", diag->text,
				  (unsigned long long)diag->offset);
}

/* 'input' was compared to its end: it adds nothing to another. */
static void
set_duplicate(struct input *input, const rpclog_comparison *result,
	      rpclog_status status, const rpclog_source *source)
{
	uint64_t total;

	input->state = INPUT_DUPLICATE;
	input->recognized = 1;
	input->account.bytes = result->bytes;
	input->account.in[IN_DUPLICATE].bytes = result->bytes;
	input->account.in[IN_DUPLICATE].count = result->lines;
	input->gzip = rpclog_source_is_gzip(source);
	input->compressed = rpclog_source_consumed(source, &total);
	keep_error(input, status, source);
}

static void
compare(struct input *a, struct input *b, const rpclog_options *library)
{
	rpclog_comparison result;
	char *error_a, *error_b;
	rpclog_source *first = input_open(a, library, &error_a);
	rpclog_source *second = input_open(b, library, &error_b);
	int drop_first;

	free(error_a);
	free(error_b);
	if (first && second) {
		identity_compare(first, second, &result);
		/* Of equals the least path names the log. */
		drop_first = result.relation == RPCLOG_FIRST_IS_PREFIX ||
			     (result.relation == RPCLOG_SAME &&
			      a->file.number > b->file.number);
		if (result.bytes == 0 || result.relation == RPCLOG_DIFFERENT)
			;
		else if (drop_first)
			set_duplicate(a, &result, result.first.status, first);
		else
			set_duplicate(b, &result, result.second.status, second);
	}
	rpclog_source_free(first);
	rpclog_source_free(second);
}

static void
find_duplicates(struct candidate *candidates, size_t count,
		const rpclog_options *library)
{
	size_t i, k;

	for (i = 0; i < count; i++) {
		const struct candidate *a = &candidates[i];

		for (k = i + 1; k < count && !interrupted; k++) {
			const struct candidate *b = &candidates[k];

			if (a->input->state != INPUT_READ ||
			    !identity_may_begin(&a->identity, &b->identity))
				break;
			if (b->input->state == INPUT_READ)
				compare(a->input, b->input, library);
		}
	}
}

void
inputs_identify(struct inputs *inputs, const rpclog_options *library)
{
	struct candidate *candidates;
	size_t i, count = 0;

	if (inputs->count < 2)
		return;
	candidates = xcalloc(inputs->count, sizeof(*candidates));
	for (i = 0; i < inputs->count && !interrupted; i++) {
		struct candidate *next = &candidates[count];

		next->input = &inputs->items[i];
		if (next->input->state == INPUT_READ)
			count += (size_t)look(next->input, library,
					      &next->identity);
	}
	if (count > 1)
		qsort(candidates, count, sizeof(*candidates), by_identity);
	find_duplicates(candidates, count, library);
	free(candidates);
}
