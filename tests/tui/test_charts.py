"""Charts are text: as wide and as high as asked, and no figure is drawn as another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from triage.tui import charts
from triage.tui.charts import Point

FIGURES = st.lists(
    st.builds(Point, st.none() | st.floats(0, 1000), st.booleans()), max_size=60
)


@given(FIGURES, st.integers(1, 80), st.integers(1, 12))
def test_as_big_as_asked(points: list[Point], width: int, height: int) -> None:
    """Whatever the figures, a chart fills its room and nothing beyond."""
    points = points[:width]
    lines = charts.columns(points, low=0, high=1000, width=width, height=height)
    assert len(lines) == height
    assert {len(line) for line in lines} == {width}


@given(st.lists(st.integers(0, 1000), max_size=200), st.integers(1, 60))
def test_bins(values: list[int], width: int) -> None:
    """Bins hold every value once, in order, and there is room for all of them."""
    held = charts.bins(values, width)
    assert len(held) <= width
    assert [one for bin_ in held for one in bin_] == values
    assert len({len(bin_) for bin_ in held[1:]}) <= 1


@given(st.floats(0.001, 1e9))
def test_the_axis_ends_just_above(value: float) -> None:
    """The axis ends at a round figure above the highest, and less than twice as high."""
    top = charts.rounded_up(value)
    assert top >= value
    assert top <= max(1.0, 2 * value)


@given(st.floats(0, 1), st.floats(0, 1))
def test_higher_is_never_lower(one: float, other: float) -> None:
    """Of two figures the higher one has no lower column."""

    def ink(value: float) -> int:
        (column,) = zip(
            *charts.columns([Point(value)], low=0, high=1, width=1, height=4),
            strict=True,
        )
        return sum(charts.EIGHTHS.index(cell) for cell in column)

    if one <= other:
        assert ink(one) <= ink(other)


def test_nothing_is_not_little() -> None:
    """No figure, a low one and one of too few look different."""
    lines = charts.columns(
        [Point(None), Point(0.0), Point(0.5, is_vague=True), Point(1.0)],
        low=0, high=1, width=8, height=2,
    )  # fmt: skip
    assert lines == ["      █ ", "· ▁ ▒ █ "]


def test_spark() -> None:
    """One line of bars from 0 to the highest; nothing is a dot."""
    assert charts.spark([0, 1, 4, 8], 10) == "·▁▄▇"
    assert charts.spark([1, 1, 4, 4], 2) == "▂▇"
    assert charts.spark([], 10) == ""
    assert charts.spark([0, 0], 10) == "··"
