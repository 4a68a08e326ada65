# SPDX-License-Identifier: MIT
"""A mail server for one message, on loopback."""

import socket
import threading


class Sink:
    """Listens on a free port; what came is in sender, recipients, data."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(30)
        self.port = self.socket.getsockname()[1]
        self.sender, self.recipients, self.data = None, [], None
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        client, _ = self.socket.accept()
        with client, client.makefile("rwb", buffering=0) as stream:
            self.say(stream, "220 sink")
            for line in stream:
                if not self.command(stream, line.decode().strip()):
                    break

    @staticmethod
    def say(stream, text):
        stream.write(text.encode() + b"\r\n")

    def command(self, stream, line):
        word = line.split(" ")[0].upper()
        if word == "QUIT":
            self.say(stream, "221 bye")
            return False
        if word == "MAIL":
            self.sender = line.split(":", 1)[1].split()[0]
        elif word == "RCPT":
            self.recipients.append(line.split(":", 1)[1].split()[0])
        elif word == "DATA":
            self.say(stream, "354 go on")
            self.take(stream)
        self.say(stream, "250 good")
        return True

    def take(self, stream):
        lines = []
        for line in stream:
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
        self.data = b"".join(lines)

    def finish(self):
        self.thread.join(30)
        self.socket.close()
