#include "page.h"
void
report_mail(const struct report *r, const struct mail_options *m, struct out *o)
{
	(void)r;
	(void)o;
	(void)m;
}
