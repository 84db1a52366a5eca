"""Two texts side by side, and why they may say the same; one pane where narrow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from triage.model import Feedback
from triage.tui import pair_words
from triage.tui.passage import Passage
from triage.tui.widgets.reader import Reader


class Comparison(Vertical):
    """What two said, the words both say marked; below them the score and its parts."""

    DEFAULT_CSS = """
    Comparison { height: 1fr; }
    Comparison #texts { height: 1fr; }
    Comparison #one { width: 1fr; padding: 0 1; }
    Comparison #other { width: 1fr; border-left: solid $panel; padding: 0 0 0 1; }
    Comparison #why { height: 11; max-height: 45%; padding: 1 1 0 1; }
    Comparison.-narrow #other { display: none; }
    Comparison.-narrow #why { display: none; }
    """

    def compose(self) -> ComposeResult:
        """Two readers over one."""
        self.left = Reader(id="one")
        self.right = Reader(id="other")
        self.why = Reader(id="why")
        with Horizontal(id="texts"):
            yield self.left
            yield self.right
        yield self.why

    def show(
        self,
        one: Feedback,
        other: Feedback | None,
        told: Mapping[str, Any] | None,
        now: datetime,
        *,
        ruled: Iterable[Passage] = (),
    ) -> None:
        """
        Show these two, or one alone.

        Args:
            told: What ``Workspace.explain`` says; None until it is there.
            ruled: What people said about them, which stands over the score.
        """
        why = list(ruled)
        if other and told:
            why += pair_words.why(told, one, other)
        brief = self.is_narrow
        left = list(pair_words.side(one, told, now, brief=brief))
        right = list(pair_words.side(other, told, now, brief=brief)) if other else []
        self.lay(left, right, why)

    @property
    def is_narrow(self) -> bool:
        """Whether there is room for one pane alone."""
        return self.screen.has_class("-narrow")

    def lay(
        self, left: list[Passage], right: list[Passage], why: list[Passage]
    ) -> None:
        """Show these passages side by side, or one after the other."""
        narrow = self.is_narrow
        self.set_class(narrow, "-narrow")
        if not narrow:
            self.left.show(left)
            self.right.show(right)
            self.why.show(why)
            return
        # One pane: the other text, and why, follow below.
        gap = [Passage(text="", style="dim")]
        self.left.show(
            [*left, *(gap + right if right else []), *(gap + why if why else [])]
        )

    def by(self, lines: int) -> None:
        """Scroll both texts."""
        self.left.by(lines)
        self.right.by(lines)
