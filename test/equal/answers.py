#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds classes against the generator's own answer key.

usage: answers.py EXPECTED GOT [--some]
EXPECTED: RequestId, class after sessions, note; class - is not said.
GOT: what `grep '' --fields RequestId,class` printed.
--some: rows without an answer, and answers without a row, are no fault.
"""
import collections
import sys


def table(path):
    classes = collections.defaultdict(list)
    with open(path, encoding="latin-1", newline="\n") as stream:
        for line in stream:
            cells = line.rstrip("\n").split("\t")
            if cells[:2] != ["RequestId", "class"]:
                classes[cells[0]].append(cells[1])
    return classes


def main():
    expected, got = table(sys.argv[1]), table(sys.argv[2])
    partial = sys.argv[3:] == ["--some"]
    problems = []
    for request, classes in expected.items():
        found = got.get(request, [])
        if "-" in classes or (partial and not found):
            continue
        if partial:
            same = set(found) <= set(classes)
        else:
            same = sorted(found) == sorted(classes)
        if not same:
            problems.append("%s is %s, not %s" % (
                request or "(no RequestId)",
                ",".join(found[:5]) or "missing", ",".join(classes[:5])))
    if not partial:
        problems += ["%s is not in the answer key" % request
                     for request in got if request not in expected]
    for problem in problems[:8]:
        print(problem)
    sys.exit(1 if problems else 0)


main()
