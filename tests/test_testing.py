"""The contract passes an honest connector and names each promise a broken one breaks."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, ClassVar

import httpx
import pytest

from triage.connector import (
    Channel,
    ConfigError,
    Cursor,
    Incoming,
    Page,
    Secret,
    SourceUnavailable,
    Unreadable,
)
from triage.testing import check, check_connector
from triage.transport import Http

CANARY = "canary-5f3a91c2"
TICKETS: list[dict[str, Any]] = [
    {"id": 1, "text": "Dark mode please", "at": "2026-03-01T09:00:00Z"},
    {"id": 2, "text": "Export loses rows", "at": "2026-03-01T10:00:00+02:00"},
    {"id": 3, "text": None, "at": "2026-03-02T10:00:00Z"},
    {"id": 4, "text": "Crashes on start", "at": "2026-03-03T10:00:00Z"},
    {"id": 5, "text": "Love it", "at": "2026-03-04T10:00:00Z"},
]


def desk(request: httpx.Request) -> httpx.Response:
    """A help desk that gives two tickets after an id, to those who know the key."""
    if request.headers.get("Authorization") != f"Bearer {CANARY}":
        return httpx.Response(401)
    after = int(request.url.params.get("after", "0"))
    rest = [ticket for ticket in TICKETS if ticket["id"] > after]
    return httpx.Response(200, json={"tickets": rest[:2], "more": len(rest) > 2})


def a_client() -> Http:
    return Http(client_transport=httpx.MockTransport(desk))


@dataclass(frozen=True, slots=True)
class Desk:
    """
    Tickets from a desk.

    Attributes:
        token: A key with read access.
        start: The first id that matters.
    """

    summary: ClassVar[str] = "Tickets from a desk"

    token: Secret
    start: int = 0

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield tickets by id, oldest first."""
        http = http.at("https://desk.example/api")
        last = self._resume(cursor)
        while True:
            answer = await http.get("tickets", params={"after": last}, auth=self.token)
            batch = answer.json()
            found = [self._feedback(ticket) for ticket in batch["tickets"]]
            last = max([last, *(ticket["id"] for ticket in batch["tickets"])])
            yield Page(found, Cursor(json.dumps({"after": last})))
            if not batch["more"]:
                return

    def _resume(self, cursor: Cursor | None) -> int:
        if cursor is None:
            return self.start
        try:
            return int(json.loads(cursor)["after"])
        except (ValueError, KeyError):
            raise ConfigError("the place to resume is not ours; sync afresh") from None

    def _feedback(self, ticket: dict[str, Any]) -> Incoming | Unreadable:
        raw = json.dumps(ticket).encode()
        name = str(ticket["id"])
        if ticket["text"] is None:
            return Unreadable(external_id=name, raw=raw, why="The ticket has no text.")
        return Incoming(
            external_id=name,
            channel=Channel.TICKET,
            body=ticket["text"],
            received_at=datetime.fromisoformat(ticket["at"]),
            raw=raw,
        )


def make() -> Desk:
    return Desk(Secret(CANARY))


# Its pages pass through ``change`` on their way out. No docstring of its own: that of
# Desk explains the settings.
class Changed(Desk):
    __slots__ = ()

    def change(self, page: Page) -> Page:
        return page

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        async with aclosing(super().pull(http, cursor)) as pages:  # type: ignore[type-var]
            async for page in pages:
                yield self.change(page)


def first(page: Page, **values: Any) -> Page:
    """The page with its first feedback changed, if that is a readable one."""
    one, *rest = page.items
    if isinstance(one, Unreadable):
        return page
    return replace(page, items=[replace(one, **values), *rest])


async def broken(connector: Callable[[], Any], http: Http | None = None) -> str:
    """Return the sentence of the promise that does not hold."""
    with pytest.raises(AssertionError) as caught:
        await check_connector(connector, http or a_client())
    return str(caught.value)


async def changed(change: Callable[[Page], Page]) -> str:
    class Mutant(Changed):
        __slots__ = ()

        def change(self, page: Page) -> Page:
            return change(page)

    return await broken(lambda: Mutant(Secret(CANARY)))


async def test_honest() -> None:
    """A connector that keeps every promise passes, unreadable tickets included."""
    await check_connector(make, a_client())


async def test_passed_through() -> None:
    """The wrapper the broken ones are made with breaks nothing by itself."""
    await check_connector(lambda: Changed(Secret(CANARY)), a_client())


def test_without_a_loop() -> None:
    """``check`` does the same for tests that are not async."""
    check(make, a_client())


@dataclass(frozen=True)
class Notes:
    """Notes kept in memory; it has no settings, and asks no server."""

    summary: ClassVar[str] = "Notes in memory"

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        note = Incoming(external_id="n", channel=Channel.NOTE, body="Hi", raw=b"Hi")
        yield Page([note] if cursor is None else [], Cursor("1"))


async def test_without_client() -> None:
    """A connector that asks no server is checked without a client."""
    await check_connector(Notes)


async def test_revisions() -> None:
    """An id may come again within a pull when it says when it was edited."""

    class Edited(Notes):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            note = Incoming(external_id="n", channel=Channel.NOTE, body="Hi", raw=b"Hi")
            later = replace(note, body="Ho", edited_at=datetime(2026, 1, 2, tzinfo=UTC))
            yield Page([note, later] if cursor is None else [], Cursor("1"))

    await check_connector(Edited)


async def test_a_rescan_has_no_cursor_to_move() -> None:
    """Pages without a cursor are allowed: a newest-first walk commits at its end."""

    class Walk(Changed):
        __slots__ = ()

        def change(self, page: Page) -> Page:
            done = len(page.items) < 2
            return page if done else replace(page, cursor=None)

    await check_connector(lambda: Walk(Secret(CANARY)), a_client())


async def test_frozen_dataclass() -> None:
    """A connector that can be changed while it works is refused."""

    @dataclass
    class Loose:
        summary: ClassVar[str] = "Loose"
        pull = Notes.pull

    assert "frozen dataclass" in await broken(Loose)


async def test_not_even_a_dataclass() -> None:
    """A plain class has no settings that could be read from its fields."""

    class Plain:
        summary = "Plain"
        pull = Notes.pull

    assert "frozen dataclass" in await broken(Plain)


@pytest.mark.parametrize("words", ["", "two\nlines", None])
async def test_summary(words: str | None) -> None:
    """A connector says in one line what it reads."""

    class Mute(Notes):
        summary = words  # type: ignore[assignment]

    assert "summary" in await broken(Mute)


async def test_documented_settings() -> None:
    """Each field is explained, or the settings form would show a bare name."""

    @dataclass(frozen=True)
    class Terse(Notes):
        """
        Notes.

        Attributes:
            folder: Where they are.
        """

        folder: str = ""
        depth: int = 0

    assert "'depth'" in await broken(Terse)


async def test_no_pages() -> None:
    """A first pull yields a page, so that there is a place to resume from."""

    class Silent(Notes):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            return
            yield

    assert "yields a page" in await broken(Silent)


async def test_other_things_in_pages() -> None:
    """Pages hold Incoming and Unreadable, and pulls hold pages."""
    sentence = await changed(lambda page: replace(page, items=[{"id": 1}]))  # type: ignore[list-item]
    assert "not dict" in sentence
    assert "not list" in await changed(lambda page: list(page.items))  # type: ignore[arg-type,return-value]


async def test_page_size() -> None:
    """A page of more than 5,000 is too much to repeat after a crash."""

    def swell(page: Page) -> Page:
        one = page.items[0]
        return replace(
            page, items=[replace(one, external_id=str(n)) for n in range(5001)]
        )

    assert "at most 5,000" in await changed(swell)


async def test_progress() -> None:
    """Progress is a share, not a percentage."""
    assert "share" in await changed(lambda page: replace(page, progress=40.0))


async def test_empty_ids() -> None:
    """An id of blanks names nothing."""
    assert "an id" in await changed(lambda page: first(page, external_id=" "))


async def test_repeated_ids() -> None:
    """Two feedbacks with one id would overwrite each other."""

    def double(page: Page) -> Page:
        return replace(page, items=[*page.items, *page.items])

    assert "unique within a pull" in await changed(double)


async def test_ids_made_up() -> None:
    """An id that is another in the next pull makes every sync a duplicate."""
    count = iter(range(1000))

    def renumber(page: Page) -> Page:
        return replace(
            page,
            items=[replace(one, external_id=f"n{next(count)}") for one in page.items],
        )

    assert "same in every pull" in await changed(renumber)


@pytest.mark.parametrize("zone", [None, timezone(timedelta(hours=2))])
async def test_times(zone: timezone | None) -> None:
    """Times are aware and UTC, however they got past the type."""

    def shift(page: Page) -> Page:
        page = first(page)
        at = datetime(2026, 3, 1, tzinfo=zone)
        object.__setattr__(page.items[0], "received_at", at)
        return page

    assert "aware and UTC" in await changed(shift)


async def test_raw() -> None:
    """What the source sent is kept."""
    assert "raw bytes" in await changed(lambda page: first(page, raw=b""))


async def test_reasons() -> None:
    """An unreadable one says why."""

    def hush(page: Page) -> Page:
        return replace(page, items=[Unreadable(external_id="1", raw=b"?", why="")])

    assert "says why" in await changed(hush)


@pytest.mark.parametrize("value", [float("nan"), {1: 2}, {"a"}, (1, 2), b"x"])
async def test_context(value: object) -> None:
    """Context holds what JSON can give back."""
    sentence = await changed(lambda page: first(page, context={"key": value}))
    assert "JSON values" in sentence


@pytest.mark.parametrize("cursor", [3, {"after": 1}, "", "\ud800", b"1"])
async def test_cursors_as_text(cursor: Any) -> None:
    """A cursor is text that storage gives back as it was."""
    sentence = await changed(lambda page: replace(page, cursor=cursor))
    assert "cursor is text" in sentence


async def test_resuming() -> None:
    """A cursor that runs ahead of its page loses feedback after a crash."""

    def ahead(page: Page) -> Page:
        assert page.cursor is not None
        after = json.loads(page.cursor)["after"]
        return replace(page, cursor=Cursor(json.dumps({"after": after + 1})))

    assert "resuming equals pulling whole" in await changed(ahead)


async def test_nothing_new() -> None:
    """A second sync of an unchanged source brings nothing new."""

    class Chatty(Notes):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            name = cursor or "0"
            note = Incoming(external_id=name, channel=Channel.NOTE, body="", raw=b"0")
            yield Page([note], Cursor(f"{int(name) + 1}"))

    assert "nothing new" in await broken(Chatty)


async def test_standing_cursor() -> None:
    """A cursor that stands still while pages go on is a loop."""
    sentence = await changed(lambda page: replace(page, cursor=Cursor('{"after": 2}')))
    assert "moves or the pull ends" in sentence


async def test_endless() -> None:
    """A pull that goes on for ever is broken off, and its generator closed."""
    closed = []

    class Endless(Notes):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            try:
                for number in range(10**9):
                    yield Page([], Cursor(str(number)))
            finally:
                closed.append(self)

    assert "ends within" in await broken(Endless)
    assert len(closed) == 1


@dataclass(frozen=True)
class Keyed(Notes):
    """
    Notes behind a key.

    Attributes:
        token: The key.
    """

    token: Secret = Secret(CANARY)  # noqa: RUF009 - it cannot be changed


async def test_secret_in_repr() -> None:
    """A key does not show when the connector is printed."""

    class Open(Keyed):
        def __repr__(self) -> str:
            return f"Open({self.token.reveal()})"

    assert "its repr" in await broken(Open)


async def test_secret_in_str() -> None:
    """A key does not show when the connector is put into a sentence."""

    class Open(Keyed):
        def __str__(self) -> str:
            return self.token.reveal()

    assert "its str" in await broken(Open)


async def test_secret_in_error() -> None:
    """A key does not show in the text of an error."""

    class Open(Keyed):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            if cursor not in {None, "1"}:
                raise SourceUnavailable(f"no luck with {self.token.reveal()}")
            async for page in super().pull(http, cursor):
                yield page

    assert "an error" in await broken(Open)


@pytest.mark.parametrize(
    "leak",
    [
        lambda page: replace(page, cursor=Cursor(f"{page.cursor}{CANARY}")),
        lambda page: replace(page, gap=f"nothing for {CANARY}"),
        lambda page: first(page, url=f"https://desk.example/?key={CANARY}"),
        lambda page: first(page, raw=CANARY.encode()),
    ],
    ids=["cursor", "gap", "url", "raw"],
)
async def test_secret_in_pages(leak: Callable[[Page], Page]) -> None:
    """A key does not get into what is stored, shown or exported."""
    assert "No secret shows" in await changed(leak)


async def test_secret_too_short() -> None:
    """A test's key is long enough for finding it to mean something."""
    assert "eight characters" in await broken(lambda: Keyed(token=Secret("abc")))


async def test_strange_cursor() -> None:
    """A cursor written by nobody ends in an error a person can read."""

    class Trusting(Desk):
        __slots__ = ()

        def _resume(self, cursor: Cursor | None) -> int:
            return int(json.loads(cursor)["after"]) if cursor else 0

    sentence = await broken(lambda: Trusting(Secret(CANARY)))
    assert "not in KeyError" in sentence


async def test_swallowed_refusal() -> None:
    """A refused sign-in is not turned into an empty, successful pull."""

    class Calm(Desk):
        __slots__ = ()

        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            try:
                async with aclosing(super().pull(http, cursor)) as pages:  # type: ignore[type-var]
                    async for page in pages:
                        yield page
            except ConfigError:
                raise
            except Exception:
                return

    assert "raises and never catches" in await broken(lambda: Calm(Secret(CANARY)))


async def test_printing() -> None:
    """A connector prints nothing: standard output is for data."""

    class Loud(Notes):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            print("pulling")
            async for page in super().pull(http, cursor):
                yield page

    assert "prints nothing" in await broken(Loud)
