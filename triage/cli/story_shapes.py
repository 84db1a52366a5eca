"""A story as ``--json`` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triage.cli.output import moment
from triage.operations.story_text import sentence

if TYPE_CHECKING:
    from triage.planning import Story


def of_story(story: Story, lacks: str = "") -> dict[str, Any]:
    """All of it, its sentence, and what it lacks to be handed out."""
    return {
        "id": story.short,
        "pain_point": f"p{story.pain_point_id}",
        "sentence": sentence(story),
        "role": story.role,
        "want": story.want,
        "benefit": story.benefit,
        "context": story.context,
        "criteria": [
            {"given": one.given, "when": one.when, "then": one.then}
            for one in story.criteria
        ],
        "evidence": [f"e{key}" for key in story.evidence],
        "assumption": story.assumption,
        "lacks": lacks,
        "at": moment(story.at),
        "by": story.by,
    }
