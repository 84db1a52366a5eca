"""Issues of a Jira Cloud project, as what is planned."""

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
from triage_connectors import jira_acts, jira_checking, jira_planned
from triage_connectors.jira_api import Site

if TYPE_CHECKING:
    from triage.transport import Http

_SITE: Final = re.compile(r"[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*")
_PROJECT: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Jira:
    """
    Issues of Jira Cloud: found, linked, created and commented on.

    What a status is follows from its category, which Jira documents: to do is planned,
    in progress is in progress, done is shipped. A done issue with another resolution
    than Done or Fixed was not shipped: its state is told as “Closed: Won't Do”, and
    means what ``statuses`` says of that.

    Attributes:
        site: Where its people open it, acme.atlassian.net.
        email: The address of the account the token is of.
        token: An API token of that account.
        project: Key of the project that is searched and written to, as in EXP-12.
        issue_type: What is created there.
        labels: What is created has these labels.
        statuses: By a state's name what it means: planned, in_progress, shipped or
            dropped.
    """

    summary: ClassVar[str] = "Issues of Jira Cloud, as what is planned"
    acts: ClassVar[Mapping[str, Act]] = jira_acts.ACTS

    site: str
    email: str
    token: Secret
    project: str
    issue_type: str = "Task"
    labels: tuple[str, ...] = ()
    statuses: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not _SITE.fullmatch(self.host):
            raise ConfigError(
                f"{self.site!r} is no site; it looks like acme.atlassian.net",
                missing="site",
            )
        if not _PROJECT.fullmatch(self.project):
            raise ConfigError(
                f"{self.project!r} is no key of a project; it is what stands before the"
                " number, as in EXP-12",
                missing="project",
            )
        for label in self.labels:
            if not label or " " in label or len(label) > 255:
                raise ConfigError(f"{label!r} is no label of Jira: one word, no blanks")

    @property
    def host(self) -> str:
        """The site alone, however its address was copied."""
        name = self.site.strip().lower().removeprefix("https://").partition("/")[0]
        return name if "." in name else f"{name}.atlassian.net"

    async def planned(self, http: Http, keys: Sequence[str]) -> Sequence[Planned]:
        """Return those issues as they are now; moved ones by the key asked for."""
        return await jira_planned.those(self._site(http), self.project, keys)

    async def find(self, http: Http, text: str, limit: int) -> Sequence[Planned]:
        """Return issues of the project that say so, the latest changed first."""
        return await jira_planned.found(self._site(http), self.project, text, limit)

    async def check(self, http: Http) -> Report:
        """Return whose token it is, and what it may create in the project."""
        return await jira_checking.report(self._site(http), self)

    async def send(self, http: Http, outgoing: Outgoing) -> Receipt:
        """Create an issue, or comment on one or link from it."""
        return await jira_acts.send(self._site(http), self, outgoing)

    async def sent(self, http: Http, outgoing: Outgoing) -> Receipt | None:
        """Return what is there of it already; None where nothing is."""
        return await jira_acts.sent(self._site(http), self, outgoing)

    def _site(self, http: Http) -> Site:
        return Site(
            http.at(f"https://{self.host}"), self.host, (self.email, self.token)
        )
