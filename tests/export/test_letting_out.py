"""Whatever people agreed to: what they let out leaves, and nothing else of them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from export.backlogs import backlog, quoted, said, text_of, view
from triage.export.document import document
from triage.export.letting_out import LettingOut
from triage.export.redacting import redacted
from triage.export.saying import RUN, Saying
from triage.export.to_html import Html
from triage.export.to_markdown import Markdown
from triage.export.to_ndjson import Ndjson
from triage.model import Channel, Feedback, PainPoint
from triage.operations.leaving import Leaving
from triage.research import Consent

AGREED = st.sampled_from([None, *Consent])
SYLLABLES = st.lists(
    st.sampled_from(["zor", "mek", "lun", "pax", "vib", "tuq"]), min_size=4, max_size=5
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody heard, and what they agreed to; None where nobody has to ask."""

    consent: Consent | None
    feedback: Feedback
    word: str
    name: str


@st.composite
def voices(draw: st.DrawFn) -> list[Voice]:
    """Up to five people, each with a word and a name that nobody else has."""
    found = []
    for number, consent in enumerate(draw(st.lists(AGREED, max_size=5)), 1):
        sound = "".join(draw(SYLLABLES))
        word, name = f"{sound}w{number}", f"{sound.title()}n{number}"
        text = f"We said {word} twice, {word}, and {name} Smith wrote it down."
        channel = Channel.EMAIL if consent is None else Channel.INTERVIEW
        feedback = said(
            number, text, author=f"{name} Smith", email=f"{name}@x{number}.example",
            company=f"Firm {name}", title=f"Talk with {name}", channel=channel,
            url=f"https://x{number}.example", external_id=name, thread=name,
            context={"home": name, "plan": "Team"},
        )  # fmt: skip
        found.append(Voice(consent, feedback, word, name))
    return found


@given(heard=voices(), split=st.integers(0, 5))
def test_what_leaves_is_what_was_let_out(heard: list[Voice], split: int) -> None:
    """In each text: no word that stays, no name that stays, every word that may go."""
    told = " and ".join(f"{one.name} Smith of Firm {one.name}" for one in heard)
    views = [
        view(
            PainPoint(id=number, title=f"Of {told}", statement=told),
            [quoted(one.feedback, number) for one in some],
        )
        for number, some in enumerate((heard[:split], heard[split:], heard), 1)
    ]
    leaving = Leaving(
        {o.feedback.id: o.consent for o in heard if o.consent is not None}
    )
    open_, kept = backlog(*views), backlog(*views, leaving=leaving)
    texts = [
        json.dumps(document(kept)), json.dumps(document(redacted(kept))),
        text_of(Ndjson(), kept), text_of(Html(quotes=9), kept),
        text_of(Markdown(quotes=9), kept),
    ]  # fmt: skip
    for one in heard:
        may = leaving.words(one.feedback)
        for text in texts:
            assert (one.word in text.lower()) == may
            if not leaving.name(one.feedback):
                assert one.name.lower() not in text.lower()
    assert kept.withheld.quotes == 2 * sum(not leaving.words(o.feedback) for o in heard)
    assert [(row.score, row.trend, row.scored.value) for row in kept.rows] == [
        (row.score, row.trend, row.scored.value) for row in open_.rows
    ]
    for row in kept.rows:
        for quote in row.view.quotes:
            left = quote.feedback.body[quote.evidence.start : quote.evidence.end]
            assert left == quote.evidence.quote


@given(heard=voices())
def test_nobody_to_ask_changes_nothing(heard: list[Voice]) -> None:
    """Where nobody was heard in person, every value is the very same."""
    views = [
        view(PainPoint(id=1, title="It hurts"), [quoted(o.feedback) for o in heard])
    ]
    letting = LettingOut(Leaving(), views)
    assert [letting.view(one) for one in views] == views
    assert backlog(*views, leaving=Leaving()) == backlog(*views)


@given(
    before=st.text(max_size=20), after=st.text(max_size=20),
    said=st.lists(st.text("abcdefß 가나다", min_size=1), min_size=1).map("".join),
    signs=st.sampled_from(["", " ", "\n> ", "\\_", "\N{WORD JOINER}"]),
)  # fmt: skip
def test_words_are_found_however_they_are_written(
    before: str, after: str, said: str, signs: str
) -> None:
    """Escaped, broken or shouted, enough letters of somebody's words are found."""
    written = signs.join(said.upper())
    enough = sum(map(str.isalnum, said)) >= 15
    saying = Saying([said])
    if enough:
        assert saying.is_in(f"{before}{written}{after}")
        assert not saying.is_in(saying.without(written, ""))
    assert saying.without(before, "…") == before or enough


@given(
    said=st.text("abcdefghij", min_size=40, max_size=300), data=st.data(),
    around=st.text("xyz", max_size=5),
)  # fmt: skip
def test_a_part_is_found_wherever_it_begins(
    said: str, data: st.DataObject, around: str
) -> None:
    """Any thirty letters in a row are somebody's words; what is not theirs stays."""
    start = data.draw(st.integers(0, len(said) - RUN))
    part = said[start : data.draw(st.integers(start + RUN, len(said)))]
    told = Saying([said]).without(f"{around} {part} {around}", "…")
    assert told == f"{around} … {around}"
    assert not Saying([said]).is_in("klmnop" * 20)
