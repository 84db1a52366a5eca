"""A count stands with its word, in every sentence alike."""

from __future__ import annotations


def counted(many: int, one: str, several: str = "") -> str:
    """``1 person``, ``2,000 people``; an s where no other word is given."""
    return f"{many:,} {one if many == 1 else several or one + 's'}"
