"""What somebody wrote at a desk, as text: no markup, no mails it answers."""

from __future__ import annotations

from triage.text.html import to_text
from triage.text.reply import QUOTED, latest


def written(
    page: str, text: str = "", *, mail: bool = False, author: str = "", whole: str = ""
) -> str:
    """
    Return what a body says.

    Args:
        page: The body as HTML; "" where the desk tells none.
        text: The same as text, for want of HTML.
        mail: Whether it came by mail, with a signature and what it answers.
        author: Who wrote it, whose name below it is a signature.
        whole: All of a mail as text, where the desk tells it and ``page`` may be less.
    """
    if not page.strip():
        return latest(text, author=author) if mail and text else text.strip()
    if not mail:
        return to_text(page).strip()
    fresh = to_text(page, mark=QUOTED)
    if not whole and QUOTED in fresh:
        whole = to_text(page, cut_quotes=False)
    return latest(fresh, whole=whole, author=author)
