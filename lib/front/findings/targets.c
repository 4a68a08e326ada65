/* SPDX-License-Identifier: MIT */
/*
 * Looking at one machine after the other.  A look goes through whole tables,
 * and anybody can make up names of targets: so there is a limit.  And what
 * people call the protocols.
 */

#include "machine.h"

#define MOST 50

/* Those with most requests, the first of them first. */
static size_t
find_busiest(const struct findings *f, const struct set *names,
	     uint32_t best[MOST])
{
	size_t count = 0;

	for (uint32_t name = 0; name < f->in->name_count; name++) {
		size_t at = count;

		if (!set_has(names, name))
			continue;
		while (at > 0 &&
		       names->count[name] > names->count[best[at - 1]]) {
			if (at < MOST)
				best[at] = best[at - 1];
			at--;
		}
		if (at < MOST)
			best[at] = name;
		count += count < MOST;
	}
	return count;
}

void
each_busiest(struct findings *f, const struct set *names, look_fn *look,
	     const void *ctx)
{
	uint32_t best[MOST];
	size_t count = find_busiest(f, names, best);
	size_t drafts = f->draft_count;

	for (size_t i = 0; i < count && !f->broken; i++)
		look(f, best[i], ctx);
	if (names->size > count && f->draft_count > drafts)
		say(f, &f->drafts[f->draft_count - 1], LINE_WHY,
		    "%u more servers that fail like this one, with fewer "
		    "requests each, are left out here.",
		    (uint64_t)(names->size - count));
}

const char *
protocol_words(const struct findings *f, uint32_t protocol, const char *other)
{
	static const struct {
		const char *protocol, *words;
	} known[] = {
		{ "RpcHttp", "Outlook Anywhere" },
		{ "Mapi", "MAPI over HTTP" },
		{ "Ews", "Exchange Web Services" },
		{ "Autodiscover", "Autodiscover" },
		{ "Oab", "offline address book" },
		{ "Owa", "Outlook on the web" },
		{ "Ecp", "Exchange admin center" },
		{ "Eas", "ActiveSync" },
		{ "PowerShell", "PowerShell" },
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		if (slice_eq(name_at(f, protocol),
			     slice_str(known[i].protocol)))
			return known[i].words;
	}
	return other;
}
