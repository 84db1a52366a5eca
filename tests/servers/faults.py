"""What goes wrong between a client and a service, by name: one table for all of them."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

import httpx

from servers import broken_json
from servers.broken_wire import Dripping, Swelling, bomb, head
from servers.meeting import (
    AT_ONCE,
    Fault,
    Met,
    circle,
    dated,
    echo,
    http_date,
    links_elsewhere,
    packed,
    rest,
    says,
    sent,
    stream,
    telling,
    turning,
    wire,
)
from triage.testing.lies import (
    LIKELY,
    SURE,
    moved,
)
from triage.transport.answered import Answer

_DEADLINES = 5 * 60 + AT_ONCE
"""Seconds a pull may go on where each of five tries lasts until it is given up."""


def _statuses() -> Iterator[tuple[str, Fault]]:
    codes = (
        400, 401, 403, 404, 405, 408, 409, 410, 418, 422, 425, 429,
        500, 501, 502, 503, 504, 520, 529, 599,
    )  # fmt: skip
    for code in codes:
        often = code in {401, 404, 429, 503}
        yield f"{code}", Fault(begin=says(code), first=often)
    yield (
        "503 once",
        Fault(begin=says(503), once=True, first=True, is_harmless=True),
    )
    yield "204 without a body", Fault(begin=says(204))


def _rests() -> Iterator[tuple[str, Fault]]:
    """Rest that is asked for, in forms nobody can be held to."""
    told: Mapping[str, Callable[[datetime], str]] = {
        "for 10^9 seconds": lambda _: "1000000000",
        "for less than nothing": lambda _: "-5",
        "for no number": lambda _: "nan",
        "in no words known": lambda _: "soon",
        "until ten years ago": lambda now: http_date(now, -3650),
        "until ten years ahead": lambda now: http_date(now, 3650),
    }
    for name, until in told.items():
        yield f"429, rest {name}", Fault(begin=rest(429, until))
    yield (
        "429, rest for two minutes, again and again",
        Fault(begin=rest(429, lambda _: "120"), seconds=4 * 120 + AT_ONCE),
    )
    yield "503, rest for 10^9 seconds", Fault(begin=rest(503, lambda _: "1000000000"))


def _connections() -> Iterator[tuple[str, Fault]]:
    async def refused(met: Met) -> Answer:
        return await met.wire.refuse(met.request)

    async def silent(met: Met) -> Answer:
        await asyncio.sleep(30)  # as long as the client waits for a byte
        raise httpx.ReadTimeout("nothing came", request=met.request)

    yield "nobody is there", Fault(begin=lambda: refused, first=True)
    yield "silence", Fault(begin=lambda: silent, seconds=_DEADLINES)
    yield "reset before the first byte", Fault(begin=wire(lambda _: b"", "reset"))
    yield "closed before the first byte", Fault(begin=wire(lambda _: b""))
    yield "reset in the body", Fault(begin=wire(_half, "reset"))
    yield "a body cut short", Fault(begin=wire(_half))
    yield (
        "a Content-Length too small",
        Fault(begin=wire(lambda one: head(one, Content_Length="3") + one.content)),
    )
    yield (
        "chunks that break off",
        Fault(
            begin=wire(
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
        Fault(begin=wire(lambda one: head(one, X_Long="a" * 600_000) + one.content)),
    )


def _bodies() -> Iterator[tuple[str, Fault]]:
    yield "a body without an end", Fault(begin=stream(Swelling))
    yield "a drip", Fault(begin=stream(Dripping), seconds=_DEADLINES)
    yield "packed well", Fault(begin=packed(gzip.compress), is_harmless=True)
    yield (
        "packed twice",
        Fault(
            begin=packed(lambda body: gzip.compress(gzip.compress(body)), "gzip, gzip")
        ),
    )
    yield "packed otherwise", Fault(begin=packed(lambda body: body, "br"))
    yield "not packed, but said to be", Fault(begin=packed(lambda body: body + b"."))
    yield "packed and cut", Fault(begin=packed(lambda body: gzip.compress(body)[:-4]))
    yield "a bomb", Fault(begin=packed(lambda _: bomb(60)), once=True)


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
        yield f"sent {name}", Fault(begin=sent(target), once=True)
    here = sent(str)
    yield "sent to itself for ever", Fault(begin=here)
    yield "sent to itself once", Fault(begin=here, once=True, is_harmless=True)
    yield "sent to another host", Fault(begin=turning(lambda: moved(0)), first=True)
    yield (
        "every link to another host",
        Fault(
            begin=turning(lambda: links_elsewhere),
            share=0,
            is_sure=False,
            is_altering=True,  # addresses of what was said among them
        ),
    )


def _lies() -> Iterator[tuple[str, Fault]]:
    for name, lie in {**SURE, **broken_json.REFUSED}.items():
        yield name, Fault(begin=telling(lie), once=True)
    for name, lie in LIKELY.items():
        yield name, Fault(begin=telling(lie), once=True, is_sure=False)
    yield (
        "other types",
        Fault(begin=telling(broken_json.other_types), once=True, is_sure=False),
    )
    for name, lie in broken_json.HARMLESS.items():
        yield name, Fault(begin=telling(lie), once=True, is_harmless=True)
    yield (
        "half a character in the words",
        Fault(
            begin=telling(broken_json.surrogates_within), once=True, is_altering=True
        ),
    )
    for turns in (1, 2):
        for share in (0, 0.3):
            yield (
                f"a circle of {turns}, {share:.0%} on",
                Fault(begin=circle(turns), share=share, is_sure=False),
            )
    for years in (-10, 10):
        yield (
            f"a clock {years:+} years off",
            Fault(begin=dated(years), is_harmless=True),
        )
    for status in (400, 500):
        yield (
            f"{status} that says back what was sent",
            Fault(begin=echo(status), first=True),
        )


def _half(answer: Answer) -> bytes:
    whole = answer.content
    told = head(answer, Content_Length=str(len(whole)))
    return told + whole[: len(whole) // 2]


FAULTS: Mapping[str, Fault] = dict(
    pair
    for group in (_statuses, _rests, _connections, _bodies, _redirects, _lies)
    for pair in group()
)
"""By name, which is said of a connector that does not bear it."""
