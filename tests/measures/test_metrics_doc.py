"""What the page on metrics says is what the code does."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from triage.cli.program import program
from triage.measures import FEW
from triage.measures.ces import ces
from triage.measures.csat import csat
from triage.measures.figure import Measure
from triage.measures.metric import (
    FIRST_ANSWER,
    RETENTION,
    TASK_DONE,
    TASK_TIME,
    Gauge,
    measures_of,
)
from triage.measures.nps import nps
from triage.measures.price import KEYS, RESAMPLES, sensitivity
from triage.measures.retention import LEFT_AT, LEFT_KEYS, STAYED_KEYS
from triage.measures.reviews import reviews
from triage.measures.usability import DONE, FEW_TRIED, SECONDS
from triage.workspace.metrics import PARTS

TEXT = (Path(__file__).parents[2] / "docs" / "METRICS.md").read_text(encoding="utf-8")


def test_every_formula_is_in_the_table() -> None:
    """Each figure's formula stands in the table, with its version."""
    gauges = [
        FIRST_ANSWER, RETENTION, TASK_DONE, TASK_TIME,
        Gauge(FIRST_ANSWER.origin.SURVEY, "stars", "1-5"),
    ]  # fmt: skip
    measures: list[Measure] = [nps(), csat("1-5"), csat(""), *ces("1-7")]
    measures.append(reviews("stars", "1-5"))
    measures += [one for gauge in gauges for one in measures_of(gauge, {})]
    formulas = {one.formula for one in measures}
    formulas |= {one.formula for one in sensitivity([]).points}
    assert len(formulas) == 13
    assert {one for one in formulas if f"| `{one}` |" in TEXT} == formulas


def test_the_numbers_and_names_are_those_of_the_code() -> None:
    """How few are too few, and what values are called beside the words."""
    assert (FEW, FEW_TRIED, RESAMPLES) == (10, 5, 400)
    for name in (*KEYS, *STAYED_KEYS, *LEFT_KEYS, LEFT_AT, DONE, SECONDS):
        assert f"`{name}`" in TEXT, name
    for part in PARTS:
        assert part in TEXT, part


@pytest.mark.parametrize(
    "line", re.findall(r"^triage metrics[^#\n]*", TEXT, re.MULTILINE)
)
def test_its_examples_are_commands(line: str) -> None:
    """Each line of the page is one Triage understands."""
    name, *words = shlex.split(line)[1:]
    context = program.make_context("triage", [], resilient_parsing=True)
    command = program.get_command(context, name)
    assert command is not None
    command.make_context(name, words, parent=context).close()
