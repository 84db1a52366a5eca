"""A map is drawn within its lines and cells, whatever is on it, and all of it is reached."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from triage.empathy import Area
from triage.tui.map_layout import Cells, grid, sections
from triage.tui.map_places import (
    AREAS,
    MapEntry,
    Place,
    beside,
    is_grid,
    kept,
    moved,
    turned,
)

TEXTS = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        [
            "x" * 400,
            "語" * 200,
            "👩‍👩‍👧‍👦 " * 9,
            "مرحبا بالعالم " * 9,
            "\x1b[31mred",
            "",
            "\n\n",
        ]
    ),
)
MAPS = st.dictionaries(
    st.sampled_from(AREAS),
    st.lists(
        st.builds(
            MapEntry, id=st.just(1), text=TEXTS, observed=st.booleans(),
            under=st.lists(st.just("“a quote”"), max_size=9).map(tuple),
        ),
        max_size=45,
    ),
)  # fmt: skip
PLACES = st.builds(Place, st.sampled_from(AREAS), st.integers(0, 50))


def entries(**sizes: int) -> dict[Area, list[MapEntry]]:
    """So many entries in each of these areas."""
    return {
        Area(name): [
            MapEntry(id=number, text=f"{name} {number}", observed=number % 2 == 0)
            for number in range(many)
        ]
        for name, many in sizes.items()
    }


def text(lines: list[Cells]) -> str:
    """Lines as read."""
    return "\n".join("".join(cell.text for cell in line).rstrip() for line in lines)


@settings(max_examples=60, deadline=None)
@given(MAPS, PLACES, st.integers(98, 170), st.integers(16, 60))
def test_a_grid_fills_its_room(
    told: dict[Area, list[MapEntry]], at: Place, width: int, height: int
) -> None:
    """Every line has as many cells as there are, and the entry chosen is in sight."""
    at = kept(at, told)
    made = grid(told, at, width, height)
    assert len(made) == height
    assert {sum(cell_len(cell.text) for cell in line) for line in made} == {width}
    here = [cell for line in made for cell in line if cell.style.startswith("cursor")]
    assert bool(here) == bool(told.get(at.area))


@settings(max_examples=60, deadline=None)
@given(MAPS, PLACES, st.integers(78, 120), st.integers(15, 40))
def test_sections_fill_their_room(
    told: dict[Area, list[MapEntry]], at: Place, width: int, height: int
) -> None:
    """No line is wider than there is room, all areas are named, the one chosen shown."""
    at = kept(at, told)
    made = sections(told, at, width, height)
    assert len(made) == height
    assert max(sum(cell_len(cell.text) for cell in line) for line in made) <= width
    assert all(area.upper() in text(made) for area in AREAS)
    here = [cell for line in made for cell in line if cell.style.startswith("cursor")]
    assert bool(here) == bool(told.get(at.area))


@settings(max_examples=60, deadline=None)
@given(MAPS, st.booleans())
def test_everything_is_reached(told: dict[Area, list[MapEntry]], wide: bool) -> None:
    """From the first area down, and area by area, one comes past every entry."""
    seen = set()
    for first in AREAS:
        at = Place(first)
        while at not in seen:
            seen.add(at)
            at = moved(at, told, 1, wide=wide)
    assert seen >= {
        Place(area, index) for area in AREAS for index in range(len(told.get(area, ())))
    }


def test_moving_in_a_grid() -> None:
    """Down leads to the area below, right to the one beside, and edges are edges."""
    told = entries(says=2, thinks=5, feels=1)
    at = moved(Place(Area.SAYS, 1), told, 1, wide=True)
    assert at == Place(Area.FEELS)
    assert moved(at, told, -1, wide=True) == Place(Area.SAYS, 1)
    assert beside(Place(Area.THINKS, 4), told, -1, wide=True) == Place(Area.SAYS, 1)
    assert beside(Place(Area.DOES), told, 1, wide=True) == Place(Area.DOES)
    assert moved(Place(Area.GOALS), told, 1, wide=True) == Place(Area.GOALS)


def test_moving_in_sections() -> None:
    """Down leads to the next area, and round only area by area."""
    told = entries(says=2, thinks=1)
    assert moved(Place(Area.SAYS, 1), told, 1, wide=False) == Place(Area.THINKS)
    assert beside(Place(Area.THINKS), told, -1, wide=False) == Place(Area.SAYS)
    assert turned(Place(Area.SAYS), told, -1) == Place(Area.PREFERENCES)


def test_many_are_counted() -> None:
    """What has no room is counted, above and below."""
    made = text(grid(entries(thinks=40), Place(Area.THINKS, 20), 118, 24))
    assert "THINKS 40" in made
    assert "▲ " in made
    assert "▼ " in made
    assert "● thinks 20" in made


def test_which_windows_have_a_grid() -> None:
    """A grid needs width and height; else there are sections."""
    assert is_grid((120, 40))
    assert not is_grid((80, 40))
    assert not is_grid((120, 30))
