/* SPDX-License-Identifier: MIT */
/* Text for the HTML of a mail: cut where it is long. */

#include <string.h>

#include "mail_html.h"
#include "text.h"

#define CUT "\xe2\x80\xa6"

/* How much of 'text' is at most 'most' bytes and whole characters. */
static size_t
fitting(rpclog_slice text, size_t most)
{
	size_t at = 0;

	if (text.len <= most)
		return text.len;
	while (at < most) {
		uint32_t code;
		size_t len;

		text_next((rpclog_slice){ text.ptr + at, text.len - at }, &len,
			  &code);
		if (at + len > most)
			break;
		at += len;
	}
	return at;
}

static void
put_cut(struct out *out, rpclog_slice text, size_t most)
{
	const size_t len = fitting(text, most);

	html_log(out, (rpclog_slice){ text.ptr, len });
	if (len < text.len)
		out_str(out, CUT);
}

void
mail_name(struct out *out, rpclog_slice name)
{
	if (name.len)
		put_cut(out, name, MAIL_NAME_MOST);
	else
		out_str(out, "(no name)");
}

/* The next run of words of one kind: ours, or of a log if 'inside'. */
static rpclog_slice
take_run(rpclog_slice *text, bool *inside)
{
	const char *end = memchr(text->ptr, *inside ? FINDING_END : FINDING_LOG,
				 text->len);
	const size_t len = end ? (size_t)(end - text->ptr) : text->len;
	const rpclog_slice run = { text->ptr, len };

	text->ptr += len + (end != NULL);
	text->len -= len + (end != NULL);
	*inside = !*inside;
	return run;
}

void
mail_marked(struct out *out, rpclog_slice text, const char *tag, size_t most)
{
	bool inside = false;

	while (text.len) {
		const bool is_log = inside;
		const rpclog_slice run = take_run(&text, &inside);
		const size_t left = most < MAIL_NAME_MOST || !is_log
					    ? most
					    : MAIL_NAME_MOST;

		if (is_log && tag)
			out_format(out, "<%s>", tag);
		put_cut(out, run, left);
		if (is_log && tag)
			out_format(out, "</%s>", tag);
		if (run.len >= most) {
			if (text.len && run.len == most)
				out_str(out, CUT);
			return;
		}
		most -= run.len;
	}
}

/* Who copies it must get all of it. */
#define COMMAND_MOST 1000

void
mail_command(struct out *out, rpclog_slice command)
{
	out_str(out, MAIL_TABLE
		"<tr><td bgcolor=\"" MAIL_PALE
		"\" style=\"padding:5px 8px;font:12px/17px " MAIL_MONO
		";color:#39444f;word-break:break-word\">");
	if (command.len > COMMAND_MOST)
		out_str(out, "(a command too long for a mail)");
	else
		mail_marked(out, command, NULL, SIZE_MAX);
	out_str(out, "</td></tr></table>");
}
