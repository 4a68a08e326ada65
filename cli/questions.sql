-- SPDX-License-Identifier: MIT
-- The ready-made questions of `rpclog query`.  Each begins with its name, what
-- it answers, and its parameters: a name, how its value is bound (us, quarters,
-- hours, days: a TIME, as so many of them since 1970, UTC; number; text), and
-- what it is if it is not given.  Without that it must be given; but since and
-- until are open then.  An hour belongs to a range if it begins in it.
--
-- utc(us) is the text of a time; is_user() and percentile() are ours as well.
--
-- Whatever has a range of time is read in the order of its primary key, or by
-- an index on the time.  Every ORDER BY is complete: same database, same bytes.

-- question popups-per-hour
-- Who was asked for a password, hour by hour, why, and because of which target?
-- :since hours
-- :until hours
WITH hours AS MATERIALIZED (
	SELECT hour, strftime('%Y-%m-%dT%H:00:00Z', hour * 3600, 'unixepoch')
		AS text
	FROM popup_hour
	WHERE hour >= :since AND hour < :until
	GROUP BY hour
)
SELECT hours.text AS hour, user.text AS user, class.name AS class,
	nullif(target.text, '') AS target, p.prompts, p.requests,
	utc(p.first_us) AS first,
	utc(p.last_us) AS last
FROM popup_hour AS p
CROSS JOIN hours ON hours.hour = p.hour
CROSS JOIN name AS user ON user.id = p.actor
CROSS JOIN class ON class.id = p.class
CROSS JOIN name AS target ON target.id = p.target
WHERE p.hour >= :since AND p.hour < :until
ORDER BY p.hour, user.text, class.name, target.text;

-- question affected-users
-- Which users were asked for a password, in how many hours and how often?
-- :since hours
-- :until hours
WITH user_hour AS (
	SELECT hour, actor, sum(prompts) AS prompts,
		sum(requests) AS requests, min(first_us) AS first_us,
		max(last_us) AS last_us
	FROM popup_hour
	WHERE hour >= :since AND hour < :until
	GROUP BY hour, actor
)
SELECT user.text AS user, count(*) AS hours, sum(h.prompts) AS prompts,
	sum(h.requests) AS requests,
	utc(min(h.first_us)) AS first,
	utc(max(h.last_us)) AS last
FROM user_hour AS h
CROSS JOIN name AS user ON user.id = h.actor
GROUP BY user.text
ORDER BY user.text;

-- question top-users
-- Who was asked for a password most often, and mostly why?
-- :since hours
-- :until hours
-- :limit number 20
WITH part AS MATERIALIZED (
	SELECT actor, class, sum(prompts) AS prompts,
		sum(requests) AS requests, min(first_us) AS first_us,
		max(last_us) AS last_us
	FROM popup_hour
	WHERE hour >= :since AND hour < :until
	GROUP BY actor, class
), top AS MATERIALIZED (
	SELECT part.actor, user.text AS user, sum(part.prompts) AS prompts,
		sum(part.requests) AS requests,
		min(part.first_us) AS first_us, max(part.last_us) AS last_us
	FROM part
	CROSS JOIN name AS user ON user.id = part.actor
	GROUP BY part.actor
	ORDER BY sum(part.prompts) DESC, user.text
	LIMIT :limit
)
SELECT top.user, top.prompts, top.requests, (
		SELECT class.name
		FROM part JOIN class ON class.id = part.class
		WHERE part.actor = top.actor
		ORDER BY part.prompts DESC, class.name LIMIT 1
	) AS class,
	utc(top.first_us) AS first,
	utc(top.last_us) AS last
FROM top
ORDER BY top.prompts DESC, top.user;

-- question targets
-- Which target servers make users be asked for a password, how many, and why?
-- :since hours
-- :until hours
WITH part AS MATERIALIZED (
	SELECT target, class, actor, sum(prompts) AS prompts,
		sum(requests) AS requests, min(first_us) AS first_us,
		max(last_us) AS last_us
	FROM popup_hour
	WHERE hour >= :since AND hour < :until
	GROUP BY target, class, actor
)
SELECT nullif(target.text, '') AS target,
	CASE known.legacy WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS legacy,
	class.name AS class, count(*) AS users, sum(part.prompts) AS prompts,
	sum(part.requests) AS requests,
	utc(min(part.first_us)) AS first,
	utc(max(part.last_us)) AS last
FROM part
CROSS JOIN name AS target ON target.id = part.target
CROSS JOIN class ON class.id = part.class
LEFT JOIN target AS known ON known.target = part.target
GROUP BY part.target, part.class
ORDER BY sum(part.prompts) DESC, target.text, class.name;

-- question servers
-- How much does each front-end server do, how much of it fails, how new is it?
-- :since quarters
-- :until quarters
WITH part AS (
	SELECT t.quarter, t.server, sum(t.requests) AS requests,
		sum(CASE WHEN class.severity <> 'info' THEN t.requests
			ELSE 0 END) AS failed,
		sum(CASE WHEN class.popup = 'yes' THEN t.requests
			ELSE 0 END) AS popup
	FROM traffic AS t
	CROSS JOIN class ON class.id = t.class
	WHERE t.quarter >= :since AND t.quarter < :until
		AND class.name <> 'probe'
	GROUP BY t.quarter, t.server
)
SELECT nullif(name.text, '') AS server, sum(part.requests) AS requests,
	sum(part.failed) AS failed, sum(part.popup) AS popup,
	utc(known.newest_us) AS newest
FROM part
CROSS JOIN name ON name.id = part.server
LEFT JOIN server AS known ON known.server = part.server
GROUP BY part.server
ORDER BY name.text;

-- question classes
-- What became of the requests: how many of each class?
-- :since quarters
-- :until quarters
SELECT class.name AS class, class.popup, class.severity,
	sum(t.requests) AS requests,
	strftime('%Y-%m-%dT%H:%M:%SZ', min(t.quarter) * 900, 'unixepoch')
		AS first_quarter,
	strftime('%Y-%m-%dT%H:%M:%SZ', max(t.quarter) * 900, 'unixepoch')
		AS last_quarter,
	class.title
FROM traffic AS t
CROSS JOIN class ON class.id = t.class
WHERE t.quarter >= :since AND t.quarter < :until
GROUP BY t.class
ORDER BY sum(t.requests) DESC, class.name;

-- question first-seen
-- Since when does each kind of failure happen, target by target?
-- :since quarters
-- :until quarters
WITH seen AS MATERIALIZED (
	SELECT t.class, t.target, min(t.quarter) AS first,
		max(t.quarter) AS last, sum(t.requests) AS requests
	FROM traffic AS t
	WHERE t.quarter >= :since AND t.quarter < :until
	GROUP BY t.class, t.target
)
SELECT class.name AS class, nullif(target.text, '') AS target,
	utc(coalesce((
		SELECT e.start_us
		FROM event AS e
		WHERE e.start_us >= seen.first * 900000000
			AND e.start_us < (seen.first + 1) * 900000000
			AND e.class = seen.class AND e.target = seen.target
		ORDER BY e.start_us LIMIT 1
	), seen.first * 900000000)) AS first,
	strftime('%Y-%m-%dT%H:%M:%SZ', seen.last * 900, 'unixepoch')
		AS last_quarter,
	seen.requests
FROM seen
CROSS JOIN class ON class.id = seen.class
CROSS JOIN name AS target ON target.id = seen.target
WHERE class.severity <> 'info'
ORDER BY class.name, seen.first, target.text;

-- question before-after
-- Did a change help?  Popups for as long before TIME as there are logs after it
-- :at us
-- :hours number 168
WITH span AS MATERIALIZED (
	SELECT max(0, min(:hours * 3600000000,
		coalesce((SELECT max(newest_us) + 1 FROM server), :at) - :at,
		:at - coalesce((SELECT min(first_us) FROM log), :at))) AS us
), part AS (
	SELECT p.class, p.target, p.actor, p.first_us >= :at AS after
	FROM span
	CROSS JOIN prompt AS p
	WHERE p.first_us >= :at - span.us AND p.first_us < :at + span.us
)
SELECT class.name AS class, nullif(target.text, '') AS target,
	count(DISTINCT CASE WHEN after THEN NULL ELSE part.actor END)
		AS users_before,
	count(DISTINCT CASE WHEN after THEN part.actor END) AS users_after,
	sum(NOT after) AS prompts_before, sum(after) AS prompts_after,
	round((SELECT us FROM span) / 3600000000.0, 1) AS hours
FROM part
CROSS JOIN class ON class.id = part.class
CROSS JOIN name AS target ON target.id = part.target
GROUP BY part.class, part.target
ORDER BY sum(NOT after) DESC, sum(after) DESC, class.name, target.text;

-- question basic-users
-- Who still logs on with Basic authentication?
-- :since days
-- :until days
SELECT user.text AS user, count(DISTINCT b.day) AS days,
	sum(b.requests) AS requests,
	strftime('%Y-%m-%d', min(b.day) * 86400, 'unixepoch') AS first_day,
	strftime('%Y-%m-%d', max(b.day) * 86400, 'unixepoch') AS last_day
FROM basic AS b
CROSS JOIN who ON who.id = b.who
CROSS JOIN name AS user ON user.id = who.actor
WHERE b.day >= :since AND b.day < :until
GROUP BY user.text
ORDER BY user.text;

-- question legacy-users
-- Who still depends on the Exchange 2010 and 2007 servers, and on which?
-- :since days
-- :until days
SELECT user.text AS user, nullif(target.text, '') AS target,
	count(DISTINCT r.day) AS days, sum(r.requests) AS requests,
	strftime('%Y-%m-%d', min(r.day) * 86400, 'unixepoch') AS first_day,
	strftime('%Y-%m-%d', max(r.day) * 86400, 'unixepoch') AS last_day
FROM reach AS r
CROSS JOIN who ON who.id = r.who
CROSS JOIN name AS user ON user.id = who.actor
CROSS JOIN name AS target ON target.id = r.target
WHERE r.day >= :since AND r.day < :until
GROUP BY user.text, r.target
ORDER BY user.text, target.text;

-- question clients
-- Which versions of Outlook and other clients come from which Windows?
-- :since hours
-- :until hours
SELECT nullif(software.text, '') AS software,
	nullif(windows.text, '') AS windows,
	count(DISTINCT nullif(who.user, 0)) AS users,
	sum(u.requests) AS requests,
	strftime('%Y-%m-%dT%H:00:00Z', max(u.hour) * 3600, 'unixepoch')
		AS last_hour
FROM usage AS u
CROSS JOIN who ON who.id = u.who
CROSS JOIN name AS software ON software.id = u.software
CROSS JOIN name AS windows ON windows.id = u.windows
WHERE u.hour >= :since AND u.hour < :until
GROUP BY u.software, u.windows
ORDER BY users DESC, requests DESC, software.text, windows.text;

-- question windows7
-- Who still works on Windows 7 (6.1) or older, and with what?
-- :since hours
-- :until hours
SELECT user.text AS user, nullif(software.text, '') AS software,
	windows.text AS windows, sum(u.requests) AS requests,
	strftime('%Y-%m-%dT%H:00:00Z', min(u.hour) * 3600, 'unixepoch')
		AS first_hour,
	strftime('%Y-%m-%dT%H:00:00Z', max(u.hour) * 3600, 'unixepoch')
		AS last_hour
FROM usage AS u
CROSS JOIN name AS windows ON windows.id = u.windows
CROSS JOIN name AS software ON software.id = u.software
CROSS JOIN who ON who.id = u.who
CROSS JOIN name AS user ON user.id = who.actor
WHERE u.hour >= :since AND u.hour < :until
	AND windows.text IN ('5.0', '5.1', '5.2', '6.0', '6.1')
GROUP BY user.text, u.software, u.windows
ORDER BY user.text, software.text, windows.text;

-- question spray
-- From which clients are the passwords of many users tried?
-- :since us
-- :until us
-- :users number 5
WITH attempt AS (
	SELECT p.client, p.actor, p.requests, p.first_us, p.last_us
	FROM prompt AS p
	CROSS JOIN class ON class.id = p.class
	WHERE p.first_us >= :since AND p.first_us < :until
		AND class.name IN ('fe_basic_rejected',
			'fe_credentials_rejected')
		AND EXISTS (SELECT 1 FROM who
			WHERE who.actor = p.actor AND who.user > 0)
)
SELECT nullif(client.text, '') AS client, count(DISTINCT a.actor) AS users,
	count(*) AS prompts, sum(a.requests) AS requests,
	utc(min(a.first_us)) AS first,
	utc(max(a.last_us)) AS last
FROM attempt AS a
CROSS JOIN name AS client ON client.id = a.client
GROUP BY a.client
HAVING count(DISTINCT a.actor) >= :users
ORDER BY users DESC, prompts DESC, client.text;

-- question timeline
-- What went wrong for one user (a pattern, as of --user), event by event?
-- :user text
-- :since us
-- :until us
-- :limit number all
WITH wanted AS MATERIALIZED (
	SELECT who.id, user.text AS user
	FROM who
	CROSS JOIN name AS user ON user.id = who.actor
	WHERE is_user(user.text, :user)
)
SELECT utc(e.start_us) AS start,
	wanted.user, class.name AS class, class.popup,
	nullif(client.text, '') AS client, nullif(server.text, '') AS server,
	nullif(target.text, '') AS target,
	nullif(protocol.text, '') AS protocol,
	nullif(method.text, '') AS method, e.status, e.backend_status,
	nullif(error_code.text, '') AS error_code,
	nullif(security_status.text, '') AS security_status, e.latency_ms,
	log.path, e.line
FROM wanted
CROSS JOIN event AS e ON e.who = wanted.id
CROSS JOIN class ON class.id = e.class
CROSS JOIN name AS client ON client.id = e.client
CROSS JOIN name AS server ON server.id = e.server
CROSS JOIN name AS target ON target.id = e.target
CROSS JOIN name AS protocol ON protocol.id = e.protocol
CROSS JOIN name AS method ON method.id = e.method
CROSS JOIN name AS error_code ON error_code.id = e.error_code
CROSS JOIN name AS security_status ON security_status.id = e.security_status
CROSS JOIN log ON log.id = e.log
WHERE e.start_us >= :since AND e.start_us < :until
ORDER BY e.start_us, log.path, e.line
LIMIT :limit;

-- question latency
-- How long does each target take to answer (milliseconds, of what went well)?
-- :since quarters
-- :until quarters
SELECT nullif(target.text, '') AS target,
	nullif(protocol.text, '') AS protocol, sum(t.requests) AS requests,
	percentile(t.latency, 50) AS p50, percentile(t.latency, 95) AS p95,
	percentile(t.latency, 99) AS p99
FROM traffic AS t
CROSS JOIN class ON class.id = t.class
CROSS JOIN name AS target ON target.id = t.target
CROSS JOIN name AS protocol ON protocol.id = t.protocol
WHERE t.quarter >= :since AND t.quarter < :until AND class.name = 'ok'
GROUP BY t.target, t.protocol
ORDER BY target.text, protocol.text;

-- question errors
-- Which errors are there, by class, status and code, and how many users meet them?
-- :since us
-- :until us
-- :limit number 50
SELECT class.name AS class, e.status, e.backend_status,
	nullif(error_code.text, '') AS error_code,
	nullif(security_status.text, '') AS security_status,
	count(*) AS requests, count(DISTINCT who.actor) AS users,
	count(DISTINCT e.target) AS targets,
	utc(min(e.start_us)) AS first,
	utc(max(e.start_us)) AS last
FROM event AS e
CROSS JOIN class ON class.id = e.class
CROSS JOIN who ON who.id = e.who
CROSS JOIN name AS error_code ON error_code.id = e.error_code
CROSS JOIN name AS security_status ON security_status.id = e.security_status
WHERE e.start_us >= :since AND e.start_us < :until
GROUP BY e.class, e.status, e.backend_status, e.error_code, e.security_status
ORDER BY count(*) DESC, class.name, e.status, e.backend_status,
	error_code.text, security_status.text
LIMIT :limit;
