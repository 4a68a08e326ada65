/* SPDX-License-Identifier: MIT */
/* Header lines of a message: RFC 5322, and encoded words of RFC 2047. */

#include <stdio.h>
#include <string.h>

#include "civil.h"
#include "mime_fold.h"
#include "text.h"
#include "when.h"

/* A line with an encoded word in it is no longer, nor should any other be. */
#define HEADER_LINE 76
/* An encoded word is no longer, and so must plain words be. */
#define WORD_LEN 75

#define WORD_BEGIN "=?utf-8?q?"
#define WORD_END   "?="

bool
mime_is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z');
}

/* ---- Folding ------------------------------------------------------------- */

void
fold_begin(struct fold *fold, const struct mime *mime, const char *name)
{
	fold->mime = mime;
	out_str(mime->out, name);
	out_char(mime->out, ':');
	fold->column = strlen(name) + 1;
	fold->begun = false;
}

void
fold_put(struct fold *fold, const char *word, size_t len)
{
	if (fold->begun && fold->column + 1 + len > HEADER_LINE) {
		mime_line_end(fold->mime);
		fold->column = 0;
	}
	out_char(fold->mime->out, ' ');
	out_bytes(fold->mime->out, word, len);
	fold->column += 1 + len;
	fold->begun = true;
}

void
fold_end(struct fold *fold)
{
	mime_line_end(fold->mime);
}

/* ---- Encoded words ------------------------------------------------------- */

/* One that is being filled. */
struct word {
	char text[WORD_LEN];
	size_t len, room; /* with WORD_END */
};

/* It goes below what is on the line already if the room left is small. */
static void
word_begin(struct word *word, const struct fold *fold)
{
	word->len = strlen(WORD_BEGIN);
	memcpy(word->text, WORD_BEGIN, word->len);
	word->room = WORD_LEN;
	if (fold->column < HEADER_LINE / 2)
		word->room -= fold->column;
}

static void
word_end(struct word *word, struct fold *fold)
{
	memcpy(word->text + word->len, WORD_END, strlen(WORD_END));
	fold_put(fold, word->text, word->len + strlen(WORD_END));
}

/*
 * One character, which is never cut.  Only letters, digits and the hyphen stand
 * for themselves: this will do in a text and in front of an address.
 */
static void
word_add(struct word *word, struct fold *fold, rpclog_slice c)
{
	static const char digits[] = "0123456789ABCDEF";
	char coded[3 * 4];
	size_t len = 0;

	for (size_t i = 0; i < c.len; i++) {
		const unsigned char byte = (unsigned char)c.ptr[i];

		if (mime_is_alnum(c.ptr[i]) || byte == '-') {
			coded[len++] = c.ptr[i];
		} else if (byte == ' ') {
			coded[len++] = '_';
		} else {
			coded[len++] = '=';
			coded[len++] = digits[byte >> 4];
			coded[len++] = digits[byte & 15];
		}
	}
	if (word->len + len + strlen(WORD_END) > word->room) {
		word_end(word, fold);
		word_begin(word, fold);
	}
	memcpy(word->text + word->len, coded, len);
	word->len += len;
}

static void
put_encoded(struct fold *fold, rpclog_slice text)
{
	struct word word;

	word_begin(&word, fold);
	while (text.len) {
		uint32_t code;
		size_t len;

		text_next(text, &len, &code);
		word_add(&word, fold, (rpclog_slice){ text.ptr, len });
		text.ptr += len;
		text.len -= len;
	}
	word_end(&word, fold);
}

/* ---- Plain words --------------------------------------------------------- */

/*
 * Words that need no code, with one blank between them: nothing in them has a
 * meaning in a header, and none could be taken for an encoded word.
 */
static bool
is_plain(rpclog_slice text, const char *plain)
{
	size_t run = 0;

	for (size_t i = 0; i < text.len; i++) {
		const char c = text.ptr[i];

		if (c == ' ' && run > 0)
			run = 0;
		else if (mime_is_alnum(c) || (c && strchr(plain, c)))
			run++;
		else
			return false;
		if (run > WORD_LEN)
			return false;
	}
	return run > 0;
}

static void
put_plain(struct fold *fold, rpclog_slice text)
{
	while (text.len) {
		const char *blank = memchr(text.ptr, ' ', text.len);
		const size_t len =
			blank ? (size_t)(blank - text.ptr) : text.len;

		fold_put(fold, text.ptr, len);
		text.ptr += len + (blank != NULL);
		text.len -= len + (blank != NULL);
	}
}

void
fold_text(struct fold *fold, rpclog_slice text, const char *plain)
{
	/* An encoded word must hold something. */
	if (text.len == 0 || is_plain(text, plain))
		put_plain(fold, text);
	else
		put_encoded(fold, text);
}

/* ---- Headers ------------------------------------------------------------- */

void
mime_header(const struct mime *mime, const char *name, const char *value)
{
	out_str(mime->out, name);
	out_str(mime->out, ": ");
	for (; *value; value++) {
		if (*value == '\n') {
			mime_line_end(mime);
			out_char(mime->out, ' ');
		} else {
			out_char(mime->out,
				 *value >= ' ' && *value <= '~' ? *value : '?');
		}
	}
	mime_line_end(mime);
}

void
mime_unstructured(const struct mime *mime, const char *name, rpclog_slice text)
{
	struct fold fold;
	struct out safe;

	out_memory(&safe);
	out_safe(&safe, text);
	fold_begin(&fold, mime, name);
	fold_text(&fold, (rpclog_slice){ safe.data, safe.len }, "-_.,:;()+/%");
	fold_end(&fold);
	out_free(&safe);
}

void
mime_date(const struct mime *mime, int64_t us)
{
	static const char days[] = "ThuFriSatSunMonTueWed";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	const int64_t minutes = when_offset(us) / (60 * WHEN_SECOND);
	const int64_t local = us + minutes * 60 * WHEN_SECOND;
	const int64_t day = civil_floor(local, WHEN_DAY);
	const int64_t second = (local - day * WHEN_DAY) / WHEN_SECOND;
	const int64_t weekday = day - civil_floor(day, 7) * 7;
	const int64_t east = minutes < 0 ? -minutes : minutes;
	struct civil date;
	char text[80];

	civil_of_day(day, &date);
	snprintf(text, sizeof(text),
		 "%.3s, %02u %.3s %04d %02d:%02d:%02d %c%02d%02d",
		 days + weekday * 3, date.day, months + (date.month - 1) * 3,
		 (int)date.year, (int)(second / 3600), (int)(second / 60 % 60),
		 (int)(second % 60), minutes < 0 ? '-' : '+', (int)(east / 60),
		 (int)(east % 60));
	mime_header(mime, "Date", text);
}
