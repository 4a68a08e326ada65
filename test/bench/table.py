#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Medians and ratios of what test/bench/run measured.

usage: table.py RESULTS BYTES
RESULTS: group, name, command, wall s, processor s, peak KiB; one line a run.
The first job of a group is its yardstick: "x" is its time over the job's, so
more than 1 is faster than the yardstick.
"""
import statistics
import sys


def read(path):
    """Jobs by group, both in order of first sight."""
    groups = {}
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            group, name, command, wall, cpu, peak = line.rstrip("\n").split("\t")
            jobs = groups.setdefault(group, {})
            job = jobs.setdefault(name, {"command": command, "runs": []})
            job["runs"].append((float(wall), float(cpu), int(peak)))
    return groups


def row(job, first_wall, size, number):
    walls = [run[0] for run in job["runs"]]
    wall = statistics.median(walls)
    cpu = statistics.median(run[1] for run in job["runs"])
    peak = max(run[2] for run in job["runs"])
    rate = "%7.2f" % (size / wall / 1e9) if size else "      -"
    return "%9.4f %5.0f%% %8.4f %s %8.1f %7.2f  [%d]" % (
        wall, 100 * (max(walls) - min(walls)) / wall, cpu, rate, peak / 1024,
        first_wall / wall, number)


def main():
    groups, size, number = read(sys.argv[1]), int(sys.argv[2]), 0
    legend = []
    for group, jobs in groups.items():
        print("\n%-34s %9s %6s %8s %7s %8s %7s" % (
            group, "seconds", "spread", "cpu s", "GB/s", "MiB", "x"))
        first = next(iter(jobs.values()))["runs"]
        first_wall = statistics.median(run[0] for run in first)
        for name, job in jobs.items():
            number += 1
            rate_of = 0 if group.startswith("start-up") else size
            print("  %-32s %s" % (name, row(job, first_wall, rate_of, number)))
            legend.append("[%d] %s" % (number, job["command"]))
    print("\nGB/s: 1e9 bytes of plain text.  MiB: the largest process.  x: the"
          "\nfirst job's time over this one's.  Medians; spread is (max-min)/"
          "median.\n\nThe commands, to be run in the folder named above:")
    print("\n".join(legend))


main()
