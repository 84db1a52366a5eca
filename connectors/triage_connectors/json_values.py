"""JSON from strangers: an object of bounded depth and numbers, or a reason."""

from __future__ import annotations

import json
import math
from typing import Any, Final, NoReturn

_DEEPEST: Final = 32
_LARGEST: Final = 1 << 63


class Bad(ValueError):
    """Why a text is no JSON object that can be kept."""


class Parser:
    """Parses one object after the other."""

    __slots__ = ("_decode", "raw_decode")

    def __init__(self) -> None:
        decoder = json.JSONDecoder(
            parse_int=_integer, parse_float=_number, parse_constant=_no_number
        )
        self._decode = decoder.decode
        self.raw_decode = decoder.raw_decode

    def parse(self, text: str) -> dict[str, Any]:
        """Return the object a text holds; raises Bad."""
        try:
            value = self._decode(text)
        except Bad:
            raise
        except json.JSONDecodeError as error:
            raise Bad(f"not JSON: {error.msg} at character {error.pos + 1}") from None
        except RecursionError:
            raise Bad("nested too deep") from None
        if value.__class__ is not dict:
            raise Bad(f"not a JSON object but {_called(value)}")
        if text.count("{") + text.count("[") > _DEEPEST and _depth(value) > _DEEPEST:
            raise Bad(f"nested more than {_DEEPEST} deep")
        found: dict[str, Any] = value
        return found


def _integer(digits: str) -> int:
    if len(digits) <= 20:
        value = int(digits)
        if -_LARGEST <= value < _LARGEST:
            return value
    raise Bad(f"a number with {len(digits.lstrip('-'))} digits is too large")


def _number(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise Bad(f"the number {digits[:40]} is too large")
    return value


def _no_number(name: str) -> NoReturn:
    raise Bad(f"{name} is not JSON")


def _called(value: Any) -> str:
    names = {list: "an array", str: "a text", bool: "true or false"}
    return "null" if value is None else names.get(type(value), "a number")


def _depth(value: Any) -> int:
    deepest = 0
    waiting = [(value, 1)]
    while waiting:
        inner, depth = waiting.pop()
        if isinstance(inner, dict):
            inner = list(inner.values())
        if isinstance(inner, list):
            deepest = max(deepest, depth)
            waiting.extend((one, depth + 1) for one in inner)
    return deepest
