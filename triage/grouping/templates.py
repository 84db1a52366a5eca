"""Sentences so many texts have word for word that they are nobody's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from zlib import crc32

from triage.grouping.normalize import tokens

_FEWEST, _SHARE = 20, 50
"""Texts that have a sentence, at least, and of how many one has it, for a template."""

_OWN = 3
"""Different words that must be left; or what many say is simply what they say."""


def is_template(df: int, total: int) -> bool:
    """Whether a sentence in ``df`` of ``total`` texts is a form's, not a customer's."""
    return df >= max(_FEWEST, total // _SHARE)


def fingerprints(sentences: Iterable[str]) -> dict[int, str]:
    """Sentences by their 32-bit fingerprints, each once."""
    return {crc32(one.encode("utf-8", "replace")): one for one in sentences}


def own_words(
    normal: str, said: dict[int, str], template: Callable[[int], bool]
) -> str:
    """
    Return a normalised text without the templates in it.

    A survey's questions, a store's standard lines: they are in every answer and say
    nothing of it. A text of which too little would be left is returned whole.

    Args:
        said: Its ``fingerprints``.
        template: Whether a fingerprint is that of a template.
    """
    common = [one for mark, one in said.items() if template(mark)]
    if not common:
        return normal
    left = _without(normal, common)
    return left if len({*tokens(left)}) >= _OWN else normal


def _without(normal: str, common: Iterable[str]) -> str:
    left = f" {normal} "
    for one in sorted(common, key=len, reverse=True):
        left = left.replace(f" {one} ", " ")
    return left.strip()
