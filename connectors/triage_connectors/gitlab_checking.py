"""What GitLab says of our account and of a project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from triage.connector import Report
from triage.text.display import one_line
from triage_connectors import payload
from triage_connectors.gitlab_api import GitLab, Row

if TYPE_CHECKING:
    from triage_connectors.gitlab import GitLab as Settings

_GUEST: Final = 10
"""The level of access that may file issues and comment, and all above it."""

_READERS: Final = {
    "public": "everybody: the project is public",
    "internal": "everybody who signs in there",
    "private": "members of the project",
}


async def report(gitlab: GitLab, settings: Settings) -> Report:
    """Return whose token it is, where it files and what it may."""
    user = await gitlab.user()
    project = await gitlab.project(settings.path)
    name = payload.text(project, "path_with_namespace") or settings.path
    facts = {
        "files in": one_line(name),
        "may": _may(project, await gitlab.scopes()),
        "states": "opened and closed"
        + (f", labels of {settings.scope}::" if settings.scope.strip() else "")
        + (", labels that statuses names" if settings.statuses else ""),
    }
    readers = _READERS.get(payload.text(project, "visibility"))
    if readers:
        facts["read by"] = readers
    if payload.text(project, "issues_access_level") == "disabled":
        facts["issues"] = "switched off in this project"
    who = payload.text(user, "username") or "a token"
    return Report(
        account=one_line(f"{who} at {settings.url.strip()}, project {name}"),
        facts=facts,
    )


def _may(project: Row, scopes: Sequence[str]) -> str:
    if scopes and "api" not in scopes:
        return f"read alone: the token's scope is {one_line(', '.join(scopes), 80)}"
    levels = [
        payload.number(payload.within(project, "permissions", name), "access_level")
        for name in ("project_access", "group_access")
    ]
    if max((level for level in levels if level is not None), default=0) >= _GUEST:
        return "read, file issues and comment"
    return "read; whether it may write, GitLab does not tell beforehand"
