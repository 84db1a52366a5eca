"""Issues of a GitLab project: how far they have come, and new ones from pain points."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
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
from triage_connectors import gitlab_checking, gitlab_told
from triage_connectors.gitlab_api import GitLab as Api
from triage_connectors.gitlab_rows import Reading

if TYPE_CHECKING:
    from triage.transport import Http

_PROJECT: Final = re.compile(r"[\w.-]+(?:/[\w.-]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class GitLab:
    """
    Issues of one project at GitLab.com or at a GitLab of your own.

    GitLab says of an issue whether it is open or closed, not why: neither means planned
    or shipped unless ``statuses`` says so. A label says more: one that ``statuses``
    names, or one of ``scope``, is the state of an open issue; of a closed one only what
    means shipped or dropped. GitLab's own statuses of work items are not told over
    this interface.

    Attributes:
        project: Path or number of the project, as in its address: group/name.
        token: An access token with the scope api, or read_api to read alone.
        url: Where GitLab is.
        scope: Labels that say how far an issue is begin so: workflow, as in
            workflow::in dev.
        statuses: What states mean, such as closed=shipped or "in dev"=in_progress.
        ca_file: Certificates to trust instead of the usual ones.
    """

    summary: ClassVar[str] = "Issues of a GitLab project, as a roadmap"
    acts: ClassVar[Mapping[str, Act]] = {
        "create": Act("Files an issue in the project.", longest=900_000),
        "comment": Act("Comments on an issue.", longest=900_000),
        "link": Act("Comments on an issue with a link."),
    }

    project: str
    token: Secret
    url: str = "https://gitlab.com"
    scope: str = ""
    statuses: Mapping[str, str] = field(default_factory=dict)
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        if not _PROJECT.fullmatch(self.path):
            raise ConfigError(
                f"{self.project!r} is no project; it looks like group/name, as in its"
                " address",
                missing="project",
            )

    @property
    def path(self) -> str:
        """The project alone, however its address was copied."""
        home = self.url.strip().rstrip("/")
        named = self.project.strip().removeprefix(home)
        return named.partition("/-/")[0].strip("/")

    async def check(self, http: Http) -> Report:
        """Return whose token it is, where it files and what it may."""
        return await gitlab_checking.report(Api.of(http, self), self)

    async def planned(self, http: Http, keys: Sequence[str]) -> Sequence[Planned]:
        """Return those issues as they are now, a hundred a call."""
        return await Reading(self, Api.of(http, self)).planned(keys)

    async def find(self, http: Http, text: str, limit: int) -> Sequence[Planned]:
        """Return the issues whose title or description says so, or of that number."""
        return await Reading(self, Api.of(http, self)).find(text, limit)

    async def sent(self, http: Http, outgoing: Outgoing) -> Receipt | None:
        """Return what is there of it, found by its mark."""
        return await gitlab_told.sent(Api.of(http, self), self, outgoing)

    async def send(self, http: Http, outgoing: Outgoing) -> Receipt:
        """File, comment or link."""
        return await gitlab_told.send(Api.of(http, self), self, outgoing)
