#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A mail server on loopback that takes all and keeps it.

Prints its port.  The nth mail is kept as message.N, its lines as they came,
with MAIL FROM and RCPT TO as envelope.N.

usage: sink.py DIRECTORY
"""

import os
import socketserver
import sys


class Session(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def message(self):
        lines = []
        for line in iter(self.rfile.readline, b".\r\n"):
            if not line:
                return None
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def keep(self, envelope, message):
        self.server.count += 1
        for name, text in (("envelope", envelope), ("message", message)):
            path = os.path.join(sys.argv[1], f"{name}.{self.server.count}")
            with open(path, "wb") as file:
                file.write(text)

    def handle(self):
        envelope = b""
        self.say("220 sink")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"DATA":
                self.say("354 go on")
                message = self.message()
                if message is None:
                    return
                self.keep(envelope, message)
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            elif verb in (b"MAIL", b"RCPT"):
                envelope += line.replace(b"\r", b"")
            self.say("250 yes")


with socketserver.TCPServer(("127.0.0.1", 0), Session) as server:
    server.count = 0
    print(server.server_address[1], flush=True)
    server.serve_forever()
