"""Tables are learned the same way every time, and those shipped can be made again."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

import pytest

from bench.grouping.trained_on import texts_of
from triage.grouping.comparing import FALLING, FIGURES, RISING
from triage.grouping.tables import SHIPPED, Tables, shipped
from triage.grouping.training import train


@cache
def invented(many: int) -> list[str]:
    """Texts of words nobody uses, no two of which say the same."""
    dice = Random(many)
    words = [
        "".join(dice.choice("bdfgklmnprstvz") + dice.choice("aeiou") for _ in range(3))
        for _ in range(3000)
    ]
    return [" ".join(dice.choices(words, k=9)) for _ in range(many)]


@cache
def trained(seed: int) -> Tables:
    return train({"invented (CC0)": invented(1100)}, version="own-1", seed=seed)


def test_the_same_texts_and_seed_give_the_same_tables() -> None:
    """Training twice gives the same file, which reads back as it was written."""
    once = trained(7).to_json()
    again = train({"invented (CC0)": invented(1100)}, version="own-1", seed=7)
    assert again.to_json() == once
    assert Tables.from_json(once).to_json() == once
    assert trained(8).to_json() != once


@pytest.mark.parametrize(
    "tables", [shipped, lambda: trained(7)], ids=["shipped", "own"]
)
def test_tables_only_rise_or_only_fall(tables: object) -> None:
    """More of what speaks for a pair never takes points, more against never gives."""
    found = tables()  # type: ignore[operator]
    assert set(found.tables) == set(FIGURES)
    for name, table in found.tables.items():
        assert list(table.edges) == sorted(table.edges), name
        assert len(table.points) == len(table.edges) + 1
        assert list(table.points) == sorted(table.points, reverse=name in FALLING)
    assert set(found.tables) == RISING | FALLING


@pytest.mark.parametrize("texts", [[], ["too few of them"], invented(400)])
def test_too_few_texts_say_so(texts: Sequence[str]) -> None:
    """What is too little to learn from is refused with how much would do."""
    with pytest.raises(
        ValueError, match="usable texts are too few; give at least 1000"
    ):
        train({"few (CC0)": texts}, version="own-1", seed=1)


def test_the_shipped_tables_can_be_made_again() -> None:
    """From the texts they name, with their seed, the shipped tables come out."""
    shared = Path(
        os.environ.get("TRIAGE_SHARED") or Path(__file__).parents[3] / "shared"
    )
    folder = shared / "data" / "dev"
    if not (folder / "feedback.jsonl").exists():
        pytest.skip("needs the shared data, named by TRIAGE_SHARED")
    told = shipped()
    given = {name: texts_of(name, folder) for name in told.trained["texts"]}
    made = train(given, version=told.version, seed=told.trained["seed"])
    assert made.to_json() == SHIPPED.read_text(encoding="utf-8")
