"""Copying takes words out of the file: as far as whoever said them agreed."""

from __future__ import annotations

import pytest

from factories import imported, told_as
from triage.connector import Channel
from triage.model import Feedback
from triage.research import Consent
from triage.tui.screens.listen import ListenScreen
from triage.workspace import Workspace
from tui.backlog import go, status, visit
from tui.desk import Opened
from tui.desk import said as telling

BODY = "Zelda Quill here: the export scares me. Ask Zelda."
HIDDEN = "[name] here: the export scares me. Ask [name]."


@pytest.fixture
def talk(workspace: Workspace) -> Feedback:
    """The newest in the inbox is a conversation; nobody was asked about it."""
    told = telling(77, BODY, 1, channel=Channel.INTERVIEW, author="Zelda Quill",
                   title="Talk with Zelda", url="https://quill.example")  # fmt: skip
    imported(workspace, [told], source="talks")
    (found,) = told_as(workspace, "77", source="talks")
    return found


async def test_words_are_copied_as_agreed(workspace: Workspace, talk: Feedback) -> None:
    """Without consent nothing, anonymous without who, named all of it; ids always."""
    workspace.accept([talk], "It scares")
    for consent, copied in (
        (Consent.UNASKED, ""),
        (Consent.ANONYMOUS, f"Talk with [name]\n\n{HIDDEN}"),
        (Consent.NAMED, f"Talk with Zelda\n\n{BODY}"),
    ):
        if consent:
            workspace.consent_to([talk], consent)
        async with visit(workspace, "pain-points") as desk:
            await go(desk, "/", *"scares", "enter", "enter", "Y")
            assert desk.app.clipboard == copied
            if not copied:
                told = f"Nothing copied: {talk.short} was heard without consent"
                assert status(desk) == told


async def test_notes_of_a_session_are_copied_as_agreed(
    workspace: Workspace, talk: Feedback, opened: Opened
) -> None:
    """Notes on whoever did not consent stay; on who let no name out they lack it."""
    async with opened(workspace) as desk:
        desk.app.push_screen(ListenScreen([talk.id], 20))
        await go(desk, "c", *"afraid", "tab", "escape", "escape", "Y")
        assert desk.app.clipboard == ""
        workspace.consent_to([talk], Consent.ANONYMOUS)
        await go(desk, "Y")
        assert desk.app.clipboard == f"{talk.short}: afraid"
        workspace.consent_to([talk], Consent.NAMED)
        await go(desk, "Y")
        assert desk.app.clipboard == f"{talk.short} Zelda Quill: afraid"
