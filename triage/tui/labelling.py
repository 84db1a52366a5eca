"""What is pinned on feedback by a key: tags, an owner, notes, what was read wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from triage.model import Feedback, Note
from triage.text.display import one_line
from triage.tui import words
from triage.tui.choices import owners, tones
from triage.tui.dialogs.picker import Choice, Picker
from triage.tui.screen import TriageScreen
from triage.workspace import Entry

About = Callable[[], Sequence[Feedback]]
"""The feedback a key is about; asked beside the screen, when it is acted upon."""


class Labelling(TriageScreen):
    """Keys that move nothing: every row stays, and so does the cursor."""

    def pinned_on(self) -> About | None:
        """All feedback of the rows a key is about; None where there is none."""
        raise NotImplementedError

    def noted_on(self) -> About | None:
        """Of each such row, the feedback a person reads."""
        raise NotImplementedError

    def spoken_of(self) -> Feedback | None:
        """The one under the cursor."""
        raise NotImplementedError

    def action_tag(self) -> None:
        """Which tags more, which fewer?"""
        about = self.pinned_on()
        if about is None:
            return
        from triage.tui.dialogs.tags import TagPicker

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                add, remove = choice.value
                self._pin(
                    about,
                    lambda found: self.workspace.tag(found, add=add, remove=remove),
                )

        dialog = TagPicker(self.workspace, about, f"Tags on {self._spoken()}")
        self.app.push_screen(dialog, answered)

    def action_own(self) -> None:
        """Who looks after it?"""
        about = self.pinned_on()
        if about is None:
            return

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                name = str(choice.value)
                self._pin(about, lambda found: self.workspace.own(found, name))

        self.app.push_screen(
            Picker("Who looks after it?", owners(self.workspace), slow=True,
                   placeholder="a name"), answered,
        )  # fmt: skip

    def action_note(self) -> None:
        """What is to be remembered?"""
        about = self.noted_on()
        if about is None:
            return
        from triage.tui.dialogs.write import Write

        def answered(text: str | None) -> None:
            if text:
                self._pin(about, lambda found: self.workspace.note(found, text))

        self.app.push_screen(Write(f"Note on {self._spoken()}"), answered)

    def action_edit_note(self) -> None:
        """Say something else in a note; emptied, it goes."""
        feedback = self.spoken_of()
        notes = self.workspace.notes(feedback) if feedback else []
        if not notes:
            key = self.triage.keymap.keys["note"][0]
            self.say(f"There is no note on it; {key} writes one")
        elif len(notes) == 1:
            self._edit(notes[0])
        else:
            self._choose_note(notes)

    def _choose_note(self, notes: Sequence[Note]) -> None:
        from triage.tui.dialogs.picker import among

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                self._edit(choice.value)

        known = [Choice(one, one_line(one.text), one.short) for one in notes]
        self.app.push_screen(Picker("Which note?", among(known)), answered)

    def _edit(self, note: Note) -> None:
        from triage.tui.dialogs.write import Write

        def answered(text: str | None) -> None:
            if text is None or text == note.text:
                return
            self.triage.decide(
                lambda: (
                    self.workspace.rewrite_note(note, text)
                    if text
                    else self.workspace.strike_note(note)
                )
            )

        self.app.push_screen(
            Write(f"Note {note.short}; emptied, it goes", value=note.text), answered
        )

    def action_correct(self) -> None:
        """Which language, or how pleased? What was read wrong is put right."""
        about = self.pinned_on()
        if about is None:
            return

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                what, told = choice.value
                self._pin(
                    about, lambda found: self.workspace.correct(found, **{what: told})
                )

        self.app.push_screen(
            Picker("What is right?", tones(),
                   placeholder="negative, German, de, as read"), answered,
        )  # fmt: skip

    def _spoken(self) -> str:
        first = self.spoken_of()
        if first is None:
            return "all that is marked"
        return f"{first.short} “{words.opening(first.title, first.body, 50)}”"

    def _pin(
        self, about: About, act: Callable[[Sequence[Feedback]], Entry | None]
    ) -> None:
        self.triage.decide(lambda: act(about()))
