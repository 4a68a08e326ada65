# SPDX-License-Identifier: MIT
"""The commands that a report prints, run: each gives its numbers again."""

import csv
import io
import json
import shlex
import shutil
from collections import Counter, defaultdict
from datetime import timedelta

import reference


def rows_of(folder, command, rpclog):
    """What it prints, as tsv."""
    words = shlex.split(command)
    quiet = () if words[1] == "query" else ("-q",)
    done = folder.run(rpclog, *words[1:], *quiet, "--format", "tsv")
    # Logs may be damaged.
    if done.returncode not in ((0, 2) if quiet else (0,)):
        raise RuntimeError(f"{command}: exit {done.returncode}: "
                           f"{done.stderr.decode(errors='replace')[:300]}")
    text = done.stdout.decode("utf-8", "surrogateescape")
    return list(csv.DictReader(io.StringIO(text, newline="\n"),
                               delimiter="\t", quoting=csv.QUOTE_NONE))


def add(rows, name, number="requests"):
    sums = Counter()
    for row in rows:
        sums[row[name]] += int(row[number])
    return sums


def told(items, name, number):
    """What the report says; nothing where it counts nothing."""
    sums = Counter()
    for item in items:
        value = item[number]
        value = value["now"] if isinstance(value, dict) else value
        if value:
            sums[item[name] or ""] += value
    return sums


def users(report, rows):
    return (told(report["users"], "user", "failures"), add(rows, "user"))


def prompts(report, rows):
    return (told(report["users"], "user", "prompts"),
            add(rows, "user", "prompts"))


def user_hours(report, rows):
    return (told(report["users"], "user", "user_hours"),
            add(rows, "user", "hours"))


def hours(report, rows):
    want, got = Counter(), Counter()
    for hour in report["hours"]:
        if hour["failures"]:
            want[reference.moment(hour["since"])] += hour["failures"]
    for row in rows:
        got[reference.moment(row["hour"])] += int(row["requests"])
    return want, got


def classes(report, rows):
    want = told(report["classes"], "class", "requests")
    some = add(rows, "class")
    return want, Counter({name: some[name] for name in some
                          if name in want})


def targets(report, rows):
    return told(report["targets"], "target", "failures"), add(rows, "target")


def servers(report, rows):
    return told(report["servers"], "server", "failures"), add(rows, "server")


def asked_servers(report, rows):
    got = add(rows, "server", "popup")
    return (told(report["servers"], "server", "failures"),
            Counter({name: n for name, n in got.items() if n}))


def firsts(report, rows):
    want = {(f["class"], f["target"] or ""): reference.moment(f["first"])
            for f in report["first_seen"]}
    got = {(r["class"], r["target"]): reference.moment(r["first"])
           for r in rows}
    return want, {key: got[key] for key in got if key in want}


def files(report, rows):
    """Hours of which a server has no row."""
    begin = [reference.moment(h["since"]) for h in report["hours"]]
    there = defaultdict(set)
    for row in rows:
        there[row["server"]].add(reference.moment(row["hour"]))
    want = {s["server"] or "": [reference.moment(at)
                                for at in s["missing_hours"]]
            for s in report["servers"]}
    return want, {name: [at for at in begin if at not in there[name]]
                  for name in want}


def newest(report, rows):
    """A server that is silent has nothing new."""
    begin = reference.moment(report["since"])
    silent = {s["server"] or "" for s in report["servers"]
              if len(s["missing_hours"]) == len(report["hours"])}
    late = {r["server"]: reference.moment(r["newest"]) for r in rows
            if r["newest"]}
    return set(), {name for name in silent
                   if late.get(name, begin) - begin > timedelta(0)}


def findings(report, rows):
    names = ("finding", "severity", "subject", "users", "requests")
    return ([tuple(str(f[n] or "" if n == "subject" else f[n]) for n in names)
             for f in report["findings"]],
            [tuple(row[n] for n in names) for row in rows])


OF_LOGS = {"users": (users, prompts), "hours": (hours,),
           "classes": (classes,), "targets": (targets,),
           "servers": (servers,), "findings": (findings,),
           "first_seen": (firsts,), "files": (files,)}
OF_DATABASE = {"users": (users, prompts, user_hours),
               "servers": (asked_servers,), "files": (newest,)}


def check_who(folder, report, command, rpclog, tally):
    """One user's rows: those that asked."""
    for user in report["users"][:3]:
        words = command.replace("NAME", shlex.quote(user["user"]))
        rows = rows_of(folder, words, rpclog)
        asked = [r for r in rows if r["popup"] == "yes"]
        tally.check(len(asked) == user["failures"],
                    f"{words}: {len(asked)} rows ask, "
                    f"not {user['failures']}")


def check_page(folder, command, rpclog, tally):
    """The whole page."""
    done = folder.run(rpclog, *shlex.split(command)[1:])
    page = folder.path / "report.html"
    tally.check(done.returncode in (0, 2, 3) and page.exists() and
                page.read_bytes().startswith(b"<!DOCTYPE html>"),
                f"{command}: exit {done.returncode}")
    page.unlink(missing_ok=True)


def comparable(report):
    """What tsv shows is what the report tells, of names without control
    bytes."""
    text = json.dumps(report)
    return "\\u00" not in text and "\\ufffd" not in text


def sources(scenario, folder):
    """Logs and a database; once under names that a shell would not like."""
    yield from (("logs",), ("-d", "report.db"))
    if scenario.name != "rp-first-day":
        return
    logs, database = "lo gs'$(x)", "-re 'port`.db"
    (folder.path / logs).symlink_to("logs")
    shutil.copy(folder.path / "report.db", folder.path / database)
    yield from ((logs,), ("-d", database))
    (folder.path / logs).unlink()


def check_commands(scenario, folder, tally):
    """In all zones; of logs and of a database."""
    rpclog = folder.rpclog
    for source in sources(scenario, folder):
        for zone in scenario.zones:
            report = json.loads(folder.report(
                "json", *scenario.words(zone), *source))
            for name, command in report["commands"].items():
                if name == "page":
                    check_page(folder, command, rpclog, tally)
                    continue
                if name == "who" and not comparable(report):
                    continue
                if name == "who":
                    check_who(folder, report, command, rpclog, tally)
                    continue
                rows = rows_of(folder, command, rpclog)
                asks = " query " in command and name in OF_DATABASE
                checks = (OF_DATABASE if asks else OF_LOGS)[name]
                for check in checks if comparable(report) else ():
                    want, got = check(report, rows)
                    tally.check(want == got,
                                f"{command}: {check.__name__}",
                                f"report {want}", f"command {got}")
