# SPDX-License-Identifier: MIT
"""Holds a report, as JSON, against what the reference worked out."""

import reference

TIMES = {"since", "until", "first", "first_ever", "last", "at",
         "missing_hours"}
# Told by the database or the engine: other checks look at them.
UNTOLD = {"title", "remedy"}


def instants(value, key=None):
    """The same with instants for the texts of times."""
    if isinstance(value, dict):
        return {k: instants(v, k) for k, v in value.items()
                if k not in UNTOLD}
    if isinstance(value, list):
        return [instants(v, key) for v in value]
    if key in TIMES and isinstance(value, str):
        return reference.moment(value)
    return value


def named(items, *keys):
    """Lists by their names: null is the empty one."""
    answer = {}
    for item in items:
        name = tuple(item.pop(key) or "" for key in keys)
        name = name[0] if len(name) == 1 else name
        if name in answer:
            raise ValueError(f"{name!r} is told twice")
        answer[name] = item
    return answer


def as_reference(report):
    """A report as the reference has it."""
    report = instants(report)
    for item in report["news"]:
        item["at"] = item.pop("first", None) or item.pop("last", None)
    for item in report["targets"] + report["servers"] + report["users"]:
        item["class"] = item["class"] or ""
    for item in report["users"]:
        item["target"] = item["target"] or ""
    for sums in report["sums"].values():
        del sums["since"], sums["until"]
    return {
        "outcome": report["outcome"], "sums": report["sums"],
        "hours": report["hours"],
        "classes": named(report["classes"], "class"),
        "targets": named(report["targets"], "target"),
        "servers": named(report["servers"], "server"),
        "users": named(report["users"], "user"),
        "news": named(report["news"], "kind", "name"),
        "first_seen": named(report["first_seen"], "class", "target"),
    }


def differences(want, got, where=""):
    """What differs, a line each."""
    if isinstance(want, dict) and isinstance(got, dict):
        for key in sorted(set(want) | set(got), key=str):
            at = f"{where}/{key}"
            if key not in got:
                yield f"{at}: lacks {want[key]}"
            elif key not in want:
                yield f"{at}: has {got[key]}"
            else:
                yield from differences(want[key], got[key], at)
    elif want != got:
        yield f"{where}: is {got}, not {want}"


def less(items, key):
    return [a for a, b in zip(items, items[1:]) if key(a) > key(b)]


def number(spans, name):
    return -(spans[name] or 0)


def by_machine(name):
    def key(item):
        sums = [number(item[what], span) for span in reference.SPANS
                for what in ("users", "failures")]
        return sums + [number(item["worked"], "now"),
                       (item[name] or "").encode()]
    return key


ORDERS = {
    "hours": lambda item: reference.moment(item["since"]),
    "classes": lambda item: [item["popup"] != "yes"] + [
        number(item["requests"], s) for s in reference.SPANS] + [
            item["class"].encode()],
    "targets": by_machine("target"),
    "servers": by_machine("server"),
    "users": lambda item: (-item["user_hours"], -item["prompts"],
                           -item["failures"], item["user"].encode()),
    "news": lambda item: (item["change"] == "gone",
                          ("class", "target", "user").index(item["kind"]),
                          not item["never_before"], -item["failures"],
                          item["name"].encode()),
    "first_seen": lambda item: (reference.moment(item["first"]),
                                item["class"].encode(),
                                (item["target"] or "").encode()),
}


def disorder(report):
    """Items that stand before a worse one."""
    for name, key in ORDERS.items():
        for item in less(report[name], key):
            yield f"{name}: {item} is not in order"
