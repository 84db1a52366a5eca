"""Issues of a Redmine: how far they are, and what is filed there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from triage.connector import (
    Act,
    ConfigError,
    Outgoing,
    Planned,
    Receipt,
    Report,
    Secret,
)
from triage_connectors import redmine_checking, redmine_telling
from triage_connectors.redmine_api import Redmine as Api
from triage_connectors.redmine_api import planned_of

if TYPE_CHECKING:
    from triage.transport import Http

LONGEST = 16_000
"""Characters of a text: MySQL keeps 64 KiB of it, and a character has up to four."""

_MARKUPS = ("markdown", "textile")


@dataclass(frozen=True, slots=True)
class Redmine:
    """
    Issues of a Redmine as plans.

    Redmine says of a status whether it closes an issue, and no more: what is closed may
    be shipped or rejected, what is open may wait or be worked on. So no status means
    anything until ``statuses`` says what; `triage sources check` lists the words. It
    also takes a status it does not allow without a word: what came back is compared
    with what was asked, and told.

    Attributes:
        url: Its address, such as https://redmine.acme.com.
        key: Your API access key (My account). Reading may work without one, writing
            does not.
        project: Identifier of the project that issues are filed in.
        tracker: Name of the tracker they are filed under, such as Feature; Redmine's
            first unless said.
        status: Name of the status they are to begin with; Redmine's own unless said.
        statuses: What its statuses mean: statuses.Closed=shipped.
        markup: How its texts are written, by its administration: markdown (CommonMark
            too) or textile. It only changes how a draft is found again.
        ca_file: Certificates to trust instead of the usual ones.
    """

    summary: ClassVar[str] = "Issues of a Redmine, as plans"
    acts: ClassVar[Mapping[str, Act]] = {
        "create": Act("Files an issue in the project", longest=LONGEST),
        "comment": Act("Adds a note to the issue", longest=LONGEST),
        "link": Act("Adds a note with the address to the issue", longest=LONGEST),
    }

    url: str
    key: Secret
    project: str
    tracker: str = ""
    status: str = ""
    statuses: Mapping[str, str] = field(default_factory=dict)
    markup: str = "markdown"
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        for name in ("url", "project"):
            if not getattr(self, name).strip():
                raise ConfigError(f"the setting {name} is empty", missing=name)
        if self.markup not in _MARKUPS:
            raise ConfigError(
                f"the setting markup={self.markup!r} is none; say markdown or textile"
            )

    async def check(self, http: Http) -> Report:
        """Return whose key it is, where it files, and what the statuses are called."""
        return await redmine_checking.report(Api.of(http, self), self)

    async def find(self, http: Http, text: str, limit: int) -> Sequence[Planned]:
        """Issues of any project with all these words in the title, latest first."""
        api = Api.of(http, self)
        rows = await api.issues(
            {"subject": f"~{text}", "sort": "updated_on:desc"}, limit
        )
        return [planned_of(api, row) for row in rows]

    async def planned(self, http: Http, keys: Sequence[str]) -> Sequence[Planned]:
        """Those issues as they are now, a hundred in a call."""
        api = Api.of(http, self)
        return [planned_of(api, row) for row in await api.those(keys)]

    async def sent(self, http: Http, outgoing: Outgoing) -> Receipt | None:
        """What is there of it, found by its mark."""
        return await redmine_telling.sent(Api.of(http, self), self, outgoing)

    async def send(self, http: Http, outgoing: Outgoing) -> Receipt:
        """File an issue, or add a note."""
        return await redmine_telling.send(Api.of(http, self), self, outgoing)
