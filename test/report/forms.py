# SPDX-License-Identifier: MIT
"""The formats of a report: how to look at them, and what each promises."""

import email
import email.policy
import html.parser
import json
import re
import shutil
import struct
import subprocess
import unicodedata
import zlib

FORMATS = ("text", "md", "json", "html", "mail", "prom")
# To the end of the line, of the string, of the element.
COMMANDS = {form: re.compile("rpclog [a-z]+ " + rest) for form, rest in (
    ("text", r"[^\n]*"), ("prom", r"[^\n]*"), ("md", r"[^\n`]*"),
    ("json", r'(?:[^"\\\n]|\\[^n])*'), ("html", r"[^\n<]*"),
    ("mail", r"[^\n<]*"))}


def skipped():
    if shutil.which("promtool"):
        return []
    return ["SKIP promtool is not installed: nobody checks the metrics"]


# ---- Messages ----------------------------------------------------------------


def picture(data):
    """Of a PNG: its size, and a sum of what it shows."""
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "no PNG"
    at, shown = 8, b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IDAT":
            shown += data[at + 8:at + 8 + size]
        at += 12 + size
    width, height = struct.unpack(">II", data[16:24])
    return f"PNG {width}x{height}, {zlib.crc32(zlib.decompress(shown)):08x}"


def parts(message):
    """Headers and bodies, decoded."""
    for part in message.walk():
        for name, value in part.raw_items():
            yield f"{name}: {value}"
        yield ""
        if part.is_multipart():
            continue
        body = part.get_payload(decode=True)
        if part.get_content_maintype() == "text":
            yield body.decode("utf-8", "backslashreplace")
        else:
            yield picture(body)
        yield ""


def parse(data):
    return email.message_from_bytes(data, policy=email.policy.SMTP)


def readable(form, data):
    """As a person would look at it: of a message what is in it."""
    if form in ("html", "mail"):
        # The version of the program is of no interest.
        data = re.sub(rb"rpclog \d+\.\d+\.\d+", b"rpclog VERSION", data)
    if form == "html":
        # Nor are its looks, which the browser judges.
        data = re.sub(rb"(<style>).*?(</style>)", rb"\1LOOKS\2", data,
                      flags=re.S)
    if form != "mail" or not data:
        return data
    text = "\n".join(parts(parse(data)))
    text = re.sub(r"rpclog \d+\.\d+\.\d+", "rpclog VERSION", text)
    # One digest of all that it says is its name, and parts its parts.
    for name in set(re.findall(r"[0-9a-f]{32}", text)):
        text = text.replace(name, "DIGEST")
    return text.encode()


# ---- Without what depends on the way ------------------------------------------


def without_source(form, data):
    """Commands say where the rows come from; so do they alone."""
    text = readable(form, data).decode("utf-8", "surrogateescape")
    text = COMMANDS[form].sub("rpclog COMMAND", text)
    text = re.sub(r'("source":)"[^"]*"', r"\1null", text)
    text = re.sub(r"from <code>[^<]*</code>", "from SOURCE", text)
    return text.encode("utf-8", "surrogateescape")


def without_suffix(form, data):
    """Logs may be packed; names of them make tables as wide as they are."""
    text = readable(form, data).replace(b"<wbr>", b"")
    return re.sub(rb"  +", b" ", text.replace(b".LOG.gz", b".LOG"))


# ---- Promises ------------------------------------------------------------------


def not_shown(text, allowed="\n"):
    """Control characters and the like."""
    return {char for char in text if char not in allowed and
            unicodedata.category(char) in ("Cc", "Cs")}


# What JSON may hold as it is.
C1 = "".join(map(chr, range(0x7f, 0xa0)))


def text_faults(data, allowed="\n"):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        yield f"no UTF-8: {error}"
        return
    if not_shown(text, allowed):
        yield f"control characters {not_shown(text, allowed)}"
    if not text.endswith("\n"):
        yield "no line end at the end"


def cells(line):
    """Of a line of a table: a bar that is no cell's end has a backslash."""
    return len(re.findall(r"(?<!\\)(?:\\\\)*\|", line))


def md_faults(data):
    """What came from a log is code; nothing outside of code is markup that
    reaches out; and a table has as many cells in each line."""
    yield from text_faults(data)
    text = data.decode("utf-8", "replace")
    text = re.sub(r"^(```+)[^`\n]*\n.*?^\1`*$", "", text, flags=re.M | re.S)
    lines = text.split("\n")
    for line, after in zip(lines, lines[1:]):
        if line.startswith("|") and after.startswith("|") and \
                cells(line) != cells(after):
            yield f"a table of {cells(line)} and {cells(after)}: {after[:200]}"
    bare = re.sub(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", "", text)
    bare = re.sub(r"^ {4}.*", "", bare, flags=re.M)
    for mark in "<", "](", "![", "www.", "evil", "alert", "\x1b":
        if mark in bare:
            at = bare.index(mark)
            yield f"{mark!r} outside of code: {bare[at - 60:at + 60]!r}"


def json_faults(data):
    yield from text_faults(data, "\n" + C1)
    report = json.loads(data, parse_constant=lambda word: 1 / 0)
    names = ["schema", "day", "since", "until", "zone", "outcome", "source",
             "made", "sums", "unit", "hours", "classes", "targets", "servers",
             "users", "news", "first_seen", "findings", "quality", "commands"]
    if list(report) != names:
        yield f"members {list(report)}"


SAMPLE = re.compile(r'([a-z_]+)(\{[a-z]+="(?:[^"\\\n]|\\["\\n])*"'
                    r'(?:,[a-z]+="(?:[^"\\\n]|\\["\\n])*")*\})? '
                    r'(-?[0-9]+(?:\.[0-9]+)?)')


def prom_faults(data):
    yield from text_faults(data)
    seen = set()
    series = 0
    for line in data.decode().split("\n")[:-1]:
        if line.startswith("# "):
            continue
        match = SAMPLE.fullmatch(line)
        if not match:
            yield f"no sample: {line[:200]}"
            continue
        series += 1
        if match.group(1, 2) in seen:
            yield f"said twice: {line[:200]}"
        seen.add(match.group(1, 2))
        if match.group(1).endswith("_total") or "user=" in line:
            yield line[:200]
    if series > 400:
        yield f"{series} series"
    if shutil.which("promtool"):
        done = subprocess.run(("promtool", "check", "metrics"), input=data,
                              stdout=subprocess.PIPE, check=False,
                              stderr=subprocess.STDOUT)
        if done.returncode or done.stdout:
            yield f"promtool: {done.returncode} {done.stdout.decode()[:500]}"


class Page(html.parser.HTMLParser):
    """Looks for what could run, load or reach out."""

    RUNS = {"script", "iframe", "object", "embed", "link", "base", "form",
            "foreignobject", "animate", "set", "use", "image"}

    def __init__(self):
        super().__init__()
        self.faults = []

    def handle_starttag(self, tag, attrs):
        if tag in self.RUNS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            value = (value or "").strip().lower()
            if name.startswith("on"):
                self.faults.append(f"<{tag} {name}>")
            if name in ("href", "src", "xlink:href", "action", "background",
                        "srcset", "poster"):
                if not value.startswith(("#", "cid:")):
                    self.faults.append(f"<{tag} {name}={value[:80]}>")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)


def page_faults(text):
    page = Page()
    page.feed(text)
    page.close()
    yield from page.faults
    if not_shown(text, "\n\t"):
        yield f"control characters {not_shown(text)}"
    for style in re.findall(r"<style[^>]*>(.*?)</style>", text, re.S):
        if re.search(r"url\(|@import|expression\(", style):
            yield "a style that reaches out"


def html_faults(data):
    yield from text_faults(data, "\n\t")
    yield from page_faults(data.decode("utf-8", "replace"))


def mail_faults(data):
    message = parse(data)
    for part in message.walk():
        for defect in part.defects:
            yield f"defect {defect!r}"
        for name, value in part.items():
            for defect in getattr(value, "defects", ()):
                yield f"{name}: defect {defect!r}"
        if part.get_content_type() == "text/html":
            yield from page_faults(part.get_content())
            size = len(part.get_payload(decode=True))
            if size > 100_000:
                yield f"the HTML part has {size} bytes"
        if part.get_content_type() == "text/plain" and not_shown(
                part.get_content()):
            yield f"control characters {not_shown(part.get_content())}"
    if not data.isascii():
        yield "not ASCII"
    if max(map(len, data.split(b"\n"))) > 998:
        yield "a line of more than 998 bytes"
    for name in ("Date", "Subject", "Message-ID", "MIME-Version"):
        if len(message.get_all(name, [])) != 1:
            yield f"not one {name}"
    known = {"date", "subject", "message-id", "mime-version", "auto-submitted",
             "x-auto-response-suppress", "content-type", "from", "to",
             "content-transfer-encoding"}
    for name in message.keys():
        if name.lower() not in known:
            yield f"a header {name}"


def faults(form, data):
    check = {"text": text_faults, "md": md_faults, "json": json_faults,
             "html": html_faults, "mail": mail_faults,
             "prom": prom_faults}[form]
    return list(check(data)) if data else []
