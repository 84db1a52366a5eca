"""A story leaves with a quote that bears it out, or with the word *assumption*."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from triage.operations.stories import lacks
from triage.operations.story_text import criterion, whole
from triage.planning import Story
from triage.store.views import PainView


@dataclass(frozen=True, slots=True)
class Refused:
    """
    A story that is left out.

    Attributes:
        pain_point: Its pain point's short id.
        story: Its short id; "" for the free text of a pain point.
        why: What it lacks, as a sentence that names it.
    """

    pain_point: str
    story: str
    why: str


def without_unfit(
    view: PainView, whole: PainView | None = None
) -> tuple[PainView, tuple[Refused, ...]]:
    """
    The pain point with the stories that may leave, and those that may not.

    Args:
        whole: It with the quotes that are withheld for want of consent.
    """
    point = view.pain_point
    quotes = {quote.evidence.id for quote in view.quotes}
    every = {quote.evidence.id for quote in (whole or view).quotes}
    why = {story.id: _why(story, quotes, every - quotes) for story in view.stories}
    refused = [
        Refused(point.short, story.short, why[story.id])
        for story in view.stories
        if why[story.id]
    ]
    if not quotes and (point.story.strip() or point.acceptance.strip()):
        none = "each is withheld" if every else "there is none"
        told = f"the story of {point.short} cites no quote: {none}"
        refused.append(Refused(point.short, "", told))
        point = replace(point, story="", acceptance="")
    if not refused:
        return view, ()
    stories = tuple(story for story in view.stories if not why[story.id])
    return replace(view, pain_point=point, stories=stories), tuple(refused)


def _why(story: Story, quotes: Collection[int], withheld: Collection[int]) -> str:
    told = lacks(story, quotes)
    if told and not set(story.evidence).isdisjoint(withheld):
        return f"{story.short} cites only quotes that are withheld for want of consent"
    return told


def story_text(view: PainView) -> str:
    """Its stories, a sentence each on a line; else what was written freely."""
    return "\n".join(map(whole, view.stories)) or view.pain_point.story


def acceptance_text(view: PainView) -> str:
    """When its stories hold, a criterion a line; else what was written freely."""
    if not view.stories:
        return view.pain_point.acceptance
    return "\n".join(criteria_of(view.stories))


def criteria_of(stories: Iterable[Story]) -> Iterator[str]:
    """Each criterion of these stories as a sentence."""
    return (criterion(one) for story in stories for one in story.criteria)
