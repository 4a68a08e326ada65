#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The goals of speed and memory, and how far they are met.

usage: goals.py RESULTS zlib|ISA-L ROWS
RESULTS are test/bench/run's, as table.py reads them.  rpclog unpacks with zlib
or ISA-L; its load wrote so many ROWS.  A ratio is the median of the ratios of
the rounds: a round runs both jobs within seconds.
"""
import statistics
import sys

import table

FAILURES = "status 400 and up by hour, user"
PLAIN_LINES = "limit: line ends, 2 threads"
DUCKDB_START = "DuckDB, its start alone"

# Number, what, group, our job, yardstick, how, must, aim, what to take off the
# yardstick.  "speed": its time over ours, so more is better; "time": ours over
# its, less is better.
RATIOS = (
    ("1", "popups against DuckDB's group-by", FAILURES, "popups -j2",
     "DuckDB", "speed", 4, 8, DUCKDB_START),
    ("2", "popups against wc -l", "plain", "popups -j2", "wc -l", "time", 1,
     0.75, None),
    ("3", "popups against line ends", "plain", "popups -j2", PLAIN_LINES,
     "speed", 0.40, 0.60, None),
    ("4 ISA-L", "popups gz against inflate", "gz", "popups -j2",
     "limit: ISA-L, 2 threads", "speed", 0.80, 0.95, None),
    ("5 zlib", "popups gz against inflate", "gz", "popups -j2",
     "limit: zlib, 2 threads", "speed", 0.90, 0.97, None),
    ("6", "popups gz against DuckDB", "the same, gz", "popups -j2", "DuckDB",
     "speed", 3, 4, DUCKDB_START),
    ("7 zlib", "one big gz against inflate", "one big gz", "popups -j2",
     "limit: zlib, 1 thread", "speed", 0.95, 0.99, None),
    ("7 ISA-L", "one big gz against inflate", "one big gz", "popups -j2",
     "limit: ISA-L, 1 thread", "speed", 0.95, 0.99, None),
    ("8", "rows with a literal against ripgrep", "rows with a literal, plain",
     "grep -F -h -j2", "ripgrep", "time", 1.15, 1, None),
    ("9", "a literal in gz against ugrep", "count a literal, gz",
     "grep -F -c -j2", "ugrep -z", "speed", 2.5, 3.2, None),
    ("9", "a literal in gz against ripgrep", "count a literal, gz",
     "grep -F -c -j2", "ripgrep -z", "speed", 4.5, 6, None),
    ("10", "grep --where against rg | mawk", "rows with a literal and 401",
     "grep --where -j2", "rg | mawk", "time", 1.3, 1, None),
    ("10", "count --where against rg | mawk", "literal and 401 by hour, user",
     "count -j2", "rg | mawk", "time", 1.3, 1, None),
    ("12", "load --full against sqlite3 .import", "load, plain",
     "load --full -j2", "sqlite3 .import", "speed", 2, 5, None),
    ("12", "load --full of gz against .import", "load, gz",
     "load --full -j2", "sqlite3 .import", "speed", 2, 5, None),
    ("15", "--version against grep", "start-up", "rpclog --version",
     "grep --version", "time", 3, 1.5, None),
    ("15", "popups of a small file against grep", "start-up",
     "popups on one small file", "grep on one small file", "time", 3, 1.5,
     None),
    ("16", "50,000 users against 2,000", "users, random order",
     "popups -j2 50000users", "popups -j2 2000users", "time", 1.3, 1.1, None),
    ("17", "diagnose against popups", "diagnose, plain", "diagnose -j2",
     "popups -j2", "time", 1.3, 1.2, None),
    ("17", "diagnose of gz against popups", "diagnose, gz", "diagnose -j2",
     "popups -j2", "time", 1.3, 1.2, None),
)


def verdict(value, must, aim, more_is_better):
    sign = 1 if more_is_better else -1
    if sign * value >= sign * aim:
        return "aim met"
    return "met" if sign * value >= sign * must else "SHORT"


lines = []


def line(number, what, value, unit, must, aim, word, commands):
    text = "%-8s %-38s %8s %-6s %6s %6s  %s" % (
        number, what, value, unit, must, aim, word)
    for command in commands:
        text += "\n         " + command
    place = number.split(" ")[0]
    lines.append((int(place) if place.isdigit() else 0, text))


def rounds(ours, other, less):
    """Pairs of times; a job that ran once is set against each round."""
    many = max(len(job["runs"]) for job in (ours, other))
    for i in range(many):
        off = statistics.median(table.walls(less)) if less else 0
        yield (table.walls(ours)[i % len(ours["runs"])],
               table.walls(other)[i % len(other["runs"])] - off)


def ratio_goal(groups, inflates, goal):
    number, what, group, ours, other, how, must, aim, less = goal
    library = number.split(" ")[-1] if " " in number else inflates
    jobs = groups.get(group, {})
    missing = [name for name in (ours, other, less)
               if name and name not in jobs]
    if library != inflates:
        missing = ["rpclog with " + library]
    if missing:
        line(number, what, "-", how, must, aim, "no " + ", ".join(missing), ())
        return
    values = [b / a if how == "speed" else a / b for a, b in rounds(
        jobs[ours], jobs[other], jobs[less] if less else None)]
    value = statistics.median(values)
    commands = [jobs[ours]["command"], "against " + jobs[other]["command"]]
    if less:
        commands.append("less    " + jobs[less]["command"])
    line(number, what, "%.2f" % value, how, must, aim,
         verdict(value, must, aim, how == "speed"), commands)


def load_goals(groups, rows):
    """A load may take 50 ms, and 1 us a row that it writes."""
    for form in ("plain", "gz"):
        jobs = groups.get("load, " + form, {})
        what = "load of %s against popups" % form
        if "load -j2" not in jobs:
            line("11", what, "-", "time", 2, 1.25, "no load", ())
            continue
        value = statistics.median(
            (a - 0.050 - rows * 1e-6) / b
            for a, b in rounds(jobs["load -j2"], jobs["popups -j2"], None))
        line("11", what, "%.2f" % value, "time", 2, 1.25,
             verdict(value, 2, 1.25, False),
             (jobs["load -j2"]["command"] +
              "  (less 50 ms, and 1 us for each of %d rows)" % rows,
              "against " + jobs["popups -j2"]["command"]))


def growth_goals(groups):
    """Jobs of group growth are called JOB SIZE, sizes from small to large."""
    kinds = {}
    for name, job in groups.get("growth", {}).items():
        kinds.setdefault(name.rsplit(" ", 1)[0], []).append(job)
    for kind, jobs in kinds.items():
        jobs.sort(key=lambda job: job["bytes"])
        peaks = [table.peak(job) for job in jobs]
        line("13", "peak of " + kind, "%.1f" % max(peaks), "MiB", 32, 16,
             verdict(max(peaks), 32, 16, False), (jobs[-1]["command"],))
        if len(jobs) < 2:
            continue
        more = peaks[-1] - peaks[0]
        line("13", "more than at the smallest size *", "%.1f" % more, "MiB",
             2, 2, verdict(more, 2, 2, False), ())
        costs = [statistics.median(table.walls(job)) / job["bytes"]
                 for job in jobs]
        steps = [b / a for a, b in zip(costs, costs[1:])]
        line("14", "a byte's time, %s" % kind, "%.2f" % max(steps), "time",
             1.05, 1, verdict(max(steps), 1.05, 1, False),
             ("ns a KiB at %s GB: %s" % (
                 ", ".join("%.2f" % (job["bytes"] / 1e9) for job in jobs),
                 ", ".join("%.1f" % (cost * 1024e9) for cost in costs)),))
    if not kinds:
        line("13", "peak of memory", "-", "MiB", 32, 16, "not measured", ())
        line("14", "growth", "-", "time", 1.05, 1, "not measured", ())


def report_goals(groups):
    """A day out of 30 days of 20 servers, in seconds: the slowest format."""
    jobs = groups.get("report of a day", {})
    walls = {name: statistics.median(table.walls(job))
             for name, job in jobs.items()}
    if not walls:
        line("18", "report of one day out of 30", "-", "s", 2, 1,
             "not measured", ())
        return
    name = max(walls, key=walls.get)
    line("18", "report of one day out of 30", "%.2f" % walls[name], "s", 2, 1,
         verdict(walls[name], 2, 1, False), (jobs[name]["command"],))


def main():
    groups, inflates = table.read(sys.argv[1]), sys.argv[2]
    print("\nGoals.  speed: its time over ours, more is better; time: ours "
          "over its, less\nis better.  Medians of the rounds' ratios.\n")
    line("goal", "job", "is", "in", "must", "aim", "", ())
    for goal in RATIOS:
        ratio_goal(groups, inflates, goal)
    load_goals(groups, int(sys.argv[3]))
    growth_goals(groups)
    report_goals(groups)
    for _, text in sorted(lines, key=lambda pair: pair[0]):
        print(text)
    print("\n* Users, user-hours and 16 bytes a run of starts may come on top;"
          "\n  they are in the number, for they can't be told apart from here."
          "\n14 is the worst step from one size to the next.")


main()
