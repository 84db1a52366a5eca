"""What a pain point is, whom it hurts and since when, in a few lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from triage.scoring import Score
from triage.text.display import one_line
from triage.tui import pain_words
from triage.tui.widgets.lines import OneLine, Part
from triage.workspace import PainView


class PainCard(Vertical):
    """The head of a pain point's screen."""

    def compose(self) -> ComposeResult:
        """Title, what people set, statement, who was heard, since when."""
        yield OneLine(id="title")
        yield OneLine(id="facts")
        yield Static("", id="statement", markup=False)
        yield OneLine(id="heard")
        yield OneLine(id="span")

    def show(self, view: PainView, score: Score, now: datetime, restate: str) -> None:
        """Show this one; ``restate`` is the key that says what hurts."""
        point = view.pain_point
        title: list[Part] = [(one_line(point.title, 400), "bold")]
        self._say("title", title, [(point.short, "$muted")])
        owner = [f"owner {one_line(point.owner, 30)}"] if point.owner else []
        facts = [
            pain_words.status(point.status), *owner, *pain_words.set_by_hand(point)
        ]  # fmt: skip
        self._say("facts", [
            (pain_words.priority(point.priority), "bold $accent"),
            ("".join(f" · {fact}" for fact in facts), "$muted"),
        ])  # fmt: skip
        said = one_line(point.statement, 2000)
        asked = (f"Nobody has said what hurts, and whom; {restate} does.", "$muted")
        self.query_one("#statement", Static).update(
            Content(said) if said else Content.assemble(asked)
        )
        self._say("heard", [
            (pain_words.heard(score), "bold"), ("   ", ""),
            (pain_words.trend(view.quotes, now), "$accent"),
            (f"  {pain_words.WEEKS} weeks", "$muted"),
        ])  # fmt: skip
        told = (pain_words.span(view.quotes, now), pain_words.versions(view.quotes))
        self._say("span", [(" · ".join(one for one in told if one), "")])

    def _say(self, name: str, left: Sequence[Part], right: Sequence[Part] = ()) -> None:
        self.query_one(f"#{name}", OneLine).say(left, right)
