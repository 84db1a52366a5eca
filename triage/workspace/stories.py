"""Stories of pain points as people tell them; each call is one step."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from triage.errors import UsageError
from triage.model import PainPoint
from triage.operations import stories
from triage.operations.story_text import StoryText, parsed
from triage.planning import Story
from triage.store import decided
from triage.store.journal import Entry
from triage.workspace.deciding import Deciding

_STORY = re.compile(r"[sS]?(\d{1,18})")


class Stories(Deciding):
    """Verb: story, to tell one, to change it, to remove it."""

    def tell_story(
        self, pain_point: PainPoint, told: StoryText, *, taken: bool = False
    ) -> Story:
        """
        A new story of a pain point; what was made.

        ``taken``: It stood in the pain point's own text, which goes with this step.

        Raises:
            UsageError: A part is missing, or it cites what is no quote of it.
        """
        self.db.refuse_if_read_only()
        quotes = self._quotes(pain_point.id)
        made = Story(
            id=0, pain_point_id=pain_point.id, at=self.clock(), by=self.config.by,
            **_columns(told, ()),
        )  # fmt: skip
        made = stories.checked(made, quotes)
        made = replace(made, id=self.reserve("story", 1))
        step = stories.take if taken else stories.tell
        self.do(step(made, pain_point, quotes))
        return made

    def take_story(
        self,
        pain_point: PainPoint,
        *,
        evidence: Collection[int] = (),
        assumption: bool = False,
    ) -> Story:
        """
        Make a story of what a pain point's own text says.

        Raises:
            UsageError: The text says none, or not as a story does; naming the line.
        """
        text = f"{pain_point.story.strip()}\n{pain_point.acceptance.strip()}".strip()
        if not text:
            raise UsageError(f"{pain_point.short} has no text of a story to take")
        told = parsed(text)
        cited = (*(told.evidence or ()), *evidence)
        told = replace(told, evidence=cited, assumption=assumption or told.assumption)
        return self.tell_story(pain_point, told, taken=True)

    def change_story(self, before: Story, told: StoryText) -> Entry | None:
        """A story says this; the quotes it cites stay where the text names none."""
        after = replace(before, **_columns(told, before.evidence))
        quotes = self._quotes(before.pain_point_id)
        return self.do(stories.change(before, after, quotes))

    def cite(
        self, story: Story, more: Collection[int] = (), fewer: Collection[int] = ()
    ) -> Entry | None:
        """Some quotes cited, others no longer."""
        after = stories.citing(story, more, fewer)
        quotes = self._quotes(story.pain_point_id)
        return self.do(stories.change(story, after, quotes))

    def remove_story(self, story: Story) -> Entry | None:
        """A story goes."""
        point = decided.pain_point(self.db.read(), story.pain_point_id)
        return self.do(stories.remove(story, point))

    # Asking

    def story(self, name: str | int) -> Story:
        """The story a person names (``s1``)."""
        match = _STORY.fullmatch(str(name).strip())
        if match is None:
            raise UsageError(f"{name!r} is no story; a story looks like s3")
        return decided.story(self.db.read(), int(match[1]))

    def stories(self, pain_point: PainPoint | None = None) -> list[tuple[Story, str]]:
        """Stories by id, of one pain point or of all, and what each lacks, or ""."""
        ids = None if pain_point is None else [pain_point.id]
        return sorted(
            (
                (story, stories.lacks(story, {q.evidence.id for q in view.quotes}))
                for view in decided.pain_views(self.db.read(), ids)
                for story in view.stories
            ),
            key=lambda told: told[0].id,
        )

    def _quotes(self, pain_point_id: int) -> set[int]:
        view = decided.pain_view(self.db.read(), pain_point_id)
        return {quote.evidence.id for quote in view.quotes}


def _columns(told: StoryText, cited: tuple[int, ...]) -> dict[str, Any]:
    return {
        "role": told.role,
        "want": told.want,
        "benefit": told.benefit,
        "context": told.context,
        "criteria": told.criteria,
        "evidence": cited if told.evidence is None else told.evidence,
        "assumption": told.assumption,
    }
