"""Any texts put together once, by the same grouping, without a workspace."""

from __future__ import annotations

from collections.abc import Iterable


def group_texts(texts: Iterable[str], *, strict: bool = False) -> list[int]:
    """
    Return for each text the index of the first text of its group.

    The same whatever order the texts come in. All are held in memory, about two
    kilobytes each.

    Args:
        strict: Whether only what is surest is put together.
    """
    from triage.grouping.bands import DEFAULT, STRICT
    from triage.grouping.together import together

    return together(texts, STRICT if strict else DEFAULT)
