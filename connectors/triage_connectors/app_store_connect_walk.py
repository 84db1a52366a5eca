"""
One walk through an app's reviews, from the newest down.

Reviews have a day they were made and none they were edited, so the last weeks are read
again each time and all of them once a week. While pages are asked for, reviews come and
go: one that comes moves others onto the next page, where they are met again and passed
over; one that goes moves others onto a page that was read already, which the total
tells, so that part is walked again.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from triage_connectors.app_store_connect_api import Answer, strange
from triage_connectors.app_store_connect_apps import told as named
from triage_connectors.app_store_connect_lists import Lists
from triage_connectors.app_store_connect_place import Here, Ids, Walk
from triage_connectors.app_store_connect_rows import (
    ANY,
    Row,
    Told,
    Version,
    moment,
    reviews,
)
from triage_connectors.saved import stamp

WINDOW: Final = timedelta(days=30)
"""How far back reviews are read again at each pull."""
SWEEP: Final = timedelta(days=7)
"""How long until all of them are."""
TURNS: Final = 3
"""Turns of one walk: an app whose reviews go all the time is left at that."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one page came to."""

    rows: Sequence[Row]
    gone: Sequence[str]
    progress: float | None
    gap: str = ""


@dataclass(slots=True, kw_only=True)
class Walker:
    """
    One app, and where it stands.

    Attributes:
        begin: Where a first pull begins.
        versions: Whether they are read version by version.
        known: How many ids may be kept.
    """

    lists: Lists
    here: Here
    begin: datetime | None
    versions: bool
    known: int
    _seen: set[int] = field(default_factory=set)
    _shelves: list[Version] = field(default_factory=list)
    _gap: str = ""

    async def pages(self) -> AsyncIterator[Found]:
        """Yield each page; ``here`` then says where to go on after it."""
        self.here = self._known_so_far()
        walk = self.here.walk or self._begun()
        await self._look_for_versions(walk)
        if walk.turn == 0:
            walk = await self._counted(walk)
        if walk.turn == 0 or walk.version not in {one.id for one in self._shelves}:
            walk = self._down(walk, self._shelves[0])
        pages = self.lists.guard()
        while True:
            answer = await self.lists.page(walk.version, walk.at)
            if answer is None:
                # What it called the page it knows no more: this list begins again.
                walk, pages = (
                    replace(walk, at="", done=0, total=None),
                    self.lists.guard(),
                )
                continue
            pages.saw(answer.content)
            found, after = self._read(walk, answer)
            if after is None:
                yield found
                return
            self.here = replace(self.here, walk=after)
            if after.at:
                pages.turn(after.at)
            else:
                pages = self.lists.guard()
            walk = after
            yield found

    def _known_so_far(self) -> Here:
        """
        Tell what is known, if it is what is asked for; else all is read.

        Where a first pull begins is said once: saying nothing, or a later moment,
        changes nothing. Of another choice of reviews some may never be met again, so
        what was known of it would seem gone.
        """
        here, begin = self.here, self.begin
        lists = "versions" if self.versions else "app"
        asked = f"{','.join(self.lists.countries)} {lists}"
        if not here.asked:
            return Here(asked=asked, since=begin)
        since = here.since and min(here.since, begin or here.since)
        if (here.asked, here.since) == (asked, since):
            return here
        return Here(asked=asked, since=since)

    def _begun(self) -> Walk:
        """A walk over the last weeks, or over all where that is due."""
        now, here = self.lists.api.http.now(), self.here
        full = here.newest is None or here.swept is None or now - here.swept >= SWEEP
        return Walk(
            full=full,
            began=now,
            floor=self._floor(None if full else here.newest),
            newest=here.newest,
            unseen=here.known,
        )

    def _floor(self, newest: datetime | None) -> datetime | None:
        """How far down a walk leads whose newest review was made then."""
        floor, since = newest - WINDOW if newest else None, self.here.since
        return max(floor, since) if floor and since else floor or since

    async def _look_for_versions(self, walk: Walk) -> None:
        """Find which lists this walk leads through; the app's own is the last."""
        self._shelves = [ANY]
        if not self.versions:
            return
        there = await self.lists.versions()
        if there is None:
            self._gap = (
                f"of {named(self.lists.app)} the key may not read the versions, so"
                " reviews come without one; give it the role App Manager or Developer"
            )
            return
        self._shelves = [
            *(one for one in there if self._is_asked(one, walk)),
            ANY,
        ]

    async def _counted(self, walk: Walk) -> Walk:
        """The walk with how many reviews it leads to, where one call is little."""
        if not walk.full or len(self._shelves) == 1:
            return walk
        return replace(walk, expected=await self.lists.count())

    def _is_asked(self, version: Version, walk: Walk) -> bool:
        """Whether a version's reviews may have changed where this walk leads."""
        known = self.here.versions.get(version.id)
        if walk.full or walk.floor is None or known is None:
            return True
        newest = max(
            (at for at in (moment(known), version.created_at) if at), default=None
        )
        return newest is None or newest >= walk.floor

    def _down(self, walk: Walk, version: Version) -> Walk:
        """The walk at the top of one list."""
        is_new = bool(version.id) and version.id not in self.here.versions
        return replace(
            walk,
            version=version.id,
            at="",
            until=self.here.since if is_new else walk.floor,
            top=None,
            turn=1,
            shrunk=None,
            total=None,
            done=0,
        )

    def _read(self, walk: Walk, answer: Answer) -> tuple[Found, Walk | None]:
        """What a page says, and where to go on; None after the last."""
        is_gone = answer.status == 404  # a version that was taken away meanwhile
        version = next(one for one in self._shelves if one.id == walk.version)
        told = (
            []
            if is_gone
            else reviews(
                answer, self.lists.app, version,
                abridged=not version.id and len(self._shelves) > 1,
            )
        )  # fmt: skip
        total, after = (0, "") if is_gone else (answer.total, answer.next)
        if total and not told and not walk.done:
            if not version.id:
                raise strange("data, empty though there are reviews")
            total = 0  # then the app's own list is read whole
        made = [one.at for one in told if one.at]
        if walk.done == 0 and walk.turn == 1:
            walk = self._begin_list(walk, version, made, total)
        shrunk = walk.shrunk
        if total is not None and walk.total is not None and total < walk.total and made:
            shrunk = min(shrunk, max(made)) if shrunk else max(made)
        walk = replace(
            walk, at=after, shrunk=shrunk, total=total, done=walk.done + len(told)
        )
        rows, gone = self._news(told)
        walk = self._met(walk, told)
        progress = self._progress(walk)
        is_over = not after or (
            walk.until is not None and bool(made) and made[-1] < walk.until
        )
        if not is_over:
            return Found(rows, gone, progress, self._gap), walk
        if walk.shrunk and walk.turn < TURNS:
            again = replace(
                walk, at="", until=walk.shrunk, shrunk=None, turn=walk.turn + 1,
                done=0, total=None,
            )  # fmt: skip
            return Found(rows, gone, progress, self._gap), again
        if version.id:
            following = self._shelves[self._shelves.index(version) + 1]
            self.here = replace(
                self.here,
                versions={**self.here.versions, version.id: stamp(walk.top)},
            )
            # Where it was led round to the end, the app's own list is read whole.
            listed = 0 if walk.shrunk else walk.listed
            walk = self._down(replace(walk, listed=listed), following)
            return Found(rows, gone, progress, self._gap), walk
        missed = self._finish(walk)
        return Found(rows, [*gone, *missed], progress, self._gap), None

    def _begin_list(
        self,
        walk: Walk,
        version: Version,
        made: Sequence[datetime],
        total: int | None,
    ) -> Walk:
        """The walk, with what the first page of a list says of the whole list."""
        now = self.lists.api.http.now()
        # A day that is yet to come would hide every review until then.
        top = max((at for at in made if at <= now), default=None)
        newest = max((at for at in (walk.newest, top) if at), default=None)
        walk = replace(walk, top=top, newest=newest)
        if version.id:
            return replace(walk, listed=walk.listed + (total or 0))
        if len(self._shelves) > 1 and walk.full and walk.listed == total and newest:
            # Each review was met in its version's list already.
            return replace(walk, until=self._floor(newest))
        return walk

    def _news(self, told: Sequence[Told]) -> tuple[list[Row], list[str]]:
        """What this pull has not told yet."""
        rows: list[Row] = []
        gone: list[str] = []
        for one in told:
            if self.here.since and one.at and one.at < self.here.since:
                continue
            mark = hash(one.id or one.rows[0].external_id)
            if mark in self._seen:
                continue
            self._seen.add(mark)
            rows += one.rows
            gone += [one.gone] if one.gone else []
        return rows, gone

    def _met(self, walk: Walk, told: Sequence[Told]) -> Walk:
        """The walk, after reviews were met."""
        ids = {
            one.id: int(one.at.timestamp())
            for one in told
            if one.id and one.at and not (self.here.since and one.at < self.here.since)
        }
        return replace(
            walk,
            unseen=walk.unseen.without({one.id for one in told}),
            fresh=walk.fresh.newest_with(ids, self.known),
        )

    def _finish(self, walk: Walk) -> list[str]:
        """Note what is known now; the ids of what was known and was not met."""
        floor = int(walk.floor.timestamp()) + 1 if walk.floor else None
        missed = [
            one
            for one, made in walk.unseen.made.items()
            # Where the last turn was led round as well, nobody knows.
            if not walk.shrunk and (floor is None or made >= floor)
        ]
        left = walk.unseen.without(missed)
        self.here = replace(
            self.here,
            newest=walk.newest,
            swept=walk.began if walk.full else self.here.swept,
            known=Ids(walk.fresh.newest_with(left.made, self.known).made),
            walk=None,
        )
        return missed

    def _progress(self, walk: Walk) -> float | None:
        """The share of this walk that is done, where all are read."""
        whole = walk.expected if len(self._shelves) > 1 else walk.total
        if not walk.full or not whole:
            return None
        before = walk.listed - (walk.total or 0) if walk.version else walk.listed
        return min(1.0, max(0, before + walk.done) / whole)
