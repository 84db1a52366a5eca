"""Listening: one voice at a time over the whole screen, and time set aside for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Center

from triage.errors import TriageError
from triage.model import Feedback
from triage.text.display import one_line
from triage.tui import clipboard, words
from triage.tui.action import Action
from triage.tui.actions import of
from triage.tui.bindings import bindings
from triage.tui.dialogs.write import Write
from triage.tui.listening import Listening
from triage.tui.passage import Passage
from triage.tui.screen import TriageScreen
from triage.tui.widgets.lines import OneLine
from triage.tui.widgets.reader import Reader
from triage.tui.wrap import SHOWN, head
from triage.workspace import Entry

_ELSEWHERE = ("undo", "redo", "help", "leave")
"""All that can be asked here besides what is about listening."""


class ListenScreen(TriageScreen):
    """
    Who, when and their words; nothing is counted, guessed or decided.

    Args:
        keys: The feedback to listen to, in this order.
        minutes: How long.
    """

    PART = "listen"
    BINDINGS = bindings("listen")
    CSS_PATH = ["inbox.tcss", "listen.tcss"]  # noqa: RUF012

    def __init__(self, keys: Sequence[int], minutes: float) -> None:
        super().__init__()
        self._keys = keys
        self._minutes = minutes
        self._at = -1
        self.said: Feedback | None = None
        self.is_over = False
        self._is_kept = False

    def compose_body(self) -> ComposeResult:
        """Words in the middle, and how much time there is."""
        self.session = Listening(self.workspace.clock(), self._minutes)
        self.reader = Reader(id="words")
        with Center(id="middle"):
            yield self.reader
        yield OneLine(id="time")

    def on_mount(self) -> None:
        """The first voice, and a clock nobody has to look at."""
        self.action_next_voice()
        self.set_interval(5, self.tell_time)

    def actions(self) -> list[Action]:
        """What is about listening, and little else."""
        here = [action for action in of("app") if action.id in _ELSEWHERE]
        return [*of(self.PART), *here]

    def footer(self) -> list[Action]:
        """No keys on the screen; ``?`` has them."""
        return []

    # Hearing

    def action_next_voice(self) -> None:
        """The next voice; past the last one, or out of time, the end."""
        if self.is_over:
            return
        is_up = self.said is not None and self.session.is_up(self.workspace.clock())
        if is_up or not self._turn(1):
            self.action_end_listening()

    def action_previous_voice(self) -> None:
        """Once more whoever was heard before."""
        if not self.is_over:
            self._turn(-1)

    def _turn(self, by: int) -> bool:
        """To the next that is still there; whether there was one."""
        at = self._at + by
        while 0 <= at < len(self._keys):
            try:
                self.said = self.workspace.feedback(self._keys[at])
            except TriageError:
                # It went with an import that was taken back meanwhile.
                at += by
                continue
            self._at = at
            self.session.hear(self.said)
            self.reader.show(_words(self.said, when=self._when(self.said)))
            self.tell_time()
            return True
        return False

    def _when(self, said: Feedback) -> str:
        return words.moment(said.received_at, self.workspace.clock())

    def action_voice_down(self) -> None:
        """A few lines on."""
        self.reader.by(3)

    def action_voice_up(self) -> None:
        """A few lines back."""
        self.reader.by(-3)

    # The clock

    def action_pause(self) -> None:
        """Hold the clock, or let it go on."""
        if not self.is_over:
            self.session.pause(self.workspace.clock())
            self.tell_time()

    def tell_time(self) -> None:
        """One quiet line."""
        if not self.is_over:
            left = self.session.left(self.workspace.clock())
            self.say(f"paused · {left}" if self.session.is_paused else left)

    def say(self, text: str, right: str = "") -> None:
        """Say it where the time stands, until time goes on."""
        del right
        self.query_one("#time", OneLine).say([(text, "$muted")])

    # Notes

    def action_note_voice(self) -> None:
        """What did they say that should not be lost?"""
        said = self.said
        if said is None or self.is_over:
            return

        def answered(text: str | None) -> None:
            if text:
                self._note(said, text)

        self.app.push_screen(Write("What did they say?"), answered)

    def _note(self, said: Feedback, text: str) -> None:
        self.session.notes.append((said, text))
        self._pin(said, text)

    def _pin(self, said: Feedback, text: str) -> None:
        self.triage.decide(lambda: self.workspace.note([said], text))

    # The end

    def action_end_listening(self) -> None:
        """Ask what was heard; once more, leave."""
        if self.is_over or self.session.last is None:
            self._leave()
            return
        if not self.session.is_paused:
            self.session.pause(self.workspace.clock())
        self.is_over = True
        self._tell_end()
        self.app.push_screen(
            Write("What did you hear?", hint="one note for all of it"), self._heard
        )

    def _heard(self, text: str | None) -> None:
        last = self.session.last
        if text and last is not None:
            self.session.heard = (
                f"Heard from {words.people(self.session.people)}: {text}"
            )
            self._pin(last, self.session.heard)
            self._tell_end()
        if keep := self._keeping():
            self.triage.decide(keep, done=lambda _: self._tell_end())

    def _keeping(self) -> Callable[[], Entry | None] | None:
        """What keeps that this took place, once; None where nobody was heard."""
        session, workspace = self.session, self.workspace
        if self._is_kept or not session.feedback or workspace.read_only:
            return None
        self._is_kept = True
        seconds = round(session.spent(workspace.clock()).total_seconds())
        noted = len(session.notes) + bool(session.heard)
        return partial(
            workspace.keep_listening, session.began, seconds, session.feedback, noted
        )

    def on_unmount(self) -> None:
        """Left before its end, it took place all the same; nobody is there to tell."""
        if keep := self._keeping():
            _ = self.triage.desk.decide(keep)

    def _tell_end(self) -> None:
        session = self.session
        told = [Passage(text=session.summary(self.workspace.clock()), style="title")]
        told += [
            Passage(text=f"{one_line(words.author(one), 60)}: {text}", gap=1)
            for one, text in session.notes
        ]
        if session.heard:
            told.append(Passage(text=session.heard, style="good", gap=1))
        if session.notes or session.heard:
            key = self.triage.key_of("copy-notes")
            kept = f"Each note is kept with whoever it is about. {key} copies them all."
            told.append(Passage(text=kept, style="note", gap=1))
        self.reader.show(told)
        self.say("esc leaves")

    def action_copy_notes(self) -> None:
        """Everything noted, for elsewhere."""
        noted = [one for one, _ in self.session.notes]
        text = self.session.text(self.workspace.letting_out(noted))
        if text:
            clipboard.copy(self, "the notes", text)
        elif noted:
            self.say("Nothing copied: these were heard without consent")

    def _leave(self) -> None:
        told = self.session.summary(self.workspace.clock()) if self.is_over else ""
        self.app.pop_screen()
        if told:
            self.triage.go("listening-week")
            self.app.call_after_refresh(self.triage.say, told)


def _words(said: Feedback, *, when: str) -> Iterator[Passage]:
    yield Passage(text=f"{one_line(words.author(said), 60)} · {when}", style="dim")
    if said.title:
        yield Passage(text=head(said.title, 4096), style="title", gap=1)
    if said.body:
        yield Passage(text=head(said.body, SHOWN).rstrip(), gap=1)
