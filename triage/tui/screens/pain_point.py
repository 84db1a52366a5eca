"""One pain point: what hurts, whom, the words that show it, and what is planned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from triage.errors import TriageError
from triage.model import Evidence, Importance, PainPoint
from triage.operations.pain_points import text_of
from triage.scoring import Score
from triage.text.display import one_line
from triage.tui import (
    clipboard,
    pain_deciding,
    pain_words,
    step_words,
    story_deciding,
    story_words,
    words,
)
from triage.tui.action import Action
from triage.tui.bindings import bindings, shown
from triage.tui.dialogs.sheet import Sheet
from triage.tui.pain_actions import PainActions
from triage.tui.passage import Passage
from triage.tui.putting import put
from triage.tui.quoting import Selection
from triage.tui.reading import passages
from triage.tui.screen import TriageScreen
from triage.tui.table import Field, cells
from triage.tui.widgets.headings import Headings
from triage.tui.widgets.lines import OneLine, Part
from triage.tui.widgets.pain_card import PainCard
from triage.tui.widgets.reader import Reader
from triage.tui.widgets.rows import Cells, Rows
from triage.workspace import Entry, PainView, Quote

FIELDS: tuple[Field[Quote], ...] = (
    Field(name="matters 0–3", width=11,
          say=lambda one: pain_words.weight(one.evidence.importance)),
    Field(name="said", width=8, say=lambda one: pain_words.said(one.evidence.observed)),
    Field(name="who", width=18, say=pain_words.worth),
    Field(name="in their words", style="row",
          say=lambda one: f"“{words.row_text(one.evidence.quote)}”"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """
    What there is to say about it now.

    Attributes:
        to_tell: How many do not know yet that it shipped; None before it has.
    """

    view: PainView
    score: Score
    to_tell: int | None = None


class PainPointScreen(PainActions):
    """A pain point whole; every quote can be weighed where it stands."""

    PART = "pain-point"
    PARTS = ("list",)
    BINDINGS = bindings("pain-point")
    CSS_PATH = ["inbox.tcss", "pain_point.tcss"]  # noqa: RUF012

    def __init__(self, pain_point: int) -> None:
        super().__init__()
        self._number = pain_point
        self._found: Found | None = None
        self._order: list[int] = []
        self._weighed: dict[int, int] = {}
        self._go_to: int | None = None

    def compose_body(self) -> ComposeResult:
        """What it is, the quotes and where they come from, what is planned."""
        self.rows: Rows[Quote] = Rows(_draw, id="rows")
        self.reader = Reader(id="reader")
        yield PainCard()
        yield OneLine(id="evidence")
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield Headings(FIELDS)
                yield self.rows
                yield Static("", id="empty", markup=False)
            yield self.reader
        yield Static("", id="plans", markup=False)

    def on_mount(self) -> None:
        """The list of quotes has the keys."""
        self.rows.focus()

    def footer(self) -> list[Action]:
        """Without a quote there is as much to set as with one."""
        return TriageScreen.footer(self)

    # What it shows

    def look_up(self) -> Found:
        """The pain point as it is now."""
        view = self.workspace.pain_point(self._number)
        told = self.workspace.to_tell_of(view)
        left = told.left if told and told.shipped else None
        return Found(view, self.workspace.score(view), left)

    def gone(self, error: TriageError) -> None:
        """It was never written down after all: an undo took it away."""
        self.leave_for(error)

    def show_found(self, found: object) -> None:
        """Everything; the cursor stays on its quote."""
        assert isinstance(found, Found)
        self._found = found
        key = {name: shown(keys[0]) for name, keys in self.triage.keymap.keys.items()}
        now = self.workspace.clock()
        card = self.query_one(PainCard)
        card.show(found.view, found.score, now, key["restate"])
        self.query_one("#evidence", OneLine).say(
            [
                (f"Evidence {len(found.view.quotes)}", "$accent"),
                *self._shipped(found.to_tell, key["tell"]),
            ],
            [
                (f"score {found.score.value:g}", "bold"),
                (f" · {key['explain']} why", "$muted"),
            ],
        )
        self._tell_plans(found.view, key["link"], key["tell-story"])
        quotes = self._in_order(found.view.quotes)
        here = self._go_to or (self.rows.row.evidence.id if self.rows.row else None)
        self._go_to = None
        ids = [quote.evidence.id for quote in quotes]
        at = ids.index(here) if here in ids else self.rows.cursor
        self.rows.show(quotes, at=at)
        self.set_class(not quotes, "-empty")
        self.show_nothing(
            ["No quote shows it yet."],
            ("go-inbox", f"the inbox: {key['accept']} makes a row's words evidence"),
        )
        self._show_quote()

    def _shipped(self, left: int | None, key: str) -> list[Part]:
        if left is None:
            return []
        told = f"{words.people(left)} to tell" if left else "everybody was told"
        return [
            ("   shipped: ", "$muted"),
            (told, "bold"),
            (f" · {key} lists them", "$muted"),
        ]

    def _in_order(self, quotes: Sequence[Quote]) -> list[Quote]:
        """What mattered most on opening comes first: weighing moves nothing."""
        known = set(self._order)
        new = [one for one in quotes if one.evidence.id not in known]
        new.sort(key=lambda one: (-one.evidence.importance, -one.feedback.id))
        self._order[0:0] = [one.evidence.id for one in new]
        places = {key: place for place, key in enumerate(self._order)}
        return sorted(quotes, key=lambda one: places[one.evidence.id])

    def _tell_plans(self, view: PainView, key: str, story_key: str) -> None:
        lines = [
            Content.assemble(("Roadmap  ", "$accent"), pain_words.planned(plan))
            for plan in view.plans
        ]
        if not lines:
            nothing = f"Nothing is planned for it; {key} links a plan."
            lines = [Content.assemble((nothing, "$muted"))]
        story = one_line(view.pain_point.story, 400)
        if story:
            lines.append(Content.assemble(("Story    ", "$accent"), story))
        lines += story_words.lines(view, story_key)
        self.query_one("#plans", Static).update(Content("\n").join(lines))

    @on(Rows.Moved)
    def _show_quote(self) -> None:
        quote = self.rows.row
        if quote is None:
            self.reader.show(())
            return
        found = list(passages(quote.feedback, None, self.workspace.clock()))
        start, end = pain_words.place(quote)
        if start < 0:
            told = (
                "Its source has changed these words since; the quote stays as it was:"
            )
            found[0:0] = [Passage(text=told, style="note"),
                          Passage(text=quote.evidence.quote, style="good")]  # fmt: skip
        self.reader.show(found)
        text = text_of(quote.feedback)
        self.reader.select(Selection(text, start, end) if start >= 0 else None)
        # Only shown here: nothing of it is to be selected anew.
        self.reader.can_focus = False

    # Looking

    def action_read(self) -> None:
        """The feedback; where it is seen already, all that say the same."""
        if self.has_class("-narrow") and not self.has_class("-reading"):
            self.set_class(True, "-reading")
            self.call_after_refresh(self._show_quote)
        else:
            self.action_open_group()

    def action_copy_text(self) -> None:
        """The quote, for a colleague."""
        row = self.rows.row
        if row is not None:
            words = row.evidence.quote
            clipboard.copy_words(self, "the quote", row.feedback, words)

    def action_put_on_map(self) -> None:
        """On which persona's map?"""
        if self.rows.row is not None:
            quote = self.rows.row.evidence
            put(self, f"e{quote.id}", quote.quote)

    @on(Rows.Chosen)
    def _open_clicked(self) -> None:
        self.action_read()

    def action_back(self) -> None:
        """To the list of quotes, then to where one came from."""
        if self.has_class("-narrow") and self.has_class("-reading"):
            self.set_class(False, "-reading")
        else:
            self.app.pop_screen()

    def action_read_down(self) -> None:
        """A few lines on."""
        self.reader.by(3)

    def action_read_up(self) -> None:
        """A few lines back."""
        self.reader.by(-3)

    def action_open_group(self) -> None:
        """Who says the same."""
        if self.rows.row is not None:
            self.triage.open("group", self.rows.row.feedback.id)

    def action_explain(self) -> None:
        """Every input of the score."""
        if self._found is not None:
            point, weights = self._found.view.pain_point, self.workspace.config.weights
            case = self.workspace.case(point)
            scored = self.workspace.scored(case, "demand")
            self.app.push_screen(
                Sheet(f"Why {point.short} scores {scored.value:g}",
                      pain_words.explained(self._found.view, scored, case, weights))
            )  # fmt: skip

    def action_steps_of(self) -> None:
        """Every step that touched it."""
        if self._found is not None:
            point = self._found.view.pain_point
            steps = step_words.lines(
                self.workspace.history_of(point), self.workspace.clock()
            )
            self.app.push_screen(Sheet(f"What was decided about {point.short}", steps))

    # Weighing quotes

    def action_weigh_3(self) -> None:
        """Critical."""
        self._weigh(Importance.CRITICAL)

    def action_weigh_2(self) -> None:
        """Important."""
        self._weigh(Importance.IMPORTANT)

    def action_weigh_1(self) -> None:
        """Nice to have."""
        self._weigh(Importance.NICE_TO_HAVE)

    def action_weigh_0(self) -> None:
        """Not important."""
        self._weigh(Importance.NOT_IMPORTANT)

    def _weigh(self, importance: Importance) -> None:
        quote = self.rows.row
        if quote is None:
            return
        key = quote.evidence.id
        self._decide(key, lambda: self.workspace.weigh(self._evidence(key), importance))
        self.rows.action_next_row()

    def action_infer(self) -> None:
        """Observed becomes inferred, and back."""
        quote = self.rows.row
        if quote is None:
            return
        key = quote.evidence.id

        def work() -> Entry | None:
            now = self._evidence(key)
            return self.workspace.weigh(now, now.importance, observed=not now.observed)

        self._decide(key, work)

    def action_detach(self) -> None:
        """It no longer counts."""
        quote = self.rows.row
        if quote is not None:
            key = quote.evidence.id
            self._decide(key, lambda: self.workspace.detach(self._evidence(key)))

    def _evidence(self, key: int) -> Evidence:
        # As it is now: two keys in a row are two steps, the second upon the first.
        return self.workspace.evidence(key)

    def _decide(self, key: int, work: Callable[[], Entry | None]) -> None:
        def done(entry: Entry | None) -> None:
            if entry is not None:
                self._weighed[entry.id] = key

        self.triage.decide(work, done=done)

    def stepped(self, entry: Entry, feedback: Sequence[int], *, undone: bool) -> None:
        """An undo puts the cursor back on the quote it was about."""
        if undone:
            self._go_to = self._weighed.get(entry.id)
        super().stepped(entry, feedback, undone=undone)

    # Deciding about all of it

    @property
    def point(self) -> PainPoint | None:
        """The one this screen is about, once it is read."""
        return self._found.view.pain_point if self._found else None

    def action_unlink(self) -> None:
        """What would not, after all?"""
        if self._found is not None:
            pain_deciding.unlink(self, self._found.view)

    def action_tell_story(self) -> None:
        """Who wants what?"""
        if self._found is not None:
            story_deciding.tell(self, self._found.view)

    def action_remove_story(self) -> None:
        """Which story goes?"""
        if self._found is not None:
            story_deciding.remove(self, self._found.view)


def _draw(one: Quote, room: int) -> Cells:
    return cells(FIELDS, one, room)
