"""How much each voice and input counts, as the settings have it; hashed, so named."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from triage.errors import ConfigError

URGENCY: Mapping[str, float] = MappingProxyType(
    {
        "priority.urgent": 15, "due": 12, "blocking": 8, "priority.high": 6,
        "scheduled": 5, "active": 4, "priority.medium": 3.9, "age": 2,
        "priority.low": 1.8, "tags": 1, "annotations": 1, "project": 1,
        "waiting": -3, "blocked": -5,
    }
)  # fmt: skip
"""Coefficients of urgency, as taskwarrior has them (its documentation, "urgency")."""

WSJF: Mapping[str, float] = MappingProxyType(
    {"business_value": 1, "time_criticality": 1, "risk_reduction": 1}
)
"""How much each part of the cost of delay counts; SAFe adds them as they are."""

FORMULAS = (
    "demand", "rice", "ice", "wsjf", "opportunity", "kano", "moscow", "urgency",
    "drivers",
)  # fmt: skip
"""Names of the formulas there are; what they are stands above in ``scoring``."""

_NUMBERS = {"company_cap": 9.0, "inferred": 0.5}


@dataclass(frozen=True, slots=True)
class Segment:
    """
    A saved query over customers, and how much a voice in it counts.

    Attributes:
        query: As for a view; a voice is in it where its latest feedback is found.
        weight: 1 counts as everybody; who is in several counts by the highest.
    """

    name: str
    query: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """
    Everything a score takes from the settings.

    Attributes:
        formula: The one that ranks where nobody names another.
        company_cap: Demand one company may add at most; 0 is no cap.
        inferred: How much an inferred quote counts beside an observed one, 0 to 1.
        drivers: Own drivers of value, each rated 0 to 5, by name with their weight.
    """

    formula: str = "demand"
    company_cap: float = _NUMBERS["company_cap"]
    inferred: float = _NUMBERS["inferred"]
    segments: tuple[Segment, ...] = ()
    drivers: Mapping[str, float] = field(default_factory=dict)
    urgency: Mapping[str, float] = field(default_factory=lambda: dict(URGENCY))
    wsjf: Mapping[str, float] = field(default_factory=lambda: dict(WSJF))

    def told(self) -> dict[str, Any]:
        """As JSON values, to be kept and read again by ``of_told``."""
        return asdict(self)

    @property
    def hash(self) -> str:
        """The same for the same weights; the formula chosen is none of them."""
        told = self.told()
        del told["formula"]
        text = json.dumps(told, sort_keys=True, separators=(",", ":"))
        return sha256(text.encode()).hexdigest()[:12]


def of_told(told: Mapping[str, Any]) -> Weights:
    """The weights that were kept."""
    segments = tuple(Segment(**one) for one in told["segments"])
    return Weights(**{**told, "segments": segments})


def read(path: Path, score: Any, segments: Any) -> Weights:
    """
    What the tables ``[score]`` and ``[segments]`` say.

    Raises:
        ConfigError: Something in them is unknown or no weight.
    """
    known = {"formula", "drivers", "urgency", "wsjf", *_NUMBERS}
    if not isinstance(score, Mapping) or set(score) - known:
        raise ConfigError(f"{path}: [score] holds {', '.join(sorted(known))} only")
    formula = score.get("formula", "demand")
    if not isinstance(formula, str):
        raise ConfigError(f'{path}: formula is a name, like formula = "rice"')
    if formula not in FORMULAS:
        raise ConfigError(
            f"{path}: no formula is called {formula!r}; there are {', '.join(FORMULAS)}"
        )
    numbers = {
        name: _number(f"{path}: {name} of [score]", score.get(name, usual))
        for name, usual in _NUMBERS.items()
    }
    if numbers["inferred"] > 1:
        raise ConfigError(f"{path}: inferred of [score] goes from 0 to 1")
    return Weights(
        formula=formula,
        segments=_segments(path, segments),
        drivers=_table(path, score, "drivers", None),
        urgency={**URGENCY, **_table(path, score, "urgency", URGENCY)},
        wsjf={**WSJF, **_table(path, score, "wsjf", WSJF)},
        **numbers,
    )


def _segments(path: Path, told: Any) -> tuple[Segment, ...]:
    wrong = (
        f'{path}: [segments] are queries, like enterprise = "plan:enterprise", or'
        ' {query = "…", weight = 2}'
    )
    if not isinstance(told, Mapping):
        raise ConfigError(wrong)
    found = []
    for name, one in told.items():
        table = {"query": one} if isinstance(one, str) else one
        if (
            not isinstance(table, Mapping)
            or not isinstance(table.get("query"), str)
            or set(table) - {"query", "weight"}
        ):
            raise ConfigError(wrong)
        weight = _number(f"{path}: weight of {name}", table.get("weight", 1))
        found.append(Segment(name, table["query"], weight))
    return tuple(found)


def _table(
    path: Path, score: Mapping[str, Any], name: str, known: Mapping[str, float] | None
) -> dict[str, float]:
    told = score.get(name, {})
    if not isinstance(told, Mapping):
        raise ConfigError(f"{path}: [score.{name}] is a table of numbers")
    unknown = set(told) - set(known) if known is not None else set()
    if unknown:
        holds = ", ".join(known or ())
        raise ConfigError(
            f"{path}: [score.{name}] has no {min(unknown)}; it holds {holds}"
        )
    return {
        one: _number(f"{path}: {one} of [score.{name}]", value, least=-math.inf)
        for one, value in told.items()
    }


def _number(place: str, told: Any, least: float = 0.0) -> float:
    if isinstance(told, bool) or not isinstance(told, int | float):
        raise ConfigError(f"{place} is a number, not {told!r}")
    if not math.isfinite(told) or told < least:
        raise ConfigError(f"{place} is {least:g} or more, not {told!r}")
    return float(told)
