"""Issues of GitHub, and where they stand on a project, as what is planned."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final

from triage.connector import (
    Act,
    ConfigError,
    Outgoing,
    Planned,
    Receipt,
    Report,
    Secret,
)
from triage_connectors import github_roadmap_acts, github_roadmap_planned
from triage_connectors.github_api import HOME
from triage_connectors.github_roadmap_api import Board, Forge

if TYPE_CHECKING:
    from triage.transport import Http

_REPO: Final = re.compile(r"[A-Za-z0-9][\w.-]{0,99}/[\w.-]{1,100}", re.ASCII)
_BOARD: Final = re.compile(
    r"(?:https://[^/\s]+/(?:orgs|users)/)?([A-Za-z0-9][A-Za-z0-9-]{0,38})"
    r"/(?:projects/)?([1-9][0-9]{0,8})(?:/.*)?"
)


@dataclass(frozen=True, slots=True)
class GitHubRoadmap:
    """
    Issues of GitHub: found, linked, created and commented on.

    What is closed as completed is shipped, what is closed as not planned is dropped. A
    duplicate, and what is open, means what ``statuses`` says of those words: GitHub
    does not tell whether anybody plans it. With a project, the word of its status field
    is an issue's state, and that an issue is closed still says as what.

    Attributes:
        repo: The repository as owner/name.
        token: A personal access token that may read and write issues there, and read
            the project.
        project: A project of the new kind, as owner/number or its address; its status
            field is read.
        status_field: What that field is called.
        labels: What is created has these labels, where the token may set them.
        statuses: By a state's name what it means: planned, in_progress, shipped or
            dropped.
        api: Where the API of GitHub Enterprise is: https://github.acme.com/api/v3.
    """

    summary: ClassVar[str] = "Issues and projects of GitHub, as what is planned"
    acts: ClassVar[Mapping[str, Act]] = github_roadmap_acts.ACTS

    repo: str
    token: Secret
    project: str = ""
    status_field: str = "Status"
    labels: tuple[str, ...] = ()
    statuses: Mapping[str, str] = field(default_factory=dict)
    api: str = HOME

    def __post_init__(self) -> None:
        if not _REPO.fullmatch(self.repo):
            raise ConfigError(
                f"{self.repo!r} is no name of a repository; of"
                " https://github.com/acme/app it is acme/app",
                missing="repo",
            )
        if self.project and not _BOARD.fullmatch(self.project):
            raise ConfigError(
                f"{self.project!r} is no project; of"
                " https://github.com/orgs/acme/projects/3 it is acme/3"
            )

    @property
    def board(self) -> Board | None:
        """The project whose status field is read; None where none is."""
        found = _BOARD.fullmatch(self.project)
        return Board(found[1], int(found[2]), self.status_field) if found else None

    async def planned(self, http: Http, keys: Sequence[str]) -> Sequence[Planned]:
        """Return those issues as they are now, of whatever repository."""
        return await github_roadmap_planned.those(
            self._forge(http), self.board, self.repo, keys
        )

    async def find(self, http: Http, text: str, limit: int) -> Sequence[Planned]:
        """Return issues of the repository that say so, best first."""
        return await github_roadmap_planned.found(
            self._forge(http), self.board, self.repo, text, limit
        )

    async def check(self, http: Http) -> Report:
        """Return whose token it is, and what it may see and write."""
        return await github_roadmap_planned.report(
            self._forge(http), self.board, self.repo
        )

    async def send(self, http: Http, outgoing: Outgoing) -> Receipt:
        """Create an issue, or comment on one; a link is a comment."""
        return await github_roadmap_acts.send(self._forge(http), self, outgoing)

    async def sent(self, http: Http, outgoing: Outgoing) -> Receipt | None:
        """Return what is there of it already; None where nothing is."""
        return await github_roadmap_acts.sent(self._forge(http), self, outgoing)

    def _forge(self, http: Http) -> Forge:
        return Forge.at(http, self.api, self.token)
