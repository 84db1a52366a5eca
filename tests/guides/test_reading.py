"""Which lines of a guide are questions, and a guide judged as a whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.errors import UsageError
from triage.guides.checking import check
from triage.guides.reading import questions
from triage.guides.rules import rules
from triage.guides.templates import kinds, template
from triage.research import KINDS

GUIDE = """\
---
title: Why this?
minutes: 30
---
# Is this a heading?

Intro: thank them; does anybody mind the recording?

> Note to me: are they tired?

Underlined?
-----------

1. Do you like our app?
2) "How easy was it to set up the router?" *(Ask why?)*
3. Tell me about the last time
   you set up a printer.
- [ ] **Q4:** How do you find
  a plumber?
* What happened? (Why? What else?)
<!-- does this count? -->
Interviewer: what did they do?
```
is this code?
```
| a? | b? |
Thanks for coming. How did you hear of us?
That is all.
"""


def asked(text: str, code: str = "en") -> list[tuple[int, str]]:
    """Line and text of each question."""
    table = rules(code)
    assert table is not None
    return [(one.line, one.text) for one in questions(text, table)]


def test_questions_and_nothing_else() -> None:
    """Headings, notes, numbers, comments, code and front matter are no questions."""
    assert asked(GUIDE) == [
        (14, "Do you like our app?"),
        (15, "How easy was it to set up the router?"),
        (16, "Tell me about the last time you set up a printer."),
        (18, "How do you find a plumber?"),
        (20, "What happened?"),
        (27, "How did you hear of us?"),
    ]


def test_plain_text_is_a_guide_too() -> None:
    """A question a line needs no mark-up; Windows line ends change nothing."""
    plain = "What happened?\r\nWho helped?\r\n\r\nDescribe the room\r\n"
    assert [text for _, text in asked(plain)] == [
        "What happened?", "Who helped?", "Describe the room",
    ]  # fmt: skip


def test_words_to_be_said() -> None:
    """A block quote in quotation marks is asked; one without them is a note."""
    quoted = '> Are they tired?\n> "Thank you.\n> How did it go?"\n> Or so?\n'
    assert asked(quoted) == [(3, "How did it go?")]
    assert asked("**Q1.2**: What came next?\nQ 3) Who?") == [
        (1, "What came next?"), (2, "Who?"),
    ]  # fmt: skip


def test_probes_are_kept_and_not_judged() -> None:
    """What stands in brackets after a question spurs on; it makes nothing double."""
    told = check("What happened? (Did it hurt? Why?)", "en").questions
    assert [one.asked.probes for one in told] == [("Did it hurt? Why?",)]
    gap = check("What do you use for [the task]? [Wait.]", "en").questions[0].asked
    assert (gap.text, gap.probes) == ("What do you use for [the task]?", ("Wait.",))
    assert told[0].marks == ()


def test_a_guide_as_a_whole() -> None:
    """What is missing between the questions is said, each by its name."""
    told = check("Do you cook?\nDo you bake?\nWhich oven is it?", "en", minutes=8)
    names = [lack.name for lack in told.lacks]
    assert names == ["opening", "story", "feelings", "time", "order"]
    assert [lack.name for lack in check("Nothing here.", "en").lacks] == ["questions"]
    assert check(GUIDE).minutes == 30


@pytest.mark.parametrize("kind", kinds())
def test_templates_pass_our_own_check(kind: str) -> None:
    """A guide to begin with has nothing marked and lacks nothing."""
    told = check(template(kind))
    assert told.questions
    assert told.marked == () == told.lacks
    assert kind in set(KINDS)


def test_languages() -> None:
    """The language is read where nobody says it; one without rules is refused."""
    german = "Was haben Sie getan?\nErzählen Sie mir vom letzten Mal, als es klemmte."
    assert check(german).language == "de"
    assert check("---\nlanguage: de\n---\nOk?").language == "de"
    with pytest.raises(UsageError, match="no rules for 'ja' yet; there are: de, en"):
        check("?", "ja")
    with pytest.raises(UsageError, match="there are: concept_test"):
        template("party")


@given(st.text(alphabet='aHow do you?!.\n-#>*_()[]`|"1. ', max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    """No text is too odd: lines count up, and questions are on lines there are."""
    told = [line for line, _ in asked(text)]
    assert told == sorted(set(told))
    assert all(1 <= line <= text.count("\n") + 1 for line in told)
