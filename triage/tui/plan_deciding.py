"""What can be decided about a plan: whose, by when, where it is filed, what is new."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from triage.model import Extent, PainPoint, RoadmapItem
from triage.text.display import one_line, safe
from triage.tui.dialogs.ask import Ask
from triage.tui.dialogs.picker import Choice, Picker, among
from triage.tui.dialogs.plan_picker import FileAt, There
from triage.tui.screen import TriageScreen
from triage.workspace import DraftView, Entry, Workspace


def linked(
    workspace: Workspace, point: PainPoint, choice: Choice, extent: Extent
) -> Entry | None:
    """Link what was chosen: ours, a tracker's, a new one here, or one filed there."""
    chosen = choice.value
    before = {entry.id for entry in workspace.history(1)}
    if isinstance(chosen, FileAt):
        workspace.file(point, chosen.source, extent=extent)
    elif isinstance(chosen, There):
        workspace.plan_from(
            chosen.source, chosen.planned, pain_point=point, extent=extent
        )
    else:
        item = workspace.plan(chosen) if isinstance(chosen, str) else chosen
        assert isinstance(item, RoadmapItem)
        return workspace.link(point, item, extent)
    last = workspace.history(1)
    return last[0] if last and last[0].id not in before else None


def change_owner(screen: TriageScreen, item: RoadmapItem) -> None:
    """Who sees to it?"""
    _ask(screen, item, "owner", f"Who sees to {named(item)}?", "nobody")


def change_target(screen: TriageScreen, item: RoadmapItem) -> None:
    """By when?"""
    question = f"When is {named(item)} meant to be there? 2027-03, Q2, 5.3"
    _ask(screen, item, "target", question, "no date")


def retitle(screen: TriageScreen, item: RoadmapItem) -> None:
    """What it is called here."""
    _ask(screen, item, "title", f"What is {item.short} called here?", "")


def file(screen: TriageScreen, item: RoadmapItem) -> None:
    """At which tracker is it to be created?"""
    workspace = screen.workspace
    sources = [one.name for one in workspace.trackers()]
    if not sources:
        screen.say("No tracker is configured; `triage sources connectors` lists them")
    elif len(sources) == 1:
        _draft(screen, lambda: workspace.file_item(item, sources[0]))
    else:

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                _draft(screen, lambda: workspace.file_item(item, choice.value))

        choices = [Choice(name, name) for name in sources]
        heading = f"File {named(item)} at"
        screen.app.push_screen(Picker(heading, among(choices)), answered)


def comment(screen: TriageScreen, item: RoadmapItem) -> None:
    """Tell its tracker what is new since it was told last."""
    _draft(screen, lambda: screen.workspace.comment(item))


def _draft(screen: TriageScreen, draft: Callable[[], DraftView]) -> None:
    def decide() -> Entry | None:
        draft()
        return screen.workspace.history(1)[0]

    screen.triage.decide(decide)


def _ask(
    screen: TriageScreen, item: RoadmapItem, column: str, question: str, none: str
) -> None:
    def answered(told: str | None) -> None:
        if told is None:
            return
        value = "" if told == "-" and none else told
        workspace, columns = screen.workspace, {column: value}
        screen.triage.decide(
            lambda: workspace.reschedule(
                workspace.roadmap_item(item.id), **cast("Any", columns)
            )
        )

    hint = f"enter set   - {none}   esc never mind" if none else "enter set   esc"
    value = safe(str(getattr(item, column)))
    screen.app.push_screen(Ask(question, value=value, hint=hint), answered)


def named(item: RoadmapItem) -> str:
    """``r2 “Faster export”``."""
    return f"{item.short} “{one_line(item.title, 60)}”"
