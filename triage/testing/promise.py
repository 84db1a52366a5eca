"""A promise, and the sentence that is shown when it is broken."""

from __future__ import annotations

from collections.abc import Sequence


def promise(kept: bool, sentence: str) -> None:
    """Raise ``AssertionError`` with the sentence, unless it is kept."""
    if not kept:
        raise AssertionError(sentence)


def check_hidden(secrets: Sequence[str], place: str, text: str) -> None:
    """Raise if any of the secrets shows in the text of that place."""
    for secret in secrets:
        promise(secret not in text, f"No secret shows in {place}.")
