"""Who may be one person, pair by pair: both, what they said and where, and why."""

from __future__ import annotations

from collections.abc import Sequence

from triage.model import Verdict
from triage.text.display import one_line
from triage.tui import people_words, words
from triage.tui.bindings import bindings
from triage.tui.pairing import Pairing
from triage.tui.people_words import PersonPair
from triage.tui.review import MOST
from triage.tui.widgets.lines import OneLine
from triage.workspace import Entry, Likeness


class LikenessesScreen(Pairing[Likeness, PersonPair]):
    """Two people at a time; nobody is joined unless a person says so."""

    PART = "likenesses"
    BINDINGS = bindings("likenesses")
    CSS_PATH = ["inbox.tcss", "pairing.tcss"]  # noqa: RUF012
    ASKED = "Are these one person?"
    LOOKING = "Looking for who may be one person …"
    SETTLED = "Nobody looks like somebody else."

    def find(self) -> Sequence[Likeness]:
        """Those on whom nobody ruled, the surest first."""
        return self.workspace.likenesses(MOST)

    def look_at(self, found: Likeness) -> PersonPair | None:
        """Both as they are now."""
        return people_words.pair(self.workspace, found)

    def draw(self, pair: PersonPair) -> None:
        """Who they would be, both sides, and why."""
        called = pair.left if pair.left.id < pair.right.id else pair.right
        self.query_one("#outcome", OneLine).say([
            (f"{words.people(2)} → {words.people(1)}", "bold"),
            ("   would be  ", "$muted"),
            (f"{called.short} {one_line(called.called, 60)}", ""),
        ])  # fmt: skip
        now, brief = self.workspace.clock(), self.comparison.is_narrow
        sides = [
            list(people_words.side(person, said, now, brief=brief))
            for person, said in zip((pair.left, pair.right), pair.said, strict=True)
        ]
        self.comparison.lay(sides[0], sides[1], list(people_words.why(pair)))

    def decide(self, pair: PersonPair, said: Verdict) -> Entry | None:
        """Joined, or two for ever."""
        rule = self.workspace.join if said is Verdict.SAME else self.workspace.part
        return rule(pair.left.id, pair.right.id)

    # Deciding

    def action_one_person(self) -> None:
        """They are one."""
        self.rule(Verdict.SAME)

    def action_two_people(self) -> None:
        """They are two."""
        self.rule(Verdict.DIFFERENT)

    # Looking

    def action_one_customer(self) -> None:
        """All the one to the left ever said."""
        if self.pair is not None:
            self.triage.open("customer", self.pair.left.id)

    def action_other_customer(self) -> None:
        """All the one to the right ever said."""
        if self.pair is not None:
            self.triage.open("customer", self.pair.right.id)
