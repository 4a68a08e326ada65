#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Medians and ratios of what test/bench/run measured.

usage: table.py RESULTS
RESULTS: group, name, command, bytes of plain text or 0, wall s, processor s,
peak KiB; one line a run.  The first job of a group is its yardstick: "x" is
its time over the job's, so more than 1 is faster than the yardstick.
"""
import statistics
import sys


def read(path):
    """Jobs by group, both in order of first sight."""
    groups = {}
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            group, name, command, size, wall, cpu, peak = (
                line.rstrip("\n").split("\t"))
            jobs = groups.setdefault(group, {})
            job = jobs.setdefault(name, {
                "command": command, "bytes": int(size), "runs": []})
            job["runs"].append((float(wall), float(cpu), int(peak)))
    return groups


def walls(job):
    return [run[0] for run in job["runs"]]


def peak(job):
    """MiB, the most that any run needed."""
    return max(run[2] for run in job["runs"]) / 1024


def row(job, first_wall, number):
    wall = statistics.median(walls(job))
    cpu = statistics.median(run[1] for run in job["runs"])
    size = job["bytes"]
    rate = "%7.2f" % (size / wall / 1e9) if size else "      -"
    return "%9.4f %5.0f%% %8.4f %s %8.1f %7.2f  [%d]" % (
        wall, 100 * (max(walls(job)) - min(walls(job))) / wall, cpu, rate,
        peak(job), first_wall / wall, number)


def main():
    groups, number = read(sys.argv[1]), 0
    legend = []
    for group, jobs in groups.items():
        print("\n%-34s %9s %6s %8s %7s %8s %7s" % (
            group, "seconds", "spread", "cpu s", "GB/s", "MiB", "x"))
        first = next(iter(jobs.values()))
        for name, job in jobs.items():
            number += 1
            print("  %-32s %s" % (
                name, row(job, statistics.median(walls(first)), number)))
            legend.append("[%d] %s" % (number, job["command"]))
    print("\nGB/s: 1e9 bytes of plain text.  MiB: the largest process.  x: the"
          "\nfirst job's time over this one's.  Medians; spread is (max-min)/"
          "median.\n\nThe commands, to be run in the folder named above:")
    print("\n".join(legend))


if __name__ == "__main__":
    main()
