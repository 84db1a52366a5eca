"""What Front is asked: its events, a conversation's messages, whose key it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from triage.connector import Budget, Secret, SignInFailed, SourceUnavailable
from triage_connectors.payload import found, rows, text, within
from triage_connectors.tokens import shared_by

if TYPE_CHECKING:
    from triage.transport import Http, Response

EVENTS: Final = 15
"""Events in a page; Front gives no more."""
MESSAGES: Final = 100
CALLS: Final = 50
"""Calls a minute of the smallest plan; of a larger one each answer says how many."""

SAID: Final = ("inbound", "outbound", "out_reply")
"""Types of events that tell a message."""
CHANGED: Final = (
    "archive",
    "reopen",
    "trash",
    "restore",
    "tag",
    "untag",
    "conversations_merged",
    "ticket_status_update",
)
"""Types of events that change what is true of a conversation."""


def budget(token: Secret) -> Budget:
    """What may be asked with a key; Front counts by company."""
    return Budget(name=f"front {shared_by(token)}", calls=CALLS, seconds=60)


@dataclass(frozen=True, slots=True)
class FrontApi:
    """
    Front's Core API, with a key.

    Attributes:
        inboxes: Ids of the inboxes whose events are wanted; all where there are none.
    """

    http: Http
    token: Secret
    inboxes: Sequence[str] = ()

    async def me(self) -> Response:
        """Whose key it is."""
        return await self.http.get("me", auth=self.token)

    async def inboxes_there(self) -> Response:
        """The company's inboxes; status 403 where the key may not list them."""
        return await self.http.get("inboxes", auth=self.token, allow={403})

    async def events(
        self,
        types: Sequence[str],
        after: datetime | None,
        page: str = "",
        *,
        count: int = EVENTS,
        newest: bool = False,
    ) -> Response:
        """
        A page of events, the oldest first; status 400 where the page is unknown.

        Args:
            after: Those before are left out.
            page: The token of a page; "" for the first.
        """
        asked = [("q[types][]", one) for one in types]
        asked += [("q[inboxes][]", one) for one in self.inboxes]
        if after is not None:
            asked.append(("q[after]", f"{after.timestamp():.3f}"))
        asked += [
            ("limit", str(count)),
            ("sort_by", "created_at"),
            ("sort_order", "desc" if newest else "asc"),
        ]
        if page:
            asked.append(("page_token", page))
        answer = await self.http.get(
            f"events?{urlencode(asked)}",
            auth=self.token,
            allow={400, 403} if page else {403},
        )
        return _let_in(answer, "events:*:read")

    async def messages(
        self, conversation: str, *, whole: bool
    ) -> list[dict[str, Any]] | None:
        """
        A conversation's messages, the oldest first; None where it is there no more.

        Args:
            whole: Whether all are wanted, or only the first.
        """
        told: list[dict[str, Any]] = []
        turns, page = self.http.pages(), ""
        while True:
            asked = {
                "limit": str(MESSAGES if whole else 1),
                "sort_by": "created_at",
                "sort_order": "asc",
            }
            if turns.turn(page):
                asked["page_token"] = page
            answer = await self.http.get(
                f"conversations/{conversation}/messages",
                params=asked,
                auth=self.token,
                allow={403, 404},
            )
            if _let_in(answer, "messages:read").status == 404:
                return None
            turns.saw(answer.content)
            values = found(answer)
            told += rows(values, "_results")
            page = next_page(values)
            if not page or not whole:
                return told


def _let_in(answer: Response, scope: str) -> Response:
    if answer.status != 403:
        return answer
    raise SignInFailed(
        "Front does not let this token read what it is asked for (403): give it the"
        f" scope {scope}"
    )


def next_page(values: Mapping[str, Any]) -> str:
    """
    The token of the page after an answer; "" after the last.

    Front links to a host of the company's own: of the link only the token is taken.
    """
    link = text(within(values, "_pagination"), "next")
    if not link:
        return ""
    token = parse_qs(urlsplit(link[:4000]).query).get("page_token", [""])[0]
    if not token:
        raise SourceUnavailable(
            "Front links to a next page without its token; try again later"
        )
    return token
