"""What Jira is asked: a search that brings comments along, and little else."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from triage.connector import ConfigError, Secret, SourceUnavailable
from triage_connectors import payload

if TYPE_CHECKING:
    from triage.transport import Http, Response

AT_ONCE: Final = 100
"""Requests, or comments of one, in an answer; it may be fewer."""

_SKEW: Final = timedelta(minutes=2)
"""How far Jira's clock may be from ours."""
_ALWAYS: Final = (
    "summary", "description", "comment", "reporter", "creator", "status", "resolution",
    "resolutiondate", "labels", "created", "updated", "attachment",
)  # fmt: skip
_MADE: Final = "com.atlassian.servicedesk:"


@dataclass(frozen=True, slots=True)
class Fields:
    """
    The fields of a site that are read beside those every request has, by their ids.

    Attributes:
        rating: How satisfied the customer was; "" where there is no such field.
        rated_at: When they said so.
        organizations: Whom the customer belongs to.
        wanted: What the setting ``fields`` names, by our names.
    """

    rating: str = ""
    rated_at: str = ""
    organizations: str = ""
    wanted: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> list[str]:
        """All that is asked for in a search."""
        own = (self.rating, self.rated_at, self.organizations)
        return [*_ALWAYS, *filter(None, own), *self.wanted.values()]


@dataclass(frozen=True, slots=True)
class Jira:
    """
    A site that lets us in with an account's token.

    Attributes:
        clock: The client, for its time and its guard against circles.
        http: The same, at the site.
    """

    clock: Http
    http: Http
    auth: tuple[str, Secret]

    async def get(
        self, path: str, allow: Sequence[int] = (), **params: Any
    ) -> Response:
        """Return what is there."""
        return await self.http.get(
            path,
            params=params,
            auth=self.auth,
            allow=allow,
            headers={"X-ExperimentalApi": "opt-in"},
        )

    async def fields(self, wanted: Mapping[str, str]) -> Fields:
        """Return the ids of the fields that are read, whatever the site calls them."""
        there = payload.listed(await self.get("rest/api/3/field"))
        kinds = {
            payload.text(payload.within(one, "schema"), "custom"): payload.key(one)
            for one in there
        }
        named = {
            payload.text(one, "name").casefold(): payload.key(one) for one in there
        }
        ids = {payload.key(one) for one in there}
        found = {}
        for ours, theirs in wanted.items():
            name = theirs if theirs in ids else named.get(theirs.casefold(), "")
            if not name:
                raise ConfigError(
                    f"there is no field {theirs!r} the account of the token may see;"
                    " look at the spelling in the setting fields"
                )
            found[ours] = name
        return Fields(
            kinds.get(f"{_MADE}sd-request-feedback", ""),
            kinds.get(f"{_MADE}sd-request-feedback-date", ""),
            kinds.get(f"{_MADE}sd-customer-organizations", ""),
            found,
        )

    async def search(
        self, jql: str, fields: Sequence[str], token: str
    ) -> tuple[list[dict[str, Any]], str, bytes]:
        """Return a page, the token of the next ("" after the last) and its bytes."""
        asked: dict[str, Any] = {
            "jql": jql, "fields": list(fields), "maxResults": AT_ONCE,
        }  # fmt: skip
        if token:
            asked["nextPageToken"] = token
        answer = await self._post("rest/api/3/search/jql", asked)
        told = payload.found(answer)
        rows = payload.rows(told, "issues")
        following = payload.text(told, "nextPageToken")
        return rows, "" if told.get("isLast") is True else following, answer.content

    async def count(self, jql: str) -> float | None:
        """Return about how many a search would find."""
        answer = await self._post("rest/api/3/search/approximate-count", {"jql": jql})
        return payload.number(payload.found(answer), "count")

    async def comments(self, name: str) -> list[dict[str, Any]] | None:
        """Return every comment of a request; None where it is there no more."""
        found: list[dict[str, Any]] = []
        while True:
            answer = await self.get(
                f"rest/api/3/issue/{name}/comment",
                (404,),
                startAt=len(found),
                maxResults=AT_ONCE,
                orderBy="created",
            )
            if answer.status == 404:
                return None
            told = payload.found(answer)
            rows = payload.rows(told, "comments")
            if payload.number(told, "startAt") != len(found):
                raise SourceUnavailable(
                    f"{answer.where} answered other comments than it was asked for; try"
                    " again later"
                )
            found += rows
            if not rows or len(found) >= (payload.number(told, "total") or 0):
                return found

    async def feedback(self, name: str) -> dict[str, Any]:
        """Return how satisfied a customer said to be; empty where nobody may tell."""
        path = f"rest/servicedeskapi/request/{name}/feedback"
        answer = await self.get(path, (404,))
        return payload.found(answer) if answer.status == 200 else {}

    async def _post(self, path: str, asked: Mapping[str, Any]) -> Response:
        answer = await self.http.post(
            path, json=asked, auth=self.auth, allow=(400,), idempotent=True
        )
        if answer.status == 400:
            why = "; ".join(payload.texts(payload.found(answer), "errorMessages"))
            raise ConfigError(
                f"Jira refuses the search for these projects ({why[:200]}); look at the"
                " setting projects, and whether the account of the token has the right"
                " to browse them"
            )
        return answer


def query(projects: Sequence[str], begin: datetime | None, now: datetime) -> str:
    """
    Return the search for what changed since, the earliest first.

    A date in it would be read in the zone of the account, which may be any; so it says
    how many minutes ago, and some more for clocks that differ.
    """
    named = ", ".join(f'"{key}"' for key in projects)
    since = ""
    if begin is not None:
        ago = math.ceil(max(timedelta(), now - begin + _SKEW).total_seconds() / 60) + 1
        since = f' AND updated >= "-{ago}m"'
    return f"project in ({named}){since} ORDER BY updated ASC, key ASC"
