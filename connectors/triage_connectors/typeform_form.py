"""What a Typeform asks: its questions by id, and what their answers mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from triage_connectors import payload

_STEPS: Final = {"nps": 11, "opinion_scale": 11, "rating": 3}
"""Steps where a form does not say, as its editor begins (the form's reference)."""
RATINGS: Final = frozenset(_STEPS)
OPEN: Final = frozenset({"long_text", "short_text"})


@dataclass(frozen=True, slots=True)
class Question:
    """
    One question of a form.

    Attributes:
        kind: Typeform's type of it: "long_text", "nps", "dropdown" …
        part: Which part of contact details it asks for; "" where of none.
        scale: Of the numbers it is answered with; "" where it is with other things.
    """

    id: str
    ref: str
    title: str
    kind: str
    part: str = ""
    scale: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form and its questions, in the order they are asked in, by id."""

    id: str
    title: str = ""
    questions: Mapping[str, Question] = field(default_factory=dict)

    @classmethod
    def read(cls, told: payload.Values) -> Form:
        """The form as ``GET /forms/{id}`` tells it."""
        payload.rows(told, "fields")
        return cls(
            payload.must_be_key(told),
            payload.text(told, "title"),
            {one.id: one for one in _questions(told, "")},
        )

    def of(self, answered: payload.Values) -> Question:
        """
        The question of an answer's ``field``.

        One that was deleted since is known by its id, ref and type alone.
        """
        name = payload.key(answered)
        kind = payload.text(answered, "type")
        found = self.questions.get(name)
        if found is not None:
            return found
        scale = "0-10" if kind == "nps" else ""
        return Question(name, payload.text(answered, "ref"), "", kind, "", scale)


def _questions(told: payload.Values, around: str) -> Iterator[Question]:
    for row in payload.rows_if_any(told, "fields"):
        kind = payload.text(row, "type")
        inner = payload.within(row, "properties")
        title = payload.text(row, "title")
        part = payload.text(row, "subfield_key") or title.lower().replace(" ", "_")
        yield Question(
            payload.key(row),
            payload.text(row, "ref"),
            title,
            kind,
            part if around == "contact_info" else "",
            _scale(kind, inner),
        )
        yield from _questions(inner, kind)


def _scale(kind: str, properties: Mapping[str, Any]) -> str:
    """
    The scale of a question's numbers.

    A rating begins at one; an opinion scale does where it is set to, else at zero.
    """
    if kind not in RATINGS:
        return ""
    told = payload.number(properties, "steps")
    steps = int(told) if told and told > 1 else _STEPS[kind]
    first = 1 if kind == "rating" or properties.get("start_at_one") is True else 0
    return f"{first}-{first + steps - 1}"
