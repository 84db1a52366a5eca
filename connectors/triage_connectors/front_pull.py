"""A walk through Front's events: what was said and changed since the last."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from triage.connector import Cursor, Incoming, Page
from triage_connectors import front_words, saved
from triage_connectors.front_api import CHANGED, SAID, FrontApi, next_page
from triage_connectors.payload import (
    Values,
    found,
    key,
    must_be_key,
    must_be_moment,
    rows,
    text,
    within,
)
from triage_connectors.together import together
from triage_connectors.watermark import MOST, NAMES, Watermark

if TYPE_CHECKING:
    from triage.transport import Response

STRETCH: Final = timedelta(minutes=5)
"""How far a walk begins before the end of the last: some events come late."""
_WHOLE: Final = {"restore", "conversations_merged"}
_OVER: Final = {"archive", "ticket_status_update"}


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where a pull is.

    Attributes:
        mark: Which events are stored, of the last stretch of time by name.
        begins: Where this walk began; None for the very start.
        page: Token of the page this walk goes on with; "" where none is on its way.
        began: When the first walk of all began; None in those after it. It hears of
            no changes, so the next goes back to here.
        told: Conversations whose first message was told in this walk, and of when they
            were what was told then.
    """

    mark: Watermark = field(default_factory=Watermark)
    begins: datetime | None = None
    page: str = ""
    began: datetime | None = None
    told: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(
        cls, cursor: Cursor | None, since: datetime | None, now: datetime
    ) -> Place:
        """The place a cursor holds; SourceError where it is damaged or lies ahead."""
        if cursor is None:
            return cls(begins=since, began=now)
        values = saved.parsed(cursor, (*NAMES, "begins", "page", "began", "told"))
        mark = Watermark.read(values, now)
        page = saved.text(values, "page")
        if not page:
            begins = mark.begins(STRETCH)
            return cls(mark, begins or since, began=None if begins else now)
        return cls(
            mark,
            saved.moment(values, "begins"),
            page,
            saved.moment(values, "began"),
            {name: str(at) for name, at in saved.table(values, "told").items()},
        )

    def cursor(self) -> Cursor:
        """The cursor to resume here."""
        return self.mark.cursor(
            begins=saved.stamp(self.begins),
            page=self.page,
            began=saved.stamp(self.began),
            told=dict(list(self.told.items())[-MOST:]) if self.page else {},
        )

    def moved(self, mark: Watermark, page: str) -> Place:
        """The same after a page, with the token of the next."""
        if not page and self.began and mark.until and self.began < mark.until:
            mark = replace(mark, until=self.began)
        return replace(self, mark=mark, page=page)


@dataclass(slots=True)
class Heard:
    """What a page of events says of one conversation."""

    conversation: Values
    messages: list[tuple[datetime, Values]] = field(default_factory=list)
    changed: bool = False
    whole: bool = False
    over_at: datetime | None = None


@dataclass(slots=True)
class Pull:
    """
    A pull of one Front.

    The oldest events come first, and a walk that was broken off begins anew where it
    began if its page is forgotten, so nothing rests on their order.
    """

    api: FrontApi
    fields: Mapping[str, str]
    place: Place
    _begun: set[str] = field(default_factory=set)

    async def pages(self) -> AsyncIterator[Page]:
        """Yield every page of events, its cursor after it."""
        turns, resumed = self.api.http.pages(), bool(self.place.page)
        while True:
            page = turns.turn(self.place.page)
            answer = await self._events(page)
            if saved.is_forgotten(
                answer, "Front broke off its events", resumed=resumed
            ):
                self.place, resumed = replace(self.place, page=""), False
                turns = self.api.http.pages()
                continue
            resumed = False
            turns.saw(answer.content)
            values = found(answer)
            events = rows(values, "_results")
            told, gone = await self._told(events)
            changes = [
                (must_be_key(one), must_be_moment(one, "emitted_at"), "")
                for one in events
            ]
            self.place = self.place.moved(
                self.place.mark.after(changes, STRETCH), next_page(values)
            )
            yield Page(
                told,
                self.place.cursor(),
                gone_threads=gone,
                progress=self._progress() if self.place.page else 1.0,
            )
            if not self.place.page:
                return

    async def _events(self, page: str) -> Response:
        types = SAID if self.place.began else (*SAID, *CHANGED)
        return await self.api.events(types, self.place.begins, page)

    async def _told(self, events: Sequence[Values]) -> tuple[list[Incoming], list[str]]:
        """Return what was said, and the conversations that are gone."""
        heard = self._heard(events)
        gone = [
            name for name, one in heard.items() if front_words.is_gone(one.conversation)
        ]
        items: dict[str, Incoming] = {}
        asked: list[tuple[str, Heard]] = []
        told = dict(self.place.told)
        for name, one in heard.items():
            if name in gone:
                continue
            begun = False
            for at, message in one.messages:
                first = name not in self._begun and front_words.is_opening(
                    message, one.conversation, at
                )
                if first:
                    begun = True
                    self._begun.add(name)
                self._keep(items, one, message, first=first)
            as_of = str(one.conversation.get("updated_at", ""))
            if one.whole or (one.changed and not begun and told.get(name) != as_of):
                asked.append((name, one))
                told[name] = as_of
            elif begun and not self.place.began:
                told[name] = as_of
        answers = await together(
            [partial(self.api.messages, name, whole=one.whole) for name, one in asked]
        )
        for (name, one), messages in zip(asked, answers, strict=True):
            if messages is None:
                gone.append(name)
            for number, message in enumerate(messages or ()):
                self._keep(items, one, message, first=number == 0)
        self.place = replace(self.place, told=told)
        return list(items.values()), gone

    def _heard(self, events: Sequence[Values]) -> dict[str, Heard]:
        """What is new in a page, by conversation; a later event has the later state."""
        heard: dict[str, Heard] = {}
        for event in events:
            conversation = within(event, "conversation")
            name, kind = key(conversation), text(event, "type")
            if self.place.mark.knows(must_be_key(event), ""):
                continue
            # Of what was deleted for good an event may be left, and no conversation.
            if not name or not front_words.is_customers(conversation):
                continue
            one = heard.setdefault(name, Heard(conversation))
            one.conversation = conversation
            if kind in SAID:
                message = within(event, "target", "data")
                if front_words.has_words(message):
                    at = must_be_moment(event, "emitted_at")
                    one.messages.append((at, message))
                # Heard of already, with all that was said until then.
                elif name not in self.place.told:
                    one.whole = True
            else:
                one.changed = True
                one.whole |= kind in _WHOLE
                if kind in _OVER:
                    one.over_at = must_be_moment(event, "emitted_at")
        return heard

    def _keep(
        self,
        items: dict[str, Incoming],
        heard: Heard,
        message: Values,
        *,
        first: bool,
    ) -> None:
        talk = front_words.talk(heard.conversation, self.fields, heard.over_at)
        told = front_words.said(talk, message, first=first)
        if told is not None:
            items[told.external_id] = told

    def _progress(self) -> float | None:
        """How far the walk has come on its way through time."""
        begins, until = self.place.begins, self.place.mark.until
        if begins is None or until is None:
            return None
        way = max((self.api.http.now() - begins).total_seconds(), 1.0)
        return min(1.0, max(0.0, (until - begins).total_seconds() / way))
