"""Messages in files of their own: one file, one feedback."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from triage.connector import (
    Channel,
    ConfigError,
    Cursor,
    Incoming,
    Page,
    SourceError,
    Unreadable,
)
from triage.text import mail
from triage_connectors import folder, mail_incoming
from triage_connectors.folder import Entry

_CHUNK: Final = 1024 * 1024
_IGNORED: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".gitignore"})
_HEADER: Final = re.compile(
    rb"(?im)^(?:from|to|subject|date|received|message-id|return-path|mime-version"
    rb"|delivered-to|content-type|x-[a-z-]{1,40}):"
)


@dataclass(frozen=True, slots=True)
class Eml:
    """
    A message file (.eml) or a folder of them, however they are called.

    Every file below the folder is one message and one row; the same message twice is
    two rows. A file is named after its content, so a second import changes nothing.

    Attributes:
        path: The file or the folder.
        own_domains: Domains our side writes from; mail from them is kept as an
            agent's, never triaged. A complaint they forward is its author's.
    """

    summary: ClassVar[str] = "Messages as files: .eml, one or a folder of them"

    path: Path
    own_domains: tuple[str, ...] = ()

    @classmethod
    def recognises(cls, path: Path, head: bytes) -> int:
        """Tell how surely this is a message or a folder of them, 0 to 100."""
        if path.is_dir():
            return _folder_of_mail(path)
        if path.suffix.lower() == ".eml":
            return 90
        return 60 if len(_HEADER.findall(head[:4096])) >= 3 else 0

    async def pull(
        self,
        http: object,  # noqa: ARG002 - files are on this machine
        cursor: Cursor | None,
    ) -> AsyncIterator[Page]:
        """Yield the files that are new since ``cursor``; ``http`` is not asked."""
        entries = self._entries()
        numbers = _Copies(entries)

        def read(entry: Entry) -> Incoming | Unreadable:
            digest, raw = _content(entry)
            number = numbers.number(entry)
            name = f"sha256:{digest[:20]}" + (f":{number}" if number > 1 else "")
            if not raw:
                return Unreadable(
                    external_id=name,
                    raw=b"\n",
                    why="the file is empty",
                    channel=Channel.EMAIL,
                )
            cut = entry.size > mail.LIMIT
            return mail_incoming.incoming(
                raw, self.own_domains, external_id=name, cut=cut
            )

        async for page in folder.pages(entries, cursor, read):
            yield page

    def _entries(self) -> list[Entry]:
        if not self.path.exists():
            raise ConfigError(f"there is no file or folder {self.path}; check the path")
        if self.path.is_file():
            return [folder.entry(self.path, self.path.name)]
        return sorted(
            folder.entry(path, path.relative_to(self.path).as_posix())
            for path in folder.walked(self.path)
            if path.name not in _IGNORED
        )


class _Copies:
    """Numbers files of the same content, in order; reads only those of equal size."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._by_size: dict[int, list[Entry]] = {}
        for entry in entries:
            self._by_size.setdefault(entry.size, []).append(entry)
        self._numbers: dict[str, int] = {}

    def number(self, entry: Entry) -> int:
        """Return which of the files with this content it is, from 1 on."""
        alike = self._by_size.pop(entry.size, ())
        if len(alike) > 1:
            count: Counter[str] = Counter()
            for one in alike:
                digest = _content(one)[0]
                count[digest] += 1
                self._numbers[one.name] = count[digest]
        return self._numbers.get(entry.name, 1)


def _content(entry: Entry) -> tuple[str, bytes]:
    """Return the hash of a whole file, and its bytes; of a huge one the first."""
    digest = hashlib.sha256()
    kept = b""
    try:
        with entry.path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                if entry.size <= mail.LIMIT or not kept:
                    kept += chunk
    except OSError as error:
        raise SourceError(f"{entry.path} cannot be read: {error.strerror}") from error
    return digest.hexdigest(), kept


def _folder_of_mail(path: Path) -> int:
    """Tell how surely a folder holds messages, by the first few of its files."""
    found = []
    for file in itertools.islice(folder.walked(path), 20):
        if file.suffix.lower() == ".eml":
            return 80
        try:
            with file.open("rb") as opened:
                found.append(len(_HEADER.findall(opened.read(4096))) >= 3)
        except OSError:
            # A file that may not be read tells nothing.
            continue
    return 50 if found and sum(found) * 2 >= len(found) else 0
