"""Tasks of an Asana project: how far they are, and new ones from pain points."""

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
from triage_connectors import asana_told
from triage_connectors.asana_api import Asana as Api
from triage_connectors.asana_tasks import Tasks, report
from triage_connectors.filing import alone

if TYPE_CHECKING:
    from triage.transport import Http

_GID: Final = re.compile(r"[1-9]\d{0,24}", re.ASCII)
_ADDRESS: Final = re.compile(
    r"https://app\.asana\.com/(?:0/|1/\d+/project/)([1-9]\d{0,24})(?:[/?#].*)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Asana:
    """
    Tasks of one project.

    A task that is completed is shipped, unless it asked for an approval that was not
    given. Any other task's state is the section it is in, or what a field of yours
    says; what that means, ``statuses`` says.

    Attributes:
        project: The project's address, or the number in it.
        token: A personal access token.
        state_field: Name of the custom field whose value is the state; the section,
            where none is named or it is empty.
        statuses: What states mean, such as Doing=in_progress.
        url: Where Asana answers.
    """

    summary: ClassVar[str] = "Tasks of an Asana project, as a roadmap"
    acts: ClassVar[Mapping[str, Act]] = {
        "create": Act("Adds a task to the project."),
        "comment": Act("Comments on a task."),
        "link": Act("Comments on a task with a link."),
    }

    project: str
    token: Secret
    state_field: str = ""
    statuses: Mapping[str, str] = field(default_factory=dict)
    url: str = "https://app.asana.com/api/1.0"

    def __post_init__(self) -> None:
        if not _GID.fullmatch(self.name):
            raise ConfigError(
                f"{self.project!r} is no project; copy its address, which looks like"
                " https://app.asana.com/0/1200000000000001/list",
                missing="project",
            )

    @property
    def name(self) -> str:
        """The project's number alone, however its address was copied."""
        return alone(self.project, _ADDRESS)

    async def check(self, http: Http) -> Report:
        """Return whose token it is, which sections there are, and where it files."""
        return await report(Api.of(http, self), self)

    async def planned(self, http: Http, keys: Sequence[str]) -> Sequence[Planned]:
        """Return those tasks as they are now: a few one by one, many by the hundred."""
        return await Tasks(Api.of(http, self), self).planned(keys)

    async def find(self, http: Http, text: str, limit: int) -> Sequence[Planned]:
        """Return the tasks of the project that say so, as well as a plan can search."""
        return await Tasks(Api.of(http, self), self).find(text, limit)

    async def sent(self, http: Http, outgoing: Outgoing) -> Receipt | None:
        """Return what is there of it, found by its mark."""
        return await asana_told.sent(Api.of(http, self), self, outgoing)

    async def send(self, http: Http, outgoing: Outgoing) -> Receipt:
        """Add a task, or comment."""
        return await asana_told.send(Api.of(http, self), self, outgoing)
