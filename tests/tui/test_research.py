"""Research on the screen: written, read, highlighted, agreed to, kept, by keys alone."""

from __future__ import annotations

import pytest
from textual.widgets import TextArea

from triage.operations.session_text import parsed
from triage.research import Consent, Feeling
from triage.tui.dialogs.hearing import Hearing
from triage.tui.dialogs.session import SessionForm
from triage.tui.screens.research import ResearchScreen
from triage.workspace import SessionView, Workspace
from tui.backlog import HOSTILE, front, go, picture, status, visit
from tui.desk import Desk, Golden

SIZES = [(80, 24), (120, 40)]

ANA = """\
---
kind: interview
participant: Ana Pereira
company: Studio Norte
segment: agencies
consent: anonymous
date: 2026-03-03 10:00
asked: Tell me about the last time you exported a project.
understood: yes
surprise: she prints every page
place: her studio
device: ThinkPad X1
noise: radio
software: Word
follow-ups:
- [ ] send the screenshot by 2026-03-20
- [x] thank her, done 2026-03-04
---
==It took me an hour== {frustrated 2 #export need} and then the tags were gone.

I ==write them down by hand== {behaviour vs Acme: better, tags} 😀 each week.
"""
GROUP = """\
---
kind: focus group
title: Sharing notes with a team that is far away
participant: Ana, Ben, P3, P4, P5, P6, P7
date: 2025-11-20
---
Ben: I never share anything.

P3: Me neither.
"""
PRICES = """\
---
kind: pricing
participant: P9
consent: no
date: 2026-02-10
too cheap: 2
cheap: 4
expensive: 8.50
too expensive: 12
---
"""


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """The inbox with three sessions."""
    for text in (ANA, GROUP, PRICES):
        workspace.write_session(parsed(text))
    return workspace


def screen(desk: Desk) -> ResearchScreen:
    """The screen in front."""
    found = front(desk)
    assert isinstance(found, ResearchScreen)
    return found


def one(workspace: Workspace, name: str = "i1") -> SessionView:
    """A session as it is now."""
    return workspace.session_view(workspace.session(name))


@pytest.mark.parametrize("size", SIZES)
async def test_looks(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """The list beside one session whole; the forms over it."""
    name = f"{size[0]}x{size[1]}"
    async with visit(workspace, "research", size) as desk:
        golden.check(f"research_{name}", await picture(desk))
        await go(desk, "v")
        golden.check(f"research_selecting_{name}", await picture(desk))
        await go(desk, "escape", "c")
        golden.check(f"research_consent_{name}", await picture(desk))
        await go(desk, "escape", "e")
        golden.check(f"research_edit_{name}", await picture(desk))
        await go(desk, "escape", "n")
        golden.check(f"research_kinds_{name}", await picture(desk))
        await go(desk, "p")
        golden.check(f"research_new_{name}", await picture(desk))


async def test_nobody_was_heard(empty: Workspace, golden: Golden) -> None:
    """It says what this is for, and the key that begins."""
    async with visit(empty, "inbox") as desk:
        await go(desk, "g", "u")
        golden.check("research_empty", await picture(desk))
        await go(desk, "v", "e", "c", "f", "d", "m")
        assert "Nobody was heard in person yet." in await picture(desk)


async def test_an_interview_by_keys_alone(workspace: Workspace) -> None:
    """A kind, a text, f2: written, in the list, heard as feedback; u takes it back."""
    async with visit(workspace, "inbox") as desk:
        await go(desk, "g", "u", "n", "i")
        form = desk.app.screen
        assert isinstance(form, SessionForm)
        desk.hold(*"Bo")
        area = form.query_one(TextArea)
        await go(desk)
        area.move_cursor(area.document.end)
        desk.hold(*"The ==search is slow== {angry} all day.")
        await go(desk, "f2")
        assert status(desk).startswith("Wrote i4, interview with Bo · u to undo")
        view = one(workspace, "i4")
        assert (view.session.participant, view.consent) == ("Bo", Consent.UNASKED)
        assert view.feedback.body == "The search is slow all day."
        assert view.highlights[0].feeling is Feeling.ANGRY
        row = screen(desk).rows.row
        assert row is not None
        assert row.session.id == 4
        await go(desk, "u")
        assert len(workspace.sessions()) == 3


async def test_what_is_not_understood_stays(workspace: Workspace) -> None:
    """The form says which line, goes there, and keeps what was written till thrown away."""
    async with visit(workspace, "research") as desk:
        await go(desk, "e")
        form = desk.app.screen
        assert isinstance(form, SessionForm)
        area = form.query_one(TextArea)
        area.text = ANA.replace("kind: interview", "kind: chat")
        await go(desk, "ctrl+s")
        assert "line 2: no session is of kind 'chat'" in await picture(desk)
        assert area.cursor_location == (1, 0)
        await go(desk, "escape")
        assert "What was written is not kept yet" in await picture(desk)
        await go(desk, "w")
        assert desk.app.screen is form
        area.text = ANA.replace("an hour", "a day")
        await go(desk, "escape", "k")
        assert "It took me a day" in one(workspace).session.text
        assert "text, 2 highlights" in status(desk)
        await go(desk, "e")
        desk.hold("x")
        await go(desk, "escape", "x")
        assert isinstance(desk.app.screen, ResearchScreen)


async def test_what_cannot_be_kept_comes_up_again(workspace: Workspace) -> None:
    """A text that is understood and refused is in the form once more, whole."""
    async with visit(workspace, "research") as desk:
        await go(desk, "e")
        form = desk.app.screen
        assert isinstance(form, SessionForm)
        form.query_one(TextArea).text = ANA.replace("2026-03-03", "2090-03-03")
        await go(desk, "f2")
        again = desk.app.screen
        assert isinstance(again, SessionForm)
        assert again is not form
        assert "2090-03-03" in again.query_one(TextArea).text
        assert "it could not be kept yet" in await picture(desk)


async def test_consent_is_one_key(workspace: Workspace) -> None:
    """c and a key say what was agreed to; the row says so, and it is a step."""
    async with visit(workspace, "research") as desk:
        await go(desk, "c", "n")
        assert one(workspace).consent is Consent.NAMED
        assert "consent: named" in await picture(desk)
        await go(desk, "c", "u")
        assert one(workspace).consent is Consent.UNASKED
        await go(desk, "u", "u")
        assert one(workspace).consent is Consent.ANONYMOUS
        assert len(one(workspace).highlights) == 2


async def test_a_promise_is_kept(workspace: Workspace) -> None:
    """f marks the promise that is open; where there are several, one is chosen."""
    async with visit(workspace, "research") as desk:
        await go(desk, "f", "enter")
        assert one(workspace).open_follow_ups == 0
        assert "Promised   all done" in await picture(desk)
        await go(desk, "f", "down", "enter")
        assert one(workspace).open_follow_ups == 1
        await go(desk, "j", "f")
        assert status(desk) == "Nothing was promised in it"


async def test_words_are_highlighted(workspace: Workspace) -> None:
    """
    v selects the next sentence; m asks what is heard in it as anywhere else, a key for
    each answer, and goes on to the next; n finds it again, d takes it off.
    """
    async with visit(workspace, "research") as desk:
        await go(desk, "j", "j", "v")
        selection = screen(desk).reader.selection
        assert selection is not None
        assert selection.quote == "Ben: I never share anything."
        assert "attach" not in (await picture(desk)).splitlines()[-1]
        await go(desk, "L", "m")
        assert isinstance(desk.app.screen, Hearing)
        await go(desk, "w", "2", "enter")
        desk.hold(*"sharing")
        await go(desk, "enter")
        (marked,) = one(workspace, "i2").highlights
        assert marked.quote == "I never share anything."
        assert (marked.feeling, marked.intensity) == (Feeling.WORRIED, 2)
        assert marked.tags == ("sharing",)
        assert "h3 ◆◆ worried · #sharing: “I never" in desk.text
        coming = screen(desk).reader.selection
        assert coming is not None
        assert coming.quote == "P3: Me neither."
        await go(desk, "enter", "f", "enter", "enter", "enter")
        assert [one_.quote for one_ in one(workspace, "i2").highlights] == [
            "I never share anything.", "P3: Me neither.",
        ]  # fmt: skip
        assert screen(desk).reader.selection is None
        await go(desk, "h", "n", "d")
        assert len(one(workspace, "i2").highlights) == 1
        await go(desk, "u", "escape", "u", "u")
        assert one(workspace, "i2").highlights == ()


async def test_words_without_consent_are_not_copied(workspace: Workspace) -> None:
    """What nobody agreed to pass on is highlighted, and never copied."""
    async with visit(workspace, "research") as desk:
        await go(desk, "j", "j", "v", "y")
        assert "heard without consent" in status(desk)
        await go(desk, "escape", "k", "k", "v", "y")
        assert status(desk).startswith("Copied these words")


async def test_tab_goes_from_field_to_field(workspace: Workspace) -> None:
    """Behind each field, then to where the text begins, then round; and back."""
    async with visit(workspace, "research") as desk:
        await go(desk, "n", "i")
        desk.hold(*"Bo", "tab", *"Acme", "tab", *"writers", "tab", *"named")
        await go(desk, *["tab"] * 7)
        desk.hold(*"send it", "tab", *"It was slow.", "shift+tab", *" to him")
        await go(desk, *["tab"] * 3, "f2")
        told = one(workspace, "i4").session
        assert (told.participant, told.company, told.segment) == (
            "Bo", "Acme", "writers",
        )  # fmt: skip
        assert told.text == "It was slow."
        assert [promised.text for promised in told.follow_ups] == ["send it to him"]
        assert one(workspace, "i4").consent is Consent.NAMED


async def test_a_session_goes_and_comes_back(workspace: Workspace) -> None:
    """d takes it away, u brings it back; what is decided upon stays and says why."""
    async with visit(workspace, "research") as desk:
        await go(desk, "d")
        assert len(workspace.sessions()) == 2
        await go(desk, "u")
        assert len(workspace.sessions()) == 3
        workspace.archive([one(workspace).feedback])
        await go(desk, "g", "g", "d")
        assert len(workspace.sessions()) == 3


async def test_it_is_read_in_the_inbox_too(
    workspace: Workspace, golden: Golden
) -> None:
    """Its feedback says who, when, which kind and under what circumstances."""
    async with visit(workspace, "inbox") as desk:
        await go(desk, "/")
        desk.hold(*"channel:interview")
        await go(desk, "enter")
        golden.check("research_in_inbox", await picture(desk))


async def test_what_says_the_same_is_a_key_away(workspace: Workspace) -> None:
    """m opens the group it is in; J and K scroll what is read."""
    async with visit(workspace, "research") as desk:
        await go(desk, "J", "K", "m")
        assert type(front(desk)).__name__ == "GroupScreen"


async def test_texts_that_mean_harm(workspace: Workspace) -> None:
    """Control characters are shown, never carried out, in list, reader and form."""
    for text in HOSTILE:
        told = text.replace("\n", " ").replace("\r", " ")
        workspace.write_session(parsed(f"---\nparticipant: {told}\n---\n{text}"))
    async with visit(workspace, "research", (80, 24)) as desk:
        for _ in HOSTILE:
            await go(desk, "j")
            await picture(desk)
        await go(desk, "e")
        await picture(desk)
