"""What of a quote may leave the file, by what who said it agreed to."""

from __future__ import annotations

from triage.export.hiding import Names, hidden
from triage.research import Consent
from triage.store.persona_views import CitedView


def words_leave(cited: CitedView) -> bool:
    """Whether the words may leave; who was not heard in person sent them to us."""
    return cited.consent is None or cited.consent.lets_words_out


def name_leaves(cited: CitedView) -> bool:
    """Whether it may be said who said it."""
    return cited.consent is None or cited.consent is Consent.NAMED


def unnamed(text: str, cited: CitedView) -> str:
    """A text without what tells who said this, where their name may not leave."""
    if name_leaves(cited):
        return text
    names = Names()
    names.add(cited.feedback.author, "[name]", by_parts=True)
    names.add(cited.feedback.email.partition("@")[0], "[name]", by_parts=False)
    names.add(cited.feedback.company, "[company]", by_parts=False)
    return hidden(text, names, "[name]")
