"""What Productboard is told: features, and notes about them."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any, Final

from triage.connector import ConfigError, Outgoing, Receipt
from triage_connectors import filing, payload
from triage_connectors.marked import line
from triage_connectors.productboard_api import SYSTEM, Productboard, Row
from triage_connectors.productboard_features import KEY
from triage_connectors.prose_html import Html, plain

if TYPE_CHECKING:
    from triage_connectors.productboard import Productboard as Settings

_TITLE: Final = 255
_TEXT: Final = 1_048_576
_HTML: Final = Html(heading="h2", paragraph="p")
"""Productboard refuses a feature with tags it does not know; these it does."""


async def sent(board: Productboard, outgoing: Outgoing) -> Receipt | None:
    """What is there of it already; of a note only if it is linked as well."""
    if outgoing.act == "create":
        feature = await board.ours("entities", outgoing.key)
        return None if feature is None else _receipt(feature)
    key = await _about(board, outgoing)
    note = await board.ours("notes", outgoing.key)
    if note is None:
        return None
    name = payload.must_be_key(note)
    async for one in board.links(name):
        if payload.key(payload.within(one, "target")) == key:
            return _receipt(note)
    return None


async def send(board: Productboard, settings: Settings, outgoing: Outgoing) -> Receipt:
    """
    Add a feature, or a note about one.

    Raises:
        SourceError: It is too long, or refused; nothing was told.
    """
    match outgoing.act:
        case "create":
            html = _HTML.write(outgoing.text)
            fields = {"name": filing.title(outgoing, _TITLE), "description": _fit(html)}
            told = _told("feature", fields, outgoing)
            if settings.parent.strip():
                target = {"id": settings.parent.strip()}
                told["relationships"] = [{"type": "parent", "target": target}]
            return _receipt(await board.make("entities", told))
        case "comment":
            html = _HTML.write(outgoing.text)
        case "link":
            url, name = filing.address(outgoing), filing.called(outgoing, _TITLE)
            html = f'<p><a href="{escape(url)}">{plain(name)}</a></p>'
        case _:
            raise filing.unknown(outgoing, "Productboard")
    key = await _about(board, outgoing)
    # A note whose linking went wrong is there, and is not to come twice.
    note = await board.ours("notes", outgoing.key)
    if note is None:
        title = line(outgoing.title, _TITLE) or "Feedback"
        fields = {"name": title, "content": _fit(html)}
        note = await board.make("notes", _told("textNote", fields, outgoing))
    await board.link(payload.must_be_key(note), key)
    return _receipt(note)


def _told(kind: str, fields: Mapping[str, str], outgoing: Outgoing) -> Row:
    source: dict[str, Any] = {"system": SYSTEM, "recordId": outgoing.key}
    return {"type": kind, "fields": fields, "metadata": {"source": source}}


def _fit(html: str) -> str:
    return filing.fitting(html, _TEXT, "Productboard")


async def _about(board: Productboard, outgoing: Outgoing) -> str:
    key = filing.about(outgoing, KEY, "feature of Productboard's")
    if await board.entity(key) is None:
        raise ConfigError(
            f"the feature {key} is not at Productboard any more; link another one"
        )
    return key


def _receipt(row: Row) -> Receipt:
    return Receipt(
        external_id=payload.must_be_key(row),
        at=payload.moment(row, "createdAt"),
        url=payload.text(payload.within(row, "links"), "html"),
    )
