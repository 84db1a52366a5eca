"""What the docs say of formulas and inputs is what the code does."""

from __future__ import annotations

from pathlib import Path

from triage.scoring import FORMULAS, Origin

TEXT = (Path(__file__).parents[2] / "docs" / "PRIORITIES.md").read_text()


def test_the_table_of_formulas() -> None:
    """Each formula stands in the table in its own words, in the order offered."""
    rows = "\n".join(
        f"| `{one.title}` | {one.says} | {one.source} |" for one in FORMULAS.values()
    )
    assert f"|---|---|---|\n{rows}\n\n" in TEXT


def test_the_table_of_inputs() -> None:
    """Each input stands in the table with its scale and every formula that asks for it."""
    asked = [one for formula in FORMULAS.values() for one in formula.inputs]
    rows = []
    for name in dict.fromkeys(one.name for one in asked):
        one = next(one for one in asked if one.name == name)
        users = [f.name for f in FORMULAS.values() for i in f.inputs if i.name == name]
        rows.append(f"| `{name}` | {one.says} | {one.scale} | {', '.join(users)} |")
    table = "\n".join(rows)
    assert f"|---|---|---|---|\n{table}\n\n" in TEXT


def test_the_table_of_origins() -> None:
    """Each origin of an input is explained."""
    for one in Origin:
        assert f"| `{one.value}` |" in TEXT
