"""What full-text search sees as words, in scripts written with and without spaces."""

from __future__ import annotations

import re
import unicodedata

# Thai, Lao, kana, Han: written without spaces, so searched by pairs of characters.
# Compiled where it is first used: so many characters take longer than a key may.
_UNSPACED = "[\u0e00-\u0eff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
_WORD = re.compile(r"\w+")


def _pairs(run: str) -> str:
    if len(run) == 1:
        return run
    return " ".join(run[i : i + 2] for i in range(len(run) - 1))


def spaced(text: str) -> str | None:
    """Return the text with unspaced scripts as pairs; None where there are none."""
    if text.isascii() or not re.search(_UNSPACED, text):
        return None
    return re.sub(_UNSPACED, lambda run: f" {_pairs(run.group())} ", text)


def fts_query(text: str, *, is_exact: bool = False) -> str:
    """
    Return an FTS5 query that finds feedback with all these words; "" for none.

    Every word is quoted, so no input is syntax. Reads at most 512 characters and 32
    words. Words of two letters and more may go on: ``crash`` finds crashes.

    Args:
        is_exact: The words stand just so, together and in this order.
    """
    folded = unicodedata.normalize("NFC", text[:512])
    words = _WORD.findall(folded)[:32]
    if is_exact and words:
        together = " ".join(words)
        return f'"{spaced(together) or together}"'
    return " ".join(_begun(word) for word in words)


def _begun(word: str) -> str:
    goes_on = len(word) > 1 and not re.search(_UNSPACED, word)
    return _quoted(word) + ("*" if goes_on else "")


def _quoted(word: str) -> str:
    pieces: list[str] = []
    end = 0
    for run in re.finditer(_UNSPACED, word):
        if word[end : run.start()]:
            pieces.append(f'"{word[end : run.start()]}"')
        # A phrase of pairs matches the run and nothing shorter; a single character is
        # where a pair begins, everywhere but at the end of its run.
        alone = "*" if len(run.group()) == 1 else ""
        pieces.append(f'"{_pairs(run.group())}"{alone}')
        end = run.end()
    if word[end:]:
        pieces.append(f'"{word[end:]}"')
    return " ".join(pieces)
