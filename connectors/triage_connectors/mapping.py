"""Rows of a stranger's table become feedback: what was seen in them decides how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from triage.connector import Channel, ConfigError, Incoming, Kind, Unreadable
from triage.text.listed import phrases
from triage_connectors import channels, columns, dates, ratings
from triage_connectors.repeats import Repeats

_KINDS: Final = {
    kind.value: kind for kind in Kind if kind not in {Kind.QUARANTINED, Kind.COPY}
}
_TEXTS: Final = phrases(
    "body | title | author | email | company | language | app_version | url | thread"
    " | scale | metric"
)
_NAMING: Final = phrases("title | body | author | email | received_at | rating | url")


@dataclass(frozen=True, slots=True)
class Preview:
    """
    What was understood of a file, for a person to look at before importing it.

    Attributes:
        columns: Our field → the column it was found in.
        unmapped: The other columns; they are kept in each feedback's context.
    """

    columns: Mapping[str, str]
    unmapped: Sequence[str]
    rows: Sequence[Incoming | Unreadable]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a person may say about a table, so that nothing is guessed."""

    columns: Mapping[str, str] = field(default_factory=dict)
    channel: str = "review"
    date_format: str = ""
    scale: str = ""
    metric: str = ""
    preset: str = ""
    words: Sequence[str] = ()
    wordless: bool = False
    """Whether a row without words is one all the same."""

    def check(self) -> None:
        """Refuse settings that fit no table."""
        columns.check_fields(self.columns)
        if self.channel:
            channels.named(self.channel)
        if self.scale:
            try:
                ratings.check_scale(self.scale)
            except ValueError as error:
                raise ConfigError(str(error)) from None


@dataclass(frozen=True, slots=True)
class Layout:
    """
    Which column of one file holds what, and how its dates and ratings are written.

    Attributes:
        columns: Our field → the column it is in; a path with dots goes into objects.
    """

    columns: Mapping[str, str]
    channel: Channel
    received: dates.Dates
    edited: dates.Dates
    ratings: ratings.Ratings
    texts: Sequence[tuple[str, str]]
    used: frozenset[str]
    paths: Sequence[str]
    wordless: bool = False

    def incoming(
        self, row: dict[str, Any], raw: bytes, repeats: Repeats
    ) -> Incoming | Unreadable:
        """Return one row as feedback, or why it cannot be one."""
        if self.paths:
            row = _lifted(row, self.paths)
        values: dict[str, Any] = {}
        for name, column in self.texts:
            value = row.get(column)
            if value.__class__ is str:
                if value := value.strip():
                    values[name] = value
            elif value is not None:
                values[name] = _text(value)
        context = {
            name: value
            for name, value in row.items()
            if name not in self.used and not _is_empty(value)
        }
        external_id = self._external_id(row, repeats)
        try:
            values |= self._dates(row)
        except ValueError as error:
            return Unreadable(
                external_id=external_id, raw=raw, why=str(error), channel=self.channel
            )
        self._rate(row, values, context)
        self._place(row, values, context)
        if not values.get("body"):
            values["body"] = ""
            nothing = "title" not in values and "rating" not in values
            if nothing and not self.wordless:
                return Unreadable(
                    external_id=external_id,
                    raw=raw,
                    why=f"it has no text: “{self.columns['body']}” is empty",
                    channel=self.channel,
                )
        return Incoming(external_id=external_id, context=context, raw=raw, **values)

    def _external_id(self, row: Mapping[str, Any], repeats: Repeats) -> str:
        value = row.get(self.columns.get("external_id", ""))
        if value is not None and not _is_empty(value):
            name = value.strip() if isinstance(value, str) else _text(value)
            if name:
                return name[:500]
        said = (str(row.get(self.columns.get(name, ""), "")) for name in _NAMING)
        return repeats.name("\x1f".join(said).encode("utf-8", "replace"))

    def _dates(self, row: Mapping[str, Any]) -> dict[str, datetime]:
        found = {}
        for name, reader in (
            ("received_at", self.received),
            ("edited_at", self.edited),
        ):
            column = self.columns.get(name)
            if column is not None and (at := reader.read(row.get(column))):
                found[name] = at
        return found

    def _rate(
        self, row: Mapping[str, Any], values: dict[str, Any], context: dict[str, Any]
    ) -> None:
        """Put the rating in; one that is none on the scale stays as it was written."""
        column = self.columns.get("rating")
        value = row.get(column) if column is not None else None
        if column is None or _is_empty(value):
            values.pop("scale", None)
            values.pop("metric", None)
            return
        found = self.ratings.read(value)
        if found is None:
            context[column] = value
            return
        values["rating"], scale = found
        values.setdefault("scale", scale)
        values.setdefault("metric", self.ratings.metric)

    def _place(
        self, row: Mapping[str, Any], values: dict[str, Any], context: dict[str, Any]
    ) -> None:
        """Put channel and kind in; what is none of ours stays as it was written."""
        values["channel"] = self.channel
        column = self.columns.get("channel")
        if column is not None and not _is_empty(value := row.get(column)):
            channel = channels.find(str(value))
            if channel is None:
                context[column] = value
            else:
                values["channel"] = channel
        column = self.columns.get("kind")
        if column is not None and not _is_empty(value := row.get(column)):
            kind = _KINDS.get(str(value).strip().casefold())
            if kind is None:
                context[column] = value
            else:
                values["kind"] = kind
        author = values.get("author", "")
        if "@" in author and " " not in author:
            values.setdefault("email", author)


def laid_out(
    names: Sequence[str], sample: Sequence[Mapping[str, Any]], settings: Settings
) -> Layout:
    """
    Return how a table with these columns is read, told by some of its rows.

    Raises ConfigError where a column is missing or no row fits ``date_format``.
    """
    cells = {name: [_at(row, name) for row in sample] for name in names}
    seen = {name: [one for one in cells[name] if not _is_empty(one)] for name in names}
    numbers = {
        name for name in names if seen[name] and all(map(_is_number, seen[name]))
    }
    rated = {
        name
        for name in names
        if 2 * sum(ratings.number(one) is not None for one in seen[name])
        >= len(seen[name])
    }
    found = columns.matched(names, settings.columns, numbers, rated)
    channel = channels.named(settings.channel or "review")
    rating = found.get("rating", "")
    return Layout(
        columns=found,
        channel=channel,
        received=_dates_of(found, "received_at", seen, settings),
        edited=_dates_of(found, "edited_at", seen, settings),
        ratings=ratings.told_by(
            seen.get(rating, ()),
            columns.plain(rating),
            scale=ratings.check_scale(settings.scale) if settings.scale else "",
            metric=settings.metric,
            review=channel is Channel.REVIEW,
        ),
        texts=[(name, found[name]) for name in _TEXTS if name in found],
        used=frozenset(found.values()),
        paths=[
            column
            for column in found.values()
            if "." in column and not any(column in row for row in sample)
        ],
        wordless=settings.wordless,
    )


def flat_names(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the names in rows of JSON, in order; those inside objects with a dot."""
    names: dict[str, None] = {}
    for row in rows:
        for name, value in row.items():
            names.setdefault(name)
            if isinstance(value, dict):
                for inner in value:
                    names.setdefault(f"{name}.{inner}")
    return list(names)


def _dates_of(
    found: Mapping[str, str],
    name: str,
    seen: Mapping[str, Sequence[Any]],
    settings: Settings,
) -> dates.Dates:
    column = found.get(name)
    if column is None:
        return dates.Dates()
    values = seen.get(column, ())
    reader = dates.told_by(values, settings.date_format)
    if settings.date_format and values and not any(_reads(reader, v) for v in values):
        raise ConfigError(
            f"no date in “{column}” is written as {settings.date_format}: "
            f"the first is “{str(values[0])[:60]}”"
        )
    return reader


def _reads(reader: dates.Dates, value: Any) -> bool:
    try:
        return reader.read(value) is not None
    except ValueError:
        return False


def _is_empty(value: Any) -> bool:
    return value is None or (value.__class__ in _EMPTIES and not value)


_EMPTIES: Final = frozenset({str, list, dict})


def _is_number(value: Any) -> bool:
    if isinstance(value, (int, float)):
        return True
    try:
        float(str(value)[:40].replace(",", "."))
    except ValueError:
        return False
    return True


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, (dict, list, bool)):
        import json

        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _at(row: Mapping[str, Any], name: str) -> Any:
    """Return what a row holds under a name or a path with dots."""
    if name in row or "." not in name:
        return row.get(name)
    value: Any = row
    for step in name.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(step)
    return value


def _lifted(row: dict[str, Any], paths: Sequence[str]) -> dict[str, Any]:
    """Return the row with what stands at the paths on top, and no longer inside."""
    out = dict(row)
    for path in paths:
        if path in row:
            continue
        out[path] = _at(row, path)
        *way, last = path.split(".")
        inner = out
        for step in way:
            value = inner.get(step)
            if not isinstance(value, dict):
                break
            inner[step] = dict(value)
            inner = inner[step]
        else:
            inner.pop(last, None)
    return out
