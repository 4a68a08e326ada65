/* SPDX-License-Identifier: MIT */
/* Logs of other kinds that a user may drop in beside ours. */
#include "file.h"
#include "scen.h"

#define BOM "\xef\xbb\xbf"

static const struct {
	const char *path;
	const char *text;
} logs[] = {
	{ "IIS/W3SVC1/u_ex261116.log",
	  "#Software: Microsoft Internet Information Services 10.0\r\n"
	  "#Version: 1.0\r\n#Date: 2026-11-16 07:00:02\r\n"
	  "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query "
	  "s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status "
	  "sc-substatus sc-win32-status time-taken\r\n"
	  "2026-11-16 07:00:02 10.10.0.11 RPC_IN_DATA /rpc/rpcproxy.dll "
	  "&CorrelationID=<empty>;&cafeReqId="
	  "7d0a3f52-2b1c-4c8e-9d55-0e6a1b2c3d4e; 443 - 10.20.0.25 MSRPC - "
	  "401 1 2148074254 6\r\n" },
	{ "HTTPERR/httperr1.log",
	  "#Software: Microsoft HTTP API 2.0\r\n#Version: 1.0\r\n"
	  "#Date: 2026-11-16 07:00:05\r\n#Fields: date time c-ip c-port "
	  "s-ip s-port cs-version cs-method cs-uri streamid sc-status "
	  "s-siteid s-reason s-queuename\r\n"
	  "2026-11-16 07:00:05 10.20.0.30 50123 10.10.0.11 443 HTTP/1.1 "
	  "GET /owa/ - 503 - N/A -\r\n" },
	{ "Logging/RPC Client Access/RCA_20261116-1.LOG",
	  BOM "#Software: Microsoft Exchange\r\n#Version: 15.00.1497.010\r\n"
	  "#Log-type: RCA Protocol Logs\r\n"
	  "#Date: 2026-11-16T00:00:09.112Z\r\n#Fields: date-time,session-id,"
	  "seq-number,client-name,organization-info,client-software,"
	  "client-software-version,client-mode,client-ip,server-ip,protocol,"
	  "application-id,operation,rpc-status,processing-time,"
	  "operation-specific,failures\r\n"
	  "2026-11-16T00:00:09.112Z,41,0,/o=Contoso/cn=alice,,OUTLOOK.EXE,"
	  "16.0.5317.1000,Cached,10.20.0.21,10.10.0.11,ncacn_http,,Connect,"
	  "0,00:00:00.0150000,\"SID=S-1-5-21-1, Flags=None\",\r\n" },
	{ "Logging/Ews/Ews_2026111607-1.LOG",
	  "DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,"
	  "RevisionVersion,ClientRequestId,AuthenticationType,"
	  "IsAuthenticated,AuthenticatedUser,SoapAction,HttpStatus\r\n"
	  "#Software: Microsoft Exchange Server\r\n"
	  "#Version: 15.01.2375.007\r\n#Log-type: EWS Logs\r\n"
	  "#Date: 2026-11-16T07:00:11.201Z\r\n"
	  "#Fields: DateTime,RequestId,MajorVersion,MinorVersion,"
	  "BuildVersion,RevisionVersion,ClientRequestId,AuthenticationType,"
	  "IsAuthenticated,AuthenticatedUser,SoapAction,HttpStatus\r\n"
	  "2026-11-16T07:00:11.200Z,1b0f2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d,"
	  "15,1,2375,7,,Negotiate,true,CONTOSO\\alice,GetItem,200\r\n" },
	{ "Logging/RpcHttp/W3SVC2/RpcHttp2026111607-1.LOG",
	  BOM "#Software: Microsoft Exchange Server\r\n"
	  "#Version: 15.01.2375.007\r\n#Log-type: RpcHttp Log\r\n"
	  "#Date: 2026-11-16T07:00:12.001Z\r\n"
	  "#Fields: TimeStamp,ServerName,EventId,EventData\r\n"
	  "2026-11-16T07:00:12.000Z,EX16-01,RpcHttp,S:Stage=BeginRequest;"
	  "S:UserName=CONTOSO\\alice;S:Status=200.0.OK;"
	  "S:HttpVerb=RPC_IN_DATA;S:FEServer=EX16-01\r\n" },
	{ "Logging/HttpProxy/Mapi/HttpProxy2_2026111607-1.LOG",
	  "DateTime,RequestId,Protocol,BackendStatus,BackendCookie\r\n"
	  "#Software: Microsoft Exchange Server\r\n"
	  "#Version: 15.01.2375.007\r\n#Log-type: ProxyLogs\r\n"
	  "#Date: 2026-11-16T07:00:12.001Z\r\n"
	  "#Fields: DateTime,RequestId,Protocol,BackendStatus,"
	  "BackendCookie\r\n"
	  "2026-11-16T07:00:12.000Z,2c1f2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d,"
	  "Mapi,200,\r\n" },
	{ "readme.txt", "Logs of ex16-01, copied on Monday.\r\n" },
	{ "picture.LOG", "\x89PNG\r\n\x1a\n" },
};

void
foreign_logs(struct gen *g)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < sizeof logs / sizeof logs[0]; i++) {
		buf_clear(&b);
		buf_str(&b, logs[i].text);
		file_put(tmp(g, "%s/foreign/%s", g->opt.out, logs[i].path),
		    b.data, b.len);
	}
	buf_free(&b);
}
