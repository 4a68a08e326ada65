# SPDX-License-Identifier: MIT
"""What all parts of test/watch share: watches, their lines, what they must be.

Nothing here waits for a certain time to pass: it waits until something is so,
and gives up after DEADLINE seconds.
"""

import csv
import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
BUILD = os.path.abspath(os.environ.get("BUILD", os.path.join(ROOT, "build")))
RPCLOG = os.path.join(BUILD, "rpclog")
DEADLINE = 60
ENV = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
KEYS = ("user", "client", "class", "target", "server", "first", "last",
        "requests")
TEXT_KEYS = ("user", "client", "class", "target", "last", "requests")

counts = {"passed": 0, "failed": 0, "skipped": 0}


def check(good, name, wanted="", came=""):
    if good:
        counts["passed"] += 1
        return True
    counts["failed"] += 1
    print(f"not ok - {name}")
    for label, text in (("wanted", wanted), ("came", came)):
        for line in str(text).splitlines()[:16]:
            print(f"# {label}: {line[:300]}")
    return False


def skip(why):
    counts["skipped"] += 1
    print(f"SKIP {why}")


def check_same(name, wanted, came):
    """Two lists of lines, in any order."""
    only_wanted = sorted(set(wanted) - set(came))
    only_came = sorted(set(came) - set(wanted))
    check(sorted(wanted) == sorted(came) and wanted,
          f"{name} ({len(wanted)} wanted, {len(came)} came)",
          "\n".join(only_wanted), "\n".join(only_came))


def until(condition):
    """Waits; what the condition answered last."""
    end = time.monotonic() + DEADLINE
    while True:
        answer = condition()
        if answer or time.monotonic() > end:
            return answer
        time.sleep(0.02)


def rpclog(*args):
    """A run of the program: (status, stdout, stderr)."""
    result = subprocess.run([RPCLOG, *args], env=ENV, capture_output=True,
                            stdin=subprocess.DEVNULL, timeout=2 * DEADLINE,
                            check=False)
    return (result.returncode, result.stdout.decode("utf-8", "replace"),
            result.stderr.decode("utf-8", "replace"))


class Watch:
    """A watch that runs."""

    running = []

    def __init__(self, work, name, *args, env=None, before=()):
        self.name = name
        self.args = args
        self.path = os.path.join(work, name + ".out")
        self.errors = os.path.join(work, name + ".err")
        with open(self.path, "wb") as out, open(self.errors, "wb") as err:
            self.process = subprocess.Popen(
                [*before, RPCLOG, "watch", *args], stdin=subprocess.DEVNULL,
                stdout=out, stderr=err, env={**ENV, "TMPDIR": work,
                                             **(env or {})})
        self.running.append(self.process)

    def lines(self):
        """Whole lines so far."""
        with open(self.path, encoding="utf-8") as file:
            text = file.read()
        return text[:text.rfind("\n") + 1].splitlines()

    def said(self):
        """What it said on stderr so far."""
        with open(self.errors, encoding="utf-8") as file:
            return file.read()

    def runs(self):
        return self.process.poll() is None

    def end(self, number=signal.SIGTERM):
        """Sends a signal, and answers the status."""
        self.process.send_signal(number)
        try:
            return self.process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return "it did not end"

    @classmethod
    def end_all(cls):
        """Those that a part left when it ended early."""
        for process in cls.running:
            if process.poll() is None:
                process.kill()
                process.wait()

    def rss_kb(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as f:
            return int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1))


# ---- lines -------------------------------------------------------------------

LINE = re.compile(r"(\d\d:\d\d:\d\d\.\d{3}) +#(\d+) (began|grew|withdrawn) +"
                  r"(.+?)  +(\S+)  +(\S+)  +(\S+)  +(\d+) requests?"
                  r"(?: since (?:\S+ )?\S+)?$")


def read_text(lines):
    day = None
    for line in lines:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", line):
            day = line
            continue
        match = LINE.fullmatch(line)
        if not match:
            raise ValueError(f"no line of a watch: {line}")
        clock, number, event, user, client, name, target, requests = (
            match.groups())
        target = None if target == "-" else target
        yield event, int(number), (user, client, name, target,
                                   f"{day}T{clock}Z", int(requests))


def read_json(lines):
    for line in lines:
        row = json.loads(line)
        yield row["event"], row["id"], tuple(row[key] for key in KEYS)


def fold(lines, text=False):
    """The last word on each id."""
    prompts = {}
    for event, number, prompt in (read_text if text else read_json)(lines):
        if event == "withdrawn":
            prompts.pop(number, None)
        else:
            prompts[number] = prompt
    return prompts


def shown(prompts):
    return [json.dumps(prompt) for prompt in prompts]


# ---- what it must be ---------------------------------------------------------

def prompts_of(tree, work, *, text=False):
    """The prompts of a tree: as one load of all of it has them."""
    database = os.path.join(work, "wanted.db")
    for end in ("", "-wal", "-shm"):
        if os.path.exists(database + end):
            os.unlink(database + end)
    rpclog("load", "-q", "-d", database, *([tree] if isinstance(tree, str)
                                           else tree))
    base = sqlite3.connect(database)
    rows = base.execute(
        f"SELECT {', '.join(TEXT_KEYS if text else KEYS)} FROM prompts")
    found = [tuple(row) for row in rows]
    base.close()
    return found


def popups_of(tree):
    """{(user, client): (prompts, requests, first, last)} as popups has it."""
    _, out, _ = rpclog("popups", "-q", "--by", "user,client", "--format",
                       "csv", "--no-csv-guard", tree)
    rows = list(csv.reader(io.StringIO(out)))[1:]
    return {tuple(cell or None for cell in row[:2]):
            (int(row[2]), int(row[3]), row[4], row[5]) for row in rows}


def popups_from(prompts):
    """The same, of prompts."""
    groups = {}
    for user, client, *_, first, last, requests in prompts:
        old = groups.get((user, client), (0, 0, first, last))
        groups[user, client] = (old[0] + 1, old[1] + requests,
                                min(old[2], first), max(old[3], last))
    return groups


def check_prompts(name, watch_lines, tree, work, *, text=False):
    """Waits until the lines say what the tree holds."""
    wanted = shown(prompts_of(tree, work, text=text))
    # While lines come, the last day may be one without its prompt.
    until(lambda: sorted(shown(fold(watch_lines(), text).values())) ==
          sorted(wanted))
    came = fold(watch_lines(), text).values()
    check_same(name, wanted, shown(came))
    if not text:
        groups, popups = popups_from(came), popups_of(tree)
        check(groups == popups, f"{name}: popups",
              "\n".join(map(str, set(popups.items()) - set(groups.items()))),
              "\n".join(map(str, set(groups.items()) - set(popups.items()))))
