"""What can be asked in figures: of weeks, of what sources tell, of a new version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from triage.errors import NotFound, UsageError
from triage.query import NOTHING, Query, parsed
from triage.store.database import Database

if TYPE_CHECKING:
    # What counts is loaded where somebody asks for figures.
    from triage.workspace.answers import Answers
    from triage.workspace.breakdown import Breakdown
    from triage.workspace.changed import Changed, Release, Shift, Weighed
    from triage.workspace.numbers import Numbers

MOST_SHIFTS = 8
"""Groups and pain points that are told of a version, however many were compared."""


class Measuring:
    """Questions answered in figures; none of them writes."""

    db: Database
    clock: Callable[[], datetime]

    def numbers(
        self,
        weeks: int | None = None,
        *,
        source: str = "",
        query: Query | str = NOTHING,
    ) -> Numbers:
        """Volume, ratings and sentiment of weeks up to now, of one source or of all."""
        from triage.store import numbers
        from triage.workspace.numbers import first_week
        from triage.workspace.numbers import numbers as in_weeks

        now = self.clock()
        counted = numbers.counts(
            self.db.read(), asked(query), now=now, since=first_week(now, weeks)
        )
        return in_weeks(counted, now=now, source=source)

    def answers(
        self, weeks: int | None = None, *, query: Query | str = NOTHING
    ) -> Answers:
        """How long customers waited for an answer, and for it to be solved."""
        from triage.store import answers, numbers
        from triage.workspace.answers import answers as in_weeks
        from triage.workspace.numbers import first_week

        now = self.clock()
        week = first_week(now, weeks)
        begin = None if week is None else numbers.begin(week)
        told = answers.conversations(self.db.read(), asked(query), begin, now)
        return in_weeks(told, week, now=now)

    def breakdown(
        self,
        by: str,
        weeks: int | None = None,
        *,
        query: Query | str = NOTHING,
        most: int | None = None,
    ) -> Breakdown:
        """
        Ratings and sentiment of each version, country or whatever else is told.

        Args:
            by: One of ``triage.query.fields.PARTS``.
            weeks: How far back; None for all there is.
            most: Told one by one, the others together; 0 for all, None for a few.
        """
        from triage.query.fields import PARTS
        from triage.store import breakdown, numbers
        from triage.workspace.breakdown import MOST
        from triage.workspace.breakdown import breakdown as in_parts
        from triage.workspace.numbers import first_week

        if by not in PARTS:
            raise UsageError(f"numbers are told by {', '.join(PARTS)}; not by {by}")
        read, now = self.db.read(), self.clock()
        week = first_week(now, weeks)
        earliest = breakdown.first(read)
        # As weeks have it: what is dated ahead counts from the week it lies in.
        end = numbers.begin(numbers.week_of(int(now.timestamp() * 1_000_000)) + 1)
        begin = (earliest or end) if week is None else numbers.begin(week)
        counted = breakdown.counts(
            read, by, asked(query), begin=begin, end=end, now=now,
            # A version is compared with the one before, not with itself.
            middle=begin if by == "version" else (begin + end) // 2,
        )  # fmt: skip
        seen = {}
        if by == "version" and earliest is not None and earliest < begin:
            seen = breakdown.first_seen(read, begin)
        return in_parts(
            counted, by, weeks=weeks, most=MOST if most is None else most, seen=seen
        )

    def changed(self, version: str, *, query: Query | str = NOTHING) -> Changed:
        """
        What changed with a version: all of its feedback beside that on the one before.

        Raises:
            UsageError: It does not begin with a number.
            NotFound: There is no feedback on it.
        """
        from dataclasses import replace

        from triage.store import shifts
        from triage.store.versions import version_numbers
        from triage.workspace.changed import beside, releases, weighed

        if not version_numbers(version):
            raise UsageError(f"{version} is no version; versions are like 5.2 or 5.2.1")
        wanted = asked(query)
        parts = self.breakdown("version", query=wanted, most=0).parts
        after, before = releases(parts, version)
        if after is None:
            there = ", ".join(part.name for part in parts[:6] if part.name)
            known = f"the newest are {there}" if there else "no feedback names any"
            raise NotFound(f"no feedback is on version {version}; {known}")
        told = beside(after, before)
        if before is None:
            return told
        heard = [
            shifts.heard(
                self.db.read(), one.versions, wanted, now=self.clock(), **_between(one)
            )
            for one in (after, before)
        ]
        found = weighed(*heard)
        shown = [one for one in found if (one.change.value or 0) > 0][:MOST_SHIFTS]
        sank = [one for one in found if one.change.is_sure and one not in shown]
        sank = [one for one in sank if (one.change.value or 0) < 0][-MOST_SHIFTS:]
        return replace(
            told, compared=len(found),
            shifts=tuple(
                self._shift(one, after if one.after.count else before, wanted)
                for one in (*shown, *sank)
            ),
        )  # fmt: skip

    def _shift(self, one: Weighed, of: Release, query: Query) -> Shift:
        from triage.store import shifts
        from triage.workspace.changed import Shift

        number, title = shifts.title(self.db.read(), one.kind, one.id)
        return Shift(
            kind=one.kind,
            id=one.id,
            short=f"{'g' if one.kind == shifts.GROUPS else 'p'}{number}",
            title=title,
            after=one.after,
            before=one.before,
            change=one.change,
            words=tuple(
                shifts.words(
                    self.db.read(), one.kind, one.id, of.versions, query,
                    now=self.clock(), **_between(of),
                )
            ),
        )  # fmt: skip


def _between(release: Release) -> dict[str, int]:
    """The keys of the first and the last feedback on it."""
    return {"first": release.first, "last": release.last}


def asked(query: Query | str) -> Query:
    """
    A query as it was typed, or parsed before.

    Raises:
        UsageError: It says in which order; figures have none.
    """
    wanted = parsed(query) if isinstance(query, str) else query
    if wanted.sort or wanted.each:
        raise UsageError("figures have no order; leave out sort: and show:")
    return wanted
