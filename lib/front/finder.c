/* SPDX-License-Identifier: MIT */
/* Finding any of several patterns, within grep's frames of -w and -x. */

#include "finder.h"

#include "options.h"

struct rpclog_finder {
	struct alloc alloc;
	const struct rpclog_pattern *pattern;
	struct regex_run *run;
};

rpclog_status
finder_new(rpclog_finder **out, const rpclog_pattern *pattern,
	   const rpclog_options *options)
{
	rpclog_options loaded;
	rpclog_status status = options_load(&loaded, options);

	*out = NULL;
	if (status != RPCLOG_OK)
		return status;

	struct alloc a = alloc_from(&loaded);
	struct rpclog_finder *finder = alloc_zero(&a, 1, sizeof(*finder));

	if (!finder)
		return RPCLOG_ERR_NOMEM;
	finder->alloc = a;
	finder->pattern = pattern;
	status =
		regex_run_new(&finder->run, &finder->alloc, loaded.match_limit);
	if (status != RPCLOG_OK) {
		finder_free(finder);
		return status;
	}
	*out = finder;
	return RPCLOG_OK;
}

/* Matches one after the other until one stands alone. */
static rpclog_status
find_alone(struct rpclog_finder *finder, const struct entry *entry,
	   rpclog_slice subject, size_t *from, size_t *to)
{
	for (;;) {
		rpclog_status status = regex_find(finder->run, entry->plain,
						  subject, from, to);

		if (status != RPCLOG_OK || stands_alone(subject, *from, *to))
			return status;
		if (entry->framed)
			return regex_find(finder->run, entry->framed, subject,
					  from, to);
		if (*from == subject.len)
			return RPCLOG_NO_MATCH;
		++*from;
	}
}

/* A match that is the whole subject. */
static rpclog_status
find_line(struct rpclog_finder *finder, const struct entry *entry,
	  rpclog_slice subject, size_t *from, size_t *to)
{
	bool literal = (finder->pattern->flags & PATTERN_LITERAL) != 0;

	if (*from > 0 || (literal && entry->len != subject.len))
		return RPCLOG_NO_MATCH;

	rpclog_status status =
		regex_find(finder->run, entry->plain, subject, from, to);

	if (status != RPCLOG_OK || (*from == 0 && *to == subject.len))
		return status;
	if (!entry->framed)
		return RPCLOG_NO_MATCH;
	*from = 0;
	return regex_find(finder->run, entry->framed, subject, from, to);
}

static rpclog_status
find_entry(struct rpclog_finder *finder, const struct entry *entry,
	   rpclog_slice subject, size_t *from, size_t *to)
{
	uint32_t flags = finder->pattern->flags;

	if (flags & PATTERN_LINE)
		return find_line(finder, entry, subject, from, to);
	if (flags & PATTERN_WORD)
		return find_alone(finder, entry, subject, from, to);
	return regex_find(finder->run, entry->plain, subject, from, to);
}

/* Of several patterns the match that begins first, of these the longest. */
static rpclog_status
find_entries(struct rpclog_finder *finder, rpclog_slice subject, size_t *from,
	     size_t *to)
{
	const struct rpclog_pattern *pattern = finder->pattern;
	rpclog_status answer = RPCLOG_NO_MATCH;
	size_t best_from = 0, best_to = 0;

	for (size_t i = 0; i < pattern->count; i++) {
		size_t f = *from, t = f;
		rpclog_status status = find_entry(finder, &pattern->entries[i],
						  subject, &f, &t);

		if (status < 0 && answer != RPCLOG_OK)
			answer = status;
		if (status != RPCLOG_OK)
			continue;
		if (answer != RPCLOG_OK || f < best_from ||
		    (f == best_from && t > best_to)) {
			best_from = f;
			best_to = t;
		}
		answer = RPCLOG_OK;
	}
	if (answer == RPCLOG_OK) {
		*from = best_from;
		*to = best_to;
	}
	return answer;
}

/* Where the empty literal matches. */
static bool
find_empty(uint32_t flags, rpclog_slice subject, size_t *from)
{
	size_t i = *from;

	if (flags & PATTERN_LINE)
		return subject.len == 0;
	if (flags & PATTERN_WORD) {
		while (i <= subject.len && !stands_alone(subject, i, i))
			i++;
	}
	*from = i;
	return i <= subject.len;
}

static rpclog_status
find_words(struct rpclog_finder *finder, rpclog_slice subject, size_t *from,
	   size_t *to)
{
	const struct rpclog_pattern *pattern = finder->pattern;
	size_t f = *from, t = f, nothing = *from;
	bool found;

	if (!pattern->words) {
		found = false;
	} else if (pattern->flags & PATTERN_LINE) {
		found = f == 0 && words_has(pattern->words, subject);
		t = subject.len;
	} else {
		found = words_find(pattern->words, subject,
				   (pattern->flags & PATTERN_WORD) != 0, &f,
				   &t);
	}
	if (pattern->has_empty &&
	    find_empty(pattern->flags, subject, &nothing) &&
	    (!found || nothing < f)) {
		f = t = nothing;
		found = true;
	}
	if (!found)
		return RPCLOG_NO_MATCH;
	*from = f;
	*to = t;
	return RPCLOG_OK;
}

rpclog_status
finder_find(rpclog_finder *finder, rpclog_slice subject, size_t *from,
	    size_t *to)
{
	const struct rpclog_pattern *pattern = finder->pattern;
	size_t f = *from, t = f;
	rpclog_status status;

	if (pattern->words || pattern->has_empty)
		status = find_words(finder, subject, &f, &t);
	else if (pattern->count == 1)
		status = find_entry(finder, pattern->entries, subject, &f, &t);
	else
		status = find_entries(finder, subject, &f, &t);
	if (status == RPCLOG_OK) {
		*from = f;
		*to = t;
	}
	return status;
}

void
finder_free(rpclog_finder *finder)
{
	if (!finder)
		return;

	struct alloc a = finder->alloc;

	regex_run_free(finder->run);
	alloc_free(&a, finder);
}
