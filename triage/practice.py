"""How empathy is practised: whom we are compared with, time set aside to listen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from triage.errors import ConfigError

MINUTES = 60.0
"""Minutes a week, unless the settings say otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """
    What ``[competitors]`` and ``[listening]`` say.

    Attributes:
        competitors: Their names, each with other ways people write it.
        minutes: Minutes a week set aside for listening.
    """

    competitors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    minutes: float = MINUTES


def practice(path: Path, told: Mapping[str, Any]) -> Practice:
    """
    Read both tables of a settings file.

    Raises:
        ConfigError: One is not as it should be; says how it is written.
    """
    return Practice(
        competitors=_competitors(path, told.get("competitors", {})),
        minutes=_minutes(path, told.get("listening", {})),
    )


def _competitors(path: Path, told: object) -> dict[str, tuple[str, ...]]:
    how = 'like Acme = ["acme pro", "acmeapp"]'
    if not isinstance(told, Mapping):
        raise ConfigError(f"{path}: [competitors] is a table of names, {how}")
    found = {}
    for name, others in told.items():
        if not isinstance(others, list) or not all(
            isinstance(one, str) and one.strip() for one in others
        ):
            raise ConfigError(
                f"{path}: {name} in [competitors] is a list of other names, {how};"
                " [] for none"
            )
        found[name] = tuple(others)
    return found


def _minutes(path: Path, told: object) -> float:
    if not isinstance(told, Mapping) or set(told) - {"minutes"}:
        raise ConfigError(f"{path}: [listening] knows minutes = {MINUTES:.0f} alone")
    minutes = told.get("minutes", MINUTES)
    if isinstance(minutes, bool) or not isinstance(minutes, int | float):
        raise ConfigError(f"{path}: minutes of [listening] is a number")
    if not 0 < minutes <= 7 * 24 * 60:
        raise ConfigError(f"{path}: minutes of [listening] is a number within a week")
    return float(minutes)
