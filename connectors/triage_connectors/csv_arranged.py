"""A row of an export, arranged so that each of our fields has one column."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from triage.connector import ConfigError
from triage.text.html import to_text
from triage_connectors import csv_presets, mapping, payload, ratings
from triage_connectors.columns import FIELDS, listed, plain
from triage_connectors.csv_presets import MEASURES, Preset
from triage_connectors.repeats import Repeats
from triage_connectors.survey import joined

_IMPORT_ID: Final = re.compile(r'\{"ImportId":')
_LONG: Final = 12
_NPS_GROUP: Final = "_NPS_GROUP"
_YES: Final = frozenset({"", "1", "true", "yes"})


@dataclass(frozen=True, slots=True)
class Arranged:
    """
    How the rows of one export become rows of ours.

    Attributes:
        places: Our field → the column it is in.
        words: Columns with open answers.
        questions: What a column asks, by its name.
        zone: Of times that tell none.
        heads: Rows that belong to the header.
    """

    preset: Preset
    places: Mapping[str, str]
    words: Sequence[str]
    questions: Mapping[str, str]
    zone: ZoneInfo | None
    heads: Sequence[Mapping[str, str]]

    def row(self, cells: Mapping[str, Any], repeats: Repeats) -> dict[str, Any]:
        """The row, with our fields under names of our own."""
        out: dict[str, Any] = {
            _ours(field): cells.get(column) or ""
            for field, column in self.places.items()
        }
        if not out.get(_ours("external_id")):
            content = "\x1f".join(str(cell) for cell in cells.values() if cell)
            out[_ours("external_id")] = repeats.name(content.encode("utf-8", "replace"))
        if self.zone is not None:
            for field in ("received_at", "edited_at"):
                out[_ours(field)] = _zoned(str(out.get(_ours(field), "")), self.zone)
        if self.words:
            said = [
                (self.questions.get(column, column), cell.strip())
                for column in self.words
                if (cell := str(cells.get(column) or "")).strip()
            ]
            out[_ours("body")] = joined(said)
        if self.preset.author:
            out[_ours("author")] = " ".join(self._parts(cells)).strip()
        body = str(out.get(_ours("body"), "")).strip()
        out[_ours("kind")] = "feedback" if body else "auto"
        return {**out, **self._measured(cells), **self._others(cells)}

    def others(self, header: Sequence[str]) -> list[str]:
        """The columns that have no place of ours and are kept."""
        taken = {*self.places.values(), *self.words}
        hidden = {*self.preset.private, *self.preset.author}
        return [one for one in header if one not in taken and _plain(one) not in hidden]

    def authors(self, header: Sequence[str]) -> list[str]:
        """The columns that together say who answered."""
        return [one for one in header if _plain(one) in self.preset.author]

    def kept(self, cells: Mapping[str, Any], raw: bytes) -> bytes:
        """What is kept of a row as it came: without what nobody is to keep."""
        private = self.preset.private
        if not any(_plain(name) in private for name in cells):
            return raw
        return payload.raw(
            {name: cell for name, cell in cells.items() if _plain(name) not in private}
        )

    def is_read(self, cells: Mapping[str, Any]) -> bool:
        """Whether a row is an answer: no part of the header, and filled in whole."""
        if cells in self.heads:
            return False
        told = {_plain(one): str(cell).strip().lower() for one, cell in cells.items()}
        return (
            told.get(self.preset.finished, "") in _YES
            and told.get(self.preset.status, "") not in csv_presets.TRIED
        )

    def _parts(self, cells: Mapping[str, Any]) -> list[str]:
        by_name = {_plain(one): str(cell).strip() for one, cell in cells.items()}
        return [by_name.get(name, "") for name in self.preset.author]

    def _measured(self, cells: Mapping[str, Any]) -> dict[str, str]:
        kinds = self.preset.kinds
        told = next((str(cells[one]) for one in cells if _plain(one) == kinds), "")
        metric, scale = MEASURES.get(told.strip().lower(), ("", ""))
        return {_ours("metric"): metric, _ours("scale"): scale} if metric else {}

    def _others(self, cells: Mapping[str, Any]) -> dict[str, Any]:
        """What has no place of ours, by what it asks; tags as a list."""
        out: dict[str, Any] = {}
        for column in self.others(list(cells)):
            cell = cells[column]
            if cell and _plain(column) == "tags":
                out["tags"] = [tag for one in cell.split(",") if (tag := one.strip())]
            elif cell:
                out[self.questions.get(column, column)[:80]] = cell
        return out


def arranged(
    preset: Preset,
    header: Sequence[str],
    first: Sequence[Mapping[str, str]],
    settings: mapping.Settings,
) -> Arranged:
    """
    Return how a file with this header is read.

    Raises:
        ConfigError: A column that is mapped is not there, or no column has words.
    """
    heads = [row for row in first[:2] if _is_ids(row)]
    if heads:
        heads = list(first[: first.index(heads[0]) + 1])
    rows = [row for row in first if row not in heads]
    questions = _questions(heads)
    places = {
        field: column
        for field, names in preset.columns.items()
        if (column := _first(header, names))
    }
    for field, name in settings.columns.items():
        places.pop(field, None)
        if name:
            places[field] = _named(name, header, field)
    scored = _scored(header, rows, preset)
    if scored and "rating" not in settings.columns and not preset.columns.get("rating"):
        places["rating"] = scored
    words = _words(preset, header, rows, set(places.values()), settings)
    if not words and not {"body", "rating"} & places.keys():
        raise ConfigError(
            "no column looks like open answers; say which ones with --set words=COLUMN"
        )
    return Arranged(preset, places, words, questions, _zone(heads), heads)


def settled(settings: mapping.Settings, found: Arranged) -> mapping.Settings:
    """The settings for rows that are arranged; what a person said stays."""
    preset = found.preset
    nps = bool(found.questions) or _is_recommending(found.places.get("rating", ""))
    told = preset.metric or ("nps" if nps and "rating" in found.places else "")
    scale = preset.scale or ("0-10" if told == "nps" else "")
    return replace(
        settings,
        columns={field: _ours(field) for field in FIELDS},
        channel=settings.channel or preset.channel,
        metric=settings.metric or told,
        scale=settings.scale or scale,
        wordless=True,
    )


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    """A column's plain name, which is asked for in every row."""
    return plain(name)


def _ours(field: str) -> str:
    """A column's name that no export has."""
    return f"({field})"


def names() -> list[str]:
    """The columns of ours that every arranged row may have."""
    return [_ours(field) for field in FIELDS]


def _first(header: Sequence[str], among: str) -> str:
    by_name = {_plain(column): column for column in reversed(header)}
    return next((by_name[name] for name in among.split("|") if name in by_name), "")


def _is_ids(row: Mapping[str, str]) -> bool:
    return any(_IMPORT_ID.match(str(cell)) for cell in row.values())


def _questions(heads: Sequence[Mapping[str, str]]) -> dict[str, str]:
    if len(heads) < 2:
        return {}
    return {
        column: " ".join(to_text(str(text)).split()) or column
        for column, text in heads[0].items()
    }


def _zone(heads: Sequence[Mapping[str, str]]) -> ZoneInfo | None:
    """The zone of the times, as the last row of the header tells it."""
    for cell in heads[-1].values() if heads else ():
        try:
            told = json.loads(cell)
        except ValueError:
            continue
        zone = payload.text(told, "timeZone") if isinstance(told, dict) else ""
        if zone and zone != "Z":
            try:
                return ZoneInfo(zone)
            except (ValueError, OSError, KeyError):
                raise ConfigError(
                    f"this machine knows no time zone “{zone}”: export the file with"
                    " times in UTC"
                ) from None
    return None


def _zoned(text: str, zone: ZoneInfo) -> str:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    return (at if at.tzinfo else at.replace(tzinfo=zone)).isoformat()


def _scored(
    header: Sequence[str], rows: Sequence[Mapping[str, str]], preset: Preset
) -> str:
    """The column that is an NPS, or asks for a recommendation with numbers."""
    for column in header:
        if f"{column}{_NPS_GROUP}" in header:
            return column
    if preset.words != ():
        return ""
    for column in header:
        cells = [cell for row in rows if (cell := str(row.get(column) or "").strip())]
        asked = [ratings.number(cell) for cell in cells]
        if _is_recommending(column) and cells and all(asked):
            return column
    return ""


def _is_recommending(column: str) -> bool:
    return bool({"recommend", "nps", "weiterempfehlen"} & set(_plain(column).split()))


def _words(
    preset: Preset,
    header: Sequence[str],
    rows: Sequence[Mapping[str, str]],
    taken: set[str],
    settings: mapping.Settings,
) -> list[str]:
    """The columns with open answers: those named, else what the export is known for."""
    if settings.words:
        return [_named(name, header, "words") for name in settings.words]
    if "body" in settings.columns or preset.words is None:
        return []
    if preset.words:
        starts = tuple(preset.words)
        return [one for one in header if _plain(one).startswith(starts)]
    known = {*preset.private, *preset.about, *preset.author}
    return [
        column
        for column in header
        if column not in taken
        and _plain(column) not in known
        and _is_open([str(row.get(column) or "").strip() for row in rows])
    ]


def _named(name: str, header: Sequence[str], what: str) -> str:
    """The column of that name, or the only one whose name begins so."""
    found = [one for one in header if _plain(one) == _plain(name)] or [
        one for one in header if _plain(one).startswith(_plain(name))
    ]
    if len(found) != 1:
        raise ConfigError(
            f"there is no one column “{name}” for {what}. Columns: {listed(header)}"
        )
    return found[0]


def _is_open(cells: Sequence[str]) -> bool:
    """Whether people wrote that themselves: most of it differs, and has spaces."""
    said = [cell for cell in cells if cell]
    if not said:
        return False
    different = {cell.casefold() for cell in said}
    long = [cell for cell in said if len(cell) >= _LONG and " " in cell]
    return len(different) * 3 >= len(said) * 2 and len(long) * 2 >= len(said)


def preset_of(settings: mapping.Settings, header: Sequence[str]) -> Preset | None:
    """The preset a table is read with; None for a table like any other."""
    if settings.preset == csv_presets.NONE:
        return None
    return csv_presets.of(settings.preset, header)
