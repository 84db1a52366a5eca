"""Companies are listed with what is known of them and who of them spoke."""

from __future__ import annotations

import asyncio

import pytest

from factories import imported
from triage.errors import TriageError
from triage.tui.screens.companies import PEOPLE, CompaniesScreen
from triage.workspace import Workspace
from tui.backlog import front, go, picture, status, visit
from tui.desk import Golden, said


@pytest.fixture
def acme(workspace: Workspace) -> Workspace:
    """Two of Acme spoke, of whom one at two sources; others are of companies too."""
    workspace.set_company(
        "acme.example",
        {"name": "Acme Inc", "plan": "enterprise", "mrr": "9500", "region": "EU"},
    )
    told = [
        said(31, "The export loses every tag of a large notebook.", 9, author="Jane Doe",
             email="jane@acme.example"),
        said(32, "At page six hundred it stops.", 30, author="Bo Ek",
             email="bo@acme.example"),
    ]  # fmt: skip
    imported(workspace, told, source="desk")
    imported(workspace, told[:1], source="mail-2")
    return workspace


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_looks(acme: Workspace, golden: Golden, size: tuple[int, int]) -> None:
    """Whoever has most people first; beside them the one under the cursor."""
    async with visit(acme, "companies", size) as desk:
        await go(desk)
        golden.check(f"companies_{size[0]}x{size[1]}", await picture(desk))


async def test_the_one_under_the_cursor(acme: Workspace) -> None:
    """Moving shows another; what is set meanwhile is shown, and the cursor stays."""
    async with visit(acme, "inbox") as desk:
        await go(desk, "g", "a")
        found = front(desk)
        assert isinstance(found, CompaniesScreen)
        await go(desk, "j", "J", "K")
        assert found.rows.row is not None
        here = found.rows.row.company
        assert f"{here.called}" in await picture(desk)
        acme.set_company(here.domain or here.name, {"plan": "starter"})
        found.read_again()
        await go(desk)
        assert found.rows.row.company.called == here.called
        assert "starter" in await picture(desk)


async def test_a_company_of_many(acme: Workspace) -> None:
    """Only so many are named, and how many more there are is said."""
    told = [
        said(number, "Me too.", 1, email=f"p{number}@acme.example")
        for number in range(100, 100 + PEOPLE)
    ]
    await asyncio.to_thread(imported, acme, told, source="desk")
    async with visit(acme, "companies") as desk:
        await go(desk, *["J"] * 20)
        assert "and 2 more" in await picture(desk)


async def test_it_cannot_be_read(
    acme: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails beside the list is said, and the list stays."""

    def refuse(*about: object) -> None:
        raise TriageError("the disk is full")

    async with visit(acme, "companies") as desk:
        await go(desk)
        monkeypatch.setattr(acme, "company", refuse)
        await go(desk, "j")
        assert "the disk is full" in status(desk)
