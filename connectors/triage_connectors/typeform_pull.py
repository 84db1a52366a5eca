"""One run over Typeform's forms, each from where its responses were left."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from triage.connector import Cursor, Incoming, Page, SourceUnavailable
from triage_connectors import payload, saved
from triage_connectors.typeform_api import Api, missing
from triage_connectors.typeform_form import Form
from triage_connectors.typeform_responses import Reader, name_of, submitted_at
from triage_connectors.watermark import Watermark

LATE: Final = timedelta(hours=1)
"""A response may be told half an hour after it was sent in (the reference says)."""
EXCLUDED: Final = 100
"""Ids a question can leave out before its address becomes too long."""


def left(cursor: Cursor | None, now: datetime) -> dict[str, Watermark]:
    """Where each form was left; SourceError where the cursor is none of ours."""
    if cursor is None:
        return {}
    forms = saved.table(saved.parsed(cursor, ("forms",)), "forms")
    found = {}
    for name in forms:
        found[name] = Watermark.read(saved.table(forms, name), now)
    return found


@dataclass(slots=True)
class Pull:
    """One run, and how far it is."""

    api: Api
    reader: Reader
    here: dict[str, Watermark]
    since: datetime | None
    wanted: Sequence[str]
    known: dict[str, Form] = field(default_factory=dict)

    async def pages(self) -> AsyncIterator[Page]:
        """Yield each form's new responses, the oldest first."""
        names = self.wanted or [
            payload.must_be_key(row) for row in await self.api.forms()
        ]
        for number, name in enumerate(dict.fromkeys(names)):
            async for page in self._form(name, number / len(names)):
                yield page

    async def _form(self, name: str, progress: float) -> AsyncIterator[Page]:
        mark = self.here.get(name, Watermark())
        turns = self.api.http.pages()
        since = mark.begins(LATE) or self.since
        without: set[str] = set()
        more = True
        while more:
            turns.turn(f"{since} {len(without)}")
            answered = await self.api.responses(name, since=since, without=without)
            if answered is None:
                if self.wanted:
                    raise missing(name)
                # Deleted since it was listed.
                return
            rows, total, content = answered
            turns.saw(content)
            sent_in = [row for row in rows if submitted_at(row)]
            times = [payload.must_be_moment(row, "submitted_at") for row in sent_in]
            if since and times and min(times) < since.replace(microsecond=0):
                raise SourceUnavailable(
                    f"Typeform told older responses of form {name} than were asked for;"
                    " try again later"
                )
            new = [row for row in sent_in if not _is_known(mark, row)]
            said = await self._said(name, new)
            mark = mark.after(map(_change, new), LATE)
            more = total > len(rows) and bool(times)
            gap = ""
            if more:
                last = max(times)
                here = {name_of(row) for row in sent_in if submitted_at(row) == last}
                without = here | without if since == last else here
                since = last
                if len(without) > EXCLUDED:
                    gap = (
                        f"form {name} had more than {EXCLUDED} responses in the second"
                        f" {last:%F %T} UTC; some of them cannot be asked for"
                    )
                    since, without = last + timedelta(seconds=1), set()
            if said or gap:
                self.here = {**self.here, name: mark}
                yield Page(said, self._cursor(), gap=gap, progress=progress)

    async def _said(
        self, name: str, rows: Sequence[Mapping[str, Any]]
    ) -> list[Incoming]:
        """Those as feedback; the form's questions are asked for once, if needed."""
        if not rows:
            return []
        if name not in self.known:
            form = await self.api.form(name)
            if form is None:
                raise missing(name)
            self.known[name] = form
        form = self.known[name]
        return [self.reader.incoming(form, row) for row in rows]

    def _cursor(self) -> Cursor:
        return saved.written(
            {"forms": {name: mark.values() for name, mark in self.here.items()}}
        )


def _is_known(mark: Watermark, row: Mapping[str, Any]) -> bool:
    name, _, version = _change(row)
    return mark.knows(name, version)


def _change(row: Mapping[str, Any]) -> tuple[str, datetime, str]:
    at = payload.must_be_moment(row, "submitted_at")
    return name_of(row), at, saved.stamp(at)
