"""Connectors and exports, found by entry point: ours and a stranger's alike."""

from __future__ import annotations

import dataclasses
import difflib
import sys
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triage.connector import Secret
from triage.errors import ConfigError
from triage.settings import if_told, is_required

if TYPE_CHECKING:
    # It brings mail and archives along; a first frame looks for no plugin.
    from importlib.metadata import EntryPoint, EntryPoints

CONNECTORS = "triage.connectors"
EXPORTS = "triage.exports"

_DOES = ("pull", "planned", "send")
"""What a connector does at least one of: it brings feedback, plans, or sends."""

OURS = "feedback-triage"
"""What this package is called where packages are installed."""


def names(group: str) -> list[str]:
    """What is installed, without importing any of it."""
    return sorted({point.name for point in _points(group)})


def packages(group: str) -> dict[str, str]:
    """Which package each name is from, without importing any of it."""
    return {point.name: _package(point) for point in _points(group)}


def one(group: str, name: str) -> Any:
    """The class of that name; a broken one raises, since it was asked for."""
    for point in _points(group):
        if point.name == name:
            return _load(point)
    known = names(group)
    near = difflib.get_close_matches(name, known, 1)
    hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(known)}"
    word = "connector" if group == CONNECTORS else "format"
    raise ConfigError(f"no {word} is called {name!r}{hint}")


def every(group: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Everything that loads, by name, and why the rest did not."""
    loaded: dict[str, Any] = {}
    broken: dict[str, str] = {}
    for point in _points(group):
        try:
            loaded[point.name] = _load(point)
        except ConfigError as error:
            broken[point.name] = str(error)
    return loaded, broken


def pulls(connector: Any) -> bool:
    """Whether a sync asks it for anything: feedback, or what is planned there."""
    return any(callable(getattr(connector, name, None)) for name in ("pull", "planned"))


def build(
    connector: type[Any],
    settings: Mapping[str, Any],
    base: Path,
    secret: Callable[[str, str], Secret] = lambda name, text: Secret(text),  # noqa: ARG005
) -> Any:
    """
    The connector with these settings, text turned into what its fields want.

    Relative paths start at ``base``. An unknown or missing setting is a
    ``ConfigError`` that names the nearest known one.

    Args:
        secret: What a setting of that name and text stands for; itself, untold.
    """
    fields = {field.name: field for field in dataclasses.fields(connector)}
    wanted = typing.get_type_hints(connector)
    values: dict[str, Any] = {}
    for name, given in settings.items():
        if name not in fields:
            near = difflib.get_close_matches(name, fields, 1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(fields)}"
            raise ConfigError(f"{connector.__name__} has no setting {name!r}; {hint}")
        values[name] = _converted(name, given, wanted[name], base)
        if isinstance(values[name], Secret) and isinstance(given, str):
            values[name] = secret(name, given)
    for name, field in fields.items():
        if is_required(field) and name not in values:
            raise ConfigError(
                f"the setting {name!r} is missing; add {name}=…", missing=name
            )
    return connector(**values)


def value(connector: type[Any], name: str, given: str) -> Any:
    """One setting as its field wants it; a ``ConfigError`` where it does not fit."""
    wanted = typing.get_type_hints(connector)[name]
    return _converted(name, given, wanted, Path.cwd())


def _points(group: str) -> EntryPoints:
    from importlib.metadata import entry_points

    return entry_points(group=group)


def whose(error: BaseException) -> str:
    """Which connector a bug is in, where it is one of a stranger's; else ""."""
    from traceback import extract_tb  # where nothing is wrong, nobody asks

    at: BaseException | None = error
    files: set[str] = set()
    while at is not None:
        files |= {frame.filename for frame in extract_tb(at.__traceback__)}
        at = at.__cause__
    for point in _points(CONNECTORS):
        module = sys.modules.get(point.module)
        file = getattr(module, "__file__", None)
        if file in files and point.dist and point.dist.name != OURS:
            return f"the connector {point.name} (from {point.dist.name})"
    return ""


def _load(point: EntryPoint) -> Any:
    try:
        loaded = point.load()
    # A stranger's module may raise anything at all, or end the program as a script.
    except (Exception, SystemExit) as error:
        raise ConfigError(
            f"{point.name} (from {_package(point)}) does not load:"
            f" {type(error).__name__}: {error}"
        ) from error
    if point.group == CONNECTORS and not (
        dataclasses.is_dataclass(loaded)
        and isinstance(getattr(loaded, "summary", None), str)
        and any(callable(getattr(loaded, name, None)) for name in _DOES)
    ):
        raise ConfigError(
            f"{point.name} (from {_package(point)}) is no connector: it has to be a"
            " dataclass with a summary and a pull, or planned, or send"
        )
    return loaded


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.value


def _converted(name: str, given: Any, wanted: Any, base: Path) -> Any:
    if given is None and if_told(wanted) is not wanted:
        return None
    wanted = if_told(wanted)
    origin = typing.get_origin(wanted)
    try:
        if origin is tuple:
            parts = given.split(",") if isinstance(given, str) else given
            return tuple(str(part).strip() for part in parts if str(part).strip())
        if origin is not None and issubclass(origin, Mapping):
            return _table(name, given)
        if wanted is Path:
            return (base / Path(str(given)).expanduser()).absolute()
        if wanted is bool:
            return truth(given)
        if wanted is datetime:
            return _moment(given)
        if wanted is Secret:
            return given if isinstance(given, Secret) else Secret(str(given))
        return wanted(given)
    except (TypeError, ValueError) as error:
        raise ConfigError(
            f"the setting {name}={given!r} does not fit: {error}"
        ) from error


def _table(name: str, given: Any) -> dict[str, str]:
    """Text by name; ``TypeError`` where it is one text."""
    if isinstance(given, str):
        raise TypeError(f"it is a table: {name}.NAME=VALUE sets one entry")
    return {str(key): str(value) for key, value in dict(given).items()}


def _moment(given: Any) -> datetime:
    """A date or a time, as TOML or a person writes it; UTC where no zone is said."""
    if isinstance(given, date) and not isinstance(given, datetime):
        given = given.isoformat()
    at = given if isinstance(given, datetime) else datetime.fromisoformat(str(given))
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def truth(given: Any) -> bool:
    """Yes or no, as TOML or a person writes it; ``ValueError`` where it is neither."""
    if isinstance(given, bool):
        return given
    word = str(given).casefold()
    if word in {"true", "yes", "on", "1"}:
        return True
    if word in {"false", "no", "off", "0"}:
        return False
    raise ValueError("say yes or no")
