"""A story leaves with a quote that bears it out, or with the word *assumption*."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from triage.planning import Criterion, Story
from triage.store.views import PainView

_AN = re.compile(r"(?!eu|one\b|once\b|uni|use|usu|uti)[aeiou]", re.IGNORECASE)
_ENDS = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Refused:
    """
    A story that is left out.

    Attributes:
        pain_point: Its pain point's short id.
        story: Its short id; "" for the free text of a pain point.
        why: What it lacks, in words.
    """

    pain_point: str
    story: str
    why: str


def fit(story: Story, quotes: Collection[int]) -> str:
    """
    Why a story may not leave; "" where it may.

    Args:
        quotes: Ids of the evidence its pain point has now.
    """
    if story.assumption or not set(story.evidence).isdisjoint(quotes):
        return ""
    if story.evidence:
        return "it cites only quotes that are evidence no more"
    return "it cites no quote and is not marked as an assumption"


def without_unfit(view: PainView) -> tuple[PainView, tuple[Refused, ...]]:
    """The pain point with the stories that may leave, and those that may not."""
    short = view.pain_point.short
    quotes = {quote.evidence.id for quote in view.quotes}
    why = {story.id: fit(story, quotes) for story in view.stories}
    refused = [
        Refused(short, story.short, why[story.id])
        for story in view.stories
        if why[story.id]
    ]
    point = view.pain_point
    if not quotes and (point.story.strip() or point.acceptance.strip()):
        refused.append(Refused(short, "", "its text cites no quote: there is none"))
        point = replace(point, story="", acceptance="")
    if not refused:
        return view, ()
    stories = tuple(story for story in view.stories if not why[story.id])
    return replace(view, pain_point=point, stories=stories), tuple(refused)


def story_text(view: PainView) -> str:
    """Its stories, a sentence each on a line; else what was written freely."""
    told = "\n".join(sentence(story) for story in view.stories)
    return told or view.pain_point.story


def acceptance_text(view: PainView) -> str:
    """When its stories hold, a criterion a line; else what was written freely."""
    if not view.stories:
        return view.pain_point.acceptance
    return "\n".join(criteria_of(view.stories))


def criteria_of(stories: Iterable[Story]) -> Iterator[str]:
    """Each criterion of these stories as a sentence."""
    return (criterion(one) for story in stories for one in story.criteria)


def sentence(story: Story) -> str:
    """``As an analyst, I want … so that …. (assumption)``, its context behind it."""
    article = "an" if _AN.match(story.role) else "a"
    told = f"As {article} {story.role}, I want {story.want}"
    told = _ended(f"{told} so that {story.benefit}" if story.benefit else told)
    if story.context:
        told += f" Context: {_ended(story.context)}"
    return f"{told} (assumption)" if story.assumption else told


def criterion(one: Criterion) -> str:
    """``Given …, when …, then ….``"""
    begun = f"Given {one.given}, when" if one.given else "When"
    return _ended(f"{begun} {one.when}, then {one.then}")


def _ended(text: str) -> str:
    return text if text.endswith(_ENDS) else f"{text}."
