#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds a ledger against the files themselves: every byte has one category.

usage: ledger.py LEDGER TREE|FILE|- [COUNT [COUNT_WITH_PROBES]]
COUNT is what `count --by class --format tsv` printed.
"""
import json
import os
import sys
import zlib

GZIP = b"\x1f\x8b"


def member(data):
    """One gzip member: what can be inflated, what follows, whether whole."""
    whole = zlib.decompressobj(31)
    try:
        size = len(whole.decompress(data))
        return size, whole.unused_data, whole.eof
    except zlib.error:
        pass
    # Damaged: byte by byte, what comes out before the fault is kept.
    stream, size = zlib.decompressobj(31), 0
    try:
        for at in range(len(data)):
            size += len(stream.decompress(data[at:at + 1]))
    except zlib.error:
        pass
    return size, b"", False


def inflated(data):
    """How many bytes a reader of all members gets, and whether all is well."""
    total, good = 0, True
    while good and data.startswith(GZIP):
        size, data, good = member(data)
        total += size
        data = data.lstrip(b"\0")
    return total, good and not data


def check_file(entry, whole_size):
    problems = []
    with open(entry["path"], "rb") as stream:
        data = stream.read()
    packed = data.startswith(GZIP)
    size, sound = len(data), True
    if packed and not entry["skipped"]:
        size, sound = inflated(data)
    if entry["bytes"] != size:
        problems.append("%d bytes, not %d" % (entry["bytes"], size))
    if not entry["skipped"]:
        taken = entry["compressed_bytes"]
        if (taken != len(data) if packed and sound else
                taken is None or taken > len(data) if packed else
                taken is not None):
            problems.append("compressed_bytes %s, the file has %d"
                            % (taken, len(data)))
    elif entry["categories"]["skipped"]["bytes"] != whole_size(entry["path"]):
        problems.append("skipped, but not all of it")
    return problems


def check_sums(entry):
    problems = []
    parts = entry["categories"]
    total = sum(part["bytes"] for part in parts.values())
    if total != entry["bytes"]:
        problems.append("categories hold %d of %d bytes"
                        % (total, entry["bytes"]))
    rejected = parts["rejected"]["count"]
    listed = entry.get("rejected_rows")
    if listed is not None and len(listed) != min(100, rejected):
        problems.append("%d rejected rows are listed, %d counted"
                        % (len(listed), rejected))
    return problems


def check_total(ledger):
    problems = check_sums(ledger["total"])
    for name, part in ledger["total"]["categories"].items():
        for key in ("count", "bytes"):
            over_files = sum(f["categories"][name][key]
                             for f in ledger["files"])
            if over_files != part[key]:
                problems.append("%s %s: %d in all, %d over the files"
                                % (name, key, part[key], over_files))
    if ledger["total"]["bytes"] != sum(f["bytes"] for f in ledger["files"]):
        problems.append("the files' bytes are not the total")
    return problems


def requests(path):
    with open(path, "rb") as stream:
        return sum(int(line.rsplit(b"\t", 1)[1])
                   for line in stream.read().split(b"\n")[1:-1])


def main():
    with open(sys.argv[1], encoding="utf-8") as stream:
        ledger = json.load(stream)
    problems = ["total: " + p for p in check_total(ledger)]
    for entry in ledger["files"]:
        found = check_sums(entry)
        if sys.argv[2] != "-":
            found += check_file(entry, os.path.getsize)
        problems += [entry["path"] + ": " + p for p in found]
    if sys.argv[2] != "-":
        there = {os.path.join(folder, name)
                 for folder, _, names in os.walk(sys.argv[2])
                 for name in names}
        if os.path.isfile(sys.argv[2]):
            there = {sys.argv[2]}
        named = [entry["path"] for entry in ledger["files"]]
        problems += ["not in the ledger: " + p for p in there - set(named)]
        problems += ["no such file: " + p for p in set(named) - there]
        if len(named) != len(set(named)):
            problems.append("a file stands there twice")
    parts = ledger["total"]["categories"]
    rows = parts["rows"]["count"]
    for path in sys.argv[3:]:
        if requests(path) != rows:
            problems.append("%d rows, count says %d" % (rows, requests(path)))
        rows += parts["probe"]["count"]
    for problem in problems[:8]:
        print(problem)
    sys.exit(1 if problems else 0)


main()
