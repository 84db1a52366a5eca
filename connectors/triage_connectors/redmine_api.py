"""What is asked of a Redmine."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from triage.connector import ConfigError, Planned, Secret, SourceUnavailable
from triage_connectors import payload

if TYPE_CHECKING:
    from triage.transport import Http, Response
    from triage_connectors.redmine import Redmine as Settings

AT_ONCE: Final = 100
"""Issues of one answer at most, however many are asked for."""

_PROJECTS: Final = 5_000  # looked through at most

_KEY: Final = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Redmine:
    """A Redmine, and the key that opens it."""

    http: Http
    url: str
    headers: Mapping[str, Secret]

    @classmethod
    def of(cls, http: Http, settings: Settings) -> Redmine:
        """The one the settings name."""
        url = settings.url.strip().rstrip("/")
        return cls(http.at(url), url, {"X-Redmine-API-Key": settings.key})

    def shown(self, key: str) -> str:
        """Where an issue is read."""
        return f"{self.url}/issues/{key}"

    async def me(self) -> dict[str, Any]:
        """Whose key it is."""
        return _object(await self._get("users/current.json"), "user")

    async def project(self, name: str) -> dict[str, Any]:
        """A project, by its identifier."""
        for offset in range(0, _PROJECTS, AT_ONCE):
            page = {"limit": AT_ONCE, "offset": offset}
            answer = await self._get("projects.json", page)
            rows = payload.rows(payload.found(answer), "projects")
            for row in rows:
                if name in {payload.text(row, "identifier"), payload.key(row)}:
                    return row
            if len(rows) < AT_ONCE:
                break
        raise ConfigError(
            f"{answer.where} shows no project {name!r} to this key; set project=… to"
            " the identifier in its address"
        )

    async def statuses(self) -> list[dict[str, Any]]:
        """Every status there is."""
        answer = await self._get("issue_statuses.json")
        return payload.rows(payload.found(answer), "issue_statuses")

    async def trackers(self) -> list[dict[str, Any]]:
        """Every tracker there is."""
        answer = await self._get("trackers.json")
        return payload.rows(payload.found(answer), "trackers")

    async def issues(
        self, params: Mapping[str, str | int], limit: int = AT_ONCE
    ) -> list[dict[str, Any]]:
        """Issues of any status: unasked, Redmine tells open ones only."""
        asked: dict[str, str | int] = {"status_id": "*", "limit": min(limit, AT_ONCE)}
        answer = await self._get("issues.json", {**asked, **params})
        return payload.rows(payload.found(answer), "issues")

    async def those(self, keys: Sequence[str]) -> list[dict[str, Any]]:
        """Issues by their numbers; who is gone or not shown is missing."""
        wanted = [key for key in dict.fromkeys(keys) if _KEY.fullmatch(key)]
        found: list[dict[str, Any]] = []
        for at in range(0, len(wanted), AT_ONCE):
            some = wanted[at : at + AT_ONCE]
            rows = await self.issues({"issue_id": ",".join(some)})
            found += [row for row in rows if payload.key(row) in some]
        return found

    async def issue(self, key: str) -> dict[str, Any]:
        """One issue with its notes; ``ConfigError`` where there is none."""
        if not _KEY.fullmatch(key):
            raise ConfigError(f"{key!r} is no issue of a Redmine; one looks like 12")
        answer = await self._get(
            f"issues/{key}.json", {"include": "journals"}, allow={404}
        )
        if answer.status == 404:
            raise ConfigError(
                f"{answer.where} is there no more, or not shown to this key"
            )
        return _object(answer, "issue")

    async def create(self, issue: Mapping[str, Any]) -> dict[str, Any]:
        """File an issue; as it is there then."""
        answer = await self.http.post(
            "issues.json", json={"issue": issue}, headers=self.headers, allow={404, 422}
        )
        _refuse(answer)
        return _object(answer, "issue")

    async def note(self, key: str, text: str) -> None:
        """Add a note to an issue."""
        answer = await self.http.send(
            "PUT", f"issues/{key}.json", json={"issue": {"notes": text}},
            headers=self.headers, allow={404, 422},
        )  # fmt: skip
        _refuse(answer)

    async def _get(
        self,
        path: str,
        params: Mapping[str, str | int] | None = None,
        allow: set[int] | frozenset[int] = frozenset(),
    ) -> Response:
        return await self.http.get(
            path, params=params, headers=self.headers, allow=allow
        )


def planned_of(api: Redmine, row: Mapping[str, Any]) -> Planned:
    """An issue as a plan; what its status means, Redmine does not say."""
    key = payload.must_be_key(row)
    return Planned(
        key=key,
        title=payload.text(row, "subject"),
        state=payload.text(payload.within(row, "status"), "name"),
        url=api.shown(key),
        owner=payload.text(payload.within(row, "assigned_to"), "name"),
        target=payload.text(payload.within(row, "fixed_version"), "name")
        or payload.text(row, "due_date"),
        updated_at=payload.moment(row, "updated_on"),
    )


def _object(answer: Response, name: str) -> dict[str, Any]:
    told = payload.within(payload.found(answer), name)
    if not told:
        raise SourceUnavailable(f"{answer.where} told no {name}; try again later")
    return told


def _refuse(answer: Response) -> None:
    if answer.status == 404:
        raise ConfigError(
            f"{answer.where} is not there, or not for this key; check the setting"
            " project and the key's role there"
        )
    if answer.status == 422:
        told = answer.json()
        why = payload.texts(told, "errors") if isinstance(told, dict) else []
        raise ConfigError(
            f"{answer.where} refused it: {'; '.join(why)[:300] or 'it says not why'}"
        )
