"""One pull of Help Scout: conversations in the order they changed, then ratings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Cursor, Incoming, Page
from triage_connectors import help_scout_conversations as talks
from triage_connectors import help_scout_ratings, payload, saved
from triage_connectors.help_scout_api import paged
from triage_connectors.together import together
from triage_connectors.watermark import NAMES, Watermark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from triage.transport import Http, Response
    from triage_connectors.help_scout_api import HelpScouts

OVERLAP: Final = timedelta(minutes=2)
"""How far before the end of one walk the next begins."""
REVISED: Final = timedelta(days=1)
"""The same of ratings."""
FOUNDED: Final = datetime(2011, 1, 1, tzinfo=UTC)
"""Nothing was rated before."""

_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Rated:
    """
    How far the ratings are read.

    Attributes:
        start: Where the walk that is not over begins; None between walks.
        end: Where it ends.
        page: The page of it that is stored.
    """

    mark: Watermark = field(default_factory=Watermark)
    start: datetime | None = None
    end: datetime | None = None
    page: int = 0

    @classmethod
    def read(cls, values: Mapping[str, Any], now: datetime) -> Rated:
        """The same from a cursor; SourceError where it is damaged or to come."""
        start, end = saved.moment(values, "start"), saved.moment(values, "end")
        saved.passed(end, now)
        mark = Watermark.read(values, now)
        return cls(mark, start, end, saved.count(values, "page"))

    def values(self) -> dict[str, Any]:
        """What a cursor keeps of it."""
        return {
            **self.mark.values(),
            "start": saved.stamp(self.start),
            "end": saved.stamp(self.end),
            "page": self.page,
        }


@dataclass(frozen=True, slots=True)
class Left:
    """Where a Help Scout source was left."""

    conversations: Watermark = field(default_factory=Watermark)
    rated: Rated = field(default_factory=Rated)

    @classmethod
    def read(cls, cursor: Cursor | None, now: datetime) -> Left:
        """The place a cursor holds; SourceError where it is damaged or to come."""
        if cursor is None:
            return cls()
        values = saved.parsed(cursor, (*NAMES, "rated"))
        rated = Rated.read(saved.table(values, "rated"), now)
        return cls(Watermark.read(values, now), rated)

    def cursor(self) -> Cursor:
        """This place as text."""
        return self.conversations.cursor(rated=self.rated.values())


@dataclass(slots=True)
class Walk:
    """
    A pull on its way.

    Attributes:
        left: Where it has come to.
        since: Where a first pull begins; None for the very start.
    """

    http: Http
    desk: HelpScouts
    fields: Mapping[str, str]
    left: Left
    since: datetime | None
    with_ratings: bool
    _told_now: dict[str, str] = field(default_factory=dict)

    async def pages(self) -> AsyncIterator[Page]:
        """Yield what changed since the last walk."""
        began, last = self.left.cursor(), None
        async for page in self._conversations():
            last = page.cursor
            yield page
        if self.with_ratings:
            async for page in self._ratings():
                last = page.cursor
                yield page
        now = self.left.cursor()
        if last is None or now != last:
            yield Page((), now if now != began else None)

    async def _conversations(self) -> AsyncIterator[Page]:
        """
        Yield what changed, page by page.

        The pages move under us: what changes while we walk goes to their end, and all
        behind it comes one place nearer. So the first page is asked for, each time from
        where the last ended. Only where a whole page is of one moment are further ones
        asked for by number; then the page before is looked at once more, for what has
        moved into it meanwhile.
        """
        turns, page = self.http.pages(), 1
        begins = self.left.conversations.begins(OVERLAP) or self.since
        told_at: datetime | None = None
        while True:
            turns.turn(f"{begins} {page}")
            answer = await self.desk.conversations(begins, page)
            turns.saw(answer.content)
            told_at = told_at or answer.date
            rows, last = paged(payload.found(answer), "conversations")
            if page > 1:
                again = await self.desk.conversations(begins, page - 1)
                rows = [*paged(payload.found(again), "conversations")[0], *rows]
            if told := await self._told(rows):
                yield told
            if page >= last or not rows:
                break
            now = self.http.now()
            reached = max(talks.changed_at(row, now) for row in rows)
            ahead = reached.replace(microsecond=0) - _SECOND
            if begins is None or ahead > begins:
                begins, page = ahead, 1
            else:
                page += 1
        # All up to then is told; the service's own clock says when that was.
        mark = self.left.conversations
        if told_at is not None and (mark.until is None or told_at > mark.until):
            self.left = replace(self.left, conversations=replace(mark, until=told_at))

    async def _told(self, rows: Sequence[dict[str, Any]]) -> Page | None:
        """The page of what is not stored as it is now; None where all is."""
        mark, now = self.left.conversations, self.http.now()
        fresh: dict[str, dict[str, Any]] = {}
        versions: dict[str, str] = {}
        for row in rows:
            name, version = payload.must_be_key(row), talks.version(row)
            if mark.knows(name, version) or self._told_now.get(name) == version:
                continue
            fresh[name], versions[name] = row, version
        if not fresh:
            return None
        items, hidden, gone = await self.read(list(fresh.values()))
        self._told_now |= versions
        changes = [
            (name, talks.changed_at(row, now), versions[name])
            for name, row in fresh.items()
        ]
        mark = mark.after(changes, OVERLAP)
        self.left = replace(self.left, conversations=mark)
        return Page(tuple(items), self.left.cursor(), gone=hidden, gone_threads=gone)

    async def read(
        self, rows: Sequence[payload.Values]
    ) -> tuple[list[Incoming], list[str], list[str]]:
        """What conversations say, what of it was hidden, and which are deleted."""
        gone = [
            payload.must_be_key(row)
            for row in rows
            if payload.text(row, "state") == "deleted"
        ]
        there = [row for row in rows if payload.text(row, "state") == "published"]
        cut = [payload.must_be_key(row) for row in there if talks.is_cut(row)]
        answers = await together(partial(self.desk.threads, name) for name in cut)
        whole = dict(zip(cut, answers, strict=True))
        items: list[Incoming] = []
        hidden: list[str] = []
        for row in there:
            threads = whole.get(payload.must_be_key(row), talks.embedded(row))
            said, taken_back = talks.told(self.fields, row, threads)
            items += said
            hidden += taken_back
        return items, hidden, gone

    async def _ratings(self) -> AsyncIterator[Page]:
        """Yield what was rated up to now; a walk that was left goes on at its page."""
        rated = self.left.rated
        if rated.start is None or rated.end is None:
            start = rated.mark.begins(REVISED) or self.since or FOUNDED
            end = self.http.now().replace(microsecond=0)
            rated = Rated(rated.mark, min(start, end), end)
        turns, page, last = self.http.pages(), rated.page + 1, rated.page + 1
        assert rated.start is not None
        assert rated.end is not None
        while page <= last:
            turns.turn(f"{page}")
            answer = await self.desk.ratings(rated.start, rated.end, page)
            turns.saw(answer.content)
            rows, last = _results(answer)
            fresh = {
                name: row
                for row in rows
                if not rated.mark.knows(
                    name := help_scout_ratings.name_of(row), talks.version(row)
                )
            }
            items = await self._rated(list(fresh.values()))
            changes = [
                (
                    name,
                    min(payload.must_be_moment(row, "ratingCreatedAt"), rated.end),
                    talks.version(row),
                )
                for name, row in fresh.items()
            ]
            rated = replace(rated, mark=rated.mark.after(changes, REVISED), page=page)
            self.left = replace(self.left, rated=rated)
            page += 1
            if items and page <= last:
                yield Page(tuple(items), self.left.cursor())
                items = []
        self.left = replace(
            self.left, rated=Rated(replace(rated.mark, until=rated.end))
        )
        if items:
            yield Page(tuple(items), self.left.cursor())

    async def _rated(self, rows: Sequence[payload.Values]) -> list[Incoming]:
        people = sorted({payload.key(row, "ratingCustomerId") for row in rows} - {""})
        answers = await together(partial(self.desk.email, name) for name in people)
        emails = dict(zip(people, answers, strict=True))
        told = [
            help_scout_ratings.of_report(
                row, emails.get(payload.key(row, "ratingCustomerId"), "")
            )
            for row in rows
        ]
        return [one for one in told if one is not None]


def _results(answer: Response) -> tuple[list[dict[str, Any]], int]:
    """The ratings of a page of a report, and which page is the last."""
    told = payload.found(answer)
    return payload.rows(told, "results"), int(payload.number(told, "pages") or 0)
