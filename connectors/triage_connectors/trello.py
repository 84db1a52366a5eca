"""Cards of a Trello board: which list they are in, and new ones from pain points."""

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
from triage_connectors import trello_told
from triage_connectors.filing import alone
from triage_connectors.trello_api import Trello as Api
from triage_connectors.trello_cards import find, planned, report

if TYPE_CHECKING:
    from triage.transport import Http

_BOARD: Final = re.compile(r"[A-Za-z0-9]{8}|[0-9a-f]{24}")
_ADDRESS: Final = re.compile(r"https://trello\.com/b/([A-Za-z0-9]{8})(?:[/?#].*)?")


@dataclass(frozen=True, slots=True)
class Trello:
    """
    Cards of one board.

    A card's state is the name of its list; "complete" where it is marked as complete,
    "archived" where it or its list is. Trello gives none of them a meaning of its own:
    ``statuses`` does.

    Attributes:
        board: The board's address, or what follows /b/ in it.
        key: The API key of a Power-Up of yours.
        token: A token that somebody gave that key, to read and write.
        into: The list that new cards go into; the first of the board where none is
            named.
        statuses: What states mean, such as Doing=in_progress or complete=shipped.
        url: Where Trello answers.
    """

    summary: ClassVar[str] = "Cards of a Trello board, as a roadmap"
    acts: ClassVar[Mapping[str, Act]] = {
        "create": Act("Adds a card to the board.", longest=trello_told.LONGEST),
        "comment": Act("Comments on a card.", longest=trello_told.LONGEST),
        "link": Act("Attaches a link to a card."),
    }

    board: str
    key: Secret
    token: Secret
    into: str = ""
    statuses: Mapping[str, str] = field(default_factory=dict)
    url: str = "https://api.trello.com"

    def __post_init__(self) -> None:
        if not _BOARD.fullmatch(self.name):
            raise ConfigError(
                f"{self.board!r} is no board; copy its address, which looks like"
                " https://trello.com/b/aBcD1234/roadmap",
                missing="board",
            )

    @property
    def name(self) -> str:
        """The board alone, however its address was copied."""
        return alone(self.board, _ADDRESS)

    async def check(self, http: Http) -> Report:
        """Return whose token it is, which lists there are, and where it files."""
        return await report(Api.of(http, self), self)

    async def planned(self, http: Http, keys: Sequence[str]) -> Sequence[Planned]:
        """Return those cards as they are now, ten a call, on whatever board."""
        return await planned(Api.of(http, self), keys)

    async def find(self, http: Http, text: str, limit: int) -> Sequence[Planned]:
        """Return the cards of the board that say so, archived ones too."""
        return await find(Api.of(http, self), self, text, limit)

    async def sent(self, http: Http, outgoing: Outgoing) -> Receipt | None:
        """Return what is there of it: by its mark, or by where it leads."""
        return await trello_told.sent(Api.of(http, self), self, outgoing)

    async def send(self, http: Http, outgoing: Outgoing) -> Receipt:
        """Add a card, comment or attach."""
        return await trello_told.send(Api.of(http, self), self, outgoing)
