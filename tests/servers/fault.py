"""A proxy on this machine that breaks a connection where a test says."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["none", "cut", "end", "stall", "corrupt", "refuse"]


@dataclass(frozen=True, slots=True)
class Fault:
    """
    What goes wrong with what the server sends.

    Attributes:
        kind: "cut" resets the connection, "end" closes it as if all were said, "stall"
            says nothing more, "corrupt" turns one byte round, "refuse" resets at once.
        after: Bytes of the server's that arrive before.
        connections: How many connections it happens to, from the next one on.
    """

    kind: Kind = "none"
    after: int = 0
    connections: int = 1_000_000


class FaultProxy:
    """
    Stands before a server on this machine.

    Attributes:
        port: Where to connect instead.
        seen: Connections so far.
    """

    def __init__(self, upstream: int) -> None:
        self._upstream = upstream
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.seen = 0
        self._fault = Fault()
        self._left = 0
        self._open: set[socket.socket] = set()
        self._closing = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def set(self, fault: Fault) -> None:
        """From the next connection on, this goes wrong."""
        self._fault, self._left = fault, fault.connections

    def close(self) -> None:
        """Let go of everything."""
        self._closing.set()
        for one in [self._listener, *self._open]:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.seen += 1
            fault = self._fault if self._left > 0 else Fault()
            self._left -= 1
            threading.Thread(
                target=self._serve, args=(client, fault), daemon=True
            ).start()

    def _serve(self, client: socket.socket, fault: Fault) -> None:
        if fault.kind == "refuse":
            _reset(client)
            return
        try:
            server = socket.create_connection(("127.0.0.1", self._upstream), 5)
        except OSError:
            _reset(client)
            return
        server.settimeout(None)
        self._open |= {client, server}
        up = threading.Thread(target=_copy, args=(client, server), daemon=True)
        up.start()
        self._break(server, client, fault)
        server.close()
        up.join(5)
        self._open -= {client, server}
        client.close()

    def _break(
        self, server: socket.socket, client: socket.socket, fault: Fault
    ) -> None:
        """Copy what the server says until what goes wrong has gone wrong."""
        sent = 0
        for data in _received(server):
            piece = data
            if fault.kind == "corrupt" and sent <= fault.after < sent + len(data):
                at = fault.after - sent
                piece = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
            broken = (
                fault.kind in {"cut", "end", "stall"}
                and sent + len(data) >= fault.after
            )
            if broken:
                piece = data[: max(0, fault.after - sent)]
            sent += len(data)
            try:
                client.sendall(piece)
            except OSError:
                return
            if not broken:
                continue
            if fault.kind == "cut":
                _reset(client)
            elif fault.kind == "stall":
                self._closing.wait(600)
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
            return
        with contextlib.suppress(OSError):
            client.shutdown(socket.SHUT_WR)


def _received(source: socket.socket) -> Iterator[bytes]:
    while True:
        try:
            data = source.recv(65536)
        except OSError:
            return
        if not data:
            return
        yield data


def _copy(source: socket.socket, target: socket.socket) -> None:
    for data in _received(source):
        try:
            target.sendall(data)
        except OSError:
            break
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def _reset(one: socket.socket) -> None:
    """Close with RST, as a crash or a firewall does."""
    with contextlib.suppress(OSError):
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # Whoever reads from it holds it open; this wakes them and says nothing.
        one.shutdown(socket.SHUT_RD)
    one.close()
