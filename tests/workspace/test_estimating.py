"""Numbers people put on pain points: checked, explained, undone, and one truth each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import a_workspace, decisions, imported, numbered, table
from triage.errors import UsageError
from triage.model import PainPoint, PainStatus, Priority
from triage.scoring import Origin
from triage.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Two pain points, the first with two quotes."""
    (tmp_path / "work.toml").write_text(
        "[score.drivers]\ngrowth = 2\n"
        '[segments]\nbig = {query = "company:acme", weight = 3}\n'
    )
    with a_workspace(tmp_path) as made:
        imported(made, numbered(["it hurts", "it hurts a lot"]), group=False)
        made.accept([made.feedback("f1"), made.feedback("f2")], "It hurts")
        made.capture("Something else")
        yield made


def point(workspace: Workspace, name: str = "p1") -> PainPoint:
    """The pain point as it is now."""
    return workspace.pain_point(name).pain_point


def names(workspace: Workspace) -> list[str]:
    """What estimates there are."""
    return sorted(row[2] for row in table(workspace.db, "estimate"))


def test_a_column_and_its_estimate_are_one(workspace: Workspace) -> None:
    """An input that is a column is set with what it rests on, in one step."""
    entry = workspace.estimate(
        point(workspace), "effort", 2, evidence=(1, 2), reason=" as Ada\n says "
    )
    assert entry is not None
    assert entry.label == "Estimated p1 “It hurts”: effort 2"
    assert point(workspace).effort == 2
    (part,) = workspace.estimates(point(workspace))
    assert (part.value, part.origin, part.evidence) == (2.0, Origin.PERSON, (1, 2))
    assert (part.reason, part.by) == ("as Ada says", workspace.config.by)
    workspace.undo()
    assert (point(workspace).effort, names(workspace)) == (None, [])


@pytest.mark.parametrize(
    ("act", "left"),
    [
        # Another number by hand: what the old one rested on says nothing of it.
        (lambda w: w.edit(point(w), effort=3.0), []),
        (lambda w: w.edit(point(w), effort=None), []),
        (lambda w: w.estimate(point(w), "effort", 3), []),
        (lambda w: w.unestimate(point(w), "effort"), []),
        # The same number, or another column, leaves it.
        (lambda w: w.edit(point(w), effort=2.0), ["effort"]),
        (lambda w: w.edit(point(w), severity=4), ["effort"]),
        (lambda w: w.estimate(point(w), "effort", 2), ["effort"]),
        (lambda w: w.estimate(point(w), "effort", 3, reason="later"), ["effort"]),
    ],
)  # fmt: skip
def test_one_truth(workspace: Workspace, act: Any, left: list[str]) -> None:
    """An estimate that no longer is the column's number goes with the step, and undo."""
    workspace.estimate(point(workspace), "effort", 2, reason="Ada says so")
    before = decisions(workspace.db)
    entry = act(workspace)
    assert names(workspace) == left
    if left:
        told = {row[2]: row[3] for row in table(workspace.db, "estimate")}
        assert told["effort"] == point(workspace).effort
    if entry is not None:
        workspace.undo()
    assert decisions(workspace.db) == before


def test_who_set_a_column(workspace: Workspace) -> None:
    """A column nobody explained still says who set it and when, from the history."""
    workspace.edit(point(workspace), severity=4)
    (part,) = workspace.estimates(point(workspace))
    assert (part.name, part.by) == ("severity", workspace.config.by)
    assert part.at is not None
    assert point(workspace).severity == 4


def test_other_inputs(workspace: Workspace) -> None:
    """An input that is no column is kept by its name, put right in place, and cleared."""
    pain = point(workspace)
    workspace.estimate(pain, "driver.growth", 4, reason="it sells")
    workspace.estimate(pain, "ease", 3)
    workspace.estimate(pain, "ease", 5)
    assert workspace.estimate(pain, "ease", 5) is None
    assert names(workspace) == ["driver.growth", "ease"]
    assert workspace.scored(workspace.case(pain), "drivers").value == 80.0
    assert workspace.unestimate(pain, "ease") is not None
    assert workspace.unestimate(pain, "ease") is None
    assert workspace.unestimate(pain, "reach") is None


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("luck", 1, "no formula asks for 'luck'"),
        ("severity", 6, "severity is 6; it is 1, 2, 3, 4 or 5"),
        ("severity", 2.5, "severity is 2.5"),
        ("effort", 0, "effort is 0; it is more than 0"),
        ("confidence", 80, "confidence is 80; it is 0 to 1"),
        ("impact", 4, "impact is 4; it is 3, 2, 1, 0.5 or 0.25"),
        ("reach", -1, "reach is -1; it is 0 or more"),
        ("reach", float("nan"), "reach is nan"),
        ("ease", 11, "ease is 11; it is 1 to 10"),
        ("job_size", 4, "job_size is 4; it is 1, 2, 3, 5, 8, 13 or 20"),
        ("importance.big", 1.1, "importance.big is 1.1; it is 0 to 1"),
        ("kano.like.dislike", 1.5, "whole numbers"),
        ("kano.like.maybe", 1, "no formula asks for"),
        ("driver.growth", 6, "driver.growth is 6; it is 0 to 5"),
        ("driver.luck", 1, "no driver is called 'luck'.*growth"),
        ("blocked", 0.5, "blocked is 0.5; it is 0 or 1"),
        ("due", float("inf"), "due is inf; it is a day"),
        ("importance.a\nb", 1, "no formula asks for"),
        ("place.rice", 3, "no formula asks for"),
    ],
)  # fmt: skip
def test_off_its_scale(workspace: Workspace, name: str, value: float, why: str) -> None:
    """A number off its scale is refused with the scale, and nothing is changed."""
    before = decisions(workspace.db)
    with pytest.raises(UsageError, match=why):
        workspace.estimate(point(workspace), name, value)
    assert decisions(workspace.db) == before


def test_quotes_are_its_own(workspace: Workspace) -> None:
    """A number rests on quotes of its own pain point, or on none."""
    with pytest.raises(UsageError, match="e1 is no quote of p2"):
        workspace.estimate(point(workspace, "p2"), "ease", 1, evidence=(1,))


def test_placing(workspace: Workspace) -> None:
    """A person's place ranks before the formula's, needs a reason, and is taken back."""
    second = point(workspace, "p2")
    with pytest.raises(UsageError, match="say why p2"):
        workspace.place(second, "demand", 99, " ")
    with pytest.raises(UsageError, match="no formula"):
        workspace.place(second, "luck", 99, "because")
    with pytest.raises(UsageError, match="no place"):
        workspace.place(second, "demand", float("nan"), "because")
    assert [row.scored.pain_point_id for row in workspace.rank().rows] == [1, 2]
    workspace.place(second, "demand", 99, "the board asks")
    assert [row.scored.pain_point_id for row in workspace.rank().rows] == [2, 1]
    assert [view.pain_point.id for view, _ in workspace.pain_points()] == [2, 1]
    placed = workspace.ranked(second).scored.placed
    assert placed is not None
    assert placed.reason == "the board asks"
    workspace.prioritise(point(workspace), Priority.HIGH)
    assert [view.pain_point.id for view, _ in workspace.pain_points()] == [1, 2]
    assert workspace.unplace(second, "demand") is not None
    assert workspace.unplace(second, "demand") is None
    assert [row.scored.pain_point_id for row in workspace.rank().rows] == [1, 2]


def test_only_what_is_open_is_ranked(workspace: Workspace) -> None:
    """What is settled has no place among what is open, and one among all."""
    workspace.edit(point(workspace), status=PainStatus.RESOLVED)
    assert [row.scored.pain_point_id for row in workspace.rank().rows] == [2]
    assert len(workspace.rank(status=None).rows) == 2
    assert workspace.ranked(point(workspace)).rank == 1


def test_segments_weigh(tmp_path: Path) -> None:
    """A voice in a segment of the settings counts by its weight, in lists and exports."""
    (tmp_path / "work.toml").write_text(
        '[segments]\nbig = {query = "company:acme", weight = 3}\n'
    )
    with a_workspace(tmp_path) as made:
        told = numbered(["it hurts"], company="Acme")
        imported(made, [*told, *numbered(["it hurts too"], 2)], group=False)
        made.accept([made.feedback("f1"), made.feedback("f2")], "It hurts")
        view, score = made.pain_points()[0]
        assert score.demand == 4
        assert made.score(view) == score
        assert made.backlog().rows[0].score == score
        said = made.scored(made.case(view.pain_point)).parts[0].says
        assert said == "2 people, 1 of them big"


NAMES = ("effort", "severity", "confidence", "reach", "impact", "ease", "place.rice")


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 2), st.integers(0, 3)), max_size=8))  # fmt: skip
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)  # fmt: skip
def test_any_estimating_is_undone(
    workspace: Workspace, acts: list[tuple[str, int, int]]
) -> None:
    """Whatever is estimated, edited, cleared and placed, undo leaves what was before."""
    before, steps = decisions(workspace.db), 0
    for name, value, how in acts:
        pain, number = (
            point(workspace),
            float(value + 1) if name != "confidence" else 1.0,
        )
        reason = "why" if how else ""
        if name == "place.rice":
            done = workspace.place(pain, "rice", value, "why") if how else workspace.unplace(pain, "rice")  # fmt: skip
        elif how == 3:
            done = workspace.unestimate(pain, name)
        elif how == 2 and name in {"effort", "severity", "reach"}:
            done = workspace.edit(pain, **{name: value + 1})
        else:
            done = workspace.estimate(pain, name, number, reason=reason)
        steps += done is not None
        told = {row[2]: row[3] for row in table(workspace.db, "estimate")}
        for column in set(told) & {"effort", "severity", "reach"}:
            assert told[column] == getattr(point(workspace), column)
    for _ in range(steps):
        workspace.undo()
    assert decisions(workspace.db) == before


@pytest.mark.parametrize(
    ("name", "value"), [("impact", 7), ("impact", 0), ("severity", 2.5), ("reach", -1)]
)
def test_one_check_however_it_is_set(
    workspace: Workspace, name: str, value: float
) -> None:
    """What estimate refuses, edit and capture refuse in the same words."""
    before = decisions(workspace.db)
    said = []
    for tries in (
        lambda: workspace.estimate(point(workspace), name, value),
        lambda: workspace.edit(point(workspace), **{name: value}),
        lambda: workspace.capture("A third", **{name: value}),
    ):
        with pytest.raises(UsageError) as refused:
            tries()
        said.append(str(refused.value))
    assert len(set(said)) == 1
    assert decisions(workspace.db) == before
