"""A place that can be answered: what it was told stands in a folder, one file each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import packages
from factories import imported
from triage.connector import (
    Act,
    Cursor,
    Incoming,
    Outgoing,
    Page,
    Receipt,
    SignInFailed,
    SourceUnavailable,
)
from triage.model import Channel
from triage.workspace import Workspace
from tui.desk import NOW

if TYPE_CHECKING:
    from triage.transport import Http


@dataclass(frozen=True, slots=True)
class Answerable:
    """
    Reviews that can be answered once each.

    Attributes:
        folder: Where answers stand; ``refuse``, ``down`` or ``slow`` in it is obeyed.
    """

    summary: ClassVar[str] = "Reviews made by a test"
    acts: ClassVar[Mapping[str, Act]] = {
        "reply": Act("Answers the review in public.", longest=350, replaces=True)
    }

    folder: Path

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Nothing: what was said is imported."""
        del http, cursor
        nothing: tuple[Page, ...] = ()
        for none in nothing:
            yield none

    async def sent(self, http: Http, outgoing: Outgoing) -> Receipt | None:
        """What stands there already."""
        del http
        file = self.folder / outgoing.to
        if not file.exists():
            return None
        return Receipt(external_id=outgoing.to, text=file.read_text(encoding="utf-8"))

    async def send(self, http: Http, outgoing: Outgoing) -> Receipt:
        """Write it down, unless the folder says otherwise."""
        del http
        while (self.folder / "slow").exists():  # noqa: ASYNC110 - as a service would
            await asyncio.sleep(0.005)
        if (self.folder / "refuse").exists():
            raise SignInFailed("the key may not answer; give it “Reply to reviews”")
        if (self.folder / "down").exists():
            raise SourceUnavailable("the store answers 503; try again later")
        (self.folder / outgoing.to).write_text(outgoing.text, encoding="utf-8")
        return Receipt(
            external_id=outgoing.to, at=NOW, state="PUBLISHED",
            url=f"https://store.example/{outgoing.to}",
        )  # fmt: skip


def installed(folder: Path) -> Path:
    """A folder that, on the path, makes the connector known by entry point."""
    return packages.installed(
        folder, "answerable", "answerable = tui.answerable:Answerable\n"
    )


REVIEWS = [
    ("71", "Absturz beim Export", "Seit dem Update stürzt der Export jedes Mal ab!", 1.0, "Käthe", "de",
     "5.2.1", 2),
    ("72", "", "It forgets where I was reading whenever the train enters a tunnel.", 3.0,
     "otter", "en", "5.2.0", 5),
    ("73", "Lovely", "Calm, quick, and it never loses a word. Thank you for making it.",
     5.0, "Wren M.", "en", "5.1.9", 30),
    ("74", "", "Trop cher, et la synchronisation ne marche jamais chez moi.", 2.0, "Amélie", "fr", "5.2.1", 50),
]  # fmt: skip
"""Id, title, words, stars, who, language, version, hours ago."""

THANKS = "Hello {author}, thank you! Tell us more at help.example. Yours, Dana"


def reviews() -> list[Incoming]:
    """What customers of the place said."""
    return [
        Incoming(
            external_id=key, channel=Channel.REVIEW, title=title, body=body,
            rating=stars, scale="1-5", metric="stars", author=who, language=language,
            app_version=version, thread=key, context={"country": language.upper()},
            received_at=NOW - timedelta(hours=hours),
        )
        for key, title, body, stars, who, language, version, hours in REVIEWS
    ]  # fmt: skip


def settings(folder: Path, *, writes: bool = True) -> str:
    """The settings of a workspace with the place as its source ``store``."""
    return (
        f'by = "dana"\n\n[sources.store]\nconnector = "answerable"\n'
        f'folder = "{folder}"\nwrites = {str(writes).lower()}\n\n'
        f'[replies]\nthanks = "{THANKS}"\n'
        'os = "On {os} it works."\n'
        'version = "Version {version|yours} has this mended; please try it."\n'
    )


def answer(workspace: Workspace, name: str, text: str) -> None:
    """Draft a reply to the feedback of that name."""
    workspace.draft_reply(workspace.feedback(name), text)


@contextmanager
def workspace(folder: Path, *, writes: bool = True) -> Iterator[Workspace]:
    """A workspace in which these customers of the place were heard."""
    (folder / "answers").mkdir()
    told = settings(folder / "answers", writes=writes)
    (folder / "work.toml").write_text(told, encoding="utf-8")
    with Workspace(folder / "work.db", clock=lambda: NOW) as made:
        imported(made, reviews(), source="store")
        yield made
