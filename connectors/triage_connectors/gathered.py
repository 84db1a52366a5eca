"""Messages of all conversations, listed together and taken out by conversation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from triage_connectors import payload

MOST: Final = 20_000
"""Messages kept for conversations that come later; beyond, the oldest are dropped."""
AHEAD: Final = 200
"""Pages read before they have spared as many calls."""
NEAR: Final = timedelta(minutes=1)
"""How far behind a conversation's last change its last message may be dated."""

Row = dict[str, Any]
Ask = Callable[[str], Awaitable[tuple[list[Row], str]]]


@dataclass(slots=True)
class Gathered:
    """
    What a desk lists of all conversations at once, oldest first.

    A hundred messages or more are one call there, and a conversation by itself is one
    call as well. Conversations come in the order of their last change, after which
    nothing is said in them: what is listed up to there is all of them. Whether it is,
    the number of messages a conversation tells decides; where it is not, or where one
    was changed after its messages were read, it is asked for by itself.

    Attributes:
        ask: The rows of a page and the name of the next, by the page's name; "" is
            first, and is next where there is none.
        belongs: What a message calls its conversation.
        made: What it calls the time it was made.
        page: The page to read next; the last one again, for it may have grown.
        heard: Up to where messages were read before: who is not younger began there.
        spent: Pages read.
        saved: Conversations taken out.
    """

    ask: Ask
    belongs: str
    made: str
    clock: Callable[[], datetime]
    page: str = ""
    heard: datetime | None = None
    spent: int = 0
    saved: int = 0
    until: datetime | None = None
    _began: datetime | None = None
    _ended: bool = False
    _many: int = 0
    _wanted: int = 0
    _kept: dict[str, tuple[datetime, dict[str, Row]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._began = self.until = self.heard

    def may_have(self, begun: datetime | None) -> bool:
        """Whether all of a conversation that began then is still to be read."""
        return begun is not None and (self._began is None or begun > self._began)

    async def reach(self, at: datetime, conversations: int) -> None:
        """
        Read what was said until then, for so many conversations.

        No more is spent on it than was saved, and a quarter of what may be, up to
        ``AHEAD``: where they last long, much is read before the first is whole.
        """
        self._wanted += conversations
        if self._wanted < 2:
            return
        most = self.saved + min(max(1, self._wanted // 4), AHEAD)
        while (
            not self._ended
            and self.spent < most
            and (self.until is None or self.until <= at + NEAR)
        ):
            await self._read()

    def take(self, name: str, count: float | None, changed: datetime) -> list[Row]:
        """
        Return all messages of a conversation; none where not all are here for sure.

        Args:
            count: How many it says there are.
            changed: When it was changed last: what was read before may be old.
        """
        when, rows = self._kept.pop(name, (None, {}))
        self._many -= len(rows)
        if when is None or len(rows) != count or changed >= when:
            return []
        self.saved += 1
        return list(rows.values())

    async def _read(self) -> None:
        self.spent += 1
        now = self.clock()
        rows, after = await self.ask(self.page)
        for row in rows:
            name = payload.must_be_key(row, self.belongs)
            _, there = self._kept.setdefault(name, (now, {}))
            self._many -= len(there)
            there[payload.must_be_key(row)] = row
            self._many += len(there)
        if rows:
            last = payload.must_be_moment(rows[-1], self.made)
            self.until = max(last, self.until or last)
        self._ended = not after
        self.page = after or self.page
        while self._many > MOST and self._kept:
            _, there = self._kept.pop(next(iter(self._kept)))
            self._many -= len(there)
