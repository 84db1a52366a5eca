"""What somebody wrote on GitHub, out of the Markdown it is written in."""

from __future__ import annotations

import re
from typing import Final

from triage.text.reply import latest

_BY_MAIL: Final = "Reply to this email directly"
_QUOTE: Final = re.compile(r" {0,3}>")
_FENCE: Final = re.compile(r" {0,3}(```|~~~)")
_LINK: Final = re.compile(r"!?\[([^\[\]\n]{0,300})\]\(([^()\s]{1,2000})\)")
_IMAGE: Final = re.compile(r"<img\b([^<>]{0,3000})>", re.IGNORECASE)
_ALT: Final = re.compile(r"alt=\"([^\"]{0,300})\"", re.IGNORECASE)
_TAG: Final = re.compile(
    r"</?(?:details|summary|br|sub|sup|kbd|p|b|i|em|strong|picture|video)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_GAP: Final = re.compile(r"\n{3,}")
_UPLOADED: Final = re.compile(
    r"/user-attachments/|//user-images\.githubusercontent\.com/|/files/\d"
)


def said(markdown: str, *, by_mail: bool = False) -> str:
    """
    Return the text without what was quoted, and without hints of a template.

    Code stays as it is: in a bug report it is what the customer saw.

    Args:
        by_mail: Whether it came as an answer to a notification.
    """
    text = _without_hints(markdown.replace("\r\n", "\n"))
    if by_mail or _BY_MAIL in text:
        text = latest(text)
    text = "\n".join(_lines(text)).strip()
    return _GAP.sub("\n\n", text)


def attachments(markdown: str) -> list[str]:
    """The names of files that were uploaded with it."""
    return [
        name.strip()
        for name, address in _LINK.findall(markdown)
        if name.strip() and _UPLOADED.search(address)
    ]


def _without_hints(text: str) -> str:
    """Without HTML's comments, which templates speak to their writers in."""
    kept, at = [], 0
    while (begin := text.find("<!--", at)) >= 0:
        end = text.find("-->", begin)
        if end < 0:
            break
        kept.append(text[at:begin])
        at = end + 3
    return "".join([*kept, text[at:]])


def _lines(text: str) -> list[str]:
    kept: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and fence in {"", mark[1]}:
            fence = "" if fence else mark[1]
        elif not fence and _QUOTE.match(line):
            continue
        kept.append(line.rstrip() if fence or mark else _plain(line))
    return kept


def _plain(line: str) -> str:
    line = _IMAGE.sub(_named, line)
    return _TAG.sub("", _LINK.sub(r"\1", line)).rstrip()


def _named(image: re.Match[str]) -> str:
    alt = _ALT.search(image[1])
    return alt[1] if alt else ""
