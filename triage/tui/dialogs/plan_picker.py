"""Which plan would settle a pain point: one of ours, or one a tracker has."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from triage.connector import Planned
from triage.errors import TriageError
from triage.model import RoadmapItem
from triage.text.display import one_line
from triage.tui.desk import beside
from triage.tui.dialogs.link import LinkPicker
from triage.tui.dialogs.picker import Choice
from triage.workspace import Workspace

PAUSE = 0.4
"""Seconds nothing is typed before trackers are asked."""

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class There:
    """A plan that a tracker has."""

    source: str
    planned: Planned


@dataclass(frozen=True, slots=True)
class FileAt:
    """A tracker that is to have it as a new plan."""

    source: str


class PlanPicker(LinkPicker):
    """
    Ours as one types, trackers' once nothing is typed for a moment.

    One search at a time is on its way; what was typed meanwhile is asked after it.
    """

    def __init__(
        self,
        heading: str,
        find: Callable[[str], Sequence[Choice]],
        workspace: Workspace,
        placeholder: str,
    ) -> None:
        self._workspace = workspace
        self._ours = find
        self._sources = [one.name for one in workspace.trackers()]
        self._there: dict[str, list[Choice]] = {}
        self._asking = False
        super().__init__(heading, self._all, placeholder)

    def _all(self, text: str) -> Sequence[Choice]:
        ours = list(self._ours(text))
        here = {
            (one.value.tracker, one.value.key)
            for one in ours
            if isinstance(one.value, RoadmapItem)
        }
        there = [
            one
            for one in self._there.get(_words(text), [])
            if not isinstance(one.value, There)
            or (one.value.source, one.value.planned.key) not in here
        ]
        # A new name comes last: what is planned somewhere is to be seen before it.
        new = [one for one in ours if isinstance(one.value, str)]
        known = [one for one in ours if not isinstance(one.value, str)]
        filed = [
            Choice(FileAt(name), f"file it at {name}", "a draft, nothing is sent yet")
            for name in self._sources
        ]
        return [*known, *there, *new, *filed]

    def _look(self, text: str) -> None:
        super()._look(text)
        wanted = _words(text)
        if self._sources and len(wanted) > 1 and wanted not in self._there:
            self.set_timer(PAUSE, lambda: self._ask_trackers(wanted))

    def _ask_trackers(self, wanted: str) -> None:
        is_typed_on = wanted != _words(self.field.value)
        if self._asking or is_typed_on or wanted in self._there:
            return
        self._asking = True
        beside(self, self._find_there, wanted, group="trackers")

    async def _find_there(self, wanted: str) -> None:
        try:
            self._there[wanted] = await asyncio.to_thread(self._search, wanted)
        finally:
            self._asking = False
        now = _words(self.field.value)
        if now == wanted:
            super()._look(self.field.value)
        elif len(now) > 1:
            self._ask_trackers(now)

    def _search(self, wanted: str) -> list[Choice]:
        """What each tracker has, or why it cannot be asked; in a thread of its own."""
        found: list[Choice] = []
        try:
            for source in self._sources:
                try:
                    plans = asyncio.run(
                        self._workspace.find_planned(source, wanted, _SHOWN)
                    )
                except TriageError as error:
                    found.append(Choice(None, one_line(f"{source}: {error}"), "✕"))
                    continue
                found += [_choice(source, plan) for plan in plans]
        finally:
            self._workspace.release()
        return found


def _choice(source: str, plan: Planned) -> Choice:
    state = one_line(plan.state, 14)
    return Choice(
        There(source, plan), one_line(plan.title, 100),
        f"{one_line(source, 12)} {one_line(plan.key, 12)}  {state}",
    )  # fmt: skip


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()
