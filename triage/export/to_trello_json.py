"""``--to trello-json``: a board in the shape Trello exports, which importers read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar, TextIO

from triage.export.backlog import Backlog, BacklogRow
from triage.export.body import MARKDOWN, body
from triage.export.columns import moment
from triage.export.neutral import line, markdown_line
from triage.export.sections import SECTIONS, section
from triage.export.sheet import label
from triage.export.stories import criteria_of


@dataclass(frozen=True, slots=True)
class TrelloJson:
    """
    Lists are horizons, cards pain points, checklists acceptance criteria; ASCII.

    Attributes:
        quotes: How many quotes a card holds.
        all: Also those that are resolved or dismissed, on the list ``Done``.
    """

    name: ClassVar[str] = "trello-json"
    suffix: ClassVar[str] = ".json"

    quotes: int = 5
    all: bool = False

    def write(self, backlog: Backlog, out: TextIO) -> None:
        """Write the board; ids follow from names, so that they stay the same."""
        rows = backlog.rows if self.all else backlog.open_rows
        labels = {one: _id("label", one) for row in rows for one in _labels(row)}
        board: dict[str, Any] = {
            "id": _id("board", "backlog"),
            "name": "Backlog",
            "desc": f"From Triage, as of {moment(backlog.as_of)}",
            "closed": False,
            "lists": [
                {
                    "id": _id("list", name),
                    "name": name,
                    "closed": False,
                    "pos": position,
                }
                for position, name in enumerate(SECTIONS, 1)
            ],
            "labels": [
                {"id": key, "name": name, "color": "sky"}
                for name, key in labels.items()
            ],
            "cards": [self._card(row, labels) for row in rows],
            "checklists": [
                checklist for row in rows if (checklist := _checklist(row)) is not None
            ],
            "actions": [],
        }
        json.dump(board, out, indent=1)
        out.write("\n")

    def _card(self, row: BacklogRow, labels: dict[str, str]) -> dict[str, Any]:
        point = row.view.pain_point
        checklist = _checklist(row)
        mine = [
            {"id": labels[one], "name": one, "color": "sky"} for one in _labels(row)
        ]
        return {
            "id": _id("card", point.short),
            "idShort": point.id,
            "name": line(point.title),
            "desc": body(row, MARKDOWN, self.quotes),
            "idList": _id("list", section(row)),
            "idLabels": [one["id"] for one in mine],
            "labels": mine,
            "idChecklists": [checklist["id"]] if checklist else [],
            "closed": False,
            "due": None,
            "pos": row.rank,
            "shortUrl": "",
            "attachments": [],
        }


def _labels(row: BacklogRow) -> list[str]:
    told = (label(tag, spaces=True) for tag in row.view.pain_point.tags)
    return list(dict.fromkeys(one for one in told if one))


def _checklist(row: BacklogRow) -> dict[str, Any] | None:
    criteria = list(criteria_of(row.view.stories))
    if not criteria:
        return None
    short = row.view.pain_point.short
    return {
        "id": _id("checklist", short),
        "idCard": _id("card", short),
        "name": "Settled when",
        "checkItems": [
            {
                "id": _id(f"check {position}", short),
                "name": markdown_line(one),
                "state": "incomplete",
                "pos": position,
            }
            for position, one in enumerate(criteria, 1)
        ],
    }


def _id(kind: str, name: str) -> str:
    return sha256(f"{kind} {name}".encode()).hexdigest()[:24]
