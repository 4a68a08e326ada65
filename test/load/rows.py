#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the view rows against the rows that grep shows, byte for byte; but a
byte that is no UTF-8 is U+FFFD in a database.

usage: rows.py RPCLOG DB TREE
"""
import collections
import re
import sqlite3
import subprocess
import sys


def utf8(row):
    return re.sub("[\udc80-\udcff]", "\ufffd",
                  row.decode("utf-8", "surrogateescape")).encode()


def main():
    rpclog, path, tree = sys.argv[1:]
    shown = subprocess.run([rpclog, "grep", "-h", "", tree],
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                           check=False).stdout
    wanted = collections.Counter(utf8(row) for row in shown.split(b"\n")[:-1])
    db = sqlite3.connect(path)
    db.text_factory = bytes
    got = collections.Counter(
        bytes(text) for text, in db.execute("SELECT text FROM rows"))
    for row, count in list((wanted - got).items())[:3]:
        print("wanted", count, row[:200])
    for row, count in list((got - wanted).items())[:3]:
        print("came  ", count, row[:200])
    sys.exit(wanted != got)


main()
