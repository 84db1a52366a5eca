"""research: what was heard in person; the commands within it are other files."""

from __future__ import annotations

from triage.cli.verbs import nouns

research = nouns(
    "research", "Research: what was heard in person, written down and kept."
)
