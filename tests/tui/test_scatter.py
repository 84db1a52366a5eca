"""Points on two axes are where their numbers say, and named where there is room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from triage.tui.scatter import Dot, is_by_powers, scatter

values = st.floats(0, 1e6)


def drawn(dots: list[Dot], width: int = 40, height: int = 10) -> list[str]:
    """The lines as text."""
    return ["".join(text for text, _ in line) for line in scatter(dots, width, height)]


def test_corners() -> None:
    """Up is more value, right is more effort; the axes begin at nothing."""
    lines = drawn([Dot(1, 90, "p1"), Dot(10, 9, "p2"), Dot(5, 50, "p3")])
    assert "● p1" in lines[0]
    assert lines[8].endswith("p2 ●")
    assert sum("p3" in line for line in lines[2:8]) == 1


def test_together() -> None:
    """Those in one cell are one ring that says how many more they are."""
    lines = drawn([Dot(1, 1, "p1"), Dot(1, 1, "p2"), Dot(9, 9, "p3")])
    assert any("○ p1 +1" in line for line in lines)


def test_here() -> None:
    """The one under the cursor is named before all others, in a style of its own."""
    told = scatter([Dot(1, 1, "p1"), Dot(1, 1, "p2", is_here=True)], 20, 5)
    here = [text for line in told for text, style in line if style == "here"]
    assert here == ["p2 +1", "●"]


def test_powers() -> None:
    """An axis over a hundredfold goes by powers of ten; one with a zero cannot."""
    assert is_by_powers([1, 100])
    assert not is_by_powers([1, 99])
    assert not is_by_powers([0, 1000])
    lines = drawn([Dot(1, 1, "a"), Dot(10, 1, "b"), Dot(100, 1, "c")], 41, 3)
    at = [line.index("●") for line in lines if "●" in line]
    assert at == [0]
    (line,) = [line for line in lines if "●" in line]
    assert [place for place, letter in enumerate(line) if letter == "●"] == [0, 20, 40]


@given(st.lists(st.tuples(values, values), max_size=30), st.integers(1, 60),
       st.integers(1, 20))  # fmt: skip
def test_it_fits(points: list[tuple[float, float]], width: int, height: int) -> None:
    """Whatever the numbers, it is exactly as wide and as high as it may be."""
    lines = drawn(
        [Dot(x, y, f"p{i}") for i, (x, y) in enumerate(points)], width, height
    )
    assert len(lines) == height
    assert all(len(line) == width for line in lines)
    shown = sum(line.count("●") + line.count("○") for line in lines)
    assert shown <= len(points)
    assert shown or not points
