"""How highlights read: a sign and a role for a feeling, a line for what was heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from triage.model import Feedback
from triage.operations.pain_points import text_of
from triage.research import Feeling, Highlight
from triage.text.display import one_line
from triage.tui.passage import Passage
from triage.tui.quoting import Span

SORE, UNEASY, GLAD, HEARD = "sore", "uneasy", "glad", "heard"
"""Roles of colour: each is one of the theme's; the last where no feeling is set."""

ROLES = {
    Feeling.ANGRY: SORE, Feeling.FRUSTRATED: SORE, Feeling.DISAPPOINTED: SORE,
    Feeling.WORRIED: UNEASY, Feeling.CONFUSED: UNEASY, Feeling.SAD: SORE,
    Feeling.SURPRISED: UNEASY, Feeling.HOPEFUL: GLAD, Feeling.RELIEVED: GLAD,
    Feeling.PLEASED: GLAD, Feeling.DELIGHTED: GLAD,
}  # fmt: skip

COLOURS = {
    SORE: "$error", UNEASY: "$warning", GLAD: "$success", HEARD: "$accent",
}  # fmt: skip
"""What each role is called in a theme."""

SIGNS = {SORE: "▼", UNEASY: "◆", GLAD: "▲"}
"""What tells a feeling without colours; one for each of intensity."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Part of a feedback's text that is highlighted, and in which role."""

    span: Span
    role: str


def role(feeling: Feeling | None) -> str:
    """In which role a feeling is shown."""
    return ROLES[feeling] if feeling else HEARD


def sign(feeling: Feeling | None, intensity: int) -> str:
    """``▼▼`` for frustrated:2; "" without a feeling."""
    return SIGNS[role(feeling)] * intensity if feeling else ""


def felt(feeling: str, intensity: int) -> str:
    """``▼▼ frustrated``; "" without a feeling."""
    return f"{sign(Feeling(feeling), intensity)} {feeling}" if feeling else ""


def marked(feedback: Feedback, highlights: Sequence[Highlight]) -> tuple[Marked, ...]:
    """What is highlighted, where the text still says what was underlined."""
    text = text_of(feedback)
    return tuple(
        Marked((one.start, one.end), role(one.feeling))
        for one in highlights
        if text[one.start : one.end] == one.quote
    )


def heard(highlight: Highlight) -> str:
    """``▼▼ frustrated · need · #export · Acme better, price``; "" for nothing."""
    feeling, beside = highlight.feeling, highlight.comparison
    parts = [
        f"{sign(feeling, highlight.intensity)} {feeling}" if feeling else "",
        str(highlight.meaning or ""),
        *(f"#{one_line(tag, 30)}" for tag in highlight.tags),
    ]
    if beside is not None:
        aspect = f", {one_line(beside.aspect, 30)}" if beside.aspect else ""
        parts.append(f"{one_line(beside.competitor, 30)} {beside.stance}{aspect}")
    return " · ".join(part for part in parts if part)


def told(highlights: Sequence[Highlight], key: str) -> Iterator[Passage]:
    """The highlights of a feedback, a line each, beneath its text."""
    for place, one in enumerate(highlights):
        what = heard(one)
        yield Passage(
            text=f"{one.short} {what}{': ' if what else ''}“{one_line(one.quote, 80)}”",
            style=role(one.feeling), gap=int(not place),
        )  # fmt: skip
    if highlights:
        yield Passage(
            text=f"{key} goes to them, to change one or take it off",
            style="note", asks="highlights",
        )  # fmt: skip
