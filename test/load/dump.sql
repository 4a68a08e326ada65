-- SPDX-License-Identifier: MIT
-- Everything of the public views that must be equal in two databases of the
-- same logs: all but paths, places and states.

SELECT 'popups_per_hour', json_array(hour, user, class, target, prompts,
	requests, first, last)
FROM popups_per_hour ORDER BY 2;
SELECT 'affected_user_hours', json_array(hour, user)
FROM affected_user_hours ORDER BY 2;
SELECT 'prompts', json_array(user, client, class, target, server, first, last,
	requests)
FROM prompts ORDER BY 2;
SELECT 'events', json_array(start, end, request_id, user, client, server,
	target, protocol, method, class, popup, status, backend_status,
	error_code, security_status, latency_ms, errors)
FROM events ORDER BY 2;
SELECT 'requests_per_hour', json_array(hour, server, protocol, user, class,
	requests)
FROM requests_per_hour ORDER BY 2;
SELECT 'traffic', json_array(quarter, server.text, target.text, protocol.text,
	class.name, requests, bytes_in, bytes_out, hex(latency))
FROM traffic
JOIN name AS server ON server.id = server
JOIN name AS target ON target.id = target
JOIN name AS protocol ON protocol.id = protocol
JOIN class ON class.id = class
ORDER BY 2;
SELECT 'files', json_array(identity, bytes, rows, first, last)
FROM files ORDER BY 2;
SELECT 'classes', json_array(name, popup, severity, title, remedy)
FROM classes ORDER BY 2;
