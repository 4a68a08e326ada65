# A log of hostile cells, and what each format must make of them.
import csv
import io
import json
import re
import sys

NAMES = ("DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,"
         "RevisionVersion,ClientRequestId,Protocol,UrlStem,ProtocolAction,"
         "AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,"
         "AnchorMailbox,UserAgent,ClientIpAddress,ServerHostName,HttpStatus,"
         "BackEndStatus,ErrorCode,Method").split(",")

CELLS = [b"plain", b'say "x"', b'"', b'a,b', b"=1+1", b"+1", b"-1", b"@x",
         b"\tx", b"x\ty", b"a\\b", b"a\0b", b"\0\0", b"a\xffb", b"\xc3",
         b"\xc3\xa9", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc2\x85x",
         b"\x7f", b"\x1b[31mred", b"%s%n", b"<b>&", b"'", b"\xef\xbb\xbfx",
         b"x\ry", b"x" * 100000, b'"' * 5000, b"\xff" * 3000]
# A bad byte at each place of a long cell.
for i in range(20):
    for bad in b'\x1f\x7f\x80"\\':
        CELLS.append(b"~" * i + bytes([bad]) + b" " * (19 - i) + b"~")


def quoted(cell):
    if re.search(b'[,"]', cell):
        return b'"' + cell.replace(b'"', b'""') + b'"'
    return cell


def make():
    lines = [",".join(NAMES).encode()]
    for cell in CELLS:
        row = dict.fromkeys(NAMES, b"")
        row.update(DateTime=b"2026-03-02T10:00:00.000Z", Protocol=b"Ews",
                   AuthenticatedUser=b"u" + cell, UserAgent=cell,
                   UrlStem=b"/" + cell, Method=b"POST", HttpStatus=b"200")
        lines.append(b",".join(quoted(row[name]) for name in NAMES))
    sys.stdout.buffer.write(b"\r\n".join(lines) + b"\r\n")


def tsv(cell):
    """What tsv shows: control bytes and what is no UTF-8 as \\xNN."""
    text = cell.decode("utf-8", "surrogateescape")
    shown = re.sub("[\0-\x1f\x7f\udc80-\udcff]",
                   lambda m: "\\x%02X" % (ord(m.group()) & 0xff), text)
    return shown.encode()


def utf8(cell):
    """What json holds: each byte that is no UTF-8 as U+FFFD."""
    return re.sub("[\udc80-\udcff]", "\ufffd",
                  cell.decode("utf-8", "surrogateescape"))


def wanted(form):
    for number, cell in enumerate(CELLS, 2):
        yield [str(number).encode() if form in (tsv, bytes) else number,
               form(b"u" + cell), form(cell), form(b"/" + cell)]


def rows_of_tsv(data):
    return [line.split(b"\t") for line in data.split(b"\n")[1:-1]]


def rows_of_csv(data):
    text = io.StringIO(data.decode("latin-1"), newline="")
    csv.field_size_limit(1 << 20)
    return [[cell.encode("latin-1") for cell in row]
            for row in csv.reader(text)][1:]


def rows_of_json(objects):
    keys = ("line", "user", "UserAgent", "UrlStem")
    return [[row[key] for key in keys] for row in objects]


def ecs(objects):
    for cell, row in zip(CELLS, objects):
        user, back, rest = utf8(b"u" + cell).partition("\\")
        name = rest if back else user
        assert row["user"].get("name", "") == name, row
        assert row["user_agent"]["original"] == utf8(cell), row
        assert row["url"]["path"] == utf8(b"/" + cell), row
    assert len(objects) == len(CELLS)


def check(form, data):
    if form == "tsv":
        assert rows_of_tsv(data) == list(wanted(tsv))
    elif form == "csv":
        assert rows_of_csv(data) == list(wanted(bytes))
    elif form == "raw":
        with open("hostile.log", "rb") as file:
            assert data == file.read().replace(b"\r\n", b"\n")
    else:
        text = data.decode("utf-8")
        if form == "json":
            assert rows_of_json(json.loads(text)["rows"]) == list(wanted(utf8))
            return
        objects = [json.loads(line) for line in text.split("\n")[:-1]]
        if form == "ecs":
            ecs(objects)
        else:
            assert rows_of_json(objects) == list(wanted(utf8))


if sys.argv[1] == "make":
    make()
else:
    with open(sys.argv[2], "rb") as file:
        check(sys.argv[1], file.read())
    print(sys.argv[1], "ok")
