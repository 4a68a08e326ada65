/* SPDX-License-Identifier: MIT */
/* How the text of a finding is put together; for say.c alone. */

#ifndef RPCLOG_FRONT_FINDINGS_TALK_H
#define RPCLOG_FRONT_FINDINGS_TALK_H

#include "inside.h"

#include <stdarg.h>

struct talk {
	struct findings *f;
	struct draft *d;
};

void talk_put(const struct talk *t, const char *bytes, size_t len);
void talk_str(const struct talk *t, const char *text);
void talk_number(const struct talk *t, uint64_t value);
/* Text of a log, between its marks. */
void talk_log(const struct talk *t, rpclog_slice text);
/* See inside.h. */
void talk_format(const struct talk *t, const char *format, va_list *ap);

#endif /* RPCLOG_FRONT_FINDINGS_TALK_H */
