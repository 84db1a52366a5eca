"""The way through a Chatwoot account: what is new first, until what is stored."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Cursor, Page, SourceUnavailable
from triage_connectors import payload
from triage_connectors.chatwoot_api import BETWEEN, MESSAGES, RATINGS, Chatwoot
from triage_connectors.chatwoot_place import Place, left
from triage_connectors.chatwoot_rows import rated, told
from triage_connectors.together import together
from triage_connectors.told import Told
from triage_connectors.watermark import Watermark

if TYPE_CHECKING:
    from triage.transport import Http
    from triage_connectors.chatwoot import Chatwoot as Settings

OVERLAP: Final = timedelta(minutes=10)
"""How far before its last end a walk goes: what was said then may have come late."""
RERATED: Final = timedelta(days=2)
"""How long ratings are read again: a remark is mostly added at once."""

_FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_AHEAD: Final = timedelta(days=1)
_VERSION: Final = (
    "updated_at", "last_activity_at", "status", "labels", "custom_attributes",
)  # fmt: skip
"""What of a conversation's row changes when something about it does; who has seen it
last, and how many have not been read, is none of it."""


class Walk:
    """One pull of an account."""

    def __init__(
        self, http: Http, settings: Settings, desk: Chatwoot, cursor: Cursor | None
    ) -> None:
        self._settings = settings
        self._desk = desk
        self._place = left(cursor, http.now())
        self._now = http.now()
        self._turns = http.pages()
        self._left = cursor

    async def pages(self) -> AsyncIterator[Page]:
        """Yield conversations, then ratings."""
        async for page in self._conversations():
            yield page
        if self._settings.ratings:
            async for page in self._ratings():
                yield page

    async def _conversations(self) -> AsyncIterator[Page]:
        """Yield conversations newest first; the mark is moved when all is seen."""
        here = replace(self._place, page=self._place.page or 1)
        begin = here.mark.begins(OVERLAP) or self._settings.since or _FIRST
        met, last = set[str](), set[str]()
        while True:
            self._turns.turn(f"conversations {here.page}")
            answer = await self._desk.conversations(here.page)
            if not answer.rows and not met and here.page > 1:
                # Left further on than there is anything; begun again, none is missed.
                here = replace(here, page=1)
                continue
            names = set(map(_name, answer.rows))
            self._turns.saw(" ".join(sorted(names)).encode())
            if names and names <= last:
                raise _circles()
            met, last = met | names, names
            late = [row for row in answer.rows if _at(row) >= begin]
            fresh = [row for row in late if not _knows(here, row)]
            said = await self._read(fresh)
            changes = [(_name(row), _at(row), _how(row)) for row in late]
            here = replace(
                here, page=here.page + 1, fresh=here.fresh.after(changes, OVERLAP)
            )
            share = min(len(met) / answer.count, 1.0) if answer.count else None
            if not answer.rows or len(late) < len(answer.rows) or share == 1:
                break
            yield self._page(said, here, share)
        self._place = Place(_over(here), rated=here.rated)
        yield self._page(said, self._place)

    async def _ratings(self) -> AsyncIterator[Page]:
        """Yield ratings oldest first."""
        last = self._place.rated
        begin = last - RERATED if last else self._settings.since or _FIRST
        page = 1
        while True:
            self._turns.turn(f"ratings {page}")
            rows = await self._desk.ratings(begin, self._now + _AHEAD, page)
            self._turns.saw(" ".join(map(_name, rows)).encode())
            given = [payload.must_be_moment(row, "created_at") for row in rows]
            newest = max([*given, self._place.rated or _FIRST])
            several = (rated(self._settings, row) for row in rows)
            items = [one for one in several if one is not None]
            if items:
                self._place = replace(self._place, rated=newest)
                yield self._page(Told(items), self._place)
            if len(rows) < RATINGS:
                return
            page += 1

    def _page(self, said: Told, place: Place, progress: float | None = None) -> Page:
        """A page, with a cursor where that has moved."""
        cursor = place.cursor()
        moved, self._left = cursor != self._left, cursor
        return said.page(cursor if moved else None, progress=progress)

    async def _read(self, rows: list[dict[str, Any]]) -> Told:
        """What was said in some conversations, several asked at once."""
        reach = self._place.mark.begins(OVERLAP)
        read = partial(talked, self._settings, self._desk)
        return Told.of(
            await together(
                # What was true of a conversation at its end stands on its beginning.
                partial(read, row, None if _is_over(row) else reach)
                for row in rows
            )
        )


async def talked(
    settings: Settings,
    desk: Chatwoot,
    row: dict[str, Any],
    reach: datetime | None,
) -> Told:
    """
    Return what was said in a conversation.

    Args:
        reach: How far back it is read at least; all of it for None.
    """
    name, before = _name(row), ""
    messages: list[dict[str, Any]] = []
    at_once = False
    while True:
        some = await desk.messages(name, before, all_of_them=at_once)
        if some is None:
            return Told(gone_threads=(name,))
        if len(some) >= BETWEEN:
            # The earliest of them, with a gap behind: go back by twenties instead.
            at_once, reach = False, reach or _FIRST
            continue
        known = {payload.key(one) for one in messages}
        if any(payload.must_be_key(one) in known for one in some):
            raise _circles()
        messages = [*some, *messages]
        is_whole = len(some) != MESSAGES
        if is_whole or (
            reach is not None
            and payload.must_be_moment(messages[0], "created_at") < reach
        ):
            return told(settings, row, messages, is_whole=is_whole)
        before = payload.key(min(some, key=_number))
        at_once = reach is None


def _circles() -> SourceUnavailable:
    return SourceUnavailable(
        "Chatwoot leads in circles: it told the same again as what comes after."
        " What came before is kept; try again later"
    )


def _over(place: Place) -> Watermark:
    """The mark where a walk has come to its end."""
    if place.fresh.until is None or place.mark.until is None:
        return place.mark if place.fresh.until is None else place.fresh
    return Watermark(max(place.fresh.until, place.mark.until), place.fresh.seen)


def _name(row: dict[str, Any]) -> str:
    return payload.must_be_key(row)


def _at(row: dict[str, Any]) -> datetime:
    return payload.must_be_moment(row, "last_activity_at")


def _number(row: Mapping[str, Any]) -> float:
    return payload.number(row, "id") or 0


def _how(row: dict[str, Any]) -> str:
    """A conversation's version: what is true of it, and its last message."""
    last = [
        (one.get("id"), one.get("content_attributes"))
        for one in payload.inside(row, "messages")
    ]
    told = json.dumps([last, *(row.get(name) for name in _VERSION)]).encode()
    return blake2b(told, digest_size=8).hexdigest()


def _knows(place: Place, row: dict[str, Any]) -> bool:
    name, version = _name(row), _how(row)
    return place.mark.knows(name, version) or place.fresh.knows(name, version)


def _is_over(row: dict[str, Any]) -> bool:
    return payload.text(row, "status") == "resolved"
