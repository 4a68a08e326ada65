# SPDX-License-Identifier: MIT
"""Parts of test/watch that need no day: a few rows, and what is said of them.
"""

import gzip
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess

from common import (ENV, RPCLOG, Watch, check, check_prompts, fold,
                    prompts_of, read_json, rpclog, shown, skip, until)

LOAD = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "load")
LOG_AWK = os.path.join(LOAD, "log.awk")


class Rows:
    """Logs out of rows in the words of test/load/log.awk."""

    def __init__(self, folder):
        self.folder = folder
        self.ids = 0
        os.makedirs(folder, exist_ok=True)

    def text(self, rows):
        self.ids += 1000
        return subprocess.run(
            ["awk", "-v", f"from={self.ids}", "-f", LOG_AWK],
            input=("\n".join(rows) + "\n").encode(), check=True,
            stdout=subprocess.PIPE).stdout

    def add(self, name, *rows):
        """Rows at the end of a log, which is begun if it is not there."""
        path = os.path.join(self.folder, name)
        text = self.text(rows)
        if os.path.exists(path):
            text = text.split(b"\r\n", 1)[1]
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "ab") as file:
            file.write(text)


def events(watch, after=0):
    """(event, id, user, first, last, requests) of all lines so far."""
    return [(event, number, prompt[0], prompt[5][11:19], prompt[6][11:19],
             prompt[7]) for event, number, prompt in
            read_json(watch.lines()[after:])]


def expect(name, watch, *wanted, after=0):
    """Waits until these, and no others, were said."""
    wanted = list(wanted)
    until(lambda: len(events(watch, after)) >= len(wanted))
    came = events(watch, after)
    check(came == wanted, name, "\n".join(map(str, wanted)),
          "\n".join(map(str, came)))
    return after + len(wanted)


def ends(name, watch, number=signal.SIGTERM, status=0):
    came = watch.end(number)
    check(came == status, f"{name}: status", status, came)


MAILBOX = "mailbox:11111111-2222-3333-4444-555555555501@contoso.com"


def part_events(work):
    """Each kind of change, one after the other."""
    rows = Rows(os.path.join(work, "logs"))
    rows.add("a.log", "ok 07:59:00 user=zoe client=9")
    watch = Watch(work, "watch", rows.folder, "--json")
    rows.add("a.log", "krb 08:00:00 user=alice client=1")
    at = expect("it begins", watch,
                ("began", 1, "alice", "08:00:00", "08:00:00", 1))
    rows.add("a.log", "krb 08:01:00 user=alice client=1")
    at = expect("it grows", watch,
                ("grew", 1, "alice", "08:00:00", "08:01:00", 2), after=at)
    rows.add("a.log", "krb 08:04:00 user=alice client=1",
             "krb 08:04:00 user=bob client=2")
    at = expect("others", watch,
                ("began", 2, "alice", "08:04:00", "08:04:00", 1),
                ("began", 3, "bob", "08:04:00", "08:04:00", 1), after=at)
    rows.add("late/b.log", "krb 08:02:30 user=alice client=1")
    at = expect("a late row joins two", watch,
                ("withdrawn", 2, "alice", "08:04:00", "08:04:00", 1),
                ("grew", 1, "alice", "08:00:00", "08:04:00", 4), after=at)
    rows.add("late/c.log", "krb 08:03:00 user=bob client=2")
    at = expect("a late row before the first", watch,
                ("grew", 3, "bob", "08:03:00", "08:04:00", 2), after=at)
    rows.add("a.log", "krb 09:00:00 mbox=1 client=3")
    at = expect("nobody knows whose mailbox it is", watch,
                ("began", 4, MAILBOX, "09:00:00", "09:00:00", 1), after=at)
    rows.add("a.log", "ok 09:10:00 user=carol mbox=1 client=3")
    at = expect("somebody is known for it", watch,
                ("grew", 4, "carol", "09:00:00", "09:00:00", 1), after=at)
    rows.add("a.log", "krb 09:20:00 user=carol client=3",
             "krb 09:21:00 mbox=2 client=3")
    at = expect("two names", watch,
                ("began", 5, "carol", "09:20:00", "09:20:00", 1),
                ("began", 6, MAILBOX.replace("01@", "02@"), "09:21:00",
                 "09:21:00", 1), after=at)
    rows.add("a.log", "ok 09:22:00 user=carol mbox=2 client=3")
    at = expect("two names become one", watch,
                ("withdrawn", 6, MAILBOX.replace("01@", "02@"), "09:21:00",
                 "09:21:00", 1),
                ("grew", 5, "carol", "09:20:00", "09:21:00", 2), after=at)
    # Nothing changed, though there is something to read.
    os.rename(os.path.join(rows.folder, "a.log"),
              os.path.join(rows.folder, "b.log"))
    rows.add("c.log", "ok 10:00:00 user=zoe client=9")
    rows.add("c.log", "krb 10:00:00 user=zoe client=9")
    expect("and nothing else", watch,
           ("began", 7, "zoe", "10:00:00", "10:00:00", 1), after=at)
    check_prompts("events", watch.lines, rows.folder, work)
    ends("events", watch)


def part_known(work):
    """What a database held before the first watch is known; what a load brings
    between two is news."""
    rows = Rows(os.path.join(work, "logs"))
    database = os.path.join(work, "db")
    rows.add("a.log", "krb 08:00:00 user=alice client=1",
             "krb 08:00:00 user=bob client=2")
    rpclog("load", "-q", "-d", database, rows.folder)
    watch = Watch(work, "first", rows.folder, "--json", "-d", database)
    rows.add("a.log", "krb 08:01:00 user=alice client=1",
             "krb 09:00:00 user=carol client=3")
    expect("what was loaded is known", watch,
           ("grew", 1, "alice", "08:00:00", "08:01:00", 2),
           ("began", 3, "carol", "09:00:00", "09:00:00", 1))
    ends("known", watch)
    rows.add("a.log", "krb 09:01:00 user=carol client=3",
             "krb 10:00:00 user=dave client=4")
    rpclog("load", "-q", "-d", database, rows.folder)
    watch = Watch(work, "second", rows.folder, "--json", "-d", database)
    at = expect("what was loaded since is news", watch,
                ("grew", 3, "carol", "09:00:00", "09:01:00", 2),
                ("began", 4, "dave", "10:00:00", "10:00:00", 1))
    # Another load while it watches: of the same logs, and of others.
    other = Rows(os.path.join(work, "others"))
    other.ids = 500000
    other.add("x.log", "krb 11:00:00 user=erin client=5")
    status, _, err = rpclog("load", "-d", database, other.folder)
    check(status == 0, "a second load", 0, f"{status} {err}")
    rows.add("a.log", "krb 11:00:00 user=frank client=6")
    status, _, err = rpclog("load", "-d", database, rows.folder)
    check(status == 0, "a load of the same", 0, f"{status} {err}")
    until(lambda: len(events(watch, at)) >= 2)
    came = {(event, user) for event, _, user, *_ in events(watch, at)}
    check(came == {("began", "erin"), ("began", "frank")},
          "what others load is said", "erin, frank", came)
    _, out, _ = rpclog("query", "-d", database, "affected-users", "--format",
                       "tsv")
    check("frank" in out, "it can be asked meanwhile", "frank", out)
    # Rows are deleted under it: they are not withdrawn, names stay right.
    before = len(watch.lines())
    rpclog("load", "-q", "-d", database, "--prune", "2026-03-02T10:00:00Z")
    rows.add("a.log", "krb 12:00:00 user=grace client=7")
    until(lambda: len(watch.lines()) > before)
    came = [(event, user) for event, _, user, *_ in events(watch, before)]
    check(came == [("began", "grace")], "what was pruned is not withdrawn",
          "grace", came)
    ends("known, second", watch)


def part_busy(work):
    """Somebody else holds the database: the watch waits, and lives."""
    rows = Rows(os.path.join(work, "logs"))
    database = os.path.join(work, "db")
    rows.add("a.log", "krb 08:00:00 user=alice client=1")
    watch = Watch(work, "watch", rows.folder, "--json", "-d", database)
    at = expect("busy: it begins", watch,
                ("began", 1, "alice", "08:00:00", "08:00:00", 1))
    base = sqlite3.connect(database, isolation_level=None, timeout=60)
    base.execute("BEGIN IMMEDIATE")
    waiting = Watch(work, "waiting", rows.folder, "-d", database)
    until(waiting.said)
    ends("it can be ended while it waits for its first step", waiting)
    rows.add("a.log", "krb 08:01:00 user=alice client=1")
    until(lambda: "waiting" in watch.said())
    check("waiting" in watch.said(), "it says that it waits", "waiting",
          watch.said())
    check(watch.runs() and len(watch.lines()) == at, "and waits")
    base.execute("ROLLBACK")
    expect("busy: it goes on", watch,
           ("grew", 1, "alice", "08:00:00", "08:01:00", 2), after=at)
    base.execute("BEGIN IMMEDIATE")
    rows.add("a.log", "krb 09:01:00 user=alice client=1")
    until(lambda: watch.said().count("waiting") > 1)
    ends("it can be ended while it waits", watch)
    base.execute("ROLLBACK")
    base.close()
    watch = Watch(work, "after", rows.folder, "--json", "-d", database)
    expect("nothing is lost", watch,
           ("began", 2, "alice", "09:01:00", "09:01:00", 1))
    os.rename(database, database + ".away")
    rows.add("a.log", "krb 10:01:00 user=alice client=1")
    until(lambda: not watch.runs())
    check(watch.process.returncode == 2 and database in watch.said(),
          "a database that is gone", "2, and its name",
          f"{watch.process.returncode} {watch.said()}")


def part_filters(work):
    """They choose prompts: who no longer matches is withdrawn."""
    rows = Rows(os.path.join(work, "logs"))
    rows.add("a.log", "krb 08:00:00 user=alice client=1",
             "krb 08:00:00 user=bob client=2", "krb 09:00:00 mbox=1 client=3",
             "krb 09:00:00 user=eve client=4 server=ex2 target=cas9")
    watches = {
        "--user=bob": ["bob"], "--client=192.0.2.1": ["alice"],
        "--server=ex2": ["eve"], "--target=cas9": ["eve"],
        "--class=be_krb_*": ["alice", "bob", MAILBOX, "eve"],
        "--class=be_down,no_*": None, "--user=mailbox:*": [MAILBOX],
    }
    running = []
    for term, users in watches.items():
        watch = Watch(work, term.replace("*", "+"), rows.folder, "--json",
                      term)
        running.append((term, users, watch))
    for term, users, watch in running:
        if users is None:
            until(lambda w=watch: not w.runs())
            check(watch.process.returncode == 2 and
                  "no_*" in watch.said() or "be_down" in watch.said(),
                  f"{term}: an unknown class", "2", watch.said())
            continue
        until(lambda w=watch, n=len(users): len(w.lines()) >= n)
        came = [user for _, _, user, *_ in events(watch)]
        check(sorted(came) == sorted(users), term, users, came)
    rows.add("a.log", "ok 09:10:00 user=bob mbox=1 client=3")
    for term, wanted in (("--user=bob", ("began", "bob")),
                         ("--user=mailbox:*", ("withdrawn", "bob"))):
        watch = next(w for t, _, w in running if t == term)
        until(lambda w=watch: len(w.lines()) > 1)
        came = [(event, user) for event, _, user, *_ in events(watch)][1:]
        check(came == [wanted], f"{term}: a name changes", wanted, came)
    for term, users, watch in running:
        if users is not None:
            ends(term, watch)


def part_signals(work):
    """Status, heartbeats, and a reader that goes."""
    rows = Rows(os.path.join(work, "logs"))
    watch = Watch(work, "none", rows.folder)
    until(watch.said)
    check("no HttpProxy log was found so far" in watch.said(),
          "there is no log", "so far", watch.said())
    ends("SIGTERM", watch)
    rows.add("a.log", "krb 08:00:00 user=alice client=1",
             "ok 08:00:30 user=bob client=2")
    watch = Watch(work, "beat", rows.folder, "-v", "--tz", "Europe/Berlin")
    until(watch.said)
    wanted = ("rpclog: 1 log, 2 rows, the newest of "
              "2026-03-02T09:00:30.010+01:00, 1 prompt open, behind by ")
    check(watch.said().startswith(wanted), "a heartbeat", wanted, watch.said())
    check(watch.lines()[0] == "2026-03-02" and
          watch.lines()[1].startswith("09:00:00.000"), "the zone",
          "09:00", "\n".join(watch.lines()))
    ends("SIGINT", watch, signal.SIGINT, 130)
    check(watch.said().count(wanted) == 2, "a heartbeat at the end", wanted,
          watch.said())
    watch = Watch(work, "quiet", rows.folder, "-q")
    until(watch.lines)
    check(watch.said() == "", "-q", "", watch.said())
    ends("-q", watch)
    for folder in (rows.folder, "no"):
        process = subprocess.Popen(
            [RPCLOG, "watch", os.path.join(work, folder), "-q"], env=ENV,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if folder == "no":
            status = process.wait(60)
            check(status == 2, "a PATH that is not there", 2, status)
        else:
            process.stdout.readline()
            process.stdout.close()
            status = process.wait(60)
            check(status == -signal.SIGPIPE, "nobody reads any more",
                  -signal.SIGPIPE, status)
        process.stderr.close()


def part_files(work):
    """Files that are cut, damaged, no logs, or none any more."""
    rows = Rows(os.path.join(work, "logs"))
    text = rows.text(["krb 08:00:00 user=alice client=1",
                      "krb 09:00:00 user=alice client=1"] +
                     [f"ok 10:{i // 60:02}:{i % 60:02} user=bob client=2"
                      for i in range(600)])
    packed = gzip.compress(text)
    torn = os.path.join(rows.folder, "torn.gz")
    with open(os.path.join(rows.folder, "iis.log"), "wb") as file:
        file.write(b"#Software: Microsoft Internet Information Services 10.0\n"
                   b"#Fields: date time c-ip\n")
    os.mkdir(os.path.join(rows.folder, "empty"))
    with open(torn, "wb") as file:
        file.write(packed[:len(packed) // 2])
    watch = Watch(work, "watch", rows.folder, "--json", "-v")
    until(lambda: "still be written" in watch.said())
    check(f"{torn}: gzip stream is cut short" in watch.said() and
          "it may still be written" in watch.said(),
          "-v: a gzip that is still written", torn, watch.said())
    with open(torn, "ab") as file:
        file.write(packed[len(packed) // 2:])
    until(lambda: len(fold(watch.lines())) == 2)
    check(len(fold(watch.lines())) == 2, "it is whole", 2,
          "\n".join(watch.lines()))
    # One that lies there cut for long is trouble.
    old = os.path.join(rows.folder, "old.gz")
    with open(old + ".tmp", "wb") as file:
        file.write(gzip.compress(rows.text(
            ["krb 11:00:00 user=carol client=3"] * 50))[:200])
    os.utime(old + ".tmp", (1e9, 1e9))
    os.rename(old + ".tmp", old)
    until(lambda: watch.said().count(old) > 1)
    said = [line for line in watch.said().splitlines()
            if line.startswith(f"rpclog: {old}: ")]
    check(len(said) == 2 and "still" not in said[1],
          "a gzip that stays cut is said once more", 2, "\n".join(said))
    with open(os.path.join(rows.folder, "bad.log"), "wb") as file:
        file.write(rows.text(["krb 12:00:00 user=dave client=4"]) +
                   b"2026-03-02T13:00:00.000Z,short\r\n")
    until(lambda: "bad.log:3" in watch.said())
    check(watch.said().count("bad.log:3") == 1, "a damaged row",
          "bad.log:3", watch.said())
    for name in ("iis.log", "torn.gz"):
        os.unlink(os.path.join(rows.folder, name))
    os.rename(rows.folder, os.path.join(work, "away"))
    os.mkdir(rows.folder)
    check(watch.runs(), "its folder is gone")
    ends("files", watch)
    # A file that is named, and what goes by its name later.
    name = os.path.join(rows.folder, "one.log")
    rows.add("one.log", "krb 08:00:00 user=alice client=1")
    watch = Watch(work, "named", name, "--json")
    at = expect("a file", watch,
                ("began", 1, "alice", "08:00:00", "08:00:00", 1))
    rows.add("other.log", "krb 08:00:00 user=mallory client=6")
    os.rename(name, name + ".1")
    rows.add("one.log", "krb 09:00:00 user=bob client=2")
    at = expect("another file of its name", watch,
                ("began", 2, "bob", "09:00:00", "09:00:00", 1), after=at)
    ends("named", watch)


def part_refused(work):
    """A folder that can't be looked at is named, once, and asked again."""
    rows = Rows(os.path.join(work, "logs"))
    rows.add("a.log", "krb 08:00:00 user=alice client=1")
    link = os.path.join(work, "link")
    os.symlink("logs", link)
    watch = Watch(work, "watch", link, "--json", "-v", "--poll", "1")
    at = expect("by a link", watch,
                ("began", 1, "alice", "08:00:00", "08:00:00", 1))
    os.symlink("link", link + ".new")
    os.rename(link + ".new", link)
    until(lambda: f"{link}: " in watch.said())
    check(f"{link}: Too many levels" in watch.said(), "a link to itself",
          link, watch.said())
    os.symlink("logs", link + ".new")
    os.rename(link + ".new", link)
    rows.add("a.log", "krb 08:01:00 user=alice client=1")
    expect("it is mended", watch,
           ("grew", 1, "alice", "08:00:00", "08:01:00", 2), after=at)
    ends("refused", watch)
    check(watch.said().count(f"{link}: ") == 1, "said once", 1, watch.said())


def part_limits(work):
    """Where the kernel tells of no changes, they are looked for."""
    limits = "/proc/sys/user"
    asked = {"watches": 1, "instances": 0}
    for name, number in asked.items():
        rows = Rows(os.path.join(work, name))
        rows.add("one/a.log", "krb 08:00:00 user=alice client=1")
        set_limit = f"echo {number} > {limits}/max_inotify_{name}"
        if subprocess.run(["sh", "-c", f"unshare -Ur sh -c '{set_limit}'"],
                          capture_output=True, check=False).returncode != 0:
            skip(f"part limits: max_inotify_{name} can not be set here")
            continue
        watch = Watch(work, name + "-watch", rows.folder, "--json",
                      before=["unshare", "-Ur", "sh", "-c",
                              f'{set_limit}; exec "$@"', "sh"])
        at = expect(name, watch,
                    ("began", 1, "alice", "08:00:00", "08:00:00", 1))
        rows.add("one/a.log", "krb 08:01:00 user=alice client=1")
        expect(name, watch, ("grew", 1, "alice", "08:00:00", "08:01:00", 2),
               after=at)
        wanted = f"fs.inotify.max_user_{name} is too small"
        check(wanted in watch.said(), name, wanted, watch.said())
        ends(name, watch)


def part_memory(work):
    """After fifty steps it has about what it had after ten."""
    rows = Rows(os.path.join(work, "logs"))
    watch = Watch(work, "watch", rows.folder, "--json", "-j", "1",
                  env={"MALLOC_ARENA_MAX": "1"})
    sizes = []
    for step in range(50):
        clock = f"{8 + step // 6:02}:{step % 6 * 10:02}"
        rows.add(f"{step // 6}.log",
                 *[f"krb {clock}:{i % 60:02} user=user{i} client={i} "
                   f"ms={i}" for i in range(20)])
        # A log that is no prompt, and one that is no log.
        rows.add("ok.log", f"ok {clock}:00 user=zoe client=9")
        with open(os.path.join(rows.folder, f"text{step}.log"), "w",
                  encoding="ascii") as file:
            file.write("no log\n" * step)
        wanted = 20 * (step + 1)
        if not until(lambda n=wanted: sum(
                prompt[-1] for prompt in fold(watch.lines()).values()) >= n):
            check(False, f"memory: step {step}", wanted, len(watch.lines()))
            break
        sizes.append(watch.rss_kb())
    # Its database's cache and the allocator may take some megabytes, once.
    check(len(sizes) == 50 and sizes[-1] < sizes[10] + 10240,
          "memory is flat", f"about {sizes[10]}", sizes[-1])
    ends("memory", watch)


def part_horizon(work):
    """Rows that are older than the horizon go, and what they were part of is
    right all the same."""
    rows = Rows(os.path.join(work, "logs"))
    watch = Watch(work, "watch", rows.folder, "--json", "--horizon", "3h")
    lines = 0
    for hour in range(24):
        made = [f"krb {hour:02}:{minute:02}:00 user=alice client=1"
                for minute in range(0, 60)]
        # One prompt over all of the day, and others of an hour each.
        made += [f"krb {hour:02}:{minute:02}:30 user=bob client=2"
                 for minute in range(20, 40)]
        made += [f"ok {hour:02}:50:00 user=carol mbox=1 client=3"] * (
            hour == 0)
        made += [f"krb {hour:02}:55:00 mbox=1 client=3"]
        rows.add(f"{hour:02}.log", *made)
        lines = len(watch.lines())
        until(lambda n=lines: len(watch.lines()) >= n + 3)
        if hour >= 12:
            os.unlink(os.path.join(rows.folder, f"{hour - 12:02}.log"))
    kept = Rows(os.path.join(work, "kept"))
    for hour in range(24):
        kept.ids = hour * 1000
        made = [f"krb {hour:02}:{minute:02}:00 user=alice client=1"
                for minute in range(0, 60)]
        made += [f"krb {hour:02}:{minute:02}:30 user=bob client=2"
                 for minute in range(20, 40)]
        made += [f"ok {hour:02}:50:00 user=carol mbox=1 client=3"] * (
            hour == 0)
        made += [f"krb {hour:02}:55:00 mbox=1 client=3"]
        kept.add(f"{hour:02}.log", *made)
    check_prompts("over the horizon", watch.lines, kept.folder, work)
    came = fold(watch.lines())
    check(len(came) == 49, "prompts of a day", 49, len(came))
    check(not any(json.dumps(prompt).count("mailbox:")
                  for prompt in came.values()),
          "whose a mailbox is stays known")
    ends("horizon", watch)


def part_fault(work):
    """Killed before, or amid, the nth write to its database or its output."""
    preload = os.path.join(work, "fault.so")
    made = subprocess.run(
        [os.environ.get("CC", "cc"), "-O1", "-shared", "-fPIC", "-o", preload,
         os.path.join(LOAD, "fault.c"), "-ldl"], capture_output=True,
        check=False)
    if made.returncode != 0:
        skip("part fault: test/load/fault.c can not be compiled here")
        return
    rows = Rows(os.path.join(work, "logs"))
    there = os.path.join(work, "there")
    database = os.path.join(there, "db")
    kept = os.path.join(work, "kept.db")
    os.mkdir(there)
    rows.add("a.log", *[f"krb 08:{i:02}:00 user=user{i % 9} client={i % 9}"
                        for i in range(20)], "krb 08:30:00 mbox=1 client=3")
    watch = Watch(work, "before", rows.folder, "--json", "-d", database)
    until(lambda: len(fold(watch.lines())) == 21)
    ends("fault: before", watch)
    before = watch.lines()
    shutil.copyfile(database, kept)
    rows.add("a.log", "ok 08:40:00 user=user3 mbox=1 client=3",
             *[f"krb 09:{i:02}:00 user=user{i} client={i}" for i in range(9)])
    rows.add("b.log", "krb 08:07:30 user=user0 client=0",
             *[f"krb 08:{i:02}:30 user=user0 client=0" for i in range(9)])
    wanted = sorted(shown(prompts_of(rows.folder, work)))

    def run(fault, number):
        for name in os.listdir(there):
            os.unlink(os.path.join(there, name))
        shutil.copyfile(kept, database)
        killed = Watch(there, "killed", rows.folder, "--json", "-d", database,
                       env={fault: str(number), "FAULT_DIR": there,
                            "FAULT_OUTPUT": "1", "LD_PRELOAD": preload})
        # Once all is said it is idle: then that was the last write.
        until(lambda: not killed.runs() or sorted(shown(fold(
            before + killed.lines()).values())) == wanted)
        return killed

    count = os.path.join(work, "count")
    ends("fault: undisturbed", run("FAULT_COUNT", count))
    with open(count, encoding="ascii") as file:
        writes = int(file.read())
    chance = random.Random(int(os.environ.get("SEED", "1")))
    check(writes > 20, "fault: writes", "many", writes)
    for number in range(1, writes + 1):
        fault = chance.choice(["FAULT_TEAR", "FAULT_KILL"])
        killed = run(fault, number)
        if killed.runs():
            killed.process.kill()
            killed.process.wait()
        after = Watch(there, "after", rows.folder, "--json", "-v", "-d",
                      database)
        until(after.said)

        def came(killed=killed, after=after):
            return sorted(shown(fold(before + killed.lines() +
                                     after.lines()).values()))

        until(lambda: came() == wanted)
        check(came() == wanted, f"{fault}={number}", "\n".join(wanted),
              "\n".join(came()))
        ends(f"{fault}={number}", after)
