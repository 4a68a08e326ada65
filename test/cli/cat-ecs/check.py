# Documents: no key twice in an object, and each member of its type.
import json
import sys

LONG = {"duration", "bytes", "status_code", "offset", "request_bytes",
        "response_bytes"}


def members(pairs):
    assert len(pairs) == len({key for key, _ in pairs}), pairs
    return dict(pairs)


def flat(document, path=""):
    for key, value in document.items():
        if isinstance(value, dict):
            assert value, path + key
            yield from flat(value, path + key + ".")
        else:
            yield path + key, value


def check(path, value):
    last = path.split(".")[-1]
    if last in LONG:
        assert type(value) is int, (path, value)
    elif path.startswith("exchange.latency."):
        assert type(value) in (int, float), (path, value)
    elif path == "exchange.is_authenticated":
        assert type(value) is bool, (path, value)
    elif path in ("event.category", "event.type", "related.ip",
                  "related.user"):
        assert type(value) is list and all(value), (path, value)
    else:
        assert type(value) is str and value, (path, value)


show = sys.argv[1] == "--show"
for name in sys.argv[1 + show:]:
    seen = {}
    with open(name, encoding="utf-8", newline="\n") as file:
        count = 0
        for line in file:
            document = json.loads(line, object_pairs_hook=members)
            count += 1
            for path, value in flat(document):
                check(path, value)
                seen[path] = seen.get(path, 0) + 1
                if show and not path.startswith(("data_stream", "ecs")):
                    print(path, json.dumps(value))
            assert document["@timestamp"].endswith("Z")
            status = document["http"].get("response", {}).get("status_code")
            assert document["event"].get("outcome") == (
                None if status is None else
                "failure" if status >= 400 else "success")
    if not show:
        print(name, count, "documents", len(seen), "members")
        hidden = ["url.query", "exchange.generic_info",
                  "exchange.back_end_generic_info",
                  "exchange.auth_module_perf_context"]
        print(sorted(set(hidden) & set(seen)))
        assert "BackEndCookie" not in str(seen)
