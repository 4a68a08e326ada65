# SPDX-License-Identifier: MIT
"""The metrics, as node_exporter's textfile collector takes them."""

import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request

EXPORTER = shutil.which("prometheus-node-exporter") or shutil.which(
    "node_exporter")


def skipped():
    if EXPORTER:
        return []
    return ["SKIP prometheus-node-exporter is not installed: "
            "nobody collects the metrics"]


def free_port():
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


def collect(folder):
    """What it serves of the files of a folder."""
    port = free_port()
    with subprocess.Popen(
            (EXPORTER, "--collector.disable-defaults", "--collector.textfile",
             f"--collector.textfile.directory={folder}",
             f"--web.listen-address=127.0.0.1:{port}"),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL) as exporter:
        try:
            for _ in range(200):
                try:
                    with urllib.request.urlopen(
                            f"http://127.0.0.1:{port}/metrics",
                            timeout=10) as answer:
                        return answer.read().decode()
                except urllib.error.URLError:
                    time.sleep(0.05)
            raise RuntimeError("node_exporter does not answer")
        finally:
            exporter.terminate()


def check_exporter(scenario, folder, tally):
    """Every sample is served as it was written, and no file is refused."""
    if not EXPORTER:
        return
    place = folder.path / "textfile"
    place.mkdir()
    folder.report("prom", "-d", "report.db", *scenario.words(), "--output",
                  str(place / "rpclog.prom"), code=0)
    written = {line for line in (place / "rpclog.prom").read_text().split("\n")
               if line and not line.startswith("#")}
    served = {line for line in collect(place).split("\n")
              if line.startswith("rpclog_")}
    tally.check("node_textfile_scrape_error 0" in collect(place).split("\n"),
                "node_exporter refuses the metrics")

    def by_value(lines):
        return {(line.rsplit(" ", 1)[0], float(line.rsplit(" ", 1)[1]))
                for line in lines}

    wrong = by_value(written) ^ by_value(served)
    tally.check(written and not wrong, "node_exporter serves something else",
                *sorted(wrong))
