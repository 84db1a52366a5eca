"""The page on asking well tells what is measured."""

from __future__ import annotations

import re
from pathlib import Path

from guides.measure import Tally, measured

PAGE = Path(__file__).parents[2] / "docs" / "RESEARCH.md"


def test_figures_of_the_page() -> None:
    """Each row of its table is what the rules do on the held-out half today."""
    page = PAGE.read_text("utf-8")
    for name, one in measured("en", "held").items():
        if name == "well asked":
            continue
        found = re.search(
            rf"^\| {name} \| (\d+) of (\d+) .* \| (\d+) of (\d+) \|$", page, re.M
        )
        assert found is not None, name
        right, said, again, told = map(int, found.groups())
        assert right == again
        assert Tally(right, said - right, told - right) == one
