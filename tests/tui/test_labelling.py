"""What is pinned on a row shows beside it; the row stays, and so does the cursor."""

from __future__ import annotations

from triage.workspace import Workspace
from tui.desk import Opened


def tags_of(workspace: Workspace, name: str) -> tuple[str, ...]:
    key = workspace.feedback(name).id
    label = workspace.labels([key]).get(key)
    return label.tags if label else ()


async def test_a_new_tag(workspace: Workspace, opened: Opened) -> None:
    """t, its name, enter: the row's whole group has it; u takes it back, cursor and all."""
    async with opened(workspace) as desk:
        before = desk.rows
        await desk.press("t")
        assert "no tag yet" in desk.text
        await desk.type("Export bug")
        assert "new: Export bug" in desk.text
        await desk.press("enter")
        assert [tags_of(workspace, name) for name in ("f3", "f6", "f10")] == [
            ("Export bug",)
        ] * 3
        assert (desk.rows, desk.here) == (before, "f6")
        assert "#Export bug" in desk.text
        assert workspace.history(1)[0].rows == 3
        await desk.press("j", "u")
        assert tags_of(workspace, "f6") == ()
        assert desk.here == "f6"


async def test_several_tags_at_once(workspace: Workspace, opened: Opened) -> None:
    """tab chooses, enter keeps: some are added and one is removed, as one step."""
    for tag in ("billing", "login", "vip"):
        workspace.tag([workspace.feedback("f5")], add=[tag])
    async with opened(workspace) as desk:
        await desk.press("j", "x", "j", "x", "t")
        assert "◐ billing" in desk.text
        await desk.press("tab")
        assert "+ billing" in desk.text
        await desk.type("vip")
        await desk.press("tab")
        await desk.type("slow")
        await desk.press("enter")
        assert tags_of(workspace, "f5") == ("billing", "login", "vip", "slow")
        assert tags_of(workspace, "f7") == ("billing", "vip", "slow")
        assert workspace.history(1)[0].label.endswith(": +billing +vip +slow")
        assert "✓ 2 marked" in desk.text
        await desk.press("t")
        await desk.type("vip")
        assert "✓ vip" in desk.text
        steps = len(workspace.history(50))
        await desk.press("enter")
        assert (len(workspace.history(50)), desk.status) == (
            steps,
            "Nothing had to change",
        )
        await desk.press("t")
        await desk.type("vip")
        await desk.press("tab")
        assert "− vip" in desk.text
        await desk.press("enter")
        assert tags_of(workspace, "f5") == ("billing", "login", "slow")
        await desk.press("t", "tab", "tab", "tab", "tab", "escape")
        assert "vip" in workspace.history(1)[0].label


async def test_a_word_is_no_likeness(workspace: Workspace, opened: Opened) -> None:
    """What is typed is never taken for another tag that only looks like it."""
    workspace.tag([workspace.feedback("f5")], add=["bill"])
    async with opened(workspace) as desk:
        await desk.press("t")
        await desk.type("billing")
        await desk.press("enter")
        assert tags_of(workspace, "f6") == ("billing",)


async def test_notes(workspace: Workspace, opened: Opened) -> None:
    """c writes one on the row that is read, N changes it, and emptied it goes."""
    async with opened(workspace) as desk:
        await desk.press("N")
        assert "c writes one" in desk.status
        await desk.press("c")
        await desk.type("called them")
        await desk.press("enter")
        await desk.type("twice")
        await desk.press("tab")
        assert [one.text for one in workspace.notes(workspace.feedback("f6"))] == [
            "called them\ntwice"
        ]
        assert workspace.notes(workspace.feedback("f3")) == []
        assert "called them" in desk.text
        await desk.press("N", "backspace", "backspace", "tab")
        assert workspace.notes(workspace.feedback("f6"))[0].text == "called them\ntwi"
        await desk.press("c")
        await desk.type("x")
        await desk.press("tab", "N", "down", "enter", "backspace", "tab")
        assert [one.short for one in workspace.notes(workspace.feedback("f6"))] == [
            "n1"
        ]
        await desk.press("c", "tab", "c", "escape")
        assert len(workspace.history(9)) == 6


async def test_an_owner(workspace: Workspace, opened: Opened) -> None:
    """@ offers whoever looks after something, or a new name; nobody takes it back."""
    workspace.capture("Slow", owner="lee")
    async with opened(workspace) as desk:
        await desk.press("@")
        assert "lee" in desk.text
        await desk.type("dana")
        await desk.press("enter")
        assert "owner dana" in desk.text
        await desk.press("@", "down", "down", "down", "enter")
        assert workspace.labels([workspace.feedback("f6").id]) == {}


async def test_a_member_of_a_group(workspace: Workspace, opened: Opened) -> None:
    """In a group the same keys are about one member, or those marked."""
    async with opened(workspace) as desk:
        await desk.press("O", "j", "t")
        await desk.type("vip")
        await desk.press("enter")
        tagged = [name for name in ("f3", "f6", "f10") if tags_of(workspace, name)]
        assert len(tagged) == 1
        await desk.press("c")
        await desk.type("hm")
        await desk.press("tab")
        assert workspace.notes(workspace.feedback(tagged[0]))
        await desk.press("i")
        assert desk.app.clipboard == tagged[0]


async def test_own_reasons_come_first(workspace: Workspace, opened: Opened) -> None:
    """A reason of the workspace's own, by its number; what is typed is still a reason."""
    workspace.config = type(workspace.config)(
        path=workspace.config.path, reasons=("wrong app",)
    )
    async with opened(workspace) as desk:
        await desk.press("j", "3", "1")
        found = workspace.dispositions([workspace.feedback("f5").id])
        assert [one.reason for one in found.values()] == ["wrong app"]
        await desk.press("3", "space")
        await desk.type("3rd party")
        await desk.press("enter")
        assert workspace.history(1)[0].label.endswith(": 3rd party")


async def test_snoozing_until_new_evidence(
    workspace: Workspace, opened: Opened
) -> None:
    """The last row waits for whoever says the same; words outside say so."""
    async with opened(workspace) as desk:
        await desk.press("s")
        await desk.type("evid")
        await desk.press("enter")
        (stands,) = {
            one.wakes_after
            for one in workspace.dispositions(
                [workspace.feedback(name).id for name in ("f3", "f6", "f10")]
            ).values()
        }
        assert stands == workspace.last_number()
        await desk.press("s")
        await desk.type("soonish")
        assert "no moment to come" in desk.text
        for _ in range(7):
            await desk.press("backspace")
        await desk.type("fri or evidence")
        await desk.press("enter")
        assert "or new evidence" in workspace.history(1)[0].label
