"""Answers in JSON with one thing wrong in them, made out of the true one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from triage.testing.lies import Lie
from triage.transport.answered import Answer

_OPENED = re.compile(rb'{(?=\s*")')


def _beside(member: bytes) -> Lie:
    """The same with one member more in its first object."""

    def lie(honest: Answer) -> bytes | None:
        if _value(honest) is None:
            return None
        told, found = _OPENED.subn(b"{" + member + b",", honest.content, count=1)
        return told if found else None

    return lie


def _instead(body: bytes) -> Lie:
    """Something else altogether, where JSON was promised."""
    return lambda honest: None if _value(honest) is None else body


def nothing(honest: Answer) -> bytes | None:
    """No byte at all."""
    return b"" if honest.content else None


def marked(honest: Answer) -> bytes | None:
    """The same behind a byte order mark."""
    return None if _value(honest) is None else b"\xef\xbb\xbf" + honest.content


def doubled(honest: Answer) -> bytes | None:
    """The same with each member of the outermost object twice, first without value."""
    value = _value(honest)
    if not value or not isinstance(value, dict):
        return None
    first = ",".join(f"{json.dumps(name)}:null" for name in value)
    return f"{{{first},{json.dumps(value)[1:]}".encode()


def surrogates_beside(honest: Answer) -> bytes | None:
    """Half a character beside the values of every row."""
    value = _value(honest)
    told = json.dumps(_in_rows(value))
    return None if value is None or told == json.dumps(value) else told.encode()


def surrogates_within(honest: Answer) -> bytes | None:
    """Half a character at the end of whatever is more than a word."""
    value = _value(honest)
    told = json.dumps(_halved(value))
    return None if value is None or told == json.dumps(value) else told.encode()


def other_types(honest: Answer) -> bytes | None:
    """Text for lists, numbers for text, in the outermost object."""
    value = _value(honest)
    if not value or not isinstance(value, dict):
        return None
    return json.dumps({name: _other(inner) for name, inner in value.items()}).encode()


REFUSED: Mapping[str, Lie] = {
    "no number (NaN)": _beside(b'"zz": NaN'),
    "a number without end (1e999)": _beside(b'"zz": 1e999'),
    "100,000 lists in one another": _instead(b"[" * 100_000),
    "a number of 5,000 digits": _beside(b'"zz": ' + b"7" * 5000),
    "no byte at all": nothing,
}
"""What no answer may hold."""

HARMLESS: Mapping[str, Lie] = {
    "a byte order mark": marked,
    "every name twice, the first without value": doubled,
    "half a character beside each row": surrogates_beside,
}
"""What is no reason not to understand the rest."""


def _value(honest: Answer) -> Any:
    """The answer's JSON; None where it is none."""
    try:
        return json.loads(honest.content)
    except ValueError:
        return None


def _in_rows(value: Any, in_list: bool = False) -> Any:
    if isinstance(value, list):
        return [_in_rows(inner, True) for inner in value]
    if not isinstance(value, dict):
        return value
    told = {name: _in_rows(inner) for name, inner in value.items()}
    return told | {"zz": "half a \ud83d"} if in_list else told


def _halved(value: Any) -> Any:
    if isinstance(value, list):
        return [_halved(inner) for inner in value]
    if isinstance(value, dict):
        return {name: _halved(inner) for name, inner in value.items()}
    return f"{value}\ud83d" if isinstance(value, str) and " " in value else value


def _other(value: Any) -> Any:
    match value:
        case list():
            return "none"
        case str():
            return 7
    return value
