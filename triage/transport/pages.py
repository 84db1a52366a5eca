"""Where a pull has been, so that one led in circles ends with an error."""

from __future__ import annotations

import hashlib

from triage.errors import SourceUnavailable

LIMIT = 10_000
"""Pages in one pull; what remains comes with the next."""

_SAME = 3


class Pages:
    """
    The turns of one pull: no cursor twice, no page three times running, no end without.

    ::

        pages = http.pages()
        while url:
            answer = await http.get(pages.turn(url))
            pages.saw(answer.content)
            url = answer.next_url
    """

    __slots__ = ("_alike", "_last", "_limit", "_seen")

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._seen: set[bytes] = set()
        self._last = b""
        self._alike = 0

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
        """Note a page's bytes: a new address with the same page is a circle as well."""
        mark = _mark(content)
        self._alike = self._alike + 1 if mark == self._last else 1
        self._last = mark
        if self._alike >= _SAME:
            raise SourceUnavailable(
                "the source leads in circles: it sent one page again and again."
                " What came before is kept; try again later"
            )


def _mark(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
