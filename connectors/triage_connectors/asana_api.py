"""What is asked of Asana: its REST interface, version 1.0."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Budget, Secret
from triage_connectors import payload
from triage_connectors.tokens import shared_by

if TYPE_CHECKING:
    from triage.transport import Http, Response
    from triage_connectors.asana import Asana as Settings

AT_ONCE: Final = 100
"""Rows in an answer, at most."""

_CALLS: Final = 150
"""A minute, of a token where Asana is free; ten times as many where it is paid."""
_SEARCHES: Final = 60
_FIELDS: Final = (
    "name,completed,approval_status,permalink_url,assignee.name,due_on,modified_at,"
    "memberships.project,memberships.section.name,"
    "custom_fields.name,custom_fields.display_value"
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asana:
    """
    Asana, and the token that opens it.

    Attributes:
        searching: The same client, which counts searches as well.
    """

    http: Http
    searching: Http
    token: Secret

    @classmethod
    def of(cls, http: Http, settings: Settings) -> Asana:
        """Asana as the settings sign in to it."""
        name = f"asana {shared_by(settings.token)}"
        calls = Budget(name=name, calls=_CALLS, seconds=60)
        searches = Budget(name=f"{name} search", calls=_SEARCHES, seconds=60)
        home = settings.url.strip()
        return cls(http.at(home, calls), http.at(home, calls, searches), settings.token)

    async def me(self) -> Row:
        """Whose token it is."""
        return _data(await self._get("users/me", {"opt_fields": "name,email"}))

    async def project(self, gid: str) -> Row:
        """A project, and the workspace it is in."""
        fields = "name,workspace.name"
        return _data(await self._get(f"projects/{gid}", {"opt_fields": fields}))

    async def sections(self, gid: str) -> list[Row]:
        """The sections of a project, in their order; a hundred at most."""
        asked = {"opt_fields": "name", "limit": AT_ONCE}
        return _rows(await self._get(f"projects/{gid}/sections", asked))

    async def task(self, gid: str) -> Row | None:
        """A task; None where it is not there any more."""
        answer = await self._get(f"tasks/{gid}", {"opt_fields": _FIELDS}, {404})
        return None if answer.status == 404 else _data(answer)

    def tasks(self, project: str, fields: str = _FIELDS) -> AsyncIterator[Row]:
        """Every task of a project, completed ones too."""
        return self._all(f"projects/{project}/tasks", fields)

    def stories(self, task: str) -> AsyncIterator[Row]:
        """What is said below a task, and what happened to it, earliest first."""
        return self._all(f"tasks/{task}/stories", "html_text,created_at,type")

    async def search(self, workspace: str, project: str, text: str) -> list[Row] | None:
        """Tasks of a project that say so; None where only who pays may search."""
        asked = {"text": text, "projects.any": project, "opt_fields": _FIELDS}
        answer = await self.searching.get(
            f"workspaces/{workspace}/tasks/search",
            params=asked,
            auth=self.token,
            allow={402},
        )
        return None if answer.status == 402 else _rows(answer)

    async def typed(self, workspace: str, text: str) -> list[Row]:
        """Tasks of a workspace whose names go on like this, as Asana guesses them."""
        asked = {
            "resource_type": "task", "query": text, "count": AT_ONCE,
            "opt_fields": _FIELDS,
        }  # fmt: skip
        return _rows(await self._get(f"workspaces/{workspace}/typeahead", asked))

    async def add(self, project: str, name: str, html: str) -> Row:
        """Add a task, whether or not there is such a one."""
        told = {"name": name, "html_notes": html, "projects": [project]}
        return await self._post("tasks", told, "permalink_url,created_at")

    async def say(self, task: str, html: str) -> Row:
        """Comment on a task, whether or not that is there."""
        path = f"tasks/{task}/stories"
        return await self._post(path, {"html_text": html}, "created_at")

    async def _post(self, path: str, told: Mapping[str, Any], fields: str) -> Row:
        answer = await self.http.post(
            path, json={"data": told}, params={"opt_fields": fields}, auth=self.token
        )
        return _data(answer)

    async def _get(
        self, path: str, asked: Mapping[str, Any], allow: Collection[int] = ()
    ) -> Response:
        return await self.http.get(path, params=asked, auth=self.token, allow=allow)

    async def _all(self, path: str, fields: str) -> AsyncIterator[Row]:
        pages, offset = self.http.pages(), ""
        while True:
            asked = {"opt_fields": fields, "limit": AT_ONCE}
            more = {"offset": pages.turn(offset)} if offset else {}
            answer = await self._get(path, {**asked, **more})
            pages.saw(answer.content)
            for row in _rows(answer):
                yield row
            following = payload.within(payload.found(answer), "next_page")
            offset = payload.text(following, "offset")
            if not offset:
                return


def _data(answer: Response) -> Row:
    told = payload.within(payload.found(answer), "data")
    payload.must_be_key(told, "gid")
    return told


def _rows(answer: Response) -> list[Row]:
    return payload.rows(payload.found(answer), "data")
