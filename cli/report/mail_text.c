/* SPDX-License-Identifier: MIT */
/* Text for the HTML of a mail: cut where it is long. */

#include <string.h>

#include "diagnose.h"
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

/* One character; answers how many letters it takes to show it. */
static size_t
put_character(struct out *out, rpclog_slice c)
{
	const size_t before = out->len;

	html_log(out, c);
	/* "\\xE2\\x80\\xAE", but "&amp;" is one. */
	return out->data[before] == '\\' ? out->len - before : 1;
}

/*
 * With places in it where it may be broken: a word that is wider than a
 * telephone makes all of the mail as wide.  'out' is out_memory()'s.
 */
static void
put_broken(struct out *out, rpclog_slice text)
{
	size_t at = 0, letters = 0;

	while (at < text.len) {
		const char *c = text.ptr + at;
		uint32_t code;
		size_t len;

		text_next((rpclog_slice){ c, text.len - at }, &len, &code);
		letters += put_character(out, (rpclog_slice){ c, len });
		at += len;
		if (*c == ' ')
			letters = 0;
		if ((letters >= UNBROKEN || strchr("_.\\@/:-", *c)) &&
		    at < text.len) {
			out_str(out, "<wbr>");
			letters = 0;
		}
	}
}

static void
put_cut(struct out *out, rpclog_slice text, size_t most, bool is_log)
{
	const rpclog_slice begin = { text.ptr, fitting(text, most) };

	if (is_log)
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
		put_cut(out, name, MAIL_NAME_MOST, true);
	else
		out_str(out, "(none)");
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
		put_cut(out, run, left, is_log);
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

/* Who copies it must get nothing else, either. */
static void
put_plain(struct out *out, rpclog_slice command)
{
	struct out plain;

	out_memory(&plain);
	diagnose_plain(command, &plain);
	html_log(out, (rpclog_slice){ plain.data, plain.len });
	out_free(&plain);
}

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
		put_plain(out, command);
	out_str(out, "</td></tr></table>");
}
