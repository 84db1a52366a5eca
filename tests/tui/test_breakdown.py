"""Numbers are told apart by what sources tell, and a version beside the one before."""

from __future__ import annotations

import asyncio

import pytest

from factories import imported, regroup
from triage.connector import Incoming
from triage.model import Channel, Kind
from triage.query.fields import PARTS
from triage.tui.screens.breakdown import BreakdownScreen
from triage.tui.screens.changed import ChangedScreen
from triage.tui.screens.numbers import NumbersScreen
from triage.workspace import Workspace
from tui.backlog import HOSTILE, front, go, picture, status, visit
from tui.desk import Golden, said

SIZES = [(120, 40), (80, 24)]

CRASH = "It crashes whenever I open the camera since the update, terrible"
FINE = ("I love how quick it is", "Very good for my notes", "Great, thank you")


def _review(number: int, version: str, hours: float, stars: int) -> Incoming:
    """One review; what is rated low says the same."""
    body = CRASH if stars < 3 else f"{FINE[number % 3]} {number}"
    told = {"country": ("DE", "US", "de", "SE", "")[number % 5], "os": "Android 16"}
    return said(
        number, body, hours, rating=float(stars), scale="1-5", metric="stars",
        app_version=version, channel=Channel.REVIEW, author=f"Reader {number}",
        language=("de", "en")[number % 2],
        context={name: value for name, value in told.items() if value},
    )  # fmt: skip


def reviews() -> list[Incoming]:
    """Three versions: one everybody likes, one that crashes, and one just out."""
    told = [_review(n, "5.1", 24 * 40 + n, 5 if n % 6 else 3) for n in range(100, 150)]
    told += [_review(n, "5.2", 24 * 9 + n, 1 + n % 4) for n in range(200, 248)]
    told += [_review(n, "5.10", 2 + n - 300, 4) for n in range(300, 304)]
    return [*told, *(said(n, f"Please add tables {n}", 24 * n) for n in range(1, 9))]


@pytest.fixture
def released(empty: Workspace) -> Workspace:
    """Reviews and mail, read and grouped; stars alone beside them."""
    imported(empty, reviews(), source="store", group=False)
    alone = [
        said(n, "", 20.0, rating=2.0, scale="1-5", metric="stars", kind=Kind.AUTO,
             app_version="5.2", context={"country": "SE"})
        for n in range(400, 406)
    ]  # fmt: skip
    imported(empty, alone, source="ratings", group=False)
    empty.read_tones()
    regroup(empty)
    return empty


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("by", "turns"), [("version", 1), ("country", 2)])
async def test_looks(
    released: Workspace, golden: Golden, size: tuple[int, int], by: str, turns: int
) -> None:
    """b tells numbers apart: a row each, the rest and what was not told below."""
    async with visit(released, "numbers", size) as desk:
        await go(desk, *["b"] * turns)
        golden.check(f"breakdown_{by}_{size[0]}x{size[1]}", await picture(desk))


@pytest.mark.parametrize("size", SIZES)
async def test_what_changed(
    released: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """enter on a version tells what changed with it, in a sentence and in quotes."""
    async with visit(released, "numbers", size) as desk:
        await go(desk, "b", "j", "enter")
        assert isinstance(front(desk), ChangedScreen)
        golden.check(f"changed_{size[0]}x{size[1]}", await picture(desk))


@pytest.mark.parametrize("size", SIZES)
async def test_too_few_to_tell(
    released: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """Of a version four people rated it says that these are too few."""
    async with visit(released, "numbers", size) as desk:
        await go(desk, "b", "enter")
        assert "too few to compare" in desk.text
        golden.check(f"changed_few_{size[0]}x{size[1]}", await picture(desk))
        await go(desk, "enter", "escape")
        assert isinstance(front(desk), BreakdownScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_is_told(
    empty: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """Before anybody was heard, and where no source tells it, it says so."""
    async with visit(empty, "numbers", size) as desk:
        await go(desk, "b")
        assert "Nothing was said in these weeks." in desk.text
        golden.check(f"breakdown_empty_{size[0]}x{size[1]}", await picture(desk))
        mail = [said(1, "At last", 5)]
        await asyncio.to_thread(imported, empty, mail, group=False)
        await go(desk, "-")
        assert "not told" in desk.text
        assert "No source tells the version" in desk.text
        await go(desk, "enter", "w")
        assert "Several are told together" in status(desk)


async def test_it_turns_round(released: Workspace) -> None:
    """b goes through everything that is told and begins again; escape goes back."""
    async with visit(released, "numbers") as desk:
        seen = []
        for _ in range(len(PARTS) + 1):
            await go(desk, "b")
            seen.append(front(desk)._by)  # type: ignore[attr-defined]
        assert seen == [*PARTS, PARTS[0]]
        await go(desk, "escape")
        assert isinstance(front(desk), NumbersScreen)


async def test_the_weeks_of_one(released: Workspace) -> None:
    """w, and enter on what is no version, lead to the weeks of it alone, and back."""
    async with visit(released, "numbers") as desk:
        await go(desk, "b", "b", "enter")
        assert isinstance(front(desk), NumbersScreen)
        assert "country:DE,de" in desk.text
        alone = released.numbers(13, query="country:de").whole.n
        assert f"{alone:,} feedback in" in desk.text
        await go(desk, "b")
        assert "country:DE,de" in desk.text
        await go(desk, "j", "w")
        assert "country:DE,de version:5.2" in desk.text
        await go(desk, "escape")
        assert "country" not in desk.text


async def test_what_is_seen_is_opened(released: Workspace) -> None:
    """Keys pressed before other rows are there are about those that stand there."""
    async with visit(released, "numbers") as desk:
        await go(desk, "b", "j")
        shown = front(desk)
        assert isinstance(shown, BreakdownScreen)
        shown.action_break_down()
        shown.action_weeks_of()
        await go(desk)
        assert "version:5.2 ·" in desk.text


async def test_one_source_stays_alone(released: Workspace) -> None:
    """What came from one source alone is told apart alone."""
    async with visit(released, "numbers") as desk:
        await go(desk, "]", "b")
        assert "source:store" in desk.text
        await go(desk, "+", "+", "+")
        assert "all the weeks there are" in status(desk)
        await go(desk, "m")
        assert "no ratings on another scale" in status(desk)


async def test_a_shift_is_opened(released: Workspace) -> None:
    """enter on what is said more often opens the group that says it."""
    async with visit(released, "numbers") as desk:
        await go(desk, "b", "j", "enter")
        assert CRASH[:40] in desk.text
        await go(desk, "J", "K", "enter")
        assert desk.app.screen.PART == "group"  # type: ignore[attr-defined]


async def test_any_size(released: Workspace) -> None:
    """Both are laid out anew for any size."""
    async with visit(released, "numbers") as desk:
        for keys in (("b",), ("j", "enter")):
            await go(desk, *keys)
            for size in ((80, 24), (200, 60), (100, 30), (40, 10), (120, 40)):
                await desk.pilot.resize_terminal(*size)
                await go(desk)
        assert "5.2 is rated" in desk.text


async def test_whatever_a_source_tells(empty: Workspace) -> None:
    """Versions and countries that mean harm are shown, narrowed by and compared safely."""
    told = [
        said(n, f"Said {n} {text}", n, app_version=f"5.{n} {text[:60]}",
             context={"country": text[:200], "os": [text[:20]], "device": {"a": n}})
        for n, text in enumerate(HOSTILE, 1)
    ]  # fmt: skip
    await asyncio.to_thread(imported, empty, told, group=False)
    async with visit(empty, "numbers") as desk:
        await go(desk, "b", "enter")
        assert isinstance(front(desk), ChangedScreen)
        await go(desk, "escape", *["b"] * len(PARTS))
        for _ in HOSTILE:
            await go(desk, "b", "enter")
            assert isinstance(front(desk), NumbersScreen)
            await go(desk, "b", "j")


async def test_the_room_there_is(empty: Workspace) -> None:
    """Where more rows fit, more are told one by one; the rest is one row."""
    told = [said(n, f"Said {n}", n, context={"country": f"C{n}"}) for n in range(40)]
    await asyncio.to_thread(imported, empty, told, group=False)
    for size, others in (((120, 40), 12), ((80, 24), 28)):
        async with visit(empty, "numbers", size) as desk:
            await go(desk, "b", "b")
            assert f"{others} others" in desk.text
