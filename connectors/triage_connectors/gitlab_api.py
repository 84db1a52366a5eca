"""What is asked of a GitLab: its REST interface, version 4."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

from triage.connector import Budget, Secret
from triage_connectors import payload
from triage_connectors.tokens import shared_by

if TYPE_CHECKING:
    from triage.transport import Http, Response
    from triage_connectors.gitlab import GitLab as Settings

AT_ONCE: Final = 100
"""Rows in an answer, at most."""

_CLOUD: Final = "gitlab.com"
_CLOUD_CALLS: Final = 2_000  # a minute, of one account at GitLab.com

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GitLab:
    """A GitLab, and the token that opens it."""

    http: Http
    token: Secret

    @classmethod
    def of(cls, http: Http, settings: Settings) -> GitLab:
        """The GitLab the settings name."""
        home = settings.url.strip().rstrip("/")
        budgets = []
        if urlsplit(home).hostname == _CLOUD:
            name = f"gitlab {shared_by(settings.token)}"
            budgets.append(Budget(name=name, calls=_CLOUD_CALLS, seconds=60))
        return cls(http.at(f"{home}/api/v4", *budgets), settings.token)

    async def user(self) -> Row:
        """Whose token it is."""
        return payload.found(await self._get("user"))

    async def scopes(self) -> Sequence[str]:
        """What the token may at all; nothing where that is not told."""
        path = "personal_access_tokens/self"
        answer = await self._get(path, allow={400, 404})
        if answer.status in {400, 404}:
            return ()
        return payload.texts(payload.found(answer), "scopes")

    async def project(self, path: str) -> Row:
        """A project, with what the token's account may in it."""
        return payload.found(await self._get(_at(path)))

    async def issues(self, path: str, **asked: Any) -> list[Row]:
        """A page of issues; nothing where there is no such project any more."""
        told = {"scope": "all", "per_page": AT_ONCE, **asked}
        answer = await self._get(f"{_at(path)}/issues", told, {404})
        return [] if answer.status == 404 else payload.listed(answer)

    async def numbered(self, path: str, numbers: Sequence[str]) -> list[Row]:
        """The issues of these numbers, of which a hundred go into a page."""
        asked = {"scope": "all", "iids[]": numbers}
        return [row async for row in self._rows(f"{_at(path)}/issues", asked, {404})]

    async def file(self, path: str, title: str, text: str) -> Row:
        """File an issue, whether or not there is such a one."""
        made = await self.http.post(
            f"{_at(path)}/issues",
            json={"title": title, "description": text},
            headers=self._signed,
        )
        return payload.found(made)

    def notes(self, path: str, number: str) -> AsyncIterator[Row]:
        """What is said below an issue, newest first."""
        asked = {"order_by": "created_at", "sort": "desc"}
        return self._rows(f"{_at(path)}/issues/{number}/notes", asked)

    async def say(self, path: str, number: str, text: str) -> Row:
        """Comment on an issue, whether or not that is there."""
        made = await self.http.post(
            f"{_at(path)}/issues/{number}/notes",
            json={"body": text},
            headers=self._signed,
        )
        return payload.found(made)

    @property
    def _signed(self) -> Mapping[str, Secret]:
        return {"PRIVATE-TOKEN": self.token}

    async def _rows(
        self, path: str, asked: Mapping[str, Any], allow: Collection[int] = ()
    ) -> AsyncIterator[Row]:
        """Every row of a list; none where a refusal is allowed for."""
        pages, page = self.http.pages(), "1"
        while page:
            # The Link header names the host a proxy asks; the number does not.
            told = {"per_page": AT_ONCE, "page": pages.turn(page), **asked}
            answer = await self._get(path, told, allow)
            if answer.status in allow:
                return
            pages.saw(answer.content)
            for row in payload.listed(answer):
                yield row
            following = answer.headers.get("x-next-page", "").strip()
            page = following if following.isdecimal() else ""

    async def _get(
        self,
        path: str,
        params: Mapping[str, Any] | None = None,
        allow: Collection[int] = (),
    ) -> Response:
        return await self.http.get(
            path, params=params, headers=self._signed, allow=allow
        )


def _at(path: str) -> str:
    return f"projects/{quote(path, safe='')}"
