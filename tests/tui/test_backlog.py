"""The backlog ranks by any formula, says why, and is moved by hand with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from triage.model import PainPoint, PainStatus
from triage.store import codec
from triage.tui.screens.backlog import BacklogScreen
from triage.workspace import Workspace
from tui.backlog import backlog, front, go, hostile, picture, status, visit
from tui.desk import NOW, Desk, Golden

SIZES = [(120, 40), (80, 24)]


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """The inbox with a backlog, of which two have what RICE needs."""
    made = backlog(workspace)
    for name, reach, impact, effort in ("p1", 40, 2, 2.0), ("p2", 12, 1, 4.0):
        for asked, value in (
            ("reach", reach), ("impact", impact), ("confidence", 0.5),
            ("effort", effort),
        ):  # fmt: skip
            point = _again(made, name)
            made.estimate(point, asked, value, reason=f"{asked} as the logs have it")
    return made


@pytest.fixture
def harmful(empty: Workspace) -> Workspace:
    """Texts that mean harm in whatever a ranking shows."""
    made = hostile(empty)
    for view, _ in made.pain_points()[:6]:
        made.estimate(view.pain_point, "ease", 3, reason="\x1b[31mred [/] \u202egnol")
        made.place(_again(made, view.pain_point.short), "ice", 3, "\x1b]0;x\x07 [bold]")
    return made


def _again(workspace: Workspace, name: str) -> PainPoint:
    return workspace.pain_point(name).pain_point


def screen(desk: Desk) -> BacklogScreen:
    """The screen in front."""
    found = front(desk)
    assert isinstance(found, BacklogScreen)
    return found


def order(desk: Desk) -> list[str]:
    """The pain points from the top down."""
    return [row.case.pain_point.short for row in screen(desk).rows.rows]


@pytest.mark.parametrize("size", SIZES)
async def test_looks(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """What ranks first by RICE, what it is made of and who said so."""
    async with visit(workspace, "backlog", size) as desk:
        await go(desk, "]")
        golden.check(f"backlog_rice_{size[0]}x{size[1]}", await picture(desk))


@pytest.mark.parametrize("size", SIZES)
async def test_plot(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """v draws value over effort, with the one under the cursor; v or esc ends it."""
    async with visit(workspace, "backlog", size) as desk:
        await go(desk, "]", "v")
        golden.check(f"backlog_plot_{size[0]}x{size[1]}", await picture(desk))
        await go(desk, "escape")
        assert "20 × 2" not in desk.text
        assert "40 × 2 × 0.5 ÷ 2 = 20" in desk.text


async def test_telling(workspace: Workspace) -> None:
    """r lists who asked for the one under the cursor, as everywhere."""
    async with visit(workspace, "backlog") as desk:
        point = screen(desk).point
        assert point is not None
        await go(desk, "r")
        assert "Backlog by" not in desk.text
        assert point.title in desk.text


async def test_formulas(workspace: Workspace) -> None:
    """] and [ go round all formulas; f chooses one; the cursor stays on its row."""
    async with visit(workspace, "backlog") as desk:
        assert "Backlog by Demand" in desk.text
        await go(desk, "j")
        here = screen(desk).point
        await go(desk, "]")
        assert "Backlog by RICE" in desk.text
        assert screen(desk).point == here
        await go(desk, "[", "[")
        assert "Backlog by Drivers" in desk.text
        await go(desk, "f", "2")
        assert "Backlog by RICE" in desk.text


async def test_carried(workspace: Workspace) -> None:
    """> takes a row down; enter asks why and keeps it there; u and - take it back."""
    async with visit(workspace, "backlog") as desk:
        await go(desk, "]")
        assert order(desk) == ["p1", "p2", "p3"]
        await go(desk, ">")
        assert order(desk) == ["p2", "p1", "p3"]
        assert "p1 in hand: enter puts it down with a reason" in desk.text
        await go(desk, "enter")
        assert "Why does p1 stand 2nd by RICE?" in desk.text
        await desk.type("Refunds are promised")
        await go(desk, "enter")
        assert order(desk) == ["p2", "p1", "p3"]
        assert "Refunds are promised" in desk.text
        assert "The formula says 20" in desk.text
        await go(desk, "u")
        assert order(desk) == ["p1", "p2", "p3"]
        await go(desk, "U", "-")
        assert order(desk) == ["p1", "p2", "p3"]
        await go(desk, "-")
        assert status(desk) == "It stands where the formula has it"


async def test_put_back(workspace: Workspace) -> None:
    """esc puts it back where it stood, and so does enter where it did not move."""
    async with visit(workspace, "backlog") as desk:
        await go(desk, "]", ">", "escape")
        assert order(desk) == ["p1", "p2", "p3"]
        assert "in hand" not in desk.text
        await go(desk, ">", "<", "enter")
        assert "in hand" not in desk.text
        # What has no value stands last, and nothing goes below it.
        await go(desk, ">", ">", ">")
        assert order(desk) == ["p2", "p1", "p3"]
        assert workspace.rank("rice").rows[0].case.pain_point.short == "p1"


async def test_estimate(workspace: Workspace) -> None:
    """i asks for an input, refuses what is off its scale, and keeps why."""
    async with visit(workspace, "backlog") as desk:
        await go(desk, "]", "G")
        assert (
            "No score: nobody has set impact, confidence and effort" in desk.text
            or ("No score: nobody has set" in desk.text)
        )
        await go(desk, "i", "2")
        await desk.type("7")
        await go(desk, "enter")
        assert status(desk) == "impact is 7; it is 3, 2, 1, 0.5 or 0.25"
        await go(desk, "i", "2")
        await desk.type("3")
        await go(desk, "enter")
        await desk.type("all who import are hit")
        await go(desk, "enter")
        assert "all who import are hit" in desk.text
        assert _again(workspace, "p3").impact == 3
        await go(desk, "u")
        assert _again(workspace, "p3").impact is None


def dated(workspace: Workspace, days: int, *, after: int = 0) -> int:
    """As if every step after that one was made so many days ago; the last one."""
    at = codec.to_text(NOW - timedelta(days=days))
    with workspace.db.write() as write:
        write.execute("UPDATE step SET at = ? WHERE id > ?", (at, after))
        return int(write.execute("SELECT max(id) FROM step").fetchone()[0])


@pytest.fixture
def moving(workspace: Workspace) -> Workspace:
    """A backlog of which one rose yesterday, one came and one was settled."""
    workspace.capture("Fonts are small")
    last = dated(workspace, 60)
    workspace.estimate(_again(workspace, "p2"), "reach", 4000, reason="the new logs")
    workspace.edit(_again(workspace, "p2"), severity=5, effort=0.1)
    workspace.capture("Nobody finds the help")
    workspace.edit(_again(workspace, "p4"), status=PainStatus.RESOLVED)
    dated(workspace, 1, after=last)
    return workspace


@pytest.mark.parametrize("size", SIZES)
async def test_beside(moving: Workspace, golden: Golden, size: tuple[int, int]) -> None:
    """What moved in a week and how steady places are stand in columns and sentences."""
    async with visit(moving, "backlog", size) as desk:
        await go(desk, "M", "w", "j")
        golden.check(f"backlog_beside_{size[0]}x{size[1]}", await picture(desk))


async def test_moved(moving: Workspace) -> None:
    """M goes through a week, a month, a quarter and off; why is in a sentence."""
    async with visit(moving, "backlog") as desk:
        await go(desk, "]")
        assert order(desk) == ["p2", "p1", "p3", "p5"]
        assert "Since" not in desk.text
        await go(desk, "M")
        assert "Since 26 Feb: 1 up, 1 down, 1 new, 1 gone" in desk.text
        assert "Since 26 Feb: up 1: reach 12 →" in desk.text
        for glyph in "↑1", "↓1", "=":
            assert glyph in desk.text
        await go(desk, "M")
        assert "Since 3 Feb: 1 up" in desk.text
        await go(desk, "M")
        assert "Since 4 Dec: 4 new" in desk.text
        await go(desk, "M")
        assert "Since" not in desk.text


async def test_steady(workspace: Workspace) -> None:
    """w says between which places each would stand, or that no weight counts."""
    async with visit(workspace, "backlog") as desk:
        await go(desk, "w")
        assert "if any weight is 20 % off" in desk.text
        assert "between" in desk.text
        await go(desk, "]")
        assert "It uses no weights of the settings" in desk.text
        assert "between" not in desk.text
        await go(desk, "w")
        assert "weights of the settings" not in desk.text


async def test_moscow(workspace: Workspace) -> None:
    """By MoSCoW the check of effort stands under the title; i labels."""
    async with visit(workspace, "backlog") as desk:
        await go(desk, "f", "7")
        assert "Nothing planned has an effort yet" in desk.text
        first = screen(desk).point
        assert first is not None
        await go(desk, "i", "m")
        assert _again(workspace, first.short).moscow == "must"
        assert "Musts take 100% of the effort planned: more than 60%" in desk.text
        await go(desk, "u")
        assert _again(workspace, first.short).moscow == ""


async def test_estimate_days_flags_and_drivers(workspace: Workspace) -> None:
    """i takes a day as a date, a flag as yes or no, and the drivers of the settings."""
    weights = replace(workspace.config.weights, drivers={"growth": 2.0, "joy": 1.0})
    workspace.config = replace(workspace.config, weights=weights)
    async with visit(workspace, "backlog") as desk:
        await go(desk, "f", "8")
        here = screen(desk).point
        assert here is not None

        def told() -> dict[str, float]:
            point = _again(workspace, here.short)
            return {one.name: one.value for one in workspace.estimates(point)}

        await go(desk, "i", "1")
        await desk.type("whenever")
        await go(desk, "enter")
        assert status(desk) == "“whenever” is no day like 2027-03-01"
        await go(desk, "i", "1")
        await desk.type("2027-03-01")
        await go(desk, "enter")
        assert "Why 2027-03-01?" in desk.text
        await go(desk, "-", "enter")
        assert told()["due"] == datetime(2027, 3, 1, tzinfo=UTC).timestamp()
        await go(desk, "i", "1", "ctrl+a", "ctrl+k", "-", "enter")
        assert "due" not in told()
        await go(desk, "i", "3", "y", "-", "enter")
        assert told()["blocking"] == 1.0
        await go(desk, "f", "9", "i")
        assert "growth" in desk.text
        await go(desk, "2")
        await desk.type("4")
        await go(desk, "enter", "-", "enter")
        assert told()["driver.joy"] == 4.0


async def test_estimate_elsewhere(workspace: Workspace) -> None:
    """What has too many names to ask for here says its command or its setting."""
    async with visit(workspace, "backlog") as desk:
        await go(desk, "f", "6", "i")
        assert "triage estimate p" in status(desk)
        assert "kano.like.dislike 12" in status(desk)
        await go(desk, "f", "9", "i")
        assert "[score.drivers] of the settings names no driver yet" in status(desk)


@pytest.mark.parametrize("size", SIZES)
async def test_hostile(harmful: Workspace, size: tuple[int, int]) -> None:
    """Texts that mean harm stay text, in every column and in every reason."""
    async with visit(harmful, "backlog", size) as desk:
        await go(desk, "f", "3", "M", "w", "j", "j", "v", "j")
        assert "in hand" not in desk.text
