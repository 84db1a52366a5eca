"""The perceptual map: we in the middle, names beside their points, nobody left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from screen import screen_text
from triage.measures.beside import Beside
from triage.tui.perceptual import drawn
from triage.tui.widgets.perceptual_map import PerceptualMap
from triage.workspace import Placed

MANY = st.integers(0, 6)
STANDS = st.builds(Beside, MANY, MANY, MANY)


def placed(name: str, across: Beside, up: Beside) -> Placed:
    """A competitor at a place."""
    return Placed(name=name, across=across, up=up)


def test_where_they_stand() -> None:
    """Better in both is right and up, worse in both left and down."""
    lines = drawn(
        [
            placed("Best", Beside(better=4), Beside(better=5)),
            placed("Worst", Beside(worse=3), Beside(worse=3)),
            placed("Few", Beside(better=2), Beside(better=9)),
        ],
        "price", "speed", 41, 13,
    )  # fmt: skip
    assert lines[0].endswith("Best 4 ●")
    assert lines[10].startswith("● Worst 3")
    assert "us" in lines[5]
    assert (
        lines[11]
        == "→ they are better in price   ↑ they are better in speed"[:40] + "…"
    )
    assert lines[12] == "too few people to say: Few"


def test_nobody_said_anything() -> None:
    """An empty map says so."""
    assert drawn([], "price", "speed", 60, 11)[-1] == (
        "nobody compared price or speed yet"
    )


def test_several_at_one_place() -> None:
    """They share a point, and are both named."""
    lines = drawn(
        [placed(one, Beside(better=3), Beside(better=3)) for one in ("Acme", "Bolt")],
        "price", "speed", 60, 11,
    )  # fmt: skip
    assert lines[0].endswith("Acme 3, Bolt 3 ○")


@given(
    some=st.lists(
        st.builds(
            placed,
            st.sampled_from(["Acme", "微信 支付", "A" * 40, "é"]),
            STANDS,
            STANDS,
        ),
        max_size=8,
    ),
    width=st.integers(20, 100),
    height=st.integers(3, 30),
)
def test_it_fits(some: list[Placed], width: int, height: int) -> None:
    """Whoever stands wherever, no line is wider than there is room."""
    lines = drawn(some, "price", "speed", width, height)
    assert all(cell_len(line) <= width for line in lines)


@pytest.mark.parametrize("width", [1, 2, 5])
def test_hardly_any_room(width: int) -> None:
    """In next to no room it is still drawn."""
    assert drawn([placed("Acme", Beside(3), Beside(3))], "a", "b", width, 5)


class _Shown(App[None]):
    """A map and nothing else."""

    def compose(self) -> ComposeResult:
        yield PerceptualMap()


async def test_the_widget_takes_the_room_there_is() -> None:
    """It is empty until it is told what to show, and then fills its room."""
    app = _Shown()
    async with app.run_test(size=(60, 16)) as pilot:
        assert "us" not in screen_text(app)
        there = [placed("Acme", Beside(better=3), Beside(better=3))]
        app.query_one(PerceptualMap).show(there, "price", "speed")
        await pilot.pause()
        lines = screen_text(app).splitlines()
        assert lines[0].rstrip().endswith("Acme 3 ●")
        assert "they are better in price" in lines[15]
