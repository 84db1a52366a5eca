"""What our own people wrote of a pain point, each text put through one function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from triage.model import PainPoint, RoadmapItem
from triage.planning import Criterion, Estimate, Story

Put = Callable[[str], str]


def of_point(point: PainPoint, put: Put) -> PainPoint:
    """A pain point with its texts as they may be told."""
    return replace(
        point,
        title=put(point.title),
        statement=put(point.statement),
        story=put(point.story),
        acceptance=put(point.acceptance),
        persona=put(point.persona),
        moscow=put(point.moscow),
        tags=tuple(map(put, point.tags)),
    )


def of_item(item: RoadmapItem, put: Put) -> RoadmapItem:
    """The same of something planned."""
    return replace(item, title=put(item.title), target=put(item.target))


def of_estimate(one: Estimate, put: Put) -> Estimate:
    """The same of an estimate's reason."""
    return replace(one, reason=put(one.reason))


def of_story(story: Story, put: Put) -> Story:
    """The same of a story and its criteria."""
    return replace(
        story,
        role=put(story.role),
        want=put(story.want),
        benefit=put(story.benefit),
        context=put(story.context),
        criteria=tuple(
            Criterion(given=put(one.given), when=put(one.when), then=put(one.then))
            for one in story.criteria
        ),
    )
