"""A score is a sum of points, looked up in tables that only rise or only fall."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from triage.grouping.texts import Floats

SHIPPED = Path(__file__).with_name("tables.json")


@dataclass(frozen=True, slots=True)
class Table:
    """
    The points a figure is worth.

    Attributes:
        edges: Where the points change, ascending; a figure on an edge is above it.
        points: Log-odds below the first edge, between each two, above the last.
    """

    edges: tuple[float, ...]
    points: tuple[float, ...]

    def of(self, figure: Floats) -> Floats:
        """The points of each value."""
        return np.asarray(self.points)[np.searchsorted(self.edges, figure, "right")]


@dataclass(frozen=True, slots=True)
class Tables:
    """
    What turns the figures of a pair into log-odds that both say the same.

    Attributes:
        version: Names these tables; another one regroups.
        start: Log-odds before any figure is looked at.
        tables: One for each of ``comparing.FIGURES``.
        trained: On what, with which seed, how well: to be read by people.
    """

    version: str
    start: float
    tables: Mapping[str, Table]
    trained: Mapping[str, Any]

    def points(self, figures: Mapping[str, Floats]) -> dict[str, Floats]:
        """The points each figure gives each pair."""
        return {name: table.of(figures[name]) for name, table in self.tables.items()}

    def total(self, points: Mapping[str, Floats]) -> Floats:
        """The log-odds they sum to, rounded where sums differ by their order."""
        return np.round(sum(points.values(), start=np.float64(self.start)), 6)

    def to_json(self) -> str:
        """The tables as text: a line a table, so that a change can be read."""
        told = asdict(self)
        tables = told.pop("tables")
        lines = [f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in tables.items()]
        head = json.dumps(told, indent=1, ensure_ascii=False).removesuffix("\n}")
        return f'{head},\n "tables": {{\n' + ",\n".join(lines) + "\n }\n}\n"

    @classmethod
    def from_json(cls, text: str) -> Tables:
        """The tables this text holds."""
        told = json.loads(text)
        return cls(
            version=told["version"],
            start=told["start"],
            tables={
                name: Table(tuple(table["edges"]), tuple(table["points"]))
                for name, table in told["tables"].items()
            },
            trained=told["trained"],
        )


@cache
def shipped() -> Tables:
    """The tables this version of the program scores with."""
    return Tables.from_json(SHIPPED.read_text(encoding="utf-8"))
