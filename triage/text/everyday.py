"""Everyday words, so that nothing people say all day is taken for a name."""

from __future__ import annotations

from functools import cache
from importlib import resources

from triage.text.plain import plain


@cache
def everyday() -> frozenset[str]:
    """Them all, of every language listed, without case and accents."""
    path = resources.files("triage.text") / "everyday.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(
        plain(word)
        for line in lines
        if not line.startswith("#")
        for word in line.split()[1:]
    )
