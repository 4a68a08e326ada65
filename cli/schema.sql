-- SPDX-License-Identifier: MIT
-- What a database of rpclog holds: rpclog-schema(5).  A line "-- version N"
-- begins what makes version N out of the one before; what is here is never
-- changed once it was released, only added to.
--
-- Times are microseconds since 1970, UTC; 'hour' and 'quarter' count hours
-- and quarters of an hour since then.  A column that is called after a kind
-- of name holds its number in 'name'; 0 is the empty name.

-- version 1

CREATE TABLE meta (
	key TEXT PRIMARY KEY,
	value ANY
) STRICT, WITHOUT ROWID;

-- Every text that comes again.  'raw' are its bytes where they are not 'text':
-- invalid UTF-8.
CREATE TABLE name (
	id INTEGER PRIMARY KEY,
	hash INTEGER NOT NULL,
	text TEXT NOT NULL,
	raw BLOB
) STRICT;
CREATE INDEX name_hash ON name (hash);
INSERT INTO name (id, hash, text) VALUES (0, 0, '');

CREATE TABLE class (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	popup TEXT NOT NULL,
	severity TEXT NOT NULL,
	title TEXT NOT NULL,
	remedy TEXT NOT NULL
) STRICT;

-- Logs, by what they hold.  'bytes', 'lines' and 'rows' are what was loaded.
CREATE TABLE log (
	id INTEGER PRIMARY KEY,
	path TEXT NOT NULL,
	identity TEXT NOT NULL,
	bytes INTEGER NOT NULL,
	lines INTEGER NOT NULL,
	rows INTEGER NOT NULL,
	first_us INTEGER,
	last_us INTEGER,
	state TEXT NOT NULL
) STRICT;

-- Digest of all bytes up to the end of row 1, 2, 4, 8, ..; row 0 is the end
-- of what was loaded.  'line' is a digest of the row alone, without the seed.
CREATE TABLE mark (
	log INTEGER NOT NULL,
	row INTEGER NOT NULL,
	bytes INTEGER NOT NULL,
	digest BLOB NOT NULL,
	line BLOB,
	PRIMARY KEY (log, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_first ON mark (bytes, digest) WHERE row = 1;

-- Which files held them, as they lay there.
CREATE TABLE path (
	path BLOB PRIMARY KEY,
	log INTEGER NOT NULL,
	size INTEGER NOT NULL,
	mtime_ns INTEGER NOT NULL,
	inode INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The newest DateTime of each server.
CREATE TABLE server (
	server INTEGER PRIMARY KEY,
	newest_us INTEGER NOT NULL
) STRICT;

-- Whom a row names: a user (in lower case), or the key of its session:
-- mailbox and client, or client and agent.  'actor' is how views call them.
-- Of a user: the spelling that was shown first, and by which row.  Of a key
-- with a mailbox: the one user that was authenticated for it; 0: none so far,
-- -1: several.
CREATE TABLE who (
	id INTEGER PRIMARY KEY,
	user INTEGER NOT NULL,
	mailbox INTEGER NOT NULL,
	client INTEGER NOT NULL,
	agent INTEGER NOT NULL,
	actor INTEGER NOT NULL,
	owner INTEGER NOT NULL,
	spelling INTEGER NOT NULL,
	start_us INTEGER NOT NULL,
	end_us INTEGER NOT NULL,
	request_id BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX who_key ON who (user, mailbox, client, agent);
CREATE INDEX who_mailbox ON who (mailbox) WHERE mailbox > 0;
CREATE INDEX who_actor ON who (actor);
CREATE INDEX who_owner ON who (owner) WHERE owner > 0;

-- When was somebody authenticated for a key?  Runs of starts, packed.
CREATE TABLE success (
	id INTEGER PRIMARY KEY,
	who INTEGER NOT NULL,
	first_us INTEGER NOT NULL,
	last_us INTEGER NOT NULL,
	runs BLOB NOT NULL
) STRICT;

-- Rows that are not ok, probe, activity, handshake or a mere challenge.
-- 'evidence': the class has popup=yes.  'session' is the key of a 401 leg;
-- 'leg': 1 an RPC_ method, 2 too recent to judge, 4 not yet in the totals.
CREATE TABLE event (
	id INTEGER PRIMARY KEY,
	start_us INTEGER NOT NULL,
	end_us INTEGER NOT NULL,
	log INTEGER NOT NULL,
	line INTEGER NOT NULL,
	request_id TEXT NOT NULL,
	who INTEGER NOT NULL,
	client INTEGER NOT NULL,
	server INTEGER NOT NULL,
	target INTEGER NOT NULL,
	protocol INTEGER NOT NULL,
	method INTEGER NOT NULL,
	software INTEGER NOT NULL,
	windows INTEGER NOT NULL,
	class INTEGER NOT NULL,
	evidence INTEGER NOT NULL,
	session INTEGER,
	leg INTEGER NOT NULL,
	status ANY,
	backend_status ANY,
	error_code INTEGER NOT NULL,
	security_status INTEGER NOT NULL,
	latency_ms INTEGER,
	bytes_in INTEGER NOT NULL,
	bytes_out INTEGER NOT NULL,
	errors INTEGER NOT NULL
) STRICT;

-- All rows but activity, by hour.  'software' and 'windows' are what the user
-- agent says: 'Outlook 16.0', '10.0'.
CREATE TABLE usage (
	hour INTEGER NOT NULL,
	server INTEGER NOT NULL,
	protocol INTEGER NOT NULL,
	who INTEGER NOT NULL,
	software INTEGER NOT NULL,
	windows INTEGER NOT NULL,
	class INTEGER NOT NULL,
	requests INTEGER NOT NULL,
	PRIMARY KEY (hour, who, server, protocol, software, windows, class)
) STRICT, WITHOUT ROWID;

-- All rows but activity, by quarter.  'latency' is a histogram, packed.
CREATE TABLE traffic (
	quarter INTEGER NOT NULL,
	server INTEGER NOT NULL,
	target INTEGER NOT NULL,
	protocol INTEGER NOT NULL,
	class INTEGER NOT NULL,
	requests INTEGER NOT NULL,
	bytes_in INTEGER NOT NULL,
	bytes_out INTEGER NOT NULL,
	latency BLOB NOT NULL,
	PRIMARY KEY (quarter, server, target, protocol, class)
) STRICT, WITHOUT ROWID;

-- Every target that a row names; 'legacy' is 1 if one of its rows went to it
-- as an Exchange 2010 or 2007 server.
CREATE TABLE target (
	target INTEGER PRIMARY KEY,
	legacy INTEGER NOT NULL
) STRICT;

-- Who reached which legacy target, by day (since 1970, UTC): all rows but
-- probe and activity that went to it as one.
CREATE TABLE reach (
	day INTEGER NOT NULL,
	who INTEGER NOT NULL,
	target INTEGER NOT NULL,
	requests INTEGER NOT NULL,
	PRIMARY KEY (day, who, target)
) STRICT, WITHOUT ROWID;

-- Who used Basic, by day: all rows but probe and activity whose authentication
-- scheme it is.
CREATE TABLE basic (
	day INTEGER NOT NULL,
	who INTEGER NOT NULL,
	requests INTEGER NOT NULL,
	PRIMARY KEY (day, who)
) STRICT, WITHOUT ROWID;

-- Made of events: prompts, and their counts by hour.  'actor' is a name.
CREATE TABLE prompt (
	actor INTEGER NOT NULL,
	client INTEGER NOT NULL,
	first_us INTEGER NOT NULL,
	last_us INTEGER NOT NULL,
	class INTEGER NOT NULL,
	target INTEGER NOT NULL,
	server INTEGER NOT NULL,
	requests INTEGER NOT NULL,
	PRIMARY KEY (actor, client, first_us)
) STRICT, WITHOUT ROWID;

CREATE TABLE popup_hour (
	hour INTEGER NOT NULL,
	actor INTEGER NOT NULL,
	class INTEGER NOT NULL,
	target INTEGER NOT NULL,
	prompts INTEGER NOT NULL,
	requests INTEGER NOT NULL,
	first_us INTEGER NOT NULL,
	last_us INTEGER NOT NULL,
	PRIMARY KEY (hour, actor, class, target)
) STRICT, WITHOUT ROWID;

CREATE VIEW popups_per_hour (hour, user, class, target, prompts, requests,
	first, last) AS
SELECT strftime('%Y-%m-%dT%H:00:00Z', p.hour * 3600, 'unixepoch'),
	user.text, class.name, nullif(target.text, ''), p.prompts, p.requests,
	strftime('%Y-%m-%dT%H:%M:%fZ',
		(p.first_us - 999 * (p.first_us < 0)) / 1000 / 1000.0,
		'unixepoch'),
	strftime('%Y-%m-%dT%H:%M:%fZ',
		(p.last_us - 999 * (p.last_us < 0)) / 1000 / 1000.0,
		'unixepoch')
FROM popup_hour AS p
CROSS JOIN name AS user ON user.id = p.actor
CROSS JOIN class ON class.id = p.class
CROSS JOIN name AS target ON target.id = p.target;

CREATE VIEW affected_user_hours (hour, user) AS
SELECT DISTINCT strftime('%Y-%m-%dT%H:00:00Z', p.hour * 3600, 'unixepoch'),
	user.text
FROM popup_hour AS p
JOIN name AS user ON user.id = p.actor;

CREATE VIEW prompts (user, client, class, target, server, first, last,
	requests) AS
SELECT user.text, nullif(client.text, ''), class.name,
	nullif(target.text, ''), nullif(server.text, ''),
	strftime('%Y-%m-%dT%H:%M:%fZ',
		(p.first_us - 999 * (p.first_us < 0)) / 1000 / 1000.0,
		'unixepoch'),
	strftime('%Y-%m-%dT%H:%M:%fZ',
		(p.last_us - 999 * (p.last_us < 0)) / 1000 / 1000.0,
		'unixepoch'),
	p.requests
FROM prompt AS p
JOIN name AS user ON user.id = p.actor
JOIN name AS client ON client.id = p.client
JOIN class ON class.id = p.class
JOIN name AS target ON target.id = p.target
JOIN name AS server ON server.id = p.server;

CREATE VIEW events (start, end, path, line, request_id, user, client, server,
	target, protocol, method, class, popup, status, backend_status,
	error_code, security_status, latency_ms, errors) AS
SELECT strftime('%Y-%m-%dT%H:%M:%fZ',
		(e.start_us - 999 * (e.start_us < 0)) / 1000 / 1000.0,
		'unixepoch'),
	strftime('%Y-%m-%dT%H:%M:%fZ',
		(e.end_us - 999 * (e.end_us < 0)) / 1000 / 1000.0,
		'unixepoch'),
	log.path, e.line, nullif(e.request_id, ''), user.text,
	nullif(client.text, ''), nullif(server.text, ''),
	nullif(target.text, ''), nullif(protocol.text, ''),
	nullif(method.text, ''), class.name, class.popup, e.status,
	e.backend_status, nullif(error_code.text, ''),
	nullif(security_status.text, ''), e.latency_ms,
	nullif(errors.text, '')
FROM event AS e
JOIN log ON log.id = e.log
JOIN who ON who.id = e.who
JOIN name AS user ON user.id = who.actor
JOIN name AS client ON client.id = e.client
JOIN name AS server ON server.id = e.server
JOIN name AS target ON target.id = e.target
JOIN name AS protocol ON protocol.id = e.protocol
JOIN name AS method ON method.id = e.method
JOIN class ON class.id = e.class
JOIN name AS error_code ON error_code.id = e.error_code
JOIN name AS security_status ON security_status.id = e.security_status
JOIN name AS errors ON errors.id = e.errors;

CREATE VIEW requests_per_hour (hour, server, protocol, user, class,
	requests) AS
SELECT strftime('%Y-%m-%dT%H:00:00Z', u.hour * 3600, 'unixepoch'),
	nullif(server.text, ''), nullif(protocol.text, ''), user.text,
	class.name, sum(u.requests)
FROM usage AS u
JOIN who ON who.id = u.who
JOIN name AS server ON server.id = u.server
JOIN name AS protocol ON protocol.id = u.protocol
JOIN name AS user ON user.id = who.actor
JOIN class ON class.id = u.class
GROUP BY u.hour, u.server, u.protocol, who.actor, u.class;

CREATE VIEW files (path, identity, bytes, rows, first, last, state) AS
SELECT path, identity, bytes, rows,
	strftime('%Y-%m-%dT%H:%M:%fZ',
		(first_us - 999 * (first_us < 0)) / 1000 / 1000.0,
		'unixepoch'),
	strftime('%Y-%m-%dT%H:%M:%fZ',
		(last_us - 999 * (last_us < 0)) / 1000 / 1000.0, 'unixepoch'),
	state
FROM log;

CREATE VIEW classes (name, popup, severity, title, remedy) AS
SELECT name, popup, severity, title, remedy FROM class;

-- version 2: load --full keeps the rows themselves

CREATE TABLE columns (
	id INTEGER PRIMARY KEY,
	names TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE row (
	log INTEGER NOT NULL,
	line INTEGER NOT NULL,
	start_us INTEGER NOT NULL,
	columns INTEGER NOT NULL,
	text TEXT NOT NULL
) STRICT;

CREATE VIEW rows (path, line, start, columns, text) AS
SELECT log.path, r.line,
	strftime('%Y-%m-%dT%H:%M:%fZ',
		(r.start_us - 999 * (r.start_us < 0)) / 1000 / 1000.0,
		'unixepoch'),
	c.names, r.text
FROM row AS r
JOIN log ON log.id = r.log
JOIN columns AS c ON c.id = r.columns;

-- version 3: what findings need, so that they come from a database as they do
-- from logs; rows that an older version loaded have zeros there

-- Whose mailbox, from which client: in 'who'.
ALTER TABLE event ADD COLUMN "key" INTEGER NOT NULL DEFAULT 0;

-- Also by this key, target and kind: 1 and 2 are the halves of an RPC
-- connection, in and out; 4: authenticated.  Legs have zeros.
DROP VIEW requests_per_hour;
CREATE TABLE usage_2 AS SELECT * FROM usage;
DROP TABLE usage;
CREATE TABLE usage (
	hour INTEGER NOT NULL,
	server INTEGER NOT NULL,
	protocol INTEGER NOT NULL,
	who INTEGER NOT NULL,
	software INTEGER NOT NULL,
	windows INTEGER NOT NULL,
	class INTEGER NOT NULL,
	"key" INTEGER NOT NULL,
	target INTEGER NOT NULL,
	kind INTEGER NOT NULL,
	requests INTEGER NOT NULL,
	PRIMARY KEY (hour, who, server, protocol, software, windows, class,
		"key", target, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO usage (hour, server, protocol, who, software, windows, class, "key",
	target, kind, requests)
SELECT hour, server, protocol, who, software, windows, class, 0, 0, 0, requests
FROM usage_2;
DROP TABLE usage_2;
CREATE VIEW requests_per_hour (hour, server, protocol, user, class,
	requests) AS
SELECT strftime('%Y-%m-%dT%H:00:00Z', u.hour * 3600, 'unixepoch'),
	nullif(server.text, ''), nullif(protocol.text, ''), user.text,
	class.name, sum(u.requests)
FROM usage AS u
JOIN who ON who.id = u.who
JOIN name AS server ON server.id = u.server
JOIN name AS protocol ON protocol.id = u.protocol
JOIN name AS user ON user.id = who.actor
JOIN class ON class.id = u.class
GROUP BY u.hour, u.server, u.protocol, who.actor, u.class;

-- Of class ok, those whose phases tell how long the back end took; and of
-- these the slow ones, by phase (routing, kerberos, connect, send, processing,
-- answer, any of them).
ALTER TABLE traffic ADD COLUMN ordinary INTEGER NOT NULL DEFAULT 0;
CREATE TABLE slow (
	quarter INTEGER NOT NULL,
	target INTEGER NOT NULL,
	protocol INTEGER NOT NULL,
	phase INTEGER NOT NULL,
	requests INTEGER NOT NULL,
	first_us INTEGER NOT NULL,
	last_us INTEGER NOT NULL,
	PRIMARY KEY (quarter, target, protocol, phase)
) STRICT, WITHOUT ROWID;

-- RPC_OUT channels that lived less than a minute; 'kind' is who ended them
-- (unknown, closed, client, back end).
CREATE TABLE channel (
	hour INTEGER NOT NULL,
	who INTEGER NOT NULL,
	client INTEGER NOT NULL,
	target INTEGER NOT NULL,
	kind INTEGER NOT NULL,
	requests INTEGER NOT NULL,
	first_us INTEGER NOT NULL,
	last_us INTEGER NOT NULL,
	PRIMARY KEY (hour, who, client, target, kind)
) STRICT, WITHOUT ROWID;

-- Rows that could not be read.
ALTER TABLE log ADD COLUMN rejected INTEGER NOT NULL DEFAULT 0;

-- Rows that no honest client makes: 1 an anchor, 2 a resource, 3 a target.
CREATE TABLE odd (
	id INTEGER PRIMARY KEY,
	start_us INTEGER NOT NULL,
	client INTEGER NOT NULL,
	kind INTEGER NOT NULL,
	log INTEGER NOT NULL,
	line INTEGER NOT NULL
) STRICT;

-- What a watch said last of each prompt; 'said' in 'meta' is the greatest id
-- so far.  'pending': that it began (1), grew (2), was withdrawn (3) is about
-- to be printed; 0: that was.  'shown': the filters chose it.
CREATE TABLE said (
	id INTEGER PRIMARY KEY,
	pending INTEGER NOT NULL,
	shown INTEGER NOT NULL,
	actor INTEGER NOT NULL,
	client INTEGER NOT NULL,
	first_us INTEGER NOT NULL,
	last_us INTEGER NOT NULL,
	class INTEGER NOT NULL,
	target INTEGER NOT NULL,
	server INTEGER NOT NULL,
	requests INTEGER NOT NULL
) STRICT;
CREATE INDEX said_prompt ON said (actor, client, first_us);
CREATE INDEX said_pending ON said (pending) WHERE pending > 0;

-- indexes: made after a first load, when they are cheapest

CREATE INDEX IF NOT EXISTS event_start ON event (start_us);
CREATE INDEX IF NOT EXISTS event_who ON event (who, start_us);
CREATE INDEX IF NOT EXISTS event_session ON event (session, start_us)
	WHERE session IS NOT NULL;
CREATE INDEX IF NOT EXISTS event_recent ON event (session, start_us)
	WHERE session IS NOT NULL AND leg >= 2;
CREATE INDEX IF NOT EXISTS usage_none ON usage (requests) WHERE requests = 0;
CREATE INDEX IF NOT EXISTS traffic_none ON traffic (requests)
	WHERE requests = 0;
CREATE INDEX IF NOT EXISTS popup_hour_actor ON popup_hour (actor, hour);
CREATE INDEX IF NOT EXISTS success_who ON success (who, last_us);
CREATE INDEX IF NOT EXISTS prompt_first ON prompt (first_us);
CREATE INDEX IF NOT EXISTS row_place ON row (log, line);
CREATE INDEX IF NOT EXISTS odd_start ON odd (start_us);
