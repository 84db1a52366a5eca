"""What is new in the folders of an account, page by page, each with where to go on."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from triage.connector import Page, SourceError
from triage_connectors import imap_fetching
from triage_connectors.imap_cursor import Left, Places
from triage_connectors.imap_fetching import LISTED, Listed, Rules, Seen
from triage_connectors.imap_session import Session, Standing

_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"


class Batch(NamedTuple):
    """
    Messages that were read at once.

    Attributes:
        last: The uid up to which the folder is read now.
        asked: Messages that were asked for.
    """

    last: int
    asked: int = 0
    found: Sequence[Seen] = ()


class Pulling:
    """One pull over an account: what was there already comes only once."""

    def __init__(self, session: Session, places: Places, rules: Rules) -> None:
        self._session = session
        self._places = places
        self._rules = rules
        self._seen: set[str] = set()
        self._done = self._total = 0

    async def pages(self, folders: Sequence[str]) -> AsyncIterator[Page]:
        """Yield the pages of every folder in which there can be something new."""
        waiting = []
        for folder in folders:
            now = await self._session.run(self._session.status, folder)
            left = self._left(folder, now.valid)
            if not left.is_unchanged(now):
                waiting.append(folder)
                self._total += _estimate(left, now)
        for folder in waiting:
            async for page in self._folder(folder):
                yield page

    async def _folder(self, folder: str) -> AsyncIterator[Page]:
        run = self._session.run
        now = await run(self._session.examine, folder)
        left = self._left(folder, now.valid)
        wanted = criteria(left.begun)
        uids = await run(self._session.uids, now.count, left.last, *wanted)
        batches = self._batches(folder, uids, left.begun)
        # One batch is fetched and read while the one before it is being stored.
        coming = asyncio.ensure_future(run(next, batches, None))
        try:
            while (batch := await coming) is not None:
                coming = asyncio.ensure_future(run(next, batches, None))
                # It begins only now: while something is stored, the loop stands still.
                await asyncio.sleep(0)
                left = replace(left, last=batch.last)
                yield self._page(folder, left, batch)
        finally:
            coming.cancel()
            with contextlib.suppress(asyncio.CancelledError, SourceError):
                await coming
        last = uids[-1] if uids else left.last
        yield self._page(folder, replace(left, last=last, next=now.next), Batch(last))

    def _batches(
        self, folder: str, uids: Sequence[int], since: datetime | None
    ) -> Iterator[Batch]:
        """Yield what is read at once; for the connection's thread."""
        for start in range(0, len(uids), LISTED):
            chunk = uids[start : start + LISTED]
            listed = imap_fetching.listed(self._session, chunk)
            wanted = [one for one in listed if self._is_wanted(one, since)]
            for batch in imap_fetching.batches(wanted, self._rules):
                found = imap_fetching.read(self._session, folder, batch, self._rules)
                yield Batch(batch[-1].uid, len(batch), found)

    def _page(self, folder: str, left: Left, batch: Batch) -> Page:
        self._places = self._places.with_folder(folder, left)
        self._done += batch.asked
        fresh = []
        for item in batch.found:
            if item.external_id not in self._seen:
                self._seen.add(item.external_id)
                fresh.append(item)
        progress = min(self._done / self._total, 1.0) if self._total else 1.0
        return Page(tuple(fresh), self._places.cursor(), progress=progress)

    def _left(self, folder: str, valid: int) -> Left:
        """Return where to go on: from the start where what was kept means nothing."""
        since = self._rules.since
        left = self._places.folders.get(folder)
        if left is not None and left.fits(valid, since):
            return left
        told = left.since if left else ""
        if since is not None:
            told = since.astimezone(UTC).isoformat()
        return Left(valid, since=told)

    def _is_wanted(self, one: Listed, since: datetime | None) -> bool:
        if one.is_ours or one.name in self._seen:
            return False
        return since is None or one.arrived is None or one.arrived >= since


def criteria(since: datetime | None, *, days: int = -1) -> tuple[str, ...]:
    """
    Return how a server is asked for what arrived since; it knows days only.

    Whose midnight it means is the server's to know: a day before takes in all that is
    wanted, two days after only what is.
    """
    if since is None:
        return ()
    day = since.astimezone(UTC) + timedelta(days=days)
    return (
        "SINCE",
        f"{day.day}-{_MONTHS[3 * day.month - 3 : 3 * day.month]}-{day.year}",
    )


def _estimate(left: Left, now: Standing) -> int:
    most = now.next - 1 - left.last if now.next else now.count
    return max(0, min(now.count, most))
