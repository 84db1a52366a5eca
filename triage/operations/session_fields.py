"""
What stands above the text of a session: a line for each thing known of it.

``name: value``, in any order and case; a line that begins with a space goes on with the
one before, one that begins with # is a remark. What was promised is a list of lines
``- [ ] send the screenshot by 2026-12-01`` below ``follow-ups:``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from triage.errors import UsageError
from triage.model import Channel
from triage.operations.session_figures import (
    FIGURES,
    figure,
    figure_written,
    number,
    number_written,
)
from triage.operations.session_lines import Line, lines_in
from triage.operations.session_promises import promised, promises_written
from triage.research import KINDS, Consent

CIRCUMSTANCES = ("place", "device", "noise", "hurry", "software", "task", "concept")
"""The context of use, by name."""

_WORDS = (
    "id", "kind", "title", "participant", "email", "company", "segment", "language",
    "consent", "date", "guide", "asked", "understood", "surprise", *CIRCUMSTANCES,
    *(name.replace("_", " ") for name in FIGURES), "rating", "scale", "metric",
    "follow-ups",
)  # fmt: skip
"""Every name, in the order it is written."""

_ALIKE = {
    "type": "kind", "channel": "kind", "name": "participant", "who": "participant",
    "person": "participant", "held": "date", "held at": "date", "when": "date",
    "mail": "email", "confirmed": "understood", "question": "asked",
    "opening question": "asked", "followups": "follow-ups", "follow up": "follow-ups",
    "follow-up": "follow-ups", "follow ups": "follow-ups", "promised": "follow-ups",
    "lang": "language", "location": "place", "time": "time on task",
    "other software": "software", "score": "rating",
}  # fmt: skip
"""What people write instead."""

METRICS = frozenset({"", "nps", "csat", "ces", "stars"})
"""What a rating may measure."""

_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_YES = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
_CONSENTS = {
    "": Consent.UNASKED, "not asked": Consent.UNASKED, "unasked": Consent.UNASKED,
    "nobody asked": Consent.UNASKED, "none": Consent.NO, "no": Consent.NO,
    "anonymous": Consent.ANONYMOUS, "anonymously": Consent.ANONYMOUS,
    "named": Consent.NAMED, "with name": Consent.NAMED, "yes, named": Consent.NAMED,
}  # fmt: skip


def read(lines: list[str], first_line: int) -> dict[str, Any]:
    """
    What the lines say, by name of an attribute; only of what they name.

    Raises:
        UsageError: Naming the line, what it says and what is allowed.
    """
    found: dict[str, Any] = {}
    told: dict[str, float] = {}
    circumstances: dict[str, str] = {}
    seen: dict[str, int] = {}
    for line in _named_lines(lines, first_line):
        if line.name in seen:
            raise UsageError(
                f"line {line.number}: {line.name} stands in line {seen[line.name]}"
                " already"
            )
        seen[line.name] = line.number
        if line.name != "follow-ups" and line.listed:
            raise UsageError(f"line {line.listed[0][0]}: only follow-ups are a list")
        key = line.name.replace(" ", "_")
        if key in FIGURES:
            if line.value:
                told[key] = figure(key, line)
        elif key in CIRCUMSTANCES:
            if line.value:
                circumstances[key] = line.value
        elif line.name == "follow-ups":
            found["follow_ups"] = promised(line)
        else:
            name, value = _READ[line.name](line)
            found[name] = value
    return found | {"told": told, "circumstances": circumstances}


def lines_of(values: Mapping[str, Any]) -> Iterator[str]:
    """The lines that ``read`` reads back, of what has a value, in their order."""
    told, circumstances = values["told"], values["circumstances"]
    for word in _WORDS:
        key = word.replace(" ", "_")
        if key in FIGURES:
            value = figure_written(key, told[key]) if key in told else ""
        elif key in CIRCUMSTANCES:
            value = circumstances.get(key, "")
        elif word == "follow-ups":
            yield from promises_written(values["follow_ups"])
            continue
        else:
            value = _written(word, values[_NAMES.get(word, word)])
        if value:
            yield f"{word}: {value}"


def moment_written(at: datetime) -> str:
    """The day where somebody named only that, else with the time, here."""
    here = at.astimezone()
    if here.second or here.microsecond:
        return here.isoformat(sep=" ", timespec="microseconds")
    is_day = not (here.hour or here.minute)
    return f"{here:%Y-%m-%d}" if is_day else f"{here:%Y-%m-%d %H:%M}"


_NAMES = {"date": "held_at", "understood": "confirmed"}


def _written(word: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if word == "date":
        return moment_written(value)
    if word == "understood":
        return "yes" if value else "no"
    if word == "rating":
        return number_written(value)
    if word == "kind":
        return str(value).replace("_", " ")
    return " ".join(str(value).split())


def _named_lines(lines: list[str], first_line: int) -> Iterator[Line]:
    for line in lines_in(lines, first_line):
        yield replace(line, name=_named(line.name, line.number))


def _named(told: str, number: int) -> str:
    name = " ".join(told.replace("_", " ").casefold().split())
    name = _ALIKE.get(name, name)
    if name not in _WORDS:
        close = difflib.get_close_matches(name, (*_WORDS, *_ALIKE), 1, 0.7)
        meant = f"is it {_ALIKE.get(close[0], close[0])}?" if close else ""
        known = meant or f"there are {', '.join(_WORDS)}"
        raise UsageError(f"line {number}: nothing is called {told!r}; {known}")
    return name


def _text(name: str) -> Callable[[Line], tuple[str, Any]]:
    return lambda line: (name, line.value)


def _kind(line: Line) -> tuple[str, Any]:
    if not line.value:
        raise UsageError(f"line {line.number}: the kind is missing; {_kinds()}")
    return "kind", kind_named(line.value, f"line {line.number}: ")


def kind_named(told: str, where: str = "") -> Channel:
    """
    The kind of session somebody names, however it is written.

    Raises:
        UsageError: There is none of that name; says which there are.
    """
    name = re.sub(r"[\s_-]+", "_", told.strip().casefold())
    name = _KINDS_ALIKE.get(name, name)
    if name not in KINDS:
        raise UsageError(f"{where}no session is of kind {told!r}; {_kinds()}")
    return Channel(name)


_KINDS_ALIKE = {
    "user_interview": "interview", "usability_test": "usability",
    "usability_session": "usability", "contextual_inquiry": "observation",
    "shadowing": "observation", "focusgroup": "focus_group", "group": "focus_group",
    "customer_visit": "visit", "site_visit": "visit", "concept": "concept_test",
    "prices": "pricing", "price": "pricing", "price_sensitivity": "pricing",
    "van_westendorp": "pricing", "survey_answer": "survey",
}  # fmt: skip


def _kinds() -> str:
    return "there are " + ", ".join(KINDS)


def _consent(line: Line) -> tuple[str, Any]:
    return "consent", consent_named(line.value, f"line {line.number}: ")


def consent_named(told: str, where: str = "") -> Consent:
    """
    The consent somebody names.

    Raises:
        UsageError: It is none of no, anonymous, named and unasked.
    """
    name = " ".join(told.casefold().split())
    if name not in _CONSENTS:
        raise UsageError(
            f"{where}consent is no, anonymous, named or unasked, not {told!r}"
        )
    return _CONSENTS[name]


def _date(line: Line) -> tuple[str, Any]:
    if not line.value:
        return "held_at", None
    try:
        at = datetime.fromisoformat(line.value.replace("  ", " "))
        # Without a zone it is the time of whoever writes it.
        return "held_at", at.astimezone()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"line {line.number}: a date looks like 2026-11-20 or 2026-11-20 14:30,"
            f" not {line.value!r}"
        ) from error


def _understood(line: Line) -> tuple[str, Any]:
    told = line.value.casefold()
    if told and told not in _YES:
        raise UsageError(
            f"line {line.number}: understood is yes, no or empty, not {line.value!r}"
        )
    return "confirmed", _YES.get(told)


def _rating(line: Line) -> tuple[str, Any]:
    if not line.value:
        return "rating", None
    return "rating", number(line.value, line, "a rating is a number, like 9")


def _metric(line: Line) -> tuple[str, Any]:
    name = line.value.casefold()
    if name not in METRICS:
        raise UsageError(
            f"line {line.number}: a metric is nps, csat, ces or stars, not"
            f" {line.value!r}"
        )
    return "metric", name


def _language(line: Line) -> tuple[str, Any]:
    if line.value and _CODE.fullmatch(line.value) is None:
        raise UsageError(
            f"line {line.number}: a language is a code like en or pt-BR, not"
            f" {line.value!r}"
        )
    return "language", line.value


_READ: Mapping[str, Callable[[Line], tuple[str, Any]]] = {
    **{word: _text(word) for word in _WORDS},
    "kind": _kind, "consent": _consent, "date": _date, "understood": _understood,
    "rating": _rating, "metric": _metric, "language": _language,
}  # fmt: skip
