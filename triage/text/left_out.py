"""A message shown whole: what it says now, in its place among what was left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

_MAILBOX_MARK = re.compile(r">{1,50}(?=From )")


@dataclass(frozen=True, slots=True)
class Part:
    """
    Some lines of a message.

    Attributes:
        start: Where they begin in the text that was kept; None where they were left
            out of it.
    """

    text: str
    start: int | None

    @property
    def lines(self) -> int:
        """How many of its lines say anything."""
        return sum(bool(line.strip()) for line in self.text.split("\n"))


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def parts(kept: str, whole: str) -> tuple[Part, ...]:
    """
    The whole message in runs of lines that were kept and that were left out.

    The runs kept are pieces of ``kept`` as it stands. Where it is no selection of the
    whole's lines, it comes first and the whole, left out, after it.
    """
    own = [line for line in _lines(kept) if line.text.strip()]
    told = [line.text for line in _lines(whole) if line.text.strip()]
    chosen = _chosen([_bare(line.text) for line in own], [_bare(one) for one in told])
    if chosen is None:
        return tuple(_worth([Part(kept, 0), Part(whole, None)]))
    return tuple(_worth(_runs(kept, own, told, chosen, _all_lines(whole))))


def _runs(
    kept: str,
    own: Sequence[_Line],
    told: Sequence[str],
    chosen: Sequence[int | None],
    spaced: Sequence[Sequence[str]],
) -> Iterator[Part]:
    places = range(len(told))
    for is_left_out, run in groupby(places, key=lambda place: chosen[place] is None):
        found = list(run)
        first, last = chosen[found[0]], chosen[found[-1]]
        if is_left_out or first is None or last is None:
            text = "\n".join(line for place in found for line in spaced[place])
            yield Part(text.strip("\n"), None)
        else:
            start, end = own[first].start, own[last].end
            yield Part(kept[start:end], start)


def _chosen(kept: Sequence[str], whole: Sequence[str]) -> list[int | None] | None:
    """Which line of the kept each line of the whole is; None if some are missing."""
    found: list[int | None] = []
    at = 0
    for line in whole:
        if at < len(kept) and kept[at] == line:
            found.append(at)
            at += 1
        else:
            found.append(None)
    return found if at == len(kept) else None


def _all_lines(text: str) -> list[list[str]]:
    """Each line that says something, with the empty ones before it."""
    found: list[list[str]] = []
    empty: list[str] = []
    for line in _lines(text):
        empty.append(line.text)
        if line.text.strip():
            found.append(empty)
            empty = []
    return found


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        yield _Line(line, start)
        start += len(line) + 1


def _bare(line: str) -> str:
    """A line as two renderings of one message have it alike."""
    return " ".join(_MAILBOX_MARK.sub("", line, count=1).split())


def _worth(found: Iterator[Part] | Sequence[Part]) -> Iterator[Part]:
    return (part for part in found if part.text.strip())
