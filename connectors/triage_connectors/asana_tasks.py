"""Tasks of Asana as what is planned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from triage.connector import Planned, Report
from triage.text.display import one_line
from triage_connectors import filing, payload
from triage_connectors.asana_api import AT_ONCE, Asana, Row

if TYPE_CHECKING:
    from triage_connectors.asana import Asana as Settings

KEY: Final = re.compile(r"[1-9]\d{0,24}", re.ASCII)
COMPLETED: Final = "completed"
_OPEN: Final = "incomplete"
_REFUSED: Final = frozenset({"rejected", "changes_requested"})
_FEW: Final = 5
_TASK: Final = re.compile(
    r"https://app\.asana\.com/(?:0/\d+/|1/\d+/(?:project/\d+/)?task/)"
    r"([1-9]\d{0,24})(?:[/?#].*)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Tasks:
    """The tasks of a project, in the words of its settings."""

    asana: Asana
    settings: Settings

    async def planned(self, keys: Sequence[str]) -> list[Planned]:
        """
        Those tasks as they are now; what is no key of Asana's is left out.

        Asana tells several at once only with all of their project, so that is read
        while it takes fewer calls; who is elsewhere by now is asked for alone.
        """
        wanted = [key for key in dict.fromkeys(keys) if KEY.fullmatch(key)]
        found: dict[str, Planned] = {}
        if len(wanted) > _FEW:
            looked_at = 0
            async for row in self.asana.tasks(self.settings.name):
                looked_at += 1
                if payload.key(row, "gid") in wanted:
                    found[payload.key(row, "gid")] = self.read(row)
                calls, beyond = divmod(looked_at, AT_ONCE)
                missing = len(wanted) - len(found)
                # What is left of a page costs nothing.
                if not missing or (not beyond and calls >= missing):
                    break
        for key in wanted:
            if key not in found:
                task = await self.asana.task(key)
                if task is not None:
                    found[key] = self.read(task)
        return [found[key] for key in wanted if key in found]

    async def find(self, text: str, limit: int) -> Sequence[Planned]:
        """What says so; without words, what stands first in the project."""
        words = " ".join(text.split())
        address = _TASK.fullmatch(words)
        if address:
            return await self.planned([address[1]])
        if not words:
            return await self._first(limit)
        project = await self.asana.project(self.settings.name)
        workspace = payload.must_be_key(payload.within(project, "workspace"), "gid")
        rows = await self.asana.search(workspace, self.settings.name, words)
        if rows is None:
            typed = await self.asana.typed(workspace, words)
            rows = [row for row in typed if self._membership(row)]
        return filing.best(map(self.read, rows), words, limit)

    def read(self, row: Row) -> Planned:
        """One task."""
        state = self._state(row)
        return Planned(
            key=payload.must_be_key(row, "gid"),
            title=payload.text(row, "name"),
            state=state,
            status="shipped" if state == COMPLETED else "",
            url=payload.text(row, "permalink_url"),
            owner=payload.text(payload.within(row, "assignee"), "name"),
            target=payload.text(row, "due_on"),
            updated_at=payload.moment(row, "modified_at"),
        )

    async def _first(self, limit: int) -> list[Planned]:
        found: list[Planned] = []
        async for row in self.asana.tasks(self.settings.name):
            if len(found) >= limit:
                break
            found.append(self.read(row))
        return found

    def _state(self, row: Row) -> str:
        if row.get("completed") is True:
            approval = payload.text(row, "approval_status")
            return approval if approval in _REFUSED else COMPLETED
        return self._field(row) or self._section(row) or _OPEN

    def _field(self, row: Row) -> str:
        wanted = self.settings.state_field.strip().casefold()
        for one in payload.inside(row, "custom_fields"):
            if wanted and payload.text(one, "name").casefold() == wanted:
                return payload.text(one, "display_value")
        return ""

    def _section(self, row: Row) -> str:
        ours = self._membership(row)
        several = [ours] if ours else payload.inside(row, "memberships")
        names = [
            payload.text(payload.within(one, "section"), "name") for one in several
        ]
        return next(filter(None, names), "")

    def _membership(self, row: Row) -> Row | None:
        for one in payload.inside(row, "memberships"):
            if payload.key(payload.within(one, "project"), "gid") == self.settings.name:
                return one
        return None


async def report(asana: Asana, settings: Settings) -> Report:
    """Return whose token it is, which sections there are, and where it files."""
    me, project = await asana.me(), await asana.project(settings.name)
    sections = await asana.sections(settings.name)
    names = [payload.text(one, "name") for one in sections]
    name, who = payload.text(project, "name"), payload.text(me, "name")
    states = (
        [f"the field {settings.state_field}"] if settings.state_field.strip() else []
    )
    workspace = payload.text(payload.within(project, "workspace"), "name")
    return Report(
        account=one_line(f"{who or 'a token'} at Asana, {workspace}"),
        facts={
            "files in": one_line(name),
            "may": "read the project; whether it may write, Asana does not tell"
            " beforehand",
            "states": one_line(", ".join([*states, *names, COMPLETED]), 500),
        },
    )
