"""SurveyMonkey's API as the connector asks it, within a minute's and a day's limit."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Budget, ConfigError, Secret, SignInFailed
from triage_connectors import payload
from triage_connectors.surveymonkey_questions import Survey
from triage_connectors.tokens import shared_by

if TYPE_CHECKING:
    from triage.transport import Http, Response

HOSTS: Final = {
    "us": "https://api.surveymonkey.com/v3",
    "eu": "https://api.eu.surveymonkey.com/v3",
    "ca": "https://api.surveymonkey.ca/v3",
}
"""Where an account's data lies, and who answers for it (the reference's access URL)."""
SURVEYS: Final = 1000
"""Surveys of a page at most."""
RESPONSES: Final = 100
"""Responses of a page at most."""
A_MINUTE: Final = 120
A_DAY: Final = 500
"""Calls of a draft or private app; what the answers say counts where it differs."""
NAME: Final = re.compile(r"\d{1,20}")


@dataclass(frozen=True, slots=True)
class Answered:
    """
    A page of responses.

    Attributes:
        more: Whether the list goes on after it.
        content: The answer's bytes.
    """

    rows: list[dict[str, Any]]
    more: bool
    content: bytes


@dataclass(frozen=True, slots=True)
class Api:
    """One account, signed in to."""

    http: Http
    token: Secret
    minute: Budget
    day: Budget

    @classmethod
    def at(cls, http: Http, region: str, token: Secret) -> Api:
        """The account of a token, in one of the regions."""
        mark = shared_by(token)
        minute = Budget(name=f"surveymonkey {mark} minute", calls=A_MINUTE, seconds=60)
        day = Budget(name=f"surveymonkey {mark} day", calls=A_DAY, seconds=86400)
        return cls(http.at(HOSTS[region], minute, day), token, minute, day)

    async def me(self) -> dict[str, Any]:
        """Whose token it is; empty where it has no right to say."""
        answer = await self.http.get("users/me", auth=self.token, allow={403})
        return payload.found(answer) if answer.status != 403 else {}

    async def surveys(self) -> list[dict[str, Any]]:
        """Every survey, as the list tells it, with its number of responses."""
        turns = self.http.pages()
        found: list[dict[str, Any]] = []
        page = 1
        while True:
            turns.turn(str(page))
            answer = await self._answered(
                "surveys",
                {"page": page, "per_page": SURVEYS, "include": "response_count"},
            )
            told = payload.found(answer)
            turns.saw(answer.content)
            rows = payload.rows(told, "data")
            found += rows
            if not _goes_on(told, page, rows):
                return found
            page += 1

    async def survey(self, name: str) -> Survey | None:
        """A survey with its questions; None where there is none of that name."""
        answer = await self._answered(f"surveys/{name}/details", {}, {404})
        return None if answer.status == 404 else Survey.read(payload.found(answer))

    async def responses(
        self,
        survey: str,
        *,
        since: datetime | None,
        page: int = 1,
        partial: bool = False,
        size: int = RESPONSES,
    ) -> Answered | None:
        """Responses, what changed first coming first; None of no such survey."""
        asked: dict[str, str | int] = {
            "page": page,
            "per_page": size,
            "sort_by": "date_modified",
            "sort_order": "ASC",
        }
        if since is not None:
            asked["start_modified_at"] = f"{since:%Y-%m-%dT%H:%M:%S}+00:00"
        if not partial:
            asked["status"] = "completed"
        answer = await self._answered(f"surveys/{survey}/responses/bulk", asked, {404})
        if answer.status == 404:
            return None
        told = payload.found(answer)
        rows = payload.rows(told, "data")
        return Answered(rows, _goes_on(told, page, rows), answer.content)

    async def _answered(
        self, path: str, params: Mapping[str, str | int], allow: Collection[int] = ()
    ) -> Response:
        answer = await self.http.get(
            path, params=params, auth=self.token, allow={403, *allow}
        )
        if answer.status == 403:
            raise SignInFailed(
                f"SurveyMonkey does not let this token read {path} (403); give its app"
                " the scopes View Surveys, View Responses and View Response Details,"
                " for which the account needs a paid plan"
            )
        return answer


def missing(survey: str) -> ConfigError:
    """The error for a survey that is named in the settings and not there."""
    return ConfigError(
        f"SurveyMonkey has no survey {survey} that this token may read; check the"
        " settings surveys and region, a survey's number stands in the list of surveys"
    )


def _goes_on(told: payload.Values, page: int, rows: list[dict[str, Any]]) -> bool:
    """Whether a list has more pages than this one."""
    size = payload.number(told, "per_page") or len(rows)
    return bool(rows) and page * size < (payload.number(told, "total") or 0)
