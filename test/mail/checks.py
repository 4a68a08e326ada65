# SPDX-License-Identifier: MIT
"""What a mail and its parts must be like."""

import re
import struct
import zlib
from html.parser import HTMLParser

VOID = {"meta", "br", "img", "wbr"}
# Tag: its attributes.  What is not here is not in a mail.
TAGS = {
    "html": {"lang"}, "head": set(), "title": set(), "style": set(),
    "meta": {"http-equiv", "content", "name"},
    "body": {"bgcolor", "style"}, "div": {"style"},
    "table": {"role", "border", "cellpadding", "cellspacing", "width",
              "summary", "class", "bgcolor", "align"},
    "tr": {"valign", "bgcolor"},
    "td": {"style", "bgcolor", "align", "width", "colspan"},
    "th": {"scope", "align", "style"},
    "h1": {"style"}, "h2": {"style"}, "h3": {"style"}, "p": {"style"},
    "ul": {"style"}, "li": {"style"}, "b": {"style"}, "span": {"style"},
    "br": set(), "wbr": set(),
    "img": {"src", "width", "border", "style", "alt"},
}
# What a word processor's engine knows, or may well pass over.
STYLES = {"margin", "padding", "font", "font-size", "line-height", "color",
          "background", "border-bottom", "display", "width", "height",
          "word-break", "mso-hide"}
STYLE_SHEET = "@media screen and (min-width:720px){.w{width:680px}}"
COMMENTS = {
    '[if mso]><table role="presentation" border="0" cellpadding="0" '
    'cellspacing="0" width="680"><tr><td><![endif]',
    '[if mso]></td></tr></table><![endif]'}


class Page(HTMLParser):
    """Reads the HTML part and notes whatever should not be there."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.faults, self.open, self.text, self.images = [], [], [], []
        self.lead = None
        self.feed(html)
        self.close()
        if self.open:
            self.faults.append(f"never closed: {self.open}")

    def check_attribute(self, tag, name, value):
        if name not in TAGS.get(tag, ()):
            self.faults.append(f"<{tag} {name}>")
        if name == "style":
            for rule in value.split(";"):
                if rule.split(":")[0] not in STYLES:
                    self.faults.append(f"style {rule}")
        if name == "src" and not value.startswith("cid:"):
            self.faults.append(f"src {value}")
        # Texts may say anything.
        if name not in ("alt", "summary") and re.search(
                r"//|url\(|data:|script|@import", value, re.I):
            self.faults.append(f"{name}={value}")

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            self.check_attribute(tag, name, value or "")
        if len({name for name, _ in attrs}) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        if tag == "img":
            self.images.append(dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> out of turn")

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            if data != STYLE_SHEET:
                self.faults.append(f"style sheet {data}")
            return
        if "div" in self.open and self.lead is None:
            self.lead = data
        self.text.append(data)

    def handle_comment(self, data):
        if data not in COMMENTS:
            self.faults.append(f"comment {data}")

    def handle_decl(self, decl):
        if decl != "DOCTYPE html":
            self.faults.append(f"<!{decl}>")

    def handle_pi(self, data):
        self.faults.append(f"<?{data}>")

    def unknown_decl(self, data):
        self.faults.append(f"<![{data}]>")


def read_png(data):
    """(width, height, palette, rows); raises ValueError if it is none."""
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("no PNG")
    at, chunks = 8, []
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        total, = struct.unpack(">I", data[at + 8 + size:at + 12 + size])
        if total != zlib.crc32(kind + body):
            raise ValueError(f"sum of {kind}")
        chunks.append((kind, body))
        at += 12 + size
    if [kind for kind, _ in chunks] != [b"IHDR", b"PLTE", b"IDAT", b"IEND"]:
        raise ValueError("other chunks")
    width, height, *rest = struct.unpack(">IIBBBBB", chunks[0][1])
    if rest != [8, 3, 0, 0, 0]:
        raise ValueError(f"format {rest}")
    palette = [tuple(chunks[1][1][i:i + 3])
               for i in range(0, len(chunks[1][1]), 3)]
    flat = zlib.decompress(chunks[2][1])
    if len(flat) != (width + 1) * height:
        raise ValueError("size")
    rows = [flat[y * (width + 1):(y + 1) * (width + 1)] for y in range(height)]
    if any(row[0] for row in rows):
        raise ValueError("filter")
    rows = [row[1:] for row in rows]
    if max(max(row) for row in rows) >= len(palette):
        raise ValueError("colour")
    return width, height, palette, rows


# As mail_chart.c has them.
LEFT, RIGHT, FIRST_CLASS, CLASSES = 112, 28, 20, 7


def bar_heights(picture, bars):
    """How high the bars are, by pixels in their middle."""
    width, _, _, rows = picture
    heights = []
    for bar in range(bars):
        x = LEFT + (2 * bar + 1) * (width - LEFT - RIGHT) // (2 * bars)
        heights.append(sum(FIRST_CLASS <= row[x] < FIRST_CLASS + CLASSES
                           for row in rows))
    return heights


def visible(payload):
    """A name as a mail shows it: 'payload' is bytes."""
    out = []
    for piece in payload.decode("utf-8", "surrogateescape"):
        code = ord(piece)
        raw = piece.encode("utf-8", "surrogateescape")
        acts = (code in (0xad, 0x61c, 0x180e, 0x200b, 0x200e, 0x200f, 0xfeff) or
                0x2028 <= code <= 0x202e or
                0x2060 <= code <= 0x206f)
        if (0xdc80 <= code <= 0xdcff or code < 0x20 or 0x7f <= code < 0xa0 or
                acts):
            out.append("".join(f"\\x{byte:02X}" for byte in raw))
        else:
            out.append(piece)
    return "".join(out)
