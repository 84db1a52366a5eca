"""What people pin on feedback: tags, an owner, notes, and what was read wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from triage.errors import NotFound, UsageError
from triage.model import Feedback, Label, Note
from triage.operations import highlights, notes, tags, tone
from triage.operations.tags import folded
from triage.store import labels, queries
from triage.store import tone as stored_tone
from triage.store.journal import Entry
from triage.store.views import TagCount
from triage.workspace.deciding import Deciding

_NOTE = re.compile(r"[nN]?(\d{1,18})")


class Labelling(Deciding):
    """Verbs: tag own note rename correct; none of them moves feedback anywhere."""

    def tag(
        self,
        feedback: Sequence[Feedback],
        *,
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
    ) -> Entry | None:
        """Some tags more, some fewer; a tag is written as it first was anywhere."""
        known = {folded(one.name): one.name for one in self.tags()}
        return self.do(
            tags.tag(feedback, self._pinned(feedback), add=add, remove=remove,
                     known=known)
        )  # fmt: skip

    def own(self, feedback: Sequence[Feedback], owner: str) -> Entry | None:
        """Somebody looks after these; "" for nobody."""
        return self.do(tags.own(feedback, self._pinned(feedback), owner))

    def note(self, feedback: Sequence[Feedback], text: str) -> Entry | None:
        """The same note on each of these."""
        first_id = self.reserve("note", len(feedback))
        return self.do(
            notes.write(
                feedback, text, first_id, at=self.clock(), by=self.config.by
            )
        )  # fmt: skip

    def rewrite_note(self, note: Note, text: str) -> Entry | None:
        """A note says something else."""
        return self.do(notes.rewrite(note, self._noted(note), text))

    def strike_note(self, note: Note) -> Entry | None:
        """A note goes."""
        return self.do(notes.strike(note, self._noted(note)))

    def rename_tag(self, old: str, new: str) -> Entry | None:
        """A tag is called something else; where that is one already, they join."""
        self.tag_count(old)
        labelled, points, heard = labels.tagged(self.db.read(), old)
        known = {folded(one.name): one.name for one in self.tags()}
        retagged = highlights.retag(heard, old, new, known)
        return self.do(tags.rename(labelled, points, old, new, retagged, known=known))

    def correct(
        self,
        feedback: Sequence[Feedback],
        *,
        language: str | None = None,
        sentiment: str | None = None,
    ) -> Entry | None:
        """A person's word on language or sentiment; ``as-read`` takes it back."""
        said = stored_tone.corrections(self.db.read(), [one.id for one in feedback])
        return self.do(
            tone.correct(feedback, said, language=language, sentiment=sentiment)
        )

    # Asking

    def labels(self, ids: Sequence[int]) -> dict[int, Label]:
        """What is pinned on these; one with nothing pinned has no entry."""
        return labels.labels(self.db.read(), ids)

    def notes(self, feedback: Feedback) -> list[Note]:
        """The notes on a feedback, the first one first."""
        return labels.notes(self.db.read(), feedback.id)

    def find_note(self, name: str) -> Note:
        """The note a person names (``n3``, ``3``)."""
        match = _NOTE.fullmatch(name.strip())
        if match is None:
            raise UsageError(f"{name!r} is no note; a note looks like n3")
        return labels.note(self.db.read(), int(match[1]))

    def tags(self) -> list[TagCount]:
        """Every tag with how much has it, the most used first."""
        return labels.counts(self.db.read())

    def tag_count(self, name: str) -> TagCount:
        """The tag of that name, however it is written, and how much has it."""
        for one in self.tags():
            if folded(one.name) == folded(name):
                return one
        raise NotFound(f"nothing is tagged {name}; `triage tags` lists what there is")

    def owners(self) -> list[str]:
        """Everybody who looks after anything, whoever has most first."""
        return labels.owners(self.db.read())

    def _pinned(self, feedback: Sequence[Feedback]) -> dict[int, Label]:
        return self.labels([one.id for one in feedback])

    def _noted(self, note: Note) -> Feedback:
        return queries.feedback(self.db.read(), note.feedback_id)
