"""One run at a Zendesk desk: tickets, then what was said, then how it was rated."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from triage.connector import Incoming, Page, SourceUnavailable
from triage_connectors import payload, zendesk_ratings
from triage_connectors.zendesk_api import BULK, EXPORTED, SIDELOADS, Api, following
from triage_connectors.zendesk_events import Events
from triage_connectors.zendesk_known import Known
from triage_connectors.zendesk_place import Place, Walk

FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Before there was any help desk to ask."""
HELD_BACK: Final = timedelta(seconds=65)
"""The exports refuse to begin within the last minute, and tell nothing of it."""
LATE: Final = timedelta(days=1)
"""How far back ratings are asked for again."""
ANEW: Final = timedelta(hours=6)
"""Between two looks at surveys whose answers may still change."""


@dataclass(slots=True)
class Pull:
    """
    One run, and how far it is.

    Tickets come first, so that what is said finds the ticket and the people known.
    """

    api: Api
    known: Known
    here: Place
    since: datetime | None
    now: datetime

    async def pages(self) -> AsyncIterator[Page]:
        """Yield pages that each leave another place to resume from."""
        place = self.here.cursor()
        held: Page | None = None
        for walk in (self._tickets, self._events, self._ratings, self._surveys):
            async for one in walk():
                page = _joined(held, one) if held else one
                held = page if page.cursor == place else None
                if held is None:
                    yield page
                place = self.here.cursor()
        if held is not None and (held.items or held.gone or held.gone_threads):
            yield held

    async def _tickets(self) -> AsyncIterator[Page]:
        turns = self.api.exports.pages()
        done = False
        while not done:
            after = self.here.tickets
            params: dict[str, str | int] = {"include": SIDELOADS, "per_page": EXPORTED}
            if after:
                params["cursor"] = after
            else:
                params["start_time"] = int(self._begins(None).timestamp())
            turns.turn(after)
            answer = await self.api.answered("incremental/tickets/cursor", params)
            told = payload.found(answer)
            turns.saw(answer.content)
            said, gone = await self.known.page(told)
            done = _is_done(told)
            after = payload.text(told, "after_cursor") or ("" if not done else after)
            if not done and not after:
                raise SourceUnavailable(
                    f"{self.api.host} told tickets without saying where to go on; try"
                    " again later"
                )
            said += await self._restored({one.thread for one in said}, gone)
            self.here = replace(self.here, tickets=after)
            yield Page(said, self.here.cursor(), gone_threads=gone)

    async def _restored(self, there: set[str], gone: list[str]) -> list[Incoming]:
        """What was said in tickets that were deleted, and are there again."""
        back = [name for name in self.here.gone if name in there]
        changed = {*back, *gone}
        self.here = replace(
            self.here,
            gone=(*(one for one in self.here.gone if one not in changed), *gone),
        )
        told = await self.known.whole(back, anew=True)
        openings = {f"ticket {name}" for name in back}
        return [one for one in told.said if one.external_id not in openings]

    async def _events(self) -> AsyncIterator[Page]:
        turns = self.api.exports.pages()
        begins = self._begins(self.here.events)
        events = Events(self.known, begins)
        done = False
        while not done:
            start = int(self._begins(self.here.events).timestamp())
            turns.turn(str(start))
            answer = await self.api.answered(
                "incremental/ticket_events",
                {"start_time": start, "include": "comment_events"},
            )
            values = payload.found(answer)
            turns.saw(answer.content)
            told = await events.page(payload.rows(values, "ticket_events"))
            done = _is_done(values)
            mended = await self.known.whole(events.missing() if done else ())
            said, gone = [*told.said, *mended.said], [*told.gone, *mended.gone]
            here = self.here.events or begins
            end = payload.moment(values, "end_time") or here
            if not done:
                end = self._after(datetime.fromtimestamp(start, UTC), end)
            self.here = replace(self.here, events=max(end, here))
            yield Page(said, self.here.cursor(), gone=gone)

    def _after(self, start: datetime, end: datetime) -> datetime:
        """Where the page after one that is not the last begins."""
        if end < start:
            raise SourceUnavailable(
                f"{self.api.host} leads in circles: its events went back in time. What"
                " came before is kept; try again later"
            )
        # No second is split, so one that fills a page is whole.
        return end if end > start else end + timedelta(seconds=1)

    async def _ratings(self) -> AsyncIterator[Page]:
        walk = self.here.ratings
        if not walk.after:
            walk = replace(walk, since=walk.until - LATE if walk.until else self.since)
        params: dict[str, str | int] = {"score": "received"}
        if walk.since:
            params["start_time"] = int(walk.since.timestamp())
        async for rows, after in self._listed(
            "satisfaction_ratings", "satisfaction_ratings", params, walk.after
        ):
            told = await self._rated(rows, "requester_id", zendesk_ratings.rating)
            times = (payload.moment(row, "updated_at") for row in rows.values())
            walk = _moved(walk, after, times)
            self.here = replace(self.here, ratings=walk)
            yield Page(told, self.here.cursor())

    async def _surveys(self) -> AsyncIterator[Page]:
        walk = self.here.surveys
        if not walk.after:
            walk = self._surveys_begin(walk)
        params: dict[str, str | int] = {"sort": "id"}
        if walk.since:
            params["filter[created_at_start]"] = int(walk.since.timestamp() * 1000)
        async for rows, after in self._listed(
            "guide/survey_responses", "survey_responses", params, walk.after
        ):
            told = await self._rated(rows, "responder_id", zendesk_ratings.survey)
            offered = {
                name: zendesk_ratings.offered_at(row) for name, row in rows.items()
            }
            unsettled = [
                at
                for name, row in rows.items()
                if (at := offered[name]) and zendesk_ratings.is_open(row, self.now)
            ]
            earliest = min(filter(None, [walk.unsettled, *unsettled]), default=None)
            walk = _moved(replace(walk, unsettled=earliest), after, offered.values())
            self.here = replace(self.here, surveys=walk)
            yield Page(told, self.here.cursor())

    def _surveys_begin(self, walk: Walk) -> Walk:
        """Where the surveys are read from: what may still change now and then."""
        if walk.until is None:
            return replace(walk, since=self.since, anew_at=self.now)
        latest = walk.until - timedelta(minutes=1)
        if walk.anew_at is not None and self.now - walk.anew_at < ANEW:
            return replace(walk, since=latest)
        since = min(latest, walk.unsettled or latest)
        return replace(walk, since=since, unsettled=None, anew_at=self.now)

    async def _listed(
        self, path: str, name: str, params: Mapping[str, str | int], after: str
    ) -> AsyncIterator[tuple[dict[str, Mapping[str, Any]], str]]:
        """Yield the rows of a list by id, and where it goes on; none if refused."""
        turns = self.api.plain.pages()
        more = True
        while more:
            asked = {**params, "page[size]": BULK}
            if after:
                asked["page[after]"] = after
            turns.turn(after)
            answer = await self.api.answered(path, asked, allow={403, 404})
            if answer.status in {403, 404}:
                # A desk has one of the two, or none; a refused key is no such fact.
                await self.api.me()
                return
            told = payload.found(answer)
            turns.saw(answer.content)
            after = following(told)
            more = bool(after)
            rows = payload.rows(told, name)
            yield {payload.must_be_key(row): row for row in rows}, after

    async def _rated(
        self, rows: Mapping[str, Mapping[str, Any]], who: str, read: Any
    ) -> list[Incoming]:
        about = {
            name: payload.key(row, "ticket_id") or zendesk_ratings.ticket_of(row)
            for name, row in rows.items()
        }
        tickets = await self.known.find(filter(None, about.values()))
        people = self.known.people
        await people.meet(self.api, (payload.key(row, who) for row in rows.values()))
        said: list[Incoming] = []
        for name, row in rows.items():
            ticket = tickets.get(about[name])
            if ticket is None:
                continue
            author = people.who(payload.key(row, who), ticket.requester)
            told = read(ticket, row, replace(author, is_ours=False))
            said += [told] if told else []
        return said

    def _begins(self, at: datetime | None) -> datetime:
        """Where an export begins: never so late that it is refused."""
        return min(at or self.since or FIRST, self.now - HELD_BACK)


def _joined(first: Page, second: Page) -> Page:
    """Two pages as one, which leaves the place of the second."""
    return Page(
        [*first.items, *second.items],
        second.cursor,
        gone=[*first.gone, *second.gone],
        gone_threads=[*first.gone_threads, *second.gone_threads],
    )


def _moved(walk: Walk, after: str, times: Any) -> Walk:
    """A walk after one more page; with its last page it is done."""
    until = max(filter(None, [walk.until, *times]), default=None)
    return replace(walk, after=after, until=until)


def _is_done(told: payload.Values) -> bool:
    done = told.get("end_of_stream")
    if not isinstance(done, bool):
        raise SourceUnavailable(
            "the service told a page without saying whether more follows; try again"
            " later"
        )
    return done
