"""
How a marked question is asked openly: in its own words where a rule can do so safely.

What a rule makes is only offered where the same rules find nothing wrong with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from triage.guides.judging import Mark, marks
from triage.guides.rules import Kind, Rewording, Rules, Verbs

_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")
_GAP = "…"
_RISKY = re.compile(r"[^aeiou][aeiou][^aeiouwxy]")


@dataclass(frozen=True, slots=True)
class Instead:
    """
    What to ask instead.

    Attributes:
        questions: One, or several to be asked one after another.
    """

    questions: tuple[str, ...]

    @property
    def has_gap(self) -> bool:
        """Whether something is to be filled in, as no words could be taken over."""
        return any(_GAP in one for one in self.questions)


def reworded(question: str, found: tuple[Mark, ...], rules: Rules) -> Instead | None:
    """How to ask it openly; None where nothing was marked."""
    if not found:
        return None
    made = _by_rule(question, found, rules)
    if made:
        return Instead((made,))
    bare = _without(question, rules)
    if bare:
        return Instead((bare,))
    apart = _apart(question, found, rules)
    if apart:
        return Instead(apart)
    # The form is that of what is wrong first: closed says the least of what to ask.
    kinds = [mark.kind for mark in found]
    told = next((one for one in _FIRST if one in kinds), kinds[0])
    return Instead((rules.patterns[told],))


_FIRST = (Kind.DOUBLE, Kind.HYPOTHETICAL, Kind.VAGUE, Kind.LEADING, Kind.CLOSED)


def past(verb: str, verbs: Verbs) -> str | None:
    """The past of an English verb; None where no rule is sure of it."""
    if verb in verbs.past:
        return verbs.past[verb]
    if verb in verbs.stative or len(verb) < 3:
        return None
    if verb in verbs.doubled:
        return f"{verb}{verb[-1]}ed"
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ied"
    # "stop" doubles, "visit" does not: only a list tells.
    return None if _RISKY.fullmatch(verb[-3:]) and len(verb) < 5 else f"{verb}ed"


def _by_rule(question: str, found: tuple[Mark, ...], rules: Rules) -> str:
    double = next((mark.words for mark in found if mark.kind is Kind.DOUBLE), "")
    for one in rules.rewordings:
        made = _made(question, one, rules)
        # Two things asked about at once are still two in other words.
        if made and not (double and double.lower() in made.lower()):
            return made
    return ""


def _made(question: str, one: Rewording, rules: Rules) -> str:
    found = one.find.search(question)
    if found is None:
        return ""
    parts = {name: told or "" for name, told in found.groupdict().items()}
    for name, told in parts.items():
        if found.start(name) == 0 and not told.startswith("I "):
            parts[name] = told[:1].lower() + told[1:]
    forms = _forms(parts.get("verb", "").lower(), rules.verbs)
    missing = False

    def place(gap: re.Match[str]) -> str:
        nonlocal missing
        told = forms.get(gap[2]) if gap[2] else parts[gap[1]]
        missing = missing or told is None
        return told or ""

    text = _begun(" ".join(_PLACE.sub(place, one.make).split()))
    if missing:
        return ""
    return text if not marks(text, rules) else _without(text, rules)


def _forms(verb: str, verbs: Verbs) -> dict[str, str | None]:
    """A verb as rules ask for it: its past, or the past of a participle."""
    told = verbs.by_participle.get(verb, verb if verb.endswith("ed") else None)
    return {"past": past(verb, verbs), "participle": told}


def _without(question: str, rules: Rules) -> str:
    """The question without words it is better without, if it is good then."""
    text = question
    while found := [mark for mark in marks(text, rules) if mark.drop]:
        mark = found[0]
        text = text[: mark.start] + text[mark.end :].lstrip(" ,")
    return _begun(text) if text != question and not marks(text, rules) else ""


def _apart(
    question: str, found: tuple[Mark, ...], rules: Rules
) -> tuple[str, ...] | None:
    """The two questions of one, if each is good by itself."""
    double = next((mark for mark in found if mark.kind is Kind.DOUBLE), None)
    if double is None:
        return None
    first = question[: double.start].rstrip(" ,;")
    second = question[double.start :].strip()
    second = re.sub(r"^(?:and|or|but|und|oder|aber)\s+", "", second, flags=re.I)
    both = (_begun(first.rstrip("?.") + "?"), _begun(second))
    alone = all(len(one.split()) > 1 and not marks(one, rules) for one in both)
    return both if alone and second.endswith("?") else None


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
