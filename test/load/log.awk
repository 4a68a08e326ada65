# SPDX-License-Identifier: MIT
# Makes a log: one line of words, one row.
#
#	KIND TIME [KEY=VALUE..]
#
# KIND	leg	401 of a logon that goes on (NTLM, nobody yet)
#	ok	200, authenticated as user=
#	krb	500, the back end's token was invalid: a popup
#	basic	401 to Basic: a popup
#	fail	500 of the back end
# TIME	when it started, HH:MM:SS[.mmm], on day= (2026-03-02)
# KEY	user, mbox (a number), client (last part of 192.0.2.x), server,
#	target, proto, method, ua, ms (how long it took), id, day; any column
#
# -v from=N: the number that request ids count from

BEGIN {
	columns = "DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion," \
		"RevisionVersion,ClientRequestId,Protocol,UrlHost,UrlStem," \
		"ProtocolAction,AuthenticationType,IsAuthenticated," \
		"AuthenticatedUser,Organization,AnchorMailbox,UserAgent," \
		"ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus," \
		"ErrorCode,Method,ProxyAction,TargetServer," \
		"TargetServerVersion,RoutingType,RoutingHint,BackEndCookie," \
		"ServerLocatorHost,ServerLocatorLatency,RequestBytes," \
		"ResponseBytes,TotalRequestTime,UrlQuery,GenericInfo," \
		"GenericErrors"
	count = split(columns, name, ",")
	printf "%s\r\n", columns
	guid = "11111111-2222-3333-4444-5555555555"
}

function millis(text,	part, n) {
	n = split(text, part, /[:.]/)
	if (n < 4)
		part[4] = 0
	return (part[1] * 3600 + part[2] * 60 + part[3]) * 1000 + part[4]
}

function iso(day, ms,	s) {
	s = int(ms / 1000)
	return sprintf("%sT%02d:%02d:%02d.%03dZ", day, int(s / 3600),
		int(s / 60) % 60, s % 60, ms % 1000)
}

function set(key, value) {
	if (key == "user") {
		cell["AuthenticatedUser"] = value
	} else if (key == "mbox") {
		cell["UrlQuery"] = sprintf("?%s%02d@contoso.com:6001", guid,
			value)
	} else if (key == "client") {
		cell["ClientIpAddress"] = "192.0.2." value
	} else if (key == "server") {
		cell["ServerHostName"] = value
	} else if (key == "target") {
		cell["TargetServer"] = value
	} else if (key == "proto") {
		cell["Protocol"] = value
	} else if (key == "method") {
		cell["Method"] = value
	} else if (key == "ua") {
		cell["UserAgent"] = value
	} else if (key == "id") {
		cell["RequestId"] = value
	} else if (key == "ms") {
		took = value
	} else if (key == "day") {
		day = value
	} else {
		cell[key] = value
	}
}

function kind(word) {
	cell["HttpStatus"] = word == "ok" ? 200 : word ~ /^(leg|basic)$/ ? 401 : 500
	cell["AuthenticationType"] = word == "leg" ? "NTLM" :
		word == "basic" ? "Basic" : "Negotiate"
	cell["IsAuthenticated"] = word ~ /^(leg|basic)$/ ? "false" : "true"
	if (word == "fail")
		cell["BackEndStatus"] = 500
	if (word == "krb")
		cell["GenericErrors"] = "HttpException=System.Web." \
			"HttpException (0x80004005): NegotiateSecurityContext" \
			" failed with for host 'cas10' with status 'InvalidToken';"
}

$1 != "" && $1 !~ /^#/ {
	split("", cell)
	took = 10
	day = "2026-03-02"
	cell["RequestId"] = sprintf("6f0c1a52-0d5e-4c57-9a77-%012d", from + NR)
	cell["Protocol"] = "Mapi"
	cell["Method"] = "POST"
	cell["UserAgent"] = "Microsoft Office/16.0"
	cell["ClientIpAddress"] = "192.0.2.1"
	cell["ServerHostName"] = "CAS01"
	cell["RequestBytes"] = 100
	cell["ResponseBytes"] = 1000
	kind($1)
	for (i = 3; i <= NF; i++)
		set(substr($i, 1, index($i, "=") - 1),
			substr($i, index($i, "=") + 1))
	cell["TotalRequestTime"] = took
	start = millis($2)
	cell["DateTime"] = iso(day, start + took)
	cell["GenericInfo"] = "BeginRequest=" iso(day, start) ";"
	line = ""
	for (i = 1; i <= count; i++)
		line = line (i > 1 ? "," : "") cell[name[i]]
	printf "%s\r\n", line
}
