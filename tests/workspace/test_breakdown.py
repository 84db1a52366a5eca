"""Numbers told apart add up, fold their tail and know how sure they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import an_incoming, imported
from triage.connector import Incoming
from triage.errors import UsageError
from triage.model import Channel, Kind, Sentiment
from triage.query.fields import PARTS
from triage.store.figures import PartCount
from triage.store.versions import version_order
from triage.workspace import Workspace
from triage.workspace.breakdown import Breakdown, breakdown

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
STARS = ("stars", "1-5")

WRITTEN = ["5.2", "5.10", "5.9.1", "v5.2", "beta", "de", "DE", " de", "", "FR"]
COUNTS = st.lists(
    st.builds(
        PartCount,
        value=st.sampled_from(WRITTEN), is_later=st.booleans(),
        sentiment=st.sampled_from([*map(str, Sentiment), "", None]),
        metric=st.just("stars"), scale=st.just("1-5"),
        rating=st.sampled_from([None, 1.0, 3.0, 5.0]), many=st.integers(1, 40),
        first=st.integers(0, 10**15), last=st.integers(10**15, 2 * 10**15),
    ),
    max_size=30,
)  # fmt: skip


@given(COUNTS, st.sampled_from(PARTS), st.integers(0, 6))
def test_parts_add_up(counts: list[PartCount], by: str, most: int) -> None:
    """However much is folded, the parts make the whole, and every share has its n."""
    found = breakdown(counts, by, most=most)
    assert found.whole.heard == sum(one.many for one in counts)
    assert sum(part.tally.heard for part in found.parts) == found.whole.heard
    rated = sum(one.many for one in counts if one.rating is not None)
    assert sum(part.tally.mean(STARS).n for part in found.parts) == rated
    for part in found.parts:
        assert sum(one.count for one in part.tally.shares()) == part.tally.n
        assert part.tally.lowest(STARS).n == part.tally.mean(STARS).n
        assert part.first <= part.last
    whole = breakdown(counts, by, most=0)
    assert whole.whole.ratings == found.whole.ratings
    assert sum(part.values for part in whole.parts) == sum(
        part.values for part in found.parts
    )


@given(COUNTS, st.sampled_from(PARTS), st.integers(1, 6))
def test_the_order(counts: list[PartCount], by: str, most: int) -> None:
    """Versions newest first, others the loudest first; then the rest, then not told."""
    parts = breakdown(counts, by, most=most).parts
    named = [part for part in parts if part.values == 1]
    if by == "version":
        orders = [version_order(part.name) or "" for part in named]
        assert orders == sorted(orders, reverse=True)
    else:
        loud = [part.tally.heard for part in named]
        assert loud == sorted(loud, reverse=True)
    kinds = [min(part.values, 2) if part.values else 3 for part in parts]
    assert kinds == sorted(kinds), "named, then others, then not told"
    assert len(named) <= most + 1
    assert Counter(kinds)[2] <= 1
    assert Counter(kinds)[3] <= 1


def _told(number: int, stars: float, weeks: float, **told: object) -> Incoming:
    known = {"rating": stars, "scale": "1-5", "metric": "stars", **told}
    return an_incoming(
        str(number), f"Review {number}", received_at=NOW - timedelta(weeks=weeks),
        channel=Channel.REVIEW, **known,
    )  # fmt: skip


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace at a Thursday noon."""
    with Workspace(tmp_path / "work.db", clock=lambda: NOW) as made:
        yield made


def named(found: Breakdown) -> dict[str, int]:
    """How much was said of each."""
    return {part.name: part.tally.n for part in found.parts}


def test_what_counts(empty: Workspace) -> None:
    """A rating alone is no feedback; machines, our side and copies never count."""
    of = {"app_version": "5.2"}
    told = [_told(1, 4.0, 1, **of)]
    told += [
        an_incoming(str(n), body, received_at=NOW, kind=kind, rating=1.0, scale="1-5",
                    metric=metric, app_version="5.2")
        for n, (kind, body, metric) in enumerate([
            (Kind.AUTO, "", "stars"), (Kind.AUTO, "Your review was posted", "stars"),
            (Kind.AUTO, "", ""), (Kind.AGENT, "", "stars"), (Kind.COPY, "Bad", "stars"),
        ], 10)
    ]  # fmt: skip
    imported(empty, told, group=False)
    (part,) = empty.breakdown("version").parts
    assert (part.tally.n, part.tally.heard) == (1, 2)
    assert part.tally.ratings == {STARS: Counter({4.0: 1, 1.0: 1})}
    weeks = empty.numbers()
    assert (weeks.whole.n, weeks.whole.mean(STARS).n) == (1, 2)
    assert sum(one.n for one in weeks.sources) == 1
    for by in PARTS:
        assert empty.breakdown(by).whole.heard == 2


def test_every_field(empty: Workspace) -> None:
    """Each breakdown reads what lists and queries read, capitals aside."""
    imported(empty, [
        _told(1, 4.0, 1, app_version="5.2", language="de",
              context={"country": "DE", "os": "Android 16", "device": "Pixel 9"}),
        _told(2, 4.0, 1, app_version="5.10", language="de",
              context={"country": "de", "os": 16}),
        _told(3, 4.0, 1, context={"country": None}),
    ], source="play", group=False)  # fmt: skip
    empty.read_tones()
    assert named(empty.breakdown("version")) == {"5.10": 1, "5.2": 1, "": 1}
    assert named(empty.breakdown("country")) == {"DE": 2, "": 1}
    assert named(empty.breakdown("os")) == {"16": 1, "Android 16": 1, "": 1}
    assert named(empty.breakdown("device")) == {"Pixel 9": 1, "": 2}
    assert named(empty.breakdown("source")) == {"play": 3}
    assert named(empty.breakdown("language"))["de"] == 2
    with pytest.raises(UsageError, match="not by colour"):
        empty.breakdown("colour")


def test_a_query_narrows_it(empty: Workspace) -> None:
    """Fields, words, language and state narrow what is counted; an order is refused."""
    imported(empty, [
        _told(1, 1.0, 1, app_version="5.2", language="de"),
        _told(2, 5.0, 1, app_version="5.1", language="en"),
        an_incoming("3", "It crashes", received_at=NOW, app_version="5.2"),
    ], group=False)  # fmt: skip
    empty.read_tones()
    empty.archive([empty.feedback("f1")])
    for query, n in (
        ("", 3), ("version:5.2", 2), ("rating:>=4", 1), ("language:de", 1), ("crash", 1),
        ("-crash", 2), ("state:archived", 1), ("state:inbox review", 1),
        ("language:de state:inbox", 0), ("sentiment:negative rating:1", 1),
    ):  # fmt: skip
        assert empty.breakdown("version", query=query).whole.n == n, query
        assert empty.numbers(query=query).whole.n == n, query
    for query in ("sort:oldest", "show:each"):
        with pytest.raises(UsageError, match="no order"):
            empty.breakdown("version", query=query)


def test_when_a_version_was_first_seen(empty: Workspace) -> None:
    """A version is as old as its first feedback, though only the last weeks count."""
    imported(empty, [
        _told(1, 4.0, 30, app_version="5.1"), _told(2, 4.0, 1, app_version="5.1"),
        _told(3, 4.0, 30, app_version="5.0"),
    ], group=False)  # fmt: skip
    (part,) = empty.breakdown("version", 13).parts
    assert (part.name, part.tally.n) == ("5.1", 1)
    assert part.first_at == NOW - timedelta(weeks=30)
    assert part.last_at == NOW - timedelta(weeks=1)


def test_what_is_dated_ahead_is_left_out(empty: Workspace) -> None:
    """What a source dates in the future counts once it is past."""
    imported(empty, [_told(1, 4.0, -3, app_version="6.0")], group=False)
    assert empty.breakdown("version").parts == ()
    assert empty.breakdown("version", 4).parts == ()


def test_arrows_need_intervals_apart(empty: Workspace) -> None:
    """An arrow stands where the interval lies apart from the one before, and only there."""
    told = [_told(n, 5.0 if n % 5 else 4.0, 10, app_version="5.1",
                  context={"country": "DE"}) for n in range(30)]  # fmt: skip
    told += [_told(100 + n, 1.0 if n % 5 else 2.0, 1, app_version="5.2",
                   context={"country": "DE"}) for n in range(30)]  # fmt: skip
    told += [_told(200 + n, 1.0, 1, app_version="5.3") for n in range(9)]
    imported(empty, told, group=False)
    versions = {part.name: part for part in empty.breakdown("version", 13).parts}
    assert versions["5.2"].rises(STARS) == -1
    assert versions["5.1"].rises(STARS) == 0
    assert versions["5.3"].rises(STARS) == 0, "nine are too few"
    germany = empty.breakdown("country", 13).parts[0]
    assert (germany.name, germany.rises(STARS)) == ("DE", -1)


def test_many_stretches_are_one(
    empty: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counting in stretches, however short, tells what counting at once tells."""
    imported(empty, [
        _told(n, float(1 + n % 5), n / 10, app_version=f"5.{n % 7}",
              context={"country": ("DE", "FR", "")[n % 3]}) for n in range(120)
    ], group=False)  # fmt: skip
    whole = {by: empty.breakdown(by, 13, most=0) for by in PARTS}
    monkeypatch.setattr("triage.store.breakdown.STRETCH", 7)
    assert {by: empty.breakdown(by, 13, most=0) for by in PARTS} == whole
