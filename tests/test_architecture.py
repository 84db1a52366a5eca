"""The house is built as it was drawn: one direction, small files, each with a sentence."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import triage

PACKAGE = Path(triage.__file__).parent
ROOT = PACKAGE.parent
CHECKOUT = (ROOT / "pyproject.toml").exists()

LONG = {
    "demo/stories/exporting.py": "one story's sentences, read as a list",
}
"""Files over 400 lines, and why each is one."""

SOURCES = sorted(
    path
    for folder in (PACKAGE, ROOT / "connectors", ROOT / "tests")
    if folder.exists()
    for path in folder.rglob("*.py")
)


SHIPPED = [path for path in SOURCES if not path.is_relative_to(ROOT / "tests")]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.skipif(not CHECKOUT, reason="the contracts are in the checkout")
def test_layers_import_only_from_below() -> None:
    """The import contracts of pyproject.toml hold."""
    script = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [script, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_importing_us_imports_nothing() -> None:
    """``import triage`` loads no module of ours but itself, and none of anybody's."""
    code = (
        "import sys; before = set(sys.modules); import triage;"
        "print(sorted(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['triage']"


@pytest.mark.parametrize(
    ("module", "free_of"),
    [
        (
            "triage.workspace",
            {"textual", "sqlite_utils", "httpx", "numpy", "rapidfuzz", "asyncio"},
        ),
        ("triage.store.database", {"sqlite_utils", "numpy", "triage.grouping"}),
        ("triage.operations", {"sqlite3", "pysqlite3", "textual"}),
        ("triage.connector", {"httpx", "sqlite3", "pysqlite3", "textual"}),
        ("triage.model", {"triage.errors", "triage.connector"}),
    ],
)
def test_what_costs_is_imported_late(module: str, free_of: set[str]) -> None:
    """The first frame and the help come before numpy, httpx and sqlite-utils do."""
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert free_of.isdisjoint(done.stdout.split())


def test_every_module_begins_with_a_sentence() -> None:
    """The first paragraph of a file is one sentence that says what is true of it."""
    odd = {}
    for path in SHIPPED:
        text = path.read_text(encoding="utf-8")
        told = ast.get_docstring(ast.parse(text)) or ""
        first = " ".join(told.partition("\n\n")[0].split())
        is_empty = not text and path.name == "__init__.py"
        if not is_empty and not re.fullmatch(r"(?:[^.]|\.(?! ))+[.:]+", first):
            odd[named(path)] = first
    assert odd == {}


def test_files_are_read_in_one_sitting() -> None:
    """No file is longer than 400 lines, but those that say why; and those still are."""
    lines = {
        path.relative_to(PACKAGE).as_posix(): len(path.read_bytes().splitlines())
        for path in PACKAGE.rglob("*.py")
    }
    assert sorted(LONG) == sorted(name for name in lines if lines[name] > 400)


def test_every_test_is_a_promise() -> None:
    """Each test says in a sentence what it promises."""
    silent = [
        f"{named(path)}: {node.name}"
        for path in SOURCES
        if path.name.startswith("test_")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert silent == []
