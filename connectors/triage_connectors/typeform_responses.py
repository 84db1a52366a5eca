"""A Typeform response as feedback: words, a rating, and what else was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from triage.connector import Incoming
from triage_connectors import payload
from triage_connectors.survey import RATING, Filled, Rating, short
from triage_connectors.typeform_form import OPEN, RATINGS, Form, Question

_KNOWN: Final = {
    "author": ("name", "full_name", "user_name"),
    "email": ("email", "email_address"),
    "company": ("company", "company_name"),
}
"""Hidden fields that mean what they are called, where ``fields`` names no other."""


@dataclass(frozen=True, slots=True)
class Reader:
    """
    How responses are read.

    Attributes:
        fields: By our name a hidden field's, or a question's ref or id.
        metric: What opinion scales and ratings measure.
    """

    fields: Mapping[str, str]
    metric: str

    def incoming(self, form: Form, row: Mapping[str, Any]) -> Incoming:
        """Return one completed response."""
        hidden = payload.within(row, "hidden")
        found = _Answers(frozenset(self.fields.values()))
        for answer in payload.rows_if_any(row, "answers"):
            found.take(form.of(payload.within(answer, "field")), answer)
        rated = self._rated(found.numbers)
        rating = None
        if rated is not None:
            question, number = rated
            metric = "nps" if question.kind == "nps" else self.metric
            rating = Rating(number, question.scale, metric)
        for question, number in found.numbers:
            if rated is None or question is not rated[0]:
                found.others[short(question.ref, question.title)] = number
        known = {ours: _first(hidden, names) for ours, names in _KNOWN.items()}
        filled = Filled(
            name=name_of(row),
            title=form.title,
            at=submitted_at(row),
            words=found.words,
            rating=rating,
            answers=found.others,
            values=_kept(hidden, self.fields),
            author=known["author"] or found.author,
            email=known["email"] or found.email,
            company=known["company"] or found.company,
            named={**found.named, **hidden},
        )
        return filled.incoming(self.fields, _bare(row))

    def _rated(
        self, numbers: list[tuple[Question, float]]
    ) -> tuple[Question, float] | None:
        """The answer that is the rating: the one named, an NPS, or else the first."""
        wanted = self.fields.get(RATING, "")
        if wanted:
            return next((one for one in numbers if wanted in _names(one[0])), None)
        scored = [one for one in numbers if one[0].scale]
        by_nps = [one for one in scored if one[0].kind == "nps"]
        return next(iter([*by_nps, *scored]), None)


@dataclass(slots=True)
class _Answers:
    """The answers of one response, told apart."""

    mapped: frozenset[str]
    words: list[tuple[str, str]] = field(default_factory=list)
    numbers: list[tuple[Question, float]] = field(default_factory=list)
    others: dict[str, Any] = field(default_factory=dict)
    named: dict[str, Any] = field(default_factory=dict)
    contact: dict[str, str] = field(default_factory=dict)
    email: str = ""

    @property
    def author(self) -> str:
        """Their name, where the form asked for contact details."""
        parts = (self.contact.get(part, "") for part in ("first_name", "last_name"))
        return " ".join(filter(None, parts))

    @property
    def company(self) -> str:
        """The company they gave with their contact details."""
        return self.contact.get("company", "")

    def take(self, question: Question, answer: payload.Values) -> None:
        """Put one answer where it belongs."""
        value = _value(answer)
        if value is None:
            return
        mapped = bool(self.mapped & _names(question))
        for name in _names(question):
            self.named[name] = value
        if question.kind in RATINGS and isinstance(value, int | float):
            self.numbers.append((question, float(value)))
        elif question.part:
            self.contact[question.part] = str(value)
            if answer.get("type") == "email":
                self.email = self.email or str(value)
        elif mapped:
            pass
        elif answer.get("type") == "email":
            self.email = self.email or str(value)
        elif question.kind in OPEN and isinstance(value, str):
            self.words.append((question.title, value))
        else:
            self.others[short(question.ref, question.title)] = value
            other = _other(answer)
            if other:
                self.words.append((question.title, other))


def name_of(row: Mapping[str, Any]) -> str:
    """A response's own id, which older answers call its token alone."""
    return payload.key(row, "response_id") or payload.must_be_key(row, "token")


def submitted_at(row: Mapping[str, Any]) -> datetime | None:
    """When it was sent in; None of one that was begun and left."""
    at = payload.moment(row, "submitted_at")
    # Of what was never sent in, the year is 1.
    return at if at and at.year > 1 else None


def _names(question: Question) -> frozenset[str]:
    return frozenset(filter(None, (question.id, question.ref)))


def _value(answer: payload.Values) -> Any:
    """What was answered, as the answer's own type says; None for nothing."""
    kind = payload.text(answer, "type")
    value = answer.get(kind)
    match kind:
        case "choice":
            choice = payload.within(answer, kind)
            return payload.text(choice, "label") or payload.text(choice, "other")
        case "choices":
            choices = payload.within(answer, kind)
            return [
                *payload.texts(choices, "labels"),
                *filter(None, [payload.text(choices, "other")]),
            ]
        case "payment":
            # The last digits of a card and its owner are no feedback.
            return payload.text(payload.within(answer, kind), "amount") or None
        case "file_url":
            return str(value).rpartition("/")[2] if value else None
    if isinstance(value, str):
        return value.strip() or None
    return value if isinstance(value, bool | int | float) else None


def _other(answer: payload.Values) -> str:
    """What somebody wrote beside the choices there were."""
    kind = payload.text(answer, "type")
    return payload.text(payload.within(answer, kind), "other")


def _first(values: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next(filter(None, (payload.text(values, name) for name in names)), "")


def _kept(hidden: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    """Hidden fields that have no other place."""
    placed = {*fields.values(), *(name for names in _KNOWN.values() for name in names)}
    return {
        name: value
        for name, value in hidden.items()
        if value not in {"", None} and name not in placed
    }


def _bare(row: Mapping[str, Any]) -> dict[str, Any]:
    """The response without what tells of a person's network and browser."""
    return {name: value for name, value in row.items() if name != "metadata"}
