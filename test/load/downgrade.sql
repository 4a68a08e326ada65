-- SPDX-License-Identifier: MIT
-- What newer versions of the schema added is taken away again, so that a
-- database is as an older program would have left it.

-- from version 3

DROP TABLE IF EXISTS said;
DROP TABLE odd;
DROP TABLE channel;
DROP TABLE slow;
ALTER TABLE log DROP COLUMN rejected;
ALTER TABLE traffic DROP COLUMN ordinary;
ALTER TABLE traffic DROP COLUMN first_us;
ALTER TABLE traffic DROP COLUMN last_us;
ALTER TABLE event DROP COLUMN "key";
DROP VIEW requests_per_hour;
CREATE TEMP TABLE usage_3 AS
SELECT hour, server, protocol, who, software, windows, class,
	sum(requests) AS requests
FROM usage GROUP BY hour, server, protocol, who, software, windows, class;
DROP TABLE usage;
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
INSERT INTO usage SELECT * FROM usage_3;
CREATE INDEX usage_none ON usage (requests) WHERE requests = 0;
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
PRAGMA user_version = 2;

-- from version 2

DROP VIEW rows;
DROP TABLE row;
DROP TABLE columns;
PRAGMA user_version = 1;

-- the end
