"""What can be sent with a connector, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from triage.connector import Act

WRITES = "yes or no, no. Whether what waits in the outbox may be sent there."
"""What is said of the setting that every source with acts has."""


def in_words(act: Act) -> str:
    """What an act does there, and what it takes."""
    told = act.help
    if act.longest is not None:
        told += f" At most {act.longest:,} characters."
    return told + (" It replaces what stood there." if act.replaces else "")
