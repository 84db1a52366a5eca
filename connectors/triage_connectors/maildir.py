"""A mailbox with a file for each message, as mail servers and programs keep them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from triage.connector import ConfigError, Cursor, Incoming, Page, Unreadable
from triage.text import mail
from triage_connectors import folder, mail_incoming
from triage_connectors.folder import Entry
from triage_connectors.place import opened


@dataclass(frozen=True, slots=True)
class Maildir:
    """
    A Maildir folder: what is in its ``new`` and ``cur``, never what is in ``tmp``.

    A message is known by its file's name up to the flags, so that reading, answering
    or moving it from ``new`` to ``cur`` makes no second one.

    Attributes:
        path: The folder that holds ``new`` and ``cur``.
        own_domains: Domains our side writes from; mail from them is kept as an
            agent's, never triaged. A complaint they forward is its author's.
    """

    summary: ClassVar[str] = "A Maildir folder, as mail servers keep it"

    path: Path
    own_domains: tuple[str, ...] = ()

    @classmethod
    def recognises(cls, path: Path, head: bytes) -> int:  # noqa: ARG003 - a folder has none
        """Tell how surely this is a Maildir, 0 to 100."""
        return 98 if (path / "new").is_dir() and (path / "cur").is_dir() else 0

    async def pull(
        self,
        http: object,  # noqa: ARG002 - files are on this machine
        cursor: Cursor | None,
    ) -> AsyncIterator[Page]:
        """Yield the messages that came since ``cursor``; ``http`` is not asked."""
        async for page in folder.pages(self._entries(), cursor, self._read):
            yield page

    def _entries(self) -> list[Entry]:
        if not self.recognises(self.path, b""):
            raise ConfigError(
                f"{self.path} is no Maildir: it has no folders “new” and “cur”"
            )
        found: dict[str, Entry] = {}
        for inside in ("new", "cur"):
            for path in folder.walked(self.path / inside):
                key = path.name.partition(":2,")[0]
                found[key] = folder.entry(path, key)
        return sorted(found.values())

    def _read(self, entry: Entry) -> Incoming | Unreadable:
        cut = entry.size > mail.LIMIT
        with opened(entry.path) as file:
            raw = file.read(mail_incoming.BEGINNING if cut else mail.LIMIT)
        return mail_incoming.incoming(raw, self.own_domains, cut=cut)
