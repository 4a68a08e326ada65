# SPDX-License-Identifier: MIT
"""Drives a headless Chromium by the DevTools protocol over a pipe."""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

SECONDS = 60			# for any one answer


def find():
    """The path of a Chromium, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path:
            return path
    return None


class Browser:
    """One process; requests are written to its descriptor 3, and answers come
    from 4.  Each is JSON, and a NUL ends it."""

    def __init__(self, path):
        self.profile = tempfile.mkdtemp(prefix="rpclog-browser.")
        read_end, self.write_fd = os.pipe()
        self.read_fd, write_end = os.pipe()
        os.set_inheritable(read_end, True)
        os.set_inheritable(write_end, True)

        # Both may lie where the other is to go.
        def place():
            low, high = os.dup(read_end), os.dup(write_end)
            os.dup2(low, 3)
            os.dup2(high, 4)

        self.process = subprocess.Popen(
            [path, "--headless", "--no-sandbox", "--disable-gpu",
             "--disable-quic", "--no-first-run", "--disable-sync",
             "--disable-background-networking", "--disable-component-update",
             "--disable-dev-shm-usage", "--hide-scrollbars",
             "--force-color-profile=srgb", "--remote-debugging-pipe",
             "--user-data-dir=" + self.profile, "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, close_fds=False, preexec_fn=place)
        os.close(read_end)
        os.close(write_end)
        self.rest = b""
        self.number = 0
        self.events = []
        self.session = None

    def _receive(self):
        end = time.monotonic() + SECONDS
        while b"\0" not in self.rest:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.read_fd], [], [],
                                              left)[0]:
                raise TimeoutError("the browser does not answer")
            more = os.read(self.read_fd, 1 << 20)
            if not more:
                raise EOFError("the browser is gone")
            self.rest += more
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **params):
        """Its result; events that come meanwhile are kept."""
        self.number += 1
        request = {"id": self.number, "method": method, "params": params}
        if self.session:
            request["sessionId"] = self.session
        data = json.dumps(request).encode() + b"\0"
        while data:
            data = data[os.write(self.write_fd, data):]
        while True:
            message = self._receive()
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            if "method" in message:
                self.events.append(message)

    def wait(self, method):
        """Until this event has come."""
        while not any(e["method"] == method for e in self.events):
            message = self._receive()
            if "method" in message:
                self.events.append(message)

    def attach(self):
        """To a new page; everything that it says will be in events."""
        target = self.call("Target.createTarget", url="about:blank")
        result = self.call("Target.attachToTarget",
                           targetId=target["targetId"], flatten=True)
        self.session = result["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "DOM", "Security"):
            self.call(domain + ".enable")

    def open(self, path):
        self.events.clear()
        self.call("Page.navigate", url="file://" + path)
        self.wait("Page.loadEventFired")

    def ask(self, expression):
        """What JavaScript of ours makes of the page: the page has none."""
        result = self.call("Runtime.evaluate", expression=expression,
                           returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(str(result["exceptionDetails"]))
        return result["result"].get("value")

    def size(self, width, height):
        self.call("Emulation.setDeviceMetricsOverride", width=width,
                  height=height, deviceScaleFactor=1, mobile=False)

    def show(self, width, height, scheme, media="screen"):
        self.size(width, height)
        self.call("Emulation.setEmulatedMedia", media=media, features=[
            {"name": "prefers-color-scheme", "value": scheme}])

    def picture(self, path, width, most):
        """Of the whole page, but for what is below 'most'."""
        height = self.ask("document.documentElement.scrollHeight")
        data = self.call("Page.captureScreenshot", format="png",
                         captureBeyondViewport=True,
                         clip={"x": 0, "y": 0, "width": width, "scale": 1,
                               "height": min(height, most)})["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def paper(self, path):
        """As the user's printer would have it, who sees the page in dark."""
        self.call("Emulation.setEmulatedMedia", media="", features=[
            {"name": "prefers-color-scheme", "value": "dark"}])
        data = self.call("Page.printToPDF", printBackground=True,
                         preferCSSPageSize=True, paperWidth=8.27,
                         paperHeight=11.69)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def close(self):
        self.session = None
        try:
            self.call("Browser.close")
        except (OSError, EOFError, TimeoutError, RuntimeError):
            pass
        os.close(self.write_fd)
        os.close(self.read_fd)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)
