"""Answers that say all is well and are none, made out of the true one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from triage.testing.trial import ELSEWHERE, Fault
from triage.transport.answered import Answer, Request, said

Lie: TypeAlias = "Callable[[Answer], bytes | None]"
"""Another body for a true answer; None where it would be no lie."""

_PAGE = b"<!doctype html><html><title>Please sign in</title><p>One moment</p></html>"
_PAGE_NUMBER = re.compile(r"page[=/]\d+", re.IGNORECASE)


def a_web_page(honest: Answer) -> bytes:
    """What a proxy or a sign-in page answers to anything."""
    del honest
    return _PAGE


def cut_in_half(honest: Answer) -> bytes | None:
    """Data that breaks off, of a kind that shows it."""
    whole = honest.content.strip()
    if _value(honest) is None and not whole.startswith(b"<"):
        return None
    return whole[: len(whole) // 2]


def an_empty_object(honest: Answer) -> bytes | None:
    """An object that holds nothing of what was promised."""
    return b"{}" if _value(honest) else None


def a_list(honest: Answer) -> bytes | None:
    """A list where an object belongs, or an object where a list does."""
    value = _value(honest)
    if not value:
        return None
    return b"[]" if isinstance(value, dict) else b"{}"


def one_for_a_list(honest: Answer) -> bytes | None:
    """The one object itself, where a list of one belongs."""
    value = _value(honest)
    lone = _without_lists_of_one(value)
    return None if lone == value else json.dumps(lone).encode()


SURE: Mapping[str, Lie] = {"a web page": a_web_page, "data cut in half": cut_in_half}
"""Lies that nothing true looks like."""

LIKELY: Mapping[str, Lie] = {
    "an empty object": an_empty_object,
    "a list for an object": a_list,
    "one object for a list": one_for_a_list,
}
"""Lies a connector may see through instead, if all there is comes all the same."""


def lying(lie: Lie, at: int) -> Fault:
    """A service that lies once, to the n-th request."""

    def fault(number: int, request: Request, honest: Answer) -> Answer:
        del request
        if number != at or honest.status_code not in {200, 206}:
            return honest
        told = lie(honest)
        if told is None:
            return honest
        kind = "text/html" if told is _PAGE else honest.headers.get("content-type", "")
        return said(honest.status_code, {"Content-Type": kind}, told)

    return fault


@dataclass(slots=True)
class Circling:
    """
    From the n-th request on, a list goes on as it began there, again and again.

    Attributes:
        turns: How many answers there are before the first comes again.
    """

    at: int
    turns: int = 1
    _place: str = ""
    _said: list[Answer] = field(default_factory=list)
    _asked: int = 0

    def fault(self, number: int, request: Request, honest: Answer) -> Answer:
        """As ``Fault``."""
        if number == self.at:
            self._place = _list(request)
        if number < self.at or _list(request) != self._place:
            return honest
        self._asked += 1
        if len(self._said) < self.turns:
            self._said.append(honest)
            return honest
        again = self._said[(self._asked - 1) % self.turns]
        return said(again.status_code, kept(again), again.content)


def elsewhere(at: int) -> Fault:
    """A service whose n-th answer has every address on another host."""

    def fault(number: int, request: Request, honest: Answer) -> Answer:
        if number != at:
            return honest
        here = request.url.host
        headers = {
            name: value.replace(f"//{here}", f"//{ELSEWHERE}")
            for name, value in honest.headers.items()
            if name in {"content-type", "link", "location"}
        }
        body = honest.content.replace(f"//{here}".encode(), f"//{ELSEWHERE}".encode())
        return said(honest.status_code, headers, body)

    return fault


def moved(at: int) -> Fault:
    """A service that sends the n-th request to another host."""

    def fault(number: int, request: Request, honest: Answer) -> Answer:
        if number != at:
            return honest
        return said(307, {"Location": str(request.url.copy_with(host=ELSEWHERE))})

    return fault


def kept(honest: Answer) -> Mapping[str, str]:
    """Its headers, but for those that tell of the body's bytes."""
    told = {"content-length", "content-encoding", "transfer-encoding"}
    return {name: value for name, value in honest.headers.items() if name not in told}


def _value(honest: Answer) -> Any:
    """The answer's JSON; None where it is none."""
    try:
        return json.loads(honest.content)
    except ValueError:
        return None


def _without_lists_of_one(value: Any) -> Any:
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        return _without_lists_of_one(value[0])
    if isinstance(value, list):
        return [_without_lists_of_one(inner) for inner in value]
    if isinstance(value, dict):
        return {name: _without_lists_of_one(inner) for name, inner in value.items()}
    return value


def _list(request: Request) -> str:
    """Which list a request is for, whichever page of it."""
    return f"{request.method} {_PAGE_NUMBER.sub('page', request.url.path)}"
