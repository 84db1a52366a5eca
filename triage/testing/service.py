"""A made-up service, as a test of its connector needs one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar, Protocol, cast

from triage.testing.promise import promise
from triage.transport.answered import Answer, Request


class Service(Protocol):
    """
    A service that exists in a test alone, and answers as the real one does.

    It answers the same to the same question, gives small pages, so that a few feedbacks
    fill several, and makes up the same names each time it is built. Nothing else is
    needed; what follows is used where a service has it, and where it has not,
    ``cannot`` says why by the same name::

        edit(name) -> str       that customer says it in other words; those words
        remove(name) -> None    it is taken back there
        reply(name) -> str      our own side answers it; the words of the answer
        refused(request) -> str why its description allows no such request, or ""
        wrong() -> Mapping[str, Connector]
                                connectors it refuses, by a word their error holds

    ``cannot`` may also name what does not hold for a service:

    * ``pages``: a pull of it is one page, whatever there is;
    * ``order``: it tells no time of an edit, so an older telling looks like a newer;
    * ``empty``: it says ``{}`` where there is nothing;
    * ``future``: a time in its cursors may well lie ahead.

    Attributes:
        now: The time there and here, aware; moved on by whoever waits.
        cannot: Why something cannot be checked, by name.
        secrets: What it gives out that must show nowhere, such as access tokens.
        rows: Feedbacks that fill several pages; 7 where it is not said.
        pace: How long after one feedback the next is said, where that matters; a minute
            where it is not said.
        settles: After how long a change there is sure to come with a pull; an hour
            where it is not said.
    """

    now: datetime
    cannot: Mapping[str, str]

    def answer(self, request: Request) -> Answer:
        """What it says to one request."""
        ...

    def add(self) -> str:
        """A customer says something now; the id the connector has to give it."""
        ...


OPTIONAL = ("edit", "remove", "reply", "refused", "wrong")


class Offered:
    """What a made-up service has beyond the least, or says it has not."""

    ROWS: ClassVar[int] = 7
    PACE: ClassVar[timedelta] = timedelta(minutes=1)
    SETTLES: ClassVar[timedelta] = timedelta(hours=1)

    def __init__(self, service: Service) -> None:
        self._service = service
        for name in OPTIONAL:
            promise(
                hasattr(service, name) or bool(service.cannot.get(name)),
                f"The made-up service has {name}(), or `cannot` says why not.",
            )

    def has(self, name: str) -> bool:
        """Whether that is to be checked."""
        return name not in self._service.cannot

    def do(self, name: str, *args: Any) -> Any:
        """Have the service do one of the optional things."""
        return getattr(self._service, name)(*args)

    @property
    def rows(self) -> int:
        return int(getattr(self._service, "rows", self.ROWS))

    @property
    def pace(self) -> timedelta:
        return cast("timedelta", getattr(self._service, "pace", self.PACE))

    @property
    def settles(self) -> timedelta:
        return cast("timedelta", getattr(self._service, "settles", self.SETTLES))

    @property
    def secrets(self) -> list[str]:
        return list(getattr(self._service, "secrets", ()))
