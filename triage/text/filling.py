"""Texts with ``{variables}`` in them, and what is put in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from triage.errors import UsageError
from triage.model import Feedback

OF_FEEDBACK: Mapping[str, Callable[[Feedback], str]] = {
    "author": lambda said: said.author,
    "company": lambda said: said.company,
    "title": lambda said: said.title,
    "rating": lambda said: "" if said.rating is None else f"{said.rating:g}",
    "version": lambda said: said.app_version,
    "product": lambda said: _first(said, "product", "app"),
    "device": lambda said: _first(said, "device"),
    "os": lambda said: _first(said, "os"),
    "country": lambda said: _first(said, "country"),
    "language": lambda said: said.language,
    "source": lambda said: said.source,
}
"""What a reply may say of the feedback it answers, by name."""

OF_TELLING = ("pain", "plan", "promise", "quote")
"""What it may say besides, to somebody who is told what became of what they asked."""

KNOWN = (*OF_FEEDBACK, *OF_TELLING)
"""Every variable there is."""


def values(
    feedback: Feedback, telling: Mapping[str, str] | None = None
) -> dict[str, str]:
    """What each variable stands for; of a telling nothing where none is told."""
    told = {name: value(feedback) for name, value in OF_FEEDBACK.items()}
    return told | dict.fromkeys(OF_TELLING, "") | dict(telling or {})


_PART = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_UNFIT = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def variables(text: str, known: Collection[str]) -> list[str]:
    """
    The names a text asks for, each once.

    ``{author}`` is a name, ``{author|there}`` one with what stands there where it is
    empty, ``{{`` and ``}}`` are braces.

    Raises:
        UsageError: A brace is alone, or a name is none that is known.
    """
    found: dict[str, None] = {}
    for match in _PART.finditer(text):
        if match.group() in {"{{", "}}"}:
            continue
        if match[1] is None:
            raise UsageError(
                f"a lone {match.group()} at character {match.start() + 1}; a brace is"
                f" written twice, {match.group() * 2}"
            )
        name = match[1].partition("|")[0].strip()
        if name not in known:
            import difflib

            near = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean {{{near[0]}}}?" if near else _all(known)
            raise UsageError(f"nothing is called {{{name}}}; {hint}")
        found[name] = None
    return list(found)


def lacking(text: str, values: Mapping[str, str]) -> list[str]:
    """The names a text asks for that are empty, and nothing stands in for them."""
    bare = [
        match[1].strip()
        for match in _PART.finditer(text)
        if match[1] is not None and "|" not in match[1]
    ]
    return [name for name in dict.fromkeys(bare) if not _clean(values[name])]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with these in it, each on one line and rid of control characters."""

    def put(match: re.Match[str]) -> str:
        if match[1] is None:
            return match.group()[0]
        name, _, instead = match[1].partition("|")
        return _clean(values[name.strip()]) or instead

    return _PART.sub(put, text)


def _first(said: Feedback, *names: str) -> str:
    told = (said.context.get(name) for name in names)
    return next((str(one) for one in told if one not in {None, ""}), "")


def _clean(value: str) -> str:
    # Line feeds and tabs part words; the rest would only steer what shows it.
    return _UNFIT.sub("", " ".join(value.split())).strip()


def _all(known: Collection[str]) -> str:
    return "there are " + ", ".join(f"{{{name}}}" for name in known)
