"""Everything that is counted, at a glance; each tile leads to what tells more."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from triage.dashboard import Dashboard
from triage.text.display import one_line
from triage.tui import charts, number_words
from triage.tui.bindings import bindings
from triage.tui.following import Following
from triage.tui.to_file import ToFile, ask
from triage.tui.widgets.lines import OneLine
from triage.tui.widgets.tile import TileCard

_SPANS = (4, 13, 26, 52)
"""Weeks looked back."""

_PAGE = 4
"""Tiles that are a page."""


class DashboardScreen(Following):
    """Tiles in as many columns as there is room for."""

    PART = "dashboard"
    PARTS = ("list",)
    BINDINGS = bindings("dashboard", "list")
    CSS_PATH = "dashboard.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._weeks = _SPANS[1]
        self._found: Dashboard | None = None

    def compose_body(self) -> ComposeResult:
        """What it is of, and the tiles."""
        yield OneLine(id="tabs")
        yield Static("", id="shape", markup=False)
        with VerticalScroll(id="all", can_focus=False):
            yield Horizontal(id="tiles")
        yield Static("", id="empty", markup=False)

    # What it shows

    def look_up(self) -> Dashboard:
        """Count everything; how long that takes goes with how much there is."""
        return self.workspace.dashboard(self._weeks)

    def show_waiting(self) -> None:
        """That it is being counted, and the shape of it where nothing stands yet."""
        self._tell("counting …")
        if self._found is None:
            room = max(1, self.app.size.width // 2 - 4)
            shape = ("", charts.NOTHING * room, *[charts.NOTHING * (room // 2)] * 4)
            self.query_one("#shape", Static).update("\n  ".join(shape))

    async def _lay_out(self) -> None:
        """A card for each tile, in the column that is shortest so far."""
        found, tiles = self._found, self.query_one("#tiles", Horizontal)
        if found is None:
            return
        many = _columns(self.app.size.width)
        cards = self._cards()
        names = [tile.name for tile in found.tiles]
        if [card.tile.name for card in cards] == names and len(tiles.children) == many:
            for card, tile in zip(cards, found.tiles, strict=True):
                card.show(tile)
            return
        here = self.focused.tile.name if isinstance(self.focused, TileCard) else ""
        room = self.app.size.width // many - 5
        columns: list[list[TileCard]] = [[] for _ in range(many)]
        heights = [0] * many
        for tile in found.tiles:
            card = TileCard(tile)
            shortest = heights.index(min(heights))
            columns[shortest].append(card)
            heights[shortest] += 2 + card.high(room)
        await tiles.remove_children()
        await tiles.mount_all(Vertical(*cards) for cards in columns)
        if cards := self._cards():
            kept = [card for card in cards if card.tile.name == here]
            (kept or cards)[0].focus()

    def _cards(self) -> list[TileCard]:
        """In the order they are told."""
        names = [tile.name for tile in self._found.tiles] if self._found else []
        return sorted(
            (card for card in self.query(TileCard) if card.tile.name in names),
            key=lambda card: names.index(card.tile.name),
        )

    def show_found(self, found: object) -> None:
        """All tiles."""
        assert isinstance(found, Dashboard)
        self._found = found
        self.query_one("#shape", Static).display = False
        self.set_class(not found.tiles, "-empty")
        self._tell(number_words.span(found.weeks))
        self.show_nothing(
            ["Nobody has been heard yet, so there is nothing to count."],
            ("go-inbox", "the inbox, where a file is brought in"),
        )
        self.call_later(self._lay_out)

    def _tell(self, said: str) -> None:
        self.query_one("#tabs", OneLine).say(
            [("Dashboard   ", "bold $foreground"), (said, "$muted")], self.elsewhere()
        )

    def on_resize(self, event: events.Resize) -> None:
        """As many columns as there is room for."""
        del event
        self.call_later(self._lay_out)

    def pulled(self) -> None:
        """What came in is counted, too."""
        self.read_again()

    # Moving and asking otherwise

    def action_next_row(self) -> None:
        """The next tile."""
        self._by(1)

    def action_previous_row(self) -> None:
        """The tile before."""
        self._by(-1)

    def action_page_down(self) -> None:
        """A few tiles on."""
        self._by(_PAGE)

    def action_page_up(self) -> None:
        """A few tiles back."""
        self._by(-_PAGE)

    def action_first_row(self) -> None:
        """The first tile."""
        self._by(-len(self.query(TileCard)))

    def action_last_row(self) -> None:
        """The last tile."""
        self._by(len(self.query(TileCard)))

    def _by(self, step: int) -> None:
        cards = self._cards()
        if not cards:
            return
        here = self.focused
        at = cards.index(here) + step if isinstance(here, TileCard) else 0
        cards[max(0, min(len(cards) - 1, at))].focus()

    def action_open_tile(self) -> None:
        """The area that tells more, or the command that does."""
        if isinstance(self.focused, TileCard):
            self._open(self.focused)

    @on(TileCard.Opened)
    def _opened(self, event: TileCard.Opened) -> None:
        for card in self.query(TileCard):
            if card.tile is event.tile:
                self._open(card)

    def _open(self, card: TileCard) -> None:
        tile = card.tile
        if tile.area:
            self.triage.go(tile.area)
        elif tile.command:
            self.say(f"In a shell: {tile.command}")

    def action_more_weeks(self) -> None:
        """Further back."""
        self._span(1)

    def action_fewer_weeks(self) -> None:
        """Less far."""
        self._span(-1)

    def _span(self, by: int) -> None:
        at = _SPANS.index(self._weeks) + by
        if 0 <= at < len(_SPANS):
            self._weeks = _SPANS[at]
            self.read_again()
        else:
            ends = {1: "the furthest back a dashboard looks", -1: "the fewest"}
            self.say(f"{_SPANS[max(0, min(at, len(_SPANS) - 1))]} weeks are {ends[by]}")

    def action_write_page(self) -> None:
        """The same as a page."""

        def write(to: str, out: Path | BinaryIO, force: bool) -> str:
            from triage.dashboard import write_to

            del to
            write_to(self.workspace.dashboard(self._weeks), out, force=force)
            return ""

        shell = f"triage dashboard --weeks {self._weeks} --out dashboard.html"
        what = ToFile(
            "Write the dashboard to which file?", "dashboard.html", {".html": "html"},
            one_line(shell), write,
        )  # fmt: skip
        ask(self, what)


def _columns(width: int) -> int:
    """One in a narrow window, three in a very wide one."""
    return 1 if width < 100 else 2 if width < 170 else 3
