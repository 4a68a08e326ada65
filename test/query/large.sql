-- SPDX-License-Identifier: MIT
-- Fills a database: 30 days of 20 servers.  The table 'size' in temp says how
-- many events; everything else follows from that.  No chance is in it.

CREATE TEMP TABLE n AS
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n
	WHERE i + 1 < (SELECT max(events, 3000) FROM size))
SELECT i FROM n;

INSERT INTO class (id, name, popup, severity, title, remedy) VALUES
	(20, 'be_krb_invalid_token', 'yes', 'critical', 'token', ''),
	(50, 'be_auth_401', 'yes', 'high', 'refused', ''),
	(80, 'anonymous_challenge', 'no', 'info', 'challenge', ''),
	(90, 'fe_basic_rejected', 'yes', 'medium', 'password', ''),
	(102, 'fe_credentials_rejected', 'yes', 'medium', 'password', ''),
	(214, 'be_timeout', 'no', 'medium', 'timeout', ''),
	(280, 'http_4xx', 'no', 'low', 'other', ''),
	(290, 'ok', 'no', 'info', 'answered', '');

-- Names: 1.. servers, 101.. targets, 201.. words, 1001.. users, 5001.. clients
INSERT INTO name (id, hash, text)
SELECT i, i, CASE WHEN i < 101 THEN 'cas' || i
	WHEN i < 201 THEN 'mbx' || (i - 100) || '.contoso.com'
	WHEN i = 201 THEN 'RpcHttp' WHEN i = 202 THEN 'Mapi'
	WHEN i = 203 THEN 'Outlook 14.0' WHEN i = 204 THEN 'Outlook 16.0'
	WHEN i = 205 THEN '6.1' WHEN i = 206 THEN '10.0'
	WHEN i = 207 THEN 'POST' WHEN i = 208 THEN '0x80090308'
	WHEN i < 1001 THEN 'word' || i
	WHEN i < 5001 THEN 'CONTOSO\user' || (i - 1000)
	ELSE '192.0.' || (i / 250 % 250) || '.' || (i % 250) END
FROM n WHERE i BETWEEN 1 AND 8000;
INSERT INTO name (id, hash, text)
SELECT 8001 + i, 8001 + i, 'more' || i FROM n WHERE i < 50000;

INSERT INTO who SELECT 1 + i, 1001 + i, 0, 0, 0, 1001 + i, 0, 1001 + i, 0, 0,
	x'00' FROM n WHERE i < 1900;
INSERT INTO log (id, path, identity, bytes, lines, rows, first_us, last_us,
	state) VALUES (1, '/logs/a.log', 'a', 1, 1, 1, 1764547200000000,
	1767139200000000, 'whole');
INSERT INTO server SELECT i, 1767139199000000 FROM n WHERE i BETWEEN 1 AND 20;
INSERT INTO target SELECT 100 + i, i > 10 FROM n WHERE i BETWEEN 1 AND 20;

-- 1764547200 is 2025-12-01; 30 days are 2592000 s.
-- In an hour 300 users fail, each for one reason, at two targets.
INSERT INTO event
SELECT NULL, start, start + 5000, 1, i + 2, '', 1 + u, 5001 + u % 1500,
	1 + h / 7 % 20, 101 + (u + h / 11 % 2) % 20, 201 + h % 2, 207, 0, 0,
	CASE h / 13 % 8 WHEN 3 THEN 214 WHEN 4 THEN 280
		ELSE CASE u % 3 WHEN 0 THEN 20 WHEN 1 THEN 90 ELSE 102 END END,
	h / 13 % 8 NOT IN (3, 4), NULL, 0, 401, 401, 0, 208, h % 300, 100,
	200, 0, 0
FROM (SELECT i, h, start, (start / 3600000000 * 37 + h % 300) % 1900 AS u
	FROM (SELECT i, i * 2654435761 % 4294967291 AS h, 1764547200000000
			+ i * (2592000000000 / (SELECT events FROM size))
			AS start
		FROM n WHERE i < (SELECT events FROM size)));

INSERT INTO prompt
SELECT who.actor, e.client, min(e.start_us), max(e.start_us), min(e.class),
	min(e.target), min(e.server), count(*)
FROM event AS e JOIN who ON who.id = e.who
WHERE e.evidence
GROUP BY who.actor, e.client, e.start_us / 300000000;

INSERT INTO popup_hour
SELECT p.first_us / 3600000000, p.actor, p.class, p.target, count(*),
	sum(p.requests), min(p.first_us), max(p.last_us)
FROM prompt AS p
GROUP BY 1, 2, 3, 4;

INSERT OR IGNORE INTO usage (hour, server, protocol, who, software, windows,
	class, "key", target, kind, requests)
SELECT 490152 + h / 31 % 720, 1 + h / 7 % 20, 201 + h % 2, 1 + h % 1900,
	203 + h / 17 % 2, 205 + h / 19 % 2,
	CASE h / 13 % 4 WHEN 0 THEN 20 ELSE 290 END, 0, 0, 0, 1 + h % 90
FROM (SELECT i * 2654435761 % 4294967291 AS h FROM n
	WHERE i < (SELECT events FROM size) / 3)
ORDER BY 1, 2, 3, 4, 5, 6, 7;

INSERT OR IGNORE INTO traffic (quarter, server, target, protocol, class,
	requests, bytes_in, bytes_out, latency)
SELECT 1960608 + h / 31 % 2880, 1 + h / 7 % 20, 101 + h / 11 % 20,
	201 + h % 2, CASE h / 13 % 4 WHEN 0 THEN 20 WHEN 1 THEN 214
		ELSE 290 END, 10 + h % 90, h % 9000, h % 90000,
	CASE h % 3 WHEN 0 THEN x'0a0503070201' WHEN 1 THEN x'90020a0a0a1401'
		ELSE x'0102050614021e01' END
FROM (SELECT i * 2654435761 % 4294967291 AS h FROM n
	WHERE i < (SELECT events FROM size) / 3)
ORDER BY 1, 2, 3, 4, 5;

INSERT OR IGNORE INTO basic
SELECT 20423 + h / 31 % 30, 1 + h % 190, 1 + h % 50
FROM (SELECT i * 2654435761 % 4294967291 AS h FROM n WHERE i < 20000);

INSERT OR IGNORE INTO reach
SELECT 20423 + h / 31 % 30, 1 + h % 1900, 111 + h % 10, 1 + h % 50
FROM (SELECT i * 2654435761 % 4294967291 AS h FROM n WHERE i < 50000);
