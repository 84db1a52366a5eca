"""What Trello is told: cards, comments and attached links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from triage.connector import Outgoing, Receipt
from triage_connectors import filing, payload, prose
from triage_connectors.marked import defined
from triage_connectors.trello_api import Row, Trello
from triage_connectors.trello_cards import KEY, into

if TYPE_CHECKING:
    from triage_connectors.trello import Trello as Settings

_TEXT: Final = 16_384
LONGEST: Final = _TEXT - len(defined("")) - 34
"""Characters of a text, if no more of them are escaped than those of the mark."""


async def sent(
    trello: Trello, settings: Settings, outgoing: Outgoing
) -> Receipt | None:
    """What is there of it already."""
    mark = defined(outgoing.key)
    if outgoing.act == "create":
        board = payload.must_be_key(await trello.board(settings.name))
        async for card in trello.described(board):
            if mark in payload.text(card, "desc"):
                return _added(card)
        return None
    key = _about(outgoing)
    if outgoing.act == "link":
        url = filing.address(outgoing)
        for one in await trello.attachments(key):
            if payload.text(one, "url").rstrip("/") == url.rstrip("/"):
                return _receipt(one)
        return None
    async for action in trello.comments(key):
        if mark in payload.text(payload.within(action, "data"), "text"):
            return _receipt(action)
    return None


async def send(trello: Trello, settings: Settings, outgoing: Outgoing) -> Receipt:
    """
    Add a card, comment or attach.

    Raises:
        SourceError: It is too long, or refused; nothing was told.
    """
    match outgoing.act:
        case "create":
            title, text = filing.title(outgoing, _TEXT), _written(outgoing)
            column = into(await trello.board(settings.name), settings)
            told = {"idList": payload.must_be_key(column), "name": title, "desc": text}
            return _added(await trello.post("cards", told))
        case "comment":
            path = f"cards/{_about(outgoing)}/actions/comments"
            return _receipt(await trello.post(path, {"text": _written(outgoing)}))
        case "link":
            url, name = filing.address(outgoing), filing.called(outgoing, 256)
            path = f"cards/{_about(outgoing)}/attachments"
            return _receipt(await trello.post(path, {"url": url, "name": name}))
    raise filing.unknown(outgoing, "Trello")


def _written(outgoing: Outgoing) -> str:
    text = f"{defined(outgoing.key)}\n\n{prose.to_markdown(outgoing.text)}"
    return filing.fitting(text, _TEXT, "Trello")


def _about(outgoing: Outgoing) -> str:
    which = "card of Trello's; one is what follows /c/ in its address"
    return filing.about(outgoing, KEY, which)


def _added(card: Row) -> Receipt:
    return Receipt(
        external_id=payload.must_be_key(card, "shortLink"),
        url=payload.text(card, "shortUrl"),
    )


def _receipt(row: Row) -> Receipt:
    return Receipt(external_id=payload.must_be_key(row), at=payload.moment(row, "date"))
