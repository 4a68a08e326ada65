# SPDX-License-Identifier: MIT
"""The findings of a report, which come from a database, are those of diagnose,
which come from logs.

Users, requests and their order must be the same.  Of what is no failure the
database knows quarters and hours: its first and last may lie that much apart.
"""

import json
import subprocess
from datetime import datetime, timedelta, timezone

import reference
from days import GEN, RPCLOG, Folder, Tally

NAMES = ("finding", "severity", "subject", "users", "requests")
HOUR = timedelta(hours=1)
# The day that the generator makes, and hours out of it; all days where it
# makes more.
SPANS = (("2026-11-16", "2026-11-17"),
         ("2026-11-16T01:00:00Z", "2026-11-16T03:00:00Z"))
ALL_DAYS = (("2026-10-01", "2027-01-01"),)
LONG = {"late", "dst", "dx-story-rhythm", "dx-not-story-rhythm"}
OTHERS = {"fieldnote", "patched", "wrongpassword", "spray", "allclasses",
          "sessions", "actors", "builds", "late", "probes", "localized",
          "hostile", "damaged", "dst"}


def told(findings):
    return [tuple(f[name] for name in NAMES) for f in findings]


def is_near(exact, rough):
    """Of two findings: the times of the one lie in those of the other."""
    if not exact["first"] or not rough["first"]:
        return exact["first"] == rough["first"]
    times = [reference.moment(f[name]) for f in (exact, rough)
             for name in ("first", "last")]
    return (timedelta(0) <= times[0] - times[2] < HOUR and
            timedelta(0) <= times[3] - times[1] < HOUR)


def check_span(folder, tally, words, logs="logs", database="report.db"):
    done = folder.run(RPCLOG, "diagnose", "-q", "--format", "jsonl", *words,
                      logs)
    exact = [json.loads(line) for line in done.stdout.splitlines()]
    done = folder.run(RPCLOG, "report", "-q", "--json", *words, "-d",
                      database)
    rough = json.loads(done.stdout)["findings"]
    want, got = told(exact), told(rough)
    wrong = [f"lacks {f}" for f in want if f not in got] + [
        f"has {f}" for f in got if f not in want]
    what = f"{logs}: findings {' '.join(words)}"
    tally.check(want == got, what, *wrong)
    if want == got:
        wrong = [f"{a} {b}" for a, b in zip(exact, rough) if not is_near(a, b)]
        tally.check(not wrong, f"{what}: first and last", *wrong)


def check_all(work):
    """Of all that was made for diagnose, and more."""
    tally = Tally("agree")
    folder = Folder(work / "agree", datetime(2026, 12, 31,
                                             tzinfo=timezone.utc))
    folder.path.mkdir()
    lines = subprocess.run((GEN, "--list"), stdout=subprocess.PIPE, check=True,
                           encoding="utf-8").stdout.splitlines()
    names = [line.split()[0] for line in lines]
    # Other logs tell diagnose more than a database holds.
    names = [name for name in names if name in OTHERS or
             name.startswith("dx-") and name not in ("dx-iis", "dx-module")]
    tally.check(len(names) > 50, f"{len(names)} scenarios")
    for name in names:
        folder.run(GEN, "--scenario", name, "--out", name, code=0)
        database = name + ".db"
        folder.run(RPCLOG, "load", "-q", "-d", database, name)
        for since, until in ALL_DAYS if name in LONG else SPANS:
            check_span(folder, tally, ("-S", since, "-U", until), name,
                       database)
    return tally
