# SPDX-License-Identifier: MIT
"""The days that are reported: where they lie, and what a check comes to."""

import difflib
import os
import shutil
import subprocess
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import forms

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = Path(os.environ.get("BUILD") or ROOT / "build").resolve()
RPCLOG, GEN = str(BUILD / "rpclog"), str(BUILD / "gen")
UTC, BERLIN, KOLKATA = "UTC", "Europe/Berlin", "Asia/Kolkata"
NEW_YORK = "America/New_York"
# Of these the golden files show all; of others, what is big or hostile is a
# digest.
SHOWN = ("rp-quiet", "rp-first-day", "rp-no-data")


class Scenario:
    """A day of some logs.  'shown': formats whose golden file shows it."""

    def __init__(self, name, day="2026-11-20", zone=UTC, more=(KOLKATA,),
                 shown=("text", "md", "json", "prom"), code=0, loads=0):
        self.name, self.zone = name, zone
        self.day = date.fromisoformat(day)
        self.zones = (zone, *more)
        self.shown = forms.FORMATS if name in SHOWN else shown
        # Of a report from a database, and what damage makes of loading.
        self.code, self.loads = code, loads
        # In the morning after, wherever.
        self.now = datetime(self.day.year, self.day.month, self.day.day,
                            tzinfo=timezone.utc) + timedelta(hours=36)

    def words(self, zone=None):
        return ("--day", str(self.day), "--tz", zone or self.zone)


SCENARIOS = {s.name: s for s in (
    Scenario("demo", more=(KOLKATA, BERLIN)),
    Scenario("rp-week", more=(KOLKATA, NEW_YORK)),
    Scenario("rp-quiet"),
    Scenario("rp-first-day"),
    Scenario("rp-dst-spring", "2026-03-29", BERLIN, (UTC, KOLKATA)),
    Scenario("rp-dst-autumn", "2026-10-25", BERLIN, (UTC, KOLKATA)),
    Scenario("rp-no-data", code=3),
    Scenario("rp-damaged", loads=2),
    Scenario("rp-huge", more=(), shown=("prom",)),
    Scenario("rp-hostile", shown=("prom",)),
)}


class Tally:
    """What the checks came to."""

    def __init__(self, name):
        self.name, self.passed, self.lines = name, 0, []
        self.failed = 0

    def check(self, good, what, *lines):
        if good:
            self.passed += 1
            return
        self.failed += 1
        self.lines.append(f"FAILED: {self.name}: {what}")
        self.lines += ["    " + str(line)[:300] for line in lines[:12]]

    def same(self, want, got, what):
        lines = () if want == got else difflib.unified_diff(
            *(x.decode("utf-8", "backslashreplace").split("\n")
              for x in (want, got)), "wanted", "got", "", "", 0, "")
        self.check(want == got, what, *lines)


class Folder:
    """Where a scenario lies: logs, and a database of them."""

    rpclog = RPCLOG

    def __init__(self, path, now):
        self.path = path
        self.environment = dict(os.environ, LC_ALL="C", TZ="UTC",
                                RPCLOG_NOW=str(int(now.timestamp())))
        self.known = {}

    def run(self, *words, code=None, **options):
        done = subprocess.run(words, cwd=self.path, env=self.environment,
                              stdin=subprocess.DEVNULL, capture_output=True,
                              check=False, **options)
        if code is not None and done.returncode != code:
            raise RuntimeError("%s: exit %d, not %d: %s" % (
                " ".join(words), done.returncode, code,
                done.stderr.decode(errors="replace")[:500]))
        return done

    def report(self, form, *words, code=None):
        """What it prints: asked for once, if it goes to stdout."""
        command = (RPCLOG, "report", "-q", "--format", form, *words)
        if command not in self.known:
            done = self.run(*command)
            if "--output" in words:
                return done.stdout
            self.known[command] = done
        done = self.known[command]
        if code not in (None, done.returncode):
            raise RuntimeError(f"{' '.join(command)}: exit "
                               f"{done.returncode}, not {code}")
        return done.stdout

    def load(self, *paths, database="report.db", code=0):
        self.run(RPCLOG, "load", "-q", "-d", database, *paths, code=code)


def make(scenario, work):
    """The tree, as generated or shipped, and a database of it."""
    folder = Folder(work / scenario.name, scenario.now)
    folder.path.mkdir()
    if scenario.name == "demo":
        shutil.copytree(ROOT / "test/fixtures/demo", folder.path / "logs")
    else:
        folder.run(GEN, "--scenario", scenario.name, "--out", "logs", code=0)
    folder.load("logs", code=scenario.loads)
    return folder
