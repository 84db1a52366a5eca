"""What may say the same, pair by pair: both texts, why, and what would come of it."""

from __future__ import annotations

from collections.abc import Sequence

from triage.model import Verdict
from triage.tui import pair_words, words
from triage.tui.bindings import bindings
from triage.tui.pairing import Pairing
from triage.tui.review import Pair, pair, pairs
from triage.tui.sides import rule
from triage.tui.widgets.lines import OneLine
from triage.workspace import Entry, KeptMatch


class MatchesScreen(Pairing[KeptMatch, Pair]):
    """Two pieces of feedback at a time, each with its group."""

    PART = "matches"
    BINDINGS = bindings("matches")
    CSS_PATH = ["inbox.tcss", "pairing.tcss"]  # noqa: RUF012
    ASKED = "Do these say the same?"
    LOOKING = "Looking for what may say the same …"
    SETTLED = "What says the same is together already."

    def find(self) -> Sequence[KeptMatch]:
        """Of each two groups the surest match."""
        return pairs(self.workspace)

    def look_at(self, found: KeptMatch) -> Pair | None:
        """The two with their groups as they are now."""
        return pair(self.workspace, found)

    def draw(self, pair: Pair) -> None:
        """How many would say it, both texts, and why."""
        before, after = pair.people
        named = words.opening(pair.ours.members[-1].feedback.title,
                              pair.ours.members[-1].feedback.body, 60)  # fmt: skip
        told = words.people(before)
        told += f" → {words.people(after)}" if after != before else ", nobody new"
        self.query_one("#outcome", OneLine).say(
            [(told, "bold"),
             ("   would join  ", "$muted"), (f"“{named}”", "")]
        )  # fmt: skip
        ruled = [*pair_words.ruled(pair.ours, pair.one)]
        self.comparison.show(
            pair.one, pair.other, pair.told, self.workspace.clock(), ruled=ruled
        )

    def decide(self, pair: Pair, said: Verdict) -> Entry | None:
        """About both groups, each led by the one that was compared."""
        return rule(self.workspace, pair.one, pair.other, said)

    # Deciding

    def action_say_same(self) -> None:
        """The second group joins the first."""
        self.rule(Verdict.SAME)

    def action_say_different(self) -> None:
        """Never again."""
        self.rule(Verdict.DIFFERENT)

    def action_say_related(self) -> None:
        """Related, and not the same."""
        self.rule(Verdict.RELATED)

    def action_swap(self) -> None:
        """The other one first: it stays, and this one joins it."""
        if self.pair is not None:
            self.pair = self.pair.swapped()
            self.lay_out()

    # Looking

    def action_members(self) -> None:
        """All of the first group."""
        if self.pair is not None:
            self.triage.open("group", self.pair.one.id)
