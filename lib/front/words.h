/* SPDX-License-Identifier: MIT */
/* Many fixed strings at once: what grep -F -f asks for. */

#ifndef RPCLOG_FRONT_WORDS_H
#define RPCLOG_FRONT_WORDS_H

#include "alloc.h"

struct words;		/* shareable, never changes */

/* Copies 'items'; none of them is empty.  'nocase': ASCII case is no matter. */
rpclog_status words_new(struct words **out, const struct alloc *a,
			const rpclog_slice *items, size_t count, bool nocase);
/*
 * The longest word at the first place from '*from' on where any stands;
 * 'whole': only words that no letter, digit or '_' touches.
 */
bool words_find(const struct words *words, rpclog_slice subject, bool whole,
		size_t *from, size_t *to);
/* Is 'subject' one of the words? */
bool words_has(const struct words *words, rpclog_slice subject);
void words_free(struct words *words);

/* Letter, digit or underscore. */
bool is_word_byte(char c);
/* Does no such byte touch subject[from..to)? */
bool stands_alone(rpclog_slice subject, size_t from, size_t to);

#endif /* RPCLOG_FRONT_WORDS_H */
