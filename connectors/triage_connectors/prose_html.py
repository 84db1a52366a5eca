"""A person's Markdown as the little HTML that trackers take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Final

from triage_connectors.prose import Block, Kind, blocks

_ADDRESS: Final = re.compile(
    r"(?<=:)(?=//)|(?<=\b[Ww]{3})(?=\.)|(?<=(?i:mailto))(?=:)|(?<=\w@)(?=\w)"
)
"""Where what is shown as a link unasked begins."""
_BREAK: Final = "\u200b"


@dataclass(frozen=True, slots=True)
class Html:
    """
    Which tags a tracker takes.

    Attributes:
        heading: The tag of a heading.
        paragraph: The tag of a paragraph; "" where line breaks part them.
    """

    heading: str
    paragraph: str

    def write(self, text: str) -> str:
        """Return a text that shows as its blocks and as nothing else."""
        parts: list[str] = []
        for kind, group in groupby(blocks(text), key=lambda one: one.kind):
            parts += self._written(kind, list(group))
        return ("" if self.paragraph else "\n").join(parts)

    def lines(self, text: str) -> str:
        """Return lines, each of them as it is to be read."""
        told = [plain(line) for line in text.split("\n")]
        if not self.paragraph:
            return "\n".join(told)
        tag = self.paragraph
        return "".join(f"<{tag}>{line}</{tag}>" for line in told if line)

    def _written(self, kind: Kind, told: list[Block]) -> Iterator[str]:
        match kind:
            case Kind.HEADING:
                tag = self.heading
                yield from (f"<{tag}>{plain(one.text)}</{tag}>" for one in told)
            case Kind.BULLET | Kind.STEP:
                rows = "".join(f"<li>{plain(one.text)}</li>" for one in told)
                tag = "ul" if kind is Kind.BULLET else "ol"
                yield f"<{tag}>{rows}</{tag}>"
            case Kind.QUOTE:
                for one in told:
                    yield f"<blockquote>{self.lines(one.text)}</blockquote>"
            case Kind.PARAGRAPH:
                yield from (self.lines(one.text) for one in told)


def plain(text: str) -> str:
    """Return words as HTML that shows these very characters, and no link."""
    return escape(_ADDRESS.sub(_BREAK, text))
