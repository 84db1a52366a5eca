"""How the demo's PMs heard people out, and made personas of what they heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from triage.demo.deed import Deed, some_days_ago
from triage.demo.dice import Dice
from triage.demo.empathy import (
    LISTENINGS,
    PERSONAS,
    UNDERLINED,
    PlannedListening,
    PlannedNote,
    PlannedPersona,
    Underlined,
)
from triage.demo.guides import GUIDES, PlannedGuide
from triage.demo.heard import Heard
from triage.demo.sessions import SESSIONS
from triage.demo.tested import TESTED
from triage.operations.pain_points import Span, text_of
from triage.operations.session_text import parsed
from triage.query import parsed as asked
from triage.research import Comparison
from triage.store import codec
from triage.workspace import Workspace


class Hearing:
    """Sessions, listening and personas of one demo."""

    def __init__(self, workspace: Workspace, today: datetime) -> None:
        self._workspace = workspace
        self._today = today

    def deeds(self) -> Iterator[Deed]:
        """Everything of it up to today."""
        for guide in GUIDES:
            yield self._deed(guide.days, guide.by, partial(self._guide, guide))
        for heard in (*SESSIONS, *TESTED):
            yield self._deed(heard.days, heard.by, partial(self._write, heard))
        for planned in PERSONAS:
            yield from self._personified(planned)
        for number, underlined in enumerate(UNDERLINED):
            mark = partial(self._underline, underlined)
            yield self._deed(0.9 - number / 100, underlined.by, mark)
        for listening in LISTENINGS:
            yield self._deed(listening.days, listening.by,
                             partial(self._listen, listening))  # fmt: skip

    def _deed(self, days: float, by: str, act: Callable[[], object]) -> Deed:
        return some_days_ago(self._today, days, by, act)

    def _guide(self, guide: PlannedGuide) -> None:
        self._workspace.add_guide(guide.name, guide.text, guide.kind)

    def _underline(self, told: Underlined) -> None:
        (key,) = self._workspace.ids(None, asked(told.query))
        (feedback,) = self._workspace.feedback_many([key])
        begin = text_of(feedback).index(told.passage)
        self._workspace.highlight(
            feedback, Span(begin, begin + len(told.passage)), feeling=told.feeling,
            intensity=told.intensity,
            comparison=Comparison(
                competitor=told.competitor, aspect=told.aspect, stance=told.stance
            ),
        )  # fmt: skip

    def _write(self, heard: Heard) -> None:
        """Written down soon after it took place."""
        begun = self._workspace.clock() - timedelta(hours=1)
        held = begun.replace(minute=30 * (begun.minute // 30)).astimezone()
        due = self._today + timedelta(days=heard.due)
        text = heard.text.replace("{due}", f"{due:%Y-%m-%d}")
        above = f"---\nid: {heard.key}\ndate: {held:%Y-%m-%d %H:%M}\n{text}"
        self._workspace.write_session(parsed(above))

    def _personified(self, planned: PlannedPersona) -> Iterator[Deed]:
        make = partial(
            self._workspace.add_persona, planned.name, planned.query, planned.role
        )
        yield self._deed(planned.days, planned.by, make)
        for number, note in enumerate(planned.notes):
            # Later the same day, one after the other; nobody cites what was not heard.
            made = self._deed(
                planned.days, planned.by, partial(self._note, planned, note)
            )
            newest = self._newest(note)
            at = max(made.at, newest) + timedelta(minutes=20 + 4 * number)
            yield Deed(at, note.by, made.act)
        yield self._deed(
            planned.reviewed - 0.5, planned.by, partial(self._review, planned)
        )

    def _newest(self, note: PlannedNote) -> datetime:
        """When the last of what it cites was written down."""
        days = [
            self._deed(heard.days, heard.by, partial(self._write, heard)).at
            for heard in (*SESSIONS, *TESTED)
            if any(quote in heard.text for quote in note.quotes)
        ]
        return max(days, default=self._today - timedelta(days=400))

    def _note(self, planned: PlannedPersona, note: PlannedNote) -> None:
        workspace = self._workspace
        cited = [
            one.short
            for one in workspace.highlights()
            if one.quote.startswith(note.quotes or ("\0",))
        ]
        assert len(cited) == len(note.quotes), note.text
        persona = workspace.persona(planned.name)
        workspace.write_entry(persona, note.area, note.text, cited)

    def _review(self, planned: PlannedPersona) -> None:
        self._workspace.review_persona(self._workspace.persona(planned.name))

    def _listen(self, listening: PlannedListening) -> None:
        """To those who spoke last before, without anybody's own session."""
        workspace = self._workspace
        now = workspace.clock()
        spoke = workspace.db.read().execute(
            "SELECT id FROM feedback WHERE kind = 'feedback' AND id < ?"
            " ORDER BY id DESC LIMIT ?",
            (codec.to_key(now), 3 * listening.heard),
        )
        heard = [
            key
            for (key,) in spoke
            if Dice(f"heard {key} {listening.days}").roll() < 0.4
        ][: listening.heard]
        workspace.keep_listening(
            now, round(listening.minutes * 60), heard, listening.noted
        )
