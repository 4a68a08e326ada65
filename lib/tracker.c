/* SPDX-License-Identifier: MIT */
/* The tracker as a handle. */

#include "tracker.h"

#include "options.h"

rpclog_status
rpclog_tracker_new(rpclog_tracker **out, const rpclog_rules *rules,
		   const rpclog_options *options)
{
	rpclog_options all;

	if (!out)
		return RPCLOG_ERR_USAGE;
	*out = NULL;
	if (!rules || options_load(&all, options) != RPCLOG_OK)
		return RPCLOG_ERR_USAGE;

	struct alloc alloc = alloc_from(&all);
	struct rpclog_tracker *t = alloc_zero(&alloc, 1, sizeof(*t));

	if (!t)
		return RPCLOG_ERR_NOMEM;
	t->alloc = alloc;
	t->options = all;
	t->rules = rules;
	t->last_server = DICT_NONE;
	t->last_target = t->last_name = t->last_protocol = DICT_NONE;
	/* Prompts are also counted with a gap of 30 s: no run may hide one. */
	t->run_gap_us = (all.gap_s < 30 ? all.gap_s : 30) * US_PER_S;
	t->success.limit = t->leg_limit = t->run_limit = 65536;
	buf_init(&t->text, SIZE_MAX / 2);
	dict_init(&t->names, &alloc);
	dict_init(&t->spellings, &alloc);
	dict_init(&t->users, &alloc);
	dict_init(&t->servers, &alloc);
	dict_init(&t->keys, &alloc);
	dict_init(&t->groups, &alloc);
	dict_init(&t->tallies, &alloc);
	dict_init(&t->actors, &alloc);
	dict_init(&t->mailboxes, &alloc);
	t->named = alloc_zero(&alloc, PARTS_SLOTS, sizeof(*t->named));
	if (!t->named) {
		rpclog_tracker_free(t);
		return RPCLOG_ERR_NOMEM;
	}
	*out = t;
	return RPCLOG_OK;
}

rpclog_status
rpclog_tracker_choose(rpclog_tracker *tracker, const rpclog_chooser *chooser)
{
	if (!tracker || tracker->finished)
		return RPCLOG_ERR_USAGE;
	tracker->chooser = *chooser;
	return RPCLOG_OK;
}

rpclog_status
rpclog_tracker_add(rpclog_tracker *tracker, const rpclog_row *row,
		   const rpclog_verdict *verdict)
{
	if (!tracker || !row || !verdict)
		return RPCLOG_ERR_USAGE;
	if (tracker->broken)
		return tracker->broken;
	if (tracker->finished)
		return tracker->broken = RPCLOG_ERR_USAGE;
	if (!tracker_row(tracker, row, verdict))
		return tracker->broken = RPCLOG_ERR_NOMEM;
	return RPCLOG_OK;
}

void
rpclog_tracker_tag(rpclog_tracker *tracker, uint64_t tag)
{
	if (tracker)
		tracker->tag = tag;
}

rpclog_status
rpclog_tracker_tidy(rpclog_tracker *tracker)
{
	if (!tracker)
		return RPCLOG_ERR_USAGE;
	if (tracker->broken || tracker->finished)
		return tracker->broken;
	if (!success_close(tracker) || !leg_compact(tracker))
		return tracker->broken = RPCLOG_ERR_NOMEM;
	return RPCLOG_OK;
}

rpclog_status
rpclog_tracker_finish(rpclog_tracker *tracker)
{
	if (!tracker)
		return RPCLOG_ERR_USAGE;
	if (tracker->broken || tracker->finished)
		return tracker->broken;
	tracker->finished = true;
	if (!success_close(tracker) || !actors_settle(tracker))
		return tracker->broken = RPCLOG_ERR_NOMEM;

	rpclog_status status = sessions_settle(tracker);

	if (status == RPCLOG_OK)
		status = prompts_settle(tracker);
	return tracker->broken = status;
}

rpclog_status
rpclog_tracker_next(rpclog_tracker *tracker, rpclog_prompt *prompt)
{
	if (!prompt)
		return RPCLOG_ERR_USAGE;
	memset(prompt, 0, sizeof(*prompt));
	if (!tracker || !tracker->finished)
		return RPCLOG_ERR_USAGE;
	if (tracker->broken)
		return tracker->broken;
	if (tracker->prompt_next == tracker->prompt_count)
		return RPCLOG_END;
	*prompt = tracker->prompts[tracker->prompt_next++];
	return RPCLOG_OK;
}

rpclog_status
rpclog_tracker_next_tally(rpclog_tracker *tracker, rpclog_tally *tally)
{
	if (!tally)
		return RPCLOG_ERR_USAGE;
	memset(tally, 0, sizeof(*tally));
	if (!tracker || !tracker->finished)
		return RPCLOG_ERR_USAGE;
	if (tracker->broken)
		return tracker->broken;
	if (tracker->tallied_next == tracker->tallied_count)
		return RPCLOG_END;
	*tally = tracker->tallied[tracker->tallied_next++];
	return RPCLOG_OK;
}

uint64_t
rpclog_tracker_too_recent(const rpclog_tracker *tracker)
{
	return tracker ? tracker->too_recent : 0;
}

void
rpclog_tracker_free(rpclog_tracker *tracker)
{
	if (!tracker)
		return;

	struct alloc alloc = tracker->alloc;
	struct dict *dicts[] = {
		&tracker->names,   &tracker->spellings, &tracker->users,
		&tracker->servers, &tracker->keys,	&tracker->groups,
		&tracker->tallies, &tracker->actors,	&tracker->mailboxes,
	};
	void *arrays[] = {
		tracker->spelling,	tracker->newest_us, tracker->key,
		tracker->leg,		tracker->group_run, tracker->run,
		tracker->tally,		tracker->window,    tracker->user_actor,
		tracker->mailbox_owner, tracker->prompts,   tracker->tallied,
		tracker->named,
	};

	for (size_t i = 0; i < ARRAY_LEN(dicts); i++)
		dict_free(dicts[i]);
	for (size_t i = 0; i < ARRAY_LEN(arrays); i++)
		alloc_free(&alloc, arrays[i]);
	success_free(tracker);
	buf_free(&tracker->text, &alloc);
	alloc_free(&alloc, tracker);
}
