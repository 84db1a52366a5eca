"""Where a pull has been, so that one led in circles ends with an error."""

from __future__ import annotations

import hashlib
from collections import deque

from triage.errors import SourceUnavailable

LIMIT = 10_000
"""Pages in one pull; what remains comes with the next."""

_TIMES = 3
_ROUND = 8  # pages of the longest circle that is seen by what they hold


class Pages:
    """
    The turns of one pull: no cursor twice, no round of pages three times running.

    ::

        pages = http.pages()
        while url:
            answer = await http.get(pages.turn(url))
            pages.saw(answer.content)
            url = answer.next_url
    """

    __slots__ = ("_last", "_limit", "_seen")

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._seen: set[bytes] = set()
        self._last: deque[bytes] = deque(maxlen=_ROUND * _TIMES)

    def turn(self, cursor: str) -> str:
        """Return the cursor or address of the next page, if it was not there before."""
        mark = _mark(cursor.encode("utf-8", "surrogatepass"))
        if mark in self._seen:
            raise SourceUnavailable(
                "the source leads in circles: it gave one page's address twice."
                " What came before is kept; try again later"
            )
        if len(self._seen) >= self._limit:
            raise SourceUnavailable(
                f"the source goes on after {self._limit:,} pages."
                " What came is kept; sync again for the rest"
            )
        self._seen.add(mark)
        return cursor

    def saw(self, content: bytes) -> None:
        """Note a page's bytes: the same pages at new addresses are a circle as well."""
        self._last.append(_mark(content))
        if any(self._goes_round(size) for size in range(1, _ROUND + 1)):
            raise SourceUnavailable(
                "the source leads in circles: it sent the same again and again."
                " What came before is kept; try again later"
            )

    def _goes_round(self, size: int) -> bool:
        """Whether the last so many pages came, in this order, three times running."""
        last = list(self._last)[-size * _TIMES :]
        return len(last) == size * _TIMES and last == last[:size] * _TIMES


def _mark(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
