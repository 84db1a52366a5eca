"""Of a body the words that were newly said are kept, however the desk tells it."""

from __future__ import annotations

import pytest

from triage_connectors.wording import written

SAID = "The export loses all my tags since Monday."
WROTE = "On Mon, 2 Mar 2026 at 12:00, Bob Bear <bob@us.example> wrote:"
MAIL = (
    f"<p>{SAID}</p><p>Ann Ash</p><p>On Monday Bob wrote:</p>"
    '<blockquote type="cite"><p>Which version is it?</p></blockquote>'
)


@pytest.mark.parametrize(
    ("page", "text", "told"),
    [
        (f"<p>{SAID}</p>", "", {}),
        (f"<p>{SAID}</p>", "Cut sho", {}),
        ("", f" {SAID}\n", {}),
        ("  ", SAID, {}),
        (MAIL, "", {"mail": True, "author": "Ann Ash"}),
        ("", f"{SAID}\n\n{WROTE}\n> Which version?", {"mail": True}),
        ("", f"{SAID}\n\nAnn Ash", {"mail": True, "author": "Ann Ash"}),
    ],
)
def test_what_was_said(page: str, text: str, told: dict[str, object]) -> None:
    """Markup, quoted mails and signatures are no words; HTML is read before text."""
    assert written(page, text, **told) == SAID  # type: ignore[arg-type]


def test_nothing() -> None:
    """Who said nothing said nothing, by mail or not."""
    assert written("", "") == written("", "", mail=True) == written("<p></p>") == ""


def test_too_little_is_left() -> None:
    """Where hardly a word is left, the rules misread it, and all of it is kept."""
    page = f'<p>Yes</p><blockquote type="cite"><p>{SAID}</p></blockquote>'
    assert written(page, mail=True).split() == ["Yes", *SAID.split()]
    assert written(page, mail=True, whole="Yes, it does") == "Yes, it does"


def test_what_is_no_mail_has_no_signature() -> None:
    """A name below words in a form or a chat is kept: nobody signs there."""
    assert written(f"<p>{SAID}</p><p>Ann Ash</p>").endswith("Ann Ash")
