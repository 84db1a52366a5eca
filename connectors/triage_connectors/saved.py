"""What a cursor holds, read back piece by piece; what is damaged is named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Cursor, SourceError, SourceUnavailable

if TYPE_CHECKING:
    from triage.transport import Response

VERSION: Final = 1
AHEAD: Final = timedelta(days=1)
"""How far another clock may be ahead of ours."""

_ANEW: Final = (
    "remove the source and add it again to read it from the start, "
    "which changes nothing that is stored"
)


def written(values: dict[str, Any]) -> Cursor:
    """Return the values as a cursor of this version."""
    return Cursor(json.dumps({"v": VERSION, **values}, separators=(",", ":")))


def parsed(cursor: Cursor, names: tuple[str, ...]) -> dict[str, Any]:
    """Return a cursor's values; SourceError where it is not one of ours."""
    try:
        saved = json.loads(cursor)
    except (ValueError, RecursionError):
        saved = None
    version = saved.get("v") if isinstance(saved, dict) else None
    if not isinstance(saved, dict) or version != VERSION:
        raise SourceError(
            "the place where this source was left cannot be read (it has version "
            f"{version!r}, known is {VERSION}): update Triage, or {_ANEW}"
        )
    if missing := [name for name in names if name not in saved]:
        raise damaged(missing[0])
    return saved


def damaged(name: str) -> SourceError:
    """Return the error for a cursor with something wrong under that name."""
    return SourceError(
        f"the place where this source was left is damaged (its {name}): {_ANEW}"
    )


def stamp(at: datetime | None) -> str:
    """A moment as a cursor holds it; "" for none."""
    return at.astimezone(UTC).isoformat() if at else ""


def moment(saved: Mapping[str, Any], name: str) -> datetime | None:
    """The moment a cursor holds; None for none."""
    value = text(saved, name)
    if not value:
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise damaged(name) from None
    if at.tzinfo is None:
        raise damaged(name)
    return at.astimezone(UTC)


def passed(at: datetime | None, now: datetime) -> None:
    """Raise ``SourceError`` for a moment to come: it would hide all until then."""
    if at is not None and at - now > AHEAD:
        raise SourceError(
            f"this source was left at {at.astimezone(UTC):%F %R} UTC, which is yet to"
            f" come: set this machine's clock right, or {_ANEW}"
        )


def is_forgotten(answer: Response, what: str, *, resumed: bool) -> bool:
    """
    Whether the page a cursor names is known no more (400), so that a walk begins anew.

    Args:
        what: Whose list of what it is, as in "Front broke off its events".
        resumed: Whether a cursor named it.

    Raises:
        SourceUnavailable: The service had just named it itself.
    """
    if answer.status == 400 and not resumed:
        raise SourceUnavailable(
            f"{what}: it does not know the page it named itself; sync again"
        )
    return answer.status == 400


def text(saved: Mapping[str, Any], name: str) -> str:
    """The text a cursor holds under a name."""
    value = saved.get(name)
    if not isinstance(value, str):
        raise damaged(name)
    return value


def texts(saved: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Several of them."""
    value = saved.get(name)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise damaged(name)
    return tuple(value)


def count(saved: Mapping[str, Any], name: str) -> int:
    """A whole number that is not negative."""
    value = saved.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise damaged(name)
    return value


def table(saved: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Values by name."""
    value = saved.get(name)
    if not isinstance(value, dict):
        raise damaged(name)
    return value
