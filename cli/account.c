/* SPDX-License-Identifier: MIT */
/* Where the bytes of a file went, once it has been read. */

#include <stdlib.h>
#include <string.h>

#include "account.h"

static uint64_t
count_ends(rpclog_slice bytes)
{
	const char *p = bytes.ptr, *const end = p + bytes.len;
	uint64_t count = 0;

	while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
		count++;
		p++;
	}
	return count;
}

void
lines_add(struct lines *tally, rpclog_slice bytes)
{
	if (!bytes.len)
		return;
	tally->lines += count_ends(bytes);
	tally->bytes += bytes.len;
	tally->open = bytes.ptr[bytes.len - 1] != '\n';
}

/* Room for one more in order of place, or NULL: only the first are listed. */
static struct rejected *
reject_at(struct input *input, uint64_t offset)
{
	size_t place = input->rejected_count++;

	if (!input->rejected)
		input->rejected =
			xcalloc(REJECTED_LISTED, sizeof(*input->rejected));
	if (place >= REJECTED_LISTED) {
		place = REJECTED_LISTED - 1;
		if (input->rejected[place].offset < offset)
			return NULL;
		free(input->rejected[place].reason);
	}
	/* Pieces of a file are read side by side. */
	for (; place && input->rejected[place - 1].offset > offset; place--)
		input->rejected[place] = input->rejected[place - 1];
	return &input->rejected[place];
}

void
account_reject(struct worker *worker)
{
	const rpclog_diag *diag = rpclog_parser_diag(worker->parser);
	struct split *split = worker->unit->split;
	struct rejected *rejected;

	if (!worker->work->account)
		return;
	if (split)
		pthread_mutex_lock(&split->lock);
	rejected = reject_at(worker->input, diag->offset);
	if (rejected) {
		rejected->line = diag->line;
		rejected->offset = diag->offset;
		rejected->reason = xstrdup(diag->text);
	}
	if (split)
		pthread_mutex_unlock(&split->lock);
}

static void
add(rpclog_count *to, rpclog_count from)
{
	to->count += from.count;
	to->bytes += from.bytes;
}

/* Adds what came after 'before', which was there already. */
static void
add_new(struct account *account, enum category in, rpclog_count from,
	rpclog_count before)
{
	account->in[IN_DUPLICATE].count += before.count;
	account->in[IN_DUPLICATE].bytes += before.bytes;
	account->in[in].count += from.count - before.count;
	account->in[in].bytes += from.bytes - before.bytes;
}

void
account_add(struct worker *worker, const struct lines *foreign, uint64_t fed)
{
	struct account *account = &worker->input->account;
	const rpclog_account *from = rpclog_parser_account(worker->parser);
	const rpclog_account *before = &worker->before;
	const rpclog_count probes = { worker->probes, worker->probe_bytes };
	const rpclog_count activities = { worker->activities,
					  worker->activity_bytes };
	const rpclog_count rows = {
		from->rows.count - probes.count - activities.count,
		from->rows.bytes - probes.bytes - activities.bytes
	};

	if (foreign) {
		account->in[IN_FOREIGN].count +=
			foreign->lines + (uint64_t)foreign->open;
		account->in[IN_FOREIGN].bytes += foreign->bytes;
		account->bytes += foreign->bytes;
		return;
	}
	account->bytes += from->bytes;
	add(&account->in[IN_PROBE], probes);
	add(&account->in[IN_ACTIVITY], activities);
	add_new(account, IN_ROWS, rows, before->rows);
	add_new(account, IN_HEADER, from->header, before->header);
	add_new(account, IN_BLANK, from->blank, before->blank);
	add_new(account, IN_REJECTED, from->rejected, before->rejected);
	add(&account->in[IN_PARTIAL], from->partial);
	add(&account->in[IN_FOREIGN], from->foreign);
	/* Another log that follows an HttpProxy log in one file. */
	if (fed > from->bytes) {
		account->in[IN_FOREIGN].count++;
		account->in[IN_FOREIGN].bytes += fed - from->bytes;
		account->bytes += fed - from->bytes;
	}
}

void
account_joined(struct input *input, const struct lines *tally)
{
	struct account *account = &input->account;

	account->in[IN_JOINED].count += tally->lines + (uint64_t)tally->open;
	account->in[IN_JOINED].bytes += tally->bytes;
	account->bytes += tally->bytes;
}

void
account_error(struct input *input, rpclog_status status,
	      const rpclog_source *source)
{
	const rpclog_diag *diag = rpclog_source_diag(source);

	if (input->error)
		return;
	input->error = text_print(
		"%s (after %llu bytes)",
		diag && diag->text[0] ? diag->text : rpclog_status_name(status),
		(unsigned long long)(diag ? diag->offset : 0));
}
