"""A mailbox with a file for each message, as mail servers and programs keep them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from triage.connector import (
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
from triage_connectors.place import opened

_LOOK: Final = 0.5
"""Seconds between two looks while it is watched."""
_OWN: Final = frozenset({"new", "cur", "tmp"})


@dataclass(frozen=True, slots=True)
class Maildir:
    """
    A Maildir folder: what is in its ``new`` and ``cur``, never what is in ``tmp``.

    A message is known by its file's name up to the flags, so that reading, answering
    or moving it from ``new`` to ``cur`` makes no second one.

    Attributes:
        path: The folder that holds ``new`` and ``cur``.
        folders: Folders below it that are read as well: Sent, Archive/2025; * for all.
        own_domains: Domains our side writes from; mail from them is kept as an
            agent's, never triaged. A complaint they forward is its author's.
    """

    summary: ClassVar[str] = "A Maildir folder, as mail servers keep it"

    path: Path
    folders: tuple[str, ...] = ()
    own_domains: tuple[str, ...] = ()

    @classmethod
    def recognises(cls, path: Path, head: bytes) -> int:  # noqa: ARG003 - a folder has none
        """Tell how surely this is a Maildir, 0 to 100."""
        return 98 if _is_maildir(path) else 0

    async def pull(
        self,
        http: object,  # noqa: ARG002 - files are on this machine
        cursor: Cursor | None,
    ) -> AsyncIterator[Page]:
        """Yield the messages that came since ``cursor``; ``http`` is not asked."""
        async for page in folder.pages(self._entries(), cursor, self._read):
            yield page

    async def watch(
        self,
        http: object,  # noqa: ARG002 - files are on this machine
        cursor: Cursor | None,
    ) -> AsyncIterator[None]:
        """Yield whenever a message was delivered; flags and moves are none."""
        stamps, seen = self._stamps(), self._names()
        if not folder.is_as_left(self._entries(), cursor):
            yield None
        while True:
            await asyncio.sleep(_LOOK)
            before, stamps = stamps, self._stamps()
            if stamps == before:
                continue
            names = self._names()
            if names - seen:
                yield None
            seen = names

    def _stamps(self) -> tuple[int, ...]:
        """When messages last came to or left the two folders, in nanoseconds."""
        try:
            return tuple(
                (box / inside).stat().st_mtime_ns
                for box in self._boxes()
                for inside in ("new", "cur")
            )
        except OSError as error:
            raise SourceError(
                f"{self.path} cannot be read: {error.strerror}"
            ) from error

    def _names(self) -> set[str]:
        return {name for _, name, _ in self._files()}

    def _entries(self) -> list[Entry]:
        found: dict[str, Entry] = {}
        for box, name, path in self._files():
            key = name if box == self.path else f"{box.relative_to(self.path)}/{name}"
            try:
                found[key] = folder.entry(path, key)
            except FileNotFoundError:
                # Moved this moment: it is met again where it went.
                continue
        return sorted(found.values())

    def _files(self) -> Iterator[tuple[Path, str, Path]]:
        """Yield each message's Maildir, its name there up to the flags, its file."""
        for box in self._boxes():
            for inside in ("new", "cur"):
                for path in folder.walked(box / inside):
                    yield box, path.name.partition(":2,")[0], path

    def _boxes(self) -> list[Path]:
        """Return the Maildirs to read, the one at the top first."""
        if not self.folders:
            if not _is_maildir(self.path):
                raise ConfigError(
                    f"{self.path} is no Maildir: it has no folders “new” and “cur”"
                )
            return [self.path]
        below = {_name(path, self.path): path for path in _maildirs(self.path)}
        if missing := [one for one in self.folders if one not in {*below, "*"}]:
            known = ", ".join(sorted(below)) or "none"
            raise ConfigError(
                f"{self.path} has no folder “{missing[0]}”; its folders are: {known}"
            )
        wanted = below if "*" in self.folders else dict.fromkeys(self.folders)
        top = [self.path] if _is_maildir(self.path) else []
        return [*top, *(below[name] for name in wanted)]

    def _read(self, entry: Entry) -> Incoming | Unreadable:
        cut = entry.size > mail.LIMIT
        with opened(entry.path) as file:
            raw = file.read(mail_incoming.BEGINNING if cut else mail.LIMIT)
        return mail_incoming.incoming(raw, self.own_domains, cut=cut)


def _is_maildir(path: Path) -> bool:
    return (path / "new").is_dir() and (path / "cur").is_dir()


def _maildirs(root: Path) -> list[Path]:
    """Return every Maildir below a folder, in order; links are not followed."""
    found: list[Path] = []
    waiting = [root]
    while waiting:
        try:
            inside = sorted(os.scandir(waiting.pop()), key=lambda one: one.name)
        except OSError as error:
            raise SourceError(f"{root} cannot be read: {error.strerror}") from error
        for one in inside:
            if one.name in _OWN or not one.is_dir(follow_symlinks=False):
                continue
            waiting.append(Path(one))
            if _is_maildir(Path(one)):
                found.append(Path(one))
    return sorted(found)


def _name(path: Path, root: Path) -> str:
    """Return a folder's name: of ``.Archive.2025`` (Maildir++) Archive/2025."""
    name = path.relative_to(root).as_posix()
    return name[1:].replace(".", "/") if name.startswith(".") else name
