"""A workspace over a made-up shop whose reviews can be answered, and what is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Any

from servers.reply_shop import KEY
from triage.draft import Draft
from triage.sending import SendEvent
from triage.workspace import Workspace


def a_shop(
    folder: Path, url: str, *, writes: bool = True, connector: str = "shop"
) -> Path:
    """Settings of a workspace with one source, ``reviews``; where the workspace is."""
    (folder / "work.toml").write_text(
        f'[sources.reviews]\nconnector = "{connector}"\nurl = "{url}"\nkey = "{KEY}"\n'
        f"writes = {str(writes).lower()}\n"
    )
    (folder / "work.toml").chmod(0o600)
    return folder / "work.db"


def synced(workspace: Workspace, *names: str) -> None:
    """Pull what there is."""

    async def pull() -> None:
        async for _ in workspace.sync(names):
            pass

    asyncio.run(pull())


def sent(workspace: Workspace, drafts: Sequence[Draft], **how: Any) -> list[SendEvent]:
    """Everything that sending these tells."""

    async def send() -> list[SendEvent]:
        async with aclosing(workspace.send(drafts, **how)) as events:
            return [event async for event in events]

    return asyncio.run(send())


def over(folder: Path, url: str, **how: Any) -> Workspace:
    """Another workspace over the shop, in a folder of its own, pulled."""
    other = folder / "other"
    other.mkdir()
    made = Workspace(a_shop(other, url, **how))
    synced(made)
    return made


def draft(workspace: Workspace, name: str = "f1", text: str = "Thank you") -> Draft:
    """A draft that waits."""
    return workspace.draft_reply(workspace.feedback(name), text)
