# SPDX-License-Identifier: MIT
"""A day of servers that write logs, at speed.

Files grow by pieces that end anywhere, within lines and characters too; when
their hour is over they are renamed, packed, copied, cut after a copy, or
written anew.  Some come late, into new folders.  Nothing that was written is
lost: what lies there at the end holds every row.
"""

import gzip
import os
import random
import shutil
import subprocess

import common


def generate(work, scenarios, seed):
    """Trees of logs, unpacked: {path below the tree: bytes}."""
    logs = {}
    for scenario in scenarios:
        tree = os.path.join(work, f"made-{scenario}")
        subprocess.run([os.path.join(common.BUILD, "gen"), "--scenario",
                        scenario, "--seed", str(seed), "--out", tree],
                       stdout=subprocess.DEVNULL, check=True)
        for folder, _, names in os.walk(tree):
            for name in names:
                path = os.path.join(folder, name)
                opener = gzip.open if name.endswith(".gz") else open
                with opener(path, "rb") as file:
                    data = file.read()
                key = os.path.relpath(path, tree).removesuffix(".gz")
                logs[f"{scenario}/{key}"] = data
        shutil.rmtree(tree)
    return logs


def hour_of(path):
    return os.path.basename(path).split("_")[1][:10]


class Log:
    """A log that is written."""

    def __init__(self, path, data):
        self.path = path
        self.data = data
        self.at = 0
        self.made = False

    def grow(self, size):
        piece = self.data[self.at:self.at + size]
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        with open(self.path, "ab") as file:
            file.write(piece)
        self.at += len(piece)
        self.made = True

    def is_whole(self):
        return self.made and self.at == len(self.data)


class Replay:
    """Writes logs into 'tree', a round at a time."""

    def __init__(self, logs, tree, seed, pause, rounds=2):
        self.random = random.Random(seed)
        self.tree = tree
        self.pause = pause
        self.rounds = rounds
        self.hours = {}
        self.late = []
        for path in sorted(logs):
            log = Log(os.path.join(tree, path), logs[path])
            if self.random.random() < 0.1:
                # Comes when it is over, into a folder of its own.
                log.path = os.path.join(
                    tree, "late", str(self.random.randrange(4)), path)
                self.late.append(log)
            else:
                self.hours.setdefault(hour_of(path), []).append(log)
        os.makedirs(tree, exist_ok=True)

    # ---- what becomes of a log whose hour is over

    def rename(self, path):
        os.rename(path, path + ".1")

    def move(self, path):
        folder = os.path.join(self.tree, "archive",
                              str(self.random.randrange(3)))
        os.makedirs(folder, exist_ok=True)
        name = path[len(self.tree) + 1:].replace("/", "_")
        os.rename(path, os.path.join(folder, name))

    def pack(self, path):
        """In pieces, under the name that it keeps; then the log goes."""
        with open(path, "rb") as file:
            packed = gzip.compress(file.read(), 6)
        cut = self.random.randrange(len(packed))
        with open(path + ".gz", "ab") as file:
            file.write(packed[:cut])
            file.flush()
            self.pause(0.2)
            file.write(packed[cut:])
        os.unlink(path)

    def copy(self, path):
        shutil.copyfile(path, path + ".copy")
        if self.random.random() < 0.5:
            self.pause(0.2)
            os.unlink(path)

    def copy_and_cut(self, path):
        shutil.copyfile(path, path + ".old")
        with open(path, "wb"):
            pass

    def replace(self, path):
        shutil.copyfile(path, path + ".tmp")
        os.rename(path + ".tmp", path)

    def write_anew(self, path):
        """Cut, and the same again: a part, then all."""
        with open(path, "rb") as file:
            data = file.read()
        keep = os.path.join(os.path.dirname(path), "kept.LOG")
        if not os.path.exists(keep):
            shutil.copyfile(path, keep)
        with open(path, "wb") as file:
            file.write(data[:self.random.randrange(len(data))])
            file.flush()
            self.pause(0.2)
            file.seek(0)
            file.write(data)

    def leave(self, path):
        pass

    # ---- the day

    def over(self, log):
        self.random.choice([self.rename, self.move, self.pack, self.pack,
                            self.copy, self.copy_and_cut, self.replace,
                            self.write_anew, self.leave])(log.path)

    def grow_all(self, logs):
        """Every log of an hour, in rounds, in any order."""
        for number in range(self.rounds):
            self.random.shuffle(logs)
            for log in logs:
                left = len(log.data) - log.at
                last = number == self.rounds - 1
                log.grow(left if last else self.random.randrange(left + 1))
            self.pause(1)

    def run(self):
        """Yields after each hour."""
        for hour in sorted(self.hours):
            self.grow_all(self.hours[hour])
            for log in self.hours[hour]:
                self.over(log)
            self.pause(1)
            if self.late and self.random.random() < 0.6:
                log = self.late.pop(self.random.randrange(len(self.late)))
                log.grow(len(log.data))
            yield hour
        for log in self.late:
            log.grow(len(log.data))
        yield "the end"
