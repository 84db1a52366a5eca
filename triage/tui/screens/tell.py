"""Who asked for one pain point to be settled, and whether each was told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from triage.errors import TriageError
from triage.model import PainPoint
from triage.text.display import one_line
from triage.tui import tell_words, words
from triage.tui.action import Action
from triage.tui.actions import BY_ID
from triage.tui.bindings import bindings
from triage.tui.dialogs.ask import Ask
from triage.tui.following import Following
from triage.tui.marking import Marking
from triage.tui.table import Field, cells
from triage.tui.tell_deciding import draft
from triage.tui.tell_words import Row
from triage.tui.widgets.headings import Headings
from triage.tui.widgets.lines import OneLine, Part
from triage.tui.widgets.reader import Reader
from triage.tui.widgets.rows import Cells, Rows
from triage.workspace import Asker, Entry, PainView, ToTell


@dataclass(frozen=True, slots=True)
class Found:
    """The pain point, how many are to be told, and everybody who asked."""

    view: PainView
    size: ToTell | None
    rows: Sequence[Row]

    @property
    def point(self) -> PainPoint:
        """What it is about."""
        return self.view.pain_point


class TellScreen(Following, Marking):
    """People at the left, one of them with words and promises at the right."""

    PART = "tell"
    PARTS = ("list",)
    BINDINGS = bindings("tell")
    CSS_PATH = ["inbox.tcss", "tell.tcss"]  # noqa: RUF012

    def __init__(self, pain_point: int) -> None:
        super().__init__()
        self._number = pain_point
        self._found: Found | None = None
        self._fields: tuple[Field[Row], ...] = (
            Field(name="", width=1, say=self._mark), *tell_words.FIELDS,
        )  # fmt: skip

    def compose_body(self) -> ComposeResult:
        """What it is about, the people, and one of them."""
        self.rows: Rows[Row] = Rows(self._draw, id="rows")
        self.reader = Reader(id="reader")
        yield OneLine(id="title")
        yield OneLine(id="where")
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield Headings(self._fields)
                yield self.rows
            yield self.reader
        yield Static("", id="empty", markup=False)

    def on_mount(self) -> None:
        """The list has the keys."""
        self.rows.focus()

    def footer(self) -> list[Action]:
        """Marking has a place of its own: most are told many at a time."""
        shown = super().footer()
        if self.has_class("-empty"):
            return shown
        return [*shown[:4], BY_ID["mark-next"], *shown[4:]]

    def on_screen_resume(self) -> None:
        """Sending is no step, and the outbox may have been sent."""
        if self.is_mounted:
            self.read_again()

    def sent(self) -> None:
        """Whoever was told says so in their row."""
        if self.is_current:
            self.read_again()

    # What it shows

    def look_up(self) -> Found:
        """Everybody who asked, with the way to each."""
        workspace = self.workspace
        workspace.read_settings()
        view = workspace.pain_point(self._number)
        rows = [
            Row(one, workspace.way_to(one)) for one in workspace.askers(self._number)
        ]
        size = workspace.to_tell_of(view)
        return Found(view, size, rows)

    def gone(self, error: TriageError) -> None:
        """The pain point was never written down after all."""
        self.app.pop_screen()
        self.triage.say(one_line(str(error)))

    def show_found(self, found: object) -> None:
        """The rows; the cursor stays on its person."""
        assert isinstance(found, Found)
        self._found = found
        here = self.rows.row.asker.person if self.rows.row else None
        people = [one.asker.person for one in found.rows]
        self.marks &= {one.key for one in found.rows}
        at = people.index(here) if here in people else self.rows.cursor
        self.rows.show(found.rows, at=at)
        self.set_class(not found.rows, "-empty")
        self.show_nothing(
            ["Nobody asked for it yet: no quote shows this pain point.",
             "Whoever is quoted stands here, to be told what became of it."],
            ("go-inbox", "the inbox"),
        )  # fmt: skip
        self.tell()
        self._show_row()

    def tell(self) -> None:
        """What it is about, how many, and what is marked."""
        if self._found is None:
            return
        point = self._found.point
        self.query_one("#title", OneLine).say(
            [("Tell   ", "bold $foreground"), (one_line(point.title, 300), "bold")],
            [(point.short, "$muted")],
        )
        left: list[Part] = []
        if self.marks:
            told = f"✓ {len(self.marks):,} marked   "
            left.append((told, "bold $foreground", "mark-none"))
        counted = tell_words.counted(self._found.size, self._found.rows)
        left.append((counted, "$muted"))
        told = tell_words.shipped(self._found.size) if self._found.rows else ""
        self.query_one("#where", OneLine).say(left, [(told, "$muted")])

    @on(Rows.Moved)
    def _show_row(self) -> None:
        row = self.rows.row
        now = self.workspace.clock()
        self.reader.show([] if row is None else list(tell_words.whole(row, now)))

    # Marking

    def to_mark(self) -> int | None:
        """Whoever is under the cursor."""
        return self.rows.row.key if self.rows.row else None

    def all_to_mark(self) -> Iterable[int]:
        """Everybody nobody has told or is about to."""
        return (one.key for one in self.rows.rows if one.asker.state == "untold")

    def targets(self) -> list[Asker]:
        """The marked people in their order, or the one under the cursor."""
        if self.marks:
            return [one.asker for one in self.rows.rows if one.key in self.marks]
        return [self.rows.row.asker] if self.rows.row else []

    # Telling

    def action_draft_telling(self) -> None:
        """What are they to be told?"""
        if self._found is not None and self.targets():
            draft(self, self._found.view, self.targets())

    @on(Rows.Chosen)
    def _draft_clicked(self) -> None:
        self.action_draft_telling()

    def action_mark_told(self) -> None:
        """How do they know?"""
        self._ask(
            ("How does {} know already?", "How do {} know already?"),
            self.workspace.mark_told,
        )

    def action_skip_telling(self) -> None:
        """Why are they not to be told?"""
        self._ask(
            ("Why is {} not to be told?", "Why are {} not to be told?"),
            self.workspace.skip_telling,
        )

    def action_promise(self) -> None:
        """What was the one under the cursor told to expect?"""
        row, workspace = self.rows.row, self.workspace
        if row is None or self._found is None:
            return
        point = self._found.point

        def promise(text: str) -> Entry | None:
            workspace.promise(point, row.asker, text)
            return workspace.history(1)[0]

        def answered(text: str | None) -> None:
            if text:
                self.triage.decide(lambda: promise(text))

        name = tell_words.who(row.asker, 40)
        self.app.push_screen(Ask(f"What was {name} promised?"), answered)

    def _ask(
        self,
        questions: tuple[str, str],
        act: Callable[[PainPoint, Sequence[Asker], str], Entry | None],
    ) -> None:
        people = self.targets()
        if not people or self._found is None:
            return
        point = self._found.point

        def done(entry: Entry | None) -> None:
            if entry is not None:
                self.marks.clear()

        def answered(text: str | None) -> None:
            if text:
                self.triage.decide(lambda: act(point, people, text), done=done)

        one, several = questions
        name = tell_words.who(people[0], 40)
        told = (
            one.format(name)
            if len(people) == 1
            else several.format(words.people(len(people)))
        )
        self.app.push_screen(Ask(told), answered)

    # Looking

    def action_back(self) -> None:
        """No marks; then to where one came from."""
        if self.marks:
            self.action_mark_none()
        else:
            self.app.pop_screen()

    def action_read_down(self) -> None:
        """A few lines on."""
        self.reader.by(3)

    def action_read_up(self) -> None:
        """A few lines back."""
        self.reader.by(-3)

    def action_customer(self) -> None:
        """All that the one under the cursor ever said."""
        row = self.rows.row
        if row is None:
            return
        customer = row.asker.latest.feedback.customer_id
        if customer is None:
            self.say("Nobody knows who said it")
        else:
            self.triage.open("customer", customer)

    # Drawing

    def _mark(self, row: Row) -> str:
        return "✓" if row.key in self.marks else ""

    def _draw(self, row: Row, room: int) -> Cells:
        return cells(self._fields, row, room)
