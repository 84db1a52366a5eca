"""Our CSV as it comes back: what a row of it says, and nothing it does not."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

from triage.errors import UsageError
from triage.export.columns import COLUMNS
from triage.export.fields import Fields, Malformed
from triage.export.lists import BAR, SEMICOLON, parted
from triage.export.reading import CSV_HEAD, pain_point
from triage.export.to_csv import unmarked
from triage.model import (
    Channel,
    Evidence,
    Extent,
    Feedback,
    Kind,
    PainPoint,
    RoadmapItem,
    RoadmapLink,
)
from triage.operations.restore import Told

SOURCE = "backlog.csv"
"""The source of feedback of which only a quote is left."""

LACKS = (
    "a CSV holds no more than three quotes of each and nobody's name: people, companies"
    " and scores are counted anew; `--to json` keeps all"
)
"""What is told whoever reads one."""

_WHOLE = ("severity",)
_NUMBERS = ("reach", "impact", "confidence", "effort")
_LISTS = ("personas", "tags")
_ITEM = re.compile(r"r([1-9][0-9]{0,11})")


def read(path: Path) -> Told:
    """What it says; ``UsageError`` where it is not whole."""
    try:
        return _told(list(_rows(path)))
    except Malformed as error:
        raise UsageError(
            f"{path}: {error}; nothing was changed. Export it again with"
            " `triage export --to csv`"
        ) from error


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path} is not in UTF-8; save it as CSV UTF-8. Nothing was changed"
        ) from error
    found = CSV_HEAD.match(raw)
    if found is None:
        raise UsageError(f"{path} is no backlog in CSV; nothing was changed")
    table = csv.reader(StringIO(text, newline=""), delimiter=found[1].decode())
    names = next(table)
    missing = [column.name for column in COLUMNS if column.name not in names]
    if missing:
        raise Malformed(f"the column {missing[0]} is missing")
    try:
        for cells in table:
            if len(cells) != len(names):
                raise Malformed(f"line {table.line_num} has {len(cells)} cells")
            yield dict(zip(names, map(unmarked, cells), strict=True))
    except csv.Error as error:
        raise Malformed(f"line {table.line_num}: {error}") from error


def _told(rows: list[dict[str, str]]) -> Told:
    points: dict[int, PainPoint] = {}
    items: dict[str, RoadmapItem] = {}
    links: list[RoadmapLink] = []
    evidence: list[Evidence] = []
    feedback: list[Feedback] = []
    for line, row in enumerate(rows, 1):
        told = Fields(_values(row), f"row {line}")
        point = pain_point(told)
        if point.id in points:
            raise Malformed(f"{point.short} is there twice")
        points[point.id] = point
        for word in parted(row["roadmap_ref"], SEMICOLON):
            item = items.setdefault(word, _item(word, items))
            links.append(_link(len(links), point, item))
        for words in parted(row["quotes_top3"], BAR):
            feedback.append(_feedback(len(feedback), point, words, told))
            evidence.append(_evidence(point, feedback[-1]))
    return Told(
        feedback=tuple(feedback),
        pain_points=tuple(points[key] for key in sorted(points)),
        evidence=tuple(evidence),
        roadmap_items=tuple(sorted(items.values(), key=lambda item: item.id)),
        links=tuple(links),
    )


def _values(row: Mapping[str, str]) -> dict[str, Any]:
    """The cells as the JSON has them; what is no number is left for the complaint."""
    told: dict[str, Any] = dict(row)
    for name in _WHOLE:
        told[name] = _number(row[name], int)
    for name in _NUMBERS:
        told[name] = _number(row[name], float)
    for name in _LISTS:
        told[name] = parted(row[name], SEMICOLON)
    told["last_seen"] = row["last_seen"] or None
    return told


def _number(cell: str, kind: type[int | float]) -> int | float | str | None:
    try:
        return kind(cell) if cell else None
    except ValueError:
        return cell


def _item(word: str, known: Mapping[str, RoadmapItem]) -> RoadmapItem:
    """What a reference tells of a roadmap item: its id, or its key in a tracker."""
    found = _ITEM.fullmatch(word)
    if found:
        return RoadmapItem(id=int(found[1]), title=word)
    # Above all ids of ours, so that no `r2` of another row is this one.
    return RoadmapItem(id=10**12 + 1 + len(known), title=word, key=word)


def _link(key: int, point: PainPoint, item: RoadmapItem) -> RoadmapLink:
    return RoadmapLink(
        id=key, pain_point_id=point.id, roadmap_item_id=item.id, extent=Extent.FULL
    )


def _feedback(position: int, point: PainPoint, words: str, told: Fields) -> Feedback:
    made = point.created_at
    assert made is not None
    name = f"{made.isoformat()} {words}"
    return Feedback(
        id=position,
        number=position + 1,
        source=SOURCE,
        external_id=sha256(name.encode()).hexdigest()[:16],
        channel=Channel.NOTE,
        kind=Kind.FEEDBACK,
        title="",
        body=words,
        received_at=told.moment_or_none("last_seen") or made,
    )


def _evidence(point: PainPoint, said: Feedback) -> Evidence:
    return Evidence(
        id=said.number,
        pain_point_id=point.id,
        feedback_id=said.id,
        quote=said.body,
        start=0,
        end=len(said.body),
        at=point.created_at,
    )
