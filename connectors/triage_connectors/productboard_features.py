"""Features of Productboard as what is planned."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Final

from triage.connector import Planned, Report, SourceUnavailable
from triage.text.display import one_line
from triage_connectors import filing, payload
from triage_connectors.productboard_api import Productboard, Row

if TYPE_CHECKING:
    from triage_connectors.productboard import Productboard as Settings

KEY: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ARCHIVED: Final = "archived"
_WITHOUT: Final = "no status"
_FARTHEST: Final = 2_000
"""Features that are looked through where the filter finds none."""


async def planned(board: Productboard, keys: Sequence[str]) -> list[Planned]:
    """Those features as they are now; what is no id of Productboard's is left out."""
    found = []
    for key in dict.fromkeys(keys):
        row = await board.entity(key) if KEY.fullmatch(key) else None
        if row is not None:
            told = _read(row)
            if told.key != key:
                raise SourceUnavailable(
                    "Productboard answered another feature than it was asked for; try"
                    " again later"
                )
            found.append(told)
    return found


async def find(board: Productboard, text: str, limit: int) -> Sequence[Planned]:
    """The features whose names have all the words."""
    words = " ".join(text.split())
    if KEY.fullmatch(words):
        return await planned(board, [words])
    some = await _named(board.features(name=words), words, limit) if words else []
    some = some or await _named(board.features(), words, limit)
    return filing.best(some, words, limit)


async def report(board: Productboard, settings: Settings) -> Report:
    """Return what may be read, and where it files."""
    about = await board.configuration()
    fields = payload.within(about, "fields")
    facts = {"files in": "the workspace, under no product or component"}
    if settings.parent.strip():
        parent = await board.entity(settings.parent.strip()) or {}
        name = payload.text(payload.within(parent, "fields"), "name")
        facts["files in"] = one_line(name or "a parent that is not there any more")
    facts["may"] = "read features; whether it may write, it does not tell beforehand"
    if "status" not in fields:
        facts["states"] = "features have no status here"
    return Report(
        account=one_line(f"a token at Productboard, {settings.url.strip()}"),
        facts=facts,
    )


async def _named(rows: AsyncIterator[Row], words: str, limit: int) -> list[Planned]:
    """Those with all the words in their names, of the first two thousand."""
    found: list[Planned] = []
    number = 0
    async for row in rows:
        number += 1
        name = payload.text(payload.within(row, "fields"), "name").casefold()
        if all(word in name for word in words.casefold().split()):
            found.append(_read(row))
        if number >= _FARTHEST or (not words and len(found) >= limit):
            break
    return found


def _read(row: Row) -> Planned:
    fields = payload.within(row, "fields")
    owner, time = payload.within(fields, "owner"), payload.within(fields, "timeframe")
    named = payload.text(owner, "name") or payload.text(owner, "email")
    return Planned(
        key=payload.must_be_key(row),
        title=payload.text(fields, "name"),
        state=_state(fields),
        url=payload.text(payload.within(row, "links"), "html"),
        # Whoever may not see people is told this instead.
        owner="" if named == "[redacted]" else named,
        target=payload.text(time, "endDate"),
        updated_at=payload.moment(row, "updatedAt"),
    )


def _state(fields: Row) -> str:
    if fields.get("archived") is True:
        return ARCHIVED
    return payload.text(payload.within(fields, "status"), "name") or _WITHOUT
