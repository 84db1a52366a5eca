"""How ages, people, ratings and places read in a list or a line of facts."""

from __future__ import annotations

from datetime import datetime

from rich.cells import cell_len

from triage.model import Feedback
from triage.text.counting import counted
from triage.text.display import one_line

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def age(then: datetime, now: datetime) -> str:
    """How long ago, in at most four cells: now, 5m, 3h, 2d, 6w, 11mo, 3y."""
    seconds = (now - then).total_seconds()
    if seconds < 0:
        return "soon"
    if seconds < _MINUTE:
        return "now"
    for size, unit, limit in (
        (_MINUTE, "m", 60 * _MINUTE),
        (_HOUR, "h", _DAY),
        (_DAY, "d", 14 * _DAY),
        (7 * _DAY, "w", 70 * _DAY),
        (30.4 * _DAY, "mo", 365 * _DAY),
    ):
        if seconds < limit:
            return f"{max(1, int(seconds // size))}{unit}"
    years = int(seconds // (365.25 * _DAY)) or 1
    return f"{years}y" if years < 100 else "old"


def moment(then: datetime, now: datetime) -> str:
    """A moment as people write it, in their own time: "3 May 14:02"."""
    here = then.astimezone()
    if abs((now - then).total_seconds()) < 300 * _DAY:
        return f"{here.day} {here:%b %H:%M}"
    return f"{here.day} {here:%b %Y}"


def count(number: int, one: str, many: str = "") -> str:
    """``1 person``, ``14 people``, ``80,214 rows``."""
    return counted(number, one, many)


def people(number: int) -> str:
    """``14 people``."""
    return count(number, "person", "people")


def rating(value: float | None, scale: str, metric: str) -> str:
    """A rating in at most five cells: ``1★``, ``6/10``; "" where there is none."""
    if value is None:
        return ""
    number = f"{value:g}"
    if len(number) > 4:
        number = f"{value:.1f}"
    top = scale.rpartition("-")[2]
    if top == "5" and metric in {"stars", ""}:
        return f"{number}★"
    return f"{number}/{top}"[:5] if top else number


def stars(value: float | None, scale: str, metric: str) -> str:
    """A rating for a line of facts: ``★★☆☆☆``, ``NPS 6/10``."""
    if value is None:
        return ""
    if scale == "1-5" and metric in {"stars", ""}:
        full = min(5, max(0, round(value)))
        return "★" * full + "☆" * (5 - full)
    short = rating(value, scale, metric)
    return f"{metric.upper()} {short}" if metric else short


def author(feedback: Feedback) -> str:
    """Who said it, as well as the source told."""
    return feedback.author or feedback.email or feedback.company or "somebody"


def channel(name: str) -> str:
    """A channel as people call it: ``focus group``."""
    return name.replace("_", " ")


def money(amount: float) -> str:
    """``48k`` a month, said short."""
    if amount >= 1_000_000:
        return f"{amount / 1_000_000:.3g}M"
    if amount >= 1000:
        return f"{amount / 1000:.3g}k"
    return f"{amount:g}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def opening(title: str, body: str, limit: int = 200) -> str:
    """
    What a feedback begins with, on one safe line, without width surprises.

    A title of a word or two says too little alone ("Great app!").
    """
    if title and body and len(title) < 14:
        return row_text(f"{title} — {body}", limit)
    return row_text(title or body, limit)


def row_text(text: str, limit: int = 200) -> str:
    """One safe line for a row; joined emoji come apart, as terminals disagree."""
    return one_line(text, limit).replace("\ufe0f", "").replace("\u200d", "")


def fit(text: str, width: int) -> str:
    """The text in exactly this many cells, cut with an ellipsis."""
    length = cell_len(text)
    if length <= width:
        return text + " " * (width - length)
    if width <= 0:
        return ""
    kept, used = [], 0
    for character in text:
        size = cell_len(character)
        if used + size > width - 1:
            break
        kept.append(character)
        used += size
    return "".join(kept) + "…" + " " * (width - 1 - used)


def skeleton(line: int, width: int) -> str:
    """A line of the shape of a list whose rows are still to come."""
    return "   " + "·" * max(0, min(width - 3, (width * 2) // 3 - (line * 7) % 23))
