"""Why two pieces of feedback do or do not say the same, in words anyone can check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from triage.model import Feedback, Ruling, Verdict
from triage.text.display import one_line
from triage.tui import words
from triage.tui.passage import Passage, told_in
from triage.tui.reading import passages
from triage.workspace import Group

_POINTS = {
    "covering": "for how much of the longer both say",
    "spelling": "for how much of the shorter both say",
    "shared": "for how telling that is",
    "order": "for how alike the letters are",
    "conflict": "for telling words that only one of them says",
    "clash": "for the most telling of those",
    "swapped": "for words that stand in one another's place",
    "beside": "for other words beside the same one",
    "opposed": "for words that are opposites",
}
"""The parts of a score, each as the end of a sentence; in the order of telling."""

_WITHOUT = {
    "swapped": "the swapped words",
    "beside": "the other words beside the same one",
    "opposed": "the opposites",
    "conflict": "the telling words only one of them says",
    "clash": "the most telling of those",
}
_LACKS = {
    "swapped": "words swapped in place",
    "conflict": "telling words that only one of them says",
    "spelling": "less that both say",
}
"""What would turn a verdict, as the end of a sentence."""

_RULED = {
    Verdict.SAME: "say the same", Verdict.DIFFERENT: "differ",
    Verdict.RELATED: "are only related",
}  # fmt: skip


def telling(told: Mapping[str, Any] | None, text: str) -> frozenset[str]:
    """The words of a text that both say, but for short ones: those tell little."""
    shared = [str(word) for word in (told or {}).get("shared") or ()]
    return told_in((word for word in shared if len(word) > 2), text)


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
    score = float(told.get("kept_score") or told["score"])
    if told.get("exact"):
        yield Passage(text="100 of 100: word for word the same", style="good")
        return
    both = f"{left.short} and {right.short}"
    sure = told.get("rule") == "same"
    says = f"that {both} say the same" if sure else f"alike: {both} {_verdict(told)}"
    yield Passage(
        text=f"{score:.0f} of 100 {says} · together from {told['grouped_from']:g}",
        style="head",
    )
    yield Passage(text=_row("both say", told.get("shared")), style="text")
    for one, key in ((left, "left"), (right, "right")):
        yield Passage(text=_row(f"only {one.short}", told.get(key)), style="dim")
    for name in ("meant", "swapped"):
        if told.get(name):
            pairs = [" ↔ ".join(map(str, pair)) for pair in told[name]]
            yield Passage(text=_row(name, pairs), style="dim")
    yield Passage(text=_sentence(told), style="note")


def _verdict(told: Mapping[str, Any]) -> str:
    """What two are to one another that are not sure to say the same."""
    rules = {"perhaps": "may say the same", "about": "are about the same thing"}
    return rules.get(str(told.get("rule")), "speak of different things")


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
    """``4.6 points: +3.9 because …, and −11.0 that any two begin with. …``"""
    points = told["points"]
    sums = [
        f"{_signed(float(points[name]))} {says}"
        for name, says in _POINTS.items()
        if abs(float(points.get(name, 0))) >= 0.05
    ]
    told_sums = ", ".join(sums) or "nothing in common"
    made = (
        f"{_signed(float(told['odds']))} points: {told_sums},"
        f" and {_signed(float(points['start']))} that any two begin with. That makes"
        f" {told['sameness']:.0f} of 100 that they say the same."
    )
    return made + _otherwise(told)


def _otherwise(told: Mapping[str, Any]) -> str:
    """What alone would turn the verdict, if anything would."""
    changes = [str(one["figure"]) for one in told.get("changes") or ()]
    if told.get("band") == "grouped":
        lost = [_LACKS[name] for name in changes if name in _LACKS]
        return f" They would come apart by {' or '.join(lost[:2])}." if lost else ""
    gained = [_WITHOUT[name] for name in changes if name in _WITHOUT]
    if not gained or len(gained) < len(changes):
        return ""
    return f" They would come together without {' and '.join(gained)}."


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")
