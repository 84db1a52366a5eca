"""The outbox: what was written for other services, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from triage.errors import TriageError
from triage.model import Feedback
from triage.text.display import one_line
from triage.tui import clipboard, outbox_words, words
from triage.tui.action import Action
from triage.tui.actions import BY_ID
from triage.tui.bindings import bindings
from triage.tui.outbox_deciding import OutboxDeciding
from triage.tui.outbox_words import Holds
from triage.tui.table import Field, cells
from triage.tui.view_tabs import ViewTabs
from triage.tui.widgets.headings import Headings
from triage.tui.widgets.lines import OneLine, Part
from triage.tui.widgets.reader import Reader
from triage.tui.widgets.rows import Cells, Rows
from triage.workspace import DraftView

VIEWS: Mapping[str, frozenset[str]] = {
    "Waiting": frozenset({"waiting", "sending", "failed"}),
    "Sent": frozenset({"sent"}),
    "Dropped": frozenset({"dropped"}),
}
"""What each view holds."""

_NOTHING = {
    "Sent": "Nothing was sent yet.", "Dropped": "Nothing was dropped.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Every draft, and what holds for each act at each source."""

    drafts: Sequence[DraftView]
    rules: Mapping[tuple[str, str], Holds]


class OutboxScreen(OutboxDeciding, ViewTabs):
    """Drafts at the left, one of them beside what it answers at the right."""

    PART = "outbox"
    PARTS = ("list",)
    BINDINGS = bindings("outbox")
    CSS_PATH = ["inbox.tcss", "outbox.tcss"]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._view = "Waiting"
        self._found = Found((), {})
        self._fields: tuple[Field[DraftView], ...] = (
            Field(name="", width=1, say=self._mark),
            Field(name="state", width=9, say=outbox_words.state),
            Field(name="age", width=4, right=True, say=self._age),
            Field(name="to", width=14, say=outbox_words.to),
            Field(name="source", width=12, from_width=96,
                  say=lambda one: words.row_text(one.draft.source, 30)),
            Field(name="length", width=11, right=True, say=self._length),
            Field(name="what", style="row", say=outbox_words.row),
        )  # fmt: skip

    def compose_body(self) -> ComposeResult:
        """Views, list and reader."""
        self.rows: Rows[DraftView] = Rows(self._draw, id="rows")
        self.reader = Reader(id="reader")
        yield OneLine(id="tabs")
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

    def on_screen_resume(self) -> None:
        """Sending is no step, and a shell may have sent some."""
        if self.is_mounted:
            self.read_again()

    def sent(self) -> None:
        """What became of each stands in its row."""
        if self.is_current:
            self.read_again()

    def footer(self) -> list[Action]:
        """What is over is only read."""
        if self._view == "Waiting" or self.has_class("-empty"):
            more = [] if self.has_class("-empty") else ["mark-next", "next-view"]
            first, last = super().footer()[:3], super().footer()[3:]
            return [*first, *(BY_ID[name] for name in more), *last]
        names = ("next-view", "customer", "copy-text", "undo", "help", "quit")
        return [BY_ID[name] for name in names]

    # What it shows

    def look_up(self) -> Found:
        """All of it; what holds at a source is asked once of each."""
        self.workspace.read_settings()
        drafts = self.workspace.drafts(every=True)
        kinds = {(one.draft.source, one.draft.act): one.draft for one in drafts}
        rules = {}
        for kind, draft in kinds.items():
            try:
                act = self.workspace.act_of(draft)
                writes = self.workspace.configured(draft.source).writes
            except TriageError:
                # Its source went from the settings; what was written to it stays.
                continue
            rules[kind] = Holds(act, writes)
        return Found(drafts, rules)

    def show_found(self, found: object) -> None:
        """The rows; the cursor stays on its draft."""
        assert isinstance(found, Found)
        self._found = found
        self._show()

    def _show(self) -> None:
        here = self.rows.row
        states = VIEWS[self._view]
        rows = [
            one for one in self._found.drafts
            if one.state in states or one.draft.id in self.stayed
        ]  # fmt: skip
        if self._view != "Waiting":
            # What was done last is looked for first.
            rows.reverse()
        ids = [one.draft.id for one in rows]
        self.marks &= set(ids)
        at = self.rows.cursor
        at = ids.index(here.draft.id) if here and here.draft.id in ids else at
        self.rows.show(rows, at=at)
        self.set_class(not rows, "-empty")
        if not rows:
            self._tell_emptiness()
        self.tell()
        self._show_row()
        self.show_keys()

    def tell(self) -> None:
        """The views with how much is in each, and what is marked."""
        self.tell_views("Outbox")
        left: list[Part] = []
        if self.marks:
            told = f"✓ {len(self.marks):,} marked   "
            left.append((told, "bold $foreground", "mark-none"))
        dry = sorted(self._dry())
        if dry and self._view == "Waiting":
            names = ", ".join(one_line(name, 30) for name in dry)
            left.append((f"writes are off for {names}: sending only tries", "$muted"))
        size = len(self.rows.rows)
        place = f"{self.rows.cursor + 1:,} of {size:,}" if size else ""
        self.query_one("#where", OneLine).say(left, [(place, "$muted")])

    def _dry(self) -> set[str]:
        """Sources of these rows that are only read so far."""
        return {
            one.draft.source for one in self.rows.rows
            if (rules := self.rules_of(one)) is not None and not rules.writes
        }  # fmt: skip

    def rules_of(self, view: DraftView) -> Holds | None:
        """As asked of its source when everything was looked up."""
        return self._found.rules.get((view.draft.source, view.draft.act))

    def _tell_emptiness(self) -> None:
        views = ("next-view", "the next view"), ("previous-view", "the view before")
        if self._view != "Waiting":
            self.show_nothing([_NOTHING[self._view]], *views)
            return
        if self._found.drafts:
            self.show_nothing(["Nothing waits to be sent."], *views)
            return
        reply = self.triage.key_of("reply")
        self.show_nothing(
            ["Nothing waits to be sent.",
             "What you write to customers waits here until you have looked at it again",
             "and send it yourself; nothing leaves this machine before."],
            ("go-inbox", f"the inbox: {reply} on a row writes a reply"),
            ("next-view", "what was sent"),
        )  # fmt: skip

    @on(Rows.Moved)
    def _show_row(self) -> None:
        view = self.rows.row
        self.tell()
        if view is None:
            self.reader.show(())
            return
        self.reader.show(
            outbox_words.whole(
                view, self.rules_of(view), self.workspace.clock(), self.triage.key_of,
                tried=self.triage.tried.get(view.draft.id, ""),
            )
        )  # fmt: skip

    # Views

    @property
    def view(self) -> str:
        """Where it is shown what drafts came to."""
        return self._view

    def sizes(self) -> Mapping[str, int]:
        """By what became of each."""
        found = Counter(one.state for one in self._found.drafts)
        return {
            name: sum(found[state] for state in states)
            for name, states in VIEWS.items()
        }

    def turn_to(self, name: str) -> None:
        """Show another one; what was sent from here leaves the one before."""
        self._view = name
        self.stayed.clear()
        self.rows.show([])
        self._show()

    # Looking

    @on(Rows.Chosen)
    def _open_clicked(self) -> None:
        self.action_edit_draft()

    def action_back(self) -> None:
        """No marks."""
        self.action_mark_none()

    def action_read_down(self) -> None:
        """A few lines on."""
        self.reader.by(3)

    def action_read_up(self) -> None:
        """A few lines back."""
        self.reader.by(-3)

    def action_copy_text(self) -> None:
        """The words of the draft."""
        view = self.rows.row
        if view is None:
            return
        try:
            self.workspace.refuse_if_withheld(view.draft)
        except TriageError as error:
            self.triage.complain(error)
            return
        said = f"the words of {view.draft.short}"
        clipboard.copy(self, said, view.draft.text)

    def action_customer(self) -> None:
        """All that whoever is answered ever said."""
        said = self._answered
        if said is None or said.customer_id is None:
            self.say("Nobody knows who said it")
        else:
            self.triage.open("customer", said.customer_id)

    @property
    def _answered(self) -> Feedback | None:
        return self.rows.row.feedback if self.rows.row else None

    # Drawing

    def _mark(self, view: DraftView) -> str:
        return "✓" if view.draft.id in self.marks else ""

    def _age(self, view: DraftView) -> str:
        at = view.draft.at
        if view.state == "sent" and view.delivery and view.delivery.ended_at:
            at = view.delivery.ended_at
        return words.age(at, self.workspace.clock()) if at else ""

    def _length(self, view: DraftView) -> str:
        rules = self.rules_of(view)
        return outbox_words.length(view, rules.act.longest if rules else None)

    def _draw(self, view: DraftView, room: int) -> Cells:
        return cells(self._fields, view, room)
