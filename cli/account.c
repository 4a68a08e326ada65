/* SPDX-License-Identifier: MIT */
/* Where the bytes of a file went, once it has been read. */

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

void
account_set(struct worker *worker, const struct lines *foreign, uint64_t fed)
{
	struct account *account = &worker->input->account;
	const rpclog_account *from = rpclog_parser_account(worker->parser);

	memset(account, 0, sizeof(*account));
	if (foreign) {
		account->in[IN_FOREIGN].count =
			foreign->lines + (uint64_t)foreign->open;
		account->in[IN_FOREIGN].bytes = foreign->bytes;
		account->bytes = foreign->bytes;
		return;
	}
	account->bytes = from->bytes;
	account->in[IN_PROBE].count = worker->probes;
	account->in[IN_PROBE].bytes = worker->probe_bytes;
	account->in[IN_ACTIVITY].count = worker->activities;
	account->in[IN_ACTIVITY].bytes = worker->activity_bytes;
	account->in[IN_ROWS].count =
		from->rows.count - worker->probes - worker->activities;
	account->in[IN_ROWS].bytes =
		from->rows.bytes - worker->probe_bytes - worker->activity_bytes;
	account->in[IN_HEADER] = from->header;
	account->in[IN_BLANK] = from->blank;
	account->in[IN_REJECTED] = from->rejected;
	account->in[IN_PARTIAL] = from->partial;
	account->in[IN_FOREIGN] = from->foreign;
	/* Another log that follows an HttpProxy log in one file. */
	if (fed > from->bytes) {
		account->in[IN_FOREIGN].count++;
		account->in[IN_FOREIGN].bytes += fed - from->bytes;
		account->bytes = fed;
	}
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
