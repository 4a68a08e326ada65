/* SPDX-License-Identifier: MIT */
/* Lines of a watch: text for people, or JSON. */

#ifndef RPCLOG_CLI_WATCH_TELL_H
#define RPCLOG_CLI_WATCH_TELL_H

#include "out.h"
#include "said.h"

/* A prompt as it is printed; texts without a value are empty. */
struct told {
	enum event event;
	int64_t id;
	rpclog_slice user, client, class_name, target, server;
	int64_t first_us, last_us, requests;
};

void tell_line(const struct told *told);
/* As often as lines come; without rows it prints nothing. */
struct table *tell_begin_json(void);
void tell_json(struct table *table, const struct told *told);

#endif /* RPCLOG_CLI_WATCH_TELL_H */
