"""Somebody's mailbox on a real server: filled, changed, and read by our connector."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from servers.dovecot import PASSWORD, Dovecot
from triage.connector import Connector, Cursor, Page, Secret
from triage_connectors.imap import Imap


def letter(number: int, text: str = "", *, size: int = 0, received: str = "") -> bytes:
    """A mail of its own Message-ID; ``size`` makes its text that many bytes long."""
    words = text or f"The export fails with case {number}, and my tags are lost."
    body = words + "\r\n" + ("x" * 70 + "\r\n") * (size // 72)
    arrived = f"Received: from a by b; {received}\r\n" if received else ""
    return (
        f"{arrived}From: Ann {number} <ann{number}@customer.example>\r\n"
        f"To: feedback@product.example\r\nSubject: case {number}\r\n"
        "Date: Thu, 01 Jan 2026 10:00:00 +0000\r\n"
        f"Message-ID: <case-{number}@customer.example>\r\n\r\n{body}"
    ).encode()


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One person's mail at a server."""

    server: Dovecot = field(repr=False)
    user: str

    def deliver(
        self,
        raw: bytes | int,
        folder: str = "INBOX",
        *,
        at: datetime | None = None,
    ) -> Path:
        """Let a mail arrive; a number is a mail of that number."""
        mail = letter(raw) if isinstance(raw, int) else raw
        return self.server.deliver(self.user, mail, folder, at=at)

    def connector(self, **settings: Any) -> Imap:
        """Our connector over it, over TLS unless told otherwise."""
        usual = {
            "host": "localhost",
            "port": self.server.tls_port,
            "user": self.user,
            "password": Secret(PASSWORD),
            "ca_file": self.server.certificate,
        }
        return Imap(**{**usual, **settings})


def pages_of(connector: Connector, cursor: Cursor | None = None) -> list[Page]:
    """Every page of one pull."""

    async def pulled() -> list[Page]:
        http: Any = None
        return [page async for page in connector.pull(http, cursor)]

    return asyncio.run(pulled())


def ids_of(pages: list[Page]) -> list[str]:
    """The ids of what came, without the part that follows from the content."""
    return [item.external_id.partition("#")[0] for page in pages for item in page.items]
