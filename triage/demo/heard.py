"""A session of the demo, as a text and when it was held."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """
    A session as a text (``operations.session_text``), marked where it tells most.

    Attributes:
        key: What the text is called; the same in every demo.
        due: Days from today until what was promised is due; its place is ``{due}``.
    """

    key: str
    days: float
    by: str
    text: str
    due: int = 0
