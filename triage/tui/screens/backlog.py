"""The backlog: what to do first, by a formula, and why; moved by hand with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from triage.model import PainPoint
from triage.scoring import Formula, Ranked, Ranking
from triage.text.display import one_line
from triage.tui import estimating, pain_deciding, rank_asides, rank_words, words
from triage.tui.action import Action
from triage.tui.actions import BY_ID
from triage.tui.bindings import bindings
from triage.tui.briefing import brief
from triage.tui.carrying import Carried, lifted
from triage.tui.dialogs.ask import Ask
from triage.tui.dialogs.one_of import OneOf, Option
from triage.tui.exporting import export
from triage.tui.pain_actions import PainActions
from triage.tui.plotting import plotted
from triage.tui.rank_asides import SPANS, Asides, looked_up
from triage.tui.table import cells
from triage.tui.widgets.headings import Headings
from triage.tui.widgets.lines import OneLine, Part
from triage.tui.widgets.plot import Plot
from triage.tui.widgets.reader import Reader
from triage.tui.widgets.rows import Cells, Rows

FOOT = (
    "open", "next-formula", "estimate", "carry-up", "carry-down", "plot", "undo",
    "help",
)  # fmt: skip
"""Keys worth a place in the footer."""


@dataclass(frozen=True, slots=True)
class Found:
    """A ranking, the formula it is by, and what was asked for beside it."""

    formula: Formula
    ranking: Ranking
    asides: Asides


class BacklogScreen(PainActions):
    """Rows at the left, the explanation at the right, or a plot of all."""

    PART = "backlog"
    PARTS = ("list",)
    BINDINGS = bindings("backlog")
    CSS_PATH = ["inbox.tcss", "backlog.tcss"]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._formula = ""
        self._span = 0
        self._is_steady = False
        self._found: Found | None = None
        self._carried: Carried | None = None

    def compose_body(self) -> ComposeResult:
        """What it is by; the rows and why; the plot instead of both."""
        self.rows: Rows[Ranked] = Rows(self._draw, id="rows")
        self.reader = Reader(id="reader")
        self.headings = Headings(())
        yield OneLine(id="tabs")
        yield OneLine(id="where")
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield self.headings
                yield self.rows
            with Vertical(id="right"):
                yield self.reader
                yield Plot(id="plot")
        yield Static("", id="empty", markup=False)

    def on_mount(self) -> None:
        """The list has the keys."""
        self.rows.focus()

    def footer(self) -> list[Action]:
        """What is done in a ranking; the keys of any pain point are under ``?``."""
        if self.has_class("-empty"):
            return super().footer()
        return [BY_ID[name] for name in FOOT]

    # What it shows

    def look_up(self) -> Found:
        """What is open, by the formula chosen."""
        formula = self.workspace.formula(self._formula)
        span = SPANS[self._span]
        return Found(
            formula,
            *looked_up(self.workspace, formula, span, steady=self._is_steady),
        )

    def show_found(self, found: object) -> None:
        """The rows; the cursor stays on its pain point."""
        assert isinstance(found, Found)
        here = self.point
        self._found, self._carried = found, None
        self.headings.name_them(rank_words.fields(found.formula, found.asides))
        rows = found.ranking.rows
        ids = [row.scored.pain_point_id for row in rows]
        at = ids.index(here.id) if here and here.id in ids else self.rows.cursor
        self.rows.show(rows, at=at)
        self.set_class(not rows, "-empty")
        self._tell(found)
        if not rows:
            self.show_nothing(
                ["Nothing open hurts yet."], ("new", "writes down what does"),
                ("go-inbox", "the inbox: what is accepted there becomes one"),
            )  # fmt: skip
        self._explain()

    def _tell(self, found: Found) -> None:
        names = list(self.workspace.formulas())
        place = f"{names.index(found.formula.name) + 1} of {len(names)}"
        self.query_one("#tabs", OneLine).say(
            [
                (f"Backlog by {rank_words.name(found.formula.name)}   ",
                 "bold $foreground"),
                (f"formula {place}", "$muted", "choose-formula"),
            ],
            self.elsewhere(),
        )  # fmt: skip
        self._tell_where()

    def _tell_where(self) -> None:
        found = self._found
        if found is None:
            return
        if self._carried is not None:
            key, point = self.triage.key_of, self._carried.row.case.pain_point
            ways = (
                f"{key('open')} puts it down with a reason, {key('back')} puts it back"
            )
            self.query_one("#where", OneLine).say(
                [(f"{point.short} in hand: ", "bold $accent"), (ways, "$accent")]
            )
            return
        size = len(found.ranking.rows)
        right: list[Part] = (
            [(f"{self.rows.cursor + 1:,} of {size:,}", "$muted")] if size else []
        )
        said = rank_asides.line(found.formula, found.asides)
        self.query_one("#where", OneLine).say([(one_line(said, 200), "$muted")], right)

    @on(Rows.Moved)
    def _explain(self) -> None:
        self._tell_where()
        row, found = self.rows.row, self._found
        if row is None or found is None:
            self.reader.show(())
            return
        if self.has_class("-plot"):
            self.query_one(Plot).show(plotted(found.ranking, row, found.formula))
            return
        now = self.workspace.clock()
        key = self.triage.key_of
        self.reader.show(rank_words.about(row, found.ranking, found.asides, now, key))

    def _draw(self, row: Ranked, room: int) -> Cells:
        found = self._found
        if found is None:
            return []
        drawn = cells(rank_words.fields(found.formula, found.asides), row, room)
        is_carried = self._carried is not None and row is self._carried.row
        return [(text, "head") for text, _ in drawn] if is_carried else drawn

    @property
    def point(self) -> PainPoint | None:
        """The pain point under the cursor."""
        row = self.rows.row
        return row.case.pain_point if row is not None else None

    # Looking

    def action_open(self) -> None:
        """All about it; in hand, it is put down."""
        if self._carried is not None:
            self._put_down()
        elif self.point is not None:
            self.triage.open("pain-point", self.point.id)

    @on(Rows.Chosen)
    def _open_clicked(self) -> None:
        self.action_open()

    def action_read_down(self) -> None:
        """A few lines on."""
        self.reader.by(3)

    def action_read_up(self) -> None:
        """A few lines back."""
        self.reader.by(-3)

    def action_back(self) -> None:
        """What is in hand goes back where it stood; a plot makes way for reasons."""
        if self._carried is not None:
            self._let_go()
        elif self.has_class("-plot"):
            self.action_plot()

    def action_plot(self) -> None:
        """Value over effort, or the reasons again."""
        self.toggle_class("-plot")
        self._explain()

    def action_moved_since(self) -> None:
        """What moved since a week, a month, a quarter; then no more."""
        self._span = (self._span + 1) % len(SPANS)
        self.read_again()

    def action_steadiness(self) -> None:
        """How far each would move if a weight were off; then no more."""
        self._is_steady = not self._is_steady
        self.read_again()

    def action_next_formula(self) -> None:
        """The next one."""
        self._turn(1)

    def action_previous_formula(self) -> None:
        """The one before."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        if self._found is None:
            return
        names = list(self.workspace.formulas())
        at = names.index(self._found.formula.name)
        self._formula = names[(at + by) % len(names)]
        self.read_again()

    def action_choose_formula(self) -> None:
        """Which one?"""
        options = [
            Option(str(place), one.name, rank_words.name(one.name), one.source)
            for place, one in enumerate(self.workspace.formulas().values(), 1)
        ]
        now = self._found.formula.name if self._found else None

        def answered(option: Option | None) -> None:
            if option is not None:
                self._formula = option.value
                self.read_again()

        self.app.push_screen(
            OneOf("Rank by which formula?", options, now=now), answered
        )

    # Deciding

    def action_estimate(self) -> None:
        """Which input of the formula, and how much?"""
        if self.point and self._found:
            estimating.estimate(self, self.point, self._found.formula)

    def action_carry_up(self) -> None:
        """Take it in hand and one up."""
        self._carry(-1)

    def action_carry_down(self) -> None:
        """Take it in hand and one down."""
        self._carry(1)

    def _carry(self, by: int) -> None:
        if self._found is None or self.rows.row is None:
            return
        held = self._carried or lifted(self.rows.rows, self.rows.cursor)
        self._carried = held.moved(by)
        self._show(self._carried.rows, self._carried.at)

    def _show(self, rows: Sequence[Ranked], at: int) -> None:
        self.rows.show(rows, at=at)
        self._explain()

    def _let_go(self) -> None:
        if self._carried is not None and self._found is not None:
            at, self._carried = self._carried.start, None
            self._show(self._found.ranking.rows, at)

    def _put_down(self) -> None:
        held, found = self._carried, self._found
        if held is None or found is None:
            return
        if not held.has_moved:
            self._let_go()
            return
        point, value = held.row.case.pain_point, held.value(found.ranking)
        formula = found.formula.name

        def answered(reason: str | None) -> None:
            if reason is None:
                return
            self.triage.decide(
                lambda: self.workspace.place(point, formula, value, reason)
            )

        self.app.push_screen(
            Ask(
                f"Why does {point.short} stand {words.ordinal(held.at + 1)} by"
                f" {rank_words.name(formula)}? “{one_line(point.title, 60)}”"
            ),
            answered,
        )

    def action_unplace(self) -> None:
        """It ranks by what the formula says again."""
        row, found = self.rows.row, self._found
        if row is None or found is None:
            return
        if row.scored.placed is None:
            self.say("It stands where the formula has it")
            return
        point, formula = row.case.pain_point, found.formula.name
        self.triage.decide(lambda: self.workspace.unplace(point, formula))

    def action_new(self) -> None:
        """Write a pain point down."""
        pain_deciding.new(self)

    def action_brief(self) -> None:
        """What stakeholders are told."""
        brief(self)

    def action_export(self) -> None:
        """To which file?"""
        export(self)
