"""What several conversations say becomes pages that can be stored."""

from __future__ import annotations

import pytest

from triage.connector import Channel, Cursor, Incoming
from triage_connectors.told import MOST, Told


def said(count: int) -> list[Incoming]:
    """So many messages."""
    return [
        Incoming(external_id=f"{number}", channel=Channel.TICKET, body="Slow", raw=b"1")
        for number in range(count)
    ]


def test_several_are_one() -> None:
    """What conversations say, and what is gone of them, is kept in their order."""
    first, second = Told(said(2), ["a"], ["7"]), Told(said(1), gone_threads=["8"])
    whole = Told.of([first, second])
    assert [one.external_id for one in whole.items] == ["0", "1", "0"]
    assert (whole.gone, whole.gone_threads) == (["a"], ["7", "8"])
    assert Told.of([]).page(None).items == []


@pytest.mark.parametrize("count", [0, 1, MOST, MOST + 1, 2 * MOST, 2 * MOST + 3])
def test_no_page_is_too_long(count: int) -> None:
    """Pages hold all of it, and only the last says where to resume and what is gone."""
    told = Told(said(count), ["a"], ["7"])
    *before, last = told.pages(Cursor("here"), gap="some", progress=0.5)
    pages = [*before, last]
    assert [one for page in pages for one in page.items] == list(told.items)
    assert all(0 < len(page.items) <= MOST for page in before)
    assert (bool(last.items), len(last.items) <= MOST) == (count > 0, True)
    assert not any(page.cursor or page.gap or page.gone for page in before)
    assert (last.cursor, last.gap, last.progress) == ("here", "some", 0.5)
    assert (last.gone, last.gone_threads) == (["a"], ["7"])
