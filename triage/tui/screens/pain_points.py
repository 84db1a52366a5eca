"""The pain points: what hurts, in the order of the backlog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from triage.model import PainPoint, PainStatus
from triage.scoring import Score
from triage.text.display import one_line
from triage.tui import pain_deciding, pain_words, words
from triage.tui.bindings import bindings, shown
from triage.tui.exporting import export
from triage.tui.pain_actions import PainActions
from triage.tui.table import Field, cells
from triage.tui.view_tabs import ViewTabs
from triage.tui.widgets.headings import Headings
from triage.tui.widgets.lines import OneLine, Part
from triage.tui.widgets.rows import Cells, Rows
from triage.workspace import PainView

VIEWS = (PainStatus.OPEN, PainStatus.RESOLVED, PainStatus.DISMISSED)

_PREVIEW = ("statement", "facts", "plans")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A pain point in its place."""

    rank: int
    view: PainView
    score: Score
    trend: str

    @property
    def point(self) -> PainPoint:
        """The pain point itself."""
        return self.view.pain_point


FIELDS: tuple[Field[Ranked], ...] = (
    Field(name="#", width=3, right=True, say=lambda one: str(one.rank)),
    Field(name="priority", width=8,
          say=lambda one: pain_words.priority(one.point.priority)),
    Field(name="score", width=6, right=True,
          say=lambda one: pain_words.number(one.score.value)),
    Field(name="people", width=6, right=True, say=lambda one: f"{one.score.people:,}"),
    Field(name="firms", width=5, right=True, from_width=96,
          say=lambda one: f"{one.score.companies:,}" if one.score.companies else "–"),
    Field(name="a month", width=7, right=True, from_width=96,
          say=lambda one: words.money(one.score.revenue) if one.score.revenue else "–"),
    Field(name="8 weeks", width=8, say=lambda one: one.trend),
    Field(name="plan", width=6, from_width=96,
          say=lambda one: pain_words.plan(one.view) or "–"),
    Field(name="what hurts", style="row",
          say=lambda one: words.row_text(one.point.title)),
)  # fmt: skip


class PainPointsScreen(PainActions, ViewTabs):
    """The ranked backlog."""

    PART = "pain-points"
    PARTS = ("list",)
    BINDINGS = bindings("pain-points")
    CSS_PATH = "pain_points.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.status = PainStatus.OPEN
        self._text = ""
        self._ranked: dict[PainStatus, list[Ranked]] = {view: [] for view in VIEWS}

    def compose_body(self) -> ComposeResult:
        """Tabs, search, list, and a few words on what is under the cursor."""
        self.rows: Rows[Ranked] = Rows(_draw, id="rows")
        yield OneLine(id="tabs")
        yield OneLine(id="where")
        yield Input(placeholder="find words; enter keeps, esc clears", id="search",
                    select_on_focus=False)  # fmt: skip
        yield Headings(FIELDS)
        yield self.rows
        yield Static("", id="empty", markup=False)
        with Vertical(id="preview"):
            for place in _PREVIEW:
                yield OneLine(id=place)

    def on_mount(self) -> None:
        """The list has the keys."""
        self.rows.focus()

    # What it shows

    def look_up(self) -> dict[PainStatus, list[Ranked]]:
        """Everything, ranked within its status."""
        now = self.workspace.clock()
        found: dict[PainStatus, list[Ranked]] = {view: [] for view in VIEWS}
        for view, score in self.workspace.pain_points():
            alike = found[view.pain_point.status]
            trend = pain_words.trend(view.quotes, now)
            alike.append(Ranked(len(alike) + 1, view, score, trend))
        return found

    def show_found(self, found: object) -> None:
        """The rows; the cursor stays on its pain point."""
        assert isinstance(found, dict)
        self._ranked = found
        self._show()

    def _show(self) -> None:
        here = self.rows.row
        at = self.rows.cursor
        wanted = self._text.casefold().split()
        rows = [one for one in self._ranked[self.status] if _has(one.point, wanted)]
        if here is not None:
            ids = [one.point.id for one in rows]
            at = ids.index(here.point.id) if here.point.id in ids else at
        self.rows.show(rows, at=at)
        self.set_class(not rows, "-empty")
        if not rows:
            self._tell_emptiness()
        self.show_keys()
        self._tell_tabs()
        self._preview_row()

    def _tell_tabs(self) -> None:
        self.tell_views("Pain points")
        self._tell_where()

    def _tell_where(self) -> None:
        left: list[Part] = []
        if self._text:
            left = [(f"/{one_line(self._text, 40)}", "$foreground")]
        size = len(self.rows.rows)
        place = f"{self.rows.cursor + 1:,} of {size:,} · by priority, then score"
        right = [(place, "$muted")] if size else []
        self.query_one("#where", OneLine).say(left, right)

    @on(Rows.Moved)
    def _preview_row(self) -> None:
        self._tell_where()
        one = self.rows.row
        if one is None:
            return
        point = one.point
        facts = [point.short, *pain_words.set_by_hand(point)]
        if point.owner:
            facts.append(f"owner {one_line(point.owner, 30)}")
        plans = " and ".join(pain_words.planned(plan) for plan in one.view.plans)
        said = one_line(point.statement, 400)
        lines = (
            (said or "Nobody has said what hurts exactly.", "" if said else "$muted"),
            (" · ".join(facts), "$muted"),
            (plans or "Nothing is planned for it.", "$muted"),
        )
        for place, line in zip(_PREVIEW, lines, strict=True):
            self.query_one(f"#{place}", OneLine).say([line])

    def _tell_emptiness(self) -> None:
        key = self.triage.keymap.keys
        views = ("next-view", "the next view"), ("previous-view", "the view before")
        if self._text:
            said = one_line(self._text, 60)
            self.show_nothing(
                [f"No {self.status} pain point says “{said}”."], ("back", "clears it")
            )
        elif self.status is not PainStatus.OPEN:
            self.show_nothing([f"No pain point is {self.status}."], *views)
        elif any(self._ranked.values()):
            self.show_nothing(["Nothing hurts any more."], *views)
        else:
            accept = shown(key["accept"][0])
            self.show_nothing(
                ["No pain point yet."],
                ("go-inbox", f"the inbox: {accept} on a row makes it evidence of one"),
                ("new", "writes one down"),
            )  # fmt: skip

    # Looking

    @property
    def view(self) -> str:
        """What has become of those that are shown."""
        return self.status

    def sizes(self) -> Mapping[str, int]:
        """By what has become of each."""
        return {str(status): len(self._ranked[status]) for status in VIEWS}

    def turn_to(self, name: str) -> None:
        """Show another one."""
        self.status = PainStatus(name)
        self.rows.show([])
        self._show()

    def action_open(self) -> None:
        """The pain point whole."""
        if self.point:
            self.triage.open("pain-point", self.point.id)

    @on(Rows.Chosen)
    def _open_clicked(self) -> None:
        self.action_open()

    def action_search(self) -> None:
        """Show the field."""
        self.set_class(True, "-searching")
        field = self.query_one("#search", Input)
        field.value = self._text
        field.focus()

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        self._text = event.value.strip()
        self._show()

    @on(Input.Submitted, "#search")
    def _keep_search(self) -> None:
        self.set_class(False, "-searching")
        self.rows.focus()

    def action_back(self) -> None:
        """Clear the search."""
        self.query_one("#search", Input).value = self._text = ""
        self._keep_search()
        self._show()

    # Deciding

    @property
    def point(self) -> PainPoint | None:
        """What is under the cursor."""
        return self.rows.row.point if self.rows.row else None

    def action_new(self) -> None:
        """Write one down."""
        pain_deciding.new(self)

    def action_export(self) -> None:
        """To which file?"""
        export(self)


def _draw(one: Ranked, room: int) -> Cells:
    return cells(FIELDS, one, room)


def _has(point: PainPoint, wanted: list[str]) -> bool:
    told = " ".join(
        (point.short, point.title, point.statement, point.owner, *point.tags)
    ).casefold()
    return all(word in told for word in wanted)
