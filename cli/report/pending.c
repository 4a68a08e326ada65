#include "page.h"
void
report_json(const struct report *r, struct out *o)
{
	(void)r;
	(void)o;
}
void
report_prom(const struct report *r, struct out *o)
{
	(void)r;
	(void)o;
}
