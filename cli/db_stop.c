/* SPDX-License-Identifier: MIT */
/* SIGINT while a database is asked. */

#include <signal.h>
#include <string.h>

#include "db.h"
#include "inputs.h"

static struct db *asked;

static void
on_interrupt(int number)
{
	(void)number;
	interrupted = 1;
	db_interrupt(asked);
}

void
db_catch_interrupt(struct db *db)
{
	struct sigaction action;

	asked = db;
	memset(&action, 0, sizeof(action));
	action.sa_handler = db ? on_interrupt : SIG_DFL;
	/* The second one ends the program the hard way. */
	action.sa_flags = (int)SA_RESETHAND;
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
}
