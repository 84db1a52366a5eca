"""A small mail server of our own, for what no real one does when asked to."""

from __future__ import annotations

import base64
import contextlib
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Self

Answer = Callable[["Talk", str], bytes | None]
"""What to say to a command's words instead of the usual; None for the usual."""


@dataclass(slots=True)
class Message:
    """
    One mail.

    Attributes:
        more: What else a FETCH tells of it, as it is sent: "X-GM-MSGID 17".
    """

    uid: int
    raw: bytes
    more: str = ""


@dataclass(slots=True)
class FakeImap:
    """
    A server on this machine that answers a person of any password.

    Attributes:
        can: Its capabilities.
        folders: Messages by the name of their folder; a flag before a colon.
        answers: What it says to a command, by the command's name, instead.
        heard: Every command that came, without its tag.
        greeting: What it says first.
    """

    can: str = "IMAP4rev1 AUTH=PLAIN"
    folders: dict[str, list[Message]] = field(default_factory=lambda: {"INBOX": []})
    answers: dict[str, Answer] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    greeting: bytes = b"* OK ready\r\n"
    port: int = 0
    _listener: socket.socket = field(init=False, repr=False)
    _open: set[socket.socket] = field(default_factory=set, repr=False)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for one in [self._listener, *self._open]:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._open.add(client)
            talk = Talk(self, client)
            threading.Thread(target=talk.run, daemon=True).start()


class Talk:
    """
    One connection.

    Attributes:
        tag: Of the command that is being answered.
    """

    def __init__(self, server: FakeImap, client: socket.socket) -> None:
        self.server = server
        self.client = client
        self.tag = ""
        self._lines = client.makefile("rb")
        self._chosen: list[Message] = []

    def run(self) -> None:
        with self.client, self._lines, contextlib.suppress(OSError, ValueError):
            self.say(self.server.greeting)
            for line in self._lines:
                self._hear(line)

    def say(self, data: bytes) -> None:
        self.client.sendall(data)

    def line(self) -> bytes:
        """What comes next, outside a command."""
        return self._lines.readline()

    def secure(self, context: ssl.SSLContext) -> None:
        self.client = context.wrap_socket(self.client, server_side=True)
        self._lines = self.client.makefile("rb")

    def _hear(self, line: bytes) -> None:
        tag, _, rest = line.decode().rstrip("\r\n").partition(" ")
        self.tag = tag
        self.server.heard.append(rest)
        words = rest.upper().split()
        name = " ".join(words[:2]) if words[0] == "UID" else words[0]
        said: bytes | None = None
        if name in self.server.answers:
            said = self.server.answers[name](self, rest)
        if said is None:
            said = b"".join(self._usual(name, rest))
        self.say(said)

    def ok(self, *lines: str) -> bytes:
        """The lines and then that all is well."""
        return "".join(f"* {line}\r\n" for line in lines).encode() + self.done()

    def done(self, words: str = "OK done") -> bytes:
        return f"{self.tag} {words}\r\n".encode()

    def _usual(self, name: str, rest: str) -> Iterator[bytes]:
        if name == "CAPABILITY":
            yield self.ok(f"CAPABILITY {self.server.can}")
        elif name == "AUTHENTICATE":
            self.say(b"+ \r\n")
            base64.b64decode(self.line())
            yield self.done()
        elif name == "LIST":
            for told in self.server.folders:
                flag, _, name = told.rpartition(":")
                yield f'* LIST ({flag}) "/" "{name}"\r\n'.encode()
            yield self.done()
        elif name in {"STATUS", "EXAMINE"}:
            yield from self._standing(name, rest)
        elif name == "UID SEARCH":
            wanted = re.findall(r"UID SEARCH.*?UID (\S+)", rest)[0]
            found = [
                str(one.uid) for one in self._chosen if _is_within(one.uid, wanted)
            ]
            yield self.ok(f"SEARCH {' '.join(found)}".rstrip())
        elif name == "UID FETCH":
            yield from self._fetched(rest)
        elif name == "LOGOUT":
            yield b"* BYE so long\r\n" + self.done()
        else:
            yield self.done(f"BAD {name} is unknown")

    def _standing(self, name: str, rest: str) -> Iterator[bytes]:
        asked = re.findall(r'"([^"]*)"', rest)[0]
        messages = next(
            there for told, there in self.server.folders.items()
            if told.rpartition(":")[2] == asked
        )  # fmt: skip
        following = max((one.uid for one in messages), default=0) + 1
        if name == "STATUS":
            yield self.ok(
                f'STATUS "{asked}" (MESSAGES {len(messages)} UIDNEXT {following}'
                " UIDVALIDITY 7)"
            )
            return
        self._chosen = messages
        yield self.ok(
            f"{len(messages)} EXISTS", "0 RECENT", "OK [UIDVALIDITY 7] valid",
            f"OK [UIDNEXT {following}] next",
        )  # fmt: skip

    def _fetched(self, rest: str) -> Iterator[bytes]:
        _, _, numbers, asked = rest.split(" ", 3)
        for number, one in enumerate(self._chosen, start=1):
            if _is_within(one.uid, numbers):
                yield self.row(number, one, asked)
        yield self.done()

    def row(self, number: int, one: Message, asked: str) -> bytes:
        """What a FETCH tells of one message."""
        told = [f"UID {one.uid}"]
        if "RFC822.SIZE" in asked:
            told.append(f"RFC822.SIZE {len(one.raw)}")
        if "INTERNALDATE" in asked:
            told.append('INTERNALDATE "02-Apr-2026 08:30:00 +0000"')
        if one.more and "X-GM" in asked:
            told.append(one.more)
        head = f"* {number} FETCH ({' '.join(told)}"
        if "BODY" not in asked:
            return f"{head})\r\n".encode()
        return f"{head} BODY[] {{{len(one.raw)}}}\r\n".encode() + one.raw + b")\r\n"


def _is_within(uid: int, numbers: str) -> bool:
    """Whether a uid is in a set as commands write it: "3,7:9,20:*"."""
    for part in numbers.split(","):
        first, _, last = part.partition(":")
        if int(first) <= uid and (last == "*" or uid <= int(last or first)):
            return True
    return False


def drip(talk: Talk, data: bytes, pause: float) -> None:
    """Say it a byte at a time, until nobody listens."""
    for place in range(len(data)):
        talk.say(data[place : place + 1])
        time.sleep(pause)
