"""Services tell of their own accord what has changed; that is fetched and placed."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, cast
from urllib.parse import quote

from triage.config import Config, SourceSettings
from triage.connector import Cursor, Page, Push
from triage.errors import ConfigError, NotFound, TriageError
from triage.store import pushes, sleeping
from triage.store.counts import Counts
from triage.store.database import Database
from triage.store.evidence import PUSHED
from triage.workspace.asking import client
from triage.workspace.syncing import Syncing

if TYPE_CHECKING:
    from triage.sync import Job, SyncEvent
    from triage.sync.bells import Bells
    from triage.sync.lanes import Tell
    from triage.transport import Http

EVERY = 10.0
"""Seconds at most until what was told is fetched, however often nothing came of it."""


@dataclass(frozen=True, slots=True)
class Listening:
    """
    The door is open.

    Attributes:
        addresses: Where each source is to be told, by its name.
    """

    addresses: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Fetching:
    """A connector that brings what was told of, and nothing else."""

    summary: ClassVar[str] = "What a service told of"

    pushed: Any
    about: Sequence[str]

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield it as one page; where the next pull begins stays as it is."""
        del cursor
        yield await self.pushed.fetch(http, self.about)


class Receiving(Syncing):
    """What is told comes in through here, as what is pulled does."""

    db: Database
    config: Config

    async def receive(
        self, names: Sequence[str] = (), *, port: int = 0
    ) -> AsyncIterator[SyncEvent | Listening]:
        """
        Listen for these sources, or all that can tell, until it is left.

        A telling is kept before it is answered, so none is lost; it only names what has
        changed, which is then fetched from the service itself. So whatever is told
        twice, late or in another order ends in the same feedback.

        Raises:
            ConfigError: None of the sources can tell, or one that is named cannot.
        """
        from triage.sync import Ended, Rhythm, Skipped, watch
        from triage.sync.bells import Bells
        from triage.sync.lanes import merged
        from triage.transport.receiver import receiving

        self.db.refuse_if_read_only()
        doors = {one.name: self.connector(one) for one in self._telling(names)}
        bells = Bells()
        complaints: dict[str, str] = {}
        tells: list[Tell] = []

        def take(path: str, headers: Mapping[str, str], body: bytes) -> int:
            if path not in doors:
                return 404
            try:
                told: Push = cast("Any", doors[path]).push(headers, body)
            except TriageError as error:
                if complaints.get(path) != str(error):
                    complaints[path] = str(error)
                    for tell in tells:
                        tell(Skipped(source=path, why=f"not believed: {error}"))
                return 401
            complaints.pop(path, None)
            if told.about:
                with self.db.write() as write:
                    pushes.keep(write, path, told, self.clock())
                bells.ring(path)
            return 204

        async def told(tell: Tell) -> None:
            tells.append(tell)
            async with aclosing(watch(self.db, jobs, Rhythm(EVERY))) as events:
                async for event in events:
                    tell(event)

        jobs = [self._listened(name, bells) for name in doors]
        awake = sleeping.count_stirred(self.db.read())
        async with receiving(take, port) as address:
            yield Listening({name: f"{address}/{quote(name)}" for name in doors})
            async with aclosing(merged([told])) as events:
                async for event in events:
                    yield event
                    if isinstance(event, Ended) and (
                        event.counts.new + event.counts.changed
                    ):
                        for placed in self._group_and_attach(awake):
                            yield placed
                        awake = sleeping.count_stirred(self.db.read())

    def _telling(self, names: Sequence[str]) -> list[SourceSettings]:
        """The sources that can tell, and are set to."""
        for name in names:
            if name not in self.config.sources:
                raise NotFound(f"no source is called {name}; `triage sources list`")
        chosen = []
        for name in names or self.config.sources:
            settings = self.config.sources[name]
            kind = self._kind(settings)
            if hasattr(kind, "push") and settings.settings.get("webhook_secret"):
                chosen.append(settings)
            elif names:
                why = (
                    f"set webhook_secret: `triage sources set {name} webhook_secret=…`"
                    if hasattr(kind, "push")
                    else f"{settings.connector} cannot be told; `triage sync` pulls it"
                )
                raise ConfigError(f"{name} cannot listen: {why}")
        if not chosen:
            raise ConfigError(
                "no source can listen: of those whose service tells, such as Zendesk or"
                " Intercom, none has a webhook_secret"
            )
        return chosen

    def _listened(self, name: str, bells: Bells) -> Job:
        from triage.sync import Job, fail

        settings = self.config.sources[name]
        kept = self._run(settings)
        return Job(
            source=name,
            pull=lambda: self._fetched(settings),
            failed=lambda error: fail(self.db, kept, error),
            turns=lambda: bells.turns(
                name, lambda: pushes.waiting(self.db.read(), name) is not None
            ),
        )

    async def _fetched(self, settings: SourceSettings) -> AsyncIterator[SyncEvent]:
        """Fetch what was told of a source; called in a thread of its own."""
        from triage.sync import Ended, Failed, Pull, pull

        told = pushes.waiting(self.db.read(), settings.name)
        if told is None:
            yield Ended(source=settings.name, batch_id=0, counts=Counts(), seconds=0)
            return
        connector = self.connector(settings)
        async with client(self.db, connector, settings.name) as http:
            run = Pull(
                source=settings.name, connector_name=settings.connector, label=PUSHED,
                resume=True, configured=True,
                connector=_Fetching(connector, told.about), http=http,
            )  # fmt: skip
            stream = cast("AsyncGenerator[SyncEvent, None]", pull(self.db, run))
            failed = False
            async with aclosing(stream) as events:
                async for event in events:
                    failed = failed or isinstance(event, Failed)
                    if isinstance(event, Ended) and not failed:
                        with self.db.write() as write:
                            pushes.done(write, told.ids, self.clock())
                    yield event
