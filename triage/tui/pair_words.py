"""Why two pieces of feedback do or do not say the same, in words anyone can check."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from triage.model import Feedback, Match, Ruling, Verdict
from triage.text.display import one_line
from triage.tui import words
from triage.tui.reading import Passage, folded, passages
from triage.workspace import Group

_POINTS = {
    "words": "for the words both say",
    "order": "for saying them in the same order",
    "conflict": "for telling words that only one of them says",
    "swapped": "for words that stand in one another's place",
    "brevity": "because too little is said to be sure",
}
"""The parts of a score, each as the end of a sentence; in the order of telling."""

_WORD = re.compile(r"\w+")

_SEARCHED = 65_536
"""Characters looked through for words to mark."""

_RULED = {
    Verdict.SAME: "say the same", Verdict.DIFFERENT: "differ",
    Verdict.RELATED: "are only related",
}  # fmt: skip


def telling(told: Mapping[str, Any] | None, text: str) -> frozenset[str]:
    """The words of a text that both say, but for short ones: those tell little."""
    shared = [str(word) for word in (told or {}).get("shared") or ()]
    plain = {_plain(word) for word in shared if len(word) > 2}
    found = {word for word in _WORD.findall(text[:_SEARCHED]) if _plain(word) in plain}
    # Where nothing stands between words, they are found as they were compared.
    found.update(word for word in shared if not word.isascii())
    return frozenset(folded(word) for word in found)


def kept(
    told: Mapping[str, Any], match: Match | None, left: Feedback
) -> dict[str, Any]:
    """The explanation with what was kept when the two were compared, if they were."""
    if match is None:
        return dict(told)
    reason = dict(match.reason)
    if match.left_id != left.id:
        reason["left"], reason["right"] = reason.get("right"), reason.get("left")
        reason["swapped"] = [(two, one) for one, two in reason.get("swapped") or ()]
    return {**told, **reason, "score": match.score}


def side(
    feedback: Feedback, told: Mapping[str, Any] | None, now: datetime, *, brief: bool
) -> Iterator[Passage]:
    """One of two texts, the words they share marked; ``brief`` where room is short."""
    marked = telling(told, f"{feedback.title} {feedback.body}")
    for place, passage in enumerate(passages(feedback, None, now)):
        if passage.origin is not None:
            yield replace(passage, telling=marked, gap=0 if brief else passage.gap)
        elif not brief:
            yield passage
        elif place == (1 if feedback.title else 0):
            facts = (words.author(feedback), feedback.source, feedback.short)
            yield replace(
                passage, text=" · ".join(one_line(fact, 40) for fact in facts)
            )


def why(told: Mapping[str, Any], left: Feedback, right: Feedback) -> Iterator[Passage]:
    """The score, the words it comes from, and its parts as a sentence."""
    score = float(told["score"])
    if told.get("exact"):
        yield Passage(text="100 of 100: word for word the same", style="good")
        return
    what = "are about the same, in other words" if _is_alike(told) else "say the same"
    bands = (
        f"suggested from {told['suggested_from']:g},"
        f" put together from {told['grouped_from']:g}"
    )
    yield Passage(
        text=f"{score:.0f} of 100 that {left.short} and {right.short} {what} · {bands}",
        style="head",
    )
    yield Passage(text=_row("both say", told.get("shared")), style="text")
    for one, key in ((left, "left"), (right, "right")):
        yield Passage(text=_row(f"only {one.short}", told.get(key)), style="dim")
    if told.get("swapped"):
        pairs = [" ↔ ".join(map(str, pair)) for pair in told["swapped"]]
        yield Passage(text=_row("swapped", pairs), style="dim")
    yield Passage(text=_sentence(told), style="note")


def _is_alike(told: Mapping[str, Any]) -> bool:
    """Whether the score comes from being about the same, not from saying the same."""
    return float(told.get("likeness", 0)) > float(told.get("sameness", 100))


def ruled(group: Group, feedback: Feedback) -> Iterator[Passage]:
    """What people said about this one, which beats any score."""
    numbers = {member.feedback.id: member.feedback.short for member in group.members}
    for ruling in group.rulings[:20]:
        ends = (ruling.left_id, ruling.right_id)
        if feedback.id in ends:
            other = ends[0] if ends[1] == feedback.id else ends[1]
            yield Passage(
                text=_ruling(ruling, feedback, numbers.get(other)), style="good"
            )


def _ruling(ruling: Ruling, feedback: Feedback, other: str | None) -> str:
    name = other or "one of another group"
    return f"A person said: {feedback.short} and {name} {_RULED[ruling.verdict]}."


def _row(name: str, told: Sequence[object] | None, most: int = 12) -> str:
    said = [one_line(str(word), 60) for word in told or ()]
    more = f" and {len(said) - most} more" if len(said) > most else ""
    return f"{words.fit(name, 10)}  {' · '.join(said[:most]) or '–'}{more}"


def _sentence(told: Mapping[str, Any]) -> str:
    """``4.6 points: +10.0 for the words both say, … That is 99 of 100; …``"""
    points = told["points"]
    parts = {name: float(points.get(name, 0)) for name in _POINTS}
    total = float(points["total"])
    start = total - sum(parts.values())
    sums = [
        f"{_signed(value)} {_POINTS[name]}"
        for name, value in parts.items()
        if abs(value) >= 0.05
    ]
    sameness = float(told.get("sameness", told["score"]))
    made = (
        f"{_signed(total)} points: {', '.join(sums) or 'nothing in common'}, and"
        f" {_signed(start)} that any two begin with. That makes {sameness:.0f} of 100"
        " that they say the same."
    )
    if _is_alike(told):
        made += (
            f" By the words they share they are {told['likeness']:.0f} of 100 alike."
        )
    return made


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def _plain(word: str) -> str:
    """A word without case and accents, as two texts are compared."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))
