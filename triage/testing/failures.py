"""How a connector fails: with an error of ours, and without a word of its secrets."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn, cast

from triage.connector import Budget, Connector, Cursor, SignInFailed
from triage.errors import TriageError
from triage.testing.promise import check_hidden, promise
from triage.testing.pulls import LONGEST, reading

if TYPE_CHECKING:
    from triage.transport import Http

_STRANGE = Cursor('{"written": "by nobody"}')


async def check_strange_cursor(
    make: Callable[[], Connector], http: Http | None, secrets: Sequence[str]
) -> None:
    error = await _failure(make(), http, _STRANGE)
    if error is None:
        return  # passed to the server as it is, whose answer was recorded
    check_hidden(secrets, "an error", as_printed(error))
    promise(
        isinstance(error, TriageError),
        "A cursor it did not write ends in an error a person can read, not in"
        f" {type(error).__name__}.",
    )


async def check_refusal(make: Callable[[], Connector], secrets: Sequence[str]) -> None:
    http = _Refusing()
    error = await _failure(make(), cast("Http", http), None)
    if error is not None:
        check_hidden(secrets, "an error", as_printed(error))
    promise(
        isinstance(error, SignInFailed) or not http.asked,
        "A refused sign-in reaches the person: a connector raises and never catches.",
    )


class _Refusing:
    """A client whose every question is refused."""

    def __init__(self) -> None:
        self.asked = False

    def at(self, *_: object, **__: object) -> _Refusing:
        return self

    def now(self) -> datetime:
        return datetime.now(UTC)

    def left(self, budget: Budget) -> int:
        return budget.calls

    def pages(self) -> _Refusing:
        return self

    def turn(self, cursor: str) -> str:
        return cursor

    def saw(self, content: bytes) -> None:
        pass

    async def get(self, *_: object, **__: object) -> NoReturn:
        self.asked = True
        raise SignInFailed("the key was refused")

    post = send = access_token = get


async def _failure(
    connector: Connector, http: Http | None, cursor: Cursor | None
) -> Exception | None:
    count = 0
    try:
        async with reading(connector, http, cursor) as stream:
            async for _ in stream:
                count += 1
                if count > LONGEST:
                    break
    except Exception as error:  # any: what kind it is, is the question
        return error
    return None


def as_printed(error: Exception) -> str:
    """All that a log or a screen could show of an error."""
    return f"{error!r} {''.join(traceback.format_exception(error))}"
