#include "page.h"
void
page_text(const struct report *r, struct out *o)
{
	for (int i = 0; i < SPANS; i++)
		out_format(o,
			   "%s known=%d users=%llu hours=%llu prompts=%llu "
			   "failures=%llu requests=%llu\n",
			   r->sums[i].label, r->sums[i].known,
			   (unsigned long long)r->sums[i].users,
			   (unsigned long long)r->sums[i].user_hours,
			   (unsigned long long)r->sums[i].prompts,
			   (unsigned long long)r->sums[i].failures,
			   (unsigned long long)r->sums[i].requests);
	for (size_t i = 0; i < COMMANDS; i++)
		out_format(o, "%s\n", r->commands[i]);
}
