#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds a view of a database against what a command printed.

usage: views.py VIEW DB FILE
FILE: lines of JSON; for files, the ledger of the load.
"""
import collections
import json
import re
import sqlite3
import sys

NO_EVENTS = ("ok", "probe", "activity", "handshake", "anonymous_challenge",
             "oauth_challenge")


def lines(path):
    with open(path, encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def counted(rows):
    return collections.Counter(map(tuple, rows))


def cells(rows, *names):
    return counted([row[name] for name in names] for row in rows)


def popups_per_hour(ask, rows):
    names = "hour user class target prompts requests first last".split()
    return cells(rows, *names), ask("SELECT * FROM popups_per_hour")


def affected_user_hours(ask, rows):
    return (counted({(row["hour"], row["user"]) for row in rows}),
            ask("SELECT * FROM affected_user_hours"))


def prompts(ask, rows):
    """Each prompt stands in the group of its first row."""
    names = "hour user client class target server prompts".split()
    rows = [row for row in rows if row["prompts"]]
    return cells(rows, *names), ask(
        "SELECT substr(first, 1, 14) || '00:00Z', user, client, class, target,"
        " server, count(*) FROM prompts GROUP BY 1, 2, 3, 4, 5, 6")


def prompts_of_users(ask, rows):
    names = "user client prompts requests first last".split()
    return cells(rows, *names), ask(
        "SELECT user, client, count(*), sum(requests), min(first), max(last)"
        " FROM prompts GROUP BY 1, 2")


def requests_per_hour(ask, rows):
    names = "hour server protocol user class requests".split()
    return cells(rows, *names), ask("SELECT * FROM requests_per_hour")


def number(text):
    """Numbers in their shortest form are numbers, everywhere."""
    if isinstance(text, str) and re.fullmatch("0|[1-9][0-9]{0,17}", text):
        return int(text)
    return text


def events(ask, rows):
    names = ("start end file line RequestId user client server target protocol"
             " method class popup status backend_status error_code"
             " security_status latency_ms GenericErrors").split()
    for row in rows:
        for name in ("status", "backend_status", "latency_ms", "line"):
            row[name] = number(row[name])
    return (cells([row for row in rows if row["class"] not in NO_EVENTS],
                  *names),
            ask("SELECT start, end, path, line, request_id, user, client,"
                " server, target, protocol, method, class, popup, status,"
                " backend_status, error_code, security_status, latency_ms,"
                " errors FROM events"))


def classes(ask, rows):
    names = "name popup severity title".split()
    return cells(rows, *names), ask(
        "SELECT name, popup, severity, title FROM classes")


def files(ask, ledger):
    """What was read of each log, by the ledger."""
    wanted = []
    for entry in ledger["files"]:
        parts = entry["categories"]
        if entry["foreign"] or parts["duplicate"]["bytes"] or \
                parts["rejected"]["bytes"] or not entry["bytes"]:
            continue
        wanted.append((
            entry["path"], entry["bytes"] - parts["partial"]["bytes"],
            sum(parts[k]["count"] for k in ("rows", "probe", "activity"))))
    got = ask("SELECT path, bytes, rows FROM files")
    paths = {path for path, _, _ in wanted}
    return counted(wanted), collections.Counter(
        {row: n for row, n in got.items() if row[0] in paths})


def main():
    view, path, file = sys.argv[1:]
    db = sqlite3.connect(path)
    if view == "files":
        with open(file, encoding="utf-8") as stream:
            rows = json.load(stream)
    else:
        rows = lines(file)
    wanted, got = globals()[view](
        lambda sql: counted(db.execute(sql)), rows)
    for row, count in sorted((wanted - got).items(), key=repr)[:6]:
        print("wanted", count, row)
    for row, count in sorted((got - wanted).items(), key=repr)[:6]:
        print("came  ", count, row)
    sys.exit(wanted != got)


main()
