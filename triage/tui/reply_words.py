"""How a reply reads before it is kept: to whom, how long, in which language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from triage.model import Feedback
from triage.text.display import one_line
from triage.text.language_names import language
from triage.tui import words

NEAR = 0.9
"""From this share of what is allowed the counter warns."""

SURE = 0.8
"""Below this a language is not told apart well enough to say so."""

ENOUGH = 24
"""Letters of a reply before its language is looked at."""


def facts(feedback: Feedback, source: str, now: datetime) -> str:
    """Stars, version, device, country, language, age and place, on one line."""
    return " · ".join(_facts(feedback, source, now))


def _facts(feedback: Feedback, source: str, now: datetime) -> Iterator[str]:
    stars = words.stars(feedback.rating, feedback.scale, feedback.metric)
    if stars:
        yield stars
    if feedback.app_version:
        yield one_line(feedback.app_version, 20)
    for name in ("device", "os", "country"):
        told = feedback.context.get(name)
        if isinstance(told, str | int | float) and str(told).strip():
            yield one_line(str(told), 24)
    if feedback.language:
        yield language(one_line(feedback.language, 20))
    yield words.age(feedback.received_at, now)
    yield one_line(source, 30)
    yield feedback.short


def counted(size: int, longest: int | None) -> tuple[str, str]:
    """``312 of 350`` and its style; what is over stands in words, not in red alone."""
    if longest is None:
        return words.count(size, "character"), "$muted"
    told = f"{size:,} of {longest:,}"
    if size > longest:
        return f"✕ {told}, {size - longest:,} too many", "bold $error"
    if size >= longest * NEAR:
        return f"{told}, {longest - size:,} left", "bold $warning"
    return told, "$muted"


def tongues(theirs: str, ours: tuple[str, float]) -> str:
    """That a reply is in another language than theirs; "" where not, or unsure."""
    mine, sure = ours
    if not theirs or not mine or sure < SURE or _same(theirs, mine):
        return ""
    return f"They write {language(theirs)}; this is in {language(mine)}"


def _same(one: str, other: str) -> bool:
    first, second = (
        code.casefold().replace("_", "-").split("-")[0] for code in (one, other)
    )
    # Norwegian has more codes than people tell apart.
    norse = {"nb", "nn", "no"}
    return first == second or {first, second} <= norse
