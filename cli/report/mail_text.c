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

/* A run of letters that a telephone has room for. */
#define UNBROKEN 12

/* With places in it where it may be broken. */
static void
put_broken(struct out *out, rpclog_slice text)
{
	size_t from = 0, at = 0, letters = 0;

	while (at < text.len) {
		uint32_t code;
		size_t len;

		text_next((rpclog_slice){ text.ptr + at, text.len - at }, &len,
			  &code);
		at += len;
		if (++letters < UNBROKEN &&
		    (code >= 0x80 || !strchr("_.\\@/:-", (int)code)))
			continue;
		html_log(out, (rpclog_slice){ text.ptr + from, at - from });
		if (at < text.len)
			out_str(out, "<wbr>");
		from = at;
		letters = 0;
	}
	html_log(out, (rpclog_slice){ text.ptr + from, at - from });
}

static void
put_cut(struct out *out, rpclog_slice text, size_t most, bool broken)
{
	const rpclog_slice begin = { text.ptr, fitting(text, most) };

	if (broken)
		put_broken(out, begin);
	else
		html_log(out, begin);
	if (begin.len < text.len)
		out_str(out, CUT);
}

void
mail_name(struct out *out, rpclog_slice name)
{
	if (name.len)
		put_cut(out, name, MAIL_NAME_MOST, false);
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

static void
put_marked(struct out *out, rpclog_slice text, const char *tag, size_t most,
	   bool broken)
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
		put_cut(out, run, left, broken && is_log);
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

void
mail_marked(struct out *out, rpclog_slice text, const char *tag, size_t most)
{
	put_marked(out, text, tag, most, false);
}

void
mail_broken(struct out *out, rpclog_slice text)
{
	put_marked(out, text, NULL, MAIL_NAME_MOST, true);
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
