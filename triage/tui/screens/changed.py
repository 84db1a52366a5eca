"""What changed with a version: one sentence, then what is said more often and less."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from triage.errors import TriageError
from triage.query import Query
from triage.store.shifts import GROUPS, PAIN_POINTS
from triage.text.display import one_line
from triage.tui import words
from triage.tui.bindings import bindings
from triage.tui.following import Following
from triage.tui.passage import Passage
from triage.tui.table import Field, cells
from triage.tui.widgets.headings import Headings
from triage.tui.widgets.reader import Reader
from triage.tui.widgets.rows import Cells, Rows
from triage.workspace.changed import Changed, Release, Shift

_FIELDS: tuple[Field[Shift], ...] = (
    Field(name="id", width=6, say=lambda one: one.short),
    Field(name="now", width=9, right=True,
          say=lambda one: f"{one.after.count:,}/{one.after.n:,}"),
    Field(name="before", width=9, right=True,
          say=lambda one: f"{one.before.count:,}/{one.before.n:,}"),
    Field(name="points", width=6, right=True,
          say=lambda one: f"{(one.change.value or 0) * 100:+.0f}"),
    Field(name="", width=4, say=lambda one: "sure" if one.change.is_sure else ""),
    Field(name="what", style="row", say=lambda one: words.row_text(one.title, 200)),
)  # fmt: skip

_SCREENS = {GROUPS: "group", PAIN_POINTS: "pain-point"}


class ChangedScreen(Following):
    """
    A version beside the one before it.

    Args:
        version: 5.2 is every 5.2.x.
        query: What is counted.
    """

    PART = "changed"
    PARTS = ("list",)
    BINDINGS = bindings("changed")
    CSS_PATH = ["inbox.tcss", "changed.tcss"]  # noqa: RUF012

    def __init__(self, version: str, query: Query) -> None:
        super().__init__()
        self._version = version
        self._query = query

    def compose_body(self) -> ComposeResult:
        """What is sure in words, then a list and what is said under its cursor."""
        self.rows: Rows[Shift] = Rows(self._draw, id="rows")
        self.reader = Reader(id="reader")
        yield Static("", id="facts", markup=False)
        yield Headings(_FIELDS)
        with Horizontal(id="panes"):
            yield self.rows
            yield self.reader

    def on_mount(self) -> None:
        """The list has the keys."""
        self.rows.focus()

    # What it shows

    def look_up(self) -> Changed:
        """Count; a million take about a second of this thread."""
        return self.workspace.changed(self._version, query=self._query)

    def gone(self, error: TriageError) -> None:
        """Its feedback went with an import that was taken back."""
        self.app.pop_screen()
        self.triage.say(one_line(str(error)))

    def show_found(self, found: object) -> None:
        """Sentences over the list."""
        assert isinstance(found, Changed)
        self.set_class(not found.shifts, "-bare")
        self.query_one("#facts", Static).update(_facts(found, self._query))
        self.rows.show(found.shifts, at=self.rows.cursor)

    @on(Rows.Moved)
    def _show_words(self) -> None:
        shift = self.rows.row
        self.reader.show(_passages(shift) if shift else ())

    def _draw(self, shift: Shift, room: int) -> Cells:
        return cells(_FIELDS, shift, room)

    # Looking closer

    @on(Rows.Chosen)
    def action_open(self) -> None:
        """The group, or the pain point."""
        shift = self.rows.row
        if shift is not None:
            self.triage.open(_SCREENS[shift.kind], shift.id)

    def action_back(self) -> None:
        """Where one came from."""
        self.app.pop_screen()

    def action_read_down(self) -> None:
        """A few lines on."""
        self.reader.by(3)

    def action_read_up(self) -> None:
        """A few lines back."""
        self.reader.by(-3)


def _facts(found: Changed, query: Query) -> Content:
    lines: list[tuple[str, str]] = [(found.sentence, "bold")]
    if query.is_narrow:
        lines.append((f"of {query}", "$muted"))
    lines += [(_period(one), "$muted") for one in (found.after, found.before) if one]
    if found.before is not None:
        lines.append((found.sentiment_sentence, ""))
        lines.append((found.shifts_sentence, "$muted"))
    told = [Content.assemble((one_line(text, 400), style)) for text, style in lines]
    return Content("\n").join(told)


def _period(one: Release) -> str:
    """Of which versions, how much, from when to when."""
    first, last = (f"{at.day} {at:%b %Y}" for at in (one.first_at, one.last_at))
    others = f" ({', '.join(one.versions)})" if one.versions != (one.name,) else ""
    return f"{one.name}{others}: {one.tally.n:,} feedback from {first} to {last}"


def _passages(shift: Shift) -> Iterator[Passage]:
    yield Passage(text=words.row_text(shift.title, 200), style="title")
    yield Passage(text=f"{shift.kind} {shift.short}", style="dim")
    yield Passage(text=shift.sentence, gap=1)
    for said in shift.words:
        yield Passage(text=f"f{said.number}  “{said.text}”", gap=1)
