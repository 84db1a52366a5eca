"""Why pairs of feedback do or do not say the same, worked out when somebody asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from triage.grouping import scoring
from triage.grouping.bands import ABOUT, GROUPED, SUGGESTED
from triage.grouping.normalize import normalize
from triage.grouping.texts import Texts
from triage.model import Match
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3
from triage.store.newcomer import said
from triage.store.terms import weigh

RULES = {
    "copy": "word for word the same, after greetings, signatures and signs are cut",
    "same": f"sure enough to be grouped: {GROUPED:g} or more that they say the same",
    "perhaps": f"{SUGGESTED:g} or more that they say the same: worth a look",
    "about": f"{ABOUT:g} or more alike in their telling words: about the same thing",
    "short": "too little is said to be like anything but a copy",
    "apart": "neither sure enough nor alike enough",
}
"""The rule that fired, and what it says."""


def reasoned(read: sqlite3.Connection, matches: Sequence[Match]) -> list[Match]:
    """These matches, each with its reason."""
    told = of_pairs(read, [(one.left_id, one.right_id) for one in matches])
    return [
        replace(match, reason=reason)
        for match, reason in zip(matches, told, strict=True)
    ]


def of_pairs(
    read: sqlite3.Connection, pairs: Sequence[tuple[int, int]]
) -> list[dict[str, Any]]:
    """
    What there is to show of each pair of feedback ids, in the weights of today.

    ``rule`` names one of ``RULES``; ``score`` is what they would be kept with now.
    """
    normal = _normal(read, {end for pair in pairs for end in pair})
    place = {feedback_id: at for at, feedback_id in enumerate(normal)}
    texts = Texts.of(normal.values())
    told = scoring.reasons(
        texts,
        np.array([place[left] for left, _ in pairs], np.int64),
        np.array([place[right] for _, right in pairs], np.int64),
        weigh(read, texts),
    )
    sizes = texts.sizes()
    for (left, right), reason in zip(pairs, told, strict=True):
        short = min(sizes[place[left]], sizes[place[right]]) < scoring.FEWEST
        _judge(reason, copy=normal[left] == normal[right], short=bool(short))
    return told


def _judge(reason: dict[str, Any], *, copy: bool, short: bool) -> None:
    """Add the score, the band and the rule."""
    sameness, likeness = reason["sameness"], reason["likeness"]
    score = reason["score"]
    if copy:
        score, rule = 100.0, "copy"
    elif short:
        score, rule = 0.0, "short"
    elif sameness >= GROUPED:
        rule = "same"
    elif sameness >= SUGGESTED:
        rule = "perhaps"
    elif likeness >= ABOUT:
        rule = "about"
    else:
        rule = "apart"
    band = {"copy": "grouped", "same": "grouped", "short": "apart", "apart": "apart"}
    reason |= {
        "exact": copy,
        "score": score,
        "rule": rule,
        "band": band.get(rule, "suggested"),
        "says": RULES[rule],
    }


def _normal(read: sqlite3.Connection, ids: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for chunk in chunks(sorted(ids)):
        for row in read.execute(
            "SELECT f.id, n.text, f.title, f.body FROM feedback f"
            " LEFT JOIN normal n ON n.feedback_id = f.id"
            f" WHERE f.id IN ({marks(chunk)})",
            chunk,
        ):
            text = row["text"]
            if text is None:
                text = normalize(said(row["title"], row["body"]))
            found[row["id"]] = text
    return found
