"""What a connector is: a frozen dataclass that explains each of its settings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any, cast

from triage.connector import Connector, Secret
from triage.testing.promise import promise


def check_settings(connector: Connector) -> None:
    kind = type(connector)
    params = getattr(kind, "__dataclass_params__", None)
    promise(
        is_dataclass(connector) and params is not None and params.frozen,
        f"{kind.__name__} is a frozen dataclass: its fields are its settings.",
    )
    summary = getattr(kind, "summary", None)
    promise(
        isinstance(summary, str) and bool(summary.strip()) and "\n" not in summary,
        f"{kind.__name__}.summary says in one line what it reads.",
    )
    told = _told(kind)
    for setting in fields(cast("Any", connector)):
        promise(
            not setting.init or setting.name in told,
            f"The docstring of {kind.__name__} explains {setting.name!r} under"
            " “Attributes:”, where the settings form finds it.",
        )


def _told(kind: type) -> set[str]:
    """Return the names explained under ``Attributes:`` of a class's docstring."""
    _, _, section = (inspect.getdoc(kind) or "").partition("Attributes:\n")
    return set(re.findall(r"^ +(\w+)(?: \([^)\n]*\))?: +\S", section, re.MULTILINE))


def canaries(connector: Connector) -> list[str]:
    found = [
        secret.reveal()
        for setting in fields(cast("Any", connector))
        for secret in _within(getattr(connector, setting.name))
    ]
    for value in found:
        promise(
            len(value) >= 8,
            "A Secret in a test has eight characters or more: shorter ones are found"
            " in any text, and prove nothing.",
        )
    return found


def _within(value: object) -> Iterable[Secret]:
    if isinstance(value, Secret):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _within(inner)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for inner in value:
            yield from _within(inner)
