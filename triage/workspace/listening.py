"""Time set aside to hear people, and whose voices were heard in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from triage.errors import UsageError
from triage.measures.listening import Part, called, missing, parts
from triage.operations import listened as operations
from triage.research import Listened, Session
from triage.store import listened as stored
from triage.store.journal import Entry
from triage.workspace.deciding import Deciding

SPOKEN = timedelta(weeks=4)
"""How far back from a week's end those spoke whose voices may be missing."""

LONG = timedelta(weeks=8)
"""How long somebody is silent of whom that is told."""

_WEEK = re.compile(r"(\d{4})-[wW](\d{1,2})")


@dataclass(frozen=True, slots=True)
class Silent:
    """A segment or channel nobody was heard of for long; ``last`` None for never."""

    kind: str
    name: str
    last: datetime | None

    @property
    def called(self) -> str:
        """Its name, as people read it."""
        return called(self.kind, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeningWeek:
    """
    How a week was listened in.

    Attributes:
        monday: Its first day, in UTC; ``is_over`` tells whether it still runs.
        minutes: Set aside a week, by the settings.
        sessions: Listening sessions that began in it.
        held: Conversations and observations that took place in it.
        feedback: Keys of what was listened to, each once.
        heard: How many people said that; ``spoke`` of how many who spoke of late.
        parts: Those who spoke, whose voices are missing first.
        silent: Of whom nobody has spoken for long, the longest silent first.
    """

    monday: date
    is_over: bool
    minutes: float
    sessions: tuple[Listened, ...]
    held: tuple[Session, ...]
    feedback: tuple[int, ...]
    heard: int
    spoke: int
    parts: tuple[Part, ...]
    silent: tuple[Silent, ...]

    @property
    def name(self) -> str:
        """As people write it: "2026-W47"."""
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02}"

    @property
    def listened(self) -> float:
        """Minutes somebody listened; conversations are counted, not timed."""
        return sum(one.seconds for one in self.sessions) / 60

    @property
    def noted(self) -> int:
        """Notes taken while listening."""
        return sum(one.noted for one in self.sessions)

    @property
    def whole(self) -> Part:
        """All who spoke as one part."""
        return Part(kind="", name="everybody", spoke=self.spoke, heard=self.heard)

    @property
    def missing(self) -> tuple[int, ...]:
        """One voice of everybody whose voices are missing, to be listened to now."""
        return missing(self.parts)


class Listens(Deciding):
    """Verb: keep_listening; and the week's view of it."""

    def keep_listening(
        self, began: datetime, seconds: int, feedback_ids: Sequence[int], noted: int
    ) -> Entry | None:
        """A listening session took place; nothing where nobody was heard."""
        if not feedback_ids:
            return None
        made = Listened(
            id=self.reserve("listened", 1), seconds=max(0, seconds),
            feedback=tuple(dict.fromkeys(feedback_ids)), noted=noted, at=began,
            by=self.config.by,
        )  # fmt: skip
        people = stored.people(self.db.read(), made.feedback)
        return self.do(operations.keep(made, people))

    def week(self, at: datetime | date | None = None) -> ListeningWeek:
        """The week a moment or day is in, from Monday to Sunday in UTC; this one."""
        now = self.clock().astimezone(UTC)
        monday = _monday(at or now)
        since = datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
        until = since + timedelta(weeks=1)
        read, segments = self.db.read(), self.config.weights.segments
        sessions = stored.between(read, since, until)
        held = stored.held(read, since, until)
        feedback = tuple(
            dict.fromkeys(
                [key for one in sessions for key in one.feedback]
                + [one.feedback_id for one in held]
            )
        )
        begin = until - SPOKEN
        voices = stored.voices(read, begin, until, feedback, segments, now)
        heard = set(feedback)
        found = parts(voices, heard, [one.name for one in segments])
        spoken = {(part.kind, part.name) for part in found}
        return ListeningWeek(
            monday=monday,
            is_over=until <= now,
            minutes=self.config.practice.minutes,
            sessions=tuple(sessions),
            held=tuple(held),
            feedback=feedback,
            heard=len({one.person for one in voices if one.feedback_id in heard}),
            spoke=len({one.person for one in voices}),
            parts=found,
            silent=self._silent(spoken, min(until, now)),
        )

    def _silent(
        self, spoken: set[tuple[str, str]], now: datetime
    ) -> tuple[Silent, ...]:
        read = self.db.read()
        lately = now - LONG
        found = [
            Silent("channel", name, last)
            for name, last in stored.last_by_channel(read).items()
            if last < lately
        ]
        found += [
            Silent("segment", one.name, last)
            for one in self.config.weights.segments
            if ("segment", one.name) not in spoken
            for last in [stored.last_of(read, one, now)]
            if last is None or last < lately
        ]
        never = datetime.min.replace(tzinfo=UTC)
        return tuple(sorted(found, key=lambda one: (one.last or never, one.name)))


def week_named(name: str) -> date:
    """
    The Monday of a week as people write it: "2026-W47".

    Raises:
        UsageError: It is none.
    """
    match = _WEEK.fullmatch(name.strip())
    try:
        if match:
            return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        # 2026-W60: said below, as what is no week at all is.
        pass
    raise UsageError(f"{name!r} is no week; a week looks like 2026-W47")


def _monday(at: datetime | date) -> date:
    day = at.astimezone(UTC).date() if isinstance(at, datetime) else at
    return day - timedelta(days=day.weekday())
