"""Correct: a person's word on the language of feedback and how pleased it sounds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from triage.errors import UsageError
from triage.model import Correction, Feedback, Sentiment
from triage.operations.changes import added, edited, removed
from triage.operations.labels import named, naming
from triage.step import Change, Step

Corrections = Mapping[int, Correction]
"""Feedback id to what a person said of it before."""

AS_READ = "as-read"
"""Said of a language or a sentiment: no person's word stands any more."""

_CODE = re.compile(r"[a-z]{2,3}")


def correct(
    feedback: Sequence[Feedback],
    now: Corrections,
    *,
    language: str | None = None,
    sentiment: str | None = None,
) -> Step:
    """
    These are in this language, or sound so pleased; what is None stays as it is.

    ``AS_READ`` takes a person's word back.
    """
    if language is None and sentiment is None:
        raise UsageError("say what is right: --language de, or --sentiment negative")
    changes = []
    for one in feedback:
        before = now.get(one.id)
        after = _after(before or Correction(feedback_id=one.id), language, sentiment)
        change = _change(before, after)
        if change:
            changes.append(change)
    words = " and ".join(
        f"{name} {told.replace('-', ' ')}"
        for name, told in (("language", language), ("sentiment", sentiment))
        if told is not None
    )
    return Step(
        "correct", named(f"Corrected {naming(feedback)}: {words}"), tuple(changes)
    )


def _after(
    before: Correction, language: str | None, sentiment: str | None
) -> Correction:
    after = before
    if language is not None:
        code = "" if language == AS_READ else language.strip().lower()
        if code and not _CODE.fullmatch(code):
            raise UsageError(
                f"{language!r} is no code of a language; it looks like en or de"
            )
        after = replace(after, language=code)
    if sentiment is not None:
        said = None if sentiment == AS_READ else Sentiment(sentiment)
        after = replace(after, sentiment=said)
    return after


def _change(before: Correction | None, after: Correction) -> Change | None:
    says_nothing = not after.language and after.sentiment is None
    if before is None:
        if says_nothing:
            return None
        return added("correction", after.feedback_id, _columns(after))
    if says_nothing:
        return removed("correction", before.feedback_id, _columns(before))
    return edited("correction", before.feedback_id, _columns(before), _columns(after))


def _columns(correction: Correction) -> dict[str, Any]:
    return {
        "language": correction.language,
        "sentiment": correction.sentiment.value if correction.sentiment else "",
    }
