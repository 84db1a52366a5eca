"""How stories read on a screen: as sentences, with what they rest on."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from triage.operations.stories import lacks
from triage.operations.story_text import sentence
from triage.planning import Story
from triage.text.display import one_line
from triage.tui import words
from triage.workspace import PainView, Quote

ASSUMED = "assumption"


MOST = 3
"""Stories shown where other things are, too."""


def lines(view: PainView, key: str) -> list[Content]:
    """
    Two lines a story: what it says; what it rests on, under it.

    ``key`` shows those there is no room for.
    """
    quotes = {quote.evidence.id: quote for quote in view.quotes}
    found = []
    for story in view.stories[:MOST]:
        said = one_line(sentence(story), 600)
        found.append(Content.assemble(("Story    ", "$accent"), said))
        found.append(
            Content.assemble(
                f"{'':9}", _mark(story, quotes), (_rest(story, quotes), "")
            )
        )
    more = len(view.stories) - MOST
    if more > 0:
        told = f"{'':9}and {words.count(more, 'more story', 'more stories')}; {key}"
        found.append(Content.assemble((f"{told} shows them", "$muted")))
    return found


def rests_on(story: Story, view: PainView) -> str:
    """Its quotes in a line, or that it is an assumption, or that it has none."""
    quotes = {quote.evidence.id: quote for quote in view.quotes}
    return f"{_mark(story, quotes)[0]}{_rest(story, quotes)}"


def _mark(story: Story, quotes: Mapping[int, Quote]) -> tuple[str, str]:
    if story.assumption:
        return f"* {ASSUMED} *", "$warning"
    return ("no quote yet" if lacks(story, quotes) else ""), "$warning"


def _rest(story: Story, quotes: Mapping[int, Quote]) -> str:
    told = [
        f"“{one_line(quotes[key].evidence.quote, 80)}”"
        for key in story.evidence
        if key in quotes
    ]
    facts = [" ".join(told)]
    if story.criteria:
        facts.append(words.count(len(story.criteria), "criterion", "criteria"))
    facts.append(one_line(story.context, 60))
    said = " · ".join(fact for fact in facts if fact)
    marked = story.assumption or lacks(story, quotes)
    return f" · {said}" if marked and said else said
