"""What a JMAP server answers, taken for nothing it has not been looked at for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from triage.connector import SourceUnavailable


def text(values: Mapping[str, Any], name: str) -> str:
    """Return what must be a text that says something."""
    value = values.get(name)
    if not isinstance(value, str) or not value:
        raise strange(name)
    return value


def texts(values: Mapping[str, Any], name: str) -> list[str]:
    """Return what must be a list of texts."""
    value = values.get(name)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise strange(name)
    return value


def rows(values: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return what must be a list of objects."""
    value = values.get(name)
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise strange(name)
    return value


def within(values: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return an object inside of objects; an empty one where there is none."""
    inner: Any = values
    for name in names:
        inner = inner.get(name) if isinstance(inner, dict) else None
    return inner if isinstance(inner, dict) else {}


def number(values: Mapping[str, Any], name: str, otherwise: int) -> int:
    """Return a whole number from 0 on; ``otherwise`` where none is given."""
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        return otherwise
    return value


def strange(name: str) -> SourceUnavailable:
    """Return the error for an answer with something wrong under that name."""
    return SourceUnavailable(
        f"the mail server's answer is not what JMAP promises (its {name[:40]!r});"
        " try again later, or read this account with the imap connector"
    )


def named(names: Sequence[str], limit: int = 12) -> str:
    """Return names as one phrase, the first of them where there are many."""
    shown = ", ".join(names[:limit])
    more = len(names) - limit
    return f"{shown} and {more} more" if more > 0 else shown or "none"
