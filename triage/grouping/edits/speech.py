"""A text is in some language, and each language has its own way of putting things."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice
from random import Random
from typing import Any

LETTERS = 40
"""Letters looked at to tell a script, and words to tell a language."""

_BOUNDS = {"ko": (r"(?<!\w)", ""), "ja": ("", ""), "zh": ("", "")}
"""Words that grow endings, or stand unparted, are found inside what is written."""

_SCRIPTS = {"HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh"}
_EDGES = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases that may stand for each other: to the same end, or to another."""

    pattern: re.Pattern[str]
    instead: dict[str, list[str]]

    def replaced(self, dice: Random, text: str, share: float, most: int) -> str:
        """Put another phrase for a share of those that occur, at most ``most``."""
        matches = self.pattern.finditer(text)
        # Ignoring case, “ſ” is taken for “s”; such a phrase has no line of its own.
        found = [one for one in matches if _key(one.group()) in self.instead]
        found = [one for one in found if dice.random() < share]
        chosen = dice.sample(found, min(most, len(found)))
        for one in sorted(chosen, key=lambda one: -one.start()):
            other = dice.choice(self.instead[_key(one.group())])
            text = text[: one.start()] + cased(other, one.group()) + text[one.end() :]
        return text


@dataclass(frozen=True, slots=True)
class Speech:
    """What people of one language write around and instead of words."""

    greetings: list[str]
    farewells: list[str]
    replies: list[str]
    devices: list[str]
    fillers: list[str]
    same: Phrases
    other: Phrases


@cache
def tables() -> dict[str, dict[str, Any]]:
    """What is known, by language code; "any" holds what is written alike in all."""
    told = resources.files(__package__).joinpath("speech.toml")
    return tomllib.loads(told.read_text(encoding="utf-8"))


@cache
def anybody(name: str) -> list[str]:
    """Return what is written alike in every language: names, phones, faces …"""
    found: list[str] = tables()["any"][name]
    return found


@cache
def speech(language: str) -> Speech:
    """How a language puts things; English where we know no better."""
    code = language if language in tables() else "en"
    told = tables()[code]
    return Speech(
        greetings=told["greetings"],
        farewells=told["farewells"],
        replies=told["replies"],
        devices=told["devices"],
        fillers=told["fillers"],
        same=_phrases(told["same"], code),
        other=_phrases(told["other"], code),
    )


def language(text: str) -> str:
    """
    Guess the language a text is in: a code of ours, a script's name, or "".

    Latin letters without a single small word we know are "": no language of ours.
    """
    script = "LATIN" if text.isascii() else _script(text)
    if script != "LATIN":
        return _SCRIPTS.get(script, script.lower())
    marks = _marks()
    words = (_EDGES.sub("", word) for word in text.lower().split()[:LETTERS])
    known = Counter(code for word in words for code in marks.get(word, ()))
    return max(known, key=known.__getitem__, default="")


def cased(word: str, like: str) -> str:
    """Write a word in capitals, or with a first one, where its model has them."""
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def _script(text: str) -> str:
    """The script of most letters, by Unicode's name; kana among Han is kana."""
    letters = islice((sign for sign in text if sign.isalpha()), LETTERS)
    named = Counter(re.split("[ -]", unicodedata.name(sign, ""))[0] for sign in letters)
    if "HIRAGANA" in named or "KATAKANA" in named:
        return "HIRAGANA"
    return max(named, key=named.__getitem__, default="")


@cache
def _marks() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, told in tables().items():
        for word in told["marks"] if code != "any" else ():
            found.setdefault(word, []).append(code)
    return found


def _key(phrase: str) -> str:
    return phrase.lower().replace("’", "'")


def _phrases(lines: str, code: str) -> Phrases:
    instead: dict[str, list[str]] = {}
    for line in lines.split("\n"):
        ways = line.split("/")
        for way in ways if line else ():
            known = instead.setdefault(way, [])
            known.extend(it for it in ways if it != way and it not in known)
    longest = sorted(instead, key=len, reverse=True)
    said = "|".join(re.escape(way).replace("'", "['’]") for way in longest)
    before, after = _BOUNDS.get(code, (r"(?<!\w)", r"(?!\w)"))
    return Phrases(re.compile(f"{before}(?:{said}){after}", re.I), instead)
