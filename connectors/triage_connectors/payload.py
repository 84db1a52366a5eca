"""What a service answers, taken for nothing it has not been looked at for."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from triage.connector import SourceUnavailable

if TYPE_CHECKING:
    from triage.transport import Response

Values = Mapping[str, Any]

_FIRST: Final = 0
_LAST: Final = 253_402_300_799  # the end of the year 9999


def found(answer: Response) -> dict[str, Any]:
    """Return the object an answer is; SourceUnavailable where it is none."""
    values = answer.json()
    if not isinstance(values, dict):
        raise SourceUnavailable(
            f"{answer.where} answered a list or a bare value where an object was"
            " expected; try again later"
        )
    return values


def listed(answer: Response) -> list[dict[str, Any]]:
    """Return the objects of the list an answer is."""
    return _objects(answer.json(), f"{answer.where} answered")


def rows(values: Values, name: str) -> list[dict[str, Any]]:
    """Return what must be a list of objects."""
    return _objects(values.get(name), f"the service told its {name[:40]}")


def rows_if_any(values: Values, name: str) -> list[dict[str, Any]]:
    """The same of a list that may be missing; what is there must be one."""
    return rows(values, name) if values.get(name) is not None else []


def within(values: Values, *names: str) -> dict[str, Any]:
    """Return an object inside of objects; an empty one where there is none."""
    inner: Any = values
    for name in names:
        inner = inner.get(name) if isinstance(inner, dict) else None
    return inner if isinstance(inner, dict) else {}


def inside(values: Values, name: str) -> list[dict[str, Any]]:
    """Return the objects of a list that may be missing or hold other things."""
    value = values.get(name)
    several = value if isinstance(value, list) else []
    return [one for one in several if isinstance(one, dict)]


def text(values: Values, name: str) -> str:
    """A text without the blanks around it; "" where there is none."""
    value = values.get(name)
    return value.strip() if isinstance(value, str) else ""


def texts(values: Values, name: str) -> list[str]:
    """The texts of a list that may be missing."""
    value = values.get(name)
    several = value if isinstance(value, list) else []
    return [one.strip() for one in several if isinstance(one, str) and one.strip()]


def key(values: Values, name: str = "id") -> str:
    """An id, told as a number or as text; "" where there is none."""
    value = values.get(name)
    if isinstance(value, bool):
        return ""
    return str(value) if isinstance(value, int) else text(values, name)


def must_be_key(values: Values, name: str = "id") -> str:
    """An id that must be there."""
    told = key(values, name)
    if not told:
        raise SourceUnavailable(
            f"the service told something without its {name}; try again later"
        )
    return told


def number(values: Values, name: str) -> float | None:
    """A number, also where it is written as text; None where there is none."""
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        told = float(value)
    except (ValueError, OverflowError):
        return None
    return told if math.isfinite(told) else None


def moment(values: Values, name: str) -> datetime | None:
    """A time in ISO 8601 or in seconds since 1970; None where there is none."""
    return at(values.get(name))


def must_be_moment(values: Values, name: str) -> datetime:
    """A time that must be there."""
    told = moment(values, name)
    if told is None:
        raise SourceUnavailable(
            f"the service told something without its {name}; try again later"
        )
    return told


def at(value: Any) -> datetime | None:
    """The same of a bare value; without a zone it is UTC, beyond 1e11 milliseconds."""
    if isinstance(value, str):
        try:
            told = datetime.fromisoformat(value.strip()[:40])
        except ValueError:
            return None
        return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    seconds = value / 1000 if abs(value) > 1e11 else value
    if not _FIRST <= seconds <= _LAST:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def raw(values: Any) -> bytes:
    """The bytes kept for what was told."""
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _objects(value: Any, who: str) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise SourceUnavailable(f"{who} as something else than a list; try again later")
    return value
