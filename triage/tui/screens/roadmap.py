"""The roadmap: now, next, later, and whom each plan would help."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from triage.model import Horizon, PainPoint, RoadmapItem, RoadmapStatus
from triage.text.display import one_line
from triage.tui import pain_words, plan_deciding, plan_words, words
from triage.tui.bindings import bindings, shown
from triage.tui.briefing import brief
from triage.tui.dialogs.ask import Ask
from triage.tui.dialogs.link import LinkPicker
from triage.tui.dialogs.one_of import OneOf, Option
from triage.tui.dialogs.picker import Choice, Picker, among
from triage.tui.following import Following
from triage.tui.table import cells
from triage.tui.widgets.headings import Headings
from triage.tui.widgets.lines import OneLine
from triage.tui.widgets.reader import Reader
from triage.tui.widgets.rows import Cells, Rows
from triage.workspace import Entry, RoadmapView, ToTell

HORIZONS = tuple(Horizon)

_OPTIONS = tuple(
    Option(label.split()[1][0], status, label)
    for status, label in plan_words.STATUSES.items()
)

Row = RoadmapView | str
"""A plan, or the heading over some; "" is an empty line."""


class RoadmapScreen(Following):
    """What is planned, in three parts."""

    PART = "roadmap"
    PARTS = ("list",)
    BINDINGS = bindings("roadmap")
    CSS_PATH = ["inbox.tcss", "roadmap.tcss"]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._go_to: int | None = None
        self._to_tell: Mapping[int, ToTell] = {}

    def compose_body(self) -> ComposeResult:
        """The parts at the left, the plan under the cursor at the right."""
        self.rows: Rows[Row] = Rows(
            _draw, is_heading=lambda row: isinstance(row, str), id="rows"
        )
        self.reader = Reader(id="reader")
        yield OneLine(id="tabs")
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield Headings(plan_words.FIELDS)
                yield self.rows
            yield self.reader
        yield Static("", id="empty", markup=False)

    def on_mount(self) -> None:
        """The list has the keys."""
        self.rows.focus()

    # What it shows

    def look_up(self) -> list[RoadmapView]:
        """Every plan, and how many are to be told of what has shipped."""
        found = self.workspace.roadmap()
        settled = {
            point.id for view in found if view.status is RoadmapStatus.SHIPPED
            for point in view.pain_points
        }  # fmt: skip
        told = {
            number: self.workspace.to_tell_of(self.workspace.pain_point(number))
            for number in settled
        }
        self._to_tell = {number: one for number, one in told.items() if one}
        return found

    def show_found(self, found: object) -> None:
        """The parts; the cursor stays on its plan, wherever that went."""
        assert isinstance(found, list)
        here = self._go_to or (self.plan.item.id if self.plan else None)
        self._go_to = None
        rows: list[Row] = []
        for horizon in HORIZONS:
            plans = [view for view in found if view.item.horizon is horizon]
            rows += [f"{horizon.upper()}  {len(plans) or 'nothing'}", *plans, ""]
        ids = [row.item.id if not isinstance(row, str) else 0 for row in rows]
        at = ids.index(here) if here in ids else self.rows.cursor
        self.rows.show(rows[:-1] if found else [], at=at)
        self.set_class(not found, "-empty")
        self._tell(found)
        self._show_plan()

    def _tell(self, found: Sequence[RoadmapView]) -> None:
        size = words.count(len(found), "plan")
        helped = sum(1 for view in found if view.pain_points)
        told = f"{size}, {helped:,} of them for a pain point" if found else ""
        self.query_one("#tabs", OneLine).say(
            [("Roadmap   ", "bold $foreground"), (told, "$muted")], self.elsewhere()
        )
        link = shown(self.triage.keymap.keys["link"][0])
        self.show_nothing(
            ["Nothing is planned yet."], ("new", "plans something"),
            ("go-pain-points", f"pain points: {link} on one plans what settles it"),
        )  # fmt: skip

    @on(Rows.Moved)
    def _show_plan(self) -> None:
        view = self.plan
        if view is None:
            self.reader.show(())
            return
        key = shown(self.triage.keymap.keys["link"][0])
        tell = shown(self.triage.keymap.keys["tell"][0])
        told = plan_words.to_tell(view, self._to_tell, tell)
        self.reader.show([*plan_words.about(view, key), *told])

    @property
    def plan(self) -> RoadmapView | None:
        """The plan under the cursor."""
        row = self.rows.row
        return row if isinstance(row, RoadmapView) else None

    # Looking

    def action_open(self) -> None:
        """Its pain point; where there are several, which?"""
        self._of_its_pains("Open which pain point?", self._open)

    @on(Rows.Chosen)
    def _open_clicked(self) -> None:
        self.action_open()

    def _open(self, point: PainPoint) -> None:
        self.triage.open("pain-point", point.id)

    def action_tell(self) -> None:
        """Who asked, and who was told? Of which pain point, where there are several?"""

        def tell(point: PainPoint) -> None:
            self.triage.open("tell", point.id)

        self._of_its_pains("Tell those who asked for which?", tell)

    def action_read_down(self) -> None:
        """A few lines on."""
        self.reader.by(3)

    def action_read_up(self) -> None:
        """A few lines back."""
        self.reader.by(-3)

    # Deciding

    def action_new(self) -> None:
        """Plan something, for the part the cursor is in."""
        horizon = self.plan.item.horizon if self.plan else Horizon.LATER

        def answered(title: str | None) -> None:
            if title:
                self.triage.decide(lambda: work(title))

        def work(title: str) -> Entry | None:
            item = self.workspace.plan(title, horizon)
            self._go_to = item.id
            return self.workspace.history_of(item)[0]

        self.app.push_screen(Ask(f"Plan what, for {horizon}?"), answered)

    def action_sooner(self) -> None:
        """One part up."""
        self._move(-1)

    def action_later(self) -> None:
        """One part down."""
        self._move(1)

    def _move(self, by: int) -> None:
        if self.plan is None:
            return
        number = self.plan.item.id

        def work() -> Entry | None:
            item = self._item(number)
            place = HORIZONS.index(item.horizon) + by
            if not 0 <= place < len(HORIZONS):
                return None
            return self.workspace.reschedule(item, horizon=HORIZONS[place])

        self.triage.decide(work)

    def action_plan_status(self) -> None:
        """How far has it come?"""
        if self.plan is None:
            return
        item = self.plan.item

        def answered(option: Option | None) -> None:
            if option is not None:
                self.triage.decide(
                    lambda: self.workspace.reschedule(
                        self._item(item.id), status=option.value
                    )
                )

        self.app.push_screen(
            OneOf(f"How far is {plan_deciding.named(item)}", _OPTIONS, now=item.status),
            answered,
        )

    def action_set_owner(self) -> None:
        """Who sees to it?"""
        if self.plan is not None:
            plan_deciding.change_owner(self, self.plan.item)

    def action_set_target(self) -> None:
        """By when?"""
        if self.plan is not None:
            plan_deciding.change_target(self, self.plan.item)

    def action_retitle_plan(self) -> None:
        """What it is called here."""
        if self.plan is not None:
            plan_deciding.retitle(self, self.plan.item)

    def action_file_plan(self) -> None:
        """Draft its creation at a tracker."""
        if self.plan is not None:
            plan_deciding.file(self, self.plan.item)

    def action_comment_plan(self) -> None:
        """Draft what is new for its tracker."""
        if self.plan is not None:
            plan_deciding.comment(self, self.plan.item)

    def _item(self, number: int) -> RoadmapItem:
        # As it is now: two keys in a row are two steps, the second upon the first.
        return self.workspace.roadmap_item(number)

    def action_brief(self) -> None:
        """What stakeholders are told."""
        brief(self)

    def action_link(self) -> None:
        """Which pain point would it settle?"""
        if self.plan is None:
            return
        view, workspace = self.plan, self.workspace
        linked = {point.id for point in view.pain_points}

        def find(text: str) -> Sequence[Choice]:
            return [
                Choice(point, one_line(point.title, 120),
                       f"{point.short}  {pain_words.priority(point.priority)}",
                       point.statement)
                for point in workspace.find_pain_points(text, 40)
                if point.id not in linked
            ]  # fmt: skip

        dialog = LinkPicker(
            f"{plan_deciding.named(view.item)} would settle", find, "find a pain point"
        )

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                point, extent = choice.value, dialog.extent
                self.triage.decide(lambda: workspace.link(point, view.item, extent))

        self.app.push_screen(dialog, answered)

    def action_unlink(self) -> None:
        """Which would it not settle, after all?"""
        view = self.plan
        if view is None:
            return

        def unlink(point: PainPoint) -> None:
            self.triage.decide(lambda: self.workspace.unlink(point, view.item))

        self._of_its_pains(f"{plan_deciding.named(view.item)} would not settle", unlink)

    def _of_its_pains(self, heading: str, act: Callable[[PainPoint], None]) -> None:
        """Do it with its pain point; asked which only where there are several."""
        points = self.plan.pain_points if self.plan else ()
        if len(points) == 1:
            act(points[0])
        elif points:
            choices = [
                Choice(point, one_line(point.title, 120), point.short)
                for point in points
            ]

            def answered(choice: Choice | None) -> None:
                if choice is not None:
                    act(choice.value)

            self.app.push_screen(Picker(heading, among(choices)), answered)
        elif self.plan:
            key = shown(self.triage.keymap.keys["link"][0])
            self.say(f"It is linked to no pain point; {key} links one")


def _draw(row: Row, room: int) -> Cells:
    if isinstance(row, str):
        return [(words.fit(row, room), "head")]
    return cells(plan_words.FIELDS, row, room)
