"""What somebody wrote at a desk, as text: no markup, no mails it answers."""

from __future__ import annotations

from triage.text.html import to_text
from triage.text.reply import QUOTED, latest


def written(page: str, text: str = "", *, mail: bool = False) -> str:
    """
    Return what a body says.

    Args:
        page: The body as HTML; "" where the desk tells none.
        text: The same as text, for want of HTML.
        mail: Whether it came by mail, with a signature and what it answers.
    """
    if not page.strip():
        return latest(text) if mail and text else text.strip()
    if not mail:
        return to_text(page).strip()
    fresh = to_text(page, mark=QUOTED)
    whole = to_text(page, cut_quotes=False) if QUOTED in fresh else ""
    return latest(fresh, whole=whole)
