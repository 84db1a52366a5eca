"""Tell, change and remove stories: who wants what, and the quotes it rests on."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from triage.errors import UsageError
from triage.model import PainPoint
from triage.operations import pain_points
from triage.operations.changes import added, edited, moment, removed
from triage.operations.labels import named, quoted
from triage.planning import Criterion, Story
from triage.step import Step

LONGEST = 2_000
"""Characters of one part of a story at most."""

MOST = 50
"""Acceptance criteria of one story at most."""


def lacks(story: Story, evidence_ids: Collection[int]) -> str:
    """
    What a story lacks to be handed out, as a sentence; "" where it lacks nothing.

    Args:
        evidence_ids: The quotes its pain point has now.
    """
    if story.assumption or not set(story.evidence).isdisjoint(evidence_ids):
        return ""
    point = f"p{story.pain_point_id}"
    if story.evidence:
        return f"{story.short} cites only quotes that {point} has no more"
    return f"{story.short} cites no quote of {point} and is not marked as an assumption"


def tell(story: Story, pain_point: PainPoint, evidence_ids: Collection[int]) -> Step:
    """A new story of a pain point; it may cite that one's quotes and no others."""
    told = checked(story, evidence_ids)
    return Step(
        "story",
        named(f"Told {_name(told)} of {_point(pain_point)}"),
        (added("story", told.id, columns(told)),),
    )


def take(story: Story, before: PainPoint, evidence_ids: Collection[int]) -> Step:
    """A story told in the free text of a pain point, which goes in the same step."""
    told = tell(story, before, evidence_ids)
    emptied = pain_points.edit(before, replace(before, story="", acceptance=""))
    return Step("story", told.label, (*told.changes, *emptied.changes))


def change(before: Story, after: Story, evidence_ids: Collection[int]) -> Step:
    """A story says something else, or rests on something else; only what differs."""
    told = checked(after, {*evidence_ids, *before.evidence})
    done = edited("story", before.id, columns(before), columns(told))
    names = ", ".join(done.after or ()) if done else "nothing"
    return Step(
        "story",
        named(f"Changed {_name(told)}: {names}"),
        (done,) if done else (),
    )


def remove(story: Story, pain_point: PainPoint) -> Step:
    """A story goes."""
    return Step(
        "story",
        named(f"Removed {_name(story)} of {_point(pain_point)}"),
        (removed("story", story.id, columns(story)),),
    )


def citing(story: Story, more: Iterable[int], fewer: Iterable[int] = ()) -> Story:
    """The story with some quotes cited and others not; in order of the quotes."""
    cited = {*story.evidence, *more} - set(fewer)
    return replace(story, evidence=tuple(sorted(cited)))


def checked(story: Story, evidence_ids: Collection[int]) -> Story:
    """
    The story as it is kept: each part on one line, quotes in order, none twice.

    Raises:
        UsageError: A part is missing or too long, or a quote is another's.
    """
    told = replace(
        story,
        role=_line("role", story.role),
        want=_line("want", story.want),
        benefit=_line("so that", story.benefit),
        context=_line("context", story.context),
        criteria=tuple(_criterion(one) for one in story.criteria),
        evidence=tuple(sorted(set(story.evidence))),
    )
    for part, text in (("a role", told.role), ("what they want", told.want)):
        if not text:
            raise UsageError(f"a story needs {part}: as a … I want … so that …")
    if len(told.criteria) > MOST:
        raise UsageError(f"{len(told.criteria)} criteria are too many: {MOST} at most")
    foreign = [one for one in told.evidence if one not in evidence_ids]
    if foreign:
        raise UsageError(f"e{foreign[0]} is no quote of p{story.pain_point_id}")
    return told


def columns(story: Story) -> Mapping[str, Any]:
    """A row of ``story``, without its key."""
    return {
        "pain_point_id": story.pain_point_id,
        "role": story.role,
        "want": story.want,
        "benefit": story.benefit,
        "context": story.context,
        "criteria": _written([asdict(one) for one in story.criteria]),
        "evidence": _written(list(story.evidence)),
        "assumption": int(story.assumption),
        "at": moment(story.at),
        "by": story.by,
    }


def _criterion(one: Criterion) -> Criterion:
    told = Criterion(
        given=_line("given", one.given),
        when=_line("when", one.when),
        then=_line("then", one.then),
    )
    if not told.when or not told.then:
        raise UsageError("a criterion needs a When and a Then")
    return told


def _line(part: str, text: str) -> str:
    told = " ".join(text.split()).rstrip(", ")
    if len(told) > LONGEST:
        raise UsageError(
            f"{part} of {len(told):,} characters is too long: {LONGEST:,} at most"
        )
    return told


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _name(story: Story) -> str:
    return f"{story.short} {quoted(story.want)}"


def _point(pain_point: PainPoint) -> str:
    return f"{pain_point.short} {quoted(pain_point.title)}"
