"""What a person wrote for another service until it is sent; imports nothing of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """
    What a person wrote for another service to be told; shown as ``d4``.

    Attributes:
        source: Name of the source it goes to.
        act: What is to be done there, one of its connector's ``acts``: "reply".
        key: Its own for ever, 32 hexadecimal digits: told twice, it is one telling.
        feedback_id: What it answers; None where it answers none.
        details: What else the act needs; ``answered`` is what stood there when it
            was written, which sending it replaces.
        dropped: Whether it is not to be sent after all.
    """

    id: int
    source: str
    act: str
    key: str
    text: str
    title: str = ""
    feedback_id: int | None = None
    pain_point_id: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    dropped: bool = False
    at: datetime | None = None
    by: str = ""

    @property
    def short(self) -> str:
        """The id people type."""
        return f"d{self.id}"
