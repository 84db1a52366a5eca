"""What is asked of a Zammad desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Secret, SourceUnavailable
from triage_connectors import payload

if TYPE_CHECKING:
    from triage.transport import Http, Response
    from triage_connectors.zammad import Zammad as Settings

FOUND: Final = 200
"""Tickets in one answer of a search, at most; older desks give 100."""
SAID: Final = 500
"""Articles in one answer of the list of all."""
LISTED: Final = 100
"""Tickets in one answer of the list, at most."""
CAP: Final = 10_000
"""Tickets of one search that can be paged to: Elasticsearch gives no more."""

_UNSEARCHABLE: Final = frozenset({404, 422})
_UNLISTED: Final = frozenset({403, 404})


@dataclass(frozen=True, slots=True)
class Zammad:
    """A desk, and the key that opens it."""

    http: Http
    auth: Secret

    @classmethod
    def of(cls, http: Http, settings: Settings) -> Zammad:
        """The desk the settings name."""
        url = f"{settings.url.strip().rstrip('/')}/api/v1"
        return cls(http.at(url), Secret(f"Token token={settings.token.reveal()}"))

    async def me(self) -> dict[str, Any]:
        """Whose token it is."""
        return payload.found(await self._get("users/me", {"expand": "true"}))

    async def changed(
        self, begin: datetime, end: datetime, page: int, count: int = FOUND
    ) -> list[dict[str, Any]] | None:
        """
        Return tickets changed in that time, earliest first.

        None where the desk does not search. A star for an open end would not do: the
        desk takes stars out of a query.
        """
        params: dict[str, str | int] = {
            **_searched(begin, end),
            "sort_by": "updated_at",
            "order_by": "asc",
            "page": page,
            "per_page": count,
            "expand": "true",
        }
        answer = await self._get("tickets/search", params, allow=_UNSEARCHABLE)
        return None if answer.status in _UNSEARCHABLE else payload.listed(answer)

    async def many(self, begin: datetime, end: datetime) -> int | None:
        """How many changed in that time; None where the desk does not say."""
        params: dict[str, str | int] = _searched(begin, end)
        params |= {"with_total_count": "true", "per_page": 1}
        answer = await self._get("tickets/search", params, allow=_UNSEARCHABLE)
        told = answer.json()
        many = payload.number(told, "total_count") if isinstance(told, dict) else None
        return None if many is None else int(many)

    async def tickets(self, page: int, count: int = LISTED) -> list[dict[str, Any]]:
        """Tickets in the order of their numbers."""
        params: dict[str, str | int] = {"page": page, "per_page": count}
        params["expand"] = "true"
        return payload.listed(await self._get("tickets", params))

    async def states(self) -> list[dict[str, Any]]:
        """The states tickets may have."""
        return payload.listed(await self._get("ticket_states", {"expand": "true"}))

    async def articles(self, ticket: str) -> list[dict[str, Any]] | None:
        """What was said in a ticket; None where it is not there any more."""
        path = f"ticket_articles/by_ticket/{ticket}"
        answer = await self._get(path, {"expand": "true"}, allow={404})
        if answer.status == 404:
            return None
        told = payload.listed(answer)
        if any(payload.key(one, "ticket_id") != ticket for one in told):
            raise SourceUnavailable(
                f"{answer.where} told what was said in another ticket; try again later"
            )
        return told

    async def said(self, page: int, count: int = SAID) -> list[dict[str, Any]] | None:
        """
        Articles of all tickets in the order of their numbers.

        None where the token may not, which takes the permission admin.
        """
        params: dict[str, str | int] = {"page": page, "per_page": count}
        params["expand"] = "true"
        answer = await self._get("ticket_articles", params, allow=_UNLISTED)
        return None if answer.status in _UNLISTED else payload.listed(answer)

    async def tags(self, ticket: str) -> list[str]:
        """A ticket's tags."""
        answer = await self._get("tags", {"object": "Ticket", "o_id": ticket})
        return payload.texts(payload.found(answer), "tags")

    async def _get(
        self,
        path: str,
        params: Mapping[str, str | int],
        allow: frozenset[int] | set[int] = frozenset(),
    ) -> Response:
        headers = {"Authorization": self.auth}
        return await self.http.get(path, params=params, headers=headers, allow=allow)


def _searched(begin: datetime, end: datetime) -> dict[str, str | int]:
    return {"query": f"updated_at:[{_stamp(begin)} TO {_stamp(end)}]"}


def _stamp(at: datetime) -> str:
    """A time as Zammad writes it, to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
