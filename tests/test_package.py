"""What is installed is what the checkout holds."""

from __future__ import annotations

import json
from importlib.metadata import distribution, entry_points
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]

SHIPPED = {".py", ".tcss", ".html", ".css", ".js", ".svg"}


@pytest.fixture(scope="module")
def installed() -> set[str]:
    """The files of the installed wheel, as paths inside it."""
    wheel = distribution("feedback-triage")
    told = wheel.read_text("direct_url.json")
    if told and json.loads(told).get("dir_info", {}).get("editable"):
        pytest.skip("installed editable, so there is no wheel; `.ci/up test` makes one")
    return {str(file) for file in wheel.files or ()}


def test_every_module_is_in_the_wheel(installed: set[str]) -> None:
    """Whatever is imported in a checkout is there when installed."""
    for folder, root in (
        ("triage", CHECKOUT),
        ("triage_connectors", CHECKOUT / "connectors"),
    ):
        for module in (root / folder).rglob("*"):
            if module.suffix in SHIPPED or module.name == "py.typed":
                assert str(module.relative_to(root)) in installed


def test_themes_are_in_the_wheel(installed: set[str]) -> None:
    """A theme of the checkout can be chosen when installed."""
    themes = {
        f"triage/themes/{theme.name}" for theme in (CHECKOUT / "themes").glob("*.toml")
    }
    assert themes
    assert themes <= installed


def test_nothing_else_is_in_the_wheel(installed: set[str]) -> None:
    """Two packages, a command and the licence; no tests, no generic names."""
    tops = {name.split("/")[0] for name in installed if not name.startswith("..")}
    assert {"triage", "triage_connectors", "feedback_triage-0.1.0.dist-info"} == tops
    assert any(name.endswith("licenses/LICENSE") for name in installed)


def test_connectors_and_exports_are_found() -> None:
    """Ours are found by the same entry points as a stranger's."""
    connectors = {point.name for point in entry_points(group="triage.connectors")}
    exports = {point.name for point in entry_points(group="triage.exports")}
    assert {"csv", "jsonl", "mbox", "maildir", "eml"} <= connectors
    assert {"json", "ndjson", "csv", "markdown"} <= exports
