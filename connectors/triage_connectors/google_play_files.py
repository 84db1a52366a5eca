"""The monthly reports of an app, in its bucket or in a folder."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final, cast

from triage.connector import ConfigError, SourceError, SourceUnavailable
from triage_connectors import folder as folders
from triage_connectors.google_play_api import Google, found
from triage_connectors.google_play_reviews import listed, number, text
from triage_connectors.place import opened

if TYPE_CHECKING:
    from triage.transport import Http

PART: Final = 8 * 1024 * 1024
"""Bytes asked for at once; the transport takes no answer over 10 MB."""
LARGEST: Final = 2 * 1024 * 1024 * 1024
_IN_MEMORY: Final = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """
    One month of one app.

    Attributes:
        name: What it is remembered by.
        month: As 202611.
        mark: Another one whenever its content is.
        path: Where it lies on this machine; None in a bucket.
        generation: Which version of it, in a bucket.
        md5: Of its bytes, as Google writes it; "" untold.
        packed: Whether it lies there packed, and cannot be read in parts.
    """

    name: str
    month: str
    mark: str
    size: int
    path: Path | None = None
    bucket: str = ""
    generation: str = ""
    md5: str = ""
    packed: bool = False


async def in_bucket(http: Http, google: Google, bucket: str, app: str) -> list[Report]:
    """The reports a bucket has of an app, by month."""
    pages, token, reports = http.pages(), "", list[Report]()
    while True:
        answer = await google.files(
            bucket, f"reviews/reviews_{app}_", pages.turn(token)
        )
        pages.saw(answer.content)
        told = found(answer)
        for one in listed(told.get("items")):
            report = _object(bucket, app, one)
            if report:
                reports.append(report)
        token = text(told, "nextPageToken")
        if not token:
            return _by_month(reports)


def in_folder(root: Path, app: str) -> list[Report]:
    """The reports a folder has of an app, by month; links are not followed."""
    if not root.is_dir():
        raise ConfigError(
            f"there is no folder {root}; name the one the reports were downloaded to"
        )
    reports = []
    for path in folders.walked(root):
        month = _month(path.name, app)
        if month:
            name = path.relative_to(root).as_posix()
            one = folders.entry(path, name)
            reports.append(
                Report(
                    name=f"folder/{name}",
                    month=month,
                    mark=_mark(path, one.size, path.stat().st_mtime_ns),
                    size=one.size,
                    path=path,
                )
            )
    return _by_month(reports)


@asynccontextmanager
async def content(google: Google | None, report: Report) -> AsyncIterator[BinaryIO]:
    """
    A report's bytes, whole and checked, to be read from any place.

    One of a bucket comes in parts of one version, and lies in memory or, where it is
    large, in a file without a name.
    """
    if report.path is not None:
        with opened(report.path) as file:
            yield file
        return
    assert google is not None
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        await _fetch(google, report, cast("IO[bytes]", spool))
        spool.seek(0)
        yield cast("BinaryIO", spool)


async def _fetch(google: Google, report: Report, into: IO[bytes]) -> None:
    if report.size > LARGEST:
        raise SourceError(
            f"{report.name} says it has {report.size:,} bytes, which no report has;"
            " download it and give its folder"
        )
    digest, at = hashlib.md5(usedforsecurity=False), 0
    while at < report.size or not at:
        end = min(at + PART, report.size) - 1
        span = None if report.packed or report.size == 0 else (at, end)
        answer = await google.part(report.bucket, report.name, report.generation, span)
        if answer.status == 404:
            raise SourceUnavailable(
                f"{report.name} was replaced while it was read; sync again"
            )
        got = answer.content
        into.write(got)
        digest.update(got)
        at += len(got)
        if answer.status != 206:
            break
        if len(got) != end + 1 - (at - len(got)):
            raise _cut(report)
    md5 = base64.b64encode(digest.digest()).decode()
    if not report.packed and (at != report.size or report.md5 not in {"", md5}):
        raise _cut(report)


def _cut(report: Report) -> SourceUnavailable:
    return SourceUnavailable(
        f"{report.name} came cut or changed on its way; sync again"
    )


def _object(bucket: str, app: str, told: Mapping[str, Any]) -> Report | None:
    name = text(told, "name")
    month = _month(name.rpartition("/")[2], app)
    generation, size = number(told, "generation"), number(told, "size")
    if not month or generation is None or size is None or size < 0:
        return None
    return Report(
        name=name,
        month=month,
        # A report is written anew each day, mostly with the content it had.
        mark=text(told, "md5Hash") or str(generation),
        size=size,
        bucket=bucket,
        generation=str(generation),
        md5=text(told, "md5Hash"),
        packed=text(told, "contentEncoding").casefold() == "gzip",
    )


def _month(name: str, app: str) -> str:
    """The month of a report's name, as 202611; "" where it is none of this app."""
    told = re.fullmatch(
        rf"reviews_{re.escape(app)}_((?:19|20)\d\d(?:0[1-9]|1[0-2]))\b.*\.csv",
        name,
        re.IGNORECASE,
    )
    return told[1] if told else ""


def _mark(path: Path, size: int, stamp: int) -> str:
    """What changes with the content, though a copy has kept size and time."""
    digest = hashlib.sha256()
    with opened(path) as file:
        digest.update(file.read(65_536))
        file.seek(max(0, size - 65_536))
        digest.update(file.read(65_536))
    return f"{size}-{stamp}-{digest.hexdigest()[:16]}"


def _by_month(reports: list[Report]) -> list[Report]:
    return sorted(reports, key=lambda one: (one.month, one.name))
