"""A response of SurveyMonkey as feedback: words, a rating, and what else was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from triage.connector import Incoming
from triage_connectors import payload
from triage_connectors.survey import RATING, Filled, Rating, short
from triage_connectors.surveymonkey_questions import Question, Survey

_PRIVATE: Final = frozenset({"ip_address", "edit_url", "logic_path", "page_path"})
"""Where somebody was, a link that lets anybody change what they said, and noise."""
_OPEN: Final = frozenset({"single", "essay", "multi"})
_KEPT: Final = frozenset({"country", "state"})
"""Of contact details what says where a customer is; street and telephone do not."""


@dataclass(frozen=True, slots=True)
class Reader:
    """
    How responses are read.

    Attributes:
        fields: By our name a custom variable's, a contact's field, or a question's id.
        metric: What scales that are no NPS measure.
    """

    fields: Mapping[str, str]
    metric: str

    def incoming(self, survey: Survey, row: Mapping[str, Any]) -> Incoming:
        """Return one response."""
        found = _Answers(frozenset(self.fields.values()))
        for page in payload.rows_if_any(row, "pages"):
            for told in payload.rows_if_any(page, "questions"):
                found.take(_of(survey, told), payload.rows_if_any(told, "answers"))
        contact = _contact(row)
        variables = payload.within(row, "custom_variables")
        rated = self._rated(found.numbers)
        for question, label, number in found.numbers:
            if rated is None or (question, label, number) != rated:
                found.others[label] = number
        rating = None
        if rated is not None:
            question, _, number = rated
            metric = question.metric or self.metric
            rating = Rating(number, question.scale, metric)
        values = {
            name: value
            for name, value in {
                **variables,
                "custom_value": payload.text(row, "custom_value"),
            }.items()
            if value not in {"", None} and name not in found.mapped
        }
        language = payload.text(row, "language")
        fields = {"language": "language", **self.fields} if language else self.fields
        name = f"{contact.get('first_name', '')} {contact.get('last_name', '')}"
        filled = Filled(
            name=payload.must_be_key(row),
            title=survey.title,
            at=payload.moment(row, "date_created"),
            edited_at=payload.moment(row, "date_modified"),
            words=found.words,
            rating=rating,
            answers=found.others,
            values=values,
            author=name.strip() or found.contact.get("name", ""),
            email=contact.get("email", "") or found.contact.get("email", ""),
            company=found.contact.get("company", ""),
            url=payload.text(row, "analyze_url"),
            named={"language": language, **found.named, **contact, **variables},
        )
        return filled.incoming(fields, _bare(row))

    def _rated(
        self, numbers: list[tuple[Question, str, float]]
    ) -> tuple[Question, str, float] | None:
        """The answer that is the rating: the one named, an NPS, or else the first."""
        wanted = self.fields.get(RATING, "")
        if wanted:
            return next((one for one in numbers if wanted == one[0].id), None)
        scored = [one for one in numbers if one[0].scale]
        by_nps = [one for one in scored if one[0].metric == "nps"]
        return next(iter([*by_nps, *scored]), None)


@dataclass(slots=True)
class _Answers:
    """The answers of one response, told apart."""

    mapped: frozenset[str]
    words: list[tuple[str, str]] = field(default_factory=list)
    numbers: list[tuple[Question, str, float]] = field(default_factory=list)
    others: dict[str, Any] = field(default_factory=dict)
    named: dict[str, Any] = field(default_factory=dict)
    contact: dict[str, str] = field(default_factory=dict)

    def take(self, question: Question, answers: list[dict[str, Any]]) -> None:
        """Put the answers to one question where they belong."""
        told = [one for one in (_Answer.read(question, row) for row in answers) if one]
        if question.id in self.mapped:
            self.named[question.id] = [one.text for one in told]
        chosen: dict[str, list[str]] = {}
        for one in told:
            if question.family == "demographic":
                self._meet(one)
            elif one.number is not None:
                self.numbers.append((question, one.label, one.number))
            elif question.id in self.mapped and not one.is_other:
                pass
            elif one.is_other or _is_open(question):
                self.words.append((one.label, one.text))
            else:
                chosen.setdefault(one.label, []).append(one.text)
        for label, texts in chosen.items():
            several = question.family == "multiple_choice"
            self.others[label] = texts if several else ", ".join(texts)

    def _meet(self, answer: _Answer) -> None:
        if answer.kind in _KEPT:
            self.others[answer.kind] = answer.text
        elif answer.kind:
            self.contact[answer.kind] = answer.text


@dataclass(frozen=True, slots=True)
class _Answer:
    """
    One answer in words.

    Attributes:
        label: The question, with the row it is about where there are several.
        number: Where it is a step of a scale.
        is_other: Whether somebody wrote it beside the choices there were.
        kind: Which part of contact details it is; "" where none.
    """

    label: str
    text: str
    number: float | None = None
    is_other: bool = False
    kind: str = ""

    @classmethod
    def read(cls, question: Question, row: Mapping[str, Any]) -> _Answer | None:
        """The answer; None where nothing is said."""
        about, choice = payload.key(row, "row_id"), payload.key(row, "choice_id")
        label = short("", question.title) or question.id
        if question.rows.get(about):
            label = (
                f"{label}: {question.rows[about]}" if label else question.rows[about]
            )
        kind = question.kinds.get(about, "")
        written = payload.text(row, "text")
        if payload.key(row, "other_id") and written:
            return cls(label, written, is_other=True)
        if choice:
            text = question.choices.get(choice, "") or written or choice
            return cls(label, text, question.numbers.get(choice))
        if not written:
            return None
        if question.shown == "slider":
            return cls(label, written, payload.number(row, "text"))
        return cls(label, written, kind=kind)


def _is_open(question: Question) -> bool:
    return (
        question.family in {"open_ended", ""}
        and (not question.subtype or question.subtype in _OPEN)
        and question.shown != "file_upload"
    )


def _of(survey: Survey, told: payload.Values) -> Question:
    """The question of an answer; one that was deleted since is known by its id."""
    name = payload.key(told)
    return survey.questions.get(name) or Question(name, "", "")


def _contact(row: Mapping[str, Any]) -> dict[str, str]:
    """
    What the address book knows of who answered.

    It is told twice, and of the mail address one is mostly empty.
    """
    told = payload.within(row, "metadata", "contact")
    found = {
        name: payload.text(told, name)
        or payload.text(payload.within(told, name), "value")
        for name in told
    }
    for name, theirs in (
        ("email", "email_address"),
        ("first_name", "first_name"),
        ("last_name", "last_name"),
    ):
        found[name] = found.get(name) or payload.text(row, theirs)
    return {name: value for name, value in found.items() if value}


def _bare(row: Mapping[str, Any]) -> dict[str, Any]:
    """The response without what tells where somebody was, or lets it be changed."""
    kept = {name: value for name, value in row.items() if name not in _PRIVATE}
    if "metadata" in kept:
        kept["metadata"] = {"contact": payload.within(row, "metadata", "contact")}
    return kept
