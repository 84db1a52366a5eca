"""
Which customers may be one person, by rules a person can check; none joins anybody.

A sign is what two of them would have in common. What very many have in common says
nothing, so a sign is followed only where few share it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from itertools import permutations
from typing import NamedTuple

from triage.text.domains import is_public

FEW = 6
"""A sign that more customers share says nothing about any two of them."""


class Rule(IntEnum):
    """What speaks for two being one, the strongest last."""

    HANDLE = 1
    NAME_AND_ADDRESS = 2
    NAME_AND_COMPANY = 3
    ADDRESS = 4


class Known(NamedTuple):
    """A customer as told, with the registered domain of their address."""

    id: int
    name: str
    email: str
    company: str
    domain: str


_DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
_ROLES = """
    accounts admin billing careers contact customer feedback hello help helpdesk
    hi hr info invoice it jobs legal mail marketing me no-reply noreply office
    orders press privacy purchasing sales security service shop support team test
    webmaster
"""
_OFFICES = frozenset(_ROLES.split())
"""Addresses of nobody in particular."""

_ANYBODY = """
    anonymous anonym customer deleted guest kunde somebody unknown user username
    visitor
"""
_NOBODY = frozenset(_ANYBODY.split())
_HANDLE = re.compile(r"[a-z0-9][a-z0-9._-]*[a-z0-9_](@[a-z0-9.-]+)?")
_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SEPARATED = re.compile(r"[._-]+")


def signs(known: Known) -> Iterator[tuple[str, ...]]:
    """What this customer could have in common with another of the same person."""
    if known.email:
        yield "address", plain(known.email)
    name = name_key(known)
    if name:
        yield "name", name
        for firm in _firms(known):
            yield "works", name, firm
    for handle in _handles(known):
        yield "handle", handle


def likeness(left: Known, right: Known, *, apart: bool) -> tuple[Rule, str] | None:
    """
    The strongest rule that speaks for two being one, and why in words; None for none.

    Args:
        apart: Whether they spoke at different sources.
    """
    if left.email and right.email and plain(left.email) == plain(right.email):
        return Rule.ADDRESS, _differing(left.email, right.email)
    named = name_key(left)
    is_namesake = bool(named) and named == name_key(right)
    firms = [one for one in _firms(left) if one in set(_firms(right))]
    called = left.name or right.name
    if (
        is_namesake
        and firms
        and left.name
        and right.name
        and not _is_office(left, right)
    ):
        firm = left.company if left.company.strip() else firms[0]
        if firms[0] == left.domain:
            firm = firms[0]
        return Rule.NAME_AND_COMPANY, f"both are called {called} and are of {firm}"
    # Two addresses of one company, or of two, are two people till a name says more.
    if left.domain and right.domain:
        return None
    if is_namesake and apart:
        for one in (left, right):
            if is_made_of(one.email, _words(called)):
                return (
                    Rule.NAME_AND_ADDRESS,
                    f"both are called {called}, and {one.email} is made of that name"
                    if left.name and right.name
                    else f"{one.email} is made of the name {called}",
                )
    shared = set(_handles(left)) & set(_handles(right))
    if shared:
        return Rule.HANDLE, f"both go by {min(shared)}"
    return None


def plain(email: str) -> str:
    """The address without what follows a +, and at Gmail without dots."""
    local, _, host = email.strip().casefold().rpartition("@")
    local = local.partition("+")[0] or local
    if host in _DOTLESS:
        local, host = local.replace(".", ""), _DOTLESS[host]
    return f"{local}@{host}"


def name_key(known: Known) -> str:
    """The words of a name in any order; "" for one word, which is many people's."""
    words = _words(known.name)
    if not words and known.email:
        local = known.email.rpartition("@")[0].casefold().partition("+")[0]
        words = [one for one in _SEPARATED.split(local) if _LETTERS.fullmatch(one)]
        words = [] if any(len(one) < 2 for one in words) else words
    return " ".join(sorted(words)) if len(words) > 1 else ""


def is_made_of(email: str, words: list[str]) -> bool:
    """Whether the address is the words of a name, some of them as initials."""
    local = email.rpartition("@")[0].casefold().partition("+")[0]
    letters = "".join(_LETTERS.findall(_bare(local)))
    if not words or len(words) > 4 or len(letters) < 3:
        return False
    return any(letters in _spelled(order) for order in permutations(words))


def _spelled(words: tuple[str, ...]) -> set[str]:
    """The words one after the other, each whole or its initial, one of them whole."""
    made = {("", False)}
    for word in words:
        made = {
            (text + part, whole or part == word)
            for text, whole in made
            for part in (word, word[0])
        }
    return {text for text, whole in made if whole}


def _words(name: str) -> list[str]:
    if "@" in name:
        return []
    return _WORD.findall(_bare(name))


def _bare(text: str) -> str:
    """Without case and accents."""
    folds = text.casefold()
    if folds.isascii():
        return folds
    split = unicodedata.normalize("NFKD", folds)
    return "".join(char for char in split if not unicodedata.combining(char))


def _firms(known: Known) -> list[str]:
    told = " ".join(known.company.split()).casefold()
    return [one for one in (known.domain, told) if one]


def _handles(known: Known) -> Iterator[str]:
    """What somebody goes by that few others do."""
    name = known.name.strip()
    if name and " " not in name:
        told = name.removeprefix("@").casefold()
        is_marked = name.startswith("@") or any(c in "0123456789_.-" for c in told)
        long_enough = len(told) >= (3 if is_marked else 5)
        is_handle = is_marked or name == told
        if (
            is_handle
            and long_enough
            and told not in _NOBODY
            and _HANDLE.fullmatch(told)
        ):
            yield told
    local, _, host = known.email.casefold().rpartition("@")
    local = local.partition("+")[0]
    if len(local) >= 5 and local not in _OFFICES and is_public(host):
        yield local


def _is_office(left: Known, right: Known) -> bool:
    return any(
        one.email.rpartition("@")[0].casefold() in _OFFICES for one in (left, right)
    )


def _differing(left: str, right: str) -> str:
    """How two addresses of one mailbox differ."""
    ways = []
    if "+" in left + right:
        ways.append("what follows the +")
    locals_ = [
        one.rpartition("@")[0].partition("+")[0].casefold() for one in (left, right)
    ]
    if locals_[0] != locals_[1]:
        ways.append("dots, which Gmail ignores")
    elif not ways:
        ways.append("the spelling of one host")
    return f"{left} and {right} differ only by {' and '.join(ways)}"
