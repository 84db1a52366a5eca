"""
The rules questions are judged by, one table a language: data a person can read.

A table is a file of ``rules``. Its patterns are regular expressions in which ``{name}``
stands for any word of the list of that name; ``en.toml`` says the rest at its top.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any


class Kind(StrEnum):
    """What may be wrong with a question."""

    LEADING = "leading"
    CLOSED = "closed"
    DOUBLE = "double"
    HYPOTHETICAL = "hypothetical"
    VAGUE = "vague"


Pattern = re.Pattern[str]

_NUMBER = r"\W{0,2}(?:\d{1,3}(?:\.\d{1,3})*)?[a-z]?\W{0,2}[:.)]"
"""What follows a label: "Q1.2:"."""


@dataclass(frozen=True, slots=True)
class Sign:
    """
    What gives a kind away.

    Attributes:
        find: Its group ``cue``, or else the whole match, is what gave it away.
        why: Said to a person; ``{cue}`` stands for those words.
        unless: Where this is found too, it does not count.
        drop: The question is as good without the words.
    """

    kind: Kind
    find: Pattern
    why: str
    unless: Pattern | None = None
    drop: bool = False


@dataclass(frozen=True, slots=True)
class Rewording:
    """How a question is asked openly: its own words, put in the places of ``make``."""

    find: Pattern
    make: str


@dataclass(frozen=True, slots=True)
class Praise:
    """What is well asked, and why."""

    find: Pattern
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """
    Which lines of a guide are questions, and which only look closed.

    Attributes:
        refers: Words of a question that goes on from the one before.
    """

    notes: Pattern
    labels: Pattern
    invites: Pattern
    open_requests: Pattern
    probes: Pattern
    refers: Pattern


@dataclass(frozen=True, slots=True)
class Verbs:
    """What is known of verbs: states, and forms that no rule makes."""

    stative: frozenset[str]
    past: Mapping[str, str]
    by_participle: Mapping[str, str]
    doubled: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """
    The table of one language, ready to use.

    Attributes:
        pairs: What is one thing, though it has an "and" in it.
        opening, story, feelings: What a guide as a whole has to have somewhere.
        patterns: Per kind, a form to fill in where no words can be taken over.
    """

    code: str
    language: str
    pairs: Pattern
    reading: Reading
    opening: Pattern
    story: Pattern
    feelings: Pattern
    signs: tuple[Sign, ...]
    praise: tuple[Praise, ...]
    rewordings: tuple[Rewording, ...]
    patterns: Mapping[Kind, str]
    verbs: Verbs


def languages() -> list[str]:
    """The codes of the languages there is a table of."""
    folder = resources.files("triage.guides") / "rules"
    names = (file.name for file in folder.iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name[-5:] == ".toml")


@cache
def rules(code: str) -> Rules | None:
    """The table of a language; None where there is none."""
    if code not in languages():
        return None
    file = resources.files("triage.guides") / "rules" / f"{code}.toml"
    return made(code, tomllib.loads(file.read_text("utf-8")))


def made(code: str, told: Mapping[str, Any]) -> Rules:
    """What a table says, its patterns compiled."""
    lists = {name: any_of(words) for name, words in told["lists"].items()}
    lists["stative"] = any_of(told["verbs"]["stative"])
    reading, whole = told["reading"], told["whole"]

    def compiled(pattern: str) -> Pattern:
        return _compiled(pattern, lists)

    return Rules(
        code=code,
        language=told["language"],
        pairs=compiled(rf"\b{any_of(told['pairs']['one'])}\b"),
        reading=Reading(
            notes=compiled(rf"{any_of(reading['notes'])}\b[^?:]{{0,40}}:"),
            labels=compiled(rf"{any_of(reading['labels'])}{_NUMBER}"),
            invites=compiled(reading["invites"]),
            open_requests=compiled(reading["open_requests"]),
            probes=compiled(reading["probes"]),
            refers=compiled(reading["refers"]),
        ),
        opening=compiled(whole["opening"]),
        story=compiled(whole["story"]),
        feelings=compiled(whole["feelings"]),
        signs=tuple(
            Sign(
                kind=Kind(one["kind"]),
                find=compiled(one["find"]),
                why=one["why"],
                unless=compiled(one["unless"]) if "unless" in one else None,
                drop=one.get("drop", False),
            )
            for one in told["mark"]
        ),
        praise=tuple(
            Praise(compiled(one["find"]), one["why"]) for one in told["praise"]
        ),
        rewordings=tuple(
            Rewording(compiled(one["find"]), one["make"]) for one in told["open"]
        ),
        patterns={Kind(kind): text for kind, text in told["patterns"].items()},
        verbs=_verbs(told["verbs"]),
    )


def any_of(words: str) -> str:
    """A pattern for any of the words between commas, the longest first."""
    entries = sorted((" ".join(one.split()) for one in words.split(",")), key=len)
    found = [
        re.escape(one.rstrip("*")) + (r"\w*" if one.endswith("*") else "")
        for one in reversed(entries)
        if one
    ]
    # What has no words is never found.
    return f"(?:{'|'.join(found)})" if found else "(?!)"


def _compiled(pattern: str, lists: Mapping[str, str]) -> Pattern:
    def words(found: re.Match[str]) -> str:
        return lists.get(found[1], found[0])

    return re.compile(re.sub(r"\{([a-z]+)\}", words, pattern), re.I)


def _verbs(told: Mapping[str, str]) -> Verbs:
    forms = [one.split() for one in told["irregular"].split(",") if one.strip()]
    return Verbs(
        stative=frozenset(one.strip() for one in told["stative"].split(",")),
        past={plain: past for plain, past, _ in forms},
        by_participle={participle: past for _, past, participle in forms},
        doubled=frozenset(one.strip() for one in told["doubled"].split(",")),
    )
