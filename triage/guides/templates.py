"""Guides to begin with, one per kind of session; each passes our own check."""

from __future__ import annotations

from importlib import resources

from triage.errors import UsageError


def kinds() -> list[str]:
    """The kinds of sessions there is a guide to begin with."""
    folder = resources.files("triage.guides") / "templates"
    names = (file.name for file in folder.iterdir())
    return sorted(name.removesuffix(".md") for name in names if name.endswith(".md"))


def template(kind: str) -> str:
    """
    The guide to begin with, in Markdown with front matter.

    Raises:
        UsageError: There is none for that kind of session.
    """
    if kind not in kinds():
        raise UsageError(f"no guide for {kind!r}; there are: {', '.join(kinds())}")
    file = resources.files("triage.guides") / "templates" / f"{kind}.md"
    return file.read_text("utf-8")
