"""One run at GitHub: of each repository issues, then comments, then discussions."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from triage.connector import Incoming, Page
from triage_connectors import payload
from triage_connectors.github_api import ROWS, Api, BadPlace
from triage_connectors.github_discussions import Discussions
from triage_connectors.github_place import Place, Walk
from triage_connectors.github_rows import Rows
from triage_connectors.watermark import Watermark

STRETCH: Final = timedelta(seconds=30)
"""How far before its end a run is begun again: copies of a list may lag behind."""
SECOND: Final = timedelta(seconds=1)
"""A page is begun so long before the last one ended, be ``since`` exclusive or not."""

_SWITCHED_OFF: Final = 410


@dataclass(slots=True)
class Pull:
    """One run, and how far it is."""

    api: Api
    here: Place
    since: datetime | None

    async def pages(self, rows: Rows, *, discussions: bool) -> AsyncIterator[Page]:
        """Yield what changed in a repository; a page with nothing new is none."""
        place = self.here.cursor()
        walks = [self.issues(rows), self.comments(rows)]
        for walk in [*walks, self.discussions(rows)] if discussions else walks:
            async for page in walk:
                if page.items or page.gone or page.cursor != place:
                    yield page
                place = self.here.cursor()

    async def issues(self, rows: Rows) -> AsyncIterator[Page]:
        """What is asked for in issues, the longest unchanged first."""
        path = f"repos/{rows.repo}/issues"
        begun = self.here.of(rows.repo).issues
        async for told, known in self._listed(path, {"state": "all"}, begun):
            self.here = self.here.moved(rows.repo, issues=known)
            yield self._page(told, rows.issue)

    async def comments(self, rows: Rows) -> AsyncIterator[Page]:
        """What is said to them, all of the repository in one list."""
        path = f"repos/{rows.repo}/issues/comments"
        begun = self.here.of(rows.repo).comments
        async for told, known in self._listed(path, {}, begun):
            self.here = self.here.moved(rows.repo, comments=known)
            yield self._page(told, rows.comment)

    async def discussions(self, rows: Rows) -> AsyncIterator[Page]:
        """Discussions with all that is said in them, the latest first."""
        walk = self.here.of(rows.repo).discussions
        reader = Discussions(self.api, rows)
        turns = self.api.graph.pages()
        going = True
        while going:
            few = not walk.after and walk.known.until is not None
            turns.turn(walk.after)
            try:
                found, after, content = await reader.page(walk.after, few=few)
            except BadPlace:
                if not walk.after:
                    raise
                walk = Walk(known=walk.known)
                turns = self.api.graph.pages()
                continue
            turns.saw(content)
            begins = walk.known.begins(STRETCH) or self.since
            new = [row for row in found if begins is None or _updated(row) >= begins]
            going = bool(after) and len(new) == len(found)
            met = [(payload.must_be_key(row), _updated(row), _version(row))
                   for row in new]  # fmt: skip
            told = await reader.whole(
                [
                    row
                    for row, (name, _, version) in zip(new, met, strict=True)
                    if not walk.known.knows(name, version)
                ]
            )
            walk = Walk(walk.known, walk.found.after(met, STRETCH), after)
            if not going:
                walk = walk.done()
            self.here = self.here.moved(rows.repo, discussions=walk)
            yield Page(told.said, self.here.cursor(), gone=told.gone)

    async def _listed(
        self, path: str, params: dict[str, str | int], known: Watermark
    ) -> AsyncIterator[tuple[list[dict[str, Any]], Watermark]]:
        """
        Yield what is new of a list by time of change, and what is known then.

        Each page begins where the last one ended, by time: what changes meanwhile
        moves to the end and shifts nothing, and GitHub numbers a hundred pages only.
        """
        turns = self.api.lists.pages()
        begins = known.begins(STRETCH) or self.since
        number = 1
        more = True
        while more:
            asked = {**params, "sort": "updated", "direction": "asc", "per_page": ROWS}
            if begins:
                asked["since"] = f"{begins:%Y-%m-%dT%H:%M:%SZ}"
            if number > 1:
                asked["page"] = number
            turns.turn(f"{asked.get('since', '')} {number}")
            answer = await self.api.answered(path, asked, allow={_SWITCHED_OFF})
            if answer.status == _SWITCHED_OFF:
                return
            told = payload.listed(answer)
            turns.saw(answer.content)
            more = bool(answer.next_url)
            rows = {payload.must_be_key(row): row for row in told}
            versions = {name: _version(row) for name, row in rows.items()}
            times = {
                name: payload.must_be_moment(row, "updated_at")
                for name, row in rows.items()
            }
            new = [row for name, row in rows.items()
                   if not known.knows(name, versions[name])]  # fmt: skip
            known = known.after(
                ((name, times[name], versions[name]) for name in rows), STRETCH
            )
            yield new, known
            next_begins = max(times.values(), default=None)
            if next_begins and (begins is None or next_begins - SECOND > begins):
                begins, number = next_begins - SECOND, 1
            else:
                number += 1

    def _page(
        self,
        told: list[dict[str, Any]],
        read: Callable[[dict[str, Any]], Incoming | None],
    ) -> Page:
        said = [one for row in told if (one := read(row))]
        return Page(said, self.here.cursor())


def _updated(row: payload.Values) -> datetime:
    return payload.must_be_moment(row, "updatedAt")


def _version(row: payload.Values) -> str:
    """What it is known by: a second time within its second it may say other words."""
    return f"{zlib.crc32(payload.raw(row)):08x}"
