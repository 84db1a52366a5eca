"""A version beside the one before it: what changed, how sure that is, in whose words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import an_incoming, imported, regroup
from triage.connector import Incoming
from triage.errors import NotFound, UsageError
from triage.store.shifts import Heard
from triage.workspace import Workspace
from triage.workspace.changed import HEARD, weighed

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
CRASH = "It crashes whenever I open the camera since the update"


def _review(
    number: int, version: str, days: float, stars: int, body: str = ""
) -> Incoming:
    return an_incoming(
        str(number), body or f"Said number {number} in words of its own {number * 37}",
        received_at=NOW - timedelta(days=days), rating=float(stars), scale="1-5",
        metric="stars", app_version=version,
    )  # fmt: skip


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace at a Thursday noon."""
    with Workspace(tmp_path / "work.db", clock=lambda: NOW) as made:
        yield made


@pytest.fixture
def released(empty: Workspace) -> Workspace:
    """5.1 in two patches, 5.2 that crashes for a third of its people, 5.10 just out."""
    told = [_review(n, "5.1.0", 60, 4 + n % 2) for n in range(20)]
    told += [_review(n, "5.1.3", 50, 4 + n % 2) for n in range(20, 40)]
    told += [_review(n, "5.2.0", 20, 3) for n in range(40, 60)]
    told += [_review(n, "5.2", 10, 1, CRASH) for n in range(60, 75)]
    told += [_review(n, "5.10", 1, 5) for n in range(75, 78)]
    told += [_review(n, "", 1, 5) for n in range(78, 80)]
    imported(empty, told, group=False)
    empty.read_tones()
    regroup(empty)
    return empty


def test_a_sentence(released: Workspace) -> None:
    """Both means with their n, the difference and its interval, in that order."""
    found = released.changed("5.2")
    assert found.sentence == (
        "5.2 is rated 2.1 (n 35), 5.1 was 4.5 (n 40): 2.4 lower, 95 % interval 2.0–2.7"
    )
    assert found.before is not None
    assert found.after.versions == ("5.2.0", "5.2")
    assert found.before.versions == ("5.1.3", "5.1.0")
    assert found.before.first_at == NOW - timedelta(days=60)
    assert found.before.last_at == NOW - timedelta(days=50)


@pytest.mark.parametrize(
    ("version", "after", "before"),
    [
        ("5.2", "5.2", "5.1"), ("v5.2", "5.2", "5.1"), ("5.10", "5.10", "5.2"),
        ("5.1.3", "5.1.3", "5.1.0"), ("5.2.0", "5.2.0", "5.1.3"), ("5", "5", ""),
        ("5.1", "5.1", ""),
    ],
)  # fmt: skip
def test_which_versions(
    released: Workspace, version: str, after: str, before: str
) -> None:
    """A name is as exact as it is long, and versions come in the order of numbers."""
    found = released.changed(version)
    assert found.after.name == after
    assert (found.before.name if found.before else "") == before


def test_what_more_people_say(released: Workspace) -> None:
    """A group that more people speak of is told as new, with quotes of this version."""
    (shift,) = released.changed("5.2").shifts
    assert (shift.kind, shift.title) == ("group", CRASH)
    assert (shift.after.count, shift.after.n) == (15, 35)
    assert (shift.before.count, shift.before.n) == (0, 40)
    assert shift.is_new
    assert shift.change.is_sure
    assert shift.sentence.startswith("new: 15 of 35 people now, 0 of 40 people before")
    assert [said.text for said in shift.words] == [CRASH, CRASH]
    for said in shift.words:
        assert released.feedback(f"f{said.number}").app_version == "5.2"


def test_pain_points_shift_too(released: Workspace) -> None:
    """What was accepted as evidence is compared by pain point, in the words quoted."""
    crashed = [
        one for one in map(released.feedback, range_of(released)) if one.body == CRASH
    ]
    point = released.capture("The camera crashes")
    released.accept(crashed, point.id)
    shifts = {one.kind: one for one in released.changed("5.2").shifts}
    pain = shifts["pain point"]
    assert (pain.short, pain.title) == (point.short, "The camera crashes")
    assert (pain.after.count, pain.before.count) == (15, 0)
    assert pain.words[0].text
    assert released.changed("5.2").compared == 2


def range_of(workspace: Workspace) -> list[str]:
    """Every feedback there is, as people name it."""
    return [f"f{number}" for number in range(1, workspace.last_number() + 1)]


def test_what_fewer_people_say(released: Workspace) -> None:
    """What is surely gone is told after what rose, with quotes of the version before."""
    fresh = [_review(n, "5.3", 1, 5) for n in range(200, 240)]
    imported(released, fresh, source="more", group=False)
    regroup(released)
    (shift,) = released.changed("5.3").shifts
    assert (shift.after.count, shift.before.count) == (0, 15)
    assert shift.sentence.startswith("less often: 0 of 40 people now")
    assert shift.words


def test_too_few_is_said(released: Workspace) -> None:
    """Of three ratings there is a mean and no comparison."""
    found = released.changed("5.10")
    assert found.sentence == (
        "5.10 is rated 5.0 (n 3), 5.2 was 2.1 (n 35):"
        " too few to compare, as fewer than 10 rated one of them"
    )
    assert not found.ratings.is_sure


def test_no_difference_is_said(empty: Workspace) -> None:
    """Where the interval holds both directions the sentence says that it may be chance."""
    imported(empty, [
        _review(n, ("5.1", "5.2")[n % 2], 30 - n % 2 * 20, 1 + n % 5) for n in range(60)
    ], group=False)  # fmt: skip
    assert empty.changed("5.2").sentence.endswith("so it may be chance")
    assert "none surely changed" in empty.changed("5.2").shifts_sentence or (
        "no group" in empty.changed("5.2").shifts_sentence
    )


def test_the_first_version(released: Workspace) -> None:
    """Before the first version there is none, and nothing is compared."""
    found = released.changed("5.1")
    assert found.sentence == ("5.1 is rated 4.5 (n 40); no version before it is known")
    assert (found.shifts, found.ratings.value) == ((), None)


def test_nobody_rated(empty: Workspace) -> None:
    """Feedback without ratings is compared by how it sounds alone."""
    imported(empty, [
        an_incoming(str(n), f"Hello {n}", app_version=version, received_at=NOW)
        for n, version in enumerate(["5.1", "5.2"])
    ], group=False)  # fmt: skip
    assert empty.changed("5.2").sentence == "nobody has rated 5.2"
    survey = an_incoming("9", "Seven", app_version="5.2", received_at=NOW, rating=7.0,
                         scale="0-10", metric="nps")  # fmt: skip
    imported(empty, [survey], source="survey", group=False)
    assert empty.changed("5.2").sentence == (
        "5.2 is rated NPS 7.0 (n 1); nobody rated 5.1"
    )


def test_refusals(released: Workspace) -> None:
    """A version nobody told is named with those there are; what is none is refused."""
    with pytest.raises(NotFound, match=r"version 9; the newest are 5\.10, 5\.2"):
        released.changed("9")
    with pytest.raises(UsageError, match="is no version"):
        released.changed("latest")


def test_a_query_narrows_both(released: Workspace) -> None:
    """What is asked for narrows the version and the one before alike."""
    found = released.changed("5.2", query="rating:<=4")
    assert found.before is not None
    assert found.before.tally.n == 20
    assert found.after.tally.n == 35
    with pytest.raises(NotFound):
        released.changed("5.10", query="rating:<=2")


SAYING = st.dictionaries(
    st.tuples(st.just("group"), st.integers(1, 9)), st.integers(1, 30)
)


@given(SAYING, SAYING)
def test_comparing_many(
    after: dict[tuple[str, int], int], before: dict[tuple[str, int], int]
) -> None:
    """All that enough people say is compared once; the more there is, the wider each."""
    found = weighed(Heard(40, after), Heard(60, before))
    told = {key: after.get(key, 0) + before.get(key, 0) for key in {*after, *before}}
    assert {(one.kind, one.id) for one in found} == {
        key for key, many in told.items() if many >= HEARD
    }
    lows = [one.change.interval[0] for one in found if one.change.interval]
    assert lows == sorted(lows, reverse=True)
    for one in found:
        (alone,) = weighed(
            Heard(40, {("group", 1): one.after.count} if one.after.count else {}),
            Heard(60, {("group", 1): one.before.count} if one.before.count else {}),
        )
        assert alone.change.interval
        assert one.change.interval
        assert one.change.interval[0] <= alone.change.interval[0] + 1e-9
