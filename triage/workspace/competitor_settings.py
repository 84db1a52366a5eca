"""The table ``[competitors]`` of a settings file, written with its comments kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from triage import toml_file


def write(path: Path, name: str, others: Sequence[str]) -> None:
    """Write a competitor and its other names, in place of what it had."""
    import tomlkit

    document = tomlkit.parse(toml_file.text(path))
    table = document.setdefault("competitors", tomlkit.table())
    table[name] = list(others)
    toml_file.write(path, tomlkit.dumps(document))


def remove(path: Path, name: str) -> None:
    """Take a competitor out."""
    import tomlkit

    document = tomlkit.parse(toml_file.text(path))
    del document["competitors"][name]
    toml_file.write(path, tomlkit.dumps(document))
