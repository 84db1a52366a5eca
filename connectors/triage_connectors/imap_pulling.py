"""What is new in the folders of an account, page by page, each with where to go on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from triage.connector import Page
from triage_connectors import imap_fetching
from triage_connectors.imap_cursor import Left, Places
from triage_connectors.imap_fetching import LISTED, Listed, Rules, Seen
from triage_connectors.imap_session import Session, Standing

_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"


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
        now = await self._session.run(self._session.examine, folder)
        left = self._left(folder, now.valid)
        uids = await self._session.run(
            self._session.uids, now.count, left.last, *criteria(self._rules.since)
        )
        for start in range(0, len(uids), LISTED):
            chunk = uids[start : start + LISTED]
            listed = await self._session.run(imap_fetching.listed, self._session, chunk)
            wanted = [one for one in listed if self._is_wanted(one)]
            for batch in imap_fetching.batches(wanted, self._rules):
                found = await self._session.run(
                    imap_fetching.read, self._session, folder, batch, self._rules
                )
                left = replace(left, last=batch[-1].uid)
                yield self._page(folder, left, found, len(batch))
            left = replace(left, last=chunk[-1])
        yield self._page(folder, replace(left, next=now.next), [], 0)

    def _page(self, folder: str, left: Left, found: Sequence[Seen], count: int) -> Page:
        self._places = self._places.with_folder(folder, left)
        self._done += count
        fresh = []
        for item in found:
            if item.external_id not in self._seen:
                self._seen.add(item.external_id)
                fresh.append(item)
        progress = min(self._done / self._total, 1.0) if self._total else 1.0
        return Page(tuple(fresh), self._places.cursor(), progress=progress)

    def _left(self, folder: str, valid: int) -> Left:
        """Return where to go on: from the start where what was kept means nothing."""
        since = self._rules.since
        left = self._places.folders.get(folder)
        if left is None or not left.fits(valid, since):
            told = since.astimezone(UTC).isoformat() if since else ""
            return Left(valid, since=told)
        return left

    def _is_wanted(self, one: Listed) -> bool:
        since = self._rules.since
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
