"""How a request meets a fault, and what answers it then."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import TypeAlias

import httpx

from servers.broken_wire import Ending, Whole, Wire
from triage.testing.lies import Circling, Lie, elsewhere, kept
from triage.testing.trial import Fault as Turn
from triage.transport.answered import Answer, Request, said

AT_ONCE = 30.0
"""Seconds a pull may go on where the service itself asks for no patience."""

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


def always(make: Callable[[Met], Answer]) -> Callable[[], Answering]:
    """The same to every request that meets it."""

    async def answer(met: Met) -> Answer:
        return make(met)

    return lambda: answer


def says(status: int) -> Callable[[], Answering]:
    """This status and nothing else."""
    return always(lambda _: said(status))


def rest(status: int, until: Callable[[datetime], str]) -> Callable[[], Answering]:
    """This status, and how long to leave it alone, told of the time it is."""
    return always(lambda met: said(status, {"Retry-After": until(met.now)}))


def sent(target: Callable[[httpx.URL], str]) -> Callable[[], Answering]:
    """Sent to another address, made of the one that was asked."""
    return always(lambda met: said(307, {"Location": target(met.request.url)}))


def turning(begin: Callable[[], Turn]) -> Callable[[], Answering]:
    """As a fault of the contract, which counts from the request that meets it."""

    def begun() -> Answering:
        turn = begin()

        async def answer(met: Met) -> Answer:
            return turn(met.number, met.request, met.honest)

        return answer

    return begun


def circle(turns: int) -> Callable[[], Answering]:
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

    return turning(begin)


def _but_for_the_place(request: Request) -> str:
    rest = {
        name: value
        for name, value in request.url.params.multi_items()
        if not _PLACE.search(name)
    }
    return f"{request.url.path} {sorted(rest.items())}"


def links_elsewhere(number: int, request: Request, honest: Answer) -> Answer:
    """The true answer, every address in it on another host."""
    return elsewhere(number)(number, request, honest)


def telling(lie: Lie) -> Callable[[], Answering]:
    """This lie, where it is one."""

    def answer(met: Met) -> Answer:
        told = lie(met.honest) if met.honest.status_code in {200, 206} else None
        if told is None:
            return met.honest
        headers = dict(kept(met.honest))
        if told.startswith(b"<!doctype"):
            headers["content-type"] = "text/html"
        return said(met.honest.status_code, headers, told)

    return always(answer)


def stream(
    make: Callable[[], httpx.AsyncByteStream], **headers: str
) -> Callable[[], Answering]:
    """A body of its own, under the true kind."""

    def answer(met: Met) -> Answer:
        kind = {"Content-Type": met.honest.headers.get("content-type", "")}
        return Answer(200, headers=kind | headers, stream=make())

    return always(answer)


def wire(
    says: Callable[[Answer], bytes], ending: Ending = "closed"
) -> Callable[[], Answering]:
    """These bytes over a real connection, which ends so."""

    async def answer(met: Met) -> Answer:
        return await met.wire.ask(met.request, says(met.honest), ending)

    return lambda: answer


def packed(
    pack: Callable[[bytes], bytes], encoding: str = "gzip"
) -> Callable[[], Answering]:
    """The true body packed, and said to be packed so."""

    def answer(met: Met) -> Answer:
        if met.honest.status_code != 200:
            return met.honest
        told = {**kept(met.honest), "Content-Encoding": encoding}
        return Answer(200, headers=told, stream=Whole(pack(met.honest.content)))

    return always(answer)


def dated(years: int) -> Callable[[], Answering]:
    """The true answer by a clock that is so many years ahead."""

    def answer(met: Met) -> Answer:
        headers = {**kept(met.honest), "date": http_date(met.now, 365 * years)}
        return said(met.honest.status_code, headers, met.honest.content)

    return always(answer)


def http_date(now: datetime, days: int) -> str:
    """A day so many days ahead, as HTTP writes it."""
    return format_datetime(now + timedelta(days=days), usegmt=True)


def echo(status: int) -> Callable[[], Answering]:
    """This status, with all that was sent said back."""

    def answer(met: Met) -> Answer:
        request = met.request
        sent = [*request.headers.values(), request.content.decode("latin-1")]
        told = json.dumps([*sent, str(request.url)]).encode()
        return said(status, {"Content-Type": "application/json"}, told)

    return always(answer)
