/* SPDX-License-Identifier: MIT */
/*
 * A report as a message:
 *
 *	multipart/alternative
 *		text/plain
 *		multipart/related
 *			text/html
 *			image/png
 *
 * The same report gives the same bytes but for its Date, which is when the
 * report was made: Message-ID and Content-ID are made from what is said.
 */

#include <stdio.h>
#include <string.h>

#include "diagnose.h"
#include "digest.h"
#include "html.h"
#include "mail.h"
#include "mime.h"
#include "text.h"

/* Digest in hexadecimal. */
#define DIGEST_TEXT (2 * DIGEST_LEN + 1)

/* The parts of a message. */
struct parts {
	struct out subject, text, html;
	struct mail_chart chart;
	bool has_chart;
	char digest[DIGEST_TEXT]; /* of all of them */
};

/* Lines between parts. */
enum boundary { OUTER, INNER };

static rpclog_slice
slice(const struct out *out)
{
	return (rpclog_slice){ out->data, out->len };
}

/* A subject is for a list; the longest of names has no place there. */
#define SUBJECT_MOST 160

/* As far as it fits; control bytes are \xNN already. */
static void
put_subject(struct out *out, rpclog_slice text)
{
	while (text.len) {
		uint32_t code;
		size_t len;

		text_next(text, &len, &code);
		if (out->len + 4 * len > SUBJECT_MOST) {
			out_str(out, "...");
			return;
		}
		for (size_t i = 0; i < len; i++) {
			if (html_acts_on_others(code))
				out_format(
					out, "\\x%02X",
					(unsigned)(unsigned char)text.ptr[i]);
			else
				out_char(out, text.ptr[i]);
		}
		text.ptr += len;
		text.len -= len;
	}
}

static void
make_subject(struct out *out, const struct report *report)
{
	struct out marked, plain;

	out_memory(&marked);
	out_memory(&plain);
	out_str(&marked, "rpclog: ");
	story_subject(report, &marked);
	diagnose_plain(slice(&marked), &plain);
	put_subject(out, slice(&plain));
	out_free(&plain);
	out_free(&marked);
}

static void
make_digest(struct parts *parts)
{
	uint8_t result[DIGEST_LEN];
	rpclog_digest digest;

	rpclog_digest_init(&digest, 0);
	rpclog_digest_add(&digest, slice(&parts->subject));
	rpclog_digest_add(&digest, slice(&parts->text));
	rpclog_digest_add(&digest, slice(&parts->html));
	rpclog_digest_get(&digest, result);
	for (size_t i = 0; i < DIGEST_LEN; i++)
		snprintf(parts->digest + 2 * i, 3, "%02x", (unsigned)result[i]);
}

/* Names of any length may stand in a finding. */
#define TEXT_MOST 64000

/* Whole lines, and where the rest is; a report is seldom so long. */
static void
cut_text(struct out *text, const struct report *report)
{
	if (text->len <= TEXT_MOST)
		return;
	text->len = TEXT_MOST;
	while (text->len > 0 && text->data[text->len - 1] != '\n')
		text->len--;
	out_format(text,
		   "\nThere is more than a mail should hold. All of it: "
		   "%s\n",
		   report->commands[COMMAND_PAGE]);
}

static void
parts_make(struct parts *parts, const struct report *report)
{
	out_memory(&parts->subject);
	out_memory(&parts->text);
	out_memory(&parts->html);
	make_subject(&parts->subject, report);
	page_text(report, true, &parts->text);
	cut_text(&parts->text, report);
	mail_chart_new(&parts->chart, report);
	parts->has_chart =
		mail_page(report, &parts->chart, story_tell, &parts->html);
	make_digest(parts);
}

static void
parts_free(struct parts *parts)
{
	mail_chart_free(&parts->chart);
	out_free(&parts->html);
	out_free(&parts->text);
	out_free(&parts->subject);
}

/* ---- Headers ------------------------------------------------------------- */

/* In the sender's domain, as far as there is one. */
static void
put_id(const struct mime *mime, const struct parts *parts, const char *from)
{
	rpclog_slice domain = { "rpclog.invalid", strlen("rpclog.invalid") };
	struct out value;

	if (from)
		domain = mime_address_domain(from);
	out_memory(&value);
	out_format(&value, "<rpclog.%s@", parts->digest);
	out_bytes(&value, domain.ptr, domain.len);
	out_str(&value, ">");
	out_char(&value, '\0');
	mime_header(mime, "Message-ID", value.data);
	out_free(&value);
}

static void
put_headers(const struct mime *mime, const struct mail_options *mail,
	    const struct parts *parts, int64_t made_us)
{
	if (mail->from)
		mime_addresses(mime, "From", &mail->from, 1);
	if (mail->to_count)
		mime_addresses(mime, "To", mail->to, mail->to_count);
	mime_unstructured(mime, "Subject", slice(&parts->subject));
	mime_date(mime, made_us);
	put_id(mime, parts, mail->from);
	mime_header(mime, "MIME-Version", "1.0");
	/* Let no answering machine answer a machine. */
	mime_header(mime, "Auto-Submitted", "auto-generated");
	mime_header(mime, "X-Auto-Response-Suppress", "All");
}

/* ---- Parts --------------------------------------------------------------- */

/*
 * No part can hold it: "=_" is in no quoted-printable, "_" in no base64.  The
 * empty line in front is no part of what is above it.
 */
static void
put_boundary(const struct mime *mime, const struct parts *parts,
	     enum boundary boundary, bool last)
{
	mime_line_end(mime);
	out_format(mime->out, "--=_%d_%s%s", boundary, parts->digest,
		   last ? "--" : "");
	mime_line_end(mime);
}

static void
put_multipart(const struct mime *mime, const struct parts *parts,
	      enum boundary boundary, const char *type)
{
	char value[128];

	snprintf(value, sizeof(value), "%s;\nboundary=\"=_%d_%s\"", type,
		 boundary, parts->digest);
	mime_header(mime, "Content-Type", value);
}

/* As quoted-printable, which can be read as it is, or shorter as base64. */
static void
put_body(const struct mime *mime, rpclog_slice body)
{
	struct out out;
	const struct mime aside = { .out = &out, .crlf = mime->crlf };
	bool readable;

	out_memory(&out);
	mime_quoted_printable(&aside, body);
	readable = out.len / 4 <= body.len / 3;
	mime_header(mime, "Content-Transfer-Encoding",
		    readable ? "quoted-printable" : "base64");
	mime_line_end(mime);
	if (readable)
		out_bytes(mime->out, out.data, out.len);
	else
		mime_base64(mime, body);
	out_free(&out);
}

static void
put_text(const struct mime *mime, const struct parts *parts)
{
	mime_header(mime, "Content-Type", "text/plain; charset=utf-8");
	put_body(mime, slice(&parts->text));
}

static void
put_html(const struct mime *mime, const struct parts *parts)
{
	mime_header(mime, "Content-Type", "text/html; charset=utf-8");
	put_body(mime, slice(&parts->html));
}

static void
put_picture(const struct mime *mime, const struct mail_chart *chart)
{
	char id[sizeof(chart->id) + 2];

	snprintf(id, sizeof(id), "<%s>", chart->id);
	mime_header(mime, "Content-Type", "image/png; name=\"hours.png\"");
	mime_header(mime, "Content-Transfer-Encoding", "base64");
	mime_header(mime, "Content-ID", id);
	mime_header(mime, "Content-Disposition",
		    "inline; filename=\"hours.png\"");
	mime_line_end(mime);
	mime_base64(mime, slice(&chart->png));
}

static void
put_related(const struct mime *mime, const struct parts *parts)
{
	put_multipart(mime, parts, INNER,
		      "multipart/related; type=\"text/html\"");
	put_boundary(mime, parts, INNER, false);
	put_html(mime, parts);
	put_boundary(mime, parts, INNER, false);
	put_picture(mime, &parts->chart);
	put_boundary(mime, parts, INNER, true);
}

void
report_mail(const struct report *report, const struct mail_options *mail,
	    struct out *out)
{
	const struct mime mime = { .out = out, .crlf = mail->crlf };
	struct parts parts;

	parts_make(&parts, report);
	put_headers(&mime, mail, &parts, report->made_us);
	put_multipart(&mime, &parts, OUTER, "multipart/alternative");
	put_boundary(&mime, &parts, OUTER, false);
	put_text(&mime, &parts);
	put_boundary(&mime, &parts, OUTER, false);
	if (parts.has_chart)
		put_related(&mime, &parts);
	else
		put_html(&mime, &parts);
	put_boundary(&mime, &parts, OUTER, true);
	parts_free(&parts);
}
