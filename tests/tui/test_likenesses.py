"""Who may be one person is gone through pair by pair; every word can be taken back."""

from __future__ import annotations

import asyncio

import pytest

from factories import imported, told_as
from triage.tui.people_words import PersonPair, attributes
from triage.tui.screens.customer import CustomerScreen
from triage.tui.screens.likenesses import LikenessesScreen
from triage.workspace import Workspace
from tui.backlog import front, go, picture, visit
from tui.desk import Desk, Golden, Opened, said

JANE = "jane.doe@acme.example"


@pytest.fixture
def jane(workspace: Workspace) -> Workspace:
    """Jane by mail, once with a tag in her address, and by name at the store."""
    workspace.set_company(
        "acme.example",
        {"name": "Acme Inc", "plan": "enterprise", "revenue": "9500", "region": "EU"},
    )
    told = [
        said(31, "The export loses every tag of a large notebook.", 9, author="Jane Doe",
             email=JANE, title="Export and tags"),
        said(32, "At page six hundred it stops, every time I try.", 30,
             author="Jane Doe", email=JANE),
        said(33, "Do you have a date for the export fix?", 2, author="Jane Doe",
             email="jane.doe+news@acme.example"),
    ]  # fmt: skip
    imported(workspace, told, source="desk")
    store = said(41, "Good app, but exporting is broken.", 4, author="Jane Doe")
    imported(workspace, [store], source="store")
    return workspace


def shown(desk: Desk) -> PersonPair:
    """The two that are compared."""
    found = front(desk)
    assert isinstance(found, LikenessesScreen)
    assert found.pair is not None
    return found.pair


def row_of(desk: Desk) -> str:
    """The line of the list that begins with what the store's Jane said."""
    lines = (line.partition("│")[0] for line in desk.text.splitlines())
    return next(line for line in lines if "Good app, but" in line)


def who(workspace: Workspace, name: str, source: str = "desk") -> int:
    found = told_as(workspace, name, source=source)[0].customer_id
    assert found is not None
    return found


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_looks(jane: Workspace, golden: Golden, size: tuple[int, int]) -> None:
    """Both people, where they spoke and what they said, the reason, what comes of it."""
    async with visit(jane, "likenesses", size) as desk:
        await go(desk)
        golden.check(f"likenesses_{size[0]}x{size[1]}", await picture(desk))


async def test_one_person(jane: Workspace) -> None:
    """y joins them; what that settles is not asked, undo goes back to the pair."""
    async with visit(jane, "likenesses") as desk:
        await go(desk)
        assert "1 of 3" in desk.text
        assert "differ only by what follows the +" in await picture(desk)
        await go(desk, "y")
        assert len(jane.person(who(jane, "31")).faces) == 2
        await go(desk, "y")
        assert "Nothing is left to compare." in desk.text
        assert "2 pairs: 2 the same." in desk.text
        assert "1 pair settled by those." in desk.text
        await go(desk, "u")
        assert "2 of 3" in desk.text
        await go(desk, "u")
        assert "1 of 3" in desk.text
        assert len(jane.person(who(jane, "31")).faces) == 1
        await go(desk, "U")
        assert len(jane.person(who(jane, "31")).faces) == 2


async def test_lists_follow(jane: Workspace) -> None:
    """In the inbox a group of two people is of one as soon as these are joined."""
    again = said(
        51, "Good app, but exporting is broken.", 1, author="Jane Doe", email=JANE
    )
    await asyncio.to_thread(imported, jane, [again], source="desk")
    async with visit(jane, "inbox") as desk:
        await go(desk)
        assert "2 people" in row_of(desk)
        await go(desk, "g", "c")
        while shown(desk).right.id != who(jane, "41", "store"):
            await go(desk, "space")
        await go(desk, "y", "g", "i")
        assert "2 people" not in row_of(desk)
        await go(desk, "u")
        assert "2 people" in row_of(desk)


async def test_two_people(jane: Workspace) -> None:
    """n is remembered for good; the pair is told as ruled when one looks back."""
    async with visit(jane, "likenesses") as desk:
        await go(desk)
        first = shown(desk)
        await go(desk, "n", "space", "h", "h")
        assert (shown(desk).left.id, shown(desk).right.id) == (
            first.left.id, first.right.id,
        )  # fmt: skip
        assert "they are two people" in await picture(desk)
        pairs = {(one.left.id, one.right.id) for one in jane.likenesses()}
        assert (first.left.id, first.right.id) not in pairs
        await go(desk, "u")
        assert len(jane.likenesses()) == 3


async def test_later_and_the_end(jane: Workspace) -> None:
    """space leaves a pair for later; at the end stands how many."""
    async with visit(jane, "likenesses", (80, 24)) as desk:
        await go(desk, "space", "space", "space", "y", "n", "C", "O")
        assert "3 pairs left for later." in desk.text


async def test_both_customers(jane: Workspace) -> None:
    """C and O open all that either said, escape comes back to the pair."""
    async with visit(jane, "likenesses") as desk:
        await go(desk, "g", "i", "g", "c")
        await go(desk, "C")
        assert isinstance(front(desk), CustomerScreen)
        assert "2 messages" in await picture(desk)
        await go(desk, "escape", "O")
        assert "1 message" in await picture(desk)
        await go(desk, "escape")
        assert shown(desk).left.id == who(jane, "31")


async def test_said_no_more(jane: Workspace) -> None:
    """A pair of which one said nothing any more is not asked about."""
    async with visit(jane, "likenesses") as desk:
        await go(desk)
        jane.take_back(jane.imports(1)[0].id)
        await go(desk, "space")
        assert "Nothing is left to compare." in desk.text


async def test_nobody_alike(empty: Workspace) -> None:
    """Where nobody looks like somebody else, that is said."""
    async with visit(empty, "likenesses") as desk:
        await go(desk, "y", "n", "space", "h", "C")
        assert "Nobody looks like somebody else." in desk.text


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_person_of_several_sources(
    jane: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """C shows every customer somebody is, where they spoke, and their company."""
    jane.join(who(jane, "31"), who(jane, "33"))
    jane.join(who(jane, "31"), who(jane, "41", "store"))
    async with visit(jane, "inbox", size) as desk:
        await go(desk, "C")
        golden.check(f"person_{size[0]}x{size[1]}", await picture(desk))


async def test_the_card(jane: Workspace, opened: Opened) -> None:
    """Under a text stand its customer's company, as it was then, and all sources."""
    jane.join(who(jane, "31"), who(jane, "41", "store"))
    jane.set_company("acme.example", {"plan": "free"})
    async with opened(jane) as desk:
        while desk.inbox._reading != told_as(jane, "31", source="desk")[0]:
            await desk.press("j")
        assert "Acme Inc · enterprise · 9.5k/month" in desk.text
        assert "of 3 messages (desk 2," in desk.text


def test_attributes() -> None:
    """What everybody asks for comes first, money by the month, the rest by name."""
    told = {"region": "EU", "revenue": 1200, "plan": "pro", "segment": "mid"}
    assert attributes(told) == ["mid", "pro", "1.2k/month", "region EU"]
