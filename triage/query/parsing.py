"""From what a person typed to a query, or to a sentence that says what is off."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from triage.errors import UsageError
from triage.query.fields import ALIASES, FIELDS, FLAGS, Field, Kind
from triage.query.query import Query, Term, Word
from triage.text.display import one_line
from triage.text.when import past

LONGEST = 2000
"""Characters of a query that are read."""

_TOKEN = re.compile(
    r"""
    (?P<sign>-?)
    (?:(?P<name>[A-Za-z][A-Za-z_.]*):(?!//))?
    (?P<rest>(?:"[^"]*"?|[^\s"])*)
    """,
    re.VERBOSE,
)
_VALUE = re.compile(r'"([^"]*)"?|([^,"]+)')
_COMPARED = re.compile(r"(<=|>=|<|>|=)?(.*)", re.DOTALL)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e\d{1,2})?")
_VERSION = re.compile(r"v?\d+(?:\.\d+){0,5}\*?|[\w.\-+*]+")
_ID = re.compile(r"([fgp]?)(\d{1,18})")

_ORDERED = {Kind.NUMBER, Kind.VERSION}


@dataclass(slots=True)
class _Parts:
    terms: list[Term] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    state: str = ""
    sort: str = ""
    each: bool = False


def parsed(text: str) -> Query:
    """The query a text is; ``UsageError`` says what is off and what would do."""
    if len(text) > LONGEST:
        raise UsageError(f"a query has at most {LONGEST:,} characters")
    # Half a character can be neither stored nor looked for.
    text = text.encode("utf-8", "replace").decode("utf-8")
    parts = _Parts()
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        match = _TOKEN.match(text, place)
        assert match is not None
        place = max(match.end(), place + 1)
        _take(parts, match)
    return Query(
        terms=tuple(dict.fromkeys(parts.terms)), words=tuple(parts.words),
        state=parts.state, sort=parts.sort, each=parts.each,
    )  # fmt: skip


def _take(parts: _Parts, token: re.Match[str]) -> None:
    negated, name, rest = bool(token["sign"]), token["name"], token["rest"]
    if name is None or not rest:
        if name is not None and _known(name) is not None:
            wanted = FIELDS[_known(name) or ""]
            raise UsageError(f"{name}: {wanted.help}; for example {wanted.example}")
        _take_word(parts, negated, f"{name}:" if name else rest)
        return
    known = _known(name)
    if known is None:
        import difflib  # only where something is misspelt

        near = difflib.get_close_matches(name.casefold(), FIELDS, n=1)
        hint = f"did you mean {near[0]}:?" if near else "`triage fields` has the names."
        raise UsageError(
            f"nothing is called {one_line(name, 30)}; {hint}"
            " Put words in quotes to find them as they are"
        )
    _take_term(parts, FIELDS[known], rest, negated=negated)


def _known(name: str) -> str | None:
    folded = name.casefold()
    folded = ALIASES.get(folded, folded)
    return folded if folded in FIELDS else None


def _take_word(parts: _Parts, negated: bool, rest: str) -> None:
    if negated and rest.casefold() in FLAGS:
        parts.terms.append(Term(field="is", values=(rest.casefold(),), negated=True))
        return
    text = " ".join(rest.replace('"', " ").split())
    if text.strip("*- "):
        is_exact = '"' in rest
        parts.words.append(
            Word(
                text=text if is_exact else text.rstrip("*"),
                negated=negated,
                is_exact=is_exact,
            )
        )


def _take_term(parts: _Parts, known: Field, rest: str, *, negated: bool) -> None:
    compare, values = _values(known, rest)
    if known.name in {"state", "sort", "show"}:
        if negated or compare or len(values) != 1:
            raise UsageError(
                f"{known.name} takes one value; for example {known.example}"
            )
        if known.name == "show":
            parts.each = True
        elif known.name == "state":
            parts.state = values[0]
        else:
            parts.sort = "" if values[0] == "newest" else values[0]
        return
    parts.terms.append(
        Term(field=known.name, values=values, compare=compare, negated=negated)
    )


def _values(known: Field, rest: str) -> tuple[str, tuple[str, ...]]:
    compare = ""
    if known.kind in _ORDERED:
        match = _COMPARED.fullmatch(rest)
        assert match is not None
        compare, rest = match[1] or "", match[2]
        compare = "" if compare == "=" else compare
        if ".." in rest and not compare and '"' not in rest:
            compare, rest = "..", ",".join(rest.split("..", 1))
    values = tuple(
        dict.fromkeys(
            _value(known, (one[0] or one[1]).strip())
            for one in _VALUE.findall(rest)
            if (one[0] or one[1]).strip()
        )
    )
    wanted = {"": None, "..": 2}.get(compare, 1)
    if not values or (wanted is not None and len(values) != wanted):
        raise UsageError(
            f"{known.name} wants {'two values' if wanted == 2 else 'a value'};"
            f" for example {known.example}"
        )
    return compare, values


def _value(known: Field, value: str) -> str:
    """One value as it is kept, if the field can have it."""
    if known.kind is Kind.CHOICE:
        return _choice(known, value)
    if known.kind is Kind.NUMBER and not _NUMBER.fullmatch(value.casefold()):
        raise _off(known, value, "is no number")
    if known.kind is Kind.VERSION and not _VERSION.fullmatch(value):
        raise _off(known, value, "is no version")
    if known.kind is Kind.MOMENT and past(value, datetime.now(UTC)) is None:
        raise _off(known, value, "is no moment that has been")
    if known.kind is Kind.ID:
        return _id(known, value)
    return value


def _choice(known: Field, value: str) -> str:
    folded = value.casefold()
    if folded in known.choices:
        return folded
    begun = [one for one in known.choices if one.startswith(folded)]
    if len(begun) == 1:
        return begun[0]
    raise _off(known, value, f"is none of {', '.join(known.choices)}", example=False)


def _id(known: Field, value: str) -> str:
    letter = {"id": "f", "group": "g", "pain": "p"}[known.name]
    match = _ID.fullmatch(value.casefold())
    if match is None or match[1] not in {letter, ""}:
        raise _off(known, value, f"is no id like {letter}12", example=False)
    return f"{letter}{int(match[2])}"


def _off(known: Field, value: str, what: str, *, example: bool = True) -> UsageError:
    hint = f"; for example {known.example}" if example else ""
    return UsageError(f"{known.name}: {one_line(value, 40)} {what}{hint}")
