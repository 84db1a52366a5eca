"""Bringing feedback in: configured sources, one-shot imports, and taking them back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triage import plugins
from triage.config import Config
from triage.errors import ConfigError, NotFound, SourceError, UsageError
from triage.store import precedents, sleeping, tone
from triage.store.database import Database
from triage.workspace.accounts import Accounts
from triage.workspace.asking import client
from triage.workspace.attaching import Attaching

if TYPE_CHECKING:
    # Imported where something is pulled: a first frame waits for none of it.
    from triage.sync import Grouped, SyncEvent

_HEAD = 64 * 1024


class Pulling(Attaching, Accounts):
    """Everything that arrives comes through here, and is placed where that is sure."""

    db: Database
    config: Config
    path: Path
    clock: Callable[[], datetime]

    async def sync(
        self, names: list[str] | None = None, *, limit: int | None = None
    ) -> AsyncIterator[SyncEvent]:
        """
        Pull these sources, or all that are configured, then group what is new.

        A source that fails is told as ``Failed``; the others go on.
        """
        from triage.sync import Failed, Pull, pull

        self.db.refuse_if_read_only()
        awake = sleeping.count_stirred(self.db.read())
        chosen = names or list(self.config.sources)
        for name in chosen:
            if name not in self.config.sources:
                raise NotFound(f"no source is called {name}; `triage sources list`")
        for name in chosen:
            try:
                connector = self.connector(self.config.sources[name])
                async with client(connector, name) as http:
                    run = Pull(
                        source=name, connector_name=self.config.sources[name].connector,
                        connector=connector, http=http,
                        label="sync", resume=True, limit=limit,
                    )  # fmt: skip
                    async for event in pull(self.db, run):
                        yield event
            except (SourceError, ConfigError) as error:
                yield Failed(source=name, error=error)
        for event in self._group_and_attach(awake):
            yield event

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

    def group_pending(
        self, *, stop: Callable[[], bool] = lambda: False
    ) -> Iterator[Grouped]:
        """Compare what is new with everything stored, and read its tone."""
        from triage import sync

        yield from sync.group_pending(self.db, strict=self.config.strict, stop=stop)

    def _group_and_attach(self, awake: int) -> Iterator[SyncEvent]:
        """Place what came; ``awake`` had been woken by evidence before it did."""
        numbers = precedents.arrived(self.db.read()) if self.config.attaches else []
        yield from self.group_pending()
        attached = self.attach_arrivals(numbers)
        if attached:
            yield attached
        woken = sleeping.count_stirred(self.db.read()) - awake
        if woken > 0:
            from triage.sync import Woken

            yield Woken(feedback=woken)

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

    def take_back(self, batch_id: int) -> int:
        """Undo an import whole; refuses where decisions rest on it. Rows removed."""
        from triage.store import taking_back

        with self.db.write() as write:
            return taking_back.take_back(write, batch_id, self.clock())


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_HEAD)
