"""A message shown whole keeps what it says now where it stood among the rest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from triage.text.left_out import Part, parts

WHOLE = """Hello,

the export still crashes.

> When does it crash?
At page 600.
> And on which system?

Windows.

--
Tomás, Studio Norte"""
KEPT = "Hello,\n\nthe export still crashes.\n\nAt page 600.\n\nWindows."


def test_runs() -> None:
    """Replies between quoted lines stay between them, and each knows its place."""
    found = parts(KEPT, WHOLE)
    assert [part.text for part in found] == [
        "Hello,\n\nthe export still crashes.",
        "> When does it crash?",
        "At page 600.",
        "> And on which system?",
        "Windows.",
        "--\nTomás, Studio Norte",
    ]
    for part in found:
        if part.start is not None:
            assert KEPT[part.start : part.start + len(part.text)] == part.text
    assert [part.lines for part in found if part.start is None] == [1, 1, 2]


def test_nothing_left_out() -> None:
    """A text that was kept whole is one part."""
    assert parts("one\ntwo", "one\n\ntwo") == (Part("one\ntwo", 0),)


def test_spacing_does_not_matter() -> None:
    """Lines are the same where only white space or a mailbox's mark tells them apart."""
    found = parts("From here on\nit fails", ">From here  on\n it fails \n> old")
    assert found == (Part("From here on\nit fails", 0), Part("> old", None))


def test_no_selection() -> None:
    """Where what was kept is not in the whole, both are shown and nothing is lost."""
    found = parts("written anew", "as it was sent")
    assert found == (Part("written anew", 0), Part("as it was sent", None))


_LINES = st.lists(st.sampled_from(["", "a", "b", "> a", "c d", " "]), max_size=14)


@given(lines=_LINES, chosen=st.sets(st.integers(0, 13)))
def test_every_word_is_there_once(lines: list[str], chosen: set[int]) -> None:
    """Whatever lines were kept, all of the whole is shown, in order, and none twice."""
    whole = "\n".join(lines)
    kept = "\n".join(line for place, line in enumerate(lines) if place in chosen)
    found = parts(kept, whole)
    assert " ".join(part.text for part in found).split() == whole.split()
    own = [part for part in found if part.start is not None]
    assert " ".join(part.text for part in own).split() == kept.split()
    for part in own:
        assert kept[part.start :].startswith(part.text)
