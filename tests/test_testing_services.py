"""The contract of services passes an honest connector and names what a broken one breaks."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any, ClassVar

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servers.shop import CANARY, HOST, Reviews, Shop
from triage.connector import (
    Channel,
    Connector,
    Cursor,
    Incoming,
    Kind,
    Page,
    RateLimited,
    Report,
    Secret,
    SourceError,
    SourceUnavailable,
)
from triage.store import codec
from triage.store.database import Database
from triage.store.evidence import begin_batch, ensure_source, save_page
from triage.testing import check_service
from triage.testing.kept import Kept
from triage.transport import Http
from triage.transport.answered import answered


def make() -> Reviews:
    return Reviews(Secret(CANARY))


def broken(kind: type[Reviews], service: Callable[[], Shop] = Shop) -> str:
    """The sentence of the promise that this connector breaks."""
    with pytest.raises(AssertionError) as caught:
        check_service(lambda: kind(Secret(CANARY)), service)
    return str(caught.value)


class Changed(Reviews):
    """
    Reviews whose pages pass through ``change`` on their way out.

    Attributes:
        token: A key with read access.
    """

    __slots__ = ()

    def change(self, page: Page) -> Page:
        return page

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        async with aclosing(super().pull(http, cursor)) as pages:  # type: ignore[type-var]
            async for page in pages:
                yield self.change(page)


def test_honest() -> None:
    """A connector that keeps every promise passes, and so does its wrapper."""
    check_service(make, Shop)
    check_service(lambda: Changed(Secret(CANARY)), Shop)


def test_what_cannot_be_checked_is_said() -> None:
    """A service without edits passes once it says why it has none, not before."""

    class Carved(Shop):
        edit = property()

    assert "edit()" in broken(Reviews, Carved)
    check_service(make, lambda: Carved(cannot={"edit": "Reviews are carved in stone."}))


def test_one_page() -> None:
    """A made-up service that fits one page proves nothing, and is told so."""
    assert "two pages or more" in broken(Reviews, lambda: Shop(size=50))


def test_everything() -> None:
    """A connector that leaves out what the service has is found out."""

    class Picky(Changed):
        __slots__ = ()

        def change(self, page: Page) -> Page:
            kept = [one for one in page.items if one.external_id != "r004"]
            return replace(page, items=kept)

    assert "Everything the service has" in broken(Picky)


def test_without_check() -> None:
    """A connector of a service can be asked whose account it is."""

    class Mute(Reviews):
        check = property()

    assert "has check(http)" in broken(Mute)


def test_report() -> None:
    """A report names the account, and shows no key."""

    class Nobody(Reviews):
        async def check(self, http: Http) -> Report:
            return Report(account="")

    class Open(Reviews):
        async def check(self, http: Http) -> Report:
            return Report(account="Ann", facts={"key": self.token.reveal()})

    class Nothing(Reviews):
        async def check(self, http: Http) -> Report:
            return None  # type: ignore[return-value]

    assert "whose account" in broken(Nobody)
    assert "a report" in broken(Open)
    assert "returns a Report" in broken(Nothing)


def test_check_that_catches() -> None:
    """A refused key is told by check(), not put into a report."""

    class Calm(Reviews):
        async def check(self, http: Http) -> Report:
            try:
                return await super().check(http)
            except SourceError:
                return Report(account="nobody yet")

    assert "is told by check() as SignInFailed" in broken(Calm)


def test_refusal_without_a_name() -> None:
    """A refusal that is told as trouble of the service names nothing to see to."""

    class Vague(Reviews):
        async def check(self, http: Http) -> Report:
            try:
                return await super().check(http)
            except SourceError:
                pass
            raise SourceUnavailable("the shop is not there today")

    assert "as SignInFailed or ConfigError" in broken(Vague)


def test_wrong_settings() -> None:
    """What is wrong is named in the service's own word for it."""

    class Strict(Shop):
        def wrong(self) -> Mapping[str, Connector]:
            return {"licence": Reviews(Secret("canary-another-key"))}

    assert "named as 'licence'" in broken(Reviews, Strict)


def test_killed() -> None:
    """A cursor that runs ahead to the end loses the rest when killed."""

    class Forgetful(Changed):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            pages = [page async for page in super().pull(http, cursor)]
            for page in pages:
                yield replace(page, cursor=pages[-1].cursor if pages else cursor)

    assert "came again and more followed" in broken(Forgetful)


def test_kills_between_cursors() -> None:
    """A first page whose cursor is that of the end loses the rest when killed."""

    class Hasty(Changed):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            async with aclosing(super().pull(http, cursor)) as found:  # type: ignore[type-var]
                pages = [page async for page in found]
            first, *rest = pages
            yield replace(first, cursor=pages[-1].cursor)
            for page in rest:
                yield replace(page, cursor=None)

    assert "esum" in broken(Hasty)


def test_second_run() -> None:
    """A telling that is another each time makes every sync a change."""
    numbers = count()

    class Restless(Changed):
        def change(self, page: Page) -> Page:
            found = [
                replace(one, context={"seen": next(numbers)})
                for one in page.items
                if isinstance(one, Incoming)
            ]
            return replace(page, items=found)

    sentence = broken(Restless)
    assert "resuming equals pulling whole" in sentence or "changes nothing" in sentence


def test_second_run_later() -> None:
    """What depends on the hour changes with the hour, and nobody said so."""

    class Hourly(Reviews):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            async for page in super().pull(http, cursor):
                found = [
                    replace(one, context={"hour": http.now().hour})
                    for one in page.items
                    if isinstance(one, Incoming)
                ]
                yield replace(page, items=found)

    assert "differ" in broken(Hourly)


def test_replayed() -> None:
    """Two tellings of one review that only their order tells apart."""

    class Twofold(Changed):
        def change(self, page: Page) -> Page:
            found = [one for one in page.items if isinstance(one, Incoming)]
            before = [
                replace(one, body=f"{one.body}, he said", edited_at=None)
                for one in found
                if one.external_id == "r001"
            ]
            return replace(page, items=[*before, *found])

    assert "in another order, change nothing" in broken(Twofold)


def test_edited() -> None:
    """A connector that looks at what is new alone misses edits."""

    class Once(Changed):
        def change(self, page: Page) -> Page:
            found = [one for one in page.items if not _is_edited(one)]
            return replace(page, items=found)

    assert "edits comes with the next pull" in broken(Once)


def _is_edited(one: object) -> bool:
    return isinstance(one, Incoming) and one.edited_at != one.received_at


def test_older_over_newer() -> None:
    """An edit without its time is overwritten by what was said before."""

    class Timeless(Changed):
        def change(self, page: Page) -> Page:
            found = [
                replace(one, edited_at=None)
                for one in page.items
                if isinstance(one, Incoming)
            ]
            return replace(page, items=found)

    assert "never overwrites a newer" in broken(Timeless)
    check_service(
        lambda: Timeless(Secret(CANARY)),
        lambda: Shop(cannot={"order": "An edit has no time there."}),
    )


def test_deleted() -> None:
    """A deletion that is not told, and one that is told of what is still there."""

    class Blind(Changed):
        def change(self, page: Page) -> Page:
            return replace(page, gone=())

    class Wild(Changed):
        def change(self, page: Page) -> Page:
            return replace(page, gone=["r003", "r002"] if page.gone else ())

    assert "Page.gone; 'r002' is not" in broken(Blind)
    assert "not told as gone; these are: ['r003']" in broken(Wild)


def test_ours_as_feedback() -> None:
    """Our own side's answer does not ask for anything."""

    class Chatty(Changed):
        def change(self, page: Page) -> Page:
            found = [
                replace(one, kind=Kind.FEEDBACK)
                for one in page.items
                if isinstance(one, Incoming)
            ]
            return replace(page, items=found)

    assert "never comes as feedback" in broken(Chatty)


def ending(*errors: type[Exception]) -> type[Reviews]:
    """Reviews that end well, whichever of these happens."""

    class Catching(Reviews):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            try:
                async for page in super().pull(http, cursor):
                    yield page
            except errors:
                yield Page([], Cursor(json.dumps({"v": 1, "since": f"{_time(http)}"})))

    return Catching


def _time(http: Http) -> str:
    return f"{http.now():%Y-%m-%dT%H:%M:%SZ}"


def test_too_often() -> None:
    """Asked too often, what was not given yet is not given up."""
    sentence = broken(ending(RateLimited))
    assert "“Too often”" in sentence
    assert "loses nothing" in sentence


def test_asked_again_at_once() -> None:
    """A service that wants rest is not asked again before."""

    class Pushy(Reviews):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            told: list[Page] = []
            try:
                told += [page async for page in super().pull(http, cursor)]
            except RateLimited:
                told += [page async for page in super().pull(http, cursor)]
            for page in told:
                yield page

    assert "left alone so long" in broken(Pushy)


def test_trouble() -> None:
    """A service in trouble is told as one, and its rows come later."""
    assert "500 six times" in broken(ending(SourceUnavailable))


def test_trouble_passed_over() -> None:
    """A pull that ends well in spite of 500 is a pull nobody hears of."""

    class Quiet(Reviews):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            try:
                async for page in super().pull(http, cursor):
                    yield page
            except SourceUnavailable:
                return

    assert "ends the pull with a SourceError, not: None" in broken(Quiet)


def test_one_second() -> None:
    """A watermark that excludes its own second loses what comes in it later."""

    class Exclusive(Reviews):
        def _resume(self, cursor: Cursor | None, http: Http) -> dict[str, Any]:
            place = Reviews._resume(self, cursor, http)
            return place if "after" in place else {**place, "after": "~"}

    assert "said in one second" in broken(Exclusive)


def test_cursors() -> None:
    """A cursor says its version, and neither another nor a future one is believed."""

    class Unversioned(Reviews):
        def _resume(self, cursor: Cursor | None, http: Http) -> dict[str, Any]:
            if cursor is not None:
                told = json.loads(cursor)
                cursor = Cursor(json.dumps({**told, "v": 1}))
            return Reviews._resume(self, cursor, http)

    class Trusting(Reviews):
        def _resume(self, cursor: Cursor | None, http: Http) -> dict[str, Any]:
            later = answered(
                lambda _: httpx.Response(500),
                clock=lambda: datetime(2090, 1, 1, tzinfo=UTC),
            )
            return Reviews._resume(self, cursor, later)

    class Bare(Changed):
        def change(self, page: Page) -> Page:
            told = json.loads(page.cursor or "{}")
            return replace(page, cursor=Cursor(json.dumps({**told, "v": None})))

        def _resume(self, cursor: Cursor | None, http: Http) -> dict[str, Any]:
            told = json.loads(cursor) if cursor else None
            if isinstance(told, dict) and "since" in told:
                cursor = Cursor(json.dumps({**told, "v": 1}))
            return Reviews._resume(self, cursor, http)

    assert "of another version is refused" in broken(Unversioned)
    assert "of the future is refused" in broken(Trusting)
    assert 'its version as "v"' in broken(Bare)


class Led(Http):
    """A client that goes wherever an answer says."""

    __slots__ = ()

    async def get(self, url: str, **told: Any) -> Any:
        there = f"https://{httpx.URL(url).host}" if "//" in url else f"{HOST}/api"
        return await Http.get(Http.at(self, there), url, **told)

    def at(self, *_: Any, **__: Any) -> Led:
        return self


def test_other_hosts() -> None:
    """A connector that follows an answer to another host gives its key away."""

    class Follower(Reviews):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            led = Led.__new__(Led)
            for name in Http.__slots__:
                setattr(led, name, getattr(http, name))
            async for page in super().pull(led, cursor):
                yield page

    assert "does not travel there" in broken(Follower)


def test_description() -> None:
    """A request the service never described is named."""

    class Inventive(Reviews):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            await http.at(HOST).get("api/me?verbose=1", auth=self.token)
            async for page in super().pull(http, cursor):
                yield page

    assert "no GET /api/me with ['verbose']" in broken(Inventive)


class Believing(Reviews):
    """
    Reviews whose every answer is believed.

    Attributes:
        token: A key with read access.
    """

    __slots__ = ()

    turns: ClassVar[bool] = True

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """As an honest one, but for what it makes of an answer."""
        place = self._resume(cursor, http)
        http = http.at(f"{HOST}/api")
        url, seen = f"reviews?since={place['since']}", set()
        url += f"&after={place['after']}" if place.get("after") else ""
        while url:
            answer = await http.get(url, auth=self.token)
            told = self.believed(answer)
            if url in seen and self.turns:
                yield Page([], Cursor(json.dumps({"v": 1, "since": _time(http)})))
                return
            seen.add(url)
            rows, url = told.get("reviews", []), told.get("next")
            place = {"v": 1, "since": rows[-1]["changed"] if rows else place["since"]}
            place |= {"after": rows[-1]["id"]} if url else {}
            if not url:
                place = {"v": 1, "since": _time(http)}
            yield Page(
                [self._feedback(row) for row in rows if not row["gone"]],
                Cursor(json.dumps(place)),
                gone=[row["id"] for row in rows if row["gone"]],
            )

    def believed(self, answer: Any) -> Any:
        """What an answer is taken for."""
        return answer.json()


def test_web_page() -> None:
    """A web page with status 200 is no empty list."""

    class Lenient(Believing):
        def believed(self, answer: Any) -> Any:
            return answer.json() if answer.text.startswith("{") else {}

    sentence = broken(Lenient)
    assert "A web page" in sentence


def test_cut_in_half() -> None:
    """Data that breaks off is no empty list."""

    class Lenient(Believing):
        def believed(self, answer: Any) -> Any:
            try:
                return answer.json()
            except SourceUnavailable:
                if answer.text.startswith("<"):
                    raise
                return {}

    assert "Data cut in half" in broken(Lenient)


def test_empty_object() -> None:
    """An object that lacks what was promised does not mean that there is nothing."""
    assert "An empty object" in broken(Believing)


class Wary(Believing):
    """
    Reviews that want what was promised to be there.

    Attributes:
        token: A key with read access.
    """

    __slots__ = ()

    def believed(self, answer: Any) -> Any:
        told = answer.json()
        if isinstance(told, dict) and "reviews" not in told:
            raise SourceUnavailable("the shop answered no reviews; try again later")
        return told


def test_list_for_an_object() -> None:
    """A list where an object belongs ends in no error of Python's."""
    assert "not in AttributeError" in broken(Wary)


class Warier(Wary):
    """
    Reviews that want an object.

    Attributes:
        token: A key with read access.
    """

    __slots__ = ()

    def believed(self, answer: Any) -> Any:
        told = super().believed(answer)
        if not isinstance(told, dict):
            raise SourceUnavailable("the shop answered no object; try again later")
        return told


def test_one_object_for_a_list() -> None:
    """One object where a list belongs ends in no error of Python's."""
    assert "an error a person can read, not in" in broken(Warier)


class Wariest(Warier):
    """
    Reviews that want a list, and end where they have been before.

    Attributes:
        token: A key with read access.
    """

    __slots__ = ()

    def believed(self, answer: Any) -> Any:
        told = super().believed(answer)
        if not isinstance(told["reviews"], list):
            raise SourceUnavailable("the shop answered no list; try again later")
        return told


def test_circles() -> None:
    """Led in circles, a pull neither goes on for ever nor takes it for the end."""

    class Endless(Wariest):
        turns = False

    assert "ends within" in broken(Endless)
    assert "A circle" in broken(Wariest)


def test_logged() -> None:
    """A key does not get into the log, at whatever level."""

    class Loud(Reviews):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            logging.getLogger("shop").debug("asking with %s", self.token.reveal())
            async for page in super().pull(http, cursor):
                yield page

    assert "in the log" in broken(Loud)


def test_secret_in_an_address() -> None:
    """A key does not get into an address, which every proxy on the way writes down."""

    class Shown(Reviews):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            params = {"since": self.token.reveal()}
            await http.at(f"{HOST}/api").get("reviews", params=params, auth=self.token)
            async for page in super().pull(http, cursor):
                yield page

    assert "an address that is asked" in broken(Shown)


def test_secret_of_the_service() -> None:
    """What the service gives out as a secret shows nowhere either."""

    class Leaky(Shop):
        secrets = ("Ann's shop",)

    assert "a report" in broken(Reviews, Leaky)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A store for all examples; each has a source of its own."""
    db = Database(tmp_path_factory.mktemp("kept") / "work.db")
    yield db
    db.close()


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    return count()


@st.composite
def tellings(draw: st.DrawFn) -> Incoming:
    """One of two reviews, told at one of three times or at none."""
    day = draw(st.sampled_from([None, 1, 2, 3]))
    return Incoming(
        external_id=draw(st.sampled_from(["a", "b"])),
        channel=Channel.REVIEW,
        body=draw(st.sampled_from(["Good", "Bad", "So so"])),
        received_at=datetime(2026, 1, 1, tzinfo=UTC),
        edited_at=datetime(2026, 1, day, tzinfo=UTC) if day else None,
        raw=b"told",
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(lambda one: Page([one], Cursor("1")), tellings())))
def test_kept_as_a_store_keeps(
    db: Database, numbers: Iterator[int], pages: list[Page]
) -> None:
    """What the contract takes a store to hold is what the store holds."""
    with db.write() as write:
        source = ensure_source(write, f"source {next(numbers)}", "shop")
        batch = begin_batch(write, source, "sync", db.clock())
        for page in pages:
            save_page(write, source, batch, page, db.clock())
        rows = write.execute(
            "SELECT external_id, body, edited_at FROM feedback WHERE source_id = ?",
            (source,),
        )
        held = {row["external_id"]: (row["body"], row["edited_at"]) for row in rows}
    kept = Kept().take(pages).told.values()
    assert held == {
        one.external_id: (one.body, codec.to_text(one.edited_at))
        for one in kept
        if isinstance(one, Incoming)
    }
