"""What may say the same, pair by pair: both texts, why, and what would come of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from triage.errors import TriageError
from triage.model import Verdict
from triage.text.display import one_line
from triage.tui import emptiness, pair_words, words
from triage.tui.actions import BY_ID, Action
from triage.tui.bindings import bindings, shown
from triage.tui.desk import beside
from triage.tui.review import Pair, Review, pair, pairs
from triage.tui.screen import TriageScreen
from triage.tui.sides import rule
from triage.tui.widgets.comparison import Comparison
from triage.tui.widgets.lines import OneLine
from triage.workspace import Entry

_AT_THE_END = ("undo", "previous-pair", "go-inbox", "help", "quit")


@dataclass(frozen=True, slots=True)
class Found:
    """The pair at a place, and the places before it that need no word any more."""

    place: int
    pair: Pair | None
    settled: tuple[int, ...]


class MatchesScreen(TriageScreen):
    """One pair at a time; the order is that of the moment the screen was opened."""

    PART = "matches"
    BINDINGS = bindings("matches")
    CSS_PATH = ["inbox.tcss", "matches.tcss"]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.review = Review()
        self.pair: Pair | None = None
        self._is_read = False
        self._deciding = False

    def compose_body(self) -> ComposeResult:
        """Where one is, what would come of it, and the two."""
        self.comparison = Comparison()
        yield OneLine(id="title")
        yield OneLine(id="outcome")
        yield self.comparison
        yield Static("", id="empty", markup=False)

    def on_mount(self) -> None:
        """Look for pairs."""
        self._begin()

    def on_screen_resume(self) -> None:
        """Seen again: what was decided elsewhere is no longer asked."""
        if not self._is_read or self.review.is_over:
            self._begin()
        else:
            self._look(onward=True)

    def on_resize(self, event: events.Resize) -> None:
        """Side by side or one under the other."""
        del event
        self.call_after_refresh(self._lay_out)

    # Which pair

    def _begin(self) -> None:
        self._tell_empty(["Looking for what may say the same …"])
        beside(self, self._read, group="pairs", exclusive=True)

    async def _read(self) -> None:
        try:
            found = await self.triage.desk.look(lambda: pairs(self.workspace))
        except TriageError as error:
            told = emptiness.unreadable(str(error))
            self.query_one("#empty", Static).update(told)
            return
        self.review = Review(found)
        self._is_read = True
        self._look(onward=True)

    def _look(self, *, onward: bool) -> None:
        """Show the pair here; ``onward`` the next that is still to be ruled about."""
        beside(self, self._look_beside, onward, group="pair", exclusive=True)

    async def _look_beside(self, onward: bool) -> None:
        review = self.review
        places = list(review.ahead()) if onward else [review.at]
        try:
            found = await self.triage.desk.look(lambda: self._first(places, onward))
        except TriageError as error:
            self.say(one_line(str(error)))
            return
        for place in found.settled:
            review.drop(place)
        review.at = found.place
        self.pair = found.pair
        self._lay_out()
        self._deciding = False

    def _first(self, places: Sequence[int], onward: bool) -> Found:
        settled: list[int] = []
        for place in places:
            found = pair(self.workspace, self.review.pairs[place])
            if found is not None and not (onward and found.is_settled):
                return Found(place, found, tuple(settled))
            settled.append(place)
        return Found(len(self.review.pairs), None, tuple(settled))

    # What it shows

    def _lay_out(self) -> None:
        if not self._is_read:
            return
        two, now = self.pair, self.workspace.clock()
        if two is None:
            self._tell_end()
            return
        self.set_class(False, "-empty")
        before, after = two.people
        named = words.opening(two.ours.members[-1].feedback.title,
                              two.ours.members[-1].feedback.body, 60)  # fmt: skip
        told = words.people(before)
        told += f" → {words.people(after)}" if after != before else ", nobody new"
        self.query_one("#title", OneLine).say(
            [("Do these say the same?", "bold"), (f"   {self.review.place}", "$muted")],
            self.elsewhere(),
        )
        self.query_one("#outcome", OneLine).say(
            [(told, "bold"),
             ("   would join  ", "$muted"), (f"“{named}”", "")]
        )  # fmt: skip
        ruled = [*pair_words.ruled(two.ours, two.one)]
        self.comparison.show(two.one, two.other, two.told, now, ruled=ruled)
        self.show_keys()

    def _tell_end(self) -> None:
        told = self.review.summary()
        lines = told or ["What says the same is together already."]
        self._tell_empty(["Nothing is left to compare.", *lines])

    def _tell_empty(self, lines: Sequence[str]) -> None:
        keys = [
            Content.assemble(
                (f"{shown(self.triage.keymap.first_key(BY_ID[name])):<4}",
                 "bold $accent"), BY_ID[name].help,
            )
            for name in ("undo", "previous-pair", "go-inbox")
        ] if self.review.pairs else []  # fmt: skip
        first, *rest = lines
        parts = [Content.assemble((first, "bold")), *map(Content, rest)]
        self.query_one("#empty", Static).update(
            Content("\n").join([*parts, Content(""), *keys])
        )
        self.query_one("#title", OneLine).say(
            [("Do these say the same?", "bold")], self.elsewhere()
        )
        self.query_one("#outcome", OneLine).say([])
        self.set_class(True, "-empty")
        self.show_keys()

    def footer(self) -> list[Action]:
        """With nothing to compare, only what leads on."""
        if self.pair is None:
            return [BY_ID[name] for name in _AT_THE_END]
        return super().footer()

    # Deciding

    def action_say_same(self) -> None:
        """The second group joins the first."""
        self._rule(Verdict.SAME)

    def action_say_different(self) -> None:
        """Never again."""
        self._rule(Verdict.DIFFERENT)

    def action_say_related(self) -> None:
        """Related, and not the same."""
        self._rule(Verdict.RELATED)

    def _rule(self, said: Verdict) -> None:
        two, place, review = self.pair, self.review.at, self.review
        if two is None or self._deciding:
            return
        # Until the next two are seen, no key is about them.
        self._deciding = True

        def done(entry: Entry | None) -> None:
            if entry is not None:
                review.say(entry.id, place, said)
            self._go(1)

        def refused() -> None:
            self._deciding = False

        self.triage.decide(
            lambda: rule(self.workspace, two.one, two.other, said),
            done=done, refused=refused,
        )  # fmt: skip

    def action_swap(self) -> None:
        """The other one first: it stays, and this one joins it."""
        if self.pair is not None:
            self.pair = self.pair.swapped()
            self._lay_out()

    def action_next_pair(self) -> None:
        """These are left for later."""
        if not self.review.is_over:
            self._go(1)

    def action_previous_pair(self) -> None:
        """Back, also to what was ruled about."""
        if self.review.at:
            self._go(-1)

    def _go(self, by: int) -> None:
        self.review.at += by
        self._look(onward=by > 0)

    def stepped(self, entry: Entry, feedback: Sequence[int], *, undone: bool) -> None:
        """An undo goes back to the pair it was about; doing it again goes on."""
        del feedback
        place = self.review.undone(entry.id) if undone else None
        if place is not None:
            self.review.at = place
            self._look(onward=False)
        elif undone or (self.review.redone(entry.id) and not self._deciding):
            self._look(onward=True)

    # Looking

    def action_members(self) -> None:
        """All of the first group."""
        if self.pair is not None:
            self.triage.open("group", self.pair.one.id)

    def action_read_down(self) -> None:
        """Both texts a few lines on."""
        self.comparison.by(3)

    def action_read_up(self) -> None:
        """Both texts a few lines back."""
        self.comparison.by(-3)
