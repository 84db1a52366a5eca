"""What goes wrong between a client and a service, by name: one table for all of them."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import TypeAlias

import httpx

from servers import broken_json
from servers.broken_wire import Dripping, Ending, Swelling, Whole, Wire, bomb, head
from triage.testing.lies import (
    LIKELY,
    SURE,
    Circling,
    Lie,
    elsewhere,
    kept,
    moved,
)
from triage.testing.trial import Fault as Turn
from triage.transport.answered import Answer, Request, said

AT_ONCE = 30.0
"""Seconds a pull may go on where the service itself asks for no patience."""

_DEADLINES = 5 * 60 + AT_ONCE
"""The same where each of five tries lasts until it is given up."""

_PLACE = re.compile(r"page|cursor|after|before|since|start|from|offset|token", re.I)
"""Names of what tells in a query from where on, at one service or another."""


@dataclass(frozen=True, slots=True)
class Met:
    """
    A request that meets a fault.

    Attributes:
        number: How many met it before.
        honest: The true answer.
        wire: A real connection, for what only one can do.
    """

    number: int
    request: Request
    honest: Answer
    now: datetime
    wire: Wire


Answering: TypeAlias = Callable[[Met], Awaitable[Answer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """
    One thing that goes wrong.

    Attributes:
        begin: Makes what answers, anew for each pull.
        once: It happens to one request; else to that and all after it.
        share: How much of a first pull is over when it happens, 0 to 1.
        first: It happens to the first request of a second pull as well.
        seconds: How long a pull may go on that meets it.
        is_harmless: All there is comes all the same.
        is_sure: Nothing true looks like it: unless all there is comes, it is told.
        is_altering: It changes the customer's words, so that only ids can be compared.
    """

    begin: Callable[[], Answering]
    once: bool = False
    share: float = 0.5
    first: bool = False
    seconds: float = AT_ONCE
    is_harmless: bool = False
    is_sure: bool = True
    is_altering: bool = False


def _always(make: Callable[[Met], Answer]) -> Callable[[], Answering]:
    async def answer(met: Met) -> Answer:
        return make(met)

    return lambda: answer


def _says(status: int) -> Callable[[], Answering]:
    return _always(lambda _: said(status))


def _rest(status: int, until: Callable[[datetime], str]) -> Callable[[], Answering]:
    return _always(lambda met: said(status, {"Retry-After": until(met.now)}))


def _sent(target: Callable[[httpx.URL], str]) -> Callable[[], Answering]:
    return _always(lambda met: said(307, {"Location": target(met.request.url)}))


def _turning(begin: Callable[[], Turn]) -> Callable[[], Answering]:
    """As a fault of the contract, which counts from the request that meets it."""

    def begun() -> Answering:
        turn = begin()

        async def answer(met: Met) -> Answer:
            return turn(met.number, met.request, met.honest)

        return answer

    return begun


def _circle(turns: int) -> Callable[[], Answering]:
    """A list that goes round, where what is asked for is the same but for the place."""

    def begin() -> Turn:
        circling, asked = Circling(0, turns), set[str]()

        def turn(number: int, request: Request, honest: Answer) -> Answer:
            if not number:
                asked.add(_but_for_the_place(request))
            if _but_for_the_place(request) not in asked:
                return honest
            return circling.fault(number, request, honest)

        return turn

    return _turning(begin)


def _but_for_the_place(request: Request) -> str:
    rest = {
        name: value
        for name, value in request.url.params.multi_items()
        if not _PLACE.search(name)
    }
    return f"{request.url.path} {sorted(rest.items())}"


def _elsewhere(number: int, request: Request, honest: Answer) -> Answer:
    return elsewhere(number)(number, request, honest)


def _lie(lie: Lie) -> Callable[[], Answering]:
    def answer(met: Met) -> Answer:
        told = lie(met.honest) if met.honest.status_code in {200, 206} else None
        if told is None:
            return met.honest
        headers = dict(kept(met.honest))
        if told.startswith(b"<!doctype"):
            headers["content-type"] = "text/html"
        return said(met.honest.status_code, headers, told)

    return _always(answer)


def _stream(
    make: Callable[[], httpx.AsyncByteStream], **headers: str
) -> Callable[[], Answering]:
    def answer(met: Met) -> Answer:
        kind = {"Content-Type": met.honest.headers.get("content-type", "")}
        return Answer(200, headers=kind | headers, stream=make())

    return _always(answer)


def _wire(
    says: Callable[[Answer], bytes], ending: Ending = "closed"
) -> Callable[[], Answering]:
    async def answer(met: Met) -> Answer:
        return await met.wire.ask(met.request, says(met.honest), ending)

    return lambda: answer


def _statuses() -> Iterator[tuple[str, Fault]]:
    codes = (
        400, 401, 403, 404, 405, 408, 409, 410, 418, 422, 425, 429,
        500, 501, 502, 503, 504, 520, 529, 599,
    )  # fmt: skip
    for code in codes:
        often = code in {401, 404, 429, 503}
        yield f"{code}", Fault(begin=_says(code), first=often)
    yield (
        "503 once",
        Fault(begin=_says(503), once=True, first=True, is_harmless=True),
    )
    yield "204 without a body", Fault(begin=_says(204))


def _rests() -> Iterator[tuple[str, Fault]]:
    """Rest that is asked for, in forms nobody can be held to."""
    told: Mapping[str, Callable[[datetime], str]] = {
        "for 10^9 seconds": lambda _: "1000000000",
        "for less than nothing": lambda _: "-5",
        "for no number": lambda _: "nan",
        "in no words known": lambda _: "soon",
        "until ten years ago": lambda now: _date(now, -3650),
        "until ten years ahead": lambda now: _date(now, 3650),
    }
    for name, until in told.items():
        yield f"429, rest {name}", Fault(begin=_rest(429, until))
    yield (
        "429, rest for two minutes, again and again",
        Fault(begin=_rest(429, lambda _: "120"), seconds=4 * 120 + AT_ONCE),
    )
    yield "503, rest for 10^9 seconds", Fault(begin=_rest(503, lambda _: "1000000000"))


def _connections() -> Iterator[tuple[str, Fault]]:
    async def refused(met: Met) -> Answer:
        return await met.wire.refuse(met.request)

    async def silent(met: Met) -> Answer:
        await asyncio.sleep(30)  # as long as the client waits for a byte
        raise httpx.ReadTimeout("nothing came", request=met.request)

    yield "nobody is there", Fault(begin=lambda: refused, first=True)
    yield "silence", Fault(begin=lambda: silent, seconds=_DEADLINES)
    yield "reset before the first byte", Fault(begin=_wire(lambda _: b"", "reset"))
    yield "closed before the first byte", Fault(begin=_wire(lambda _: b""))
    yield "reset in the body", Fault(begin=_wire(_half, "reset"))
    yield "a body cut short", Fault(begin=_wire(_half))
    yield (
        "a Content-Length too small",
        Fault(begin=_wire(lambda one: head(one, Content_Length="3") + one.content)),
    )
    yield (
        "chunks that break off",
        Fault(
            begin=_wire(
                lambda one: (
                    head(one, Transfer_Encoding="chunked")
                    + b"%x\r\n" % (len(one.content) + 9)
                    + one.content
                )
            )
        ),
    )
    yield (
        "600 KB of headers",
        Fault(begin=_wire(lambda one: head(one, X_Long="a" * 600_000) + one.content)),
    )


def _bodies() -> Iterator[tuple[str, Fault]]:
    yield "a body without an end", Fault(begin=_stream(Swelling))
    yield "a drip", Fault(begin=_stream(Dripping), seconds=_DEADLINES)
    yield "packed well", Fault(begin=_packed(gzip.compress), is_harmless=True)
    yield (
        "packed twice",
        Fault(
            begin=_packed(lambda body: gzip.compress(gzip.compress(body)), "gzip, gzip")
        ),
    )
    yield "packed otherwise", Fault(begin=_packed(lambda body: body, "br"))
    yield "not packed, but said to be", Fault(begin=_packed(lambda body: body + b"."))
    yield "packed and cut", Fault(begin=_packed(lambda body: gzip.compress(body)[:-4]))
    yield "a bomb", Fault(begin=_packed(lambda _: bomb(60)), once=True)


def _redirects() -> Iterator[tuple[str, Fault]]:
    targets: Mapping[str, Callable[[httpx.URL], str]] = {
        "in the clear": lambda url: str(url.copy_with(scheme="http")),
        "to another port": lambda url: str(url.copy_with(port=8443)),
        "to another's host behind ours": lambda url: f"https://{url.host}@evil.example",
        "to a file": lambda _: "file:///etc/passwd",
        "to a script": lambda _: "javascript:alert(1)",
        "to no address": lambda _: "https://[",
    }
    for name, target in targets.items():
        yield f"sent {name}", Fault(begin=_sent(target), once=True)
    here = _sent(str)
    yield "sent to itself for ever", Fault(begin=here)
    yield "sent to itself once", Fault(begin=here, once=True, is_harmless=True)
    yield "sent to another host", Fault(begin=_turning(lambda: moved(0)), first=True)
    yield (
        "every link to another host",
        Fault(
            begin=_turning(lambda: _elsewhere),
            share=0,
            is_sure=False,
            is_altering=True,  # addresses of what was said among them
        ),
    )


def _lies() -> Iterator[tuple[str, Fault]]:
    for name, lie in {**SURE, **broken_json.REFUSED}.items():
        yield name, Fault(begin=_lie(lie), once=True)
    for name, lie in LIKELY.items():
        yield name, Fault(begin=_lie(lie), once=True, is_sure=False)
    yield (
        "other types",
        Fault(begin=_lie(broken_json.other_types), once=True, is_sure=False),
    )
    for name, lie in broken_json.HARMLESS.items():
        yield name, Fault(begin=_lie(lie), once=True, is_harmless=True)
    yield (
        "half a character in the words",
        Fault(begin=_lie(broken_json.surrogates_within), once=True, is_altering=True),
    )
    for turns in (1, 2):
        for share in (0, 0.3):
            yield (
                f"a circle of {turns}, {share:.0%} on",
                Fault(begin=_circle(turns), share=share, is_sure=False),
            )
    for years in (-10, 10):
        yield (
            f"a clock {years:+} years off",
            Fault(begin=_dated(years), is_harmless=True),
        )
    for status in (400, 500):
        yield (
            f"{status} that says back what was sent",
            Fault(begin=_echo(status), first=True),
        )


def _half(answer: Answer) -> bytes:
    whole = answer.content
    told = head(answer, Content_Length=str(len(whole)))
    return told + whole[: len(whole) // 2]


def _packed(
    pack: Callable[[bytes], bytes], encoding: str = "gzip"
) -> Callable[[], Answering]:
    def answer(met: Met) -> Answer:
        if met.honest.status_code != 200:
            return met.honest
        told = {**kept(met.honest), "Content-Encoding": encoding}
        return Answer(200, headers=told, stream=Whole(pack(met.honest.content)))

    return _always(answer)


def _dated(years: int) -> Callable[[], Answering]:
    def answer(met: Met) -> Answer:
        headers = {**kept(met.honest), "date": _date(met.now, 365 * years)}
        return said(met.honest.status_code, headers, met.honest.content)

    return _always(answer)


def _date(now: datetime, days: int) -> str:
    return format_datetime(now + timedelta(days=days), usegmt=True)


def _echo(status: int) -> Callable[[], Answering]:
    def answer(met: Met) -> Answer:
        request = met.request
        sent = [*request.headers.values(), request.content.decode("latin-1")]
        told = json.dumps([*sent, str(request.url)]).encode()
        return said(status, {"Content-Type": "application/json"}, told)

    return _always(answer)


FAULTS: Mapping[str, Fault] = dict(
    pair
    for group in (_statuses, _rests, _connections, _bodies, _redirects, _lies)
    for pair in group()
)
"""By name, which is said of a connector that does not bear it."""
