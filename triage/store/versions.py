"""The order of a product's versions, for SQL."""

from __future__ import annotations

PARTS = 6
"""Numbers of a version that are compared; those it does not have are 0."""


def version_numbers(version: object) -> tuple[int, ...]:
    """The numbers it begins with: 5, 2 and 1 of ``v5.2.1-beta``; none of no version."""
    numbers: list[int] = []
    number = ""
    for letter in f"{version}."[:60]:
        if letter.isascii() and letter.isdigit():
            number += letter
        elif number:
            numbers.append(int(number))
            number = ""
            if letter != ".":
                break
        elif numbers or letter not in "vV ":
            break
    return tuple(numbers[:PARTS])


def version_order(version: object) -> str | None:
    """A text that sorts as the version does; None for what is no version."""
    numbers = version_numbers(version)
    if not numbers:
        return None
    padded = [*numbers, *(0,) * PARTS][:PARTS]
    return ".".join(f"{min(one, 10**12):013d}" for one in padded)
