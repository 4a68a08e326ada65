/* SPDX-License-Identifier: MIT */
/* Is a row's target an Exchange 2010 or 2007 server? */

#include "row.h"

struct legacy_hosts {
	char *text;
	size_t count;
	rpclog_slice names[];
};

static size_t
next_name(rpclog_slice list, size_t from, rpclog_slice *name)
{
	size_t to = from;

	while (to < list.len && list.ptr[to] != ',')
		to++;
	*name = slice_trim(slice_cut(list, from, to));
	return to + 1;
}

rpclog_status
legacy_hosts_new(struct legacy_hosts **out, const struct alloc *a,
		 const char *list)
{
	*out = NULL;
	if (!list || !*list)
		return RPCLOG_OK;

	rpclog_slice text = slice_str(list);
	rpclog_slice name;
	size_t most = 1;

	for (size_t i = 0; i < text.len; i++)
		most += text.ptr[i] == ',';

	size_t size = sizeof(struct legacy_hosts) + most * sizeof(name);
	struct legacy_hosts *hosts = alloc_zero(a, size, 1);

	if (!hosts)
		return RPCLOG_ERR_NOMEM;
	hosts->text = alloc_copy(a, text);
	if (!hosts->text) {
		alloc_free(a, hosts);
		return RPCLOG_ERR_NOMEM;
	}
	text.ptr = hosts->text;
	for (size_t at = 0; at <= text.len;) {
		at = next_name(text, at, &name);
		if (name.len > 0)
			hosts->names[hosts->count++] = name;
	}
	*out = hosts;
	return RPCLOG_OK;
}

void
legacy_hosts_free(struct legacy_hosts *hosts, const struct alloc *a)
{
	if (!hosts)
		return;
	alloc_free(a, hosts->text);
	alloc_free(a, hosts);
}

bool
legacy_hosts_has(const struct legacy_hosts *hosts, rpclog_slice target)
{
	for (size_t i = 0; hosts && i < hosts->count; i++) {
		rpclog_slice name = hosts->names[i];

		if (!slice_starts_nocase(target, name))
			continue;
		if (target.len == name.len)
			return true;
		/* A name without a dot stands for any domain. */
		if (target.ptr[name.len] == '.' &&
		    !memchr(name.ptr, '.', name.len))
			return true;
	}
	return false;
}

bool
row_is_legacy(const struct rpclog_row *row, const struct legacy_hosts *extra)
{
	rpclog_slice version = row_known(row, RPCLOG_TARGET_SERVER_VERSION);
	rpclog_slice target = row_known(row, RPCLOG_TARGET_SERVER);

	return slice_starts(row_known(row, RPCLOG_ROUTING_HINT),
			    SLICE("RpcHttpProxyRules")) ||
	       slice_starts(row_known(row, RPCLOG_ANCHOR_MAILBOX),
			    SLICE("Url~")) ||
	       slice_starts(version, SLICE("14.")) ||
	       slice_starts(version, SLICE("08.")) ||
	       slice_starts(version, SLICE("8.")) ||
	       legacy_hosts_has(row->legacy_hosts, target) ||
	       legacy_hosts_has(extra, target) ||
	       slice_find(row_known(row, RPCLOG_GENERIC_INFO),
			  SLICE("ProxyToDownLevel=True")) != SIZE_MAX;
}
