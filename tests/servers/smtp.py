"""A mail server on this machine that keeps what it is given, and fails as told."""

from __future__ import annotations

import base64
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

HANG_UP = "hang up"
PASSWORD = "canary-right-41d0"


@dataclass
class SmtpServer:
    """
    What it is, and what it was told.

    Attributes:
        answers: What it says in place of yes, by command; ``HANG_UP`` hangs up, "DOT"
            is the end of a mail.
        lines: Every command as it came, secrets and all.
        was_sealed: Whether each command came encrypted.
    """

    certificate: Path | None = None
    starttls: bool = False
    offers: tuple[str, ...] = ("AUTH PLAIN LOGIN", "SIZE 100000", "SMTPUTF8")
    answers: dict[str, str] = field(default_factory=dict)
    mails: list[bytes] = field(default_factory=list)
    envelopes: list[tuple[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    was_sealed: list[bool] = field(default_factory=list)
    port: int = 0

    @property
    def messages(self) -> list[EmailMessage]:
        """The mails, read."""
        return [message_from_bytes(one, policy=default) for one in self.mails]

    def settings(self, **more: Any) -> Mapping[str, Any]:
        """What a source needs to hand mails to it, in the clear."""
        return {"host": "127.0.0.1", "port": self.port, "security": "none",
                "address": "mara@studio.example", "patience": 2.0} | more  # fmt: skip

    def talk(self, client: socket.socket) -> None:
        """One connection."""
        with ExitStack() as stack:
            self._talk(client, stack)

    def _talk(self, client: socket.socket, stack: ExitStack) -> None:
        stack.callback(client.close)
        if self.certificate and not self.starttls:
            client = self._sealed(client)
            stack.callback(client.close)
        reader = stack.enter_context(client.makefile("rb"))
        sender = recipient = ""

        def say(text: str) -> None:
            client.sendall(text.encode() + b"\r\n")

        say(self.answers.get("HELLO", "220 here"))
        while line := reader.readline():
            told = line.decode("utf-8", "replace").rstrip("\r\n")
            verb = told.split(" ")[0].upper().split(":")[0]
            self.lines.append(told)
            self.was_sealed.append(isinstance(client, ssl.SSLSocket))
            answer = self.answers.get(verb, "")
            if answer == HANG_UP:
                return
            if answer and verb != "DATA":
                say(answer)
            elif verb == "EHLO":
                more = ("STARTTLS",) if self._is_clear(client) else ()
                offers = ("here", *self.offers, *more)
                for number, one in enumerate(offers, 1):
                    say(f"250{' ' if number == len(offers) else '-'}{one}")
            elif verb == "STARTTLS":
                say("220 go on")
                client = self._sealed(client)
                stack.callback(client.close)
                reader = stack.enter_context(client.makefile("rb"))
            elif verb == "AUTH":
                say(self._signed_in(told, reader, client))
            elif verb == "MAIL":
                sender = told.partition("<")[2].partition(">")[0]
                say("250 yes")
            elif verb == "RCPT":
                recipient = told.partition("<")[2].partition(">")[0]
                say("250 yes")
            elif verb == "DATA":
                if answer:
                    say(answer)
                    continue
                say("354 go on")
                mail = b""
                while (row := reader.readline()) not in {b".\r\n", b""}:
                    mail += row[1:] if row.startswith(b".") else row
                if self.answers.get("DOT") != HANG_UP and "DOT" in self.answers:
                    say(self.answers["DOT"])
                    continue
                self.mails.append(mail)
                self.envelopes.append((sender, recipient))
                if "DOT" in self.answers:
                    return
                say("250 2.0.0 queued as 4711")
            elif verb == "QUIT":
                say("221 bye")
                return
            else:
                say("500 what?")

    def _is_clear(self, client: socket.socket) -> bool:
        return self.starttls and not isinstance(client, ssl.SSLSocket)

    def _sealed(self, client: socket.socket) -> ssl.SSLSocket:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        assert self.certificate
        context.load_cert_chain(self.certificate)
        return context.wrap_socket(client, server_side=True)

    def _signed_in(self, told: str, reader: Any, client: socket.socket) -> str:
        _, how, *given = told.split(" ")
        if how == "PLAIN":
            secret = base64.b64decode(given[0]).decode().split("\0")[2]
        elif how == "LOGIN":
            client.sendall(b"334 UGFzc3dvcmQ6\r\n")
            secret = base64.b64decode(reader.readline()).decode()
        else:
            told = base64.b64decode(given[0]).decode()
            secret = told.partition("Bearer ")[2].rstrip("\x01")
            if secret != PASSWORD:
                client.sendall(b"334 eyJzdGF0dXMiOiI0MDEifQ==\r\n")
                reader.readline()
        return "235 yes" if secret == PASSWORD else f"535 no, {secret} is wrong"


@contextmanager
def serving(server: SmtpServer) -> Iterator[SmtpServer]:
    """The server, listening; each connection in a thread of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]

        def converse(client: socket.socket) -> None:
            # Whoever hangs up on it, or trusts it not, is done with.
            with suppress(OSError):
                server.talk(client)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    client, _ = listener.accept()
                    threading.Thread(
                        target=converse, args=(client,), daemon=True
                    ).start()

        threading.Thread(target=accept, daemon=True).start()
        yield server
        listener.shutdown(socket.SHUT_RDWR)
