"""One voice whole: the message as it was sent, its conversation, who said it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from factories import NOON, an_incoming, imported
from triage.errors import NotFound, UsageError
from triage.model import Kind
from triage.workspace import Workspace

MAILBOX = b"""From tomas@studio.example Mon Mar  2 12:00:00 2026
From: Tomas Ferreira <tomas@studio.example>
Date: Mon, 02 Mar 2026 12:00:00 +0000
Message-ID: <one@studio.example>
Subject: Export crash
Content-Type: text/plain; charset=utf-8

The export still crashes at page 600.

On Sun, 1 Mar 2026 at 09:00, Support <help@lumen.example> wrote:
> Which version is it?
> And which system?

"""


def mailed(workspace: Workspace, folder: Path) -> None:
    """Import one mail that quotes another."""
    file = folder / "in.mbox"
    file.write_bytes(MAILBOX)

    async def read() -> None:
        async for _ in workspace.import_file(file):
            pass

    asyncio.run(read())


def test_whole_mail(workspace: Workspace, tmp_path: Path) -> None:
    """What was left out of a mail is read again from the bytes that were sent."""
    mailed(workspace, tmp_path)
    said = workspace.feedback("f1")
    assert said.body == "The export still crashes at page 600."
    kept, quoted = workspace.whole(said)
    assert (kept.text, kept.start) == (said.body, 0)
    assert quoted.text.endswith("> Which version is it?\n> And which system?")
    assert quoted.start is None
    assert quoted.lines == 3


def test_whole_of_anything_else(workspace: Workspace) -> None:
    """What no source shortened is its own whole."""
    imported(workspace, [an_incoming("1", "> a sentence\nthat begins oddly")])
    (part,) = workspace.whole(workspace.feedback("f1"))
    assert part.text == "> a sentence\nthat begins oddly"


@pytest.fixture
def talked(workspace: Workspace) -> Workspace:
    """A ticket of three parts, one of another source, and what else Ada said."""
    imported(workspace, [
        an_incoming("1", "it fails", thread="t1", author="Ada", email="ada@x.example"),
        an_incoming("2", "which version?", thread="t1", author="Kim", kind=Kind.AGENT),
        an_incoming("3", "the newest", thread="t1", author="Ada", email="ada@x.example",
                    company="Orbit"),
        an_incoming("4", "please wait", thread="t1", kind=Kind.AUTO),
        an_incoming("5", "dark mode please", author="Ada", email="ada@x.example"),
        an_incoming("6", "no thread at all", author="Adam Ray"),
    ])  # fmt: skip
    imported(workspace, [an_incoming("1", "elsewhere", thread="t1")], source="other")
    return workspace


def test_thread(talked: Workspace) -> None:
    """Both sides of a conversation, oldest first, of its own source alone."""
    found = talked.thread(talked.feedback("f3"))
    assert [one.short for one in found] == ["f1", "f2", "f3"]
    assert [one.short for one in talked.thread(found[0], 2)] == ["f2", "f3"]


def test_no_thread(talked: Workspace) -> None:
    """Without a thread nothing belongs together, least of all everything else."""
    alone = talked.feedback("f6")
    assert talked.thread(alone) == [alone]


def test_customer(talked: Workspace) -> None:
    """All that somebody ever said, newest first, with what became of it."""
    point = talked.capture("The editor is too bright")
    talked.accept([talked.feedback("f5")], point.id)
    talked.decline([talked.feedback("f3")], "not planned")
    found = talked.customer("ADA@x.example")
    assert (found.name, found.company, found.count) == ("Ada", "Orbit", 3)
    told = [
        (one.feedback.short, one.disposition and str(one.disposition.state),
         [p.short for p in one.pain_points])
        for one in found.outcomes
    ]  # fmt: skip
    assert told == [
        ("f5", "accepted", ["p1"]), ("f3", "declined", []), ("f1", None, [])
    ]  # fmt: skip
    assert len(talked.customer(found.short, 2).outcomes) == 2
    assert talked.customer("f1") == talked.customer("ada") == found


def test_customer_who(talked: Workspace) -> None:
    """A part of a name will do where only one has it; else the choice is named."""
    assert talked.customer("ray").name == "Adam Ray"
    imported(talked, [an_incoming("9", "one more", author="Eva Ray")])
    with pytest.raises(UsageError, match=r"Adam Ray.*Eva Ray"):
        talked.customer("ray")
    with pytest.raises(NotFound):
        talked.customer("nobody")
    with pytest.raises(NotFound):
        talked.customer("Kim")


def test_earlier(talked: Workspace) -> None:
    """What came before, and how often it was by then."""
    latest = talked.feedback("f5")
    assert [one.feedback.short for one in talked.earlier(latest)] == ["f3", "f1"]
    assert talked.times_heard(talked.feedback("f3")) == (2, 3)
    imported(talked, [an_incoming("8", "who am I", received_at=NOON + timedelta(1))])
    stranger = talked.feedback_many(talked.ids(None, "who am I"))[0]
    assert talked.earlier(stranger) == []
    assert talked.times_heard(stranger) == (1, 1)
