"""The sources: where feedback comes from, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from triage.errors import TriageError
from triage.text.display import one_line
from triage.tui import source_words, words
from triage.tui.action import Action
from triage.tui.actions import BY_ID
from triage.tui.bindings import bindings, shown
from triage.tui.desk import beside
from triage.tui.dialogs.confirm import Confirm
from triage.tui.dialogs.sheet import Sheet
from triage.tui.following import Following
from triage.tui.passage import Passage
from triage.tui.widgets.lines import OneLine
from triage.tui.widgets.reader import Reader
from triage.tui.widgets.rows import Cells, Rows
from triage.workspace import BatchView, Quarantined, SourceView, Unmapped

LOOK = 2.0
"""Seconds between two looks for what arrives."""

IMPORTS = 100
UNREADABLE = 200
PULLS = 10
"""Pulls of a source that are told beside it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Everything there is to say about where feedback comes from."""

    sources: Sequence[SourceView]
    imports: Sequence[BatchView]
    quarantined: Sequence[Quarantined]
    unmapped: Sequence[Unmapped]


Row = SourceView | BatchView | Quarantined | str
"""Something with a line of its own, or a heading over some."""


class SourcesScreen(Following):
    """Sources, imports, and what could not be read, one list."""

    PART = "sources"
    PARTS = ("list",)
    BINDINGS = bindings("sources")
    CSS_PATH = ["inbox.tcss", "sources.tcss"]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._latest: Sequence[BatchView] = ()
        self._found: Found | None = None

    def compose_body(self) -> ComposeResult:
        """The list at the left, all about one line at the right."""
        self.rows: Rows[Row] = Rows(
            self._draw, is_heading=lambda row: isinstance(row, str), id="rows"
        )
        self.reader = Reader(id="reader")
        yield OneLine(id="tabs")
        with Horizontal(id="panes"):
            yield self.rows
            yield self.reader
        yield Static("", id="empty", markup=False)

    def on_mount(self) -> None:
        """The list has the keys; it follows what arrives."""
        self.rows.focus()
        self.set_interval(LOOK, self._look_for_more)

    def on_screen_resume(self) -> None:
        """A sync or an import may have been made elsewhere; neither is a step."""
        if self.is_mounted:
            self.read_again()

    def pulled(self) -> None:
        """How each source fared stands in its line."""
        if self.is_current:
            self.read_again()

    def _look_for_more(self) -> None:
        if self.is_current:
            beside(self, self._compare_latest, group="more", exclusive=True)

    async def _compare_latest(self) -> None:
        """Read again while something arrives, from here or from another program."""
        # As many as one process pulls at once may be going on.
        latest = await self.triage.desk.look(lambda: self.workspace.imports(8))
        if self.triage.pulling or latest != self._latest:
            self._latest = latest
            self.read_again()

    def footer(self) -> list[Action]:
        """Pulling is what one comes here for."""
        if self.has_class("-empty"):
            return super().footer()
        return sorted([*super().footer(), BY_ID["sync"]], key=lambda one: one.foot or 2)

    # What it shows

    def look_up(self) -> Found:
        """Everything."""
        workspace = self.workspace
        return Found(
            workspace.sources(), workspace.imports(IMPORTS),
            workspace.quarantined(UNREADABLE), workspace.unmapped(),
        )  # fmt: skip

    def show_found(self, found: object) -> None:
        """Three parts; one that is empty is not there."""
        assert isinstance(found, Found)
        self._latest = found.imports[:8]
        self._found = found
        brought = [one for one in found.imports if _brought(one)]
        rows: list[Row] = []
        for name, some in (
            ("Sources", found.sources), ("Imports", brought),
            ("Could not be read", found.quarantined),
        ):  # fmt: skip
            if some:
                rows += [*([""] if rows else []), name, *some]
        keys = [_key(row) for row in rows]
        here = _key(self.rows.row) if self.rows.row is not None else ""
        self.rows.show(rows, at=keys.index(here) if here in keys else self.rows.cursor)
        self.set_class(not rows, "-empty")
        self._tell(found)
        self._show_row()

    def _tell(self, found: Found) -> None:
        ill = sum(1 for one in found.sources if one.failure or one.gap or one.is_late)
        size = words.count(len(found.sources), "source")
        told = f"{size}, {'all well' if not ill else f'{ill} in trouble'}"
        self.query_one("#tabs", OneLine).say(
            [
                ("Sources   ", "bold $foreground"),
                (told if found.sources else "", "$muted"),
            ],
            self.elsewhere(),
        )
        bring = shown(self.triage.keymap.keys["import"][0])
        self.show_nothing(
            ["Nothing has come in yet."], ("add-source", "how to add a source"),
            ("go-inbox", f"the inbox, where {bring} brings in a file"),
        )  # fmt: skip

    @on(Rows.Moved)
    def _show_row(self) -> None:
        row = self.rows.row
        now = self.workspace.clock()
        if isinstance(row, SourceView):
            self.reader.show(self._about(row))
        elif isinstance(row, BatchView):
            key = shown(self.triage.keymap.keys["take-back"][0])
            self.reader.show(source_words.batch(row, now, key))
        elif isinstance(row, Quarantined):
            self.reader.show(source_words.quarantined(row))
        else:
            self.reader.show(())

    def _about(self, row: SourceView) -> Iterator[Passage]:
        imports = self._found.imports if self._found else ()
        pulls = [one for one in imports if one.source == row.name][:PULLS]
        words_left = self._found.unmapped if self._found else ()
        unmapped = [one for one in words_left if one.source == row.name]
        now = self.workspace.clock()
        return source_words.source(row, now, pulls, unmapped, self.triage.key_of)

    def _draw(self, row: Row, room: int) -> Cells:
        now = self.workspace.clock()
        if isinstance(row, SourceView):
            return source_words.source_cells(row, now, room)
        if isinstance(row, BatchView):
            return source_words.batch_cells(row, now, room)
        if isinstance(row, Quarantined):
            return source_words.quarantined_cells(row, room)
        return source_words.heading_cells(row, room)

    # Looking

    def action_open(self) -> None:
        """All about it, over the screen."""
        row = self.rows.row
        if row is None or isinstance(row, str):
            return
        if isinstance(row, Quarantined):
            beside(self, self._show_raw, row, group="raw", exclusive=True)
            return
        about = (
            self._about(row)
            if isinstance(row, SourceView)
            else source_words.batch(
                row,
                self.workspace.clock(),
                shown(self.triage.keymap.keys["take-back"][0]),
            )
        )
        heading, *rest = about
        lines = [
            [(passage.text, source_words.STYLES[passage.style])] for passage in rest
        ]
        self.app.push_screen(Sheet(heading.text, lines))

    @on(Rows.Chosen)
    def _open_clicked(self) -> None:
        self.action_open()

    async def _show_raw(self, row: Quarantined) -> None:
        try:
            raw = await self.triage.desk.look(
                lambda: self.workspace.raw(self.workspace.feedback(row.feedback_id))
            )
        except TriageError as error:
            self.triage.complain(error)
            return
        lines = [[(line, "")] for line in source_words.raw_lines(raw)]
        self.app.push_screen(
            Sheet(f"{row.short}, as {one_line(row.source, 40)} sent it", lines)
        )

    def action_read_down(self) -> None:
        """A few lines on."""
        self.reader.by(3)

    def action_read_up(self) -> None:
        """A few lines back."""
        self.reader.by(-3)

    def action_add_source(self) -> None:
        """How to add one."""
        self.app.push_screen(Sheet("Add a source", source_words.HOW_TO_ADD))

    # Pulling one, and what it cannot give

    def action_sync_one(self) -> None:
        """The source under the cursor, and no other."""
        row = self.rows.row
        if not isinstance(row, SourceView):
            self.say("That is about a source; those stand first")
        elif not row.configured:
            self.say(f"{one_line(row.name, 40)} was brought in once, by an import")
        else:
            from triage.tui.pulling import sync

            sync(self.triage, [row.name])

    def action_clear_gap(self) -> None:
        """What it cannot give was read; the same words are not shown again."""
        row = self.rows.row
        if not isinstance(row, SourceView) or not row.gap:
            self.say("That is about a source with a gap")
        else:
            beside(self, self._clear_gap, row.name, group="decide")

    async def _clear_gap(self, name: str) -> None:
        await self.triage.desk.decide(lambda: self.workspace.clear_gap(name))
        self.say(f"{one_line(name, 40)}: its gap is taken as read")
        self.read_again()

    # Taking an import back

    def action_take_back(self) -> None:
        """Remove what an import brought; it is no step, so it asks."""
        row = self.rows.row
        if not isinstance(row, BatchView):
            self.say("That is about an import; those stand below the sources")
            return
        if row.taken_back_at:
            self.say(f"b{row.id} was taken back already")
            return

        def answered(yes: bool | None) -> None:
            if yes:
                beside(self, self._take_back, row, group="decide")

        brought = words.count(row.new, "message")
        self.app.push_screen(
            Confirm(
                f"Take back b{row.id}, “{one_line(row.label, 60)}” from"
                f" {one_line(row.source, 40)}?\n{brought} will be gone; undo does not"
                " bring them back, importing again does."
            ),
            answered,
        )

    async def _take_back(self, row: BatchView) -> None:
        try:
            gone = await self.triage.desk.decide(
                lambda: self.workspace.take_back(row.id)
            )
        except TriageError as error:
            self.triage.complain(error)
            return
        self.say(f"Took back b{row.id}: {words.count(gone, 'row')} gone")
        self.read_again()


def _brought(one: BatchView) -> bool:
    """Whether an import is worth a line: many a sync finds nothing new."""
    came = one.new or one.changed or one.quarantined or one.gone
    return bool(came) or one.label != "sync"


def _key(row: Row) -> str:
    if isinstance(row, SourceView):
        return f"s{row.name}"
    if isinstance(row, BatchView):
        return f"b{row.id}"
    return f"f{row.feedback_id}" if isinstance(row, Quarantined) else ""
