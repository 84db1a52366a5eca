"""A reply is written beside the words it answers, and nothing written is lost."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from factories import imported
from terminal import Terminal
from triage.errors import StoreError
from triage.tui.dialogs.reply import Reply
from triage.workspace import Workspace
from tui import answerable
from tui.backlog import HOSTILE, front, go, picture, status, toasts, visit
from tui.desk import MAIL, NOW, Desk, Golden, said

SIZES = [(80, 24), (120, 40)]
SAID = "Danke, der Fehler ist gefunden."


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """Four reviews that can be answered, and five mails that cannot."""
    monkeypatch.syspath_prepend(str(answerable.installed(tmp_path / "installed")))
    with answerable.workspace(tmp_path) as made:
        imported(made, MAIL, source="mail")
        yield made


def drafts(workspace: Workspace) -> list[tuple[str, str]]:
    """Whom the drafts that wait are for, and what they say."""
    return [
        (one.feedback.author if one.feedback else "", one.draft.text)
        for one in workspace.drafts()
    ]


async def write(desk: Desk, text: str) -> None:
    """Type into the dialog, as fast as hands can."""
    desk.hold(*text)
    await go(desk)


def dialog(desk: Desk) -> Reply:
    """The dialog in front."""
    found = desk.app.screen
    assert isinstance(found, Reply)
    return found


@pytest.mark.parametrize("size", SIZES)
async def test_pictures(
    store: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """Who wrote what, how long an answer may be, and in which language it is."""
    answerable.answer(store, "f1", "We told you.\n")
    async with visit(store, "inbox", size) as desk:
        await go(desk, "r")
        await write(desk, "Thank you for telling us about this crash, we are on it. ")
        dialog(desk)._look_at_language()
        golden.check(f"reply_{size[0]}x{size[1]}", await picture(desk))
        await write(desk, "x" * 300)
        golden.check(f"reply_too_long_{size[0]}x{size[1]}", await picture(desk))


async def test_a_draft(store: Workspace) -> None:
    """r, words, tab: a draft waits, the row says so and stays, and u takes it back."""
    async with visit(store, "inbox") as desk:
        assert "Reply   r writes one" in desk.text
        await go(desk, "r")
        assert "0 of 350" in desk.text
        await write(desk, SAID)
        assert f"{len(SAID)} of 350" in desk.text
        await go(desk, "tab")
        assert drafts(store) == [("Käthe", SAID)]
        assert desk.here == "f1"
        assert "u to undo" in status(desk)
        assert "go 1 draft" in desk.text
        assert "▌ ✎   1★" in desk.text
        assert "✎ A reply waits in the outbox, r changes it" in desk.text
        await go(desk, "r", *"!", "tab")
        assert drafts(store) == [("Käthe", f"{SAID}!")]
        await go(desk, "u")
        assert drafts(store) == [("Käthe", SAID)]
        await go(desk, "j", "u")
        assert drafts(store) == []
        assert "✎" not in desk.text
        assert "1 draft" not in desk.text


async def test_fast_hands(store: Workspace) -> None:
    """A reply goes to the row under the cursor, though another is still being shown."""
    async with visit(store, "inbox") as desk:
        desk.hold("j", "j", "r")
        await go(desk)
        await go(desk, *"!", "tab")
        (waiting,) = store.drafts()
        assert waiting.feedback
        assert desk.here == waiting.feedback.short != "f1"


async def test_what_cannot_be_answered(store: Workspace) -> None:
    """Where a source takes no replies, one line says why, and no dialog opens."""
    async with visit(store, "inbox") as desk:
        while desk.here != "f9":
            await go(desk, "j")
        await go(desk, "r")
        assert "f9 cannot be answered: mail was imported" in status(desk)
        assert desk.app.screen is front(desk)


async def test_leaving_asks_where_words_would_be_lost(store: Workspace) -> None:
    """Escape closes what is unchanged; else it offers to keep it, or to go on."""
    async with visit(store, "inbox") as desk:
        await go(desk, "r", "escape")
        assert desk.app.screen is front(desk)
        await go(desk, "r")
        await write(desk, "Hello")
        await go(desk, "escape", "escape")
        assert dialog(desk).text == "Hello"
        await go(desk, "escape", "w", *" you", "escape", "d")
        assert drafts(store) == [("Käthe", "Hello you")]
        await go(desk, "r", *"?!", "escape", "x")
        assert drafts(store) == [("Käthe", "Hello you")]


async def test_leaving_at_once(store: Workspace) -> None:
    """ctrl+q keeps what is being written as a draft."""
    async with visit(store, "inbox") as desk:
        await go(desk, "r")
        await write(desk, "Hello")
        desk.hold("ctrl+q")
        await desk.pilot.pause(0.2)
    assert drafts(store) == [("Käthe", "Hello")]


async def test_too_long(store: Workspace) -> None:
    """What is over the limit is not kept and not lost; ctrl+q says so once."""
    async with visit(store, "inbox") as desk:
        await go(desk, "r")
        area = dialog(desk)._area
        area.text = "x" * 349
        area.move_cursor(area.document.end)
        await go(desk)
        assert "349 of 350, 1 left" in desk.text
        await write(desk, "yz")
        assert "✕ 351 of 350, 1 too many" in desk.text
        await go(desk, "tab")
        assert "store takes no more than that" in desk.text
        await go(desk, "ctrl+q")
        assert "once more leaves without it" in desk.text
        await go(desk, "escape")
        assert "as a draft; nothing" not in desk.text
        await go(desk, "w", "backspace", "tab")
        assert drafts(store) == [("Käthe", "x" * 349 + "y")]


async def test_what_cannot_be_kept_is_not_lost(
    store: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where keeping fails the dialog is back with every word."""

    def refuse(*about: object) -> None:
        raise StoreError("the disk is full; make room")

    async with visit(store, "inbox") as desk:
        await go(desk, "r")
        await write(desk, "Hello")
        with monkeypatch.context() as patch:
            patch.setattr(store, "draft_reply", refuse)
            await go(desk, "tab")
        assert "the disk is full" in toasts(desk)[0]
        assert dialog(desk).text == "Hello"
        await go(desk, "tab")
        assert drafts(store) == [("Käthe", "Hello")]


async def test_a_template(store: Workspace) -> None:
    """ctrl+t shows each as it would read; one that asks for what is not told says so."""
    async with visit(store, "inbox") as desk:
        await go(desk, "r", "ctrl+t")
        assert "Hello Käthe, thank you!" in desk.text
        await go(desk, *"os", "enter")
        assert "tells no {os}" in desk.text
        await go(desk, "ctrl+t", "enter", "tab")
        ((who, text),) = drafts(store)
        assert who == "Käthe"
        assert text.startswith("Hello Käthe, thank you!")


async def test_languages(store: Workspace) -> None:
    """A reply in another language than theirs says so, once somebody pauses."""
    async with visit(store, "inbox") as desk:
        await go(desk, "r")
        await write(desk, "Thank you for telling us about this crash, we are on it.")
        dialog(desk)._look_at_language()
        await go(desk)
        assert "They write German; this is in English" in desk.text
        dialog(desk)._area.text = "Vielen Dank, wir haben den Fehler schon gefunden."
        await go(desk)
        dialog(desk)._look_at_language()
        await go(desk)
        assert "They write" not in desk.text


async def test_many_at_once(store: Workspace) -> None:
    """With marks one template answers each in its own words, as one step."""
    answerable.answer(store, "f2", "We are on it.")
    async with visit(store, "inbox") as desk:
        await go(desk, "*", "a", "r")
        assert "3 of 9" in desk.text
        await go(desk, "enter")
        assert "6 rows left out: " in status(desk)
        assert dict(drafts(store))["otter"] == "We are on it."
        assert dict(drafts(store))["Amélie"].startswith("Hello Amélie, thank you!")
        assert len(drafts(store)) == 4
        await go(desk, "u")
        assert drafts(store) == [("otter", "We are on it.")]


async def test_in_a_group_and_at_a_customer(store: Workspace) -> None:
    """M answers in a group, where r says that two are only related; r at a customer."""
    async with visit(store, "inbox") as desk:
        await go(desk, "O", "r")
        assert "about a suggestion" in status(desk)
        await go(desk, "M")
        assert "Reply to Käthe" in desk.text
        await go(desk, "escape", "C", "r")
        assert "Reply to Käthe" in desk.text


async def test_their_words_are_at_hand(store: Workspace) -> None:
    """What is too long to be seen at once is scrolled without leaving one's own."""
    async with visit(store, "inbox", (80, 24)) as desk:
        store_said = "\n".join(f"line {number}" for number in range(30))
        review = store.feedback("f1")
        rules = store.reply_rules(review)
        shown = Reply(replace(review, body=store_said), rules, keep=lambda _: None)
        desk.app.push_screen(shown)
        await go(desk)
        assert "line 1\n" in desk.text
        assert "line 9" not in desk.text
        await go(desk, *["pagedown"] * 10, *"Hm")
        assert "line 29" in desk.text
        assert "Hm" in desk.text


async def test_read_only(store: Workspace) -> None:
    """Where nothing may be kept, no reply is begun."""
    with Workspace(store.path, read_only=True, clock=lambda: NOW) as locked:
        async with visit(locked, "inbox") as desk:
            await go(desk, "r")
            assert "open read only" in status(desk)
            await go(desk, "g", "o", "S", "d")
            assert desk.app.screen is front(desk)


@pytest.fixture
def hostile(store: Workspace) -> Workspace:
    """Reviews that mean harm, above all others."""
    told = [
        said(800 + number, text, 0, title=text[:300], author=text[:200])
        for number, text in enumerate(HOSTILE)
    ]
    imported(store, told, source="store")
    return store


async def test_hostile_words(hostile: Workspace) -> None:
    """Neither their words nor ours, pasted, command a terminal."""
    async with visit(hostile, "inbox", (80, 24)) as desk:
        for _ in HOSTILE:
            await go(desk, "r")
            await go(desk, "escape", "j")
        await go(desk, "r")
        dialog(desk)._area.post_message(events.Paste("\x1b[2J\x9b31m\u202eab\tc"))
        await go(desk, "tab")
        (_, text), *_ = drafts(hostile)
        assert text == "␛[2J⟨9B⟩31m⟨202E⟩ab c"


def test_an_editor(store: Workspace, tmp_path: Path) -> None:
    """In a real terminal the editor takes the reply, and gives it back."""
    script = tmp_path / "edit"
    script.write_text('#!/bin/sh\nprintf " Soon." >> "$1"\n', encoding="utf-8")
    script.chmod(0o700)
    path = (str(tmp_path / "installed"), str(Path(__file__).parents[1]))
    known = os.pathsep.join((*path, os.environ.get("PYTHONPATH", "")))
    env = {"EDITOR": str(script), "VISUAL": "", "PYTHONPATH": known}
    app = Terminal(store.path, env=env)
    app.see("Absturz beim Export")
    app.press("r")
    app.see("ctrl+e your editor")
    app.press(*"Hi.", "\x05")
    app.see("Hi.", "Soon.")
    app.press("\t")
    app.see("Drafted a reply")
    assert app.leave() == 0
    assert drafts(store) == [("Käthe", "Hi.\n Soon.")]
