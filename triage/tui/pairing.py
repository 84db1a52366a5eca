"""Pairs gone through one after the other, each ruled about with one key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from triage.errors import TriageError
from triage.model import Verdict
from triage.text.display import one_line
from triage.tui import emptiness
from triage.tui.action import Action
from triage.tui.actions import BY_ID
from triage.tui.bindings import shown
from triage.tui.desk import beside
from triage.tui.review import Review
from triage.tui.screen import TriageScreen
from triage.tui.widgets.comparison import Comparison
from triage.tui.widgets.lines import OneLine
from triage.workspace import Entry

_AT_THE_END = ("undo", "previous-pair", "go-inbox", "help", "quit")


class Two(Protocol):
    """Two that are compared, as things stand."""

    @property
    def is_settled(self) -> bool:
        """Whether nothing is to be said about them any more."""


F = TypeVar("F")
P = TypeVar("P", bound=Two)


@dataclass(frozen=True, slots=True)
class Found(Generic[P]):
    """The pair at a place, and the places before it that need no word any more."""

    place: int
    pair: P | None
    settled: tuple[int, ...]


class Pairing(TriageScreen, Generic[F, P]):
    """
    One pair at a time; the order is that of the moment the screen was opened.

    A subclass says what is asked, finds the pairs, looks at one as it stands, draws
    it and rules about it.
    """

    ASKED = ""
    LOOKING = ""
    SETTLED = ""
    """What is said where there was no pair to begin with."""

    def __init__(self) -> None:
        super().__init__()
        self.review: Review[F] = Review()
        self.pair: P | None = None
        self._is_read = False
        self._deciding = False

    # What a subclass says

    def find(self) -> Sequence[F]:
        """Every pair; called in a thread."""
        raise NotImplementedError

    def look_at(self, found: F) -> P | None:
        """A pair as it stands, None where one of it is gone; called in a thread."""
        raise NotImplementedError

    def draw(self, pair: P) -> None:
        """Show what would come of it, and the two."""
        raise NotImplementedError

    def decide(self, pair: P, said: Verdict) -> Entry | None:
        """Rule about the pair; called in a thread."""
        raise NotImplementedError

    # The screen

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
        self.call_after_refresh(self.lay_out)

    # Which pair

    def _begin(self) -> None:
        self._tell_empty([self.LOOKING])
        beside(self, self._read, group="pairs", exclusive=True)

    async def _read(self) -> None:
        try:
            found = await self.triage.desk.look(self.find)
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
        self.lay_out()
        self._deciding = False

    def _first(self, places: Sequence[int], onward: bool) -> Found[P]:
        settled: list[int] = []
        for place in places:
            found = self.look_at(self.review.pairs[place])
            if found is not None and not (onward and found.is_settled):
                return Found(place, found, tuple(settled))
            settled.append(place)
        return Found(len(self.review.pairs), None, tuple(settled))

    # What it shows

    def lay_out(self) -> None:
        """Draw the pair that is looked at, or the end."""
        if not self._is_read:
            return
        if self.pair is None:
            told = self.review.summary()
            self._tell_empty(["Nothing is left to compare.", *(told or [self.SETTLED])])
            return
        self.set_class(False, "-empty")
        self.query_one("#title", OneLine).say(
            [(self.ASKED, "bold"), (f"   {self.review.place}", "$muted")],
            self.elsewhere(),
        )
        self.draw(self.pair)
        self.show_keys()

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
        self.query_one("#title", OneLine).say([(self.ASKED, "bold")], self.elsewhere())
        self.query_one("#outcome", OneLine).say([])
        self.set_class(True, "-empty")
        self.show_keys()

    def footer(self) -> list[Action]:
        """With nothing to compare, only what leads on."""
        if self.pair is None:
            return [BY_ID[name] for name in _AT_THE_END]
        return super().footer()

    # Deciding

    def rule(self, said: Verdict) -> None:
        """Rule about the pair, then go on to the next."""
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
            lambda: self.decide(two, said), done=done, refused=refused
        )  # fmt: skip

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

    def action_read_down(self) -> None:
        """Both a few lines on."""
        self.comparison.by(3)

    def action_read_up(self) -> None:
        """Both a few lines back."""
        self.comparison.by(-3)
