"""The way through a Zammad desk: by time of change, or over all its tickets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Page, SourceUnavailable
from triage_connectors import payload
from triage_connectors.gathered import Gathered
from triage_connectors.together import together
from triage_connectors.told import Told
from triage_connectors.watermark import Watermark
from triage_connectors.zammad_api import CAP, FOUND, SAID, Zammad
from triage_connectors.zammad_place import NOT_SHOWN, Place
from triage_connectors.zammad_rows import GONE, States, told

if TYPE_CHECKING:
    from triage.transport import Http
    from triage_connectors.zammad import Zammad as Settings

LAG: Final = timedelta(minutes=10)
"""How long after a change a search may still tell a ticket as it was before."""

_FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_AHEAD: Final = timedelta(days=1)
_AT_ONCE: Final = 50  # tickets that are one page of ours

Rows = Sequence[dict[str, Any]]


class Walk:
    """One pull of a desk."""

    def __init__(
        self, http: Http, settings: Settings, desk: Zammad, place: Place
    ) -> None:
        self._settings = settings
        self._desk = desk
        self._place = place
        self._now = http.now()
        self._turns = http.pages()
        self._heard = http.pages()
        self._gathered = Gathered(
            self._said,
            "ticket_id",
            "created_at",
            http.now,
            place.said,
            place.heard,
        )
        self._states: States | None = None
        self._searches = True

    async def pages(self) -> AsyncIterator[Page]:
        """Yield what changed; over the list where it was begun or nothing else is."""
        if not self._place.page:
            async for page in self._searched():
                yield page
        if self._place.page or not self._searches:
            async for page in self._listed():
                yield page

    @property
    def _begin(self) -> datetime:
        return self._place.mark.begins(LAG) or self._settings.since or _FIRST

    async def _searched(self) -> AsyncIterator[Page]:
        """
        Yield what a search tells, begun anew at the last change of each answer.

        Pages of one search would leave out what moves to its end meanwhile, and end
        after ``CAP``. What changed within ``LAG`` may stand at an earlier place than
        its time says: the mark is moved over it when all is told.
        """
        begin, end, settled = self._begin, self._now + _AHEAD, self._now - LAG
        number, widest = 1, 0
        late: dict[str, tuple[str, datetime, str]] = {}
        while True:
            self._turns.turn(f"{begin.isoformat()} {number}")
            rows = await self._desk.changed(begin, end, number)
            if rows is None or not (rows or widest or await self._finds_any(end)):
                self._searches = False
                return
            self._saw(rows)
            fresh = [row for row in rows if not self._knows(row, late)]
            for some in _chunks([row for row in fresh if _at(row) <= settled]):
                self._place = replace(self._place, mark=self._after(some))
                await self._gather(some)
                yield (await self._read(some)).page(self._place.cursor())
            for some in _chunks([row for row in fresh if _at(row) > settled]):
                late |= {change[0]: change for change in map(_change, some)}
                await self._gather(some)
                yield (await self._read(some)).page(None)
            if len(rows) < max(widest, 1):
                break
            widest = max(widest, len(rows))
            last = max((at for at in map(_at, rows) if at <= settled), default=begin)
            begin, number = (last, 1) if last > begin else (begin, number + 1)
            if number * FOUND > CAP:
                self._searches = False
                return
        mark = self._place.mark.after(late.values(), LAG)
        self._place = replace(self._place, mark=mark)
        yield Page((), self._place.cursor())

    async def _listed(self) -> AsyncIterator[Page]:
        """Yield what changed among all tickets; the mark is moved when all is seen."""
        begin, widest, last = self._begin, 0, -1.0
        here = replace(
            self._place,
            page=self._place.page or 1,
            began=self._place.began or self._now,
        )
        changes = []
        while True:
            self._turns.turn(f"list {here.page}")
            rows = await self._desk.tickets(here.page)
            last = _last(rows, last)
            fresh = [
                row for row in rows if _at(row) >= begin and not self._knows(row, {})
            ]
            for some in _chunks(fresh):
                yield (await self._read(some)).page(None)
            changes += [_change(row) for row in rows if _at(row) >= begin]
            newest = max([*map(_at, rows), here.newest or _FIRST])
            here = replace(here, page=here.page + 1, newest=newest)
            if len(rows) < max(widest, 1):
                break
            widest = max(widest, len(rows))
            yield Page((), here.cursor())
        # What changed while the list was read may have been passed before it did.
        until = min(here.newest or _FIRST, here.began or self._now)
        mark = Watermark(max(until, self._place.mark.until or _FIRST))
        stored = [change for change in changes if change[1] <= until]
        self._place = replace(
            self._place, mark=mark.after(stored, LAG), page=0, began=None, newest=None
        )
        yield Page((), self._place.cursor())

    async def _finds_any(self, end: datetime) -> bool:
        """
        Whether a search that found nothing would find anything.

        Without Elasticsearch the desk looks for the query as words, and finds none.
        """
        return bool(await self._desk.changed(_FIRST, end, 1, 1))

    def _knows(
        self, row: dict[str, Any], late: dict[str, tuple[str, datetime, str]]
    ) -> bool:
        name, _, version = _change(row)
        return self._place.mark.knows(name, version) or (
            name in late and late[name][2] == version
        )

    def _after(self, rows: Rows) -> Watermark:
        return self._place.mark.after(map(_change, rows), LAG)

    def _saw(self, rows: Rows) -> None:
        self._turns.saw(" ".join("@".join(_change(row)[::2]) for row in rows).encode())

    async def _gather(self, rows: Rows) -> None:
        """
        Have at hand what is listed of these tickets' articles, where that spares calls.

        They are listed from the desk's beginning on, which is far where a later one is
        set.
        """
        young = [row for row in rows if self._gathered.may_have(_made(row))]
        is_listed = self._place.said != NOT_SHOWN and self._settings.since is None
        if not is_listed or not young:
            return
        await self._gathered.reach(_at(young[-1]), len(young))
        page, heard = self._gathered.page, self._gathered.until
        self._place = replace(self._place, said=page, heard=heard)

    async def _said(self, page: str) -> tuple[list[dict[str, Any]], str]:
        number = int(self._heard.turn(page or "1"))
        rows = await self._desk.said(number)
        if rows is None:
            self._gathered.page = NOT_SHOWN
            return [], ""
        self._heard.saw(" ".join(map(payload.must_be_key, rows)).encode())
        return rows, str(number + 1) if len(rows) == SAID else ""

    async def _read(self, rows: Rows) -> Told:
        """What was said in some tickets, several asked at once."""
        if self._states is None:
            self._states = States.of(await self._desk.states())
        read = partial(self._ticket, self._states)
        return Told.of(await together(partial(read, row) for row in rows))

    async def _ticket(self, states: States, row: dict[str, Any]) -> Told:
        name = payload.must_be_key(row)
        status = states.status(row)
        if status in GONE:
            return Told(gone_threads=(name,))
        if payload.number(row, "article_count") == 0:
            return Told()
        articles: Rows | None = self._gathered.take(
            name, payload.number(row, "article_count"), _at(row) + LAG
        ) or await self._desk.articles(name)
        if articles is None:
            return Told(gone_threads=(name,))
        tags = await self._desk.tags(name) if self._settings.tags else []
        return told(self._settings, row, status, articles, tags)


def _chunks(rows: Rows) -> list[Rows]:
    return [rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE)]


def _last(rows: Rows, before: float) -> float:
    """The last number of a page of the list, whose numbers grow."""
    numbers = [payload.number(row, "id") or 0 for row in rows]
    if sorted({before, *numbers}) != [before, *numbers]:
        raise SourceUnavailable(
            "the desk leads in circles: its list of tickets is not in the order of"
            " their numbers. What came before is kept; try again later"
        )
    return numbers[-1] if numbers else before


def _at(row: dict[str, Any]) -> datetime:
    return payload.must_be_moment(row, "updated_at")


def _made(row: dict[str, Any]) -> datetime | None:
    return payload.moment(row, "created_at")


def _change(row: dict[str, Any]) -> tuple[str, datetime, str]:
    """A ticket's name, when it changed, and its version, which is just that."""
    return payload.must_be_key(row), _at(row), payload.text(row, "updated_at")
