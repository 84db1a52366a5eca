"""What was written waits until a person sends it, and says what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from triage.workspace import Workspace
from tui import answerable
from tui.backlog import go, picture, status, toasts, visit
from tui.desk import Desk, Golden
from tui.test_looks import WORDS, reads
from tui.test_themes import IN_COLOUR

SIZES = [(80, 24), (120, 40)]
LONG = "Thank you. " * 35


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where answers stand."""
    monkeypatch.syspath_prepend(str(answerable.installed(tmp_path / "installed")))
    return tmp_path / "answers"


@pytest.fixture
def store(tmp_path: Path, folder: Path) -> Iterator[Workspace]:
    """Three replies that wait for a store that may be answered."""
    with answerable.workspace(tmp_path) as made:
        yield drafted(made)


@pytest.fixture
def unwilling(tmp_path: Path, folder: Path) -> Iterator[Workspace]:
    """The same for a store that is only read."""
    with answerable.workspace(tmp_path, writes=False) as made:
        yield drafted(made)


def drafted(workspace: Workspace) -> Workspace:
    """A reply to each of three reviews."""
    answerable.answer(workspace, "f1", "Danke, Käthe: 5.2.2 behebt den Absturz.")
    answerable.answer(workspace, "f2", "Hello otter, 5.2.2 keeps your place.")
    answerable.answer(workspace, "f4", "Merci Amélie, c'est réparé dans la 5.2.2.")
    return workspace


def states(workspace: Workspace) -> list[str]:
    """What became of each draft, in order."""
    return [one.state for one in workspace.drafts(every=True)]


async def sent(desk: Desk) -> None:
    """Wait until nothing is being sent."""
    while desk.app.sending:  # noqa: ASYNC110 - a thread of its own, as for people
        await asyncio.sleep(0.005)
    await go(desk)


@pytest.mark.parametrize("size", SIZES)
async def test_pictures(
    store: Workspace, folder: Path, golden: Golden, size: tuple[int, int]
) -> None:
    """Waiting, asked about, sending, failed and sent: each says which, in words."""
    name = f"{size[0]}x{size[1]}"
    async with visit(store, "outbox", size) as desk:
        golden.check(f"outbox_{name}", await picture(desk))
        await go(desk, "x", "S")
        golden.check(f"outbox_asked_{name}", await picture(desk))
        (folder / "slow").touch()
        desk.hold("y")
        while store.draft("d1").state != "sending":  # noqa: ASYNC110 - another thread
            await asyncio.sleep(0.005)
        desk.app.sent({})
        golden.check(f"outbox_sending_{name}", await picture(desk))
        (folder / "refuse").touch()
        (folder / "slow").unlink()
        await sent(desk)
        golden.check(f"outbox_failed_{name}", await picture(desk))
        (folder / "refuse").unlink()
        await go(desk, "S", "y")
        await sent(desk)
        await go(desk, "]")
        golden.check(f"outbox_sent_{name}", await picture(desk))


async def test_one_is_sent(store: Workspace, folder: Path) -> None:
    """S asks once, sends what is under the cursor, and its row says that it is there."""
    async with visit(store, "outbox") as desk:
        await go(desk, "S")
        assert "Send 1 reply?" in desk.text
        assert "1 to store" in desk.text
        assert "cannot be taken back" in desk.text
        await go(desk, "n")
        assert states(store) == ["waiting"] * 3
        await go(desk, "S", "y")
        await sent(desk)
        assert states(store) == ["sent", "waiting", "waiting"]
        told = (folder / "71").read_text(encoding="utf-8")
        assert told == "Danke, Käthe: 5.2.2 behebt den Absturz."
        assert "1 sent" in status(desk)
        assert "✓ sent" in desk.text
        assert "go 2 drafts" in desk.text
        await go(desk, "e", "d", "S")
        assert "What is sent stays as it is" in status(desk)
        await go(desk, "]", "[")
        assert "✓ sent" not in desk.text
        await go(desk, "g", "i")
        assert "↵" in desk.text
        assert "↵ Answered" in desk.text
        await go(desk, "r")
        assert "Reply again to Käthe" in desk.text
        assert "This replaces “Danke, Käthe" in desk.text
        await go(desk, "escape", "O")
        assert "▌ ↵" in desk.text


async def test_all_marked_are_sent(store: Workspace, folder: Path) -> None:
    """With marks S is about all of them; one that fails holds up no other."""
    (folder / "72").mkdir()
    async with visit(store, "outbox") as desk:
        await go(desk, "*", "a")
        assert "✓ 3 marked" in desk.text
        await go(desk, "*", "n", "space", "j", "x", "S", "y")
        await sent(desk)
        assert states(store) == ["sent", "waiting", "sent"]


async def test_a_failure_says_why(store: Workspace, folder: Path) -> None:
    """What could not be sent stays, with its reason; S tries again."""
    (folder / "refuse").touch()
    async with visit(store, "outbox") as desk:
        await go(desk, "S", "y")
        await sent(desk)
        assert "✕ failed" in desk.text
        assert "the key may not answer" in status(desk)
        assert "S tries again" in desk.text
        (folder / "refuse").unlink()
        await go(desk, "S")
        assert "what others wrote there by now is replaced" in desk.text
        await go(desk, "y")
        await sent(desk)
        assert states(store)[0] == "sent"


async def test_something_else_stands_there(store: Workspace, folder: Path) -> None:
    """Another's answer is not written over unasked; a key of its own says so."""
    (folder / "71").write_text("Somebody answered meanwhile.", encoding="utf-8")
    async with visit(store, "outbox") as desk:
        await go(desk, "S", "y")
        await sent(desk)
        assert "something else stands there" in desk.text
        await go(desk, "S", "a")
        await sent(desk)
        assert states(store)[0] == "sent"
        assert (folder / "71").read_text(encoding="utf-8").startswith("Danke")


async def test_writes_are_off(unwilling: Workspace, folder: Path) -> None:
    """Where a source is only read, sending only tries, and says how to allow it."""
    async with visit(unwilling, "outbox") as desk:
        assert "writes are off for store: sending only tries" in desk.text
        await go(desk, "S")
        assert "Try what sending 1 reply would do?" in desk.text
        assert "triage sources set store writes=true" in desk.text.replace("\n", " ")
        await go(desk, "y")
        await sent(desk)
        assert "1 only tried" in status(desk)
        assert "Only tried" in desk.text
        assert states(unwilling) == ["waiting"] * 3
        assert list(folder.iterdir()) == []
        # Allowed in a shell beside it, the very next try is in earnest.
        with Workspace(unwilling.path) as other:
            other.change_source("store", {"writes": "true"})
        await go(desk, "S")
        assert "Send 1 reply?" in desk.text
        await go(desk, "y")
        await sent(desk)
        assert states(unwilling)[0] == "sent"


async def test_other_words(store: Workspace) -> None:
    """Enter says it in other words, d drops it, and u takes back either."""
    async with visit(store, "outbox") as desk:
        await go(desk, "enter")
        assert "Reply to Käthe" in desk.text
        assert "39 of 350" in desk.text
        await go(desk, *"!!", "tab")
        assert store.draft("d1").draft.text.endswith("Absturz.!!")
        await go(desk, "u")
        assert store.draft("d1").draft.text.endswith("Absturz.")
        await go(desk, "j", "d")
        assert states(store) == ["waiting", "dropped", "waiting"]
        assert "Dropped d2" in status(desk)
        await go(desk, "[")
        assert "Dropped: it is not sent" in desk.text
        await go(desk, "e")
        assert "It was dropped; u takes that back" in status(desk)
        await go(desk, "u")
        assert states(store) == ["waiting"] * 3
        assert "Nothing was dropped." in desk.text


async def test_stopping(store: Workspace, folder: Path) -> None:
    """X lets the one being sent arrive, and leaves the others waiting."""
    (folder / "slow").touch()
    async with visit(store, "outbox") as desk:
        await go(desk, "*", "a", "S")
        desk.hold("y")
        while store.draft("d1").state != "sending":  # noqa: ASYNC110 - another thread
            await asyncio.sleep(0.005)
        await go(desk, "S", "y")
        assert "Already sending" in status(desk)
        await go(desk, "X")
        assert "Stopping after the one being sent" in status(desk)
        (folder / "slow").unlink()
        await sent(desk)
        assert "2 drafts left waiting" in status(desk)
        assert states(store) == ["sent", "waiting", "waiting"]


async def test_what_broke_off(store: Workspace, folder: Path) -> None:
    """What may have arrived says so; S looks there first."""
    sending = store.send([store.draft("d1").draft])
    (folder / "slow").touch()
    task = asyncio.ensure_future(anext(sending))
    while store.draft("d1").state != "sending":  # noqa: ASYNC110 - another thread
        await asyncio.sleep(0.005)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await sending.aclose()
    (folder / "slow").unlink()
    async with visit(store, "outbox") as desk:
        assert "? unsure" in desk.text
        assert "S looks what is there" in desk.text
        await go(desk, "S", "y")
        await sent(desk)
        assert states(store)[0] == "sent"


async def test_nothing_yet(unwilling: Workspace) -> None:
    """Each view says what it would hold; once something was sent that is not explained."""
    unwilling.drop_drafts([one.draft for one in unwilling.drafts()])
    async with visit(unwilling, "outbox", (80, 24)) as desk:
        assert "Nothing waits to be sent." in desk.text
        assert "What you write to customers" not in desk.text
        await go(desk, "S", "d", "e", "]")
        assert "Nothing was sent yet." in desk.text


async def test_its_source_is_gone(store: Workspace, tmp_path: Path) -> None:
    """A draft for a source that was removed stays readable, and sending says why not."""
    (tmp_path / "work.toml").unlink()
    with Workspace(store.path, clock=store.clock) as bare:
        async with visit(bare, "outbox") as desk:
            assert "Danke, Käthe" in desk.text
            await go(desk, "S", "y")
            await sent(desk)
            assert "1 failed" in status(desk)
            assert desk.app.sending is None
            assert not toasts(desk)


async def test_contrast(store: Workspace, folder: Path) -> None:
    """In every theme each letter reads at 4.5 to 1, in the outbox and in a reply."""
    (folder / "refuse").touch()
    async with visit(store, "outbox") as desk:
        await go(desk, "S", "y")
        await sent(desk)
        await go(desk, "x")
        for keys in ((), ("j", "e", *LONG)):
            desk.hold(*keys)
            await go(desk)
            for theme in IN_COLOUR:
                desk.app.theme = theme
                await go(desk)
                assert not faint(desk), theme


def faint(desk: Desk) -> set[tuple[str, float]]:
    """What of the screen in front is hard to read, but for what lies under a dialog."""
    box = desk.app.screen.query("#box")
    inside = box.first().region if box else desk.app.screen.region
    return {
        (segment.text.strip(), round(reads(segment.style), 1))
        for line in desk.app.screen._compositor.render_strips()[inside.y : inside.bottom]
        for segment in line.crop(inside.x, inside.right)
        if segment.style and set(segment.text) & set(WORDS)
        and reads(segment.style) < 4.5
    }  # fmt: skip
