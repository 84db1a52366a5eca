"""What is asked of a Freshdesk: tickets by time of change, and what belongs to them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Budget, Secret, SignInFailed
from triage_connectors import payload

if TYPE_CHECKING:
    from triage.transport import Http
    from triage.transport.response import Response

AT_ONCE: Final = 100
"""Rows in one answer."""
PAGES: Final = 300
"""Pages of one list; Freshdesk refuses those behind."""
INCLUDE: Final = "description,requester,stats"
COST: Final = 7
"""What a list of tickets costs with those: one call and two more for each."""
FIRST: Final = datetime(2010, 1, 1, tzinfo=UTC)
"""Before the first ticket there ever was; with no date come those of thirty days."""
_MOST: Final = 700
"""Calls a minute in the largest plan; in the others, answers say what is left."""


@dataclass(frozen=True, slots=True)
class Listed:
    """
    One page of a list of tickets, in order of change.

    Attributes:
        gap: What the list does not tell, in words; "" if nothing.
    """

    rows: list[dict[str, Any]]
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """An account, and who asks it."""

    http: Http
    key: Secret

    @classmethod
    def of(cls, http: Http, origin: str, key: Secret) -> Desk:
        """The desk at an address, its calls counted for all that share it."""
        budget = Budget(name=f"freshdesk {origin}", calls=_MOST, seconds=60)
        return cls(http.at(f"{origin}/api/v2", budget), key)

    async def ask(
        self,
        path: str,
        params: Mapping[str, str | int] | None = None,
        allow: Collection[int] = (),
    ) -> Response:
        """The answer to one question."""
        return await self.http.get(
            path, params=params or {}, auth=(self.key, "X"), allow=allow
        )

    async def tickets(
        self, since: datetime, page: int = 1, count: int = AT_ONCE, which: str = ""
    ) -> Response:
        """
        One page of the tickets changed in that second or later.

        Args:
            which: A filter such as "deleted"; "" for those that are there, told whole.
        """
        params: dict[str, str | int] = {
            "updated_since": _second(since),
            "order_by": "updated_at",
            "order_type": "asc",
            "per_page": count,
            "page": page,
        }
        params |= {"filter": which} if which else {"include": INCLUDE}
        return await self.ask("tickets", params)

    async def changed(self, since: datetime, which: str = "") -> AsyncIterator[Listed]:
        """
        Yield all tickets changed since, oldest change first; the last may come again.

        Each page is asked for by the last change of the one before: by its number it
        would leave out a row for each ticket that moves to the end meanwhile. Only a
        second that fills a page is read by numbers, and ends at Freshdesk's last.
        """
        turns = self.http.pages()
        anchor, page = since.replace(microsecond=0), 1
        while True:
            turns.turn(f"{anchor} {page}")
            answer = await self.tickets(anchor, page, which=which)
            turns.saw(answer.content)
            rows = payload.listed(answer)
            # The last page it gives names no next, though more may lie behind.
            is_cut = page == PAGES and len(rows) == AT_ONCE
            if not rows or not (answer.next_url or is_cut):
                yield Listed(rows)
                return
            last = payload.must_be_moment(rows[-1], "updated_at")
            if last >= anchor + timedelta(seconds=1):
                yield Listed(rows)
                anchor, page = last.replace(microsecond=0), 1
            elif page < PAGES:
                yield Listed(rows)
                page += 1
            else:
                yield Listed(rows, _too_many(anchor))
                anchor, page = anchor + timedelta(seconds=1), 1

    async def conversations(self, ticket: str) -> list[dict[str, Any]]:
        """All that was said in a ticket; nothing of one that is gone meanwhile."""
        return await self.all_of(f"tickets/{ticket}/conversations", allow={404})

    async def all_of(
        self, path: str, allow: Collection[int] = ()
    ) -> list[dict[str, Any]]:
        """Every row of a list; none where the answer is one that is allowed."""
        turns = self.http.pages()
        found: list[dict[str, Any]] = []
        page = 1
        while True:
            turns.turn(str(page))
            answer = await self.ask(path, {"per_page": AT_ONCE, "page": page}, allow)
            if answer.status >= 300:
                return found
            turns.saw(answer.content)
            found += payload.listed(answer)
            if not answer.next_url:
                return found
            page += 1

    async def ratings(self, since: datetime, page: int = 1) -> Response | None:
        """
        One page of the ratings made since; None where the plan has no surveys.

        Raises:
            SignInFailed: This key may not read them.
        """
        answer = await self.ask(
            "surveys/satisfaction_ratings",
            {"created_since": _second(since), "per_page": AT_ONCE, "page": page},
            {403},
        )
        if answer.status < 300:
            return answer
        if b"require_feature" in answer.content:
            return None
        raise SignInFailed(
            f"{answer.where} does not let this key read customers' ratings (403); give"
            " its agent a role that sees them, or leave them out with ratings=no"
        )


def _second(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _too_many(at: datetime) -> str:
    return (
        f"Freshdesk lists at most {PAGES} pages of tickets that changed in one second,"
        f" and {at.astimezone(UTC):%F %T} UTC has more: the rest did not come, and does"
        " once it changes again"
    )
