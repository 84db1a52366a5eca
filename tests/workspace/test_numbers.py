"""What the numbers say adds up, week by week, and knows how sure it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import an_incoming, imported
from triage.connector import Channel, Kind
from triage.measures import FEW, mean
from triage.model import Sentiment
from triage.store.numbers import monday, week_of
from triage.workspace import Workspace

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
"""A Thursday: its week runs since the second of March."""


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[Workspace]:
    """Three weeks of two sources; nothing was said in the second."""
    with Workspace(tmp_path / "work.db", clock=lambda: NOW) as made:
        reviews = [
            an_incoming("1", "Terrible, it crashes all the time", rating=1.0, scale="1-5",
                        metric="stars", received_at=datetime(2026, 2, 16, tzinfo=UTC)),
            an_incoming("2", "I love it", rating=5.0, scale="1-5", metric="stars",
                        received_at=NOW),
            an_incoming("3", "Fine", rating=4.0, scale="1-5", metric="stars",
                        received_at=datetime(2026, 3, 2, tzinfo=UTC)),
        ]  # fmt: skip
        imported(made, reviews, source="reviews", group=False)
        mail = [an_incoming("4", "Please add a dark mode",
                            received_at=datetime(2026, 3, 1, 23, 59, tzinfo=UTC))]  # fmt: skip
        imported(made, mail, source="mail", group=False)
        made.read_tones()
        yield made


@given(st.integers(0, 4_000_000_000))
def test_a_week_begins_on_monday(seconds: int) -> None:
    """Every moment lies in the seven days from the Monday of its week."""
    at = datetime.fromtimestamp(seconds, UTC)
    first = monday(week_of(int(at.timestamp() * 1_000_000)))
    assert first.weekday() == 0
    assert first <= at.date() < first + timedelta(weeks=1)


def test_weeks_without_a_gap(heard: Workspace) -> None:
    """From the first week with feedback to the one that runs, silent ones included."""
    found = heard.numbers()
    assert [week.monday.day for week in found.weeks] == [16, 23, 2]
    assert [week.tally.n for week in found.weeks] == [1, 1, 2]
    assert [week.is_over for week in found.weeks] == [True, True, False]
    assert found.whole.n == 4


def test_a_span(heard: Workspace) -> None:
    """Only so many weeks are counted, the one that runs included."""
    assert heard.numbers(1).whole.n == 2
    assert heard.numbers(2).whole.n == 3
    assert [week.tally.n for week in heard.numbers(52).weeks] == [1, 1, 2]


def test_one_source(heard: Workspace) -> None:
    """One source is counted alone; all of them are still named, the loudest first."""
    found = heard.numbers(source="mail")
    assert found.whole.n == 1
    assert [(one.name, one.n) for one in found.sources] == [("reviews", 3), ("mail", 1)]
    assert found.sources[0].weeks == (1, 0, 2)
    assert [week.tally.n for week in found.weeks] == [0, 1, 0]


def test_ratings_and_sentiment(heard: Workspace) -> None:
    """Ratings keep to their scale; shares are of all that was said."""
    whole = heard.numbers().whole
    assert whole.ratings == {("stars", "1-5"): Counter({1.0: 1, 5.0: 1, 4.0: 1})}
    assert heard.numbers().scales() == [("stars", "1-5")]
    told = whole.mean(("stars", "1-5"))
    assert (told.n, told.interval) == (3, None)
    assert told.value == pytest.approx(10 / 3)
    negative = whole.share(Sentiment.NEGATIVE)
    assert (negative.count, negative.n) == (1, 4)
    assert negative.interval[0] < negative.share < negative.interval[1]
    assert sum(one.count for one in whole.shares()) == whole.n


def test_a_correction_counts(heard: Workspace) -> None:
    """What a person says about sentiment is counted in place of what was read."""
    heard.correct([heard.feedback("f1")], language=None, sentiment="positive")
    assert heard.numbers().whole.share(Sentiment.NEGATIVE).count == 0


def test_what_is_not_read_yet(tmp_path: Path) -> None:
    """Feedback nobody has read for sentiment counts, and is called so."""
    with Workspace(tmp_path / "work.db", clock=lambda: NOW) as fresh:
        imported(fresh, [an_incoming("1", "x", received_at=NOW)], group=False)
        with fresh.db.write() as write:
            write.execute("UPDATE tone SET sentiment = '', version = 0")
        shares = fresh.numbers().whole.shares()
        assert [(one.name, one.count) for one in shares][-1] == ("", 1)


def test_nothing_and_the_future(tmp_path: Path) -> None:
    """An empty workspace has no weeks; what is dated ahead belongs to none."""
    with Workspace(tmp_path / "work.db", clock=lambda: NOW) as fresh:
        assert fresh.numbers().weeks == ()
        later = NOW + timedelta(days=30)
        imported(fresh, [an_incoming("1", "x", received_at=later)], group=False)
        assert fresh.numbers(13).whole.n == 0


def test_lately(heard: Workspace) -> None:
    """Two stretches of weeks that are over, one after the other; none where too few."""
    assert heard.numbers().lately(4) is None
    both = heard.numbers().lately(1)
    assert both
    assert [one.n for one in both] == [1, 1]


@given(st.dictionaries(st.integers(0, 10).map(float), st.integers(1, 40), min_size=1))
def test_mean(counts: dict[float, int]) -> None:
    """A mean lies in its interval, and the interval within what was said."""
    told = mean(counts)
    assert told.n == sum(counts.values())
    assert told.value is not None
    slack = 1e-9
    assert min(counts) - slack <= told.value <= max(counts) + slack
    if told.n < FEW:
        assert told.interval is None
    else:
        assert told.interval is not None
        low, high = told.interval
        assert min(counts) <= low <= told.value + slack
        assert told.value - slack <= high <= max(counts)


def test_mean_of_nothing() -> None:
    """Of nothing there is no mean."""
    assert mean({}).value is None


def test_satisfaction_without_a_word_counts_as_a_rating(workspace: Workspace) -> None:
    """A score a desk asked for is a rating like stars, and no feedback."""
    told = an_incoming(
        "csat 1", "", kind=Kind.AUTO, channel=Channel.SURVEY, rating=4.0, scale="1-5",
        metric="csat",
    )  # fmt: skip
    imported(workspace, [told])
    whole = workspace.numbers().whole
    assert whole.n == 0
    assert whole.mean(("csat", "1-5")).n == 1
