"""Messages that are listed for all conversations are those of each, or none."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage_connectors import gathered
from triage_connectors.gathered import Gathered

NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)


@dataclass
class Desk:
    """So many messages a page, one a minute, of conversations in turn."""

    of: list[int]
    page: int = 3
    now: datetime = NOW
    asked: list[str] = field(default_factory=list)

    async def ask(self, page: str) -> tuple[list[dict[str, Any]], str]:
        """A page, and the name of the next."""
        self.asked.append(page)
        start = int(page or 0)
        rows = [
            {"id": number, "of": name, "at": at(number).isoformat()}
            for number, name in enumerate(self.of)
        ]
        after = start + self.page
        return rows[start:after], str(after) if after < len(rows) else ""

    def gathered(self, **told: Any) -> Gathered:
        """What reads this desk."""
        return Gathered(self.ask, "of", "at", lambda: self.now, **told)


def at(number: int) -> datetime:
    """When a message was made: long ago."""
    return NOW - timedelta(days=9) + timedelta(minutes=number)


def ids(rows: list[dict[str, Any]]) -> list[int]:
    """Their numbers."""
    return [row["id"] for row in rows]


@given(st.lists(st.integers(0, 5), max_size=40), st.integers(1, 7))
def test_all_of_a_conversation_or_nothing(of: list[int], page: int) -> None:
    """What is taken out is all of a conversation, once, in order."""
    desk = Desk(of, page)
    there = desk.gathered()
    asyncio.run(there.reach(NOW, 400))
    for name in set(of):
        wanted = [number for number, one in enumerate(of) if one == name]
        assert ids(there.take(str(name), len(wanted), at(99))) == wanted
        assert there.take(str(name), len(wanted), at(99)) == []


@pytest.mark.parametrize("count", [None, 1, 3])
def test_another_number_than_is_told(count: float | None) -> None:
    """A conversation that tells another number of messages is not taken."""
    there = Desk([1, 1]).gathered()
    asyncio.run(there.reach(NOW, 40))
    assert there.take("1", count, at(99)) == []


def test_what_changed_after_it_was_read() -> None:
    """A message may have been read as it was before its conversation changed."""
    there = Desk([1, 2]).gathered()
    asyncio.run(there.reach(NOW, 40))
    assert there.take("1", 1, NOW) == []
    assert ids(there.take("2", 1, NOW - timedelta(seconds=1))) == [1]


def test_no_further_than_needed() -> None:
    """No page is read behind the time that is asked for."""
    desk = Desk(list(range(60)))
    there = desk.gathered()
    asyncio.run(there.reach(at(4), 400))
    assert len(desk.asked) == 3


def test_no_more_is_spent_than_saved() -> None:
    """Where nothing is spared, reading ahead ends; for one it never begins."""
    desk = Desk([0] * 6000)
    there = desk.gathered()
    asyncio.run(there.reach(NOW, 1))
    assert not desk.asked
    for _ in range(50):
        asyncio.run(there.reach(NOW, 25))
        assert there.take("0", 6000, at(9999)) == []
    assert len(desk.asked) == gathered.AHEAD


def test_it_goes_on_where_it_was() -> None:
    """The last page is read again, for it may have grown since."""
    desk = Desk([1, 2, 3, 4])
    first = desk.gathered()
    asyncio.run(first.reach(NOW, 40))
    desk.of += [5, 5, 6]
    again = desk.gathered(page=first.page, heard=first.until)
    assert [again.may_have(at(number)) for number in (3, 4)] == [False, True]
    assert not again.may_have(None)
    asyncio.run(again.reach(NOW, 40))
    assert desk.asked == ["", "3", "3", "6"]
    assert ids(again.take("5", 2, at(99))) == [4, 5]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a number of messages the oldest conversations are given up."""
    monkeypatch.setattr(gathered, "MOST", 6)
    there = Desk([1, 1, 2, 2, 3, 3, 4, 4]).gathered()
    asyncio.run(there.reach(NOW, 40))
    assert there.take("1", 2, at(99)) == []
    assert ids(there.take("4", 2, at(99))) == [6, 7]
