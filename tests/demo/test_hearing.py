"""What the demo's people heard in person, asked and made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from triage.connector import Kind
from triage.demo.answers import answers
from triage.demo.build import build
from triage.demo.guides import GUIDES
from triage.demo.incoming import sources
from triage.demo.sessions import SESSIONS
from triage.demo.stories.rivals import RIVAL_STORIES
from triage.demo.tested import TESTED
from triage.measures.figure import Figure
from triage.operations.session_text import parsed
from triage.query import parsed as query
from triage.research import KINDS, Consent
from triage.store import listened
from triage.workspace import Workspace

TODAY = datetime(2026, 7, 8, 14, 30, tzinfo=UTC)
HEARD = (*SESSIONS, *TESTED)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The demo, built once."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with Workspace(path, clock=lambda: TODAY) as built:
        build(built, TODAY)
        yield built


def names(today: datetime) -> set[tuple[str, str]]:
    """What each answer is called where it is from."""
    told = answers(today).items()
    return {(source, one.external_id) for source, each in told for one in each}


def figures(demo: Workspace) -> dict[str, Figure]:
    whole = demo.metrics().whole
    assert whole is not None
    return {one.called: one for one in whole.figures}


def test_every_kind_of_consent(demo: Workspace) -> None:
    """Somebody agreed to everything, to their words, to nothing, or was not asked."""
    told = Counter(view.consent for view in demo.sessions())
    assert set(told) == set(Consent)
    assert told.total() == len(HEARD)
    kinds = {view.session.kind for view in demo.sessions()}
    assert len(kinds & set(KINDS)) >= 7


def test_interviews_of_a_source_tell_of_consent(demo: Workspace) -> None:
    """What another tool noted as an interview says whether they agreed, or that nobody asked."""
    spoken = demo.ids(None, query("channel:interview source:interviews"))
    told = Counter(demo.consents(demo.feedback_many(spoken)).values())
    assert set(told) >= {Consent.NO, Consent.NAMED, Consent.UNASKED}


def test_languages_and_weeks() -> None:
    """They speak four languages or more, over two months, in most weeks."""
    languages = {parsed("---\n" + one.text).language for one in HEARD}
    assert {"en", "de", "fr", "pt"} <= languages
    weeks = {one.days // 7 for one in HEARD}
    assert len(weeks) >= 6
    assert 56 <= max(one.days for one in HEARD) <= 90


def test_a_promise_is_late(demo: Workspace) -> None:
    """Of what was promised one is kept, one is due soon, and one is overdue."""
    promises = [one for view in demo.sessions() for one in view.session.follow_ups]
    kept = [one for one in promises if one.done_at]
    dues = [one.due for one in promises if one.due and not one.done_at]
    assert len(kept) == 1
    assert min(dues) < TODAY.date() < max(dues)


def test_guides_are_followed_and_checked(demo: Workspace) -> None:
    """One guide asks well, one is objected to, and sessions follow guides by name."""
    named = {guide.name for guide in demo.guides()}
    assert named == {one.name for one in GUIDES}
    followed = Counter(view.session.guide for view in demo.sessions())
    assert len(named & set(followed)) >= 2
    marked = {one.name: len(demo.check_guide(one).marked) for one in demo.guides()}
    assert marked["Client reviews"] == 0
    assert marked["Prices, first draft"] >= 3


def test_who_stands_where_beside_us(demo: Workspace) -> None:
    """Two competitors have a place in sharing and in price, on different sides of us."""
    placed = {one.name: one for one in demo.perceptual_map("sharing", "price")}
    assert all(one.is_placed for one in placed.values())
    assert (
        (placed["Folioform"].across.place or 0)
        > 0
        > (placed["Folioform"].up.place or 0)
    )
    assert (
        (placed["Quillmark"].across.place or 0)
        < 0
        < (placed["Quillmark"].up.place or 0)
    )


def test_a_competitor_is_named_everywhere(demo: Workspace) -> None:
    """In mail, reviews, surveys, posts and talks, by a slip of the pen too."""
    quillmark, *_ = demo.competitors()
    assert quillmark.name == "Quillmark"
    assert {"Quillmark", "quillmark", "Quilmark"} <= set(quillmark.written)
    (story,) = RIVAL_STORIES
    assert len({one.channel for one in story.wordings}) == 4
    assert quillmark.suggested


def test_what_rises(demo: Workspace) -> None:
    """Since the competitor's offer more people say its name, beyond chance."""
    rising = [one.shift.words for one in demo.rising().words if one.shift.g2 > 0]
    assert "quillmark" in rising


def test_every_figure_is_told(demo: Workspace) -> None:
    """NPS, CSAT, CES, retention, tasks and their time have a value and an interval."""
    told = figures(demo)
    for name in ("NPS 0-10", "CSAT 1-5", "CES 1-7", "retention", "task done",
                 "time on task"):  # fmt: skip
        assert told[name].value is not None, name
        assert told[name].interval is not None, name


def test_prices_have_points(demo: Workspace) -> None:
    """More than ten people named prices; one misread the question and is left out."""
    euros, *_ = demo.prices()
    assert euros.found.n > 10
    assert euros.found.inconsistent == 1
    assert all(point.value is not None for point in euros.found.points)


def test_answers_wait_in_no_inbox(demo: Workspace) -> None:
    """What has no words is counted and never stands where somebody reads."""
    told = [one for each in answers(TODAY).values() for one in each]
    assert {one.kind for one in told} == {Kind.AUTO}
    assert not any(one.body for one in told)
    assert names(TODAY) == names(TODAY + timedelta(days=77))
    assert not set(answers(TODAY)) & set(sources(TODAY))


def test_voices_are_missing(demo: Workspace) -> None:
    """People listened in several weeks, and this week somebody is not heard."""
    began = TODAY - timedelta(weeks=9)
    assert len(listened.between(demo.db.read(), began, TODAY)) >= 6
    assert any(part.is_missing for part in demo.week().parts)


def test_personas(demo: Workspace) -> None:
    """Three have people, one is assumed; maps hold what was said and what was concluded."""
    views = demo.personas()
    assert [view.is_assumed for view in views].count(True) == 1
    notes = [note.is_observed for view in views for note in view.notes]
    assert True in notes
    assert False in notes
    assert all(demo.bias(view) for view in views if not view.is_assumed)
