"""What the demo's people have decided before it opens."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from triage.connector import Incoming, Kind
from triage.demo.decisions import decisions
from triage.demo.incoming import sources
from triage.demo.plans import PAIN_POINTS
from triage.demo.roadmap import ROADMAP
from triage.demo.stories import STORIES
from triage.model import State

TODAY = datetime(2026, 7, 8, 14, 30, tzinfo=UTC)


def everything() -> dict[tuple[str, str], Incoming]:
    return {
        (name, one.external_id): one
        for name, delivered in sources(TODAY).items()
        for one in delivered
    }


def test_quotes_are_the_customers_words() -> None:
    """Every quote occurs verbatim in the feedback it is taken from."""
    feedback = everything()
    for made in decisions(TODAY):
        assert made.quote in feedback[made.source, made.external_id].body
        assert bool(made.quote) == bool(made.pain) == (made.state is State.ACCEPTED)


def test_an_inbox_worth_opening() -> None:
    """120 to 200 are open: about 60 % of three weeks, and a few older ones."""
    feedback = {
        key: one for key, one in everything().items() if one.kind is Kind.FEEDBACK
    }
    decided = {(made.source, made.external_id) for made in decisions(TODAY)}
    assert len(decided) == len(decisions(TODAY))
    assert decided <= feedback.keys()
    assert 120 <= len(feedback.keys() - decided) <= 200
    three_weeks = TODAY - timedelta(days=21)
    new = {
        key
        for key, one in feedback.items()
        if one.received_at is not None and one.received_at > three_weeks
    }
    assert 0.5 < len(new - decided) / len(new) < 0.7


def test_every_state_is_to_be_seen() -> None:
    """Accepted, declined, archived, snoozed and spam all occur, with their reasons."""
    states = Counter(made.state for made in decisions(TODAY))
    assert set(states) == set(State) - {State.INBOX}
    for made in decisions(TODAY):
        if made.state is State.SNOOZED:
            assert made.until is not None
            assert made.until > TODAY
        if made.state in (State.DECLINED, State.ARCHIVED):
            assert made.reason


def test_decided_after_it_arrived() -> None:
    """Nobody decides before a feedback arrives, or after today."""
    feedback = everything()
    for made in decisions(TODAY):
        received = feedback[made.source, made.external_id].received_at
        assert received is not None
        assert received <= made.at <= TODAY


def test_plans_hang_together() -> None:
    """Pain points name stories, roadmap items name pain points, each story hurts once."""
    keys = [pain.key for pain in PAIN_POINTS]
    assert len(set(keys)) == len(keys)
    told = [story for pain in PAIN_POINTS for story in pain.stories]
    assert len(set(told)) == len(told)
    assert set(told) <= {story.key for story in STORIES}
    settled = {pain for work in ROADMAP for pain, _ in work.settles}
    assert settled <= set(keys)
    cited = Counter(made.pain for made in decisions(TODAY) if made.pain)
    assert all(cited[key] >= 1 for key in keys)
