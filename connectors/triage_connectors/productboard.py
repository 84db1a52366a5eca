"""Features of a Productboard: how far they are, new ones, and feedback about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
from triage_connectors import productboard_told
from triage_connectors.productboard_api import Productboard as Api
from triage_connectors.productboard_features import KEY, find, planned, report

if TYPE_CHECKING:
    from triage.transport import Http


@dataclass(frozen=True, slots=True)
class Productboard:
    """
    Features of a Productboard workspace, by version 2 of its interface.

    A feature's state is the status that the workspace gave it, or "archived". Statuses
    are the workspace's own and say nothing of their kind: ``statuses`` does. A comment
    is a note that is linked to the feature, as feedback is at Productboard.

    Whether the filter by name takes part of a name is told differently by those who use
    it; where it finds nothing, the first two thousand features are looked through.

    Attributes:
        token: An access token, made by a maker or an administrator.
        parent: Id of the product or component that new features go under.
        statuses: What states mean, such as "In progress"=in_progress or
            Released=shipped.
        url: Where Productboard answers.
    """

    summary: ClassVar[str] = "Features of a Productboard workspace, as a roadmap"
    acts: ClassVar[Mapping[str, Act]] = {
        "create": Act("Adds a feature.", longest=900_000),
        "comment": Act("Adds a note, linked to the feature.", longest=900_000),
        "link": Act("Adds a note with a link, linked to the feature."),
    }

    token: Secret
    parent: str = ""
    statuses: Mapping[str, str] = field(default_factory=dict)
    url: str = "https://api.productboard.com"

    def __post_init__(self) -> None:
        if self.parent.strip() and not KEY.fullmatch(self.parent.strip()):
            raise ConfigError(
                f"{self.parent!r} is no product or component; its id looks like"
                " 318de52f-0000-4000-8000-000000000001",
                missing="parent",
            )

    async def check(self, http: Http) -> Report:
        """Return what may be read, and where it files."""
        return await report(Api.of(http, self), self)

    async def planned(self, http: Http, keys: Sequence[str]) -> Sequence[Planned]:
        """Return those features as they are now, one by one."""
        return await planned(Api.of(http, self), keys)

    async def find(self, http: Http, text: str, limit: int) -> Sequence[Planned]:
        """Return the features whose names say so."""
        return await find(Api.of(http, self), text, limit)

    async def sent(self, http: Http, outgoing: Outgoing) -> Receipt | None:
        """Return what is there of it, found by the source it was said to have."""
        return await productboard_told.sent(Api.of(http, self), outgoing)

    async def send(self, http: Http, outgoing: Outgoing) -> Receipt:
        """Add a feature, or a note about one."""
        return await productboard_told.send(Api.of(http, self), self, outgoing)
