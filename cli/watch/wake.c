/* SPDX-License-Identifier: MIT */
/* What wakes a watch: changes in folders, time, a signal. */

#include "wake.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "notify.h"

/* Between looks where nobody tells of changes. */
#define POLL_MS 2000
/* Where somebody does: a link may lead to what is not watched. */
#define LOOK_MS 60000
/* So long must it be quiet, but it does not wait longer than that. */
#define QUIET_MS 200
#define LONG_MS	 1000
/* More than that are looked for. */
#define PATHS_MOST 1000

struct wake {
	const struct options *options;
	int64_t poll_ms;
	struct notify *notify; /* NULL: it looks every poll_ms */
	int all;
	char **paths;
	size_t count, room;
	int sorted;
};

int64_t
wake_clock_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void
clear(struct wake *wake)
{
	for (size_t i = 0; i < wake->count; i++)
		free(wake->paths[i]);
	wake->count = 0;
	wake->all = 0;
}

/* ---- folders ----------------------------------------------------------------
 */

/* Limits of inotify go by names of other things. */
static const char *
why(int error)
{
	switch (error) {
	case ENOSPC: return "fs.inotify.max_user_watches is too small";
	case EMFILE: return "fs.inotify.max_user_instances is too small";
	default: return strerror(error);
	}
}

static void
give_up(struct wake *wake, const char *folder)
{
	const struct options *options = wake->options;

	if (errno == ENOTSUP && options->verbose)
		complain("%s: lies on a network: looking every %lld s", folder,
			 (long long)wake->poll_ms / 1000);
	else if (errno != ENOTSUP && !options->quiet)
		complain("%s: can't be watched (%s): looking every %lld s",
			 folder, why(errno), (long long)wake->poll_ms / 1000);
	notify_free(wake->notify);
	wake->notify = NULL;
}

static int
add_folder(struct wake *wake, const char *folder)
{
	const int added = wake->notify ? notify_add(wake->notify, folder) : 0;

	if (added < 0)
		give_up(wake, folder);
	return added > 0;
}

/* Folders of files that were named: there they may be renamed and come anew. */
static int
add_parents(struct wake *wake)
{
	const struct options *options = wake->options;
	int added = 0;

	for (size_t i = 0; i < options->operand_count; i++) {
		const char *path = options->operands[i];
		const char *slash = strrchr(path, '/');
		struct stat info;
		char *folder;

		if (stat(path, &info) == 0 && S_ISDIR(info.st_mode))
			continue;
		folder = xstrndup(path, slash ? (size_t)(slash - path) + 1 : 0);
		added |= add_folder(wake, folder);
		free(folder);
	}
	return added;
}

int
wake_folders(struct wake *wake, char *const *folders, size_t count)
{
	int added = add_parents(wake);

	for (size_t i = 0; i < count; i++)
		added |= add_folder(wake, folders[i]);
	return added;
}

struct wake *
wake_new(const struct options *options, uint64_t seconds)
{
	struct wake *wake = xcalloc(1, sizeof(*wake));

	wake->options = options;
	wake->poll_ms = seconds ? (int64_t)seconds * 1000 : POLL_MS;
	if (seconds)
		return wake;
	wake->notify = notify_new();
	/* Where there is none it is no fault. */
	if (!wake->notify && errno != ENOTSUP && !options->quiet)
		complain("no inotify (%s): looking every %d s", why(errno),
			 POLL_MS / 1000);
	return wake;
}

int64_t
wake_look_ms(const struct wake *wake)
{
	return wake->notify ? LOOK_MS : wake->poll_ms;
}

/* ---- what changed -----------------------------------------------------------
 */

/* Does a PATH lead there?  In the folder of a named file there are others. */
static int
is_meant(const struct options *options, const char *path)
{
	for (size_t i = 0; i < options->operand_count; i++) {
		const char *operand = options->operands[i];
		size_t len = strlen(operand);

		if (strcmp(operand, path) == 0)
			return 1;
		while (len > 1 && operand[len - 1] == '/')
			len--;
		if (strncmp(operand, path, len) == 0 &&
		    (path[len] == '/' || operand[len - 1] == '/'))
			return 1;
	}
	return 0;
}

static void
changed(void *ctx, const char *path)
{
	struct wake *wake = ctx;

	if (wake->all || !is_meant(wake->options, path) ||
	    (wake->count && strcmp(wake->paths[wake->count - 1], path) == 0))
		return;
	if (wake->count == PATHS_MOST) {
		wake->all = 1;
		return;
	}
	wake->paths = xgrow(wake->paths, wake->count, &wake->room,
			    sizeof(*wake->paths));
	wake->paths[wake->count++] = xstrdup(path);
}

static void
all_changed(void *ctx)
{
	((struct wake *)ctx)->all = 1;
}

static int
by_path(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char *const *
wake_paths(struct wake *wake, size_t *count)
{
	size_t kept = 0;

	if (wake->count)
		qsort(wake->paths, wake->count, sizeof(*wake->paths), by_path);
	for (size_t i = 0; i < wake->count; i++) {
		if (kept && strcmp(wake->paths[kept - 1], wake->paths[i]) == 0)
			free(wake->paths[i]);
		else
			wake->paths[kept++] = wake->paths[i];
	}
	wake->count = kept;
	*count = kept;
	return wake->paths;
}

/* ---- waiting ----------------------------------------------------------------
 */

/*
 * Until there is something to read, or so long.  A signal that comes before
 * the wait must end it, so it is let in no sooner.
 */
static void
sleep_for(struct wake *wake, int64_t ms)
{
	struct pollfd fds[2] = {
		{ STDOUT_FILENO, 0, 0 },
		{ wake->notify ? notify_fd(wake->notify) : -1, POLLIN, 0 },
	};
	const struct timespec ts = { (time_t)(ms / 1000),
				     (long)(ms % 1000) * 1000000 };
	sigset_t signals, before;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &signals, &before);
	if (!interrupted && ppoll(fds, 2, &ts, &before) > 0 &&
	    (fds[0].revents & POLLERR)) {
		/* Nobody reads any more. */
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static int
has_changed(struct wake *wake)
{
	const struct notify_sink sink = { wake, changed, all_changed };

	if (wake->notify)
		notify_read(wake->notify, &sink);
	return wake->all || wake->count;
}

/* Until nothing more has come for a while. */
static void
gather(struct wake *wake)
{
	const int64_t end = wake_clock_ms() + LONG_MS;
	int64_t now = wake_clock_ms();

	while (!interrupted && now < end) {
		const int64_t before = now;

		sleep_for(wake, QUIET_MS);
		has_changed(wake);
		now = wake_clock_ms();
		if (now - before >= QUIET_MS)
			break;
	}
}

enum wake_up
wake_wait(struct wake *wake, int64_t due_ms)
{
	int64_t left;

	clear(wake);
	while (!has_changed(wake) && !interrupted) {
		left = due_ms - wake_clock_ms();
		if (left <= 0)
			return WAKE_TIME;
		sleep_for(wake, left);
	}
	if (!interrupted)
		gather(wake);
	if (interrupted)
		return WAKE_STOP;
	return wake->all ? WAKE_ALL : WAKE_CHANGED;
}

void
wake_free(struct wake *wake)
{
	if (!wake)
		return;
	notify_free(wake->notify);
	clear(wake);
	free(wake->paths);
	free(wake);
}
