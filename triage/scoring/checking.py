"""Whether a number may be an estimate: its name an input, its value on that scale."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from triage.errors import UsageError
from triage.scoring.formula import Input
from triage.scoring.formulas import FORMULAS, input_named
from triage.scoring.inputs import COLUMNS
from triage.weights import Weights

_TAIL = re.compile(r"[^\s.\x00-\x1f\x7f](?:[^\x00-\x1f\x7f]{0,59})")
"""Names of segments and drivers: on one line, and short enough for a column."""


def checked_input(name: str, weights: Weights) -> Input:
    """
    The input of that name.

    Raises:
        UsageError: No formula asks for it, or the settings name no such driver.
    """
    found = input_named(name)
    head, _, tail = name.partition(".")
    if found is None or (tail and not _TAIL.fullmatch(tail)):
        raise UsageError(f"no formula asks for {name!r}; they ask for {_names()}")
    if head == "driver" and tail not in weights.drivers:
        known = ", ".join(weights.drivers) or "none yet"
        raise UsageError(
            f"no driver is called {tail!r}; [score.drivers] of the settings names"
            f" {known}"
        )
    return found


def checked(name: str, value: float, weights: Weights) -> Input:
    """
    The input, which holds that value.

    Raises:
        UsageError: As ``checked_input``, or the value is not on its scale.
    """
    found = checked_input(name, weights)
    if not math.isfinite(value) or not found.holds(value):
        whole = ", whole numbers" if found.unit == "count" else ""
        raise UsageError(f"{name} is {value:g}; it is {found.scale}{whole}")
    return found


def checked_columns(columns: Mapping[str, Any], weights: Weights) -> None:
    """
    Whether whatever of these columns of a pain point is an input holds its value.

    Raises:
        UsageError: A value is not on its scale; None is on every one.
    """
    for name in COLUMNS:
        if columns.get(name) is not None:
            checked(name, columns[name], weights)


def _names() -> str:
    every = (told.name for one in FORMULAS.values() for told in one.inputs)
    return ", ".join(dict.fromkeys(every))
