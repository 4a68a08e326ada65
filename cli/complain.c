/* SPDX-License-Identifier: MIT */
/* Messages on stderr: one line, safe for terminals, one thread at a time. */

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"

static pthread_mutex_t saying = PTHREAD_MUTEX_INITIALIZER;

static void
say(const char *format, va_list ap)
{
	struct out *err;
	char *text = NULL;

	if (vasprintf(&text, format, ap) < 0)
		return;
	pthread_mutex_lock(&saying);
	err = out_stderr();
	out_str(err, "rpclog: ");
	out_safe(err, (rpclog_slice){ text, strlen(text) });
	out_char(err, '\n');
	out_flush(err);
	pthread_mutex_unlock(&saying);
	free(text);
}

void
complain(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	say(format, ap);
	va_end(ap);
}

int
usage_error(const struct options *options, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	say(format, ap);
	va_end(ap);
	(void)options;
	return EXIT_TROUBLE;
}
