"""A listening session: time set aside, who was heard in it, what was noted."""

from __future__ import annotations

from datetime import datetime, timedelta

from triage.model import Feedback
from triage.operations.leaving import Leaving
from triage.text.display import one_line
from triage.tui.words import author, count, people

USUAL = 20.0
"""Minutes, unless somebody says otherwise."""

LONGEST = 240.0
"""Minutes; presence does not last longer."""


class Listening:
    """
    Minutes of a clock that can be held.

    Attributes:
        began: When it did.
        notes: What was written down, and on hearing whom.
        heard: What was said by then; the last thing said in the end.
    """

    def __init__(self, now: datetime, minutes: float) -> None:
        self.began = now
        self._length = timedelta(minutes=minutes)
        self._since: datetime | None = now
        self._spent = timedelta()
        self._heard: dict[int, Feedback] = {}
        self.notes: list[tuple[Feedback, str]] = []
        self.heard = ""

    @property
    def is_paused(self) -> bool:
        """Whether the clock is held."""
        return self._since is None

    def pause(self, now: datetime) -> None:
        """Hold the clock, or let it go on."""
        if self._since is None:
            self._since = now
        else:
            self._spent, self._since = self.spent(now), None

    def spent(self, now: datetime) -> timedelta:
        """How long somebody listened."""
        return self._spent + (now - self._since if self._since else timedelta())

    def is_up(self, now: datetime) -> bool:
        """Whether the time set aside is over; whoever speaks then is heard out."""
        return self.spent(now) >= self._length

    def left(self, now: datetime) -> str:
        """How long there still is, in whole minutes: "17 minutes"."""
        seconds = (self._length - self.spent(now)).total_seconds()
        if seconds <= 0:
            return "the time is over"
        if seconds < 60:
            return "less than a minute"
        return count(-int(-seconds // 60), "minute")

    def hear(self, feedback: Feedback) -> None:
        """Somebody is being listened to."""
        self._heard[feedback.id] = feedback

    @property
    def feedback(self) -> list[int]:
        """Keys of those listened to, in the order they were first heard."""
        return list(self._heard)

    @property
    def last(self) -> Feedback | None:
        """The last one listened to."""
        return next(reversed(self._heard.values()), None)

    @property
    def people(self) -> int:
        """How many people were listened to."""
        return len({one.customer_id or -one.id for one in self._heard.values()})

    def summary(self, now: datetime) -> str:
        """``You listened to 7 people for 20 minutes and took 3 notes.``"""
        minutes = max(1, round(self.spent(now).total_seconds() / 60))
        told = f"You listened to {people(self.people)} for {count(minutes, 'minute')}"
        if not self.notes:
            return f"{told}."
        return f"{told} and took {count(len(self.notes), 'note')}."

    def text(self, leaving: Leaving) -> str:
        """What was noted and may be told elsewhere, a line each."""
        lines = [
            f"{one.short} {one_line(author(one), 60)}: {text}"
            if leaving.name(one)
            else f"{one.short}: {text}"
            for one, text in self.notes
            if leaving.words(one)
        ]
        return "\n".join([*lines, *([self.heard] if self.heard else [])])
