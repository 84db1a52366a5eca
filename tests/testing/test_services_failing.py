"""Whatever goes wrong at a service, a connector that loses anything by it is found out."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any, ClassVar

import httpx

from servers.shop import HOST, Reviews
from servers.shop_broken import broken
from triage.connector import (
    Cursor,
    Page,
    RateLimited,
    SourceUnavailable,
)
from triage.transport import Http


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
