"""A session's text: read whatever its order and case, refused by its line, stable."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.errors import UsageError
from triage.model import Channel
from triage.operations.marked_text import Heard, Marked, marked, showable, unmarked
from triage.operations.session_fields import CIRCUMSTANCES
from triage.operations.session_figures import FIGURES
from triage.operations.session_promises import Promised
from triage.operations.session_templates import questions, template
from triage.operations.session_text import SessionText, parsed, written
from triage.research import (
    KINDS,
    Comparison,
    Consent,
    Feeling,
    Guide,
    Meaning,
    Stance,
)

_TEXT = """\
# line 7: whatever was wrong before
---
Participant: "Ana"
KIND: Usability session
consent: Anonymous
date: 2026-11-20 14:30
time on task: 2 min
Success: partly
too cheap: 12,50 €
expensive: 1.200,00
asked: What did you do
  the last time?
follow-ups:
- [ ] send the screenshot
   of the error by 2026-12-01
- [x] call back, done 2026-11-21
---
<!-- a hint -->
## Never answered

## What happened
a == b. ==It took me an hour== {frustrated 2 #export need vs Acme Pro: better, speed}
and 1 \\=\\= 1, so ==again==.
"""


def test_a_session_is_read_whatever_its_order_and_case() -> None:
    """Names, kinds and consent in any case and order; marks are no part of the text."""
    told = parsed(_TEXT)
    assert told.kind is Channel.USABILITY
    assert (told.participant, told.consent) == ("Ana", Consent.ANONYMOUS)
    assert told.asked == "What did you do the last time?"
    assert told.told == {
        "time_on_task": 120, "success": 0.5, "too_cheap": 12.5, "expensive": 1200,
    }  # fmt: skip
    assert told.follow_ups == (
        Promised(text="send the screenshot of the error", due=date(2026, 12, 1)),
        Promised(text="call back", is_done=True, done_on=date(2026, 11, 21)),
    )
    assert told.text == (
        "## What happened\na == b. It took me an hour\nand 1 == 1, so again."
    )
    first, second = told.highlights
    assert told.text[first.start : first.end] == "It took me an hour"
    assert first.heard == Heard(
        tags=("export",), feeling=Feeling.FRUSTRATED, intensity=2, meaning=Meaning.NEED,
        comparison=Comparison(
            competitor="Acme Pro", aspect="speed", stance=Stance.BETTER
        ),
    )  # fmt: skip
    assert told.text[second.start : second.end] == "again"
    assert second.heard == Heard()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("---\nkind: chat\n---\n", "line 2: no session is of kind 'chat'; there are in"),
        ("---\nparticipent: A\n---", "line 2: nothing is called 'participent'; is it p"),
        ("---\nfoo: x\n---", "line 2: nothing is called 'foo'; there are id, kind,"),
        ("---\n\nAna said\n---", "line 3: “Ana said” is no line like “participant: An"),
        ("---\nkind: interview\n", "line 1: what is known of the session ends nowhere"),
        ("---\nplace: a\nplace: b\n---", "line 3: place stands in line 2 already"),
        ("---\nconsent: maybe\n---", "line 2: consent is no, anonymous, named or unasked"),
        ("---\ndate: yesterday\n---", "line 2: a date looks like 2026-11-20 or 2026-"),
        ("---\ncheap: a lot\n---", "line 2: cheap is a price, like 12 or 12.50, not"),
        ("---\nsuccess: 7\n---", "line 2: success is yes, partly, no or a share from"),
        ("---\ntime on task: long\n---", "line 2: time on task looks like 95 s, 2 min"),
        ("---\nunderstood: so so\n---", "line 2: understood is yes, no or empty, not"),
        ("---\nmetric: luck\n---", "line 2: a metric is nps, csat, ces or stars, not"),
        ("---\nlanguage: German\n---", "line 2: a language is a code like en or pt-BR"),
        ("---\nplace: a\n- b\n---", "line 3: only follow-ups are a list"),
        ("---\nfollow-ups: x\n---", "line 2: follow-ups stand below, each on a line"),
        ("---\nfollow-ups:\n- x by 2026-02-31\n---", "line 3: 2026-02-31 is no day"),
        ("---\nkind: visit\n---\na\n==b== {mad}", "line 5: 'mad' is neither a feeling"),
        ("a\n\n<!--\n\n-->==b== {2}", "line 5: 2 is how strong which feeling?"),
        ("==b== {sad angry}", "line 1: angry is one too many; a passage has one feel"),
        ("==b== {vs Acme}", "line 1: a comparison looks like vs Acme: better, speed"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_named_by_its_line(text: str, why: str) -> None:
    """An error says which line, what it says and what is allowed."""
    with pytest.raises(UsageError) as refused:
        parsed(text)
    assert why in str(refused.value)


def test_a_text_without_anything_above_it_is_all_said() -> None:
    """No line --- at the top: the whole is what was said, of the kind asked for."""
    told = parsed("# Ana\nkind: she was", Channel.VISIT)
    assert (told.text, told.kind) == ("# Ana\nkind: she was", Channel.VISIT)
    assert told.consent is None


_LINES = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=30
).map(lambda text: " ".join(text.split()))


def _plain(text: str) -> bool:
    return parsed(f"---\nplace: {text}\n---\nx").circumstances.get("place", "") == text


_VALUES = _LINES.filter(_plain)
_SAID = st.text(
    st.one_of(st.sampled_from("=\\{}# \n<!->ab"), st.characters(codec="utf-8")),
    max_size=60,
)
_TAGS = st.lists(
    st.text("abc é-", min_size=1, max_size=8).map(lambda t: " ".join(t.split())),
    max_size=2, unique=True,
).map(lambda tags: tuple(filter(None, tags)))  # fmt: skip


@st.composite
def heards(draw: st.DrawFn) -> Heard:
    """What somebody heard in a passage."""
    feeling = draw(st.none() | st.sampled_from(Feeling))
    return Heard(
        tags=draw(_TAGS),
        feeling=feeling,
        intensity=draw(st.integers(1, 3)) if feeling else 0,
        meaning=draw(st.none() | st.sampled_from(Meaning)),
        comparison=draw(
            st.none()
            | st.builds(
                Comparison,
                competitor=st.sampled_from(["Acme", "Acme Pro: 2"]),
                aspect=st.sampled_from(["", "speed", "price, yearly"]),
                stance=st.sampled_from(Stance),
            )
        ),
    )


@given(_SAID, st.data())
def test_marks_are_read_back_where_they_stood(text: str, data: st.DataObject) -> None:
    """Any passages of any text that can be shown are found again, the text untouched."""
    places = st.integers(0, len(text))
    wanted = [
        Marked(start=min(pair), end=max(pair), heard=heard)
        for pair, heard in data.draw(
            st.lists(st.tuples(st.tuples(places, places), heards()), max_size=4)
        )
    ]
    shown = showable(text, wanted)
    assert unmarked(marked(text, shown)) == (text, tuple(shown))


_SHARES = st.integers(0, 100).map(lambda n: n / 100)
_DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


def _moment(microseconds: int) -> datetime:
    return datetime(1970, 1, 2, tzinfo=UTC) + timedelta(microseconds=microseconds)


@given(
    st.builds(
        SessionText,
        kind=st.sampled_from(KINDS),
        text=_SAID,
        title=_VALUES, participant=_VALUES, segment=_VALUES, asked=_VALUES,
        consent=st.sampled_from([None, *list(Consent)[1:]]),
        held_at=st.none() | st.integers(0, 4 * 10**15).map(_moment),
        confirmed=st.none() | st.booleans(),
        circumstances=st.dictionaries(
            st.sampled_from(CIRCUMSTANCES), _VALUES.filter(bool)
        ),
        told=st.dictionaries(st.sampled_from(FIGURES), _SHARES),
        rating=st.none() | _SHARES,
        follow_ups=st.lists(
            st.builds(
                Promised,
                text=st.sampled_from(["call back", "send it, all", "x y"]),
                due=st.none() | _DAYS, is_done=st.just(True), done_on=st.none() | _DAYS,
            )
        ).map(tuple),
    ),
    st.data(),
)  # fmt: skip
def test_what_is_written_is_read_back(told: SessionText, data: st.DataObject) -> None:
    """A session's text says the session again, highlights and all; and stays so."""
    told = parsed(written(told))
    places = st.integers(0, len(told.text))
    wanted = [
        Marked(start=min(pair), end=max(pair))
        for pair in data.draw(st.lists(st.tuples(places, places), max_size=3))
    ]
    told = replace(told, highlights=tuple(showable(told.text, wanted)))
    text = written(told)
    assert parsed(text) == told
    assert written(parsed(text)) == text


@given(_SAID)
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever is typed is read, and read again alike, or refused with a reason."""
    try:
        told = parsed(text)
    except UsageError:
        return
    assert parsed(written(told)) == told


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_a_session_of_its_kind(kind: Channel) -> None:
    """Each kind has a text to begin with, which is read as it stands and says nothing."""
    at = datetime(2026, 11, 20, 14, 30, 12, tzinfo=UTC)
    told = parsed(template(kind, at))
    assert (told.kind, told.text, told.follow_ups) == (kind, "", ())
    assert told.held_at is not None
    assert at - told.held_at < timedelta(minutes=1)
    assert told.consent is Consent.UNASKED


def test_a_guide_puts_its_questions_into_the_template() -> None:
    """What the guide asks stands as headings; those never answered are not said."""
    guide = Guide(
        id=1, name="Exports", kind=Channel.INTERVIEW,
        text="# Exports\n\nSay thanks.\n1. When did you export last?\n- What for?\n",
    )  # fmt: skip
    assert questions(guide.text) == ["When did you export last?", "What for?"]
    text = template(Channel.INTERVIEW, datetime(2026, 11, 20, tzinfo=UTC), guide)
    assert "guide: Exports\n" in text
    answered = text.replace("## What for?\n", "## What for?\n\nThe books.\n")
    assert parsed(answered).text == "## What for?\n\nThe books."


def test_the_page_on_research_shows_a_session() -> None:
    """The example in the manual is read as it stands, and names every name there is."""
    page = (Path(__file__).parents[2] / "docs" / "RESEARCH.md").read_text("utf-8")
    (example,) = re.findall(r"```markdown\n(.*?)```", page, re.DOTALL)
    told = parsed(example)
    assert (told.participant, len(told.highlights)) == ("Ana Pereira", 2)
    assert parsed(written(told)) == told
    for name in (*CIRCUMSTANCES, *FIGURES, *Feeling, *Meaning, *KINDS):
        assert name.replace("_", " ") in page, name
