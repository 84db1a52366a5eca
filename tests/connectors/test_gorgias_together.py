"""Messages of a Gorgias are listed together, and tell what each ticket tells."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from servers.gorgias import BEA, BOB, NOW, GorgiasService, connector
from servers.pulls import by_name, last_cursor, pages
from triage.connector import Cursor, Page

LONG_AGO = NOW - timedelta(days=9_000)
"""Since then, tickets are asked for one by one."""


def pulled(
    desk: GorgiasService, cursor: Cursor | None = None, **settings: Any
) -> list[Page]:
    """The pages of a pull that asks only what is allowed."""
    desk.requests.clear()
    return pages(connector(**settings), desk, cursor)


def a_desk(count: int, page: int = 10) -> GorgiasService:
    """Tickets with notes, answers and surveys among them, the last an hour old."""
    desk = GorgiasService(page=page)
    for number in range(1, count + 1):
        desk.open(f"It is slow, {number}", by=BEA)
        desk.now += timedelta(minutes=2)
        if number % 3 == 0:
            desk.say(number // 3, "It still is.")
        if number % 4 == 0:
            desk.say(number, "We look into it.", by=BOB)
            desk.say(number, "He is angry.", by=BOB, public=False)
        if number % 5 == 0:
            desk.rate(number, 4, "Kind", by=BEA)
        if number % 7 == 0:
            desk.change(number, trashed_datetime=desk.time())
    desk.now += timedelta(hours=1)
    return desk


def test_what_is_listed_is_what_tickets_tell() -> None:
    """The same is told either way; listed together it is a fraction of the calls."""
    desk = a_desk(120)
    listed = by_name(pulled(desk))
    calls, alone = len(desk.requests), len(desk.asked(r"tickets/\d+"))
    assert listed == by_name(pulled(desk, since=LONG_AGO))
    assert len(desk.asked(r"tickets/\d+")) > 100
    assert alone < 10
    assert calls < len(desk.requests) / 2


def test_killed_anywhere() -> None:
    """Resumed after any page, all that was said comes, and each ticket once."""
    desk = a_desk(60, page=7)
    whole = pulled(desk)
    wanted = by_name(whole)
    for count in range(1, len(whole)):
        cursor = last_cursor(whole[:count])
        rest = by_name(pulled(desk, cursor)) if cursor else wanted
        assert by_name(whole[:count]) | rest == wanted
    assert by_name(pulled(desk, last_cursor(whole))) == {}
    assert not desk.asked(r"messages|tickets/\d+")


def test_what_is_new_comes_together_as_well() -> None:
    """Later pulls go on in the list; what was begun before is asked for by itself."""
    desk = a_desk(30)
    first = pulled(desk)
    for number in range(31, 71):
        desk.open(f"It is slow, {number}")
        desk.now += timedelta(minutes=1)
    desk.say(2, "It still is.")
    desk.now += timedelta(hours=1)
    second = by_name(pulled(desk, last_cursor(first)))
    assert {one.thread for one in second.values()} == {
        "2", *map(str, range(31, 71)),
    }  # fmt: skip
    assert len(desk.asked(r"tickets/\d+")) <= 3
    assert len(desk.requests) < 20


def test_a_page_of_messages_that_is_forgotten() -> None:
    """Where Gorgias knows the page no more, tickets are asked for one by one."""
    desk = a_desk(30)
    whole = pulled(desk)
    cursor = next(page.cursor for page in whole if page.cursor)
    desk.forgets = {"messages"}
    assert by_name(whole) == by_name(whole[:1]) | by_name(pulled(desk, cursor))


def test_a_list_that_tells_no_surveys() -> None:
    """Ratings come all the same where the list of tickets leaves them out."""
    desk = a_desk(20)
    wanted = by_name(pulled(desk))
    desk.lists_surveys = False
    assert by_name(pulled(desk)) == wanted
    assert not desk.asked("messages")
    pulled(desk, ratings=False)
    assert desk.asked("messages")


def test_words_that_change_meanwhile() -> None:
    """A ticket that changed once its messages were read is told as it is now."""
    desk = a_desk(40)
    first = pulled(desk)
    name = next(iter(by_name(first)))
    words = desk.edit(name)
    assert by_name(pulled(desk, last_cursor(first)))[name].body == words
