"""What a connector's settings are, read from its dataclass and its docstring."""

from __future__ import annotations

import dataclasses
import inspect
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from triage.connector import Secret

_KINDS: dict[Any, str] = {
    str: "text", int: "number", float: "number", bool: "yes or no", Path: "path",
    datetime: "time", Secret: "secret",
}  # fmt: skip

_ENTRY = re.compile(r"(\w+)(?: \([^)\n]*\))?: +(\S.*)")


@dataclass(frozen=True, slots=True)
class Setting:
    """
    One field of a connector.

    Attributes:
        kind: "text", "number", "yes or no", "path", "time", "list", "table", "secret".
        default: As a person would write it; "" where there is none or it is empty.
        help: What it means, in sentences.
    """

    name: str
    kind: str
    required: bool
    default: str
    help: str

    @property
    def is_secret(self) -> bool:
        """Whether it is kept elsewhere and never shown."""
        return self.kind == "secret"

    @property
    def manner(self) -> str:
        """Its kind and what it is untold: ``text, needed`` or ``number, 993``."""
        if self.required:
            return f"{self.kind}, needed"
        return f"{self.kind}, {self.default}" if self.default else self.kind


def settings_of(connector: type[Any]) -> list[Setting]:
    """The settings of a connector, in the order of its fields."""
    wanted, told = typing.get_type_hints(connector), _told(connector)
    return [
        Setting(
            name=field.name,
            kind=_kind(wanted[field.name]),
            required=is_required(field),
            default=_default(field),
            help=told.get(field.name, ""),
        )
        for field in dataclasses.fields(connector)
        if field.init
    ]


def is_required(field: dataclasses.Field[Any]) -> bool:
    """Whether a field must be told."""
    return (
        field.default is dataclasses.MISSING
        and field.default_factory is dataclasses.MISSING
    )


def if_told(wanted: Any) -> Any:
    """The type of what is told, where a field may be None: of ``Path | None``, Path."""
    if typing.get_origin(wanted) not in (typing.Union, types.UnionType):
        return wanted
    return next(one for one in typing.get_args(wanted) if one is not type(None))


def _kind(wanted: Any) -> str:
    wanted = if_told(wanted)
    origin = typing.get_origin(wanted)
    if origin is tuple:
        return "list"
    if origin is not None and issubclass(origin, Mapping):
        return "table"
    return _KINDS.get(wanted, "text")


def _default(field: dataclasses.Field[Any]) -> str:
    value = field.default
    if value is dataclasses.MISSING or value is None or isinstance(value, Secret):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)


def _told(connector: type[Any]) -> dict[str, str]:
    """What is said of each name under ``Attributes:`` of the docstring."""
    _, _, section = (inspect.getdoc(connector) or "").partition("Attributes:\n")
    lines = section.partition("\n\n")[0].splitlines()
    margin = min((_indent(line) for line in lines if line.strip()), default=0)
    told: dict[str, str] = {}
    name = ""
    for line in lines:
        found = _ENTRY.fullmatch(line.strip()) if _indent(line) == margin else None
        if found:
            name = found[1]
            told[name] = found[2]
        elif name:
            told[name] += f" {line.strip()}"
    return {name: words.replace("``", "`") for name, words in told.items()}


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
