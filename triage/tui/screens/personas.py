"""Who customers are: personas, how many stand behind each, how far to trust them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from triage.measures.map_bias import Bias
from triage.tui import persona_deciding, persona_suggesting, persona_words, words
from triage.tui.bindings import bindings
from triage.tui.following import Following
from triage.tui.map_to_file import export
from triage.tui.table import Field, cells
from triage.tui.widgets.headings import Headings
from triage.tui.widgets.lines import OneLine
from triage.tui.widgets.reader import Reader
from triage.tui.widgets.rows import Cells, Rows
from triage.workspace import PersonaView


@dataclass(frozen=True, slots=True)
class Known:
    """A persona and what speaks against its map."""

    view: PersonaView
    biases: Sequence[Bias]


class PersonasScreen(Following):
    """Personas by name, and the one under the cursor whole."""

    PART = "personas"
    PARTS = ("list",)
    BINDINGS = bindings("personas")
    CSS_PATH = ["inbox.tcss", "personas.tcss"]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._go_to: int | None = None
        self._fields: tuple[Field[PersonaView], ...] = ()

    def compose_body(self) -> ComposeResult:
        """How many, the list, and one of them."""
        self._fields = persona_words.fields(self.workspace.clock())
        self.rows: Rows[Known] = Rows(self._draw, id="rows")
        self.reader = Reader(id="reader")
        yield OneLine(id="title")
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield Headings(self._fields)
                yield self.rows
            yield self.reader
        yield Static("", id="empty", markup=False)

    def on_mount(self) -> None:
        """The list has the keys."""
        self.rows.focus()

    # What it shows

    def look_up(self) -> list[Known]:
        """Every persona."""
        workspace = self.workspace
        return [Known(view, workspace.bias(view)) for view in workspace.personas()]

    def show_found(self, found: object) -> None:
        """The cursor stays on its persona, or goes to the one just written down."""
        assert isinstance(found, list)
        here = self._go_to or (self.rows.row.view.persona.id if self.rows.row else None)
        self._go_to = None
        ids = [one.view.persona.id for one in found]
        at = ids.index(here) if here in ids else self.rows.cursor
        self._fields = persona_words.fields(self.workspace.clock())
        self.rows.show(found, at=at)
        self.set_class(not found, "-empty")
        self.show_nothing(
            ["No persona yet.",
             "A persona is a name and a query for its people; what stands on its",
             "empathy map cites what they said, or says who inferred it."],
            ("new-persona", "writes one down"),
            ("suggest-personas", "shows who behaves alike"),
        )  # fmt: skip
        self._tell(found)
        self._show_persona()

    def _tell(self, found: Sequence[Known]) -> None:
        assumed = sum(one.view.is_assumed for one in found)
        told = words.count(len(found), "persona") if found else ""
        if assumed:
            told += f", {assumed} assumed"
        self.query_one("#title", OneLine).say(
            [("Personas   ", "bold"), (told, "$muted")], self.elsewhere()
        )

    @on(Rows.Moved)
    def _show_persona(self) -> None:
        row = self.rows.row
        if row is None:
            self.reader.show(())
            return
        said = [bias.what for bias in row.biases]
        key = self.triage.key_of("bias")
        now = self.workspace.clock()
        self.reader.show(persona_words.card(row.view, said, now, key))

    # Deciding

    @property
    def view(self) -> PersonaView | None:
        """The persona under the cursor."""
        return self.rows.row.view if self.rows.row else None

    def action_open_persona(self) -> None:
        """Its empathy map."""
        if self.view:
            self.triage.open("persona", self.view.persona.id)

    @on(Rows.Chosen)
    def _open_clicked(self) -> None:
        self.action_open_persona()

    def action_new_persona(self) -> None:
        """Write one down; the cursor goes to it."""
        persona_deciding.new(self, self._written)

    def _written(self, persona: int) -> None:
        self._go_to = persona

    def action_suggest_personas(self) -> None:
        """Who behaves alike?"""
        persona_suggesting.suggest(self, self._written, self._seek)

    def _seek(self, names: Sequence[str]) -> None:
        for place, row in enumerate(self.rows.rows):
            if row.view.persona.name in names:
                self.rows.show(self.rows.rows, at=place)
                return
        self.say("Both are segments of the settings; n writes a persona down")

    def action_edit_persona(self) -> None:
        """Its name, who it is, or what they do?"""
        if self.view:
            persona_deciding.edit(self, self.view.persona)

    def action_review_persona(self) -> None:
        """It still holds."""
        if self.view:
            persona_deciding.review(self, self.view.persona)

    def action_remove_persona(self) -> None:
        """It goes."""
        if self.view:
            persona_deciding.remove(self, self.view.persona)

    def action_bias(self) -> None:
        """What may be wrong with it?"""
        if self.view:
            persona_deciding.object_to(self, self.view)

    def action_export_map(self) -> None:
        """To which file?"""
        if self.view:
            export(self, self.view.persona)

    # Looking

    def action_read_down(self) -> None:
        """A few lines on."""
        self.reader.by(3)

    def action_read_up(self) -> None:
        """A few lines back."""
        self.reader.by(-3)

    # Drawing

    def _draw(self, row: Known, room: int) -> Cells:
        drawn = cells(self._fields, row.view, room)
        if not row.view.is_assumed:
            return drawn
        return [(text, "dim") for text, _ in drawn]
