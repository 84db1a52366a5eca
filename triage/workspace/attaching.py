"""What arrives and is surely of a known pain point, attached where that is wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from triage.config import Config
from triage.model import Evidence, Feedback, Importance, PainPoint
from triage.operations import pain_points
from triage.operations.pain_points import BY_ITSELF, text_of
from triage.store import decided, journal, precedents, weighing
from triage.store.database import Database
from triage.store.driver import sqlite3
from triage.store.precedents import Precedents

if TYPE_CHECKING:
    # Pulling is imported where something is pulled: a first frame waits for none of it.
    from triage.sync import Attached

_Place = tuple[Feedback, PainPoint]


class Attaching:
    """The one thing the machine decides, and only where a person switched it on."""

    db: Database
    config: Config
    clock: Callable[[], datetime]
    precedents: Precedents

    def attach_arrivals(self, numbers: Sequence[int]) -> Attached | None:
        """
        Attach, of these arrivals, those whose first guess leads by enough.

        Enough is what held 95 % of the guesses about what people decided before
        (``trials.Record.bar``); where nothing surely does, nothing is attached. The
        feedback stays where it stands: a person still reads it.
        """
        places = self._sure_of(list(numbers)) if self.config.attaches else []
        if not places:
            return None
        with self.db.write() as write:
            # Finding out took a moment, in which a person may have decided.
            wanted = [said.number for said, _ in places]
            still = {said.id for said in precedents.undecided(write, wanted)}
            places = [place for place in places if place[0].id in still]
            return self._attach(write, places) if places else None

    def _sure_of(self, numbers: list[int]) -> list[_Place]:
        read = self.db.read()
        feedback = precedents.undecided(read, numbers)
        # Trying the past takes a moment; for nothing new it is not worth it.
        bar = self.precedents.record(read, exact=True).bar if feedback else None
        if bar is None:
            return []
        index = self.precedents.index(read)
        found: list[_Place] = []
        for said in feedback:
            guessed = precedents.placed(index, said)
            if guessed.nearest and guessed.margin >= bar.margin and text_of(said):
                point = decided.pain_point(read, guessed.nearest[0].pain_point)
                found.append((said, point))
        return found

    def _attach(self, write: sqlite3.Connection, places: Sequence[_Place]) -> Attached:
        from triage.sync import Attached

        first = journal.reserve(write, "evidence", len(places))
        step = pain_points.attach_unasked(
            [
                (said, point, self._whole(first + index, said, point))
                for index, (said, point) in enumerate(places)
            ]
        )
        at = self.clock()
        weighing.keep(write, self.config.weights, at)
        key = journal.do(write, step, BY_ITSELF, at)
        return Attached(step=key, label=step.label, feedback=len(places))

    def _whole(self, key: int, said: Feedback, point: PainPoint) -> Evidence:
        return pain_points.quote(
            key, said, point.id, None, importance=Importance.NICE_TO_HAVE,
            observed=True, at=self.clock(), by=BY_ITSELF,
        )  # fmt: skip
