"""A package for a connector of one's own is written whole, or not at all."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from triage import scaffold
from triage.errors import ConfigError


@pytest.mark.parametrize(
    ("name", "module", "class_"),
    [("acme", "triage_acme", "Acme"), ("my-desk-2", "triage_my_desk_2", "MyDesk2")],
)
def test_it_is_known_by_its_name(
    tmp_path: Path, name: str, module: str, class_: str
) -> None:
    """Package, module, class and entry point are named after it; no blank is left."""
    files = scaffold.write(name, tmp_path, {})
    folder = tmp_path / f"triage-{name}"
    told = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    points = told["project"]["entry-points"]["triage.connectors"]
    assert points == {name: f"{module}:{class_}"}
    assert f"class {class_}:" in (folder / f"{module}.py").read_text(encoding="utf-8")
    assert all("{{" not in file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize(
    "name", ["", "Acme", "acme_desk", "-acme", "a--b", "../x", "a b", "1a", "x" * 41]
)
def test_what_is_no_name_is_refused(tmp_path: Path, name: str) -> None:
    """A name that could not be typed, or leads out of the folder, writes nothing."""
    with pytest.raises(ConfigError, match="is no name for a connector"):
        scaffold.write(name, tmp_path, {})
    assert not list(tmp_path.iterdir())


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    """Two connectors of one name would hide each other; who has it is said."""
    with pytest.raises(ConfigError, match="feedback-triage has a connector csv"):
        scaffold.write("csv", tmp_path, {"csv": "feedback-triage"})
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """What somebody has begun stays as it is."""
    scaffold.write("acme", tmp_path, {})
    file = tmp_path / "triage-acme" / "triage_acme.py"
    file.write_text("mine")
    with pytest.raises(ConfigError, match="is there already; nothing was written"):
        scaffold.write("acme", tmp_path, {})
    assert file.read_text() == "mine"
