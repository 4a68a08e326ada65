/* SPDX-License-Identifier: MIT */
/* What other logs know of refused logons. */

#include "join_inside.h"

#include <stdlib.h>

#include "../sort.h"
#include "rpchttp_log.h"
#include "w3c.h"

const char join_iis[] = "IIS W3C";
const char join_rpchttp[] = "RpcHttp Log";

struct joiner {
	struct alloc alloc;
	const struct joins *joins;
	struct w3c *w3c;
	struct rpchttp_log *module;
	bool is_module; /* the log that is read */
	struct buf text;
	uint8_t *verdicts;
	uint64_t matched;
};

void
join_prepare(rpclog_tracker *tracker)
{
	tracker->keep_legs = true;
}

/* ---- what is asked --------------------------------------------------------
 */

static int
asked_order(const void *a, const void *b)
{
	const struct asked *x = a, *y = b;
	int order = memcmp(x->id, y->id, GUID_LEN);

	return order ? order
		     : (x->number > y->number) - (x->number < y->number);
}

static int
awaited_order(const void *a, const void *b)
{
	const struct awaited *x = a, *y = b;

	if (x->pair != y->pair)
		return x->pair < y->pair ? -1 : 1;
	if (x->start_us != y->start_us)
		return x->start_us < y->start_us ? -1 : 1;
	return (x->leg > y->leg) - (x->leg < y->leg);
}

static void
ask(struct joins *j, rpclog_slice id, uint32_t number)
{
	struct asked *asked = &j->asked[j->asked_count];

	asked->number = number;
	j->asked_count += guid_parse(id, asked->id) != 0;
}

static bool
pair_text(struct buf *text, const struct alloc *a, rpclog_slice mailbox,
	  rpclog_slice client)
{
	text->len = 0;
	return buf_append(text, a, mailbox.ptr, mailbox.len) == RPCLOG_OK &&
	       buf_append(text, a, "\n", 1) == RPCLOG_OK &&
	       buf_append(text, a, client.ptr, client.len) == RPCLOG_OK;
}

static bool
await(struct joins *j, struct buf *text, uint32_t number)
{
	const struct leg *leg = &j->tracker->leg[number];
	struct key_parts parts =
		key_parts(dict_at(&j->tracker->keys, leg->key));
	struct awaited *awaited = &j->awaited[j->awaited_count];

	if (!leg->rpc || parts.mailbox.len == 0)
		return true;
	awaited->leg = number;
	awaited->start_us = leg->when.start_us;
	j->awaited_count++;
	return pair_text(text, &j->alloc, parts.mailbox, parts.client) &&
	       dict_add(&j->pairs, buf_slice(text), &awaited->pair);
}

static bool
list(struct joins *j)
{
	const struct rpclog_tracker *t = j->tracker;
	const struct gather *g = j->gather;
	struct buf text;
	bool ok;

	j->count = t->leg_count + g->refusal_count;
	j->asked = alloc_get(&j->alloc, j->count, sizeof(*j->asked));
	j->awaited = alloc_get(&j->alloc, t->leg_count, sizeof(*j->awaited));
	j->verdicts = alloc_zero(&j->alloc, j->count, 1);
	ok = j->asked && j->awaited && j->verdicts;
	buf_init(&text, SIZE_MAX / 2);
	for (size_t i = 0; ok && i < t->leg_count; i++) {
		const struct when *when = &t->leg[i].when;

		ask(j, slice_of(when->id, when->id_len), (uint32_t)i);
		ok = await(j, &text, (uint32_t)i);
	}
	buf_free(&text, &j->alloc);
	for (size_t i = 0; ok && i < g->refusal_count; i++) {
		struct asked *asked = &j->asked[j->asked_count++];

		memcpy(asked->id, g->refusals[i].id, GUID_LEN);
		asked->number = (uint32_t)(t->leg_count + i);
	}
	if (ok && j->asked_count)
		qsort(j->asked, j->asked_count, sizeof(*j->asked), asked_order);
	if (ok && j->awaited_count)
		qsort(j->awaited, j->awaited_count, sizeof(*j->awaited),
		      awaited_order);
	return ok;
}

rpclog_status
joins_new(struct joins **out, const struct gather *gather,
	  const rpclog_tracker *tracker, const rpclog_options *options)
{
	struct alloc alloc = alloc_from(options);
	struct joins *j = alloc_zero(&alloc, 1, sizeof(*j));

	*out = NULL;
	if (!j)
		return RPCLOG_ERR_NOMEM;
	j->alloc = alloc;
	j->gather = gather;
	j->tracker = tracker;
	dict_init(&j->pairs, &alloc);
	if (!list(j)) {
		joins_free(j);
		return RPCLOG_ERR_NOMEM;
	}
	*out = j;
	return RPCLOG_OK;
}

int
joins_empty(const struct joins *joins)
{
	return joins->count == 0;
}

uint64_t
joins_matched(const struct joins *joins)
{
	return joins->matched;
}

void
joins_free(struct joins *j)
{
	if (!j)
		return;

	struct alloc alloc = j->alloc;

	dict_free(&j->pairs);
	alloc_free(&alloc, j->asked);
	alloc_free(&alloc, j->awaited);
	alloc_free(&alloc, j->verdicts);
	alloc_free(&alloc, j);
}

/* ---- lines ----------------------------------------------------------------
 */

static void
note(struct joiner *r, uint32_t number, uint8_t verdict)
{
	r->matched++;
	if (verdict > r->verdicts[number])
		r->verdicts[number] = verdict;
}

/* The back end's site repeats the id; its statuses are another matter. */
#define BACK_END_PORT 444

static void
take_w3c(struct joiner *r, const struct w3c_record *record)
{
	const struct joins *j = r->joins;
	struct logon_failure failure;
	size_t low = 0, high = j->asked_count;
	uint8_t verdict;

	if (!record->has_id || record->port == BACK_END_PORT)
		return;
	failure = logon_failure_of(record->status, record->substatus,
				   record->win32);
	if (failure.reason == LOGON_NO_FAILURE)
		return;
	verdict = failure.reason == LOGON_FIRST_LEG
			  ? VERDICT_FIRST_LEG
			  : (uint8_t)(VERDICT_REFUSED + failure.reason);
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (memcmp(j->asked[middle].id, record->id, GUID_LEN) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < j->asked_count &&
	       !memcmp(j->asked[low].id, record->id, GUID_LEN);
	     low++)
		note(r, j->asked[low].number, verdict);
}

/* The legs that begin up to 'handshake_ms' before a channel was opened. */
static bool
take_module(struct joiner *r, const struct rpchttp_record *record)
{
	const struct joins *j = r->joins;
	int64_t window_us =
		(int64_t)j->tracker->options.handshake_ms * US_PER_MS;
	rpclog_slice mailbox = mailbox_of(record->query);
	char room[CLIENT_ROOM];
	size_t low = 0, high = j->awaited_count;
	uint32_t pair;

	if (!slice_eq(record->stage, SLICE("PostAuthorizeRequest")) ||
	    mailbox.len == 0 || record->user.len == 0)
		return true;
	/* Mailboxes of keys are in lower case. */
	if (!pair_text(&r->text, &r->alloc, mailbox,
		       client_normalise(record->client, room)))
		return false;
	for (size_t i = 0; i < mailbox.len; i++)
		r->text.ptr[i] =
			(char)ascii_lower((unsigned char)r->text.ptr[i]);
	pair = dict_find(&j->pairs, buf_slice(&r->text));
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct awaited *a = &j->awaited[middle];

		if (a->pair < pair ||
		    (a->pair == pair &&
		     a->start_us < record->time_us - window_us))
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < j->awaited_count && j->awaited[low].pair == pair &&
	       j->awaited[low].start_us <= record->time_us;
	     low++)
		note(r, j->awaited[low].leg, VERDICT_OPENED);
	return true;
}

static rpclog_status
take_lines(struct joiner *r)
{
	struct rpchttp_record module;
	struct w3c_record record;
	rpclog_status status;

	for (;;) {
		status = r->is_module ? rpchttp_log_next(r->module, &module)
				      : w3c_next(r->w3c, &record);
		if (status != RPCLOG_OK)
			break;
		if (!r->is_module)
			take_w3c(r, &record);
		else if (!take_module(r, &module))
			return RPCLOG_ERR_NOMEM;
	}
	return status == RPCLOG_MORE || status == RPCLOG_END ? RPCLOG_OK
							     : status;
}

rpclog_status
joiner_new(struct joiner **out, const struct joins *joins,
	   const rpclog_options *options)
{
	struct alloc alloc = alloc_from(options);
	struct joiner *r = alloc_zero(&alloc, 1, sizeof(*r));
	rpclog_status status = RPCLOG_ERR_NOMEM;

	*out = NULL;
	if (!r)
		return status;
	r->alloc = alloc;
	r->joins = joins;
	buf_init(&r->text, SIZE_MAX / 2);
	r->verdicts = alloc_zero(&alloc, joins->count, 1);
	if (r->verdicts)
		status = w3c_new(&r->w3c, options);
	if (status == RPCLOG_OK)
		status = rpchttp_log_new(&r->module, options);
	if (status != RPCLOG_OK) {
		joiner_free(r);
		return status;
	}
	*out = r;
	return RPCLOG_OK;
}

void
joiner_begin(struct joiner *joiner, const char *what)
{
	joiner->is_module = !strcmp(what, join_rpchttp);
	w3c_reset(joiner->w3c);
	rpchttp_log_reset(joiner->module);
}

rpclog_status
joiner_bytes(struct joiner *joiner, rpclog_slice bytes)
{
	if (joiner->is_module)
		rpchttp_log_feed(joiner->module, bytes);
	else
		w3c_feed(joiner->w3c, bytes);
	return take_lines(joiner);
}

rpclog_status
joiner_end(struct joiner *joiner, int whole)
{
	if (!whole)
		return RPCLOG_OK;
	if (joiner->is_module)
		rpchttp_log_finish(joiner->module);
	else
		w3c_finish(joiner->w3c);
	return take_lines(joiner);
}

void
joins_take(struct joins *joins, const struct joiner *joiner)
{
	for (size_t i = 0; i < joins->count; i++) {
		if (joiner->verdicts[i] > joins->verdicts[i])
			joins->verdicts[i] = joiner->verdicts[i];
	}
	joins->matched += joiner->matched;
}

void
joiner_free(struct joiner *r)
{
	if (!r)
		return;

	struct alloc alloc = r->alloc;

	w3c_free(r->w3c);
	rpchttp_log_free(r->module);
	buf_free(&r->text, &alloc);
	alloc_free(&alloc, r->verdicts);
	alloc_free(&alloc, r);
}
