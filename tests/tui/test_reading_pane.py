"""The reading pane: quotes folded, the message as sent, its thread, who said it."""

from __future__ import annotations

import asyncio
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from factories import imported
from triage.config import person_folder
from triage.errors import TriageError
from triage.model import Kind
from triage.tui.passage import places, sought, told_in
from triage.tui.screens.customer import CustomerScreen
from triage.workspace import Workspace
from tui.backlog import HOSTILE, front, go, picture, visit
from tui.desk import Golden, Opened, said

QUOTED = "On Sun, 1 Mar 2026 at 09:00, Support <help@lumen.example> wrote:\n" + "".join(
    f"> line {number} of what we asked\n" for number in range(1, 12)
)
BODY = "The export still stops at page 600.\n\nNothing helps."
MAIL = (
    "From: Tomás <tomas@studio.example>\nSubject: Re: Export\n"
    "Date: Thu, 05 Mar 2026 11:30:00 +0000\nX-Odd: \x1b]52;c;aGVsbG8=\x07\u202e\n"
    f"Content-Type: text/plain; charset=utf-8\n\n{BODY}\n\n{QUOTED}"
).encode()
TICKET = [
    said(41, BODY, 0.5, title="Re: Export", author="Tomás Ferreira", raw=MAIL,
         email="tomas@studio.example", thread="t-9", context={"whole_differs": True}),
    said(42, "Which version is it?", 0.8, thread="t-9", author="Kim", kind=Kind.AGENT),
    said(43, "The export stops.", 1.0, thread="t-9", author="Tomás Ferreira",
         email="tomas@studio.example", title="Export"),
]  # fmt: skip


@pytest.fixture
def ticket(workspace: Workspace) -> Workspace:
    """The newest of the inbox answers in a ticket, and quotes what it answers."""
    imported(workspace, TICKET, source="desk")
    workspace.decline([workspace.feedback("f3")], "not planned")
    return workspace


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_looks(
    ticket: Workspace, opened: Opened, golden: Golden, size: tuple[int, int]
) -> None:
    """Text, fold, thread, what it may be, what they said before."""
    async with opened(ticket, size) as desk:
        await desk.press("enter")
        golden.check(f"ticket_{size[0]}x{size[1]}", desk.text)


async def test_quotes_fold(ticket: Workspace, opened: Opened) -> None:
    """What a mail quotes is counted, opened by z in its place, and folded again."""
    async with opened(ticket) as desk:
        assert "▸ 12 quoted lines, z opens" in desk.text
        assert "line 3 of what we asked" not in desk.text
        await desk.press("z")
        assert "line 3 of what we asked" in desk.text
        assert desk.text.index("Nothing helps.") < desk.text.index("line 3 of")
        await desk.press("z")
        assert "line 3 of what we asked" not in desk.text


async def test_words_are_quoted_from_an_open_mail(
    ticket: Workspace, opened: Opened
) -> None:
    """With the quotes open a selection is still of what was kept, at its own place."""
    async with opened(ticket) as desk:
        await desk.press("z", "v", "j")
        assert desk.inbox.reader.selection is not None
        assert desk.inbox.reader.selection.quote == "Nothing helps."
        await desk.press("y")
        assert desk.app.clipboard == "Nothing helps."


async def test_as_sent(ticket: Workspace, opened: Opened) -> None:
    """Z shows every byte, headers and all, safely; Z again goes back."""
    async with opened(ticket) as desk:
        await desk.press("Z")
        assert f"{len(MAIL)} bytes from desk" in desk.text
        assert "X-Odd: ␛]52;c;" in desk.text
        assert "Thread   3" not in desk.text
        await desk.press("Z")
        assert "Thread   3" in desk.text
        await desk.press("Z", "j")
        assert "bytes from" not in desk.text


async def test_a_very_long_message_as_sent(empty: Workspace, opened: Opened) -> None:
    """Of a megabyte of bytes a part is laid out, and z shows more."""
    raw = "語".encode() * 350_000
    await asyncio.to_thread(
        imported, empty, [said(1, "short", 1, raw=raw)], source="desk"
    )
    async with opened(empty) as desk:
        await desk.press("Z", "G", "K")
        reader = desk.inbox.reader
        before = len(reader._lines)
        assert "bytes more, z shows them" in reader._lines[-1][1][0].text
        await desk.press("z")
        assert len(reader._lines) > 3 * before
        assert not any("\ufffd" in p.text for _, line in reader._lines for p in line)


async def test_bytes_in_another_encoding(empty: Workspace, opened: Opened) -> None:
    """What is not UTF-8 is read as what it most likely is."""
    raw = "Die Übersetzung für Änderungen fehlt überall".encode("cp1252")
    await asyncio.to_thread(
        imported, empty, [said(1, "short", 1, raw=raw)], source="desk"
    )
    async with opened(empty) as desk:
        await desk.press("Z")
        assert "Die Übersetzung für" in desk.text


async def test_thread(ticket: Workspace, opened: Opened) -> None:
    """The parts of a conversation stand a line each; w shows them whole, in order."""
    async with opened(ticket) as desk:
        shown = desk.text
        assert "Thread   3 messages   w opens it" in shown
        assert shown.index("The export stops.") < shown.index("Kim, our side")
        await desk.press("w")
        shown = desk.text
        assert "3 messages   w goes back" in shown
        assert shown.index("The export stops.") < shown.index("Which version is it?")
        assert shown.index("Which version is it?") < shown.index("Nothing helps.")
        await desk.press("w")
        assert "w opens it" in desk.text
        await desk.press("j", "j", "j", "w")
        assert "part of no conversation" in desk.status


async def test_said_before(ticket: Workspace, opened: Opened) -> None:
    """What the same customer said before, and what became of it."""
    async with opened(ticket) as desk:
        assert "Said before   2 messages   C opens all" in desk.text
        assert "declined (not" in desk.text
        assert "3rd of 3 messages" in desk.text


async def test_customer(ticket: Workspace, opened: Opened) -> None:
    """C opens all they ever said; enter opens one of them, escape and q go back."""
    async with opened(ticket) as desk:
        await go(desk, "C")
        assert isinstance(front(desk), CustomerScreen)
        shown = await picture(desk)
        for words in ("Tomás Ferreira", "tomas@studio.example", "Studio Norte", "Team",
                      "250/month", "3 messages", "declined (not pla"):  # fmt: skip
            assert words in shown
        await go(desk, "G", "y")
        assert desk.app.clipboard == "f3"
        await go(desk, "enter")
        assert "3 people" in await picture(desk)
        await go(desk, "escape", "escape")
        assert front(desk) is desk.inbox


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_customer_looks(
    ticket: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """A customer reads as was found good."""
    async with visit(ticket, "inbox", size) as desk:
        await go(desk, "C")
        golden.check(f"customer_{size[0]}x{size[1]}", await picture(desk))


async def test_nobody_knows_who(workspace: Workspace, opened: Opened) -> None:
    """Where the source did not say who, C says so."""
    async with opened(workspace) as desk:
        await desk.press("G", "C")
        assert "Nobody knows who said it" in desk.status


# What was searched for


def found(words: str, text: str) -> list[str]:
    """The parts of a text that a search marks."""
    return [text[a:b] for a, b in places(sought(words), text)]


def test_places() -> None:
    """Words are marked as search finds them: by their beginning, whatever the accents."""
    assert found("export", "Export, exports, reexport") == ["Export", "exports"]
    assert found("uber", "Über das Überall") == ["Über", "Überall"]
    assert found("内保", "这是内保存") == ["内保"]
    assert found("(a|b)* a", "a b c") == ["a", "b"]
    assert found("", "anything") == []


def test_told_in() -> None:
    """Words compared without accents are marked as the text writes them."""
    assert told_in(["ubersetzung"], "Die Übersetzung fehlt") == {"übersetzung"}


async def test_search_marks_what_it_found(workspace: Workspace, opened: Opened) -> None:
    """In the reader the words searched for are underlined, title and text alike."""
    async with opened(workspace) as desk:
        await desk.press("/")
        await desk.type("invoi")
        await desk.press("enter")
        underlined = {
            segment.text
            for line in desk.app.screen._compositor.render_strips()
            for segment in line
            if segment.style and segment.style.underline
        }
        assert {"invoices", "invoice"} <= underlined
        await desk.press("escape")
        assert not desk.inbox.reader._passages[0].sought


# The clipboard


async def test_copying_words(ticket: Workspace, opened: Opened) -> None:
    """Y copies what was said, who said it and where; y the id."""
    async with opened(ticket) as desk:
        await desk.press("Y")
        assert desk.app.clipboard == (
            f"Re: Export\n\n{BODY}\n\n— Tomás Ferreira, desk, 2026-03-05, f12\n"
        )
        assert desk.status == "Copied the words of f12"
        await desk.press("y")
        assert desk.app.clipboard == "f12"


async def test_copies_are_safe(empty: Workspace, opened: Opened) -> None:
    """What is pasted elsewhere commands no terminal either."""
    await asyncio.to_thread(
        imported, empty, [said(1, "a\x1b[31mb\u202e", 1, url="https://x.example/1")]
    )
    async with opened(empty) as desk:
        await desk.press("Y")
        assert "a␛[31mb⟨202E⟩" in desk.app.clipboard
        assert desk.app.clipboard.endswith("f1\nhttps://x.example/1\n")


def in_file() -> Path:
    """Where copies go without a clipboard."""
    return person_folder() / "clipboard.txt"


async def test_copying_to_a_file(workspace: Workspace, opened: Opened) -> None:
    """With clipboard = "file" a copy lies in a file of the person's own, and it is said."""
    workspace.config = replace(workspace.config, clipboard="file")
    async with opened(workspace) as desk:
        await desk.press("y")
        assert in_file().read_text() == "f6"
        assert stat.S_IMODE(in_file().stat().st_mode) == 0o600
        assert desk.status == f"Copied f6 to {in_file()}"
        assert desk.app.clipboard == ""


async def test_a_terminal_without_clipboard(
    workspace: Workspace, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the terminal is known to have none, the file is used unasked."""
    monkeypatch.setenv("TERM", "linux")
    in_file().unlink(missing_ok=True)
    async with opened(workspace) as desk:
        await desk.press("y")
        assert in_file().read_text() == "f6"


async def test_a_file_that_cannot_be_written(
    workspace: Workspace,
    opened: Opened,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """A copy that goes nowhere is said to, with the reason."""
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    monkeypatch.setenv("TRIAGE_HOME", str(blocked))
    workspace.config = replace(workspace.config, clipboard="file")
    async with opened(workspace) as desk:
        await desk.press("y")
        assert "cannot be written" in next(iter(desk.app._notifications)).message


def test_clipboard_setting(tmp_path: Path) -> None:
    """Only what is known may be chosen."""
    (tmp_path / "work.toml").write_text('clipboard = "cloud"\n')
    with pytest.raises(TriageError, match="clipboard is"):
        Workspace(tmp_path / "work.db")


# Texts that mean harm


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_hostile_text(
    empty: Workspace, opened: Opened, size: tuple[int, int]
) -> None:
    """As sent, in a thread, of a customer, in pairs, listened to: nothing gets through."""
    told = [
        said(number, body, number, title=body[:200], author=body[:80], thread="t",
             email=f"{number % 3}\x1b@x.example", company=body[:80],
             raw=f"From: x\n\n{body}\n> {body}".encode("utf-8", "replace"),
             context={"whole_differs": True, "plan": body[:90], "segment": body[:90]},
             kind=Kind.AGENT if number % 4 == 0 else Kind.FEEDBACK)
        for number, body in enumerate([*HOSTILE, HOSTILE[1] + "!"], 1)
    ]  # fmt: skip
    await asyncio.to_thread(imported, empty, told, source="\x1b[31mdesk\u202e")
    async with opened(empty, size) as desk:
        await desk.press("enter")
        for _ in range(len(desk.rows)):
            await desk.press("z", "Z", "z", "w", "z", "y", "Y", "w", "j")
        await go(desk, "g", "g", "C", "j", "Y", "enter", "i", "Y", "escape", "escape")
        await go(desk, "g", "m", "J", "x", "y", "u", "h", "space")
        await go(desk, "g", "c", "J", "y", "C", "escape", "u", "n", "h", "space")
        await go(desk, "g", "a", "j", "J", "G")
        await go(desk, "g", "i", "g", "l", "enter", "j", "j", "c", "x", "tab", "escape")
        await go(desk, "a", "tab")
        assert "You listened to" in desk.text
        assert not any(ord(one) < 32 and one != "\n" for one in desk.app.clipboard)


@pytest.fixture
def twice(workspace: Workspace) -> Workspace:
    """One review, as two sources tell it."""
    for source in ("app-store-connect", "app-store-feed"):
        imported(workspace, [replace(TICKET[0], also="one review")], source=source)
    return workspace


async def test_told_elsewhere(twice: Workspace, opened: Opened) -> None:
    """What another source told as well says where, in one line."""
    async with opened(twice) as desk:
        assert "also at app-store-feed" in desk.text
