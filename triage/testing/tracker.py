"""A made-up tracker, as a test of its connector needs one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from triage.transport.answered import Answer, Request


class Tracking(Protocol):
    """
    A tracker that exists in a test alone, and answers as the real one does.

    It refuses what the real one refuses (titles too long, keys it has not), gives small
    pages, and is new and empty each time it is built. What it cannot do, ``cannot``
    says by name, and why:

    * ``unmapped``: each of its states has a meaning of its own;
    * ``batch``: it has to be asked for each key alone;
    * ``link``: nothing there leads anywhere else;
    * ``refused``: nobody describes which requests it allows. Where somebody does,
      ``refused(request) -> str`` says why it allows no such request, or "".

    Attributes:
        now: The time there and here, aware; moved on by whoever waits.
        cannot: Why something cannot be checked, by name.
        states: Its own words for how far something has come, two or more, and what
            each means as ``Planned.status``; "" for one it gives no meaning to.
    """

    now: datetime
    cannot: Mapping[str, str]
    states: Mapping[str, str]

    def answer(self, request: Request) -> Answer:
        """What it says to one request."""
        ...

    def add(self, title: str) -> str:
        """Somebody there plans this; the key the connector has to give it."""
        ...

    def move(self, key: str, state: str) -> None:
        """Somebody there gives it another of ``states``."""
        ...

    def remove(self, key: str) -> None:
        """Somebody there deletes it."""
        ...

    def titles(self) -> Mapping[str, str]:
        """What is there now: titles by key."""
        ...

    def seen(self, key: str) -> str:
        """The text of one as whoever opens it there reads it: nothing hidden."""
        ...

    def comments(self, key: str) -> Sequence[str]:
        """What is said below it, as it is read there, in order."""
        ...

    def links(self, key: str) -> Sequence[str]:
        """The addresses it leads to, in order."""
        ...


_HIDDEN = re.compile(r"<!--.*?-->", re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def rendered(markdown: str) -> str:
    """About what a reader of some Markdown sees: no comments, no backslashes."""
    return _ESCAPED.sub(r"\1", _HIDDEN.sub("", markdown)).strip()
