"""One pull of Jira Service Management: what changed, in the order it changed."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from triage.connector import Cursor, Incoming, Page
from triage_connectors import payload, saved, watermark
from triage_connectors.jira_service_management_api import Fields, Jira, query
from triage_connectors.jira_service_management_told import Request
from triage_connectors.together import together
from triage_connectors.watermark import Watermark

if TYPE_CHECKING:
    from triage_connectors.jira_service_management import JiraServiceManagement

STRETCH: Final = timedelta(minutes=5)
"""How long a change may take until a search finds it."""
KEPT: Final = STRETCH + timedelta(minutes=5)
"""How long what was told is known again: a search reaches back somewhat further."""


@dataclass(frozen=True, slots=True)
class Requests:
    """A pull on its way."""

    jira: Jira
    settings: JiraServiceManagement

    async def pages(self, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield the requests that changed since, whole."""
        now = self.jira.clock.now()
        mark = Watermark()
        if cursor is not None:
            mark = Watermark.read(saved.parsed(cursor, watermark.NAMES), now)
        fields = await self.jira.fields(self.settings.fields)
        begin = mark.begins(STRETCH) or self.settings.since
        jql = query(self.settings.projects, begin, now)
        turns, token, moved = self.jira.clock.pages(), "", False
        while True:
            rows, following, content = await self.jira.search(jql, fields.asked, token)
            turns.saw(content)
            versions = {payload.must_be_key(row): _version(row) for row in rows}
            fresh = [
                row
                for row in rows
                if not mark.knows(name := payload.must_be_key(row), versions[name])
            ]
            if fresh:
                items, gone = await self._told(fresh, fields)
                changes = [
                    (
                        name := payload.must_be_key(row),
                        min(now, payload.must_be_moment(row["fields"], "updated")),
                        versions[name],
                    )
                    for row in fresh
                ]
                mark, moved = mark.after(changes, KEPT), True
                yield Page(items, mark.cursor(), gone_threads=gone)
            if not following:
                break
            # A page may well be empty with others behind it.
            token = turns.turn(following)
        if not moved:
            yield Page((), mark.cursor())

    async def _told(
        self, rows: Sequence[payload.Values], fields: Fields
    ) -> tuple[list[Incoming], list[str]]:
        """All that is said in these requests, and those that are there no more."""
        settings = self.settings
        requests = [
            Request(row, fields, settings.host, settings.own_domains) for row in rows
        ]
        cut = [one for one in requests if one.is_cut]
        rated = [one for one in requests if one.rating is not None]
        whole = await together([partial(self.jira.comments, one.name) for one in cut])
        said = await together([partial(self.jira.feedback, one.name) for one in rated])
        comments = {one.name: told for one, told in zip(cut, whole, strict=True)}
        feedback = {one.name: told for one, told in zip(rated, said, strict=True)}
        items: list[Incoming] = []
        gone: list[str] = []
        for one in requests:
            told = comments.get(one.name, one.comments)
            if told is None:
                gone.append(one.name)
            else:
                items += one.told(told, feedback.get(one.name, {}))
        return items, gone


def _version(row: payload.Values) -> str:
    """What is another whenever anything a search tells of a request is."""
    return hashlib.blake2b(payload.raw(row), digest_size=12).hexdigest()
