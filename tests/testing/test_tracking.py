"""The contract of trackers passes an honest connector and names what a broken one breaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import pytest

from servers.planner import CANARY, Planner, Plans
from triage.connector import Act, Outgoing, Planned, Receipt, Report, Secret
from triage.testing import check_tracker
from triage.transport import Http


def broken(kind: type[Planner], tracker: Callable[[], Any] = Plans) -> str:
    """The sentence of the promise it breaks."""
    with pytest.raises(AssertionError) as told:
        check_tracker(lambda: kind(Secret(CANARY)), tracker)
    return str(told.value)


def test_honest() -> None:
    """A connector that keeps every promise passes."""
    check_tracker(lambda: Planner(Secret(CANARY)), Plans)


def test_told_twice() -> None:
    """A connector that never looks what is there tells twice, and is found out."""

    @dataclass(frozen=True, slots=True)
    class Blind(Planner):
        __doc__ = Planner.__doc__

        async def sent(self, http: Http, outgoing: Outgoing) -> Receipt | None:
            return None

    assert "not created twice" in broken(Blind) or "however often" in broken(Blind)


def test_marked_in_sight() -> None:
    """A mark that a reader sees is found out."""

    @dataclass(frozen=True, slots=True)
    class Loud(Planner):
        __doc__ = Planner.__doc__

        def _text(self, outgoing: Outgoing) -> str:
            return f"triage:{outgoing.key} {Planner._text(self, outgoing)}"

    assert "hidden from whoever reads it" in broken(Loud)


def test_guessed() -> None:
    """A word that means nothing there and is told as planned is found out."""

    @dataclass(frozen=True, slots=True)
    class Guessing(Planner):
        __doc__ = Planner.__doc__

        async def planned(self, http: Http, keys: Sequence[str]) -> Sequence[Planned]:
            told = await Planner.planned(self, http, keys)
            return [replace(one, status=one.status or "planned") for one in told]

    assert "never guessed" in broken(Guessing)


def test_one_by_one() -> None:
    """A call for each key is too many, unless the tracker cannot be asked otherwise."""

    @dataclass(frozen=True, slots=True)
    class Slow(Planner):
        __doc__ = Planner.__doc__

        async def planned(self, http: Http, keys: Sequence[str]) -> Sequence[Planned]:
            return [
                one for key in keys for one in await Planner.planned(self, http, [key])
            ]

    assert "asks for many at once" in broken(Slow)
    why = {"refused": "Nobody describes it.", "batch": "It takes one key."}
    check_tracker(lambda: Slow(Secret(CANARY)), lambda: Plans(cannot=why))


def test_swallowed() -> None:
    """A refused key that is told as an empty list is found out."""

    @dataclass(frozen=True, slots=True)
    class Swallowing(Planner):
        __doc__ = Planner.__doc__

        async def find(self, http: Http, text: str, limit: int) -> Sequence[Planned]:
            try:
                return await Planner.find(self, http, text, limit)
            except Exception:
                return []

    assert "is told as SignInFailed" in broken(Swallowing)


def test_silent_check() -> None:
    """A check that does not say what the account may do is found out."""

    @dataclass(frozen=True, slots=True)
    class Silent(Planner):
        __doc__ = Planner.__doc__

        async def check(self, http: Http) -> Report:
            return Report(account="Ann", facts={"files in": "Product"})

    assert "'may'" in broken(Silent)


def test_acts() -> None:
    """A tracker nothing can be filed at is none."""

    @dataclass(frozen=True, slots=True)
    class Mute(Planner):
        __doc__ = Planner.__doc__
        acts: ClassVar[dict[str, Act]] = {}

    assert "comment and create" in broken(Mute)
