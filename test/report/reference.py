#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a report must count, worked out in another way: row by row.

The rows are those of `rpclog cat`, with the class and the user that all logs
together give them; no database has a part in it.  The answer has the shape of
`rpclog report --format json`, as far as numbers go.

usage: reference.py RPCLOG DAY ZONE PATH...	prints what must come out
"""

import json
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

FIELDS = "start,class,popup,user,client,target,server,legacy"
SPANS = ("now", "before", "week")
GAP = timedelta(seconds=120)
HOUR = timedelta(hours=1)
SUMS = ("users", "user_hours", "prompts", "failures")
SOURCE_SUMS = ("sources", "source_hours", "source_prompts", "source_failures")


def run(*words):
    done = subprocess.run(words, stdout=subprocess.PIPE, encoding="utf-8",
                          errors="surrogateescape",
                          stderr=subprocess.DEVNULL, check=False)
    return done.stdout


def moment(text):
    """An instant: logs have milliseconds, so this loses nothing."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


class Row:
    """A row of cat; what is empty is ''."""

    def __init__(self, line):
        cells = json.loads(line)
        self.start = moment(cells["start"])
        self.kind = cells["class"]
        self.prompts = cells["popup"] == "yes"
        self.user = cells["user"] or ""
        self.client = cells["client"] or ""
        self.target = cells["target"] or ""
        self.server = cells["server"] or ""
        self.legacy = cells["legacy"] == "yes"
        self.is_source = self.user.startswith("client:")


class Span:
    """From an instant to another, in a zone."""

    def __init__(self, since, until, zone):
        self.since, self.until, self.zone = since, until, zone

    def has(self, at):
        return self.since <= at < self.until

    def hour(self, at):
        """The clock hour of an instant, as the instant at which it begins."""
        shown = at.astimezone(self.zone)
        return at - timedelta(minutes=shown.minute, seconds=shown.second,
                              microseconds=shown.microsecond)

    def buckets(self):
        """Clock hours, or days if there are more than 48 hours."""
        at, days = self.since, self.until - self.since > 48 * HOUR
        while at < self.until:
            if days:
                date = at.astimezone(self.zone).date() + timedelta(days=1)
                end = midnight(date, self.zone)
            else:
                end = self.hour(at) + HOUR
            yield Span(at, min(end, self.until), self.zone)
            at = end


def midnight(date, zone):
    return datetime(date.year, date.month, date.day,
                    tzinfo=zone).astimezone(timezone.utc)


def day_span(date, zone):
    return Span(midnight(date, zone), midnight(date + timedelta(days=1), zone),
                zone)


def spans_of_day(date, zone):
    return {name: day_span(date - timedelta(days=days), zone)
            for name, days in zip(SPANS, (0, 1, 7))}


def spans_between(since, until, zone):
    """Any span, with the one before it; a week before only if it is short."""
    def date(at):
        return at.astimezone(zone).date()

    def is_midnight(at):
        return midnight(date(at), zone) == at

    def back(at, days):
        if is_midnight(at):
            return midnight(date(at) - timedelta(days=days), zone)
        shown = at.astimezone(zone).replace(tzinfo=None) - timedelta(days=days)
        return shown.replace(tzinfo=zone).astimezone(timezone.utc)

    before = since - (until - since)
    if is_midnight(since) and is_midnight(until):
        before = back(since, (date(until) - date(since)).days)
    spans = {"now": Span(since, until, zone),
             "before": Span(before, since, zone), "week": None}
    if until - since < timedelta(days=7) - HOUR:
        spans["week"] = Span(back(since, 7), back(until, 7), zone)
    return spans


def prompts_of(rows):
    """How many begin, by user: a pause begins a new one."""
    last, sums = {}, Counter()
    for row in sorted(rows, key=lambda row: row.start):
        line = row.user, row.client
        if line not in last or row.start - last[line] > GAP:
            sums[row.user] += 1
        last[line] = row.start
    return sums


def sums_of(rows, span):
    """Users, their hours, prompts, failures; of sources the same."""
    answer = {}
    begun = prompts_of(rows)
    for names, wanted in (SUMS, False), (SOURCE_SUMS, True):
        mine = [r for r in rows if r.is_source == wanted]
        users = {r.user for r in mine}
        hours = {(r.user, span.hour(r.start)) for r in mine}
        answer.update(zip(names, (len(users), len(hours),
                                  sum(begun[u] for u in users), len(mine))))
    return answer


def most(rows, *names):
    """The values that most rows have, of equals the least."""
    def key(pair):
        values, count = pair
        return -count, [value.encode() for value in values]

    sums = Counter(tuple(getattr(r, n) for n in names) for r in rows)
    return min(sums.items(), key=key)[0] if sums else tuple("" for _ in names)


def by(rows, name):
    lists = defaultdict(list)
    for row in rows:
        lists[getattr(row, name)].append(row)
    return lists


class Reference:
    """All rows of some logs, and the report of a span of them."""

    def __init__(self, rpclog, paths):
        lines = run(rpclog, "cat", "-q", "--format", "jsonl", "--fields",
                    FIELDS, *paths).split("\n")[:-1]
        rows = [Row(line) for line in lines]
        self.rows = [r for r in rows if r.kind != "activity"]
        self.requests = [r for r in self.rows if r.kind != "probe"]
        self.failures = [r for r in self.rows if r.prompts]
        self.legacy = {r.target for r in self.requests if r.legacy}
        self.rules = {}
        for line in run(rpclog, "rules", "list", "--format",
                        "jsonl").split("\n")[:-1]:
            rule = json.loads(line)
            self.rules[rule["name"]] = rule["popup"], rule["severity"]

    def report(self, spans, now):
        """'now': hours that are not over by then are not missing."""
        self.spans, self.now = spans, now
        self.all = self.slices(self.rows)
        self.asked = self.slices(self.requests)
        self.failed = self.slices(self.failures)
        self.earlier = [r for r in self.failures
                        if r.start < spans["now"].until]
        self.buckets = list(spans["now"].buckets())
        self.known = {name: bool(self.all[name]) for name in SPANS}
        return {
            "outcome": self.outcome(), "sums": self.sums(),
            "hours": self.hours(), "classes": self.classes(),
            "targets": self.targets(), "servers": self.servers(),
            "users": self.users(), "news": self.news(),
            "first_seen": self.first_seen(),
        }

    def slices(self, rows):
        return {name: [r for r in rows if span and span.has(r.start)]
                for name, span in self.spans.items()}

    def by_bucket(self, rows):
        sums = Counter()
        for row in rows:
            for i, bucket in enumerate(self.buckets):
                if bucket.has(row.start):
                    sums[i] += 1
                    break
        return [sums[i] for i in range(len(self.buckets))]

    def each_span(self, rows, count=len):
        """A number of each span that is known; None if not all are asked."""
        return {name: count(rows[name])
                if self.known[name] and len(rows) == len(SPANS) else None
                for name in SPANS}

    def outcome(self):
        if not self.known["now"]:
            return "no_data"
        return "prompted" if self.failed["now"] else "quiet"

    def sums(self):
        answer = {}
        for name, span in self.spans.items():
            answer[name] = {"known": self.known[name]}
            if self.known[name]:
                answer[name].update(sums_of(self.failed[name], span))
                answer[name]["requests"] = len(self.asked[name])
        return answer

    def hours(self):
        answer = []
        for bucket in self.buckets:
            rows = [r for r in self.failed["now"] if bucket.has(r.start)]
            answer.append({
                "since": bucket.since, "until": bucket.until,
                "known": any(bucket.has(r.start) for r in self.all["now"]),
                "users": len({r.user for r in rows if not r.is_source}),
                "failures": len(rows)})
        return answer

    def users_in(self, rows):
        return len({r.user for r in rows if not r.is_source})

    def hours_in(self, rows):
        hour = self.spans["now"].hour
        return len({(r.user, hour(r.start)) for r in rows if not r.is_source})

    def is_told(self, kind):
        popup, severity = self.rules.get(kind, ("no", "low"))
        return popup == "yes" or (kind != "ok" and severity != "info")

    def classes(self):
        answer = {}
        names = {r.kind for r in self.earlier}
        for rows in self.asked.values():
            names |= {r.kind for r in rows if self.is_told(r.kind)}
        for name in names:
            mine = {span: [r for r in rows if r.kind == name]
                    for span, rows in self.asked.items()}
            ever = [r.start for r in self.earlier if r.kind == name]
            popup, severity = self.rules[name]
            some = mine if popup == "yes" else {"now": []}
            answer[name] = {
                "popup": popup, "severity": severity,
                "requests": self.each_span(mine),
                "users": self.each_span(some, self.users_in),
                "user_hours": self.each_span(some, self.hours_in),
                "requests_by_hour": self.by_bucket(mine["now"]),
                "first": min((r.start for r in some["now"]), default=None),
                "first_ever": min(ever, default=None)}
        return answer

    def machines(self, names, member):
        answer = {}
        failed = {s: by(rows, member) for s, rows in self.failed.items()}
        worked = {s: by([r for r in rows if r.kind == "ok"], member)
                  for s, rows in self.asked.items()}
        for name in names:
            fails = {s: failed[s].get(name, []) for s in SPANS}
            works = {s: worked[s].get(name, []) for s in SPANS}
            answer[name] = {
                "users": self.each_span(fails, self.users_in),
                "failures": self.each_span(fails),
                "worked": self.each_span(works),
                "failures_by_hour": self.by_bucket(fails["now"]),
                "worked_by_hour": self.by_bucket(works["now"]),
                "class": most(fails["now"], "kind")[0],
                "first": min((r.start for r in fails["now"]), default=None)}
        return answer

    def targets(self):
        names = {r.target for r in self.earlier}
        for rows in self.asked.values():
            names |= {r.target for r in rows if r.kind == "ok" or r.prompts}
        answer = self.machines(names, "target")
        ever = by(self.earlier, "target")
        for name, machine in answer.items():
            machine["legacy"] = name in self.legacy
            machine["first_ever"] = min(
                (r.start for r in ever.get(name, [])), default=None)
        return answer

    def servers(self):
        here = {s: by(rows, "server") for s, rows in self.all.items()}
        names = set().union(*here.values())
        answer = self.machines(names, "server")
        for name, machine in answer.items():
            mine = here["now"].get(name, [])
            machine["missing_hours"] = [
                b.since for b in self.buckets if b.until <= self.now and
                not any(b.has(r.start) for r in mine)]
        return answer

    def users(self):
        answer = {}
        begun = prompts_of(self.failed["now"])
        before = {r.user for r in self.failed["before"]}
        ever = {r.user for r in self.earlier
                if r.start < self.spans["now"].since}
        compared = self.known["now"] and self.known["before"]
        for name, rows in by(self.failed["now"], "user").items():
            kind, target = most(rows, "kind", "target")
            hour = self.spans["now"].hour
            new = compared and name not in before
            answer[name] = {
                "source": rows[0].is_source,
                "user_hours": len({hour(r.start) for r in rows}),
                "prompts": begun[name], "failures": len(rows),
                "first": min(r.start for r in rows),
                "last": max(r.start for r in rows),
                "class": kind, "target": target, "new": new,
                "never_before": new and name not in ever,
                "failures_by_hour": self.by_bucket(rows)}
        return answer

    def news(self):
        answer = {}
        if not self.known["now"] or not self.known["before"]:
            return answer
        since = self.spans["now"].since
        for kind, member in (("class", "kind"), ("target", "target"),
                             ("user", "user")):
            now = by(self.failed["now"], member)
            before = by(self.failed["before"], member)
            ever = by(self.earlier, member)
            for name in set(now) ^ set(before):
                rows = now.get(name) or before[name]
                starts = [r.start for r in rows]
                if name:
                    answer[kind, name] = {
                        "change": "new" if name in now else "gone",
                        "failures": len(rows),
                        "at": min(starts) if name in now else max(starts),
                        "never_before": name in now and
                        min(r.start for r in ever[name]) >= since}
        return answer

    def first_seen(self):
        firsts = {}
        for row in self.earlier:
            key = row.kind, row.target
            firsts[key] = min(row.start, firsts.get(key, row.start))
        return {key: {"first": at, "inside": self.spans["now"].has(at)}
                for key, at in firsts.items()}


def main():
    rpclog, day, zone, *paths = sys.argv[1:]
    spans = spans_of_day(datetime.fromisoformat(day).date(), ZoneInfo(zone))
    answer = Reference(rpclog, paths).report(
        spans, datetime.now(timezone.utc))
    for part, values in answer.items():
        print(part, json.dumps(values if not isinstance(values, dict) else {
            str(key): value for key, value in values.items()}, default=str,
            indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
