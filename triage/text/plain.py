"""Text without case and accents, one character for one, so that places stay."""

from __future__ import annotations

import unicodedata


class _Plain(dict[int, int]):
    def __missing__(self, code: int) -> int:
        apart = unicodedata.normalize("NFKD", chr(code)).casefold()
        self[code] = ord(apart[0]) if apart else code
        return self[code]


_PLAIN = _Plain()


def plain(text: str) -> str:
    """The text as it is compared; as long as it was."""
    return text.translate(_PLAIN)
