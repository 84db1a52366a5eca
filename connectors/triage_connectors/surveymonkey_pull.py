"""One run over SurveyMonkey's surveys, each from where its responses were left."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from triage.connector import Cursor, Incoming, Page, SourceUnavailable
from triage_connectors import payload, saved
from triage_connectors.surveymonkey_api import Api, missing
from triage_connectors.surveymonkey_questions import Survey
from triage_connectors.surveymonkey_responses import Reader
from triage_connectors.watermark import Watermark

LATE: Final = timedelta(hours=1)
"""How far before its end the next walk begins."""
ANEW: Final = timedelta(hours=6)
"""Between two looks at a survey nobody answered since: an answer may be edited."""
_SECOND: Final = timedelta(seconds=1)
_PRETENDED: Final = frozenset({"preview", "survey_preview"})
"""Ways of answering that are our own side trying the survey out."""


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where one survey was left.

    Attributes:
        count: Its responses when it was last read whole; -1 where that is not known.
        asked_at: When that was.
    """

    mark: Watermark = field(default_factory=Watermark)
    count: int = -1
    asked_at: datetime | None = None

    def values(self) -> dict[str, Any]:
        """What a cursor keeps of it."""
        asked_at = saved.stamp(self.asked_at)
        return {**self.mark.values(), "count": self.count + 1, "asked_at": asked_at}

    @classmethod
    def read(cls, values: Mapping[str, Any], now: datetime) -> Place:
        """The same, from a cursor; SourceError where it is damaged or to come."""
        asked_at = saved.moment(values, "asked_at")
        saved.passed(asked_at, now)
        mark = Watermark.read(values, now)
        return cls(mark, saved.count(values, "count") - 1, asked_at)

    def is_quiet(self, count: int, now: datetime) -> bool:
        """Whether nobody answered since, and it was looked at lately."""
        if count <= 0:
            return count == 0
        lately = self.asked_at is not None and now - self.asked_at < ANEW
        return lately and count == self.count


def left(cursor: Cursor | None, now: datetime) -> dict[str, Place]:
    """Where each survey was left; SourceError where the cursor is none of ours."""
    if cursor is None:
        return {}
    surveys = saved.table(saved.parsed(cursor, ("surveys",)), "surveys")
    return {name: Place.read(saved.table(surveys, name), now) for name in surveys}


@dataclass(slots=True)
class Pull:
    """One run, and how far it is."""

    api: Api
    reader: Reader
    here: dict[str, Place]
    since: datetime | None
    wanted: Sequence[str]
    partial: bool
    known: dict[str, Survey] = field(default_factory=dict)

    async def pages(self) -> AsyncIterator[Page]:
        """Yield each survey's new and changed responses, the oldest change first."""
        now, is_moved = self.api.http.now(), False
        counts = dict.fromkeys(self.wanted, -1)
        if not self.wanted:
            for row in await self.api.surveys():
                told = payload.number(row, "response_count")
                counts[payload.must_be_key(row)] = -1 if told is None else int(told)
        for number, (name, count) in enumerate(counts.items()):
            place = self.here.get(name, Place())
            if place.is_quiet(count, now):
                continue
            async for page in self._survey(name, number / len(counts)):
                yield page
            if name in self.here and count >= 0:
                looked = replace(self.here[name], count=count, asked_at=now)
                self.here, is_moved = {**self.here, name: looked}, True
        if is_moved:
            yield Page((), self._cursor(), progress=1.0)

    async def _survey(self, name: str, progress: float) -> AsyncIterator[Page]:
        place = self.here.get(name, Place())
        mark = place.mark
        turns = self.api.http.pages()
        since = mark.begins(LATE) or self.since
        number, more = 1, True
        while more:
            turns.turn(f"{since} {number}")
            answered = await self.api.responses(
                name, since=since, page=number, partial=self.partial
            )
            if answered is None:
                if self.wanted:
                    raise missing(name)
                # Deleted since it was listed.
                return
            turns.saw(answered.content)
            rows, more = answered.rows, answered.more
            changes = [_change(row) for row in rows]
            if since and changes and min(at for _, at, _ in changes) < since - _SECOND:
                raise SourceUnavailable(
                    f"SurveyMonkey told older responses of survey {name} than were"
                    " asked for; try again later"
                )
            new = [
                row
                for row, (response, _, version) in zip(rows, changes, strict=True)
                if not mark.knows(response, version)
            ]
            said = await self._said(name, new)
            gone = [payload.must_be_key(row) for row in new if _is_deleted(row)]
            mark = mark.after(changes, LATE)
            if new:
                self.here = {**self.here, name: replace(place, mark=mark)}
                yield Page(said, self._cursor(), progress=progress, gone=gone)
            if more:
                # Not by number alone: what changes meanwhile moves to the end, and
                # what follows it one place up, past the end of a page.
                last = max(at for _, at, _ in changes) - _SECOND
                if since is None or last > since:
                    since, number = last, 1
                else:
                    number += 1

    async def _said(
        self, name: str, rows: Sequence[Mapping[str, Any]]
    ) -> list[Incoming]:
        """Those as feedback; the survey's questions are asked for once, if needed."""
        wanted = {"completed", *(("partial",) if self.partial else ())}
        rows = [
            row
            for row in rows
            if payload.text(row, "response_status") in wanted
            and payload.text(row, "collection_mode") not in _PRETENDED
        ]
        if not rows:
            return []
        if name not in self.known:
            survey = await self.api.survey(name)
            if survey is None:
                raise missing(name)
            self.known[name] = survey
        return [self.reader.incoming(self.known[name], row) for row in rows]

    def _cursor(self) -> Cursor:
        return saved.written(
            {"surveys": {name: place.values() for name, place in self.here.items()}}
        )


def _is_deleted(row: Mapping[str, Any]) -> bool:
    return payload.text(row, "response_status") == "deleted"


def _change(row: Mapping[str, Any]) -> tuple[str, datetime, str]:
    at = payload.must_be_moment(row, "date_modified")
    return payload.must_be_key(row), at, saved.stamp(at)
