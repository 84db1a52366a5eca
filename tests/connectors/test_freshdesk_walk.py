"""A walk through a Freshdesk misses nothing, and asks for little twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from servers.freshdesk import BOB, FreshdeskService, connector
from servers.pulls import Answers, by_name, gone, last_cursor, pages
from triage.connector import Cursor, Page
from triage_connectors import freshdesk_api, told


def pulled(
    desk: FreshdeskService, cursor: Cursor | None = None, **settings: Any
) -> list[Page]:
    """The pages of a pull that asks only what is allowed."""
    desk.requests.clear()
    return pages(connector(**settings), desk, cursor)


def test_a_pull_without_news_asks_four_times() -> None:
    """Tickets, deleted, spam and ratings are asked for once each, and nothing comes."""
    desk = FreshdeskService(page=100)
    for number in range(1, 30):
        desk.open("Slow")
        desk.say(number, "Still", by=BOB)
        desk.now += timedelta(seconds=1)
    desk.rate(1, 103)
    desk.now += timedelta(hours=1)
    cursor = last_cursor(pulled(desk))
    again = pulled(desk, cursor)
    assert len(desk.requests) == 4
    assert not by_name(again)


def test_conversations_are_asked_for_where_somebody_answered() -> None:
    """A ticket nobody answered, or one that was only tagged since, costs no call."""
    desk = FreshdeskService(page=100)
    for number in range(1, 11):
        desk.open("Slow")
        if number % 2:
            desk.say(number, "Still")
    desk.now += timedelta(minutes=10)
    desk.open("Later")
    desk.now += timedelta(hours=1)
    found = pulled(desk)
    assert len(desk.asked("tickets/.*")) == 5
    for number in range(1, 11):
        desk.change(number, tags=["export"])
    desk.say(2, "And now")
    desk.now += timedelta(hours=1)
    later = pulled(desk, last_cursor(found))
    assert len(desk.asked("tickets/.*")) == 1
    assert len(by_name(later)) == 11
    assert by_name(later)["ticket 1"].context["tags"] == ["export"]


def test_a_reply_that_is_listed_late_comes() -> None:
    """What a ticket's conversation does not hold at once comes with the next pull."""
    desk = FreshdeskService(page=100, late=timedelta(seconds=90))
    desk.open("Slow")
    said = desk.say(1, "Still")
    desk.now += timedelta(seconds=5)
    found = pulled(desk)
    assert str(said) not in by_name(found)
    desk.now += timedelta(minutes=10)
    later = pulled(desk, last_cursor(found))
    assert str(said) in by_name(later)
    desk.now += timedelta(minutes=10)
    assert not by_name(pulled(desk, last_cursor(later)))


def test_a_reply_in_a_ticket_that_moves_on_comes() -> None:
    """A ticket answered before the walk and tagged during it is met, replies and all."""
    desk = FreshdeskService(page=3)
    for _ in range(9):
        desk.open("Slow")
        desk.now += timedelta(minutes=5)
    first = last_cursor(pulled(desk))
    said = desk.say(5, "Still")
    desk.now += timedelta(minutes=30)
    for number in (1, 2, 3, 4):
        desk.change(number, tags=["export"])
        desk.now += timedelta(minutes=5)

    moved = moving(desk, lambda: desk.change(5, tags=["x"]))
    found = pages(connector(), desk, first, answer=moved)
    later = pages(connector(), desk, last_cursor(found))
    assert str(said) in by_name([*found, *later])


def test_tickets_that_move_meanwhile_hide_none() -> None:
    """Changes during the walk make rows move up a place; none is passed over."""
    desk = FreshdeskService(page=3)
    for _ in range(12):
        desk.open("Slow")
        desk.now += timedelta(minutes=1)
    moves = iter(range(1, 5))

    def change() -> None:
        for number in moves:
            desk.change(number, tags=["export"])
            break

    found = by_name(pages(connector(), desk, answer=moving(desk, change)))
    assert {f"ticket {number}" for number in range(1, 13)} <= set(found)


def moving(desk: FreshdeskService, change: Callable[[], None]) -> Answers:
    """Answers of a desk at which something changes after each page of tickets."""

    def answer(request: httpx.Request) -> httpx.Response:
        said = desk.answer(request)
        if request.url.path == "/api/v2/tickets" and "include" in request.url.params:
            desk.now += timedelta(seconds=1)
            change()
        return said

    return answer


def test_a_second_of_many_pages() -> None:
    """Tickets changed at once in bulk come all, page by page."""
    desk = FreshdeskService(page=3)
    for _ in range(20):
        desk.open("Slow")
    desk.now += timedelta(minutes=1)
    desk.open("Later")
    assert len(by_name(pulled(desk))) == 21


def test_a_second_of_more_pages_than_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind the last page of one second the walk goes on, and says what is missing."""
    monkeypatch.setattr(freshdesk_api, "PAGES", 4)
    desk = FreshdeskService(page=3, last=4)
    for _ in range(20):
        desk.open("Slow")
    desk.now += timedelta(seconds=1)
    later = desk.open("Later")
    desk.now += timedelta(hours=1)
    found = pulled(desk)
    (gap,) = [page.gap for page in found if page.gap]
    assert "2026-11-16 12:00:00 UTC" in gap
    assert len(by_name(found)) == 4 * 3 + 1
    assert f"ticket {later}" in by_name(found)
    desk.change(20, tags=["export"])
    assert "ticket 20" in by_name(pulled(desk, last_cursor(found)))


def test_the_last_page_is_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A last page that names no next, and is full, is not taken for the end."""
    monkeypatch.setattr(freshdesk_api, "PAGES", 2)
    monkeypatch.setattr(freshdesk_api, "AT_ONCE", 3)
    desk = FreshdeskService(page=3, last=2)
    for _ in range(9):
        desk.open("Slow")
    desk.now += timedelta(seconds=1)
    desk.open("Later")

    def answer(request: httpx.Request) -> httpx.Response:
        said = desk.answer(request)
        if request.url.params.get("page") == "2":
            said.headers.pop("link", None)
        return said

    found = pages(connector(), desk, answer=answer)
    assert "ticket 10" in by_name(found)
    assert any(page.gap for page in found)


def test_deleted_and_spam_are_gone_until_they_come_back() -> None:
    """Both lists tell threads that are gone; what is restored is told again."""
    desk = FreshdeskService(page=3)
    for _ in range(9):
        desk.open("Slow")
        desk.now += timedelta(minutes=1)
    desk.now += timedelta(hours=1)
    first = pulled(desk)
    assert not gone(first)
    for number in (1, 2, 3, 4, 5):
        desk.change(number, deleted=True)
        desk.now += timedelta(seconds=10)
    desk.change(6, spam=True)
    second = pulled(desk, last_cursor(first))
    assert set(gone(second)) == {"1", "2", "3", "4", "5", "6"}
    assert not by_name(second)
    desk.now += timedelta(minutes=10)
    desk.change(2, deleted=False)
    third = pulled(desk, last_cursor(second))
    assert set(by_name(third)) == {"ticket 2"}
    assert "2" not in gone(third)


def test_what_is_deleted_during_a_first_pull_is_gone() -> None:
    """A ticket deleted after it was read is told as gone by the same pull."""
    desk = FreshdeskService(page=3)
    for _ in range(6):
        desk.open("Slow")
        desk.now += timedelta(minutes=1)
    found = pages(
        connector(), desk, answer=moving(desk, lambda: desk.change(1, deleted=True))
    )
    assert gone(found) == ["1"]


def test_a_rating_that_is_changed_later_comes_again() -> None:
    """Ratings of the last fourteen days are looked at again; older ones are not."""
    desk = FreshdeskService(page=2)
    desk.open("Slow")
    for day in range(20):
        desk.rate(1, 103, f"Day {day}")
        desk.now += timedelta(days=1)
    first = pulled(desk)
    for number in (10, 2):
        desk.ratings[number] |= {
            "ratings": {"default_question": -103}, "updated_at": desk.time(),
        }  # fmt: skip
    again = by_name(pulled(desk, last_cursor(first)))
    assert {name: one.rating for name, one in again.items()} == {"csat 11": 1.0}


def test_people_of_ratings_are_asked_for_once() -> None:
    """Who rated is known from their ticket, or asked for once and not in each pull."""
    desk = FreshdeskService(page=100)
    desk.open("Slow")
    for _ in range(3):
        desk.rate(1, 103, by=9002)
    desk.rate(1, 103)
    found = pulled(desk)
    assert len(desk.asked("contacts/.*")) == 1
    pulled(desk, last_cursor(found))
    assert not desk.asked("contacts/.*")


def test_since() -> None:
    """What changed last before the date set is left out."""
    desk = FreshdeskService(page=100)
    desk.open("Old")
    desk.now += timedelta(days=3)
    desk.open("New")
    found = by_name(pulled(desk, since=desk.now - timedelta(days=1)))
    assert set(found) == {"ticket 2"}


def test_a_minutes_calls_are_never_exceeded() -> None:
    """What answers say is left is minded: no call is refused for asking too often."""
    desk = FreshdeskService(page=10, limit=60)
    for number in range(1, 81):
        desk.open("Slow")
        desk.say(number, "Still")
        desk.now += timedelta(seconds=1)
    refusals: list[int] = []

    def answer(request: httpx.Request) -> httpx.Response:
        said = desk.answer(request)
        refusals.append(said.status_code)
        return said

    assert len(by_name(pages(connector(), desk, answer=answer))) == 160
    # A list costs seven and may come when fewer are left; it is asked again.
    assert refusals.count(429) <= len(refusals) // 20


def test_a_conversation_of_thousands(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much was said in a ticket, a page of ours stays one that can be stored."""
    monkeypatch.setattr(told, "MOST", 10)
    desk = FreshdeskService(page=7)
    desk.open("Slow")
    for _ in range(44):
        desk.say(1, "Still")
    found = pulled(desk)
    assert max(len(page.items) for page in found) == 10
    assert len(by_name(found)) == 45
    assert [bool(page.cursor) for page in found[:5]] == [False] * 4 + [True]


def test_a_ticket_deleted_between_list_and_conversation() -> None:
    """A conversation that is gone by the time it is asked for ends nothing."""
    desk = FreshdeskService(page=100)
    desk.open("Slow")
    desk.say(1, "Still")
    found = pages(
        connector(), desk, answer=moving(desk, lambda: desk.change(1, deleted=True))
    )
    assert set(by_name(found)) == {"ticket 1"}
    assert gone(found) == ["1"]
