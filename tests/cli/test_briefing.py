"""``triage brief``: on standard output, into a file, as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import Run


@pytest.fixture
def told(filled: Run) -> Run:
    """A pain point two people were heard on, and a plan for it that shipped."""
    filled("accept", "g1", "--into", "Export is slow")
    filled("roadmap", "add", "Faster export")
    filled("link", "p1", "r1")
    filled("roadmap", "edit", "r1", "--status", "shipped")
    return filled


def test_markdown(told: Run) -> None:
    """Without options it is Markdown, of the last four weeks."""
    said = told("brief")
    assert said.code == 0
    assert said.out.startswith("# What customers tell us\n")
    assert "Export is slow (p1)" in said.out
    assert "Faster export (r1)" in said.out


def test_a_file(told: Run, tmp_path: Path) -> None:
    """A page is written whole; one that is there is replaced only with --force."""
    path = tmp_path / "brief.html"
    assert told("brief", "--to", "html", "--out", path).code == 0
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert told("brief", "--to", "html", "--out", path).code == 2
    assert told("brief", "--to", "html", "--out", path, "--force").code == 0


def test_json(told: Run) -> None:
    """The same as values, by the schema."""
    said = told("brief", "--since", "2026-01-01", "--json", "--names").json
    assert said["pain_points"][0]["id"] == "p1"
    assert said["shipped"][0]["verdict"].startswith("too early to say")
    assert said["to_tell"][0]["names"] == ["Ann, Acme", "Bob, Bolt"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--since", "whenever"), "--since 'whenever' is no moment"),
        (("--since", "1d", "--until", "2d"), "before it begins"),
        (("--names", "--redact"), "not both"),
    ],
)
def test_what_is_refused(told: Run, words: tuple[str, ...], why: str) -> None:
    """A period that cannot be is refused in a sentence."""
    refused = told("brief", *words)
    assert refused.code == 2
    assert why in refused.err
