"""
Settings, in TOML: a workspace's own beside its file, a person's in their folder.

``work.db`` has ``work.toml``: its sources. The person's ``config.toml`` holds keys and
looks, which belong to no workspace. Both are read once and passed on.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from triage import practice, toml_file, weights
from triage.errors import ConfigError, UsageError
from triage.practice import Practice
from triage.weights import Weights

_NONE: Mapping[str, Any] = MappingProxyType({})

_LOOKS = ("ascii", "reduce_motion")


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """
    One ``[sources.NAME]`` table.

    Attributes:
        settings: Everything but the connector's name and ``writes``, as written; a
            secret may be among them.
        writes: Whether anything may be sent there; else it is only read.
    """

    name: str
    connector: str
    settings: Mapping[str, Any] = field(repr=False)
    writes: bool = False


@dataclass(frozen=True, slots=True)
class SavedView:
    """
    One entry of ``[views]``.

    Attributes:
        query: As a person would type it; read when the view is opened.
        columns: Names of the columns of its list; none for the usual ones.
    """

    name: str
    query: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """
    What was read.

    Attributes:
        path: The workspace's settings file; need not exist.
        views: Saved views by name, in the order of the file.
        keys: Action to keys, as the person remapped them.
        theme: Name of a theme; "" for the default.
        clipboard: "terminal", "file", or "" for whichever seems to work.
        by: How this person's decisions are signed.
        strict: Whether only what is surest is grouped without asking.
        reasons: Why feedback is declined here, offered before the usual reasons.
        attaches: Whether arrivals the machine is sure of are attached unasked.
        replies: Templates of replies by name, in the order of the file.
        weights: How much each voice and input of a score counts.
        practice: Whom we are compared with, and time set aside to listen.
        ascii: Whether the app shows nothing but ASCII; None leaves it to the terminal.
        reduce_motion: Whether nothing in the app moves or blinks by itself.
    """

    path: Path
    sources: Mapping[str, SourceSettings] = field(default_factory=dict)
    views: Mapping[str, SavedView] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    theme: str = ""
    clipboard: str = ""
    by: str = ""
    strict: bool = False
    attaches: bool = False
    reasons: tuple[str, ...] = ()
    replies: Mapping[str, str] = field(default_factory=dict)
    weights: Weights = field(default_factory=Weights)
    practice: Practice = field(default_factory=Practice)
    ascii: bool | None = None
    reduce_motion: bool = False


def default_database() -> Path:
    """Where the workspace is unless ``--db`` or ``TRIAGE_DB`` says otherwise."""
    from platformdirs import user_data_path

    return user_data_path("triage") / "triage.db"


def person_folder() -> Path:
    """Where a person's keys and themes lie; ``TRIAGE_HOME`` moves it."""
    told = os.environ.get("TRIAGE_HOME")
    if told:
        return Path(told)
    from platformdirs import user_config_path

    return user_config_path("triage")


def secrets_folder() -> Path:
    """Where a person's secrets lie that no keyring keeps."""
    return (person_folder() / "secrets").absolute()


def settings_path(database: Path) -> Path:
    """The settings file of a workspace: beside it, with the ending ``.toml``."""
    return database.parent / f"{database.stem}.toml"


def load(database: Path) -> Config:
    """The settings in force for a workspace."""
    path = settings_path(database)
    own = toml_file.read(path)
    person_path = person_folder() / "config.toml"
    person = toml_file.read(person_path)
    unknown = set(own) - {
        "sources", "views", "grouping", "triage", "replies", "keys", "theme", "by",
        "clipboard", "score", "segments", "competitors", "listening", *_LOOKS,
    }  # fmt: skip
    if unknown:
        raise ConfigError(f"{path}: nothing is called [{min(unknown)}]")
    grouping = _grouping(path, own.get("grouping", _NONE))
    return Config(
        path=path,
        sources=_sources(path, own.get("sources", _NONE)),
        views=_views(path, own.get("views", _NONE)),
        keys={**_keys(person_path, person), **_keys(path, own)},
        theme=str(own.get("theme") or person.get("theme") or ""),
        clipboard=_clipboard(path, own) or _clipboard(person_path, person),
        by=str(own.get("by") or person.get("by") or _login()),
        strict=bool(grouping.get("strict", False)),
        attaches=grouping.get("attach") == "auto",
        reasons=_reasons(path, own.get("triage", _NONE)),
        replies=_replies(path, own.get("replies", _NONE)),
        weights=weights.read(path, own.get("score", _NONE), own.get("segments", _NONE)),
        practice=practice.practice(path, own),
        ascii=_whether("ascii", (path, own), (person_path, person)),
        reduce_motion=bool(
            _whether("reduce_motion", (path, own), (person_path, person))
        ),
    )


def add_source(path: Path, source: SourceSettings) -> None:
    """Write a source into the settings file, keeping what people wrote there."""
    import tomlkit

    document = tomlkit.parse(toml_file.text(path))
    sources = document.setdefault("sources", tomlkit.table(is_super_table=True))
    if source.name in sources:
        raise ConfigError(
            f"a source is called {source.name} already; choose another name, or"
            f" `triage sources remove {source.name}` first"
        )
    table = tomlkit.table()
    table["connector"] = source.connector
    for name, value in _told(source).items():
        table[name] = dict(value) if isinstance(value, Mapping) else value
    sources[source.name] = table
    toml_file.write(path, tomlkit.dumps(document))


def change_source(path: Path, source: SourceSettings) -> None:
    """Write a source's settings in place of those it has; comments there stay."""
    import tomlkit

    document: Any = tomlkit.parse(toml_file.text(path))
    table = document["sources"][source.name]
    told = _told(source)
    for name in set(table) - set(told) - {"connector"}:
        del table[name]
    for name, value in told.items():
        if table.get(name) != value:
            table[name] = dict(value) if isinstance(value, Mapping) else value
    toml_file.write(path, tomlkit.dumps(document))


def _told(source: SourceSettings) -> Mapping[str, Any]:
    """What its table holds beside the connector's name."""
    return {**source.settings, **({"writes": True} if source.writes else {})}


def remove_source(path: Path, name: str) -> None:
    """Take a source out of the settings file; its feedback stays."""
    import tomlkit

    document = tomlkit.parse(toml_file.text(path))
    sources = document.get("sources", {})
    if name not in sources:
        raise ConfigError(
            f"no source is called {name}; `triage sources list` shows them"
        )
    del sources[name]
    toml_file.write(path, tomlkit.dumps(document))


def save_view(path: Path, view: SavedView) -> None:
    """Write a view into the settings file, in place of one of that name."""
    import tomlkit

    document = tomlkit.parse(toml_file.text(path))
    views = document.setdefault("views", tomlkit.table())
    if view.columns:
        table = tomlkit.inline_table()
        table["query"] = view.query
        table["columns"] = list(view.columns)
        views[view.name] = table
    else:
        views[view.name] = view.query
    toml_file.write(path, tomlkit.dumps(document))


def remove_view(path: Path, name: str) -> None:
    """Take a view out of the settings file."""
    import tomlkit

    document = tomlkit.parse(toml_file.text(path))
    views = document.get("views", {})
    if name not in views:
        raise ConfigError(f"no view is called {name}; `triage views` lists them")
    del views[name]
    toml_file.write(path, tomlkit.dumps(document))


def _views(path: Path, told: Any) -> dict[str, SavedView]:
    if not isinstance(told, Mapping):
        raise ConfigError(f'{path}: views are a table of queries, like angry = "…"')
    found = {}
    for name, one in told.items():
        table = {"query": one} if isinstance(one, str) else one
        if (
            not isinstance(table, Mapping)
            or not isinstance(table.get("query"), str)
            or set(table) - {"query", "columns"}
        ):
            raise ConfigError(
                f'{path}: the view {name} is a query, like {name} = "rating:<=2",'
                ' or {query = "…", columns = ["age", "what"]}'
            )
        columns = table.get("columns", [])
        if not isinstance(columns, list) or not all(
            isinstance(column, str) for column in columns
        ):
            raise ConfigError(f"{path}: columns of the view {name} are a list of names")
        found[name] = SavedView(name, table["query"], tuple(columns))
    return found


def keep_theme(path: Path, name: str) -> Path:
    """
    Write the theme chosen where one is set, else among the person's own settings.

    Args:
        path: The workspace's settings file.

    Returns:
        The file it stands in now.
    """
    import tomlkit

    if "theme" not in toml_file.read(path):
        path = person_folder() / "config.toml"
    document = tomlkit.parse(toml_file.text(path))
    document["theme"] = name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{path.parent} cannot be made: {error.strerror}") from error
    toml_file.write(path, tomlkit.dumps(document))
    return path


def _whether(name: str, *told: tuple[Path, Mapping[str, Any]]) -> bool | None:
    """What the first file that says so says; None where none does."""
    for path, settings in told:
        said = settings.get(name)
        if isinstance(said, bool):
            return said
        if said is not None:
            raise ConfigError(f"{path}: {name} is true or false")
    return None


def _sources(path: Path, tables: Any) -> dict[str, SourceSettings]:
    if not isinstance(tables, Mapping):
        raise ConfigError(f"{path}: sources are tables, like [sources.reviews]")
    found = {}
    for name, table in tables.items():
        if not isinstance(table, Mapping) or "connector" not in table:
            raise ConfigError(f'{path}: [sources.{name}] needs connector = "…"')
        rest = dict(table)
        connector, writes = str(rest.pop("connector")), rest.pop("writes", False)
        if not isinstance(writes, bool):
            raise ConfigError(f"{path}: writes of [sources.{name}] is true or false")
        found[name] = SourceSettings(name, connector, rest, writes)
    return found


def _grouping(path: Path, told: Any) -> Mapping[str, Any]:
    if not isinstance(told, Mapping) or set(told) - {"strict", "attach"}:
        raise ConfigError(f"{path}: [grouping] holds strict and attach, nothing else")
    if not isinstance(told.get("strict", False), bool):
        raise ConfigError(f"{path}: strict is true or false")
    if told.get("attach", "ask") not in ("ask", "auto"):
        raise ConfigError(f'{path}: attach is "ask" or "auto", not {told["attach"]!r}')
    return told


def _reasons(path: Path, told: Any) -> tuple[str, ...]:
    if not isinstance(told, Mapping) or set(told) - {"reasons"}:
        raise ConfigError(f"{path}: [triage] holds reasons, nothing else")
    reasons = told.get("reasons", [])
    if not isinstance(reasons, list) or not all(
        isinstance(one, str) and one.strip() and one.isprintable() for one in reasons
    ):
        raise ConfigError(
            f'{path}: reasons are a list of texts, like ["not planned", "wrong app"]'
        )
    return tuple(" ".join(one.split()) for one in reasons)


def _replies(path: Path, told: Any) -> Mapping[str, str]:
    if not told:
        return _NONE
    from triage.text.filling import KNOWN, variables

    if not isinstance(told, Mapping) or not all(
        isinstance(text, str) and text.strip() for text in told.values()
    ):
        raise ConfigError(
            f'{path}: replies are texts, like thanks = "Hello {{author}}"'
        )
    for name, text in told.items():
        try:
            variables(text, KNOWN)
        except UsageError as error:
            raise ConfigError(f"{path}: the reply {name}: {error}") from error
    return told


def _clipboard(path: Path, settings: Mapping[str, Any]) -> str:
    told = settings.get("clipboard", "")
    if told not in {"", "terminal", "file"}:
        raise ConfigError(f'{path}: clipboard is "terminal" or "file", not {told!r}')
    return str(told)


def _keys(path: Path, settings: Mapping[str, Any]) -> Mapping[str, str]:
    keys = settings.get("keys", _NONE)
    if not isinstance(keys, Mapping) or not all(
        isinstance(key, str) for key in keys.values()
    ):
        raise ConfigError(f'{path}: keys are a table of texts, like accept = "a"')
    return keys


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
