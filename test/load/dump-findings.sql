-- SPDX-License-Identifier: MIT
-- What findings are made of: as dump.sql, but of version 3.

SELECT 'when', json_array(quarter, server.text, target.text, protocol.text,
	class.name, ordinary, first_us, last_us)
FROM traffic
JOIN name AS server ON server.id = server
JOIN name AS target ON target.id = target
JOIN name AS protocol ON protocol.id = protocol
JOIN class ON class.id = class
ORDER BY 2;
SELECT 'usage', json_array(hour, server.text, protocol.text, who.user,
	actor.text, software.text, windows.text, class.name, mailbox.text,
	client.text, target.text, kind, requests)
FROM (SELECT u.*, w.actor AS actor, w.user > 0 AS "user", k.mailbox AS mailbox,
	k.client AS client
	FROM usage AS u JOIN who AS w ON w.id = u.who
	LEFT JOIN who AS k ON k.id = u."key") AS who
JOIN name AS actor ON actor.id = who.actor
JOIN name AS server ON server.id = who.server
JOIN name AS protocol ON protocol.id = who.protocol
JOIN name AS software ON software.id = who.software
JOIN name AS windows ON windows.id = who.windows
JOIN name AS target ON target.id = who.target
LEFT JOIN name AS mailbox ON mailbox.id = who.mailbox
LEFT JOIN name AS client ON client.id = who.client
JOIN class ON class.id = who.class
ORDER BY 2;
SELECT 'slow', json_array(quarter, target.text, protocol.text, phase, requests,
	first_us, last_us)
FROM slow
JOIN name AS target ON target.id = target
JOIN name AS protocol ON protocol.id = protocol
ORDER BY 2;
SELECT 'channel', json_array(hour, actor.text, client.text, target.text, kind,
	requests, first_us, last_us)
FROM (SELECT c.*, w.actor AS actor FROM channel AS c
	JOIN who AS w ON w.id = c.who) AS c
JOIN name AS actor ON actor.id = c.actor
JOIN name AS client ON client.id = c.client
JOIN name AS target ON target.id = c.target
ORDER BY 2;
SELECT 'odd', json_array(start_us, client.text, kind, line)
FROM odd JOIN name AS client ON client.id = client
ORDER BY 2;
