/* SPDX-License-Identifier: MIT */
/* Compiling any of several patterns: grep's -F, -i, -w and -x. */

#include "buf.h"
#include "diag.h"
#include "finder.h"

/* '*framed' stays NULL if the frame breaks the pattern: (?x) and a comment. */
static rpclog_status
frame(struct regex **framed, const struct rpclog_pattern *pattern,
      rpclog_slice text, uint32_t flags)
{
	bool line = (pattern->flags & PATTERN_LINE) != 0;
	rpclog_slice before =
		line ? SLICE("\\A(?:") : SLICE("(?<![A-Za-z0-9_])(?:");
	rpclog_slice after = line ? SLICE(")\\z") : SLICE(")(?![A-Za-z0-9_])");
	struct buf buf;

	buf_init(&buf, SIZE_MAX);

	rpclog_status status =
		buf_append(&buf, &pattern->alloc, before.ptr, before.len);

	if (status == RPCLOG_OK)
		status = buf_append(&buf, &pattern->alloc, text.ptr, text.len);
	if (status == RPCLOG_OK)
		status =
			buf_append(&buf, &pattern->alloc, after.ptr, after.len);
	if (status == RPCLOG_OK)
		status = regex_new(framed, &pattern->alloc, buf_slice(&buf),
				   flags, NULL);
	buf_free(&buf, &pattern->alloc);
	return status == RPCLOG_ERR_RULE ? RPCLOG_OK : status;
}

static rpclog_status
add_entry(struct rpclog_pattern *pattern, rpclog_slice text, rpclog_diag *diag)
{
	struct entry *entry = &pattern->entries[pattern->count++];
	bool literal = (pattern->flags & PATTERN_LITERAL) != 0;
	uint32_t flags = 0;
	struct regex_error error;
	char quoted[64];

	if (pattern->flags & PATTERN_NOCASE)
		flags |= REGEX_NOCASE;
	if (literal)
		flags |= REGEX_LITERAL;
	entry->len = text.len;

	rpclog_status status =
		regex_new(&entry->plain, &pattern->alloc, text, flags, &error);

	if (status == RPCLOG_ERR_RULE) {
		diag_set(diag, status, "bad pattern \"%s\": %s at byte %zu",
			 diag_quote(text, quoted, sizeof(quoted)), error.text,
			 error.offset);
		if (diag)
			diag->sys = error.code;
		return status;
	}
	if (status == RPCLOG_OK && !literal &&
	    pattern->flags & (PATTERN_WORD | PATTERN_LINE))
		status = frame(&entry->framed, pattern, text, flags);
	return status == RPCLOG_OK ? status : diag_plain(diag, status);
}

static rpclog_status
add_entries(struct rpclog_pattern *pattern, const rpclog_slice *patterns,
	    size_t count, rpclog_diag *diag)
{
	pattern->entries =
		alloc_zero(&pattern->alloc, count, sizeof(*pattern->entries));
	if (!pattern->entries)
		return diag_plain(diag, RPCLOG_ERR_NOMEM);
	for (size_t i = 0; i < count; i++) {
		rpclog_status status = add_entry(pattern, patterns[i], diag);

		if (status != RPCLOG_OK) {
			if (diag)
				diag->line = i + 1;
			return status;
		}
	}
	return RPCLOG_OK;
}

static rpclog_status
add_words(struct rpclog_pattern *pattern, const rpclog_slice *patterns,
	  size_t count, rpclog_diag *diag)
{
	const struct alloc *a = &pattern->alloc;
	rpclog_slice *full = alloc_get(a, count, sizeof(*full));
	rpclog_status status = RPCLOG_ERR_NOMEM;
	size_t kept = 0;

	for (size_t i = 0; full && i < count; i++) {
		if (patterns[i].len > 0)
			full[kept++] = patterns[i];
		else
			pattern->has_empty = true;
	}
	if (full)
		status = kept == 0 ? RPCLOG_OK
				   : words_new(&pattern->words, a, full, kept,
					       (pattern->flags &
						PATTERN_NOCASE) != 0);
	alloc_free(a, full);
	return status == RPCLOG_OK ? status : diag_plain(diag, status);
}

rpclog_status
pattern_compile(rpclog_pattern **out, const rpclog_slice *patterns,
		size_t count, uint32_t flags, const rpclog_options *options,
		rpclog_diag *diag)
{
	struct alloc a = alloc_from(options);
	struct rpclog_pattern *pattern = alloc_zero(&a, 1, sizeof(*pattern));
	rpclog_status status;

	*out = NULL;
	if (!pattern)
		return diag_plain(diag, RPCLOG_ERR_NOMEM);
	pattern->alloc = a;
	pattern->flags = flags;
	if (flags & PATTERN_LITERAL && count > 1)
		status = add_words(pattern, patterns, count, diag);
	else
		status = add_entries(pattern, patterns, count, diag);
	if (status != RPCLOG_OK) {
		pattern_free(pattern);
		return status;
	}
	*out = pattern;
	return RPCLOG_OK;
}

rpclog_slice
pattern_literal(const rpclog_pattern *pattern)
{
	if (pattern->words || pattern->has_empty || pattern->count != 1)
		return slice_of(NULL, 0);
	return regex_literal(pattern->entries[0].plain, NULL);
}

void
pattern_free(rpclog_pattern *pattern)
{
	if (!pattern)
		return;

	struct alloc a = pattern->alloc;

	for (size_t i = 0; i < pattern->count; i++) {
		regex_free(pattern->entries[i].plain);
		regex_free(pattern->entries[i].framed);
	}
	words_free(pattern->words);
	alloc_free(&a, pattern->entries);
	alloc_free(&a, pattern);
}
