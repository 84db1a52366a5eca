"""What a brief is laid out in; each text is plain, and the writers neutralise it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1 is the title; there is one."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences; ``quiet`` where they are about how something was counted."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list of sentences."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A customer's words, and who said them."""

    text: str
    who: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; a heading that begins with ``>`` is of numbers."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """
    Counts in order of time.

    Attributes:
        says: All of it as a sentence, for who sees no picture.
        parts: As many of each count are of a kind that stands out.
        split: So many bars lie before the moment everything is about; 0 for none.
        small: Whether it stands beside a text.
    """

    says: str
    values: tuple[int, ...]
    parts: tuple[int, ...] = ()
    split: int = 0
    small: bool = False


Block = Heading | Paragraph | Points | Said | Table | Bars
