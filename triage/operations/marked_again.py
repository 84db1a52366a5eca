"""Highlights of a text that is written anew: the same words keep theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from triage.operations.sessions import offset
from triage.research import Highlight, Session

_ALIKE = 0.75
"""From what likeness on edited words are the same passage; a typo is less than that."""


def matched(
    stood: Sequence[Highlight], wanted: Sequence[Highlight]
) -> tuple[list[Highlight], list[Highlight], list[Highlight]]:
    """
    Which highlights of a text are those there were.

    Returns:
        Those that are, with their ids; new ones, without; and of those there were the
        ones whose words are marked no more.
    """
    waiting, new = sorted(stood, key=lambda one: one.start), list(wanted)
    kept: list[Highlight] = []
    # The very words first: what was edited may be like more than one.
    for least in (1.0, _ALIKE):
        for one in list(new):
            known = _likest(one, waiting, least)
            if known is not None:
                waiting.remove(known)
                new.remove(one)
                kept.append(replace(one, id=known.id, at=known.at, by=known.by))
    return kept, new, waiting


def moved(one: Highlight, session: Session) -> Highlight:
    """Where its words are in what a session says now; as it was where nowhere."""
    whole = session.text or session.title
    if offset(session):
        whole = f"{session.title}\n\n{session.text}"
    at = whole.find(one.quote, max(0, one.start - len(one.quote)))
    at = at if at >= 0 else whole.find(one.quote)
    one = replace(one, feedback_id=session.feedback_id)
    return one if at < 0 else replace(one, start=at, end=at + len(one.quote))


def _likest(
    one: Highlight, stood: Sequence[Highlight], least: float
) -> Highlight | None:
    found = [
        (SequenceMatcher(None, one.quote, old.quote).ratio(), old) for old in stood
    ]
    best = max(found, key=lambda each: each[0], default=None)
    return best[1] if best and best[0] >= least else None
