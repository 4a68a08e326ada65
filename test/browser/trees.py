# SPDX-License-Identifier: MIT
"""Logs of names that would be markup, if let, and of very many names."""

import os

NAMES = ("DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,"
         "RevisionVersion,ClientRequestId,Protocol,UrlHost,UrlStem,"
         "ProtocolAction,AuthenticationType,IsAuthenticated,AuthenticatedUser,"
         "Organization,AnchorMailbox,UserAgent,ClientIpAddress,ServerHostName,"
         "HttpStatus,BackEndStatus,ErrorCode,Method,ProxyAction,TargetServer,"
         "TargetServerVersion,RoutingType,RoutingHint,BackEndCookie,"
         "ServerLocatorHost,ServerLocatorLatency,RequestBytes,ResponseBytes,"
         "TotalRequestTime,UrlQuery,GenericInfo,GenericErrors").split(",")

# Each must be on the page as text, letter by letter.
SHOWN = [
    "<script>pwned=1</script>",
    "<svg onload=pwned=1>",
    "<svg><script>pwned=1</script></svg>",
    "<img src=x onerror=pwned=1>",
    "<img src=http://192.0.2.99/x.png>",
    "<link rel=stylesheet href=http://192.0.2.99/x.css>",
    "<iframe src=javascript:pwned=1>",
    "<base href=http://192.0.2.99/>",
    "<meta http-equiv=refresh content=0;url=http://192.0.2.99/>",
    "<form action=http://192.0.2.99/><input autofocus onfocus=pwned=1>",
    "javascript:pwned=1",
    "data:text/html,<b>pwned",
    "'onmouseover='pwned=1",
    '"onmouseover="pwned=1',
    '"><script>pwned=1</script>',
    "}body{display:none}/*",
    "expression(pwned=1);url(http://192.0.2.99/x)",
    "</style><style>*{display:none}",
    "</title><script>pwned=1</script>",
    "</textarea></template></svg></math></table></details>",
    "]]><script>pwned=1</script>",
    "--><script>pwned=1</script><!--",
    "<![CDATA[<b>pwned]]>",
    "<?php pwned ?>",
    "<!doctype html><h1>pwned",
    "&lt;b&gt;&amp;&#60;&#x3c;&quot;",
    "&notanentity;&copy",
    "%s%n%d%1$s",
    "a`b${c}{{d}}",
    "\u05e9\u05dc\u05d5\u05dd-\u05e2\u05d5\u05dc\u05dd",
    "\u0645\u0631\u062d\u0628\u0627",
    "\u65e5\u672c\u8a9e\u306e\u30e6\u30fc\u30b6\u30fc\u540d",
    "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "z\u0351\u036b\u0343\u036a" * 40,
]

# What is shown in another way: as it comes, and as it must stand there.
CODED = [
    (b"bidi-\xe2\x80\xaegpj.exe", "bidi-\\xE2\\x80\\xAEgpj.exe"),
    (b"iso-\xe2\x81\xa7x\xe2\x81\xa9", "iso-\\xE2\\x81\\xA7x\\xE2\\x81\\xA9"),
    (b"none-\xe2\x80\x8bx\xef\xbb\xbf", "none-\\xE2\\x80\\x8Bx\\xEF\\xBB\\xBF"),
    (b"line-\xe2\x80\xa8x", "line-\\xE2\\x80\\xA8x"),
    (b"bad-\xff\xc3x\xc0\xaf", "bad-\\xFF\\xC3x\\xC0\\xAF"),
    (b"half-\xed\xa0\x80", "half-\\xED\\xA0\\x80"),
    (b"none-\xef\xbf\xbf", "none-\\xEF\\xBF\\xBF"),
    (b"esc-\x1b[31mred\x07", "esc-\\x1B[31mred\\x07"),
    (b"c1-\xc2\x9b31m", "c1-\\xC2\\x9B31m"),
    (b"mark-\x01b\x02c", "mark-\\x01b\\x02c"),
    (b"tab-\tx", "tab-\\x09x"),
]

LONG = [b"long" + b"w" * 4000, b"W" * 300, "\u65e5".encode() * 900]


def quoted(cell):
    if b"," in cell or b'"' in cell:
        return b'"' + cell.replace(b'"', b'""') + b'"'
    return cell


def row(number, name, user, target, server):
    hour = 6 + number % 12
    when = b"2026-03-02T%02d:%02d:10.000Z" % (hour, number // 12 % 60)
    cells = dict.fromkeys(NAMES, b"")
    cells.update(
        DateTime=when, RequestId=b"r%d" % number, Protocol=b"RpcHttp",
        UrlHost=name, UrlStem=b"/rpc/rpcproxy.dll", AuthenticationType=b"NTLM",
        IsAuthenticated=b"true", AuthenticatedUser=user,
        AnchorMailbox=b"Url~https://" + name, UserAgent=b"MSRPC",
        ClientIpAddress=b"192.0.2.1", ServerHostName=server,
        HttpStatus=b"500", ErrorCode=b"InternalServerError",
        Method=b"RPC_IN_DATA", ProxyAction=b"Proxy", TargetServer=target,
        TargetServerVersion=b"14.03.0123.000", RoutingType=b"IntraForest",
        TotalRequestTime=b"20", UrlQuery=b"?" + name,
        GenericInfo=b"BeginRequest=" + when +
        b";ProxyToDownLevel=True;ClientAccessServer=" + name,
        GenericErrors=b"HttpException=System.Web.HttpException (0x80004005): "
        b"NegotiateSecurityContext failed with for host 'x' with status "
        b"'InvalidToken'")
    return b",".join(quoted(cells[name]) for name in NAMES)


def names():
    return ([text.encode() for text in SHOWN] + [raw for raw, _ in CODED] +
            LONG)


def write(path, rows):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(b"\r\n".join([",".join(NAMES).encode()] + rows) + b"\r\n")


def make(folder, which):
    """Logs of one day in which these of the names are a user's, a target's
    and a server's.

    A page shows the first of each; so there is a tree for a few of them.
    """
    rows = []
    number = 0
    for place, name in enumerate(which):
        # The more, the higher it stands.
        for _ in range(2 * (len(which) - place)):
            rows.append(row(number, name, name, name, name))
            number += 1
    write(os.path.join(folder, "HttpProxy", "x.LOG"), rows)


def crowd(folder):
    """50,000 users at 60 targets, from 20 servers."""
    write(os.path.join(folder, "HttpProxy", "x.LOG"), [
        row(i, b"mail.contoso.com", b"CONTOSO\\user%05d" % i,
            b"cas10-%02d.contoso.com" % (i % 60), b"ex16-%02d" % (i % 20))
        for i in range(50000)])
