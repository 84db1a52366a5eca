"""Bringing feedback in: one-shot imports, taking them back, what sources there are."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triage import plugins
from triage.config import Config
from triage.errors import NotFound, UsageError
from triage.store import evidence, sleeping, tone
from triage.store.database import Database
from triage.workspace.receiving import Receiving

if TYPE_CHECKING:
    # Imported where something is pulled: a first frame waits for none of it.
    from triage.sync import SyncEvent

_HEAD = 64 * 1024


class Pulling(Receiving):
    """Everything that arrives comes through here, and is placed where that is sure."""

    db: Database
    config: Config
    path: Path
    clock: Callable[[], datetime]

    async def import_file(
        self,
        file: Path,
        *,
        connector: str = "",
        source: str = "",
        settings: Mapping[str, Any] | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[SyncEvent]:
        """Read a file or folder once, as one batch; again, and nothing changes."""
        from triage.sync import Pull, pull

        self.db.refuse_if_read_only()
        awake = sleeping.count_stirred(self.db.read())
        name = connector or self.recognise(file)
        source = source or file.resolve().stem
        run = Pull(
            source=source,
            connector_name=name,
            connector=self.file_connector(file, name, settings),
            http=None,
            label=file.name,
            resume=False,
            limit=limit,
        )
        async for event in pull(self.db, run):
            yield event
        for event in self._group_and_attach(awake):
            yield event

    def read_tones(self) -> int:
        """Read language and sentiment of what was not read yet; how many."""
        return sum(tone.read_pending(self.db))

    def recognise(self, file: Path) -> str:
        """The connector that knows this file, told from its name and content."""
        if not file.exists():
            raise UsageError(f"{file} is not there; check the path")
        try:
            head = b"" if file.is_dir() else _head(file)
        except OSError as error:
            raise UsageError(f"{file} cannot be read: {error.strerror}") from error
        best, sureness = "", 0
        loaded, _ = plugins.every(plugins.CONNECTORS)
        for name, connector in sorted(loaded.items()):
            recognises = getattr(connector, "recognises", None)
            found = recognises(file, head) if recognises else 0
            if found > sureness:
                best, sureness = name, found
        if not best:
            known = ", ".join(
                name
                for name, one in sorted(loaded.items())
                if hasattr(one, "recognises")
            )
            raise UsageError(
                f"{file} is of no kind Triage can tell; say which with --as ({known})"
            )
        return best

    def file_connector(
        self, file: Path, name: str, settings: Mapping[str, Any] | None = None
    ) -> Any:
        """The connector of that name over this file."""
        kind = plugins.one(plugins.CONNECTORS, name)
        if not hasattr(kind, "recognises"):
            raise UsageError(f"{name} reads no files; `triage sources add {name}`")
        if not file.exists():
            raise UsageError(f"{file} is not there; check the path")
        return plugins.build(kind, {**(settings or {}), "path": file}, Path.cwd())

    def clear_gap(self, name: str) -> None:
        """Take what a source cannot give as read; the same words stay away."""
        self.db.refuse_if_read_only()
        with self.db.write() as write:
            if not evidence.clear_gap(write, name):
                raise NotFound(
                    f"{name} tells of no gap; `triage sources list` shows which do"
                )

    def take_back(self, batch_id: int) -> int:
        """Undo an import whole; refuses where decisions rest on it. Rows removed."""
        from triage.store import taking_back

        with self.db.write() as write:
            return taking_back.take_back(write, batch_id, self.clock())


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_HEAD)
