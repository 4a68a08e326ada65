/* SPDX-License-Identifier: MIT */
/* Logs of the RpcHttp module. */

#include "rpchttp_log.h"

#include "options.h"
#include "record.h"
#include "row.h"

/* Columns; the writer has them in this order. */
enum column { C_TIME, C_SERVER, C_EVENT, C_DATA, COLUMNS };

static const char *const column_names[COLUMNS] = {
	[C_TIME] = "TimeStamp",
	[C_SERVER] = "ServerName",
	[C_EVENT] = "EventId",
	[C_DATA] = "EventData",
};

/* More cells of a line are not located. */
#define CELLS_MOST 64

static const struct {
	const char *key;
	size_t member; /* of struct rpchttp_record */
} items[] = {
#define ITEM(key, member)                                                      \
	{                                                                      \
		key, offsetof(struct rpchttp_record, member)                   \
	}
	ITEM("Stage", stage),
	ITEM("UserName", user),
	ITEM("OutlookSessionId", session),
	ITEM("AuthType", auth_type),
	ITEM("Status", status),
	ITEM("HttpVerb", verb),
	ITEM("UriQueryString", query),
	ITEM("RpcHttpUserName", rpc_user),
	ITEM("ServerTarget", target),
	ITEM("FEServer", front_end),
	ITEM("RequestId", request_id),
	ITEM("AssociationGuid", association),
	ITEM("ClientIp", client),
#undef ITEM
};

struct rpchttp_log {
	struct alloc alloc;
	struct lines lines;
	struct record record;
	size_t place[COLUMNS]; /* in the line */
	size_t last;	       /* the greatest of them */
	struct rpchttp_counts counts;
};

static void
usual_columns(struct rpchttp_log *log)
{
	for (size_t i = 0; i < COLUMNS; i++)
		log->place[i] = i;
	log->last = COLUMNS - 1;
}

rpclog_status
rpchttp_log_new(struct rpchttp_log **out, const rpclog_options *options)
{
	struct alloc alloc = alloc_from(options);
	rpclog_options loaded;
	rpclog_status status = options_load(&loaded, options);
	struct rpchttp_log *log;

	*out = NULL;
	if (status != RPCLOG_OK)
		return status;
	log = alloc_zero(&alloc, 1, sizeof(*log));
	if (!log)
		return RPCLOG_ERR_NOMEM;
	log->alloc = alloc;
	usual_columns(log);
	if (lines_init(&log->lines, &alloc, loaded.max_row, CELLS_MOST) ||
	    record_init(&log->record, &alloc, loaded.max_row, CELLS_MOST)) {
		rpchttp_log_free(log);
		return RPCLOG_ERR_NOMEM;
	}
	*out = log;
	return RPCLOG_OK;
}

void
rpchttp_log_feed(struct rpchttp_log *log, rpclog_slice bytes)
{
	lines_feed(&log->lines, bytes.ptr, bytes.len);
}

void
rpchttp_log_finish(struct rpchttp_log *log)
{
	log->lines.finished = true;
}

/* Names parted by commas.  They stay as they were if one is missing. */
static void
take_columns(struct rpchttp_log *log, rpclog_slice names)
{
	size_t place[COLUMNS], last = 0, count = 0, found = 0, from = 0;

	memset(place, 0xff, sizeof(place));
	while (from <= names.len && count < CELLS_MOST) {
		const size_t comma = slice_find(
			slice_cut(names, from, names.len), SLICE(","));
		const size_t to = comma == SIZE_MAX ? names.len : from + comma;
		const rpclog_slice name =
			slice_trim(slice_cut(names, from, to));

		for (size_t i = 0; i < COLUMNS; i++) {
			if (place[i] != SIZE_MAX ||
			    !slice_eq_nocase(name, slice_str(column_names[i])))
				continue;
			place[i] = last = count;
			found++;
		}
		count++;
		from = to + 1;
	}
	if (found < COLUMNS)
		return;
	memcpy(log->place, place, sizeof(place));
	log->last = last;
}

static bool
take_header(struct rpchttp_log *log, rpclog_slice line)
{
	static const char fields[] = "#Fields:";

	if (slice_starts_nocase(line, SLICE("#Fields:")))
		take_columns(log,
			     slice_cut(line, sizeof(fields) - 1, line.len));
	else if (slice_starts_nocase(line, SLICE("TimeStamp,ServerName,")))
		take_columns(log, line);
	else if (line.len == 0 || line.ptr[0] != '#')
		return false;
	log->counts.headers++;
	return true;
}

/* "S:", "I32:" and their like. */
static rpclog_slice
without_type(rpclog_slice key)
{
	const char *colon = key.len ? memchr(key.ptr, ':', key.len) : NULL;

	return colon ? slice_cut(key, (size_t)(colon - key.ptr) + 1, key.len)
		     : key;
}

static void
take_items(rpclog_slice data, struct rpchttp_record *r)
{
	rpclog_slice key, value;
	size_t cursor = 0;

	while (rpclog_pairs_next(data, &cursor, &key, &value)) {
		key = without_type(slice_trim(key));
		for (size_t i = 0; i < ARRAY_LEN(items); i++) {
			if (!slice_eq_nocase(key, slice_str(items[i].key)))
				continue;
			memcpy((char *)r + items[i].member, &value,
			       sizeof(value));
			break;
		}
	}
}

/* The number at the head of '*text', up to 3 digits, and its dot; or -1. */
static int
take_part(rpclog_slice *text)
{
	size_t len = 0;
	int number = 0;

	while (len < text->len && ascii_digit((unsigned char)text->ptr[len])) {
		if (len == 3)
			return -1;
		number = number * 10 + (text->ptr[len++] - '0');
	}
	if (len == 0 || (len < text->len && text->ptr[len] != '.'))
		return -1;
	*text = slice_cut(*text, len < text->len ? len + 1 : len, text->len);
	return number;
}

static void
take_status(struct rpchttp_record *r)
{
	rpclog_slice rest = r->status;

	r->substatus = -1;
	r->http = take_part(&rest);
	if (r->http >= 0)
		r->substatus = take_part(&rest);
}

/* EventData, where it is the last cell: a comma in it parts nothing. */
static rpclog_slice
data_cell(const struct rpchttp_log *log, const struct line *line)
{
	const size_t place = log->place[C_DATA];
	rpclog_slice cell = record_cell(&log->record, line, place);

	if (place == log->last && log->record.commas)
		cell.len = (size_t)(line->text.ptr + line->text.len - cell.ptr);
	return cell;
}

/* RPCLOG_OK, RPCLOG_BAD_ROW if it is damaged, or RPCLOG_ERR_NOMEM. */
static rpclog_status
take_line(struct rpchttp_log *log, const struct line *line,
	  struct rpchttp_record *r)
{
	enum record_fault fault;

	if (record_split(&log->record, &log->alloc, line, &fault))
		return RPCLOG_ERR_NOMEM;
	if (fault != RECORD_OK || record_located(&log->record) <= log->last ||
	    !parse_time(record_cell(&log->record, line, log->place[C_TIME]),
			&r->time_us))
		return RPCLOG_BAD_ROW;
	r->server = record_cell(&log->record, line, log->place[C_SERVER]);
	take_items(data_cell(log, line), r);
	take_status(r);
	r->has_id = guid_parse(r->request_id, r->id);
	return RPCLOG_OK;
}

static void
clear(struct rpchttp_record *r)
{
	const rpclog_slice none = slice_of("", 0);

	memset(r, 0, sizeof(*r));
	r->server = none;
	for (size_t i = 0; i < ARRAY_LEN(items); i++)
		memcpy((char *)r + items[i].member, &none, sizeof(none));
}

rpclog_status
rpchttp_log_next(struct rpchttp_log *log, struct rpchttp_record *record)
{
	struct line line;
	rpclog_status status;

	while ((status = lines_next(&log->lines, &line)) == RPCLOG_OK) {
		log->counts.lines++;
		if (!line.oversize &&
		    (line.text.len == 0 || take_header(log, line.text)))
			continue;
		clear(record);
		record->line = line.number;
		status = take_line(log, &line, record);
		if (status == RPCLOG_OK)
			log->counts.records++;
		if (status != RPCLOG_BAD_ROW)
			return status;
		log->counts.damaged++;
	}
	return status;
}

void
rpchttp_log_reset(struct rpchttp_log *log)
{
	lines_reset(&log->lines);
	usual_columns(log);
}

const struct rpchttp_counts *
rpchttp_log_counts(const struct rpchttp_log *log)
{
	return &log->counts;
}

void
rpchttp_log_free(struct rpchttp_log *log)
{
	if (!log)
		return;
	lines_free(&log->lines);
	record_free(&log->record, &log->alloc);
	alloc_free(&log->alloc, log);
}
