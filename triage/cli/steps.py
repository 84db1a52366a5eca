"""How a decision is told: in the step's own words, and how to take it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from triage.cli.output import emit, emit_json, note
from triage.cli.shapes import of_entry
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.workspace import Entry


def tell(
    entries: Sequence[Entry | None] | Entry | None, *, as_json: bool, before: str = ""
) -> None:
    """Say what was done; ``before`` begins each sentence: “Undid: ”."""
    several = entries if isinstance(entries, Sequence) else [entries]
    done = [entry for entry in several if entry is not None]
    if as_json:
        emit_json("steps", {"steps": [of_entry(entry) for entry in done]})
        return
    for entry in done:
        emit(one_line(f"{before}{entry.label} (step {entry.id})", 400))
    if not done:
        note("nothing had to change")
