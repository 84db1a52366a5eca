"""Walks through HubSpot: tickets, threads, survey responses, and what was deleted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from triage.connector import Incoming, Page
from triage_connectors import hubspot_words as words
from triage_connectors import saved
from triage_connectors.hubspot_api import LINKED, HubSpotApi, next_page
from triage_connectors.hubspot_place import Place
from triage_connectors.hubspot_window import SIZE, Window, changed_ms
from triage_connectors.hubspot_words import Desk, Person
from triage_connectors.payload import (
    Values,
    found,
    key,
    moment,
    must_be_key,
    must_be_moment,
    rows,
    text,
    within,
)
from triage_connectors.together import together
from triage_connectors.watermark import Watermark

if TYPE_CHECKING:
    from triage_connectors.hubspot import HubSpot

STRETCH: Final = timedelta(minutes=5)
"""How far a walk begins before the end of the last: searches find some things late."""
_SURVEYS: Final = "feedback_submissions"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_Told = Callable[[Sequence[Values]], Awaitable[list[Incoming]]]


@dataclass(slots=True)
class Pull:
    """A pull of one account."""

    api: HubSpotApi
    settings: HubSpot
    place: Place
    _desk: Desk | None = None
    _following: str = ""
    _contacts: dict[str, Values] = field(default_factory=dict)
    _companies: dict[str, Values] = field(default_factory=dict)

    async def pages(self) -> AsyncIterator[Page]:
        """Yield the pages of every walk that is asked for, from where it was left."""
        walks = self._walks()
        if self.place.walk not in walks:
            self.place = self.place.entering(next(iter(walks)))
        names = list(walks)
        for name in names[names.index(self.place.walk) :]:
            self._following = (*names, "")[names.index(name) + 1]
            async for page in walks[name]():
                yield replace(page, cursor=self.place.cursor())

    def _walks(self) -> dict[str, Callable[[], AsyncIterator[Page]]]:
        """Those to make, in order; what is deleted is new only to who stored some."""
        walks: dict[str, Callable[[], AsyncIterator[Page]]] = {"tickets": self._tickets}
        if self.settings.conversations:
            walks["threads"] = self._threads
        if self.settings.surveys:
            walks[_SURVEYS] = self._surveys
        if self.place.looked is not None:
            walks["archived"] = self._archived
        return walks

    def _went(self, at: str, mark: Watermark | None = None) -> None:
        """Note how far a walk has come; ``at`` is "" where it is at its end."""
        if mark is not None:
            self.place = self.place.marked(self.place.walk, mark, at)
        self.place = replace(self.place, at=at)
        if at:
            return
        self.place = self.place.entering(self._following)
        if not self._following:
            self.place = replace(self.place, looked=self.place.began, began=None)

    async def _tickets(self) -> AsyncIterator[Page]:
        desk = self.settings.desk()
        names = [*words.TICKET, *desk.wanted("")]
        async for page in self._searched("tickets", names, self._of_tickets):
            yield page

    async def _surveys(self) -> AsyncIterator[Page]:
        async for page in self._searched(_SURVEYS, words.SURVEY, self._of_surveys):
            yield page

    async def _searched(
        self, kind: str, names: Sequence[str], told: _Told
    ) -> AsyncIterator[Page]:
        mark, turns = self.place.mark(kind), self.api.http.pages()
        window: Window | None
        fresh: list[Values] = []
        if self.place.at:
            window = Window.read(self.place.at)
        else:
            begins = mark.begins(STRETCH) or self.settings.since or _EPOCH
            window = Window(max(0, int(begins.timestamp() * 1000)))
        while window is not None:
            turns.turn(window.saved())
            answer = await self.api.search(kind, window, names)
            turns.saw(answer.content)
            values = found(answer)
            there = rows(values, "results")
            fresh += [
                one
                for one in there
                if not mark.knows(must_be_key(one), str(changed_ms(one)))
            ]
            mark = mark.after(map(_change, there), STRETCH)
            window = window.after(there, more=bool(next_page(values)))
            # As many at once as are told whom they are of in one answer.
            if window and len(there) == SIZE and len(fresh) + SIZE <= LINKED:
                continue
            # Of what changed meanwhile, and came twice, the last.
            latest = {must_be_key(one): one for one in fresh}
            items = await told(list(latest.values())) if latest else []
            fresh = []
            self._went(window.saved() if window else "", mark)
            yield Page(items, None)

    async def _of_tickets(self, fresh: Sequence[Values]) -> list[Incoming]:
        desk, ids = await self._known_desk(), [must_be_key(one) for one in fresh]
        contacts, companies = await together(
            [
                partial(self.api.associated, "tickets", other, ids)
                for other in ("contacts", "companies")
            ]
        )
        await self._read(contacts.values(), companies.values())
        return [
            words.ticket(
                desk, row, self._person(contacts.get(name), companies.get(name))
            )
            for name, row in zip(ids, fresh, strict=True)
        ]

    async def _of_surveys(self, fresh: Sequence[Values]) -> list[Incoming]:
        desk = await self._known_desk()
        by = [key(within(one, "properties"), "hs_contact_id") for one in fresh]
        await self._read(filter(None, by), ())
        return [
            words.survey(desk, row, self._person(name))
            for name, row in zip(by, fresh, strict=True)
        ]

    async def _threads(self) -> AsyncIterator[Page]:
        mark, turns = self.place.mark("threads"), self.api.http.pages()
        page, resumed = self.place.at, bool(self.place.at)
        begins = mark.begins(STRETCH) or self.settings.since or _EPOCH
        since = self.place.begins or _stamp(begins)
        self.place = replace(self.place, begins=since)
        while True:
            answer = await self.api.threads(since, turns.turn(page))
            if saved.is_forgotten(
                answer, "HubSpot broke off its threads", resumed=resumed
            ):
                # The page where the last pull ended is not known any more.
                page, resumed, turns = "", False, self.api.http.pages()
                continue
            resumed = False
            turns.saw(answer.content)
            values = found(answer)
            fresh = [
                one
                for one in rows(values, "results")
                if not mark.knows(must_be_key(one), _version(one))
            ]
            said = [one for one in fresh if one.get("spam") is not True]
            items = await self._of_threads(said) if said else []
            mark = mark.after(
                [(must_be_key(one), _latest(one), _version(one)) for one in fresh],
                STRETCH,
            )
            page = next_page(values)
            self._went(page, mark)
            yield Page(items, None)
            if not page:
                return

    async def _of_threads(self, fresh: Sequence[Values]) -> list[Incoming]:
        desk = await self._known_desk()
        by = [key(one, "associatedContactId") for one in fresh]
        await self._read(filter(None, by), ())
        told = await together([partial(self._said, must_be_key(one)) for one in fresh])
        items = []
        for thread, contact, messages in zip(fresh, by, told, strict=True):
            person = self._person(contact)
            talk = words.opened(desk, thread, person)
            heard = [
                words.message(talk, must_be_key(thread), one, person, first=not number)
                for number, one in enumerate(messages)
            ]
            items += [one for one in heard if one is not None]
        return items

    async def _said(self, thread: str) -> list[Values]:
        """What customers saw of a thread, the oldest first, and each word of it."""
        messages = await self.api.messages(thread)
        said = [one for one in messages if words.is_said(one)]
        said.sort(key=lambda one: (must_be_moment(one, "createdAt"), must_be_key(one)))
        return [
            {**one, **await self.api.original(thread, must_be_key(one))}
            if words.is_cut(one)
            else one
            for one in said
        ]

    async def _archived(self) -> AsyncIterator[Page]:
        """Yield what was deleted since that was looked at last."""
        kinds = [one for one in self._walks() if one != "archived"]
        turns = self.api.http.pages()
        kind, _, page = self.place.at.partition(" ")
        kind, resumed = (kind if kind in kinds else kinds[0]), bool(page)
        while kind:
            turns.turn(f"{kind} {page}")
            if kind == "threads":
                answer = await self.api.threads("", page, archived=True)
            else:
                answer = await self.api.archived(kind, page)
            if saved.is_forgotten(
                answer, "HubSpot broke off what was deleted", resumed=resumed
            ):
                page, resumed, turns = "", False, self.api.http.pages()
                continue
            resumed = False
            turns.saw(answer.content)
            values = found(answer)
            gone = [one for one in rows(values, "results") if self._is_news(one, kind)]
            page = next_page(values)
            told = Page(
                (),
                None,
                gone=[words.of_survey(key(one)) for one in gone if kind == _SURVEYS],
                gone_threads=[
                    words.of_ticket(key(one)) if kind == "tickets" else name
                    for one in gone
                    if kind != _SURVEYS
                    and (name := words.of_thread(one))
                    and (kind == "tickets" or name.startswith("thread "))
                ],
            )
            if not page:
                kind = (*kinds, "")[kinds.index(kind) + 1]
                turns = self.api.http.pages()
            self._went(f"{kind} {page}" if kind else "")
            yield told

    def _is_news(self, row: Values, kind: str) -> bool:
        """Whether it may have been deleted since; of threads that is not told."""
        at, looked = moment(row, "archivedAt"), self.place.looked
        return kind == "threads" or not (at and looked and at < looked - STRETCH)

    async def _known_desk(self) -> Desk:
        if self._desk is None:
            account = await self.api.account()
            self._desk = replace(
                self.settings.desk(),
                portal=must_be_key(account, "portalId"),
                host=text(account, "uiDomain"),
                stages=await self.api.stages(),
            )
        return self._desk

    async def _read(self, contacts: Iterable[str], companies: Iterable[str]) -> None:
        """Have these people and companies at hand."""
        desk = self.settings.desk()
        for kind, own, names, wanted, there in (
            ("contacts", "contact", words.CONTACT, contacts, self._contacts),
            ("companies", "company", words.COMPANY, companies, self._companies),
        ):
            missing = [one for one in wanted if one not in there]
            asked = [*names, *desk.wanted(own)]
            told = await self.api.read(kind, missing, asked)
            # Who is no more is not asked for again.
            there.update({one: told.get(one, {}) for one in missing})

    def _person(self, contact: str | None, company: str | None = None) -> Person:
        return Person(
            self._contacts.get(contact or "", {}),
            self._companies.get(company or "", {}),
        )


def _change(row: Values) -> tuple[str, datetime, str]:
    changed = changed_ms(row)
    at = datetime.fromtimestamp(changed / 1000, UTC)
    return must_be_key(row), at, str(changed)


def _latest(thread: Values) -> datetime:
    latest = moment(thread, "latestMessageTimestamp")
    return latest or must_be_moment(thread, "createdAt")


def _version(thread: Values) -> str:
    return " ".join(
        [_stamp(_latest(thread)), text(thread, "status"), words.of_thread(thread)]
    )


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
