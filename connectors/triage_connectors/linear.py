"""Issues of Linear, as what is planned."""

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
from triage_connectors import linear_acts, linear_planned
from triage_connectors.linear_api import HOME, Workspace

if TYPE_CHECKING:
    from triage.transport import Http

_TEAM: Final = re.compile(r"[A-Za-z][A-Za-z0-9]{0,9}")


@dataclass(frozen=True, slots=True)
class Linear:
    """
    Issues of Linear: found, linked, created and commented on.

    What a state is follows from its type, which Linear documents: triage, backlog and
    unstarted are planned, started is in progress, completed is shipped, canceled is
    dropped. A duplicate means what ``statuses`` says of it.

    Attributes:
        token: A personal API key.
        team: Key of the team whose issues are created, as in ENG-12.
        labels: What is created has these labels, which there must be.
        statuses: By a state's name what it means: planned, in_progress, shipped or
            dropped.
        api: Where the API is.
    """

    summary: ClassVar[str] = "Issues of Linear, as what is planned"
    acts: ClassVar[Mapping[str, Act]] = linear_acts.ACTS

    token: Secret
    team: str
    labels: tuple[str, ...] = ()
    statuses: Mapping[str, str] = field(default_factory=dict)
    api: str = HOME

    def __post_init__(self) -> None:
        if not _TEAM.fullmatch(self.team):
            raise ConfigError(
                f"{self.team!r} is no key of a team; it is what stands before the"
                " number, as in ENG-12",
                missing="team",
            )

    async def planned(self, http: Http, keys: Sequence[str]) -> Sequence[Planned]:
        """Return those issues as they are now; moved ones by the key asked for."""
        return await linear_planned.those(
            self._workspace(http), self.team.upper(), keys
        )

    async def find(self, http: Http, text: str, limit: int) -> Sequence[Planned]:
        """Return issues that say so, best first; without a text the latest changed."""
        return await linear_planned.found(
            self._workspace(http), self.team.upper(), text, limit
        )

    async def check(self, http: Http) -> Report:
        """Return whose key it is, and what it may create for the team."""
        return await linear_planned.report(self._workspace(http), self.team.upper())

    async def send(self, http: Http, outgoing: Outgoing) -> Receipt:
        """Create an issue, or comment on one or link from it."""
        return await linear_acts.send(self._workspace(http), self, outgoing)

    async def sent(self, http: Http, outgoing: Outgoing) -> Receipt | None:
        """Return what is there of it already; None where nothing is."""
        return await linear_acts.sent(self._workspace(http), outgoing)

    def _workspace(self, http: Http) -> Workspace:
        return Workspace.at(http, self.api, self.token)
