"""What a survey of SurveyMonkey asks, and what the choices in its answers mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from triage.text.html import to_text
from triage_connectors import payload

_NPS: Final = 11
_NPS_WEIGHTS: Final = frozenset({-100.0, 0.0, 100.0})
"""What the choices of a Net Promoter question weigh (the reference's question bank)."""


@dataclass(frozen=True, slots=True)
class Question:
    """
    One question of a survey.

    Attributes:
        family: SurveyMonkey's word for its kind: open_ended, matrix, single_choice …
        subtype: The same, more closely: single, essay, rating …
        shown: How it is shown, where that changes its meaning: slider, file_upload.
        rows: What its rows say, by id.
        kinds: What part of contact details a row asks for, by id.
        choices: What its choices say, by id; those of menus in columns too.
        numbers: What its choices count, by id, where they are steps of a scale.
        scale: Of those numbers.
        metric: "nps" where it is that; else "".
    """

    id: str
    title: str
    family: str
    subtype: str = ""
    shown: str = ""
    rows: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    scale: str = ""
    metric: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey and its questions by id, in the order they are asked in."""

    id: str
    title: str = ""
    questions: Mapping[str, Question] = field(default_factory=dict)

    @classmethod
    def read(cls, told: payload.Values) -> Survey:
        """The survey as ``GET /surveys/{id}/details`` tells it."""
        pages = payload.rows(told, "pages")
        questions = [
            one for page in pages for one in payload.rows_if_any(page, "questions")
        ]
        return cls(
            payload.must_be_key(told),
            bare(payload.text(told, "title")),
            {payload.key(one): _question(one) for one in questions},
        )


def bare(html: str) -> str:
    """A heading as people read it, on one line."""
    return " ".join((to_text(html) if "<" in html or "&" in html else html).split())


def _question(told: payload.Values) -> Question:
    answers = payload.within(told, "answers")
    shown = payload.within(told, "display_options")
    family, subtype = payload.text(told, "family"), payload.text(told, "subtype")
    rows = payload.rows_if_any(answers, "rows")
    choices = payload.rows_if_any(answers, "choices")
    numbers: Mapping[str, float] = {}
    scale = metric = ""
    if family == "matrix" and subtype == "rating":
        steps = [one for one in choices if one.get("is_na") is not True]
        metric = "nps" if _is_nps(shown, steps) else ""
        numbers, scale = _counted(steps, 0 if metric else None)
    elif payload.text(shown, "display_type") == "slider":
        scale = _slider(payload.within(told, "validation"))
    headings = payload.rows_if_any(told, "headings")
    return Question(
        payload.key(told),
        next(
            filter(None, (bare(payload.text(one, "heading")) for one in headings)), ""
        ),
        family,
        subtype,
        payload.text(shown, "display_type"),
        {payload.key(one): bare(payload.text(one, "text")) for one in rows},
        {payload.key(one): payload.text(one, "type") for one in rows},
        {payload.key(one): bare(payload.text(one, "text")) for one in _all(answers)},
        numbers,
        scale,
        metric,
    )


def _all(answers: payload.Values) -> Iterator[Mapping[str, Any]]:
    yield from payload.rows_if_any(answers, "choices")
    for column in payload.rows_if_any(answers, "cols"):
        yield from payload.rows_if_any(column, "choices")


def _is_nps(shown: payload.Values, steps: Sequence[payload.Values]) -> bool:
    named = {
        payload.text(shown, "display_type"),
        payload.text(shown, "display_subtype"),
    }
    weights = {payload.number(one, "weight") for one in steps}
    return len(steps) == _NPS and ("nps" in named or weights == _NPS_WEIGHTS)


def _counted(
    steps: Sequence[payload.Values], first: int | None
) -> tuple[Mapping[str, float], str]:
    """
    What each step counts, and the scale of all.

    Weights count where they rise by one from zero or one; else the order does, that of
    the weights where each has its own.

    Args:
        first: What the first step counts, where the weights are no matter.
    """
    weighed = [(payload.number(one, "weight"), payload.key(one)) for one in steps]
    weights = [weight for weight, _ in weighed if weight is not None]
    if first is None and len({*weights}) == len(steps) > 1:
        weighed.sort(key=lambda one: one[0] or 0.0)
        lowest, highest = min(weights), max(weights)
        if lowest in {0.0, 1.0} and highest - lowest == len(steps) - 1:
            first = int(lowest)
    if len(weighed) < 2:
        return {}, ""
    first = 1 if first is None else first
    numbers = {name: float(at) for at, (_, name) in enumerate(weighed, first)}
    return numbers, f"{first}-{first + len(weighed) - 1}"


def _slider(validation: payload.Values) -> str:
    lowest = payload.number(validation, "min")
    highest = payload.number(validation, "max")
    low = 0 if lowest is None else int(lowest)
    high = 100 if highest is None else int(highest)
    return f"{low}-{high}" if 0 <= low < high else ""
