"""One JSON object as it is read: every complaint names the place it is about."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

Choice = TypeVar("Choice", bound=StrEnum)

HIGHEST_ID = 10**12
"""Ids above this are no ids of ours; they would use up all that are left."""


class Malformed(Exception):
    """Something is missing or of another kind; the message says what and where."""


class Fields:
    """The values of one object; ``place`` is its path from the top of the file."""

    def __init__(self, told: Any, place: str = "") -> None:
        if not isinstance(told, Mapping):
            raise Malformed(f"{place or 'it'} is no JSON object")
        self._told = told
        self._place = place

    def __contains__(self, name: str) -> bool:
        return name in self._told

    def text(self, name: str) -> str:
        """Any text; empty where it is not told."""
        told = self._told.get(name, "")
        if not isinstance(told, str):
            raise self.wrong(name, "text")
        try:
            told.encode()
        except UnicodeEncodeError as error:
            raise self.wrong(name, "whole characters") from error
        return told

    def words(self, name: str) -> str:
        """Text that is not blank."""
        told = self.text(name)
        if not told.strip():
            raise self.wrong(name, "text that is not blank")
        return told

    def short(self, letter: str) -> int:
        """The number in an ``id`` such as ``p3``."""
        return self._number_of("id", self.text("id"), letter)

    def shorts(self, name: str, letter: str) -> tuple[int, ...]:
        """The numbers in a list of such ids; empty where it is not told."""
        return tuple(
            self._number_of(name, told, letter) for told in self.words_of(name)
        )

    def whole(self, name: str) -> int | None:
        """A whole number, small enough to be stored; None where it is not told."""
        told = self._told.get(name)
        if told is None:
            return None
        if isinstance(told, bool) or not isinstance(told, int) or abs(told) >= 2**63:
            raise self.wrong(name, "a whole number")
        return told

    def number(self, name: str) -> float | None:
        """A number; None where it is not told."""
        told = self._told.get(name)
        if told is None:
            return None
        if isinstance(told, bool) or not isinstance(told, int | float):
            raise self.wrong(name, "a number")
        try:
            value = float(told)
        except OverflowError as error:
            raise self.wrong(name, "a number of sane size") from error
        if not math.isfinite(value):
            raise self.wrong(name, "a number of sane size")
        return value

    def truth(self, name: str) -> bool:
        """True or false."""
        told = self._told.get(name)
        if not isinstance(told, bool):
            raise self.wrong(name, "true or false")
        return told

    def moment(self, name: str) -> datetime:
        """A moment with its time zone."""
        told = self.moment_or_none(name)
        if told is None:
            raise self.wrong(name, "a moment like 2026-01-31T09:00:00Z")
        return told

    def moment_or_none(self, name: str) -> datetime | None:
        """A moment with its time zone; None where it is not told."""
        told = self._told.get(name)
        if told is None:
            return None
        try:
            at = datetime.fromisoformat(told)
            moved = at.astimezone(UTC)
        except (TypeError, ValueError, OverflowError) as error:
            raise self.wrong(name, "a moment like 2026-01-31T09:00:00Z") from error
        if at.tzinfo is None:
            raise self.wrong(name, "a moment with a time zone")
        return moved

    def choice(self, name: str, choices: type[Choice]) -> Choice:
        """One of a few words."""
        try:
            return choices(self.text(name))
        except ValueError as error:
            raise self.wrong(name, f"one of {', '.join(choices)}") from error

    def words_of(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty where it is not told."""
        parts = self._list(name)
        return tuple(
            Fields({"text": part}, self._at(f"{name}[{index}]")).text("text")
            for index, part in enumerate(parts)
        )

    def objects(self, name: str) -> Iterator[Fields]:
        """Each object of a list; none where it is not told."""
        for index, part in enumerate(self._list(name)):
            yield Fields(part, self._at(f"{name}[{index}]"))

    def object(self, name: str) -> Fields:
        """The object under this name."""
        return Fields(self._told.get(name), self._at(name))

    def mapping(self, name: str) -> dict[str, Any]:
        """Any object as it is; empty where it is not told."""
        told = self._told.get(name, {})
        if not isinstance(told, dict):
            raise self.wrong(name, "a JSON object")
        return told

    def wrong(self, name: str, wanted: str) -> Malformed:
        """The complaint that ``name`` is missing or is not what was wanted."""
        if name not in self._told:
            return Malformed(f"{self._at(name)} is missing")
        return Malformed(f"{self._at(name)} is not {wanted}")

    def _number_of(self, name: str, told: str, letter: str) -> int:
        digits = told[1:]
        if told[:1] != letter or not (digits.isascii() and digits.isdigit()):
            raise self.wrong(name, f"an id like {letter}3")
        if len(digits) > 13 or not 0 < int(digits) <= HIGHEST_ID:
            raise self.wrong(name, "an id we could have given")
        return int(digits)

    def _list(self, name: str) -> list[Any]:
        told = self._told.get(name, [])
        if not isinstance(told, list):
            raise self.wrong(name, "a list")
        return told

    def _at(self, name: str) -> str:
        return f"{self._place}.{name}" if self._place else name
