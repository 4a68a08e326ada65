/* SPDX-License-Identifier: MIT */
/* Logs that other parts of a server write beside those of HttpProxy. */
#include "otherlog.h"

#include <stdlib.h>
#include <string.h>

#include "file.h"

struct otherline {
	const struct server *srv;
	int64_t ms;
	size_t seq;
	char *text;
};

void
otherlog_free(struct otherlog *log)
{
	for (size_t i = 0; i < log->count; i++)
		free(log->line[i].text);
	free(log->line);
	*log = (struct otherlog){ 0 };
}

/* Takes the bytes of b. */
static void
add(struct otherlog *log, const struct server *s, int64_t ms, struct buf *b)
{
	if (log->count == log->cap) {
		log->cap = log->cap ? log->cap * 2 : 64;
		log->line = realloc(log->line, log->cap * sizeof *log->line);
		if (!log->line)
			die("out of memory");
	}
	log->line[log->count] = (struct otherline){
		.srv = s,
		.ms = ms,
		.seq = log->count,
		.text = b->data,
	};
	log->count++;
}

static int
line_cmp(const void *pa, const void *pb)
{
	const struct otherline *a = pa, *b = pb;

	if (a->srv != b->srv)
		return a->srv < b->srv ? -1 : 1;
	if (a->ms != b->ms)
		return a->ms < b->ms ? -1 : 1;
	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

/* A field of a W3C log: no blanks, never empty. */
static void
w3c_field(struct buf *b, const char *text)
{
	buf_char(b, ' ');
	if (!text || !*text)
		text = "-";
	for (; *text; text++)
		buf_char(b, *text == ' ' ? '+' : *text);
}

/* yyyy-MM-dd hh:mm:ss */
static void
w3c_time(struct buf *b, int64_t ms)
{
	char text[25];

	time_text(text, ms);
	text[10] = ' ';
	text[19] = '\0';
	buf_str(b, text);
}

void
iis_line(struct otherlog *log, struct gen *g, const struct req *q,
	 const char *id, int status, int substatus, int64_t win32)
{
	struct buf b = { 0 };
	const char *query = q->query ? q->query + 1 : "";

	w3c_time(&b, q->end);
	w3c_field(&b, tmp(g, "10.10.0.1%d", (int)(q->srv - g->server) + 1));
	w3c_field(&b, q->method);
	w3c_field(&b, q->stem);
	w3c_field(&b,
		  tmp(g, "%s&CorrelationID=<empty>;&cafeReqId=%s;", query, id));
	w3c_field(&b, "443");
	w3c_field(&b, q->user);
	w3c_field(&b, q->ip);
	w3c_field(&b, q->ua);
	w3c_field(&b, NULL);
	buf_fmt(&b, " %d %d %lld %lld\r\n", status, substatus, (long long)win32,
		(long long)(q->end - q->start));
	add(log, q->srv, q->end, &b);
}

static void
iis_header(struct buf *b, int64_t ms)
{
	buf_str(b, "#Software: Microsoft Internet Information Services 10.0"
		   "\r\n#Version: 1.0\r\n#Date: ");
	w3c_time(b, ms);
	buf_str(b, "\r\n#Fields: date time s-ip cs-method cs-uri-stem "
		   "cs-uri-query s-port cs-username c-ip cs(User-Agent) "
		   "cs(Referer) sc-status sc-substatus sc-win32-status "
		   "time-taken\r\n");
}

static void
module_header(struct buf *b, int64_t ms)
{
	buf_str(b, "\xef\xbb\xbf#Software: Microsoft Exchange Server\r\n"
		   "#Version: 15.01.2375.007\r\n#Log-type: RpcHttp Log\r\n"
		   "#Date: ");
	buf_time(b, ms);
	buf_str(b, "\r\n#Fields: TimeStamp,ServerName,EventId,EventData\r\n");
}

/* Packed where everything is. */
static void
put(const struct gen *g, const struct buf *path, const struct buf *text)
{
	struct buf name = { 0 };
	const bool gz = g->opt.gzip == GZIP_ALL;

	buf_fmt(&name, "%s%s", path->data, gz ? ".gz" : "");
	if (gz)
		file_put_gzip(name.data, text->data, text->len);
	else
		file_put(name.data, text->data, text->len);
	buf_free(&name);
}

/* One file for the lines of a server in one `span` of time. */
static size_t
span_write(const struct otherlog *log, struct gen *g, size_t first,
	   int64_t span, bool iis)
{
	const struct otherline *f = &log->line[first];
	struct buf path = { 0 }, text = { 0 }, when = { 0 };
	bool restarted = false;
	size_t i = first;

	buf_hour(&when, f->ms);
	if (iis)
		buf_fmt(&path, "%s/%s/W3SVC1/u_ex%.6s.log", g->opt.out,
			f->srv->name, when.data + 2);
	else
		buf_fmt(&path, "%s/%s/RpcHttp/W3SVC2/RpcHttp%s-1.LOG",
			g->opt.out, f->srv->name, when.data);
	for (; i < log->count; i++) {
		const struct otherline *l = &log->line[i];

		if (l->srv != f->srv || l->ms / span != f->ms / span)
			break;
		bool again = iis && !restarted && l->ms % span >= 3 * MS_HOUR;
		if (i == first || again)
			(iis ? iis_header : module_header)(&text, l->ms);
		restarted = restarted || again;
		buf_str(&text, l->text);
	}
	put(g, &path, &text);
	buf_free(&path);
	buf_free(&text);
	buf_free(&when);
	return i;
}

static void
log_write(struct otherlog *log, struct gen *g, int64_t span, bool iis)
{
	if (log->count)
		qsort(log->line, log->count, sizeof *log->line, line_cmp);
	for (size_t i = 0; i < log->count;)
		i = span_write(log, g, i, span, iis);
}

void
iis_write(struct otherlog *log, struct gen *g)
{
	log_write(log, g, MS_DAY, true);
}

static void
stage(struct otherlog *log, const struct server *back, const struct req *q,
      const char *ids[2], const char *name, int64_t at)
{
	struct buf b = { 0 };
	/* Nobody is known before he is authorised. */
	const char *who = strcmp(name, "BeginRequest") ? q->user : "";

	buf_time(&b, at);
	buf_fmt(&b,
		",%s,RpcHttp,S:Stage=%s;S:UserName=%s;"
		"S:OutlookSessionId=;S:AuthType=%s;S:Status=200.0.OK;"
		"S:HttpVerb=%s;S:UriQueryString=%s;S:RpcHttpUserName=%s;"
		"S:ServerTarget=%s;S:FEServer=%s;S:RequestId=%s;"
		"S:AssociationGuid=%s;S:ClientIp=%s\r\n",
		back->name, name, who, *who ? "Kerberos" : "", q->method,
		q->query, who, back->fqdn, q->srv->name, ids[0], ids[1], q->ip);
	add(log, back, at, &b);
}

void
module_channel(struct otherlog *log, struct gen *g, const struct server *back,
	       const struct req *q, int64_t end)
{
	static const char *const methods[] = { "RPC_OUT_DATA", "RPC_IN_DATA" };
	char association[GUID_LEN + 1];

	rng_guid(&g->rng, association);
	for (int i = 0; i < 2; i++) {
		char id[GUID_LEN + 1];
		const char *ids[2] = { id, association };
		struct req half = *q;

		rng_guid(&g->rng, id);
		half.method = methods[i];
		half.start += 30 * i;
		stage(log, back, &half, ids, "BeginRequest", half.start);
		stage(log, back, &half, ids, "PostAuthorizeRequest",
		      half.start + 9);
		if (end)
			stage(log, back, &half, ids, "EndRequest", end + i);
	}
}

void
module_write(struct otherlog *log, struct gen *g)
{
	log_write(log, g, MS_HOUR, false);
}
