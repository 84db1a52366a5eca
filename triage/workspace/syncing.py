"""Configured sources are pulled, once or for ever, and what comes is placed."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from triage import plugins
from triage.config import Config, SourceSettings
from triage.connector import Cursor
from triage.errors import NotFound, TriageError, UsageError
from triage.store import codec, precedents, sleeping, sources
from triage.store.database import Database
from triage.workspace.accounts import Accounts
from triage.workspace.asking import client
from triage.workspace.attaching import Attaching

if TYPE_CHECKING:
    # Imported where something is pulled: a first frame waits for none of it.
    from triage.sync import Grouped, Job, SyncEvent
    from triage.sync.keeping import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """How to pull: so many, from when on, and whether to keep it."""

    limit: int | None = None
    since: datetime | None = None
    rehearse: bool = False


class Syncing(Attaching, Accounts):
    """Everything configured comes in through here."""

    db: Database
    config: Config
    clock: Callable[[], datetime]

    async def sync(
        self,
        names: Sequence[str] | None = None,
        *,
        limit: int | None = None,
        since: datetime | None = None,
        now: bool = False,
        rehearse: bool = False,
    ) -> AsyncIterator[SyncEvent]:
        """
        Pull these sources, or all that are configured, then group what is new.

        Several at once. One that fails is told as ``Failed`` and the others go on; a
        bug of a connector is raised once they are done. Without names, what failed
        lately is left alone until its time has come.

        Args:
            limit: Stop each after the page that reaches so many inputs.
            since: Where a first pull begins.
            now: Ask those too that are left alone after failures.
            rehearse: Count what would come of it; not a byte is changed.
        """
        from triage.sync import Skipped, together

        self.db.refuse_if_read_only()
        asked = _Asked(limit=limit, since=since, rehearse=rehearse)
        chosen = self._chosen(names, asked)
        awake = sleeping.count_stirred(self.db.read())
        waiting = {} if names or now else self._backing_off()
        for name in chosen:
            if name in waiting:
                until, failures = waiting[name]
                yield Skipped(
                    source=name, why=_left_alone(until, failures), retry_at=until
                )
        jobs = [self._job(name, asked) for name in chosen if name not in waiting]
        bug: Exception | None = None
        async with aclosing(together(self.db, jobs)) as events:
            try:
                async for event in events:
                    yield event
            except Exception as error:  # raised below, once what came is placed
                bug = error
        if not rehearse:
            for placed in self._group_and_attach(awake):
                yield placed
        if bug is not None:
            raise bug

    async def watch(
        self,
        names: Sequence[str] | None = None,
        *,
        every: float = 300.0,
        limit: int | None = None,
        since: datetime | None = None,
    ) -> AsyncIterator[SyncEvent]:
        """
        Pull these sources, or all, again and again; what comes is grouped at once.

        Without names, what failed lately is first pulled when its time has come:
        starting anew is no reason to ask a server that refused.

        Args:
            every: Seconds between two looks at a source that does not tell by itself.
        """
        from triage.sync import Ended, Rhythm, Skipped, watch

        self.db.refuse_if_read_only()
        asked = _Asked(limit=limit, since=since)
        jobs = [self._job(name, asked) for name in self._chosen(names, asked)]
        if not names:
            waiting = self._backing_off()
            for name, (until, failures) in waiting.items():
                why = _left_alone(until, failures)
                yield Skipped(source=name, why=why, retry_at=until)
            jobs = [
                dataclasses.replace(job, not_before=waiting[job.source][0])
                if job.source in waiting else job
                for job in jobs
            ]  # fmt: skip
        awake = sleeping.count_stirred(self.db.read())
        async with aclosing(watch(self.db, jobs, Rhythm(every))) as events:
            async for event in events:
                yield event
                if isinstance(event, Ended) and event.counts.new + event.counts.changed:
                    for placed in self._group_and_attach(awake):
                        yield placed
                    awake = sleeping.count_stirred(self.db.read())

    def _chosen(self, names: Sequence[str] | None, asked: _Asked) -> list[str]:
        chosen = list(dict.fromkeys(names or filter(self._pulls, self.config.sources)))
        for name in chosen:
            if name not in self.config.sources:
                raise NotFound(f"no source is called {name}; `triage sources list`")
            if not self._pulls(name):
                raise UsageError(f"{name} only sends; nothing comes from it")
            if asked.since is not None:
                self._refuse_without_since(self.config.sources[name])
        return chosen

    def _refuse_without_since(self, settings: SourceSettings) -> None:
        kind = plugins.one(plugins.CONNECTORS, settings.connector)
        if "since" not in {field.name for field in dataclasses.fields(kind)}:
            raise UsageError(
                f"{settings.name} cannot begin at a moment: {settings.connector} has"
                " no such setting; name the sources that --since is about"
            )

    def _backing_off(self) -> dict[str, tuple[datetime, int]]:
        """Until when who is left alone, and after how many failures."""
        now = self.clock()
        found: dict[str, tuple[datetime, int]] = {}
        for name, retry_at, failures in sources.backing_off(self.db.read()):
            until = codec.to_time(retry_at)
            is_ours = name in self.config.sources
            if is_ours and until is not None and until > now:
                found[name] = until, failures
        return found

    def _job(self, name: str, asked: _Asked) -> Job:
        from triage.sync import Job, fail

        settings = self.config.sources[name]
        kept = self._run(settings)
        watches = hasattr(self._kind(settings), "watch")
        return Job(
            source=name,
            pull=lambda: self._pulled(settings, asked),
            failed=lambda error: fail(self.db, kept, error),
            turns=(lambda: self._turns(settings)) if watches else None,
        )

    async def _pulled(
        self, settings: SourceSettings, asked: _Asked
    ) -> AsyncIterator[SyncEvent]:
        """One source pulled; called in a thread of its own."""
        from triage.sync import Failed, Pull, fail, pull

        kept = self._run(settings)
        try:
            connector = self.connector(settings)
        except TriageError as error:
            retry_at = None if asked.rehearse else fail(self.db, kept, error)
            yield Failed(source=settings.name, error=error, retry_at=retry_at)
            return
        if asked.since is not None:
            connector = dataclasses.replace(cast("Any", connector), since=asked.since)
        async with client(self.db, connector, settings.name) as http:
            run = Pull(
                **dataclasses.asdict(kept), connector=connector, http=http,
                limit=asked.limit, rehearse=asked.rehearse,
            )  # fmt: skip
            stream = cast("AsyncGenerator[SyncEvent, None]", pull(self.db, run))
            async with aclosing(stream) as events:
                async for event in events:
                    yield event

    async def _turns(self, settings: SourceSettings) -> AsyncIterator[None]:
        """One turn whenever there may be more; called in a thread of its own."""
        connector: Any = self.connector(settings)
        cursor = sources.cursor(self.db.read(), settings.name)
        async with client(self.db, connector, settings.name) as http:
            stream = connector.watch(http, None if cursor is None else Cursor(cursor))
            async with aclosing(stream) as turns:
                async for _ in turns:
                    yield None

    def _pulls(self, name: str) -> bool:
        """Whether anything comes from a source; one that does not load says why not."""
        kind = self._kind(self.config.sources[name])
        return kind is None or plugins.pulls(kind)

    def _run(self, settings: SourceSettings) -> Run:
        from triage.sync.keeping import Run

        return Run(
            source=settings.name, connector_name=settings.connector, label="sync",
            resume=True, configured=True,
            statuses=settings.settings.get("statuses") or {},
        )  # fmt: skip

    def _kind(self, settings: SourceSettings) -> Any:
        """The connector's class; None where it does not load, which its pull tells."""
        try:
            return plugins.one(plugins.CONNECTORS, settings.connector)
        except TriageError:
            return None

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


def _left_alone(until: datetime, failures: int) -> str:
    many = "a failure" if failures == 1 else f"{failures} failures"
    here = until.astimezone()
    return (
        f"waits until {here:%Y-%m-%d %H:%M} after {many};"
        " named, or with --now, it is tried at once"
    )
