/* SPDX-License-Identifier: MIT */
/* The program: runs a command and makes sure that its output was written. */

#include <signal.h>

#include "command.h"

int
main(int argc, char **argv)
{
	int code;

	/* A parent may have set it aside; a closed pipe must end us. */
	signal(SIGPIPE, SIG_DFL);
	code = command_main(argc, argv);
	out_finish();
	return code;
}
