/* SPDX-License-Identifier: MIT */
/*
 * measure [-n TIMES] FILE COMMAND..: runs it, appends to FILE one line: wall
 * and processor seconds a run, peak of resident memory in KiB.  Being small,
 * it adds nothing to the peak of what it starts, as a shell or Python would.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* Answers the wait status of the child, its use of the machine in usage. */
static int
run(char **command, struct rusage *usage)
{
	const pid_t child = fork();
	int status = -1;

	if (child == 0) {
		execvp(command[0], command);
		perror(command[0]);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, usage) < 0) {
		perror("measure");
		exit(2);
	}
	return status;
}

int
main(int argc, char **argv)
{
	const int option = argc > 2 && strcmp(argv[1], "-n") == 0 ? 2 : 0;
	const int times = option ? atoi(argv[2]) : 1;
	struct rusage usage = { 0 };
	double wall, processor = 0;
	long peak = 0;
	int status = 0;
	FILE *file;

	if (argc < 3 + option || times < 1) {
		fprintf(stderr, "usage: measure [-n TIMES] FILE COMMAND..\n");
		return 2;
	}
	wall = now();
	for (int i = 0; i < times; i++) {
		status = run(argv + 2 + option, &usage);
		processor += seconds(usage.ru_utime) + seconds(usage.ru_stime);
		if (usage.ru_maxrss > peak)
			peak = usage.ru_maxrss;
	}
	wall = now() - wall;
	file = fopen(argv[1 + option], "a");
	if (!file) {
		perror(argv[1 + option]);
		return 2;
	}
	fprintf(file, "%.6f\t%.6f\t%ld\n", wall / times, processor / times,
		peak);
	fclose(file);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
