"""Who asked stands on one screen, is written to by keys, and every key is undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from asking import POST
from factories import an_incoming, imported
from triage.model import Importance, RoadmapStatus
from triage.tui.screens.pain_point import PainPointScreen
from triage.tui.screens.tell import TellScreen
from triage.workspace import Workspace
from tui import answerable
from tui.backlog import HOSTILE, front, go, picture, status, toasts, visit
from tui.desk import NOW, Desk, Golden

SIZES = [(80, 24), (120, 40)]

TEMPLATES = """
shipped = "Hello {author|there}, {plan} is out. You wrote: {quote}"
kept = "We promised: {promise}"
"""
"""After the templates of the place that can be answered."""

AGAIN = (
    "It lost my place again. I was three hours in, and now I cannot find the chapter"
    " any more."
)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A pain point five people asked to be settled, which has shipped."""
    monkeypatch.syspath_prepend(str(answerable.installed(tmp_path / "installed")))
    with answerable.workspace(tmp_path) as made:
        with made.config.path.open("a", encoding="utf-8") as file:
            file.write(TEMPLATES + POST)
        made.read_settings()
        told = (
            ("1", "Bo Lindqvist", "bo@customer.example", "Please keep my place 🎧"),
            ("2", "Bo Lindqvist", "bo@customer.example", AGAIN),
            ("3", "Automat", "no-reply@other.example", "Position lost"),
        )  # fmt: skip
        imported(
            made,
            [
                an_incoming(
                    number, body, author=author, email=email,
                    received_at=NOW - timedelta(days=9 - int(number)),
                )
                for number, author, email, body in told
            ],
        )  # fmt: skip
        every = [made.feedback(f"f{number}") for number in (1, 2, 5, 6, 7)]
        made.accept(every, "My place is lost", importance=Importance.IMPORTANT)
        point = made.pain_point("p1").pain_point
        item = made.plan("Bookmarks that hold", status=RoadmapStatus.SHIPPED)
        made.link(point, item)
        yield made


def rows(desk: Desk) -> dict[str, str]:
    """What became of each, by name."""
    screen = front(desk)
    assert isinstance(screen, TellScreen)
    return {one.asker.name: one.asker.state for one in screen.rows.rows}


async def opened(desk: Desk) -> None:
    """The people who asked, from the backlog."""
    await go(desk, "r")
    assert isinstance(front(desk), TellScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_looks(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """Who, whether they know, what they were promised, the way, and their words."""
    people = {one.name: one for one in workspace.askers(1)}
    point = workspace.pain_point("p1").pain_point
    workspace.promise(point, people["Bo Lindqvist"], "we will write when it ships")
    async with visit(workspace, "pain-points", size) as desk:
        await opened(desk)
        golden.check(f"tell_{size[0]}x{size[1]}", await picture(desk))


@pytest.mark.parametrize("size", SIZES)
async def test_nobody_asked(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """A pain point nobody is quoted for says so, and what leads on."""
    workspace.capture("Dark mode is missing")
    async with visit(workspace, "pain-points", size) as desk:
        await go(desk, "G")
        await opened(desk)
        golden.check(f"tell_empty_{size[0]}x{size[1]}", await picture(desk))


async def test_a_template_for_all_marked(workspace: Workspace) -> None:
    """Marked people get a draft each in one step; who cannot be reached is named."""
    async with visit(workspace, "pain-points") as desk:
        await opened(desk)
        await go(desk, "asterisk", "a", "r")
        assert "Write to 4 people with which template?" in desk.text
        await desk.type("shipped")
        await go(desk, "enter")
        assert workspace.waiting_count() == 3
        assert rows(desk)["Bo Lindqvist"] == "waiting"
        assert rows(desk)["Automat"] == "untold"
        assert "1 person left out: Automat" in status(desk)
        drafts = [view.draft for view in workspace.drafts()]
        assert {one.act for one in drafts} == {"reply", "email"}
        assert all("Bookmarks that hold is out" in one.text for one in drafts)
        await go(desk, "u")
        assert workspace.waiting_count() == 0
        assert set(rows(desk).values()) == {"untold"}


async def test_own_words(workspace: Workspace) -> None:
    """What a person writes goes to whoever is under the cursor; esc writes nothing."""
    async with visit(workspace, "pain-points") as desk:
        await opened(desk)
        await go(desk, "G", "r")
        await desk.type("own words")
        await go(desk, "enter")
        await go(desk, "escape")
        assert workspace.drafts() == []
        await go(desk, "r")
        await desk.type("own words")
        await go(desk, "enter")
        await desk.type("It is out")
        await go(desk, "tab")
        assert [view.draft.text for view in workspace.drafts()] == ["It is out"]


async def test_by_hand(workspace: Workspace) -> None:
    """m says that somebody knows, d that they are left out, p what was promised."""
    async with visit(workspace, "pain-points") as desk:
        await opened(desk)
        screen = front(desk)
        assert isinstance(screen, TellScreen)
        names = [one.asker.name for one in screen.rows.rows]
        await go(desk, "m")
        assert f"How does {names[0]} know already?" in desk.text
        await desk.type("phoned")
        await go(desk, "enter")
        assert rows(desk)[names[0]] == "told"
        await go(desk, "j", "d")
        await desk.type("asked us not to")
        await go(desk, "enter")
        assert rows(desk)[names[1]] == "skipped"
        await go(desk, "p")
        await desk.type("a refund")
        await go(desk, "enter")
        assert workspace.askers(1)[1].promises[0].text == "a refund"
        assert "a refund" in desk.text
        await go(desk, "u", "u", "u")
        assert set(rows(desk).values()) == {"untold"}


async def test_whoever_cannot_be_reached(workspace: Workspace) -> None:
    """Nothing is drafted to a machine's address, and why is said."""
    async with visit(workspace, "pain-points") as desk:
        await opened(desk)
        screen = front(desk)
        assert isinstance(screen, TellScreen)
        names = [one.asker.name for one in screen.rows.rows]
        await go(desk, *"j" * names.index("Automat"), "r")
        await desk.type("shipped")
        await go(desk, "enter")
        assert workspace.drafts() == []
        assert any("a machine's address" in one for one in toasts(desk))


async def test_ways_in(workspace: Workspace, golden: Golden) -> None:
    """A pain point and the roadmap say how many are to be told, and r lists them."""
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter")
        assert isinstance(front(desk), PainPointScreen)
        assert "4 people to tell · r lists them" in desk.text
        await opened(desk)
        await go(desk, "escape", "q", "g", "r")
        await go(desk)
        assert "4 people to tell   r lists them" in desk.text
        golden.check("tell_roadmap_120x40", await picture(desk))
        await opened(desk)


@pytest.fixture
def hostile(workspace: Workspace) -> Workspace:
    """The same, with people whose names and words command a screen."""
    imported(
        workspace,
        [
            an_incoming(str(100 + at), text, author=text, email=f"{at}@y.example")
            for at, text in enumerate(HOSTILE)
        ],
        source="evil",
    )
    every = [workspace.feedback(f"f{8 + at}") for at in range(len(HOSTILE))]
    workspace.accept(every, 1)
    return workspace


@pytest.mark.parametrize("size", SIZES)
async def test_hostile(hostile: Workspace, size: tuple[int, int]) -> None:
    """Names and words that command a screen are only shown, in dialogs too."""
    async with visit(hostile, "pain-points", size) as desk:
        await opened(desk)
        for _ in HOSTILE:
            await go(desk, "p", "escape", "m", "escape", "r", "escape", "j")
        assert "\x1b" not in desk.text


@pytest.mark.parametrize("size", SIZES)
async def test_a_mail_in_the_outbox(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    """A mail that waits shows its address and subject, and can be put in other words."""
    bo = workspace.asker(1, "f5")
    workspace.draft_tellings(1, lambda *_: "It is out", to=[bo])
    async with visit(workspace, "outbox", size) as desk:
        assert "Mail to Bo Lindqvist" in desk.text
        assert "bo@customer.example" in desk.text
        await go(desk, "enter")
        await desk.type(", Bo")
        await go(desk, "tab")
        assert [view.draft.text for view in workspace.drafts()] == ["It is out, Bo"]
        await go(desk, "u", "d")
        assert workspace.asker(1, "f5").state == "untold"
