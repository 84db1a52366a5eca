"""A brief of a workspace: of its period, by who was heard, deterministic."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from factories import an_incoming, imported
from triage.brief import written
from triage.errors import UsageError
from triage.model import Extent, Horizon, RoadmapStatus
from triage.store import codec
from triage.workspace import BriefWishes, Workspace

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


class Clock:
    """A moment that a test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        """The moment."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """It is the second of March until a test says otherwise."""
    return Clock()


def dated(workspace: Workspace, at: datetime) -> None:
    """Have the steps made since the last call made then: the journal has a clock."""
    with workspace.db.write() as write:
        write.execute(
            "UPDATE step SET at = ? WHERE at > ?",
            (codec.to_text(at), codec.to_text(START + 50 * DAY)),
        )


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    """Two pain points of March, the second overtaking the first in April; one shipped."""
    with Workspace(tmp_path / "work.db", clock=clock) as made:
        told = [
            an_incoming(
                str(number), f"the export fails me, number {number}",
                author=f"Ann{number} Doe", email=f"a{number}@x.example",
                company="Acme" if number % 2 else "Bolt", rating=2.0, scale="1-5",
                metric="stars", received_at=START + (number - 20) * DAY,
                context={"plan": "Team"},
            )
            for number in range(1, 61)
        ]  # fmt: skip
        imported(made, told)
        first, second = made.capture("Export fails"), made.capture("Export is slow")
        for number in (1, 2, 3):
            made.accept([made.feedback(f"f{number}")], first.id)
        made.accept([made.feedback("f4")], second.id)
        item = made.plan("New exporter", Horizon.NOW)
        made.link(first, item, Extent.FULL)
        clock.now = START + 10 * DAY
        dated(made, START - DAY)
        made.reschedule(item, status=RoadmapStatus.SHIPPED)
        dated(made, clock.now)
        clock.now = START + 40 * DAY
        for number in range(30, 35):
            made.accept([made.feedback(f"f{number}")], second.id)
        dated(made, clock.now)
        yield made


def test_what_moved_and_why(workspace: Workspace) -> None:
    """A pain point is told with its place then and now, and who was heard since."""
    told = workspace.brief(BriefWishes(since=START + 20 * DAY))
    assert [(one.short, one.before, one.rank) for one in told.pains] == [
        ("p2", 2, 1), ("p1", 1, 2),
    ]  # fmt: skip
    slow = told.pains[0]
    assert (slow.people, slow.new_people, slow.new_companies) == (6, 5, 1)
    assert [one.short for one in told.moved] == ["p2", "p1"]


def test_a_period_that_is_over(workspace: Workspace) -> None:
    """What was decided after its end is not in it."""
    told = workspace.brief(BriefWishes(since=START, until=START + 20 * DAY))
    assert [(one.short, one.people) for one in told.pains] == [("p1", 3), ("p2", 1)]


def test_what_shipped_and_who_is_to_be_told(workspace: Workspace) -> None:
    """A plan ships with the step that said so; those who asked are counted."""
    told = workspace.brief(BriefWishes(since=START))
    (shipped,) = told.shipped
    assert (shipped.short, shipped.at) == ("r1", START + 10 * DAY)
    assert shipped.effect.days == 28
    assert shipped.effect.scale == "stars 1-5"
    assert shipped.effect.ratings == (2.0, 2.0)
    (waiting,) = told.to_tell
    assert (waiting.short, waiting.asked, waiting.told) == ("p1", 3, 0)
    assert waiting.names == ()
    assert workspace.brief(BriefWishes(since=START + 11 * DAY)).shipped == ()
    assert told.planned == ()


def test_who_was_told_is_as_the_ledger_has_it(workspace: Workspace) -> None:
    """Who is not to be told was not told, and waits for nothing either."""
    point = workspace.pain_point("p1").pain_point
    one, two, _ = workspace.askers(1)
    workspace.skip_telling(point, [one])
    workspace.mark_told(point, [two], "phoned")
    (waiting,) = workspace.brief(BriefWishes(since=START, names=True)).to_tell
    assert (waiting.asked, waiting.told, waiting.skipped, waiting.left) == (3, 1, 1, 1)
    assert len(waiting.names) == 1
    workspace.mark_told(point, workspace.askers(1)[2:], "phoned")
    assert workspace.brief(BriefWishes(since=START)).to_tell == ()


def test_undone_is_not_shipped(workspace: Workspace) -> None:
    """A step taken back shipped nothing."""
    (entry,) = [one for one in workspace.history() if "shipped" in one.label]
    workspace.undo(entry.id)
    told = workspace.brief(BriefWishes(since=START))
    assert told.shipped == ()
    assert [one.short for one in told.planned] == ["r1"]


def test_nobody_is_named_unasked(workspace: Workspace) -> None:
    """Names and companies stand there only with ``names``."""
    whole = written(workspace.brief(BriefWishes(since=START)), "markdown")
    assert "Doe" not in whole
    assert "Acme" not in whole
    assert "Team · email" in whole
    named = workspace.brief(BriefWishes(since=START, names=True))
    assert "Ann1 Doe" in written(named, "markdown")
    assert named.to_tell[0].names[0] == "Ann1 Doe, Acme"


def test_redacted(workspace: Workspace) -> None:
    """What tells who somebody is goes out of titles and quotes alike."""
    workspace.capture("Ann1 Doe cannot export, ann@x.example")
    told = written(workspace.brief(BriefWishes(redact=True)), "html")
    assert "person 1 cannot export, [email]" in told
    assert "Ann1" not in told


def test_the_same_again(workspace: Workspace) -> None:
    """The same workspace and moments give the same bytes."""
    wishes = BriefWishes(since=START, until=START + 30 * DAY)
    for to in ("markdown", "html"):
        one = written(workspace.brief(wishes), to)
        assert one == written(workspace.brief(wishes), to)


def test_what_cannot_be(workspace: Workspace) -> None:
    """A period that ends before it begins, and wishes that contradict, are refused."""
    with pytest.raises(UsageError, match=r"ends .* before it begins"):
        workspace.brief(BriefWishes(since=START, until=START - DAY))
    with pytest.raises(UsageError, match="not both"):
        workspace.brief(BriefWishes(names=True, redact=True))


def test_an_empty_workspace(tmp_path: Path) -> None:
    """Where nobody was heard yet, the brief says so."""
    with Workspace(tmp_path / "empty.db", clock=lambda: START) as empty:
        told = empty.brief(BriefWishes())
    assert (told.pains, told.metrics, told.shipped) == ((), (), ())
    assert "Nothing was said" in written(told, "markdown")
