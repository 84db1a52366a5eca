"""What is asked of a Gorgias: tickets in order of change, and each as a whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Budget, Secret
from triage_connectors import payload

if TYPE_CHECKING:
    from triage.transport import Http
    from triage.transport.response import Response

AT_ONCE: Final = 100
"""Rows in one answer."""
CALLS: Final = 120
"""Calls in a minute: forty in twenty seconds."""

Params = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Desk:
    """An account, and who asks it."""

    http: Http
    email: str
    key: Secret

    @classmethod
    def of(cls, http: Http, origin: str, email: str, key: Secret) -> Desk:
        """The desk at an address, its calls counted for all that use this key."""
        budget = Budget(name=f"gorgias {origin} {email}", calls=CALLS, seconds=60)
        return cls(http.at(f"{origin}/api", budget), email, key)

    async def ask(
        self, path: str, params: Params | None = None, allow: Collection[int] = ()
    ) -> Response:
        """The answer to one question."""
        return await self.http.get(
            path, params=params or {}, auth=(self.email, self.key), allow=allow
        )

    async def tickets(self, page: str = "", count: int = AT_ONCE) -> Response | None:
        """
        One page of all tickets, oldest change first, what is in the trash among them.

        None where that page is not known any more.
        """
        params: dict[str, str | int] = {
            "order_by": "updated_datetime:asc", "limit": count,
        }  # fmt: skip
        if page:
            params["cursor"] = page
        answer = await self.ask("tickets", params, {400} if page else ())
        return answer if answer.status < 300 else None

    async def ticket(self, name: str, fields: bool) -> dict[str, Any] | None:
        """One ticket with all that was said in it; None where it is no more."""
        params: Params = {"relationships": "custom_fields"} if fields else {}
        answer = await self.ask(f"tickets/{name}", params, {404})
        if answer.status >= 300:
            return None
        told = payload.found(answer)
        payload.must_be_key(told)
        payload.rows(told, "messages")
        return told

    async def said(self, page: str = "", count: int = AT_ONCE) -> Response:
        """
        One page of all tickets' messages, the earliest first.

        Status 400 where that page is not known any more.
        """
        params: dict[str, str | int] = {
            "order_by": "created_datetime:asc", "limit": count,
        }  # fmt: skip
        if page:
            params["cursor"] = page
        return await self.ask("messages", params, {400} if page else ())

    async def messages(self, ticket: str) -> list[dict[str, Any]]:
        """All messages of a ticket, for one that has more than it tells itself."""
        turns = self.http.pages()
        params: dict[str, str | int] = {
            "ticket_id": ticket,
            "order_by": "created_datetime:asc",
            "limit": AT_ONCE,
        }
        found: list[dict[str, Any]] = []
        page = ""
        while True:
            if turns.turn(page):
                params["cursor"] = page
            answer = await self.ask("messages", params)
            turns.saw(answer.content)
            found += payload.rows(payload.found(answer), "data")
            page = following(answer)
            if not page:
                return found

    async def surveys(self, page: str) -> Response:
        """One page of all surveys, the newest first."""
        params: dict[str, str | int] = {
            "order_by": "created_datetime:desc", "limit": AT_ONCE,
        }  # fmt: skip
        if page:
            params["cursor"] = page
        return await self.ask("satisfaction-surveys", params)


def following(answer: Response) -> str:
    """The page behind this one, in Gorgias' own word; "" on the last."""
    return payload.text(payload.within(payload.found(answer), "meta"), "next_cursor")


def total(answer: Response) -> float | None:
    """How many there are of what is listed; None where that is not told."""
    listed = payload.found(answer)
    payload.rows(listed, "data")
    return payload.number(payload.within(listed, "meta"), "total_resources")
