"""What somebody wrote in a mail a desk received, without what they quoted."""

from __future__ import annotations

from triage.text import html, reply


def from_html(page: str, author: str = "") -> str:
    """
    Return what a mail's HTML body says newly.

    Args:
        author: Who wrote it, whose name below it is a signature.
    """
    whole = html.to_text(page, cut_quotes=False)
    fresh = html.to_text(page, mark=reply.QUOTED)
    return reply.latest(fresh, whole=whole, author=author)


def from_text(text: str, author: str = "") -> str:
    """Return what a mail's plain body says newly."""
    return reply.latest(text, author=author)
