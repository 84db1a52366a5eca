"""How well the rules find what people marked: ``python tests/guides/measure.py``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from triage.guides.judging import marks
from triage.guides.rules import Kind, rules
from triage.measures import wilson

LABELLED = Path(__file__).parent / "questions.jsonl"


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one kind: marked rightly, marked wrongly, missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """How many of those marked are so; 1 where none was."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1

    @property
    def recall(self) -> float:
        """How many of those that are so were marked; 1 where none is."""
        return (
            self.right / (self.right + self.missed) if self.right + self.missed else 1
        )


def labelled(language: str, half: str) -> list[tuple[str, set[str]]]:
    """Questions with the kinds a person gave them."""
    told = (json.loads(line) for line in LABELLED.read_text("utf-8").splitlines())
    return [
        (one["question"], set(one["kinds"]))
        for one in told
        if (one["language"], one["half"]) == (language, half)
    ]


def measured(language: str, half: str) -> dict[str, Tally]:
    """A tally per kind, and of ``well asked``: nothing marked, and rightly so."""
    table = rules(language)
    assert table is not None
    pairs = [
        ({str(mark.kind) for mark in marks(question, table)}, kinds)
        for question, kinds in labelled(language, half)
    ]
    tallies = {
        str(kind): _tally((kind in found, kind in told) for found, told in pairs)
        for kind in Kind
    }
    any_mark = _tally((bool(found), bool(told)) for found, told in pairs)
    well = _tally((not found, not told) for found, told in pairs)
    return {**tallies, "any mark": any_mark, "well asked": well}


def _tally(pairs: Iterable[tuple[bool, bool]]) -> Tally:
    told = list(pairs)
    return Tally(
        right=told.count((True, True)),
        wrong=told.count((True, False)),
        missed=told.count((False, True)),
    )


def _span(part: int, whole: int) -> str:
    if not whole:
        return "none"
    low, high = wilson(part, whole)
    return f"{part / whole:.3f} [{low:.2f}, {high:.2f}] {part}/{whole}"


def main() -> None:
    """Print the table of both languages; which half, the first word says."""
    half = sys.argv[1] if len(sys.argv) > 1 else "held"
    for language in ("en", "de"):
        print(f"{language}, {half}: {len(labelled(language, half))} questions")
        print(f"{'':14}{'precision':34}recall")
        for name, one in measured(language, half).items():
            right = one.right
            precision = _span(right, right + one.wrong)
            print(f"{name:14}{precision:34}{_span(right, right + one.missed)}")


if __name__ == "__main__":
    main()
