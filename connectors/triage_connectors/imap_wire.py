"""A connection to a mail server that reads only so much, and waits only so long."""

from __future__ import annotations

import imaplib
import io
import selectors
import socket
import ssl
import time
from typing import Any, Final

from imapclient import IMAPClient

from triage.connector import ConfigError, SourceUnavailable

ANSWER: Final = 4 * 1024 * 1024
"""Bytes an answer without mail in it may have."""
_LINE: Final = 1024 * 1024
_AHEAD: Final = 64 * 1024
_SLOWEST: Final = 1024
"""Bytes a second below which a server counts as silent."""


class Paced(io.RawIOBase):
    """What a server sends: at most so many bytes an answer, and none of them late."""

    def __init__(self, sock: socket.socket, host: str, patience: float) -> None:
        self._sock = sock
        self._host = host
        self._patience = patience
        self.begin(ANSWER)

    def begin(self, most: int) -> None:
        """Count anew: an answer of at most ``most`` bytes is about to come."""
        self._most, self._had = most, 0
        self._began = time.monotonic()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        try:
            count = self._sock.recv_into(buffer)
        except (BlockingIOError, ssl.SSLWantReadError):
            return None
        self._had += count
        self.expect(0)
        late = time.monotonic() - self._began - self._patience
        if late > self._had / _SLOWEST:
            raise TimeoutError
        return count

    def expect(self, count: int) -> None:
        """Refuse an answer that has, or announces, more bytes than were asked for."""
        if self._had + count > self._most + 2 * _AHEAD:
            raise SourceUnavailable(
                f"{self._host} sends more than it was asked for"
                f" ({self._had + count:,} bytes and more); nothing of it was kept"
            )


class Wire(imaplib.IMAP4):
    """The standard library's protocol over a socket that is connected already."""

    def __init__(self, sock: socket.socket, host: str, patience: float) -> None:
        self._ready = sock
        self._patience = patience
        super().__init__(host, sock.getpeername()[1])

    def open(
        self, host: str = "", port: int = 143, timeout: float | None = None
    ) -> None:
        del timeout  # the socket brings its own
        self.host, self.port = host, port
        self._use(self._ready)

    def _use(self, sock: socket.socket) -> None:
        self.sock = sock
        self._pace = Paced(sock, self.host, self._patience)
        self._stream = io.BufferedReader(self._pace, _AHEAD)

    def begin(self, most: int = ANSWER) -> None:
        """Forget what was said before: a command is about to be sent."""
        self._pace.begin(most)
        self.untagged_responses.clear()

    def read(self, size: int) -> bytes:
        # The library takes the memory before a single byte has come.
        self._pace.expect(size)
        data = self._stream.read(size)
        if len(data) < size:
            raise self.abort("the connection ended within a message")
        return data

    def readline(self) -> bytes:
        line = self._stream.readline(_LINE)
        if len(line) >= _LINE:
            raise SourceUnavailable(f"{self.host} sends a line without end")
        return line

    def send(self, data: Any) -> None:
        self.sock.sendall(data)

    def shutdown(self) -> None:
        self.cut()
        self.sock.close()

    def cut(self) -> None:
        """End the connection from any thread; whoever reads from it gets an error."""
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # ended already, by the other side

    def starttls_with(self, context: ssl.SSLContext) -> None:
        """
        Go on in TLS; refuse a server that does not want to or says more in the clear.

        Nothing that was said before counts afterwards: anybody may have said it.
        """
        if self.state != "NONAUTH" or "STARTTLS" not in self.capabilities:
            raise ConfigError(
                f"{self.host} offers no STARTTLS, so anybody between could read the"
                ' password; nothing was sent. Set tls = "tls" and port = 993'
            )
        kind, _ = self._simple_command("STARTTLS")
        if kind != "OK":
            raise SourceUnavailable(
                f"{self.host} offers STARTTLS and refuses it; nothing was sent"
            )
        self.sock.setblocking(False)
        more = self._stream.peek(1)
        self.sock.settimeout(self._patience)
        if more:
            raise SourceUnavailable(
                f"somebody speaks on the connection to {self.host} before it is"
                " encrypted; nothing was sent"
            )
        self._use(context.wrap_socket(self.sock, server_hostname=self.host))
        self.untagged_responses.clear()
        self._get_capabilities()

    def has_more(self, seconds: float) -> bool:
        """Wait until the server says something; False where it says nothing."""
        # What is decrypted or buffered already shows on no socket.
        self.sock.setblocking(False)
        try:
            if self._stream.peek(1):
                return True
        finally:
            self.sock.settimeout(self._patience)
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.sock, selectors.EVENT_READ)
            return bool(waiting.select(max(0.0, seconds)))

    def heard(self) -> bytes | None:
        """Return the next line of the server's; None where it asks us to go on."""
        said: bytes | None = self._get_response()
        self._check_bye()
        return said

    def _mesg(self, s: str, secs: Any = None) -> None:
        """Log nothing: a command may hold a password."""

    def _log(self, line: str) -> None:
        """Keep nothing: a command may hold a password."""


class Client(IMAPClient):  # type: ignore[misc]  # it ships without types
    """IMAPClient over such a wire, silent about what passes over it."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        super().__init__(wire.host, wire.port, ssl=False)
        wire.debug = 0
        self.normalise_times = False

    def _create_IMAP4(self) -> Wire:  # noqa: N802 - the library's name
        return self._wire

    def _set_read_timeout(self) -> None:
        """Leave the socket's time limit as it is."""
