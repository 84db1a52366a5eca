"""Names for rows that have none: their content, and how often it came before."""

from __future__ import annotations

import hashlib
import struct
from typing import Final

_BITS: Final = 1 << 27
_SLOTS: Final = struct.Struct(">4Q")


class Repeats:
    """
    Counts equal rows of one file, in memory that does not grow with the file.

    The first of its kind is told by four bits of a fixed field, the later ones by a
    count. Where four bits of other rows coincide, a row has number 2 without there
    being a first: still a name of its own, and the same at every reading.

    Attributes:
        used: Whether any name was given.
    """

    __slots__ = ("_bits", "_counts", "used")

    def __init__(self) -> None:
        self._bits: bytearray | None = None
        self._counts: dict[bytes, int] = {}
        self.used = False

    def name(self, content: bytes) -> str:
        """Return a name for one more row of that content; never given before."""
        self.used = True
        digest = hashlib.sha256(content).digest()
        name = f"sha256:{digest[:10].hex()}"
        number = self._number(digest)
        return name if number == 1 else f"{name}:{number}"

    def _number(self, digest: bytes) -> int:
        if self._bits is None:
            self._bits = bytearray(_BITS // 8)
        bits, new = self._bits, False
        for value in _SLOTS.unpack(digest):
            place, bit = value % _BITS >> 3, 1 << (value & 7)
            if not bits[place] & bit:
                bits[place] |= bit
                new = True
        if new:
            return 1
        number = self._counts.get(digest[:10], 1) + 1
        self._counts[digest[:10]] = number
        return number
