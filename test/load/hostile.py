#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A log of hostile cells, and what each format must make of them.

usage: hostile.py make|count
       hostile.py jsonl|json|csv|guarded|tsv|text FILE
"""
import csv
import io
import json
import re
import sys

NAMES = ("DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,"
         "RevisionVersion,ClientRequestId,Protocol,UrlHost,UrlStem,"
         "ProtocolAction,AuthenticationType,IsAuthenticated,AuthenticatedUser,"
         "Organization,AnchorMailbox,UserAgent,ClientIpAddress,ServerHostName,"
         "HttpStatus,BackEndStatus,ErrorCode,Method,ProxyAction,TargetServer,"
         "TargetServerVersion,RoutingType,RoutingHint,BackEndCookie,"
         "ServerLocatorHost,ServerLocatorLatency,RequestBytes,ResponseBytes,"
         "TotalRequestTime,UrlQuery,GenericInfo,GenericErrors").split(",")
SHOWN = ("user", "server", "target", "request_id", "method", "error_code",
         "errors")

CELLS = [b"plain", b'say "x"', b'"', b"a,b", b"=1+1", b"+1", b"-1", b"@x",
         b"\tx", b"x\ty", b"a\\b", b"a\\x41", b"a\0b", b"\0", b"\0x", b"x\0",
         b"a\xffb", b"\xc3", b"\xe2\x82", b"\xc0\xaf", b"\xc3\xa9",
         b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc2\x85x", b"\xe2\x80\xa8",
         b"\xe2\x80\xae", b"\x7f", b"\x1b[31mred", b"%s%n%d", b"<b>&amp;",
         b"'", b"''; --", b"Robert'); DROP TABLE event;--", b"x' OR 'x'='x",
         b"?1", b":user", b"$x", b".quit", b"NULL", b"x'00'", b"0x10", b"1e3",
         b"12", b"-0", b"\xef\xbb\xbfx", b"\xef\xbf\xbd", b"x\ry",
         b" blank ", b"\xe6\x97\xa5\xe6\x9c\xac", b"\xf0\x9f\x98\x80",
         b"long" + b"x" * 100000, b'"' * 5000, b"\xff" * 3000,
         b"\xc3\xa9" * 50000]
for place in range(20):
    for bad in b'\x1f\x7f\x80"\\':
        CELLS.append(b"~" * place + bytes([bad]) + b" " * (19 - place) + b"~")


def quoted(cell):
    if re.search(b'[,"]', cell):
        return b'"' + cell.replace(b'"', b'""') + b'"'
    return cell


def cells():
    """Of each row: what stands in the columns SHOWN.

    Lower case throughout, for users and targets are compared without case.
    """
    for number, cell in enumerate(CELLS):
        cell = cell.lower()
        yield [b"u%d " % number + cell, b"s" + cell, b"t" + cell, b"r" + cell,
               cell, b"e" + cell, b"x" + cell]


def make():
    out = [",".join(NAMES).encode()]
    for user, server, target, request, method, error, errors in cells():
        row = dict.fromkeys(NAMES, b"")
        row.update(
            DateTime=b"2026-03-02T10:00:00.000Z", RequestId=request,
            Protocol=b"Ews", AuthenticationType=b"Basic",
            IsAuthenticated=b"false", AuthenticatedUser=user,
            ClientIpAddress=b"192.0.2.1", ServerHostName=server,
            HttpStatus=b"401", ErrorCode=error, Method=method,
            TargetServer=target, TotalRequestTime=b"1",
            GenericInfo=b"BeginRequest=2026-03-02T10:00:00.000Z;",
            GenericErrors=errors)
        out.append(b",".join(quoted(row[name]) for name in NAMES))
    sys.stdout.buffer.write(b"\r\n".join(out) + b"\r\n")


def utf8(cell):
    """What a database holds: each byte that is no UTF-8 as U+FFFD."""
    return re.sub("[\udc80-\udcff]", "\ufffd",
                  cell.decode("utf-8", "surrogateescape"))


def no_cell(text):
    """An absent text is empty in tables."""
    return text or ""


def tsv(text):
    return re.sub("[\0-\x1f\x7f]", lambda m: "\\x%02X" % ord(m.group()), text)


def guarded(text):
    return "'" + text if text[:1] in tuple("=+-@\t") and text else text


def same(text):
    return text


def rows_of_json(objects):
    return [[no_cell(row[name]) for name in SHOWN] for row in objects]


def rows_of_csv(text):
    csv.field_size_limit(1 << 20)
    return [row[1:] for row in csv.reader(io.StringIO(text, newline=""))][1:]


def rows_of_tsv(text):
    return [line.split("\t")[1:] for line in text.split("\n")[1:-1]]


def check_text(text):
    """On a terminal nothing raw is shown, and no row is lost."""
    raw = re.findall("[\0-\x09\x0b-\x1f\x7f\x80-\x9f]", text)
    lines = text.count("\n") - 1
    if raw or lines < len(CELLS):
        sys.exit("raw: %r, %d lines" % (raw[:5], lines))


def main():
    if sys.argv[1] == "make":
        return make()
    if sys.argv[1] == "count":
        return print(len(CELLS))
    with open(sys.argv[2], "rb") as stream:
        text = stream.read().decode("utf-8")
    form = same
    if sys.argv[1] == "text":
        return check_text(text)
    if sys.argv[1] == "jsonl":
        got = rows_of_json(map(json.loads, text.split("\n")[:-1]))
    elif sys.argv[1] == "json":
        got = rows_of_json(json.loads(text)["rows"])
    elif sys.argv[1] == "tsv":
        got, form = rows_of_tsv(text), tsv
    else:
        got = rows_of_csv(text)
        form = guarded if sys.argv[1] == "guarded" else same
    wanted = [[form(utf8(cell)) for cell in row] for row in cells()]
    for row, (one, other) in enumerate(zip(wanted, got)):
        for name, cell, came in zip(SHOWN, one, other):
            if cell != came:
                sys.exit("row %d, %s: wanted %.80r, came %.80r" % (
                    row, name, cell, came))
    if len(wanted) != len(got):
        sys.exit("%d rows, not %d" % (len(got), len(wanted)))


main()
