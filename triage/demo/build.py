"""A workspace in use: the demo company's feedback, and what its PM has decided."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from triage import config, sync, toml_file
from triage.connector import Cursor, Incoming, Page
from triage.demo.answers import answers
from triage.demo.history import relive
from triage.demo.incoming import sources
from triage.errors import UsageError
from triage.sync import Pull
from triage.workspace import Workspace

if TYPE_CHECKING:
    from triage.transport import Http


SETTINGS = """\
# Whose voice counts how much, and how far one company may be heard.
[segments]
enterprise = {query = "segment:enterprise", weight = 2}
agency = {query = "segment:agency", weight = 1.5}
education = {query = "segment:education", weight = 0.5}

[score]
company_cap = 9

# Whom customers compare us with, and how else they write it.
[competitors]
Quillmark = ["quill mark"]
Folioform = ["folio form"]

# Minutes a week for listening.
[listening]
minutes = 45

# What customers are answered; shipped is for those who asked for what is out now.
[replies]
thanks = "Hello {author|there}, thank you for telling us."
shipped = "Hello {author|there}, you told us: “{quote}”. {plan|What helps} is out now."
"""


def build(workspace: Workspace, today: datetime) -> None:
    """Fill an empty workspace; the same ``today`` gives the same one."""
    if workspace.counts()["feedback"]:
        raise UsageError(
            f"{workspace.path} holds feedback already; give the demo a file of its own"
        )
    _settle(workspace)
    asyncio.run(_pull(workspace, today))
    relive(workspace, today)


@dataclass(frozen=True, slots=True)
class _Told:
    """The demo's own connector: what a source would tell, all at once."""

    summary: ClassVar[str] = "The demo company's feedback"
    incoming: Sequence[Incoming]

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield everything in one page."""
        del http, cursor
        yield Page(self.incoming, None)


async def _pull(workspace: Workspace, today: datetime) -> None:
    for name, incoming in (sources(today) | answers(today)).items():
        run = Pull(
            source=name,
            connector_name="demo",
            connector=_Told(incoming),
            http=None,
            label="demo",
            resume=False,
        )
        async for _ in sync.pull(workspace.db, run):
            pass
    for _ in workspace.group_pending():
        pass


def _settle(workspace: Workspace) -> None:
    """Write its settings, unless somebody's are there."""
    path = workspace.config.path
    if not toml_file.text(path):
        toml_file.write(path, SETTINGS)
        told = config.load(workspace.path)
        workspace.config = replace(
            workspace.config, weights=told.weights, replies=told.replies,
            practice=told.practice,
        )  # fmt: skip
