"""Cards of Trello as what is planned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from triage.connector import ConfigError, Planned, Report, SourceUnavailable
from triage.text.display import one_line
from triage_connectors import filing, payload
from triage_connectors.trello_api import TOGETHER, Row, Trello

if TYPE_CHECKING:
    from triage_connectors.trello import Trello as Settings

ARCHIVED: Final = "archived"
COMPLETE: Final = "complete"
KEY: Final = re.compile(r"[A-Za-z0-9]{8}")
_CARD: Final = re.compile(r"https://trello\.com/c/([A-Za-z0-9]{8})(?:[/?#].*)?")
_READERS: Final = {
    "public": "everybody: the board is public",
    "org": "everybody in the workspace",
    "private": "members of the board",
}


async def planned(trello: Trello, keys: Sequence[str]) -> list[Planned]:
    """Those cards as they are now; what is no key of Trello's is left out."""
    wanted = [key for key in dict.fromkeys(keys) if KEY.fullmatch(key)]
    found: list[Planned] = []
    for first in range(0, len(wanted), TOGETHER):
        some = wanted[first : first + TOGETHER]
        for card in await trello.cards(some):
            row = _read(card, payload.within(card, "list"))
            if row.key not in some:
                raise SourceUnavailable(
                    "Trello answered other cards than it was asked for; try again later"
                )
            found.append(row)
    return found


async def find(
    trello: Trello, settings: Settings, text: str, limit: int
) -> Sequence[Planned]:
    """The cards that say so, or that of an address; those changed last for no words."""
    words = " ".join(text.split())
    address = _CARD.fullmatch(words)
    if address:
        return await planned(trello, [address[1]])
    board = await trello.board(settings.name)
    name = payload.must_be_key(board)
    lists = {payload.key(one): one for one in payload.inside(board, "lists")}
    rows = (
        await trello.search(name, words, limit) if words else await trello.latest(name)
    )
    cards = (_read(row, lists.get(payload.text(row, "idList"), {})) for row in rows)
    return filing.best(cards, words, limit)


async def report(trello: Trello, settings: Settings) -> Report:
    """Return whose token it is, which lists there are, and where it files."""
    me, board = await trello.me(), await trello.board(settings.name)
    names = [payload.text(one, "name") for one in open_lists(board)]
    name, who = payload.text(board, "name"), payload.text(me, "username")
    facts = {
        "files in": one_line(f"{name}, {payload.text(into(board, settings), 'name')}"),
        "may": "read the board; what else the token may, Trello does not tell",
        "states": one_line(", ".join([*names, COMPLETE, ARCHIVED]), 500),
    }
    level = payload.text(payload.within(board, "prefs"), "permissionLevel")
    if level in _READERS:
        facts["read by"] = _READERS[level]
    return Report(
        account=one_line(f"{who or 'a token'} at Trello, board {name}"), facts=facts
    )


def into(board: Row, settings: Settings) -> Row:
    """
    The list that new cards go into.

    Raises:
        ConfigError: There is no such list.
    """
    lists = open_lists(board)
    wanted = settings.into.strip()
    for one in lists:
        if wanted.casefold() in {
            "", payload.key(one), payload.text(one, "name").casefold(),
        }:  # fmt: skip
            return one
    names = one_line(", ".join(payload.text(one, "name") for one in lists), 200)
    raise ConfigError(
        f"the board has no list {wanted!r}; it has {names or 'none'}: change the"
        " setting into",
        missing="into",
    )


def open_lists(board: Row) -> list[Row]:
    """The lists of a board that are not archived."""
    return [one for one in payload.inside(board, "lists") if not one.get("closed")]


def _read(card: Row, inside: Row) -> Planned:
    return Planned(
        key=payload.must_be_key(card, "shortLink"),
        title=payload.text(card, "name"),
        state=_state(card, inside),
        url=payload.text(card, "shortUrl"),
        target=payload.text(card, "due")[:10],
        updated_at=payload.moment(card, "dateLastActivity"),
    )


def _state(card: Row, inside: Row) -> str:
    if card.get("closed") is True or inside.get("closed") is True:
        return ARCHIVED
    if card.get("dueComplete") is True:
        return COMPLETE
    name = payload.text(inside, "name")
    if not name:
        raise SourceUnavailable("Trello told a card without its list; try again later")
    return name
