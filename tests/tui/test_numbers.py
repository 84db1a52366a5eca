"""The numbers are seen as charts and read as figures, of what a person asks for."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import timedelta

import pytest

from factories import imported
from triage.tui.screens.numbers import NumbersScreen
from triage.tui.widgets.chart import Chart
from triage.workspace import Workspace
from tui.backlog import front, go, picture, status, visit
from tui.desk import MAIL, NOW, SURVEY, Desk, Golden, said

SIZES = [(120, 40), (80, 24)]


@pytest.fixture
def months(empty: Workspace) -> Workspace:
    """Half a year: stars most weeks, a survey now and then, mail that grows."""
    stars = [
        said(100 + week * 10 + one, f"Review {week} {one}", 24 * 7 * week + one,
             rating=float(1 + (week * 3 + one * 2) % 5), scale="1-5", metric="stars")
        for week in range(26) if week != 4
        for one in range(2 + (25 - week) * week % 7)
    ]  # fmt: skip
    surveys = [
        said(1000 + week * 10 + one, f"Answer {week} {one}", 24 * 7 * week + 30 + one,
             rating=float((week + 3 * one) % 11), scale="0-10", metric="nps")
        for week in (0, 1, 12) for one in range(6)
    ]  # fmt: skip
    mail = [
        said(2000 + week * 10 + one, "It crashes all the time, terrible"
             if one % 3 else "Thank you, I love it", 24 * 7 * week + 50 + one)
        for week in range(20) for one in range(max(0, 9 - week))
    ]  # fmt: skip
    for source, told in (("app store", stars), ("survey", surveys), ("mail", mail)):
        imported(empty, told, source=source, group=False)
    empty.read_tones()
    return empty


def screen(desk: Desk) -> NumbersScreen:
    """The screen in front."""
    found = front(desk)
    assert isinstance(found, NumbersScreen)
    return found


@pytest.mark.parametrize("size", SIZES)
async def test_looks(months: Workspace, golden: Golden, size: tuple[int, int]) -> None:
    """Three charts at the left, every figure of them at the right."""
    async with visit(months, "numbers", size) as desk:
        golden.check(f"numbers_{size[0]}x{size[1]}", await picture(desk))


@pytest.mark.parametrize("size", SIZES)
async def test_table(months: Workspace, golden: Golden, size: tuple[int, int]) -> None:
    """t turns charts into a row a week, with n and intervals, and back."""
    async with visit(months, "numbers", size) as desk:
        await go(desk, "t", "j")
        golden.check(f"numbers_table_{size[0]}x{size[1]}", await picture(desk))
        await go(desk, "t")
        assert "Mean rating" in desk.text


@pytest.mark.parametrize("size", SIZES)
async def test_every_figure_can_be_read(
    months: Workspace, size: tuple[int, int]
) -> None:
    """Who sees no chart finds each week in the table, and all in all in the figures."""
    found = months.numbers(13)
    async with visit(months, "numbers", size) as desk:
        told = "\n".join(passage.text for passage in screen(desk).reader._passages)
        assert f"{found.whole.n:,} feedback" in told
        for one in found.sources:
            assert f"{one.n:,}" in told
        for share in found.whole.shares():
            assert f"{share.share * 100:.0f} %" in told
        await go(desk, "t")
        for week in found.weeks:
            assert f"{week.monday.day} {week.monday:%b %Y}" in desk.text


async def test_source(months: Workspace) -> None:
    """] and [ turn to one source alone, and round to all of them."""
    async with visit(months, "numbers") as desk:
        first = months.numbers(13).sources[0].name
        await go(desk, "]")
        assert f"{first} · 13 weeks" in desk.text
        alone = months.numbers(13, source=first).whole.n
        assert f"{alone:,} feedback in 13 weeks" in desk.text
        await go(desk, "[", "[")
        last = months.numbers(13).sources[-1].name
        assert f"{last} · 13 weeks" in desk.text
        await go(desk, "]")
        assert "all sources" in desk.text


async def test_span(months: Workspace) -> None:
    """+ and - look further back or less far, to the ends of what there is."""
    async with visit(months, "numbers") as desk:
        await go(desk, "-")
        assert "all sources · 4 weeks" in desk.text
        await go(desk, "-")
        assert "Four weeks are the fewest" in status(desk)
        await go(desk, "+", "+", "+")
        assert "all sources · all weeks" in desk.text
        assert f"{months.numbers().whole.n:,} feedback in 26 weeks" in desk.text
        await go(desk, "+")
        assert "all the weeks there are" in status(desk)


async def test_scale(months: Workspace) -> None:
    """m turns to ratings on another scale; without one it says so."""
    async with visit(months, "numbers") as desk:
        assert "Mean rating  Stars 1–5" in desk.text
        await go(desk, "m")
        assert "Mean rating  NPS 0–10" in desk.text
        await go(desk, "m", "]", "m")
        assert "no ratings on another scale" in status(desk)


async def test_more_weeks_than_columns(empty: Workspace) -> None:
    """Where a week has no column of its own, the chart says how many share one."""
    old = [said(n, f"Old {n}", 24 * 7 * n) for n in range(300)]
    await asyncio.to_thread(imported, empty, old, source="mail", group=False)
    async with visit(empty, "numbers", (80, 24)) as desk:
        await go(desk, "+", "+")
        assert "300 feedback in 300 weeks" in desk.text
        assert "8 weeks a column" in desk.text


async def test_any_size(months: Workspace) -> None:
    """Charts and figures are laid out anew for any size."""
    async with visit(months, "numbers") as desk:
        for size in ((80, 24), (200, 60), (100, 30), (40, 10), (120, 40)):
            await desk.pilot.resize_terminal(*size)
            await go(desk)
        assert "Sounds negative" in desk.text


async def test_nothing_yet(empty: Workspace) -> None:
    """Before anybody was heard it says so, whatever is asked."""
    async with visit(empty, "numbers") as desk:
        await go(desk, "]", "m", "t", "t", "+")
        assert "Nobody has been heard yet" in desk.text
        late = [said(1, "At last", 24 * 7 * 20)]
        await asyncio.to_thread(imported, empty, late, group=False)
        await go(desk, "-", "-")
        assert "Nothing was said in these weeks" in desk.text


async def test_one_of_all(empty: Workspace) -> None:
    """A handful of feedback is drawn and told without an interval it cannot have."""
    await asyncio.to_thread(
        imported, empty, [*MAIL, *SURVEY], source="all", group=False
    )
    async with visit(empty, "numbers") as desk:
        assert "(too few)" in desk.text
        assert screen(desk).query_one("#volume", Chart).series is not None


async def test_it_is_counted_again(months: Workspace) -> None:
    """What arrives is counted when the screen is asked again."""
    before = months.numbers(13).whole.n
    async with visit(months, "numbers") as desk:
        fresh = [said(9000, "Just now", 1, author="Zoe")]
        await asyncio.to_thread(imported, months, fresh, source="mail", group=False)
        desk.app.pulled()
        await go(desk)
        assert f"{before + 1:,} feedback in 13 weeks" in desk.text


LOADED = """
import asyncio, sys
from pathlib import Path
from triage.workspace import Workspace
from triage.tui.app import TriageApp

async def main():
    app = TriageApp(Workspace(Path(sys.argv[1])), start="numbers")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.3)
        print(*sorted(name for name in sys.modules if "." not in name))

asyncio.run(main())
"""


def test_it_needs_no_library(months: Workspace) -> None:
    """Charts are drawn without a plotting library, and without numpy."""
    ended = subprocess.run(
        [sys.executable, "-c", LOADED, str(months.path)],
        check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert not set(ended.stdout.split()) & {"numpy", "plotext", "textual_plotext"}


def test_the_clock() -> None:
    """The week of these tests runs since Monday, the second of March."""
    assert (NOW - timedelta(days=NOW.weekday())).date().isoformat() == "2026-03-02"
