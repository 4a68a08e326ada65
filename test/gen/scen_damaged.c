/* SPDX-License-Identifier: MIT */
/* Torn, cut, re-saved and doubled files, one kind of harm in each. */
#include "scen.h"

#include <string.h>

#include "file.h"
#include "logtext.h"
#include "tree.h"

#define ROWS 12

/* A log of its own hour, so that names never meet. */
struct harm {
	struct gen *g;
	const struct server *srv;
	int hour;
	struct buf text;
};

static int64_t
harm_ms(const struct harm *h)
{
	return h->g->start_ms + h->hour * MS_HOUR + MS_MINUTE;
}

static void
begin(struct harm *h)
{
	h->hour++;
	buf_clear(&h->text);
	log_make(h->g, h->srv, harm_ms(h), ROWS, &h->text);
}

/* The folder says what is wrong in it. */
static void
put(struct harm *h, const char *folder, const char *suffix)
{
	struct buf hour = { 0 };

	buf_hour(&hour, harm_ms(h));
	log_put(h->g, folder, tmp(h->g, "HttpProxy_%s%s", hour.data, suffix),
	    &h->text);
	buf_free(&hour);
}

static char *
row_at(struct harm *h, int n)
{
	char *p = h->text.data;

	/* Six header lines stand before row 0. */
	for (int i = 0; i < n + 6; i++)
		p = strchr(p, '\n') + 1;
	return p;
}

static void
append_rows(struct harm *h)
{
	log_rows(h->g, h->srv, harm_ms(h) + 5 * MS_MINUTE, 3, &h->text);
}

static void
torn_rows(struct harm *h)
{
	begin(h);
	h->text.len -= 400;
	put(h, "torn_last_line", "-1.LOG");
	begin(h);
	h->text.len -= 2;
	put(h, "no_last_newline", "-1.LOG");
	begin(h);
	h->text.len = (size_t)(row_at(h, 3) - h->text.data);
	buf_str(&h->text, "2026-11-16T09:00:00.000Z,short,15,1\r\n"
	    "2026-11-16T09:00:00.001Z\r\n,,,\r\n\r\n");
	append_rows(h);
	put(h, "short_rows", "-1.LOG");
	begin(h);
	buf_str(&h->text, "2026-11-16T10:00:00.000Z,\"never closed,15,1\r\n");
	append_rows(h);
	buf_str(&h->text, "2026-11-16T10:09:00.000Z,\"closed\"late,15,1\r\n"
	    "2026-11-16T10:09:00.001Z,mid\"quote,15,1,2375,7\r\n");
	append_rows(h);
	put(h, "unclosed_quotes", "-1.LOG");
	begin(h);
	memcpy(row_at(h, 2), "no-timestamp-here-at-all", 24);
	memcpy(row_at(h, 4), "2026-13-41T25:61:61.000Z", 24);
	put(h, "no_timestamp", "-1.LOG");
}

static void
nul_runs(struct harm *h)
{
	static const char nul[4096];

	begin(h);
	buf_add(&h->text, nul, sizeof nul);
	put(h, "nul_tail", "-1.LOG");
	begin(h);
	buf_add(&h->text, nul, 300);
	append_rows(h);
	put(h, "nul_middle", "-1.LOG");
	begin(h);
	memset(row_at(h, 5) + 100, 0, 64);
	put(h, "nul_in_row", "-1.LOG");
}

static void
long_row(struct harm *h)
{
	begin(h);
	h->text.len -= 2;
	buf_char(&h->text, ',');
	for (int i = 0; i < (1 << 20) + 100; i++)
		buf_char(&h->text, (char)('A' + i % 26));
	buf_str(&h->text, "\r\n");
	append_rows(h);
	put(h, "row_over_1mib", "-1.LOG");
}

static void
gzip_kinds(struct harm *h)
{
	struct buf plain = { 0 };

	begin(h);
	buf_add(&plain, h->text.data, h->text.len);
	buf_clear(&h->text);
	gzip_member(&h->text, plain.data, plain.len);
	size_t whole = h->text.len;
	h->text.len = whole / 2;
	put(h, "gz_cut", "-1.LOG.gz");
	h->text.len = whole - 3;
	put(h, "gz_cut_trailer", "-1.LOG.gz");
	h->text.len = whole;
	h->text.data[whole - 6] = (char)(h->text.data[whole - 6] ^ 0x55);
	put(h, "gz_bad_crc", "-1.LOG.gz");
	h->text.data[whole - 6] = (char)(h->text.data[whole - 6] ^ 0x55);
	buf_str(&h->text, "this is not gzip at all");
	put(h, "gz_garbage_after", "-1.LOG.gz");
	h->text.len = whole;
	buf_add(&h->text, "\0\0\0\0\0\0\0\0", 8);
	put(h, "gz_zeros_after", "-1.LOG.gz");
	buf_clear(&h->text);
	size_t half = plain.len / 2;
	gzip_member(&h->text, plain.data, half);
	gzip_member(&h->text, "", 0);
	gzip_member(&h->text, plain.data + half, plain.len - half);
	put(h, "gz_members", "-1.LOG.gz");
	buf_clear(&h->text);
	gzip_member(&h->text, "", 0);
	put(h, "gz_of_nothing", "-1.LOG.gz");
	buf_clear(&h->text);
	buf_add(&h->text, plain.data, plain.len);
	put(h, "gz_name_only", "-1.LOG.gz");
	buf_free(&plain);
}

static void
doubles(struct harm *h)
{
	struct buf gz = { 0 };

	begin(h);
	put(h, "plain_and_gz", "-1.LOG");
	gzip_member(&gz, h->text.data, h->text.len);
	size_t len = h->text.len;
	buf_clear(&h->text);
	buf_add(&h->text, gz.data, gz.len);
	put(h, "plain_and_gz", "-1.LOG.gz");
	buf_free(&gz);
	begin(h);
	put(h, "prefix_copy", "-1.LOG");
	len = (size_t)(row_at(h, 7) - h->text.data);
	h->text.len = len;
	put(h, "prefix_copy", "-1 - Copy.LOG");
	buf_clear(&h->text);
	put(h, "empty_file", "-1.LOG");
	begin(h);
	h->text.len = (size_t)(row_at(h, 0) - h->text.data);
	put(h, "header_only", "-1.LOG");
	begin(h);
	char *first = row_at(h, 0);
	memmove(h->text.data, first, h->text.len -
	    (size_t)(first - h->text.data));
	h->text.len -= (size_t)(first - h->text.data);
	put(h, "no_header", "-1.LOG");
}

/* Every CRLF becomes end. */
static void
line_ends(struct harm *h, const char *end)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < h->text.len; i++) {
		if (h->text.data[i] == '\n')
			buf_str(&b, end);
		else if (h->text.data[i] != '\r')
			buf_char(&b, h->text.data[i]);
	}
	buf_clear(&h->text);
	buf_add(&h->text, b.data, b.len);
	buf_free(&b);
}

/* The rows are ASCII here, so that each byte is one unit. */
static void
utf16(struct harm *h, bool big)
{
	struct buf b = { 0 };

	buf_add(&b, big ? "\xfe\xff" : "\xff\xfe", 2);
	for (size_t i = 0; i < h->text.len; i++) {
		char pair[2] = { h->text.data[i], 0 };
		if (big) {
			pair[1] = pair[0];
			pair[0] = 0;
		}
		buf_add(&b, pair, 2);
	}
	buf_clear(&h->text);
	buf_add(&h->text, b.data, b.len);
	buf_free(&b);
}

/* Import-Csv | Export-Csv: the # lines have become rows. */
static void
export_csv(struct harm *h, bool typed)
{
	struct buf b = { 0 };
	const char *p = h->text.data;

	if (typed)
		buf_str(&b, "#TYPE System.Management.Automation."
		    "PSCustomObject\r\n");
	for (int line = 0; *p; line++) {
		const char *end = strchr(p, '\r');
		const bool meta = *p == '#';
		int cell = 1;

		buf_char(&b, '"');
		for (; p < end; p++) {
			if (*p == ',' && cell < 74) {
				buf_str(&b, "\",\"");
				cell++;
			} else if (*p != '"' && !(*p == ',' && meta)) {
				buf_char(&b, *p);
			}
		}
		for (; meta && cell < 74; cell++)
			buf_str(&b, "\",\"");
		buf_str(&b, "\"\r\n");
		p = end + 2;
	}
	buf_clear(&h->text);
	buf_add(&h->text, b.data, b.len);
	buf_free(&b);
}

static void
resaved(struct harm *h)
{
	static const char *const ends[][2] = {
		{ "lf_only", "\n" }, { "crcrlf", "\r\r\n" },
		{ "cr_only", "\r" },
	};
	struct buf b = { 0 };

	for (int i = 0; i < 3; i++) {
		begin(h);
		line_ends(h, ends[i][1]);
		put(h, ends[i][0], "-1.LOG");
	}
	begin(h);
	utf16(h, false);
	put(h, "utf16le", "-1.LOG");
	begin(h);
	utf16(h, true);
	put(h, "utf16be", "-1.LOG");
	begin(h);
	buf_str(&b, "\xef\xbb\xbf");
	buf_add(&b, h->text.data, h->text.len);
	buf_clear(&h->text);
	buf_add(&h->text, b.data, b.len);
	buf_free(&b);
	put(h, "bom", "-1.LOG");
	begin(h);
	export_csv(h, true);
	put(h, "export_csv", "-1.csv");
	begin(h);
	export_csv(h, false);
	put(h, "export_csv_no_type", "-1.csv");
	begin(h);
	for (char *p = h->text.data; *p; p++)
		if (*p == ',')
			*p = ';';
	put(h, "excel_semicolons", "-1.csv");
}

void
scen_damaged(struct gen *g)
{
	struct harm h = { .g = g, .srv = &g->server[0] };

	torn_rows(&h);
	nul_runs(&h);
	long_row(&h);
	gzip_kinds(&h);
	doubles(&h);
	resaved(&h);
	buf_free(&h.text);
	foreign_logs(g);
}
