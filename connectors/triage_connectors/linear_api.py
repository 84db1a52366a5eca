"""Linear as the tracker asks it: one address for every question."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from triage.connector import (
    Budget,
    Secret,
    SignInFailed,
    SourceError,
    SourceUnavailable,
)
from triage.text.display import one_line
from triage_connectors import payload

if TYPE_CHECKING:
    from triage.transport import Http

HOME: Final = "https://api.linear.app"
AT_ONCE: Final = 100
"""Rows of any page: a question may cost 10,000 points, and each row costs a few."""

_SEARCHES: Final = Budget(name="linear search", calls=30, seconds=60)
"""As the description of its searches in Linear's schema has it."""
_LET_IN: Final = frozenset({"AUTHENTICATION_ERROR", "FORBIDDEN"})


class Missing(SourceError):
    """What was asked for by its name is not there."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """
    A workspace of Linear, signed in to.

    Attributes:
        http: For everything but searches.
        searches: For searches, which have a limit of their own.
    """

    http: Http
    searches: Http
    token: Secret

    @classmethod
    def at(cls, http: Http, address: str, token: Secret) -> Workspace:
        """The workspace the token is of, asked at that address."""
        home = address.strip().rstrip("/").removesuffix("/graphql")
        return cls(http.at(home), http.at(home, _SEARCHES), token)

    async def asked(self, query: str, **variables: Any) -> dict[str, Any]:
        """Return the data a question brought; asking again changes nothing."""
        return await self._answered(self.http, query, variables, idempotent=True)

    async def searched(self, query: str, **variables: Any) -> dict[str, Any]:
        """The same of a search."""
        return await self._answered(self.searches, query, variables, idempotent=True)

    async def told(self, query: str, name: str, **values: Any) -> dict[str, Any]:
        """
        Return what a mutation made, which is tried once.

        Raises:
            SignInFailed: The key may not.
            SourceError: Linear did not take it, and why.
        """
        asked = {"input": values}
        data = await self._answered(self.http, query, asked, idempotent=False)
        made = payload.within(data, name)
        if made.get("success") is not True:
            raise SourceError("Linear did not take it and does not say why")
        return made

    async def pages(
        self, query: str, name: str, **variables: Any
    ) -> AsyncIterator[dict[str, Any]]:
        """Yield every row of a list."""
        after, circle = None, self.http.pages()
        while True:
            data = await self.asked(query, first=AT_ONCE, after=after, **variables)
            found = rows(data, name)
            for row in found:
                yield row
            place = payload.within(data, name, "pageInfo")
            after = payload.text(place, "endCursor")
            if place.get("hasNextPage") is not True or not after:
                return
            circle.turn(after)

    async def _answered(
        self, http: Http, query: str, variables: Mapping[str, Any], *, idempotent: bool
    ) -> dict[str, Any]:
        answer = await http.post(
            "graphql",
            json={"query": query, "variables": dict(variables)},
            # A personal key stands there without the word Bearer.
            headers={"Authorization": self.token},
            # That is how it says what is wrong, in GraphQL's way.
            allow={400},
            idempotent=idempotent,
        )
        told = payload.found(answer)
        errors = payload.inside(told, "errors")
        if errors:
            raise _refused(errors)
        data = told.get("data")
        if not isinstance(data, dict):
            raise SourceUnavailable(
                f"{answer.where} answered without data; try again later"
            )
        return data


def rows(data: payload.Values, name: str) -> list[dict[str, Any]]:
    """Return the rows of a list that was asked for."""
    return payload.rows(payload.within(data, name), "nodes")


def _refused(errors: list[dict[str, Any]]) -> SourceError:
    codes = {payload.text(payload.within(one, "extensions"), "code") for one in errors}
    message = payload.text(errors[0], "message")
    shown = payload.text(
        payload.within(errors[0], "extensions"), "userPresentableMessage"
    )
    said = f": “{one_line(shown or message, 200)}”" if shown or message else ""
    if codes & _LET_IN:
        return _shut_out(said)
    if message.startswith("Entity not found"):
        return Missing(f"there is no such thing at Linear{said}")
    if "INPUT_ERROR" in codes:
        return SourceError(f"Linear did not take it{said}; look at it and try again")
    return SourceUnavailable(f"Linear refused what was asked{said}; try again later")


def _shut_out(said: str) -> SignInFailed:
    return SignInFailed(
        f"Linear does not let this key in{said}; check that it is a personal API key,"
        " that it is still there, and that it may read and write the team's issues"
    )
