"""Highlights of feedback, as people set them; each call is one step."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from triage.errors import UsageError
from triage.model import Feedback
from triage.operations import highlights
from triage.operations.pain_points import Span
from triage.operations.tags import folded
from triage.query import parsed
from triage.research import Comparison, Feeling, Highlight, Meaning
from triage.store import cited, decided, finding, labels, queries, researched, tone
from triage.store.journal import Entry
from triage.workspace.deciding import Deciding

if TYPE_CHECKING:
    from triage.operations.suggesting import Suggested

_HIGHLIGHT = re.compile(r"[hH]?(\d{1,18})")
_EVIDENCE = re.compile(r"[eE](\d{1,18})")


class Highlights(Deciding):
    """Verb: highlight, to underline a passage, to say what is heard, to take it off."""

    def highlight(
        self,
        feedback: Feedback,
        span: Span | None = None,
        *,
        tags: Collection[str] = (),
        feeling: Feeling | None = None,
        intensity: int = 0,
        meaning: Meaning | None = None,
        comparison: Comparison | None = None,
    ) -> Highlight:
        """
        Underline part of a text, all of it without a span; what there is then.

        The same passage is one highlight: what is told of it is set on the one there
        is, tags are added to its own, and what is not told stays.

        Raises:
            UsageError: The span holds no words, or what is told of it makes no sense.
        """
        self.db.refuse_if_read_only()
        told = {
            "tags": tuple(tags), "feeling": feeling, "intensity": intensity,
            "meaning": meaning, "comparison": comparison,
        }  # fmt: skip
        told = {name: value for name, value in told.items() if value}
        empty = Highlight(id=0, feedback_id=feedback.id, quote="", start=0, end=0)
        wanted = highlights.passage(empty, feedback, span)
        there = self._same(wanted)
        if there is not None:
            if tags:
                told["tags"] = (*there.tags, *tags)
            self.change_highlight(there, **told)
            return self.highlight_named(there.id)
        made = replace(
            highlights.hearing(wanted, self._known_tags(), told),
            at=self.clock(),
            by=self.config.by,
        )
        # A step that is refused takes no number.
        highlights.highlight(made, feedback)
        made = replace(made, id=self.reserve("highlight", 1))
        self.do(highlights.highlight(made, feedback))
        return self.highlight_named(made.id)

    def change_highlight(self, highlight: Highlight, **what: Any) -> Entry | None:
        """
        Something else is heard in it: tags, feeling, intensity, meaning, comparison.

        What is not named stays; None takes it away.
        """
        after = highlights.hearing(highlight, self._known_tags(), what)
        return self.do(highlights.change(highlight, after))

    def remove_highlight(self, highlight: Highlight) -> Entry | None:
        """
        A highlight goes.

        Raises:
            UsageError: An entry of an empathy map still cites it; names that.
        """
        read = self.db.read()
        feedback = queries.feedback(read, highlight.feedback_id)
        naming = cited.by_entries(read, highlight.id)
        return self.do(highlights.remove(highlight, feedback, naming))

    # Asking

    def highlight_named(self, name: str | int) -> Highlight:
        """The highlight a person names (``h3``, ``3``)."""
        match = _HIGHLIGHT.fullmatch(str(name).strip())
        if match is None:
            raise UsageError(f"{name!r} is no highlight; a highlight looks like h3")
        row = researched.row(self.db.read(), "highlight", int(match[1]))
        return researched.highlight(row)

    def highlight_of(self, name: str) -> Highlight:
        """
        The highlight of ``h3``, or of the words a quote ``e7`` holds.

        Where nobody has underlined those, they are in a step of its own.

        Raises:
            UsageError: The text has changed since, and has those words no more.
        """
        match = _EVIDENCE.fullmatch(name.strip())
        if match is None:
            return self.highlight_named(name)
        quote = decided.evidence(self.db.read(), int(match[1]))
        alike = [
            one
            for one in researched.highlights(self.db.read(), [quote.feedback_id])
            if (one.start, one.end, one.quote) == (quote.start, quote.end, quote.quote)
        ]
        if alike:
            return alike[0]
        feedback = queries.feedback(self.db.read(), quote.feedback_id)
        span = highlights.found_again(feedback, quote.quote, quote.start)
        if span is None:
            raise UsageError(
                f"{feedback.short} has the words of e{quote.id} no more; highlight"
                " what it says now"
            )
        return self.highlight(feedback, span)

    def highlights(
        self, feedback: Feedback | Sequence[Feedback] | None = None
    ) -> list[Highlight]:
        """Highlights by id: of all, of one feedback, or of several."""
        if feedback is None:
            return researched.highlights(self.db.read())
        of = [feedback] if isinstance(feedback, Feedback) else feedback
        return researched.highlights(self.db.read(), [one.id for one in of])

    def suggested(self, highlight: Highlight) -> Suggested:
        """What its words sound like; nothing is set."""
        from triage.operations.suggesting import suggested

        read = self.db.read()
        read_as = tone.tones(read, [highlight.feedback_id]).get(highlight.feedback_id)
        return suggested(highlight.quote, read_as.language if read_as else "")

    def highlights_in(self, query: str) -> list[Highlight]:
        """Highlights by id, of feedback that a query finds; of all for ""."""
        wanted = parsed(query)
        found = researched.highlights(self.db.read())
        if not wanted.is_narrow and not wanted.state:
            return found
        keys = set(finding.find(self.db.read(), wanted, None, now=self.clock()))
        return [one for one in found if one.feedback_id in keys]

    def _same(self, wanted: Highlight) -> Highlight | None:
        there = researched.highlights(self.db.read(), [wanted.feedback_id])
        alike = (one for one in there if highlights.same_passage(one, wanted))
        return next(alike, None)

    def _known_tags(self) -> dict[str, str]:
        return {folded(one.name): one.name for one in labels.counts(self.db.read())}
