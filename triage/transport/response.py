"""What a server answered, whole and within limits."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from triage.errors import SourceUnavailable

DEPTH = 64
"""Levels of arrays and objects accepted in an answer."""

_NEXT = re.compile(r'<([^<>]*)>[^<>]*?;\s*rel="?next\b')
_CHARSET = re.compile(r'charset="?([\w.-]{1,40})', re.IGNORECASE)
_CHARSETS = {"utf-8", "us-ascii", "iso-8859-1", "windows-1252", "utf-16"}


@dataclass(frozen=True, slots=True)
class Response:
    """
    An answer of the source.

    Attributes:
        status: 200 to 299, or a status the caller said it allows.
        where: Host and path it came from, for messages; no query.
        headers: By name, in any case.
        content: The body, unpacked.
        url: The whole address that answered, which relative ones begin at; it may hold
            what no message shows.
    """

    status: int
    where: str
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)
    url: str = field(default="", repr=False)

    @property
    def text(self) -> str:
        """The body as text; what is not text in its encoding shows as U+FFFD."""
        said = _CHARSET.search(self.headers.get("content-type", ""))
        charset = said[1].lower() if said else "utf-8"
        # Only encodings that cannot smuggle: unicode_escape makes ESC out of ASCII.
        known = charset if charset in _CHARSETS else "utf-8"
        return self.content.decode(known, "replace")

    @property
    def date(self) -> datetime | None:
        """When the server says it answered; None where it does not."""
        try:
            at = parsedate_to_datetime(self.headers.get("date", "")[:60])
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        return at if at.tzinfo else at.replace(tzinfo=UTC)

    @property
    def next_url(self) -> str:
        """The ``rel="next"`` address of the Link header; empty on the last page."""
        link = _NEXT.search(self.headers.get("link", ""))
        return link[1] if link else ""

    def json(self) -> Any:
        """
        Return the body as JSON values.

        NaN, infinite numbers and more than 64 levels are refused, because the store
        could not give them back; so is a web page where data was promised.
        """
        trouble = ""
        try:
            value = json.loads(
                self.content, parse_constant=_refused, parse_float=_finite
            )
        except RecursionError:
            trouble = "data nested too deep"
        except ValueError:
            trouble = "a web page" if self.is_page else "something that is not JSON"
        else:
            if not _is_shallow(value):
                trouble = "data nested too deep"
        if trouble:
            raise SourceUnavailable(
                f"{self.where} answered {trouble} where data was expected; check the"
                " address in the settings, or try again later"
            )
        return value

    @property
    def is_page(self) -> bool:
        """Whether it is a web page, such as a proxy's, where data was asked for."""
        kind = self.headers.get("content-type", "")
        return "html" in kind or self.content[:200].lstrip().startswith(b"<")


def _refused(name: str) -> float:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refused(text)


def _is_shallow(value: Any) -> bool:
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(DEPTH):
        if not level:
            return True
        # Of a page of 1,000 rows most values are no containers: one pass over them.
        level = [
            inner
            for outer in level
            for inner in (outer.values() if type(outer) is dict else outer)
            if type(inner) is dict or type(inner) is list
        ]
    return not level
