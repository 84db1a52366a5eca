"""What is asked of a Chatwoot account."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Secret, SignInFailed, SourceUnavailable
from triage_connectors import payload

if TYPE_CHECKING:
    from triage.transport import Http, Response
    from triage_connectors.chatwoot import Chatwoot as Settings

MESSAGES: Final = 20
"""Messages in one answer; fewer are the beginning of the conversation."""
BETWEEN: Final = 1000
"""Messages in one answer that has both ends; as many are not all of them."""
RATINGS: Final = 25
"""Ratings in one answer; fewer are the last."""

_REFUSED: Final = frozenset({401, 403})


@dataclass(frozen=True, slots=True)
class Conversations:
    """
    A page of the list of conversations.

    Attributes:
        rows: Those with the latest activity first.
        count: How many there are in all; None where it is not told.
    """

    rows: list[dict[str, Any]]
    count: int | None


@dataclass(frozen=True, slots=True)
class Chatwoot:
    """An account, and the key that opens it."""

    http: Http
    key: Secret

    @classmethod
    def of(cls, http: Http, settings: Settings) -> Chatwoot:
        """The account the settings name."""
        url = settings.url.strip().rstrip("/")
        return cls(http.at(f"{url}/api/v1/accounts/{settings.account}"), settings.token)

    async def conversations(self, page: int) -> Conversations:
        """A page of them, whatever their state and whoever they are given to."""
        params: dict[str, str | int] = {
            "status": "all",
            "assignee_type": "all",
            "page": page,
        }
        told = payload.found(await self._get("conversations", params))
        data = told.get("data")
        if not isinstance(data, dict):
            raise SourceUnavailable(
                "Chatwoot answered no list of conversations; check url and account in"
                " this source's settings, or try again later"
            )
        many = payload.number(payload.within(data, "meta"), "all_count")
        rows = payload.rows(data, "payload")
        return Conversations(rows, None if many is None else int(many))

    async def conversation(self, name: str) -> dict[str, Any] | None:
        """One of them; None where it is not there any more."""
        answer = await self._get(f"conversations/{name}", allow={404})
        return None if answer.status == 404 else payload.found(answer)

    async def messages(
        self, conversation: str, before: str = "", *, all_of_them: bool = False
    ) -> list[dict[str, Any]] | None:
        """
        The last messages of a conversation, or those before one; earliest first.

        None where the conversation is not there any more.

        Args:
            all_of_them: As far back as it goes; older servers tell twenty all the same.
        """
        path = f"conversations/{conversation}/messages"
        asked = {"before": before} if before else {}
        if all_of_them:
            asked["after"] = "1"
        answer = await self._get(path, asked, {404})
        if answer.status == 404:
            return None
        told = payload.rows(payload.found(answer), "payload")
        if any(payload.key(one, "conversation_id") != conversation for one in told):
            raise SourceUnavailable(
                f"{answer.where} told messages of another conversation; try again later"
            )
        return told

    async def ratings(
        self, begin: datetime, end: datetime, page: int
    ) -> list[dict[str, Any]]:
        """
        Ratings given in that time, earliest first.

        Raises:
            SignInFailed: They are an administrator's to read.
        """
        params: dict[str, str | int] = {
            "sort": "created_at",
            "since": int(begin.timestamp()),
            "until": int(end.timestamp()),
            "page": page,
        }
        answer = await self._get("csat_survey_responses", params, _REFUSED)
        if answer.status in _REFUSED:
            raise SignInFailed(
                f"{answer.where} is not let read with this token ({answer.status}):"
                " ratings are shown to administrators; use the token of an account with"
                " that role, or set ratings=false"
            )
        return payload.listed(answer)

    async def _get(
        self,
        path: str,
        params: Mapping[str, str | int] | None = None,
        allow: Collection[int] = (),
    ) -> Response:
        headers = {"api_access_token": self.key}
        return await self.http.get(path, params=params, headers=headers, allow=allow)
