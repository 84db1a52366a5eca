"""The rows of a monthly report of Google Play, whatever language its head is in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, Final
from urllib.parse import parse_qs, urlsplit

from triage.connector import Channel, ConfigError, Incoming, Unreadable
from triage_connectors import lines
from triage_connectors.csv_rows import Cells
from triage_connectors.google_play_reviews import (
    address,
    also,
    from_seconds,
    kind_of,
    number,
    rated,
    reply,
    spoken,
)

NAMES: Final = (
    "Package Name", "App Version Code", "App Version Name", "Reviewer Language",
    "Device", "Review Submit Date and Time", "Review Submit Millis Since Epoch",
    "Review Last Update Date and Time", "Review Last Update Millis Since Epoch",
    "Star Rating", "Review Title", "Review Text", "Developer Reply Date and Time",
    "Developer Reply Millis Since Epoch", "Developer Reply Text", "Review Link",
)  # fmt: skip
"""The columns as Google names them in English, in the order they stand."""

_NEEDED: Final = ("Star Rating", "Review Text")
_VERSION: Final = "App Version Name"
_SEEN: Final = 50
_MILLIS: Final = re.compile(r"1\d{12}")
_ID: Final = re.compile(r"reviewid=([^&#]+)", re.IGNORECASE)
_NAMED: Final = re.compile(r"[\w:.\-]{6,300}")


@dataclass(frozen=True, slots=True)
class Row:
    """
    What one row of a report tells.

    Attributes:
        after: Bytes of the report up to its end.
        told: The review, and the reply where there is one.
    """

    after: int
    told: Sequence[Incoming | Unreadable]


def rows(file: BinaryIO, size: int, app: str, at: int, name: str) -> Iterator[Row]:
    """
    Yield the rows of an open report from ``at`` on.

    A report whose columns cannot be told is one row that says so.
    """
    file.seek(0)
    sample = file.read(lines.SAMPLE)
    if not sample.strip(b"\xff\xfe\xef\xbb\xbf\x00\r\n "):
        return
    try:
        how = lines.encoding(sample, "", "CSV")
        table = Cells(file, how, sample, ",")
        places = _places(table, app, is_whole=len(sample) < lines.SAMPLE)
    except ConfigError as error:
        digest = hashlib.sha256(sample).hexdigest()[:16]
        yield Row(
            size,
            [
                Unreadable(
                    external_id=f"{name} {digest}",
                    raw=sample[:65_536],
                    why=f"the report {name} cannot be read: {error}",
                    channel=Channel.REVIEW,
                )
            ],
        )
        return
    for after, row, raw in table.by_name(at, size, whole=True):
        if isinstance(row, Unreadable):
            yield Row(after, [row])
        elif len(row) != len(table.header):
            yield Row(after, [_strange(raw, "its row is cut, or two run together")])
        else:
            cells = {known: row[ours].strip() for known, ours in places.items()}
            yield Row(after, _told(app, cells, raw))


def _told(app: str, row: Mapping[str, str], raw: bytes) -> list[Incoming | Unreadable]:
    submitted = _moment(row, "Review Submit")
    edited = _moment(row, "Review Last Update") or submitted
    linked = _linked(row.get("Review Link", ""))
    stars = rated(number(row, "Star Rating"))
    title, body = row.get("Review Title", ""), row.get("Review Text", "")
    why = ""
    if edited is None:
        why = "its row has no time that can be read"
    elif not (title or body or stars):
        why = "its row has neither words nor stars"
    if why:
        return [_strange(raw, why)]
    language, context = spoken(row.get("Reviewer Language", ""))
    # A phone is told by its codename alone.
    phone = row.get("Device", "")
    more = {"device": phone, "codename": phone}
    external_id = linked or _name(app, row)
    version = number(row, "App Version Code")
    told: list[Incoming | Unreadable] = [
        Incoming(
            external_id=external_id,
            channel=Channel.REVIEW,
            kind=kind_of(title, body),
            title=title,
            body=body,
            received_at=submitted or edited,
            edited_at=edited,
            language=language,
            app_version=row.get(_VERSION, ""),
            url=address(app, linked) if linked else "",
            thread=linked,
            also=also(app, linked) if linked else "",
            abridged=True,
            context={
                "app": app,
                **context,
                **(more if phone else {}),
                **({"version_code": version} if version is not None else {}),
            },
            raw=raw,
            **stars,
        )
    ]
    answer = row.get("Developer Reply Text", "")
    if answer and linked:
        replied_at = _moment(row, "Developer Reply") or edited
        assert replied_at is not None
        told.append(reply(app, linked, answer, replied_at, raw, abridged=True))
    return told


def _strange(raw: bytes, why: str) -> Unreadable:
    return Unreadable(
        external_id=f"row {hashlib.sha256(raw).hexdigest()[:32]}",
        raw=raw,
        why=why,
        channel=Channel.REVIEW,
    )


def _name(app: str, row: Mapping[str, str]) -> str:
    """A name for a row without a link: none is told, and none for stars alone."""
    parts = (
        app,
        row.get("Review Submit Millis Since Epoch", "")
        or row.get("Review Submit Date and Time", ""),
        row.get("Device", ""),
        row.get("Reviewer Language", ""),
    )
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace"))
    return f"sha256:{digest.hexdigest()[:40]}"


def _linked(link: str) -> str:
    """The review's id in its link, in any of the three forms seen; "" without one."""
    try:
        parts = urlsplit(link[:2000])
    except ValueError:
        return ""
    for name, values in parse_qs(parts.query).items():
        if name.casefold() == "reviewid" and _NAMED.fullmatch(values[0]):
            return values[0]
    from urllib.parse import unquote

    found = _ID.search(parts.fragment)
    name = unquote(found[1]) if found else ""
    return name if _NAMED.fullmatch(name) else ""


def _moment(row: Mapping[str, str], what: str) -> datetime | None:
    """A time to the second, as the API has it too."""
    millis = number(row, f"{what} Millis Since Epoch")
    if millis is not None and (at := from_seconds(millis // 1000)):
        return at
    written = row.get(f"{what} Date and Time", "")
    try:
        at = datetime.fromisoformat(written[:40])
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return from_seconds(int(at.timestamp()))


def _places(table: Cells, app: str, *, is_whole: bool) -> Mapping[str, str]:
    """
    Google's name of each column → its name in this report.

    In another language the columns stand in the same order: they are told by it, if
    what is in them is what must be there.
    """
    plain = {" ".join(name.split()).casefold(): name for name in table.header}
    found = {name: plain[name.casefold()] for name in NAMES if name.casefold() in plain}
    if all(name in found for name in _NEEDED) and any("Submit" in one for one in found):
        return found
    names = tuple(NAMES)
    if len(table.header) == len(NAMES) - 1:
        names = tuple(name for name in NAMES if name != _VERSION)
    if len(table.header) == len(names):
        placed = dict(zip(names, table.header, strict=True))
        # Of a long report the last row that was looked at may be cut.
        first = table.first if is_whole else table.first[:-1]
        seen = [
            {name: row.get(ours, "").strip() for name, ours in placed.items()}
            for row in first[:_SEEN]
        ]
        if seen and all(_is_review(row, app) for row in seen):
            return placed
    missing = [name for name in (*_NEEDED, NAMES[6]) if name not in found]
    raise ConfigError(
        f"it lacks {', '.join(missing)}"
        if len(missing) < 3
        else "its columns are none Google Play writes"
    )


def _is_review(row: Mapping[str, str], app: str) -> bool:
    """Whether a row fits the order the columns stand in."""
    return (
        row["Package Name"] == app
        and _MILLIS.fullmatch(row["Review Submit Millis Since Epoch"]) is not None
        and _MILLIS.fullmatch(row["Review Last Update Millis Since Epoch"]) is not None
        and row["Star Rating"] in {"1", "2", "3", "4", "5"}
        and (not row["Review Link"] or "://" in row["Review Link"])
    )
