"""Issues and discussions of GitHub's repositories, with all that is said to them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final

from triage.connector import ConfigError, Cursor, Page, Push, Report, Secret
from triage_connectors import github_checking, github_hooks
from triage_connectors.github_api import HOME, Api
from triage_connectors.github_place import left
from triage_connectors.github_pull import Pull
from triage_connectors.github_rows import Rows

if TYPE_CHECKING:
    from triage.transport import Http

_REPO: Final = re.compile(r"[A-Za-z0-9][\w.-]{0,99}/[\w.-]{1,100}", re.ASCII)


@dataclass(frozen=True, slots=True)
class GitHub:
    """
    Issues, their comments, and discussions of GitHub's repositories.

    Pull requests are left out. Who owns, is a member or collaborates is our side, and
    so is every robot.

    Attributes:
        repos: Repositories as owner/name.
        token: A personal access token that may read issues and discussions.
        api: Where the API of GitHub Enterprise is: https://github.acme.com/api/v3.
        discussions: Whether discussions are read, too.
        team: Logins of our side that GitHub does not know as members.
        since: The first pull begins with what changed since.
        webhook_secret: What GitHub signs webhooks with.
    """

    summary: ClassVar[str] = "Issues, comments and discussions of GitHub"

    repos: tuple[str, ...]
    token: Secret
    api: str = HOME
    discussions: bool = True
    team: tuple[str, ...] = ()
    since: datetime | None = None
    webhook_secret: Secret | None = None

    def __post_init__(self) -> None:
        wrong = [one for one in self.repos if not _REPO.fullmatch(one)]
        if wrong or not self.repos:
            raise ConfigError(
                f"{wrong[0] if wrong else ''!r} is no name of a repository; of"
                " https://github.com/acme/app it is acme/app",
                missing="repos",
            )

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield what changed, repository by repository."""
        here = left(cursor, http.now())
        run = Pull(Api.at(http, self.api, self.token), here, self.since)
        for repo in dict.fromkeys(self.repos):
            rows = Rows(repo, self._team)
            async for page in run.pages(rows, discussions=self.discussions):
                yield page

    async def check(self, http: Http) -> Report:
        """Return whose token it is, what it may read, and how many calls that takes."""
        return await github_checking.report(
            Api.at(http, self.api, self.token),
            self.api,
            self.repos,
            self.since,
            discussions=self.discussions,
        )

    def push(self, headers: Mapping[str, str], body: bytes) -> Push:
        """Return which conversations a webhook tells of; it must be signed."""
        return github_hooks.push(headers, body, self.webhook_secret, self.repos)

    async def fetch(self, http: Http, about: Sequence[str]) -> Page:
        """Return those conversations as they are now."""
        api = Api.at(http, self.api, self.token)
        return await github_hooks.Anew(api, self.repos, self._team).page(about)

    @property
    def _team(self) -> frozenset[str]:
        return frozenset(login.strip().lower() for login in self.team)
