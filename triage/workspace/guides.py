"""Interview guides as people keep them; each call is one step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from triage.model import Channel
from triage.operations import guides
from triage.research import Guide
from triage.store import guides as kept
from triage.store.journal import Entry
from triage.workspace.deciding import Deciding

if TYPE_CHECKING:
    # What reads and judges a guide is loaded where somebody has one.
    from triage.guides.checking import Checked


class Guides(Deciding):
    """Verb: guide, to write one, to change it, to remove it; and what it is worth."""

    def add_guide(
        self,
        name: str,
        text: str = "",
        kind: Channel | None = None,
        language: str = "",
    ) -> Guide:
        """
        Keep a guide; what was made.

        Without a text it is the one to begin with. Kind and language are as its front
        matter says where nobody does: an interview, in the language it is checked in.

        Raises:
            UsageError: The name is another's, or something is missing or too long.
        """
        from triage.guides.checking import check
        from triage.guides.reading import fields
        from triage.guides.templates import template

        self.db.refuse_if_read_only()
        told = fields(text)
        kind = kind or _kind(told.get("kind", ""))
        text = text or template(kind)
        language = language or told.get("language", "") or check(text).language
        made = Guide(
            id=0, name=name, kind=kind, text=text, at=self.clock(), by=self.config.by,
            language=language.lower(),
        )  # fmt: skip
        taken = [one.name for one in self.guides()]
        guides.checked(made, taken)
        made = replace(made, id=self.reserve("guide", 1))
        self.do(guides.add(made, taken))
        return self.guide(name)

    def change_guide(
        self,
        before: Guide,
        *,
        name: str | None = None,
        text: str | None = None,
        kind: Channel | None = None,
        language: str | None = None,
    ) -> Entry | None:
        """A guide says this, or is called so; what is None stays."""
        after = replace(
            before,
            name=before.name if name is None else name,
            text=before.text if text is None else text,
            kind=before.kind if kind is None else kind,
            language=before.language if language is None else language,
        )
        taken = [one.name for one in self.guides()]
        return self.do(guides.change(before, after, taken))

    def remove_guide(self, guide: Guide) -> Entry | None:
        """A guide goes."""
        return self.do(guides.remove(guide))

    # Asking

    def guide(self, name: str) -> Guide:
        """The guide of that name."""
        return kept.guide(self.db.read(), name)

    def guides(self) -> list[Guide]:
        """Guides by name."""
        return kept.guides(self.db.read())

    def check_guide(self, guide: Guide) -> Checked:
        """How well a guide asks; pure, and quick enough to do as somebody types."""
        from triage.guides.checking import check

        return check(guide.text, guide.language)


def _kind(told: str) -> Channel:
    """As front matter has it; "focus group" is as good as "focus_group"."""
    name = "_".join(told.lower().replace("-", " ").split())
    return Channel(name) if name in set(Channel) else Channel.INTERVIEW
