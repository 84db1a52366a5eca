"""The order of a product's versions, for SQL."""

from __future__ import annotations


def version_order(version: object) -> str | None:
    """A text that sorts as the version does; None for what is no version."""
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
    if not numbers:
        return None
    padded = [*numbers, *(0,) * 6][:6]
    return ".".join(f"{min(one, 10**12):013d}" for one in padded)
