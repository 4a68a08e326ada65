#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What diagnose must count, worked out in another way: row by row.

The rows are those of `rpclog cat`, with the class and the user that all logs
together give them.  For each kind of finding that is listed below, its users,
requests, first and last are looked for in them by its definition, and must be
those that `rpclog diagnose` tells, for each subject, no finding more or less.
Of refused logons, which belong to one of several findings, the sum is looked
at.

usage: test/diagnose/reference.py RPCLOG PATH...
"""

import json
import re
import subprocess
import sys
from collections import Counter, defaultdict

FIELDS = ("start,class,popup,user,client,mailbox,target,protocol,server,legacy,"
          "software,windows,method,TotalRequestTime,AnchorMailbox,UrlStem,"
          "AuthenticatedUser")
LEGS = {"handshake", "fe_auth_leg", "fe_credentials_rejected",
        "fe_credentials_suspected"}
REFUSED = {"fe_credentials_rejected", "fe_credentials_suspected",
           "fe_basic_rejected"}
LOGONS = {"credentials_rejected", "frontend_logon", "password_spray",
          "brute_force"}
TIMEOUT = "rpc_establish_timeout"
# Of more targets than this only the busiest are looked at.
MOST_TARGETS = 50


class Row:
    """A row of cat; what is empty is ''."""

    def __init__(self, line):
        for name, value in json.loads(line).items():
            setattr(self, name.replace("class", "kind"), value or "")
        self.hour = self.start[:13]
        self.prompts = self.popup in ("yes", "likely")
        # A row that tells something about its user.
        self.used = self.kind not in LEGS and (
            self.AuthenticatedUser != "" or self.prompts)
        self.half = ""
        if self.method.startswith("RPC_"):
            self.half = "in" if self.method.startswith("RPC_IN") else "out"

    def is_ok(self):
        return self.kind == "ok"

    def is_kerberos(self):
        return self.kind.startswith("be_krb_")

    def is_logged_on(self):
        """A back end that refuses was asked by a front end that did not."""
        return self.popup == "no" or self.is_kerberos() or self.kind in (
            "be_auth_401_legacy", "be_auth_401")


def is_user(actor):
    return not actor.startswith("client:")


def count(rows, users=None):
    """Users, requests, first and last as diagnose prints them."""
    if users is None:
        users = {row.user for row in rows if is_user(row.user)}
    return (len(users), len(rows), min(row.start for row in rows),
            max(row.start for row in rows))


def by(rows, name):
    """Lists of rows by a member, as pairs."""
    lists = defaultdict(list)
    for row in rows:
        lists[getattr(row, name)].append(row)
    return lists.items()


class Logs:
    """The rows, and what is asked about them more than once."""

    def __init__(self, lines):
        rows = [Row(line) for line in lines]
        self.rows = [r for r in rows if r.kind not in ("activity", "probe")]
        self.used = [r for r in self.rows if r.used]
        self.fails = [r for r in self.rows if r.prompts]
        self.legacy = {r.target for r in self.rows
                       if r.legacy == "yes" and r.target}
        self.broken = {server for server, mine in by(self.rows, "server")
                       if self.is_front_end_fault(server, mine)}

    def is_front_end_fault(self, server, mine):
        """Others get through to all targets that this one fails with."""
        found = False
        for target, rows in by(mine, "target"):
            hours = [r.hour for r in rows if r.is_kerberos()]
            if not hours:
                continue
            near = [r for r in self.rows if r.target == target and
                    min(hours) <= r.hour <= max(hours)]
            sums = Counter((r.server == server, r.is_ok()) for r in near
                           if r.is_ok() or r.is_kerberos())
            worked, failed = sums[False, True], sums[False, False]
            if worked + failed < 3:
                continue
            expected = sums[True, False] * (worked + failed) // (
                sums[True, False] + sums[True, True])
            if worked < 3 or expected < 3 or failed * 10 > expected:
                return False
            found = True
        return found

    def is_fault_of_target(self, row):
        return not (row.is_kerberos() and row.server in self.broken)


def legacy_unpatched(logs):
    rows = [r for r in logs.fails if r.kind == "be_krb_invalid_token" and
            r.target in logs.legacy and logs.is_fault_of_target(r)]
    return [(target, count(mine)) for target, mine in by(rows, "target")]


def frontend_kerberos(logs):
    rows = [r for r in logs.fails if r.is_kerberos() and
            r.server in logs.broken]
    return [(server, count(mine)) for server, mine in by(rows, "server")]


def secondary_mailbox(logs):
    own = {(r.user, r.mailbox) for r in logs.used
           if r.is_ok() and r.protocol == "Mapi" and r.mailbox}
    newer = {user for user, _ in own if is_user(user)}
    rows = [r for r in logs.fails if r.target in logs.legacy and
            r.kind in ("be_krb_invalid_token", "be_auth_401_legacy") and
            r.protocol == "RpcHttp" and logs.is_fault_of_target(r)]
    for target, mine in by(rows, "target"):
        users = {r.user for r in mine if r.user in newer and
                 (r.user, r.mailbox) not in own}
        if users:
            yield target, count([r for r in mine if r.user in users])


def legacy_no_ntlm(logs):
    rows = [r for r in logs.fails if r.kind == "be_auth_401_legacy"]
    return [(target, count(mine)) for target, mine in by(rows, "target")]


def legacy_dependency(logs):
    for target, mine in by(logs.rows, "target"):
        if target in logs.legacy:
            yield target, count(mine, {r.user for r in mine
                                       if r.used and is_user(r.user)})


def tls_old_clients(logs):
    def version(text, wanted):
        return text == wanted or text.startswith(wanted + ".")

    kinds = [
        ("Windows 7 or Server 2008 R2", lambda r: r.windows == "6.1"),
        ("Windows Vista, XP or their servers",
         lambda r: r.windows == "6.0" or version(r.windows, "5")),
        ("Outlook 2010", lambda r: version(r.software, "Outlook 14")),
        ("Outlook 2013", lambda r: version(r.software, "Outlook 15")),
    ]
    for subject, fits in kinds:
        rows = [r for r in logs.used if r.is_logged_on() and is_user(r.user)
                and fits(r)]
        if rows:
            yield subject, count(rows)


def mapi_possible(logs):
    mapi = [r for r in logs.used if r.protocol == "Mapi" and r.mailbox]
    known = {r.mailbox for r in mapi}
    rows = [r for r in logs.used if r.is_ok() and r.half and r.mailbox and
            r.protocol == "RpcHttp" and is_user(r.user) and
            r.target not in logs.legacy and r.mailbox not in known]
    if rows and any(r.is_ok() for r in mapi):
        yield "Outlook Anywhere", count(rows)


def outages(logs, kinds, least):
    rows = [r for r in logs.rows if r.kind in kinds and r.target]
    for target, mine in by(rows, "target"):
        if len(mine) >= least:
            yield target, count(mine, {r.user for r in mine
                                       if r.used and is_user(r.user)})


def backend_down(logs):
    return outages(logs, ("be_connect_failure", "be_dns_failure"), 3)


def backend_tls(logs):
    return outages(logs, ("be_tls_failure", "be_cert_untrusted"), 1)


def backend_auth(logs):
    rows = [r for r in logs.fails if logs.is_fault_of_target(r) and
            (r.is_kerberos() or r.kind == "be_auth_401") and
            not (r.kind == "be_krb_invalid_token" and
                 r.target in logs.legacy)]
    for _, some in by(rows, "kind"):
        for target, mine in by(some, "target"):
            yield target, count(mine)


def is_odd_name(name):
    return re.search(r"[^0-9A-Za-z._:~\x80-\U0010ffff-]", name)


def is_odd(row):
    if row.target and is_odd_name(row.target):
        return True
    if row.AnchorMailbox.startswith("ServerInfo~"):
        if is_odd_name(row.AnchorMailbox[len("ServerInfo~"):]):
            return True
    return (row.protocol == "Ecp" and row.method == "POST" and
            row.AuthenticatedUser == "" and row.UrlStem.lower().endswith(
                (".js", ".css", ".png", ".gif", ".ico", ".html")))


def odd_anchor(logs):
    rows = [r for r in logs.rows if is_odd(r)]
    return [(client, count(mine, ())) for client, mine in by(rows, "client")]


def rpc_reconnect_storm(logs):
    cells = defaultdict(list)
    for row in logs.rows:
        if (row.is_ok() and row.half == "out" and row.user and
                row.TotalRequestTime.isdigit() and
                int(row.TotalRequestTime) < 60000):
            cells[row.hour, row.user, row.client, row.target].append(row)
    storms = [r for rows in cells.values() if len(rows) >= 20 for r in rows]
    return [(user, count(mine)) for user, mine in by(storms, "user")]


def rpc_half_open(logs):
    halves = [r for r in logs.used if r.half]
    for client, mine in by([r for r in logs.fails if r.kind == TIMEOUT] +
                           [r for r in halves if r.is_ok()], "client"):
        met = {r.half for r in halves if r.client == client}
        late = [r for r in mine if r.kind == TIMEOUT]
        channels = [r for r in mine if r.kind != TIMEOUT]
        if len(late) < 3:
            late = []
        if len(met) != 1 or len(channels) < 10 or not client:
            channels = []
        if late or channels:
            yield client, count(late + channels)


CHECKS = {check.__name__: check for check in (
    legacy_unpatched, frontend_kerberos, secondary_mailbox, legacy_no_ntlm,
    legacy_dependency, tls_old_clients, mapi_possible, backend_down,
    backend_tls, backend_auth, odd_anchor, rpc_reconnect_storm,
    rpc_half_open)}


def run(*words):
    return subprocess.run(words, stdout=subprocess.PIPE, check=True,
                          encoding="utf-8", errors="surrogateescape").stdout


def difference(name, want, got):
    """Says what differs; how many do."""
    for subject, sums in sorted((want - got).elements()):
        print(f"{name} {subject!r}: not found as {sums}")
    for subject, sums in sorted((got - want).elements()):
        print(f"{name} {subject!r}: found as {sums}")
    return want != got


def check_refused(logs, found):
    """Each refused row belongs to one finding."""
    rows = [r for r in logs.rows if r.kind in REFUSED]
    want = (len(rows), min((r.start for r in rows), default=None),
            max((r.start for r in rows), default=None))
    mine = [f for f in found if f["finding"] in LOGONS]
    got = (sum(f["requests"] for f in mine),
           min((f["first"] for f in mine), default=None),
           max((f["last"] for f in mine), default=None))
    if want != got:
        print(f"refused logons: {want} rows, {got} in findings")
    return want != got


def main():
    rpclog, *paths = sys.argv[1:]
    logs = Logs(run(rpclog, "cat", "-q", "--format", "jsonl", "--fields",
                    FIELDS, *paths).split("\n")[:-1])
    found = [json.loads(line) for line in
             run(rpclog, "diagnose", "-q", "--format", "jsonl",
                 *paths).split("\n")[:-1]]
    wrong = check_refused(logs, found)
    for name, check in CHECKS.items():
        want = Counter(check(logs))
        got = Counter((f["subject"] or "", (f["users"], f["requests"],
                                            f["first"], f["last"]))
                      for f in found if f["finding"] == name)
        if len(want) <= MOST_TARGETS:
            wrong += difference(name, want, got)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
