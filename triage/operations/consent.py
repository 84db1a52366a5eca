"""Consent: what somebody who was heard in person lets out, as a person was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from triage.errors import UsageError
from triage.model import Feedback
from triage.operations.changes import added, edited, moment
from triage.operations.labels import named, naming
from triage.research import Consent, is_heard_in_person
from triage.step import Change, Step

SAID = {
    Consent.UNASKED: "nobody was asked",
    Consent.NO: "nothing leaves the file",
    Consent.ANONYMOUS: "their words may leave, their name may not",
    Consent.NAMED: "their words may leave under their name",
}
"""What each means, in words."""


def consent_to(
    feedback: Sequence[Feedback],
    now: Mapping[int, Consent],
    written: Mapping[int, Mapping[str, str]],
    consent: Consent,
    *,
    at: datetime,
    by: str,
) -> Step:
    """
    These let out as much as this.

    Args:
        now: What each agreed to so far, as a person or the source says.
        written: The columns of those that have a row: a person said it.

    Raises:
        UsageError: One was not heard in person, so nobody has to be asked.
    """
    for one in feedback:
        if not is_heard_in_person(one):
            raise UsageError(
                f"{one.short} is a {one.channel}: whoever wrote it sent it to us;"
                " consent is asked of those who were heard in person"
            )
    told = f"{consent.word}, {SAID[consent]}"
    return Step(
        "consent",
        named(f"Consent of {naming(feedback)}: {told}"),
        tuple(
            _change(one, written.get(one.id), consent, at, by)
            for one in {one.id: one for one in feedback}.values()
            if now.get(one.id, Consent.UNASKED) is not consent
        ),
    )  # fmt: skip


def _change(
    one: Feedback,
    before: Mapping[str, str] | None,
    consent: Consent,
    at: datetime,
    by: str,
) -> Change:
    told = {"consent": consent.value, "at": moment(at), "by": by}
    if before is None:
        return added("consent", one.id, told)
    change = edited("consent", one.id, before, told)
    assert change is not None
    return change
