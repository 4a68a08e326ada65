# SPDX-License-Identifier: MIT
"""Logs of which mails are made: hostile names, and very many of them."""

import csv
import io
import os
import re
import subprocess
import uuid

DAY = "2026-11-20"
USER = "CONTOSO\\vera"
TARGET = "cas10-02.contoso.com"

# What a client or an odd machine may be called.  No two rows of a log lie on
# one line, so there are no line ends in them.
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg/onload=alert(1)>",
    "' style='background:url(javascript:alert(1))",
    "--><b>out</b><!--[if mso]>",
    "javascript:alert(1)",
    "</td></tr></table></body></html>",
    "&lt;b&gt;&amp;#60;",
    "evil\rBcc: x@evil.example\r",
    "evil\\r\\nBcc: x@evil.example",
    "=?utf-8?q?Boo?= =?utf-8?b?Qm9v?=",
    "tab\there \x0b\x0c\x1b[31mred \x01mark\x02 \x7f",
    "\u202egnp.exe \u2066x\u2069 \u200b\ufeff",
    "c1 \u0085 \u009b31m \u2028 \u2029",
    "J\u00fcrgen \u0416\u0417 \u65e5\u672c \U0001f600",
    ".\u00a0From =3D=20",
    "cid:x {{7*7}} ${7*7} %s%n",
    "x" * 900,
    "\u65e5" * 400,
]
# Not UTF-8: as bytes.
WORST = b"evil\rBcc: x@evil.example\r =?utf-8?q?Boo?="
RAW = [b"bad \xff\xfe \xc3( \xed\xa0\x80 \xf4\x90\x80\x80 end", b"cut \xe2\x82"]


def quoted(cell):
    """As a log has it."""
    if any(byte in cell for byte in b',"'):
        return b'"' + cell.replace(b'"', b'""') + b'"'
    return cell


class Tree:
    """A folder of logs, made of a header and a row that were seen."""

    def __init__(self, gen, work):
        self.work, self.made = work, 0
        self.demo = os.path.join(work, "demo")
        subprocess.run([gen, "--scenario", "demo", "--out", self.demo,
                        "--gzip", "none"], check=True,
                       stdout=subprocess.DEVNULL)
        self.header, self.row = self.template()

    def template(self):
        for folder, _, names in sorted(os.walk(self.demo)):
            for name in sorted(names):
                with open(os.path.join(folder, name), "rb") as file:
                    lines = file.read().split(b"\r\n")
                for line in lines:
                    if USER.encode() + b"," in line and b"InvalidToken" in line:
                        head = [one for one in lines
                                if one.startswith((b"#", b"DateTime,"))]
                        return b"\r\n".join(head) + b"\r\n", line
        raise ValueError("no row to go by")

    def make_row(self, number, user, target=TARGET.encode()):
        """A failure of a second of its own."""
        start = f"{DAY}T{7 + number // 3600 % 12:02}:{number // 60 % 60:02}:" \
                f"{number % 60:02}.000Z"
        cells = next(csv.reader(io.StringIO(self.row.decode())))
        cells = [cell.encode() for cell in cells]
        cells[0] = start.encode()
        cells[1] = str(uuid.UUID(int=self.made + (4 << 76) + (8 << 60))).encode()
        self.made += 1
        at = cells.index(USER.encode())
        # Notes of the proxy have its times, too.
        cells = [re.sub(rb"%s[0-9T:.]*Z" % DAY.encode(), start.encode(), cell)
                 for cell in cells]
        cells = [cell.replace(TARGET.encode(), target) for cell in cells]
        cells[at] = user
        return b",".join(quoted(cell) for cell in cells) + b"\r\n"

    def write(self, name, rows):
        folder = os.path.join(self.work, name)
        os.makedirs(folder)
        path = os.path.join(folder, "HttpProxy_2026112007-1.LOG")
        with open(path, "wb") as file:
            file.write(self.header)
            file.writelines(rows)
        return folder

    def hostile(self, number, names):
        """Users and targets of these names; the first has the most hours."""
        rows = [self.make_row(60 * i + 3600 * hour, name)
                for hour in range(3) for i, name in enumerate(names)]
        rows += [self.make_row(60 * i + 7, b"CONTOSO\\bob%d" % i, name)
                 for i, name in enumerate(names)]
        # The worst of them all, and so the one in the subject.
        rows += [self.make_row(60 * i + 9, b"CONTOSO\\eve%d" % i, WORST)
                 for i in range(200)]
        return self.write(f"hostile{number}", rows)

    def huge(self, users):
        """Long names, many targets, so that every list is long."""
        return self.write("huge", (
            self.make_row(i, b"CONTOSO\\user-%06d-%s" % (i, b"x" * 60),
                          b"cas10-%03d.contoso.com" % (i % 300))
            for i in range(users)))
