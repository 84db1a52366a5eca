"""Any texts put together, judged and learned from, without a workspace."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from triage.errors import UsageError

if TYPE_CHECKING:
    # numpy comes with them; commands that only list do without.
    from triage.grouping.tables import Tables
    from triage.grouping.training import Quality


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


def judge_groups(
    texts: Sequence[str], truth: Sequence[str], *, strict: bool = False
) -> tuple[Quality, float]:
    """How well these texts are put together, and the seconds of processor it took."""
    from triage.grouping.training import judge

    spent = time.process_time()
    found = group_texts(texts, strict=strict)
    return judge(found, truth), time.process_time() - spent


def learn_tables(
    given: Mapping[str, Sequence[str]], *, version: str, seed: int
) -> Tables:
    """
    Score tables learned from these texts, by the name and licence of each.

    Raises:
        UsageError: There are too few usable texts.
    """
    from triage.grouping.training import train

    try:
        return train(given, version=version, seed=seed)
    except ValueError as error:
        raise UsageError(str(error)) from error
