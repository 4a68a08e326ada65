-- SPDX-License-Identifier: MIT
-- A small database for the cases of the command line, from Monday, 2 March
-- 2026, 10:00 UTC (1772445600, hour 492346, quarter 1969384, day 20514), on.
-- KB3140410 is missing on mbx10 until Tuesday, 10:00.

INSERT INTO class (id, name, popup, severity, title, remedy) VALUES
	(20, 'be_krb_invalid_token', 'yes', 'critical', 'Token unusable', ''),
	(90, 'fe_basic_rejected', 'yes', 'medium', 'Password refused', ''),
	(102, 'fe_credentials_rejected', 'yes', 'medium', 'Rejected', ''),
	(214, 'be_timeout', 'no', 'medium', 'No answer in time', ''),
	(290, 'ok', 'no', 'info', 'Answered', '');

INSERT INTO name (id, hash, text) VALUES
	(1, 0, 'CAS01'), (2, 0, 'CAS02'),
	(11, 0, 'mbx10.contoso.com'), (12, 0, 'mbx16.contoso.com'),
	(21, 0, 'CONTOSO\alice'), (22, 0, 'bob@contoso.com'),
	(23, 0, 'CONTOSO\Carol'), (24, 0, 'CONTOSO\malice'),
	(25, 0, 'dave@contoso.com 192.0.2.9'),
	(31, 0, '192.0.2.7'), (32, 0, '192.0.2.8'), (33, 0, '198.51.100.66'),
	(41, 0, 'RpcHttp'), (42, 0, 'Mapi'), (51, 0, 'POST'),
	(61, 0, 'Outlook 14.0'), (62, 0, 'Outlook 16.0'), (63, 0, 'MSRPC'),
	(71, 0, '6.1'), (72, 0, '10.0'), (81, 0, '0x80090308'),
	(82, 0, 'HttpProxyException'), (91, 0, 'contoso\alice'),
	(92, 0, 'contoso\carol'), (93, 0, 'contoso\malice');

INSERT INTO who (id, user, mailbox, client, agent, actor, owner, spelling,
	start_us, end_us, request_id) VALUES
	(1, 91, 0, 0, 0, 21, 0, 21, 0, 0, x'01'),
	(2, 22, 0, 0, 0, 22, 0, 22, 0, 0, x'02'),
	(3, 92, 0, 0, 0, 23, 0, 23, 0, 0, x'03'),
	(4, 93, 0, 0, 0, 24, 0, 24, 0, 0, x'04'),
	(5, 0, 0, 32, 63, 25, 0, 0, 0, 0, x'05');

INSERT INTO log (id, path, identity, bytes, lines, rows, first_us, last_us,
	state) VALUES (1, 'logs/a.log', 'one', 900, 9, 8, 1772445600000000,
	1772618399000000, 'whole'), (2, 'logs/b.log', 'two', 400, 4, 3,
	1772449200000000, 1772618399000000, 'whole');
INSERT INTO server VALUES (1, 1772618399000000), (2, 1772618398500000);
INSERT INTO target VALUES (11, 1), (12, 0);

-- start (s from 10:00), log, line, who, client, server, target, class, latency
CREATE TEMP TABLE e (s, log, line, who, client, server, target, protocol,
	class, status, error, ms);
INSERT INTO e VALUES
	(0, 1, 2, 1, 31, 1, 11, 41, 20, 401, 0, 12),
	(30, 1, 3, 1, 31, 1, 11, 41, 20, 401, 0, 15),
	(600, 1, 4, 2, 32, 1, 11, 41, 20, 401, 0, NULL),
	(3600, 2, 2, 1, 31, 2, 11, 41, 20, 401, 0, 11),
	(3700, 2, 3, 3, 33, 2, 12, 42, 102, 401, 0, 20),
	(3705, 2, 4, 4, 33, 2, 12, 42, 90, 401, 0, 20),
	(3710, 1, 5, 2, 33, 1, 12, 42, 102, 401, 0, 21),
	(7200, 1, 6, 5, 32, 1, 11, 41, 20, 401, 0, 14),
	(90000, 1, 7, 2, 32, 1, 12, 42, 214, 'timeout', 82, 30000),
	(90300, 1, 8, 3, 33, 1, 12, 42, 102, 401, 0, 25);
INSERT INTO event
SELECT NULL, 1772445600000000 + s * 1000000, 1772445600000000 + s * 1000000
		+ coalesce(ms, 0) * 1000, log, line, '', who, client, server,
	target, protocol, 51, 63, 0, class, class < 200, NULL, 0, status, 401,
	error, 81, ms, 100, 200, 0, 0
FROM e;

INSERT INTO prompt
SELECT who.actor, e.client, min(e.start_us), max(e.start_us), e.class,
	e.target, e.server, count(*)
FROM event AS e JOIN who ON who.id = e.who
WHERE e.evidence
GROUP BY who.actor, e.client, e.class, e.start_us / 120000000;
INSERT INTO popup_hour
SELECT p.first_us / 3600000000, p.actor, p.class, p.target, count(*),
	sum(p.requests), min(p.first_us), max(p.last_us)
FROM prompt AS p
GROUP BY 1, 2, 3, 4;

INSERT INTO usage (hour, server, protocol, who, software, windows, class,
	"key", target, kind, requests)
SELECT column1, column2, column3, column4, column5, column6, column7, 0, 0, 0,
	column8
FROM (VALUES
	(492346, 1, 41, 1, 61, 71, 290, 40), (492346, 1, 41, 1, 63, 0, 20, 2),
	(492347, 2, 42, 2, 62, 72, 290, 25), (492347, 2, 42, 3, 62, 72, 290, 5),
	(492371, 1, 42, 1, 61, 71, 290, 60), (492371, 1, 42, 3, 62, 71, 290, 7));

INSERT INTO traffic (quarter, server, target, protocol, class, requests,
	bytes_in, bytes_out, latency) VALUES
	(1969384, 1, 11, 41, 20, 3, 300, 600, x'0c020301'),
	(1969384, 1, 11, 41, 290, 10, 300, 600, x'0a050a04ea0301'),
	(1969384, 1, 12, 42, 290, 4, 300, 600, x'0504'),
	(1969388, 2, 11, 41, 20, 1, 100, 200, x'0b01'),
	(1969388, 2, 12, 42, 102, 2, 100, 200, x'1402'),
	(1969388, 2, 12, 42, 290, 6, 100, 200, x'05040902'),
	(1969484, 1, 12, 42, 214, 1, 100, 200, x'ab0801');

INSERT INTO basic VALUES (20514, 2, 12), (20514, 4, 1), (20515, 2, 30);
INSERT INTO reach VALUES (20514, 1, 11, 44), (20514, 2, 11, 1),
	(20515, 1, 11, 60);
