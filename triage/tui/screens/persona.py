"""One persona: its empathy map, what shows each entry, and what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult

from triage.empathy import Area, Persona
from triage.errors import TriageError
from triage.measures.map_bias import Bias
from triage.text.display import one_line
from triage.tui import (
    empathy_words,
    entry_deciding,
    persona_deciding,
    persona_words,
    step_words,
    words,
)
from triage.tui.bindings import bindings
from triage.tui.dialogs.picker import Choice, Picker, among
from triage.tui.dialogs.sheet import Sheet
from triage.tui.following import Following
from triage.tui.map_places import Entries, Place, is_grid
from triage.tui.map_to_file import export
from triage.tui.widgets.empathy_map import EmpathyMap
from triage.tui.widgets.lines import OneLine, Part
from triage.tui.widgets.reader import Reader
from triage.workspace import Entry, NoteView, PersonaView


@dataclass(frozen=True, slots=True)
class Found:
    """The persona as it is now, and what speaks against its map."""

    view: PersonaView
    biases: Sequence[Bias]


class PersonaScreen(Following):
    """
    A persona whole; every entry is written, cited and taken away where it stands.

    Args:
        persona: Its id.
        entry: The entry under the cursor at first; None for the first area.
    """

    PART = "persona"
    PARTS = ("map",)
    BINDINGS = bindings("persona")
    CSS_PATH = ["inbox.tcss", "persona.tcss"]  # noqa: RUF012

    def __init__(self, persona: int, entry: int | None = None) -> None:
        super().__init__()
        self._number = persona
        self._found: Found | None = None
        self._go_to = entry
        self._was_at: dict[int, Place] = {}

    def compose_body(self) -> ComposeResult:
        """Who it is, the map, and the entry under the cursor with its quotes."""
        self.map = EmpathyMap(id="map")
        self.reader = Reader(id="reader")
        for name in ("title", "who", "heard", "pains", "objected"):
            yield OneLine(id=name)
        yield self.map
        yield self.reader

    def on_mount(self) -> None:
        """The map has the keys."""
        self.map.focus()

    # What it shows

    def look_up(self) -> Found:
        """The persona as it is now."""
        workspace = self.workspace
        view = workspace.persona_view(workspace.persona(self._number))
        return Found(view, workspace.bias(view))

    def gone(self, error: TriageError) -> None:
        """It was removed, or never written down after all."""
        self.leave_for(error)

    def show_found(self, found: object) -> None:
        """Everything; the cursor stays, or goes to the entry just written."""
        assert isinstance(found, Found)
        self._found = found
        now = self.workspace.clock()
        entries = empathy_words.entries(found.view, now)
        self.map.show(entries, self._wanted(entries))
        self._go_to = None
        self._tell(found)
        self._show_entry()

    def _wanted(self, entries: Entries) -> Place | None:
        for area, there in entries.items():
            for index, one in enumerate(there):
                if one.id == self._go_to:
                    return Place(area, index)
        return None

    def _tell(self, found: Found) -> None:
        view, now = found.view, self.workspace.clock()
        persona, key = view.persona, self.triage.key_of
        title: list[Part] = [(words.row_text(persona.name, 120), "bold")]
        if persona.role:
            title.append((f"  {words.row_text(persona.role, 200)}", "$muted"))
        shares = empathy_words.shares(view.notes) if view.notes else ""
        self._say("title", title, [(f"{shares}   {persona.short}", "$muted")])
        reviewed = persona_words.reviewed(view, now)
        self._say(
            "who", [("Who    ", "$accent"), (persona_words.who(view), "")],
            [(f"reviewed {reviewed}", "$muted")],
        )  # fmt: skip
        assumed = "$warning" if view.is_assumed else ""
        self._say(
            "heard",
            [("Heard  ", "$accent"), (persona_words.heard(view, now), assumed)],
            [
                (
                    ""
                    if view.is_assumed
                    else f"confidence {persona_words.confidence(view)}",
                    "",
                )
            ],
        )
        pains: list[Part] = [("none of its people is quoted for one", "$muted")]
        if view.pains:
            many = words.count(len(view.pains), "pain point")
            pains = [
                (f"{many}, {key('pains-of')} opens one:  ", "$muted", "pains-of"),
                (persona_words.hurts(view), "", "pains-of"),
            ]
        self._say("pains", [("Hurts  ", "$accent"), *pains])
        objected = persona_words.objected(found.biases, key("bias"))
        self._say(
            "objected",
            [("Bias   ", "$accent"), *((*part, "bias") for part in objected)],
        )

    def _say(self, name: str, left: Sequence[Part], right: Sequence[Part] = ()) -> None:
        """What stands at the right stays whole, whatever stands at the left."""
        taken = sum(cell_len(part[0]) for part in (*left[:-1], *right))
        room = max(0, self.app.size.width - 3 - taken)
        last, *rest = left[-1]
        if cell_len(last) > room:
            last = words.fit(last, room).rstrip()
        ended = cast("Part", (last, *rest))
        self.query_one(f"#{name}", OneLine).say([*left[:-1], ended], right)

    def on_resize(self, event: events.Resize) -> None:
        """What is cut is cut for the new width; sections need no pane beside them."""
        self.set_class(not is_grid(event.size), "-sections")
        if self._found:
            self._tell(self._found)

    @on(EmpathyMap.Moved)
    def _show_entry(self) -> None:
        now, key = self.workspace.clock(), self.triage.key_of
        one = self.one
        if one is None:
            self.reader.show(
                empathy_words.nothing(self.map.place.area, key("write-entry"))
            )
        else:
            self.reader.show(empathy_words.whole(one, now, key("cite")))

    @property
    def one(self) -> NoteView | None:
        """The entry under the cursor."""
        entry = self.map.entry
        if entry is None or self._found is None:
            return None
        notes = (one for one in self._found.view.notes if one.note.id == entry.id)
        return next(notes, None)

    @property
    def persona(self) -> Persona | None:
        """The one this screen is about, once it is read."""
        return self._found.view.persona if self._found else None

    def stepped(self, entry: Entry, feedback: Sequence[int], *, undone: bool) -> None:
        """An undo puts the cursor back where it was taken from."""
        if undone and entry.id in self._was_at:
            self.map.place = self._was_at[entry.id]
        super().stepped(entry, feedback, undone=undone)

    # Writing

    def action_write_entry(self) -> None:
        """In the area under the cursor."""
        if self._found:
            area = self.map.place.area
            entry_deciding.write(self, self._found.view, area, self._written)

    def _written(self, entry: int) -> None:
        self._go_to = entry

    def action_edit_entry(self) -> None:
        """In other words."""
        if self._has_one() and self.one:
            entry_deciding.reword(self, self.one)

    def action_cite(self) -> None:
        """Which quotes?"""
        if self._has_one() and self._found and self.one:
            entry_deciding.cite(self, self._found.view, self.one)

    def action_move_entry(self) -> None:
        """Where to? The cursor goes with it."""
        one = self.one
        if self._has_one() and one:

            def moved(area: Area) -> None:
                del area
                self._go_to = one.note.id

            entry_deciding.move(self, one, moved)

    def action_remove_entry(self) -> None:
        """It goes."""
        if self._has_one() and self.one:
            entry_deciding.remove(self, self.one, self._removed(self.map.place))

    def _removed(self, place: Place) -> entry_deciding.Done:
        def done(entry: Entry | None) -> None:
            if entry is not None:
                self._was_at[entry.id] = place

        return done

    def _has_one(self) -> bool:
        """Whether there is an entry under the cursor; says how to get one if not."""
        if self._found and self.one is None:
            key = self.triage.key_of("write-entry")
            self.say(f"Nothing is written here yet; {key} writes the first")
        return self.one is not None

    # About all of it

    def action_edit_persona(self) -> None:
        """Its name, who it is, or what they do?"""
        if self.persona:
            persona_deciding.edit(self, self.persona)

    def action_review_persona(self) -> None:
        """It still holds."""
        if self.persona:
            persona_deciding.review(self, self.persona)

    def action_bias(self) -> None:
        """What may be wrong with it?"""
        if self._found:
            persona_deciding.object_to(self, self._found.view)

    def action_export_map(self) -> None:
        """To which file?"""
        if self.persona:
            export(self, self.persona)

    # Looking

    def action_steps_of(self) -> None:
        """Every step that touched it."""
        if self.persona:
            workspace = self.workspace
            steps = workspace.history_of(self.persona)
            lines = step_words.lines(steps, workspace.clock())
            heading = f"What was decided about {self.persona.short}"
            self.app.push_screen(Sheet(heading, lines))

    def action_open_quotes(self) -> None:
        """Each quote in what was said."""
        one = self.one
        if self._has_one() and one:
            if one.is_observed:
                self.triage.open("quotes", self._number, one.note.id)
            else:
                key = self.triage.key_of("cite")
                self.say(f"It is inferred: no quote shows it; {key} cites some")

    @on(EmpathyMap.Chosen)
    def _open_clicked(self) -> None:
        self.action_open_quotes()

    def action_heard_of(self) -> None:
        """Everything its people said that is underlined or evidence."""
        self.triage.open("quotes", self._number)

    def action_pains_of(self) -> None:
        """Which pain point to open?"""
        if self._found is None:
            return
        if not self._found.view.pains:
            self.say("None of its people is quoted for a pain point")
            return
        choices = [
            Choice(one.pain_point.id, words.row_text(one.pain_point.title, 120),
                   f"{words.people(one.people)}  {one.pain_point.short}",
                   words.count(one.quotes, "quote"))
            for one in self._found.view.pains
        ]  # fmt: skip

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                self.triage.open("pain-point", choice.value)

        name = one_line(self._found.view.persona.name, 60)
        self.app.push_screen(Picker(f"What hurts {name}", among(choices)), answered)

    def action_back(self) -> None:
        """To where one came from."""
        self.app.pop_screen()

    def action_read_down(self) -> None:
        """A few lines on."""
        self.reader.by(3)

    def action_read_up(self) -> None:
        """A few lines back."""
        self.reader.by(-3)

    def action_copy_id(self) -> None:
        """u1, for a command or a colleague."""
        if self.persona:
            self.app.copy_to_clipboard(self.persona.short)
            self.say(f"Copied {self.persona.short}")
