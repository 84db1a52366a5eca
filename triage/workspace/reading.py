"""What can be asked of a workspace."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from triage.config import Config
from triage.empathy import Persona
from triage.errors import NotFound, UsageError
from triage.model import (
    Disposition,
    Evidence,
    Feedback,
    PainPoint,
    RoadmapItem,
    State,
    Tone,
)
from triage.query import NOTHING, Query, parsed
from triage.step import Change
from triage.store import (
    copies,
    decided,
    finding,
    groups,
    health,
    journal,
    matches,
    precedents,
    queries,
    tone,
    touching,
)
from triage.store.database import Database
from triage.store.journal import Entry
from triage.store.precedents import Precedents
from triage.store.views import (
    Group,
    Guess,
    KeptMatch,
    PainView,
    QueueRow,
    RoadmapView,
    Suggestion,
    ToneCount,
)

if TYPE_CHECKING:
    from triage.grouping.ruled import Standing

    # numpy comes with it; the first frame does without.
    from triage.grouping.trials import Record

    # Word lists are loaded where a text is read.
    from triage.text.lexicon import Hit

_SHORT = re.compile(r"([a-z])?(\d+)")


class Reading:
    """Questions; none of them writes."""

    db: Database
    config: Config
    clock: Callable[[], datetime]
    precedents: Precedents

    # Feedback and its queues

    def ids(
        self,
        state: State | None = State.INBOX,
        query: Query | str = NOTHING,
        *,
        limit: int | None = None,
        is_stopped: Callable[[], bool] | None = None,
    ) -> array[int]:
        """
        Keys of the rows a query leaves of a list, newest first unless it says else.

        Args:
            state: Where to look, unless the query says; None for everywhere.
            limit: Only so many, for a first page while the rest is read elsewhere.
            is_stopped: Asked now and then; ``Cancelled`` is raised once it says so.
        """
        return finding.find(
            self.db.read(), parsed(query) if isinstance(query, str) else query, state,
            now=self.clock(), limit=limit, is_stopped=is_stopped,
        )  # fmt: skip

    def rows(
        self, ids: Sequence[int], state: State | None = State.INBOX
    ) -> list[QueueRow]:
        """The lines of a list, for as many keys as are on the screen."""
        return queries.rows(self.db.read(), ids, state=state, now=self.clock())

    def standing(
        self, ids: Sequence[int], state: State, *, last_number: int
    ) -> list[Feedback]:
        """
        What these rows of a list stand for: of each group, those in that state.

        Newest first; who came after the feedback ``last_number`` is left out.
        """
        found = queries.standing_members(
            self.db.read(), ids, state=state, last_number=last_number, now=self.clock()
        )
        return self.feedback_many(found)

    def tally(self) -> dict[str, int]:
        """How many rows each queue has, by state; cheap enough for every frame."""
        return queries.tally(self.db.read())

    def arrivals(self, after_number: int) -> int:
        """How many feedback arrived since the one with that number."""
        return queries.arrivals(self.db.read(), after_number)

    def last_number(self) -> int:
        """The number of the latest arrival."""
        return queries.last_number(self.db.read())

    def feedback(self, name: str | int) -> Feedback:
        """The feedback a person (``f12``, ``12``) or a listing (its key) names."""
        if isinstance(name, int):
            return queries.feedback(self.db.read(), name)
        return queries.feedback_by_number(
            self.db.read(), _number(name, "f", "feedback")
        )

    def feedback_many(self, ids: Sequence[int]) -> list[Feedback]:
        """These feedback, in this order; one that is gone is left out."""
        found = queries.feedback_many(self.db.read(), ids)
        return [found[key] for key in ids if key in found]

    def elsewhere(self, feedback: Feedback) -> list[Feedback]:
        """The same as other sources told it; what it is a copy of stands first."""
        return self.feedback_many(copies.elsewhere(self.db.read(), feedback.id))

    def tone(self, feedback: Feedback) -> Tone:
        """Its language and how pleased it sounds, and who says so."""
        return tone.tones(self.db.read(), [feedback.id]).get(feedback.id, Tone())

    def why(self, feedback: Feedback, told: Tone) -> tuple[Hit, ...]:
        """The words its sentiment was read from; none where somebody said it."""
        if told.sentiment_from != "text":
            return ()
        from triage.text.language import language
        from triage.text.sentiment import sentiment

        text = f"{feedback.title}\n{feedback.body}"
        return sentiment(text, told.language or language(text)[0]).why

    def tone_counts(self) -> list[ToneCount]:
        """How much there is by week, source, language and sentiment."""
        return tone.counts(self.db.read())

    def dispositions(self, ids: Sequence[int]) -> dict[int, Disposition]:
        """Where these stand; one in the inbox has no entry."""
        return queries.dispositions(self.db.read(), ids)

    def raw(self, feedback: Feedback) -> bytes:
        """The bytes the source sent."""
        return queries.raw(self.db.read(), feedback.id)

    def evidence_of(self, feedback: Feedback) -> list[Evidence]:
        """What this feedback is evidence of."""
        return decided.evidence_of(self.db.read(), feedback.id)

    # Groups

    def group(self, name: str | int) -> Group:
        """The group a person (``g12``) or a listing (its key) names."""
        if isinstance(name, int):
            return groups.group(self.db.read(), name)
        kind, number = _short(name)
        if kind not in {"g", "f", ""}:
            raise UsageError(f"{name!r} is no group; try g12")
        found = queries.feedback_by_number(self.db.read(), number)
        return self.group_of(found)

    def group_of(self, feedback: Feedback) -> Group:
        """The group this feedback is in, alone or with others."""
        found = groups.group_id_of(self.db.read(), feedback.id)
        return groups.group(self.db.read(), found)

    def groups(self, limit: int = 100) -> Iterator[Group]:
        """The largest groups first, none of one; all, read bit by bit, for 0."""
        return groups.largest(self.db.read(), limit)

    def matches(
        self,
        *,
        least: float = 0,
        band: str = "",
        proposed: bool = False,
        limit: int = 0,
    ) -> Iterator[KeptMatch]:
        """
        Every match that is kept, the surest first, read bit by bit; 0 is no limit.

        Args:
            least: Lowest score wanted, 0 to 100.
            band: "grouped" or "suggested"; both without.
            proposed: Only the surest of each two groups that may be one: sure enough
                to be grouped unless ``band`` says otherwise, in different groups, and
                nobody ruled them apart.
        """
        return matches.kept(
            self.db.read(), least=least, band=band, proposed=proposed, limit=limit
        )

    def count_proposed(self) -> int:
        """How many pairs of groups may be one."""
        return matches.count_proposed(self.db.read())

    def suggestions(self, group: Group, limit: int = 5) -> list[Suggestion]:
        """Other groups that may say the same, best first; ruled-out ones left out."""
        return groups.suggestions(self.db.read(), group, limit)

    def explain(self, left: Feedback, right: Feedback) -> dict[str, Any]:
        """Why two feedback do or do not say the same, term by term."""
        return groups.explain(self.db.read(), left, right)

    def standings(self) -> list[Standing]:
        """How the machine's opinions fared where a person ruled."""
        from triage.grouping.ruled import standings
        from triage.store.ruled import ruled  # brings numpy

        return standings(ruled(self.db.read()))

    # What people decided

    def pain_point(self, name: str | int) -> PainView:
        """The pain point a person names (``p3``), with its quotes and plans."""
        number = name if isinstance(name, int) else _number(name, "p", "pain point")
        return decided.pain_view(self.db.read(), number)

    def guesses(self, feedback: Feedback, limit: int = 3) -> list[Guess]:
        """Pain points this feedback may belong to, best first."""
        return precedents.guesses(self.db.read(), self.precedents, feedback, limit)

    def guess_record(self) -> Record:
        """How guesses would have fared on the decisions made so far."""
        return self.precedents.record(self.db.read(), exact=True)

    def find_pain_points(self, text: str, limit: int = 20) -> list[PainPoint]:
        """Open pain points whose title or statement is like the text, best first."""
        return groups.like(
            text,
            [view.pain_point for view in decided.pain_views(self.db.read())],
            limit,
        )

    def evidence(self, name: str | int) -> Evidence:
        """The piece of evidence a person names (``e7``)."""
        number = name if isinstance(name, int) else _number(name, "e", "evidence")
        return decided.evidence(self.db.read(), number)

    def roadmap(self) -> list[RoadmapView]:
        """Now, next, later, each with the pain it would settle."""
        return decided.roadmap_views(self.db.read())

    def roadmap_item(self, name: str | int) -> RoadmapItem:
        """The roadmap item a person names (``r2``)."""
        number = name if isinstance(name, int) else _number(name, "r", "roadmap item")
        return decided.roadmap_item(self.db.read(), number)

    # The journal

    def history(self, limit: int = 100, before: int | None = None) -> list[Entry]:
        """The latest steps first."""
        return journal.history(self.db.read(), limit=limit, before=before)

    def history_of(
        self, noun: PainPoint | RoadmapItem | Persona | Feedback
    ) -> list[Entry]:
        """Every step that touched one thing, latest first."""
        table = {
            PainPoint: "pain_point", RoadmapItem: "roadmap_item", Persona: "persona",
        }.get(type(noun), "feedback")  # fmt: skip
        return touching.history_of(self.db.read(), table, noun.id)

    def changes(self, entry: Entry) -> list[Change]:
        """What a step changed, row by row."""
        return journal.changes(self.db.read(), entry.id)

    def touched(self, entry: Entry) -> list[int]:
        """The feedback a step was about, for a cursor to go back to."""
        return touching.touched(self.db.read(), entry.id)

    # The workspace itself

    def counts(self) -> dict[str, int]:
        """How much the workspace holds, by noun."""
        return queries.counts(self.db.read())

    def doctor(self) -> dict[str, Any]:
        """Whether everything is sound, what it runs on, and the counts."""
        return health.examine(self.db) | health.count(self.db.read())


def _short(name: str) -> tuple[str, int]:
    match = _SHORT.fullmatch(name.strip().casefold())
    if match is None or len(match[2]) > 18:
        raise UsageError(f"{name!r} is no id; ids look like f12, g12, p3, r2")
    return match[1] or "", int(match[2])


def _number(name: str, letter: str, noun: str) -> int:
    kind, number = _short(name)
    if kind not in {letter, ""}:
        raise NotFound(f"{name!r} is no {noun}; a {noun} looks like {letter}12")
    return number
