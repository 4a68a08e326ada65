#include "page.h"
void
page_html(const struct report *r, struct out *o)
{
	(void)r;
	(void)o;
}
void
report_mail(const struct report *r, const struct mail_options *m, struct out *o)
{
	(void)r;
	(void)o;
	(void)m;
}
