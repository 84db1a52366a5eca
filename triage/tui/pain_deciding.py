"""What can be decided about a pain point, from its own screen or from the backlog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from triage.model import PainPoint, PainStatus, Priority
from triage.text.display import one_line, safe
from triage.tui import pain_words
from triage.tui.dialogs.ask import Ask
from triage.tui.dialogs.number import Number, Told
from triage.tui.dialogs.one_of import OneOf, Option
from triage.tui.dialogs.picker import Choice, Picker, among
from triage.tui.screen import TriageScreen
from triage.workspace import Entry, PainView

_PRIORITIES = (
    Option("1", Priority.URGENT, pain_words.priority(Priority.URGENT)),
    Option("2", Priority.HIGH, pain_words.priority(Priority.HIGH)),
    Option("3", Priority.MEDIUM, pain_words.priority(Priority.MEDIUM)),
    Option("4", Priority.LOW, pain_words.priority(Priority.LOW)),
    Option(
        "0", Priority.NONE, pain_words.priority(Priority.NONE), "nobody has said yet"
    ),
)
_STATUSES = (
    Option("o", PainStatus.OPEN, pain_words.status(PainStatus.OPEN), "it hurts"),
    Option("r", PainStatus.RESOLVED, pain_words.status(PainStatus.RESOLVED),
           "it does not hurt any more"),
    Option("d", PainStatus.DISMISSED, pain_words.status(PainStatus.DISMISSED),
           "nothing will be done about it"),
)  # fmt: skip
_SEVERITIES = (
    Option("5", 5, "5", "work is lost, or money"),
    Option("4", 4, "4", "they cannot go on"),
    Option("3", 3, "3", "they go another way"),
    Option("2", 2, "2", "it annoys"),
    Option("1", 1, "1", "it is cosmetic"),
    Option("0", None, "not set", "counts as 1"),
)
_MOSCOW = (
    Option("m", "must", "must", "without it there is no point"),
    Option("s", "should", "should", "it hurts to leave out"),
    Option("c", "could", "could", "where there is room"),
    Option("w", "wont", "won't", "not this time"),
    Option("-", "", "not set", "nobody said"),
)


def new(screen: TriageScreen) -> None:
    """Write a pain point down."""
    workspace = screen.workspace

    def answered(title: str | None) -> None:
        if title:
            screen.triage.decide(
                lambda: workspace.history_of(workspace.capture(title))[0]
            )

    screen.app.push_screen(Ask("What hurts, in one line?"), answered)


def prioritise(screen: TriageScreen, point: PainPoint) -> None:
    """How soon?"""

    def decide(value: Any) -> Entry | None:
        workspace = screen.workspace
        return workspace.prioritise(workspace.pain_point(point.id).pain_point, value)

    _choose(screen, f"How soon: {_named(point)}", _PRIORITIES, point.priority, decide)


def change_status(screen: TriageScreen, point: PainPoint) -> None:
    """Open, resolved or dismissed?"""
    _choose(
        screen, f"What has become of {_named(point)}", _STATUSES, point.status,
        lambda value: _edit(screen, point, status=value),
    )  # fmt: skip


def change_severity(screen: TriageScreen, point: PainPoint) -> None:
    """How bad is it?"""
    _choose(
        screen, f"How bad: {_named(point)}", _SEVERITIES, point.severity,
        lambda value: _edit(screen, point, severity=value),
    )  # fmt: skip


def change_moscow(screen: TriageScreen, point: PainPoint) -> None:
    """Must, should, could, or not this time?"""
    _choose(
        screen, f"How much must it be: {_named(point)}", _MOSCOW, point.moscow,
        lambda value: _edit(screen, point, moscow=value),
    )  # fmt: skip


def change_effort(screen: TriageScreen, point: PainPoint) -> None:
    """What would it take?"""
    _number(
        screen, point, "effort", "What would it take, in person-months?", "0.5, 2, 6"
    )


def change_confidence(screen: TriageScreen, point: PainPoint) -> None:
    """How sure are we?"""
    _number(screen, point, "confidence", "How sure are we?", "0 to 1, or 80 %")


def retitle(screen: TriageScreen, point: PainPoint) -> None:
    """What hurts, in one line."""

    def answered(title: str | None) -> None:
        if title is not None:
            screen.triage.decide(lambda: _edit(screen, point, title=title))

    screen.app.push_screen(
        Ask(f"What hurts, in one line? {point.short}", value=safe(point.title)),
        answered,
    )


def restate(screen: TriageScreen, point: PainPoint) -> None:
    """What hurts, in a few lines."""
    from triage.tui.dialogs.write import Write

    def answered(statement: str | None) -> None:
        if statement is not None:
            screen.triage.decide(lambda: _edit(screen, point, statement=statement))

    screen.app.push_screen(
        Write(f"What hurts, whom, and when? {_named(point)}", value=point.statement),
        answered,
    )


def change_owner(screen: TriageScreen, point: PainPoint) -> None:
    """Who looks after it?"""

    def answered(owner: str | None) -> None:
        if owner is not None:
            name = "" if owner == "-" else owner
            screen.triage.decide(lambda: _edit(screen, point, owner=name))

    screen.app.push_screen(
        Ask(f"Who looks after {_named(point)}?", value=safe(point.owner),
            hint="enter set   - nobody   esc never mind"),
        answered,
    )  # fmt: skip


def link(screen: TriageScreen, point: PainPoint) -> None:
    """What would settle it? Something planned, here or at a tracker, or new."""
    from triage.tui.dialogs.plan_picker import PlanPicker
    from triage.tui.plan_deciding import linked

    workspace = screen.workspace

    def find(text: str) -> Sequence[Choice]:
        linked = {one.item.id for one in workspace.pain_point(point.id).plans}
        planned = [
            Choice(
                view.item, one_line(view.item.title, 100),
                f"{view.item.short}  {str(view.item.horizon).upper()}",
            )
            for view in workspace.roadmap()
            if view.item.id not in linked
        ]  # fmt: skip
        wanted = " ".join(text.split())
        if not wanted:
            return planned
        return [
            *among(planned)(wanted),
            Choice(wanted, f"plan “{wanted}”", "new, later"),
        ]

    dialog = PlanPicker(
        f"What would settle {_named(point)}", find, workspace,
        "find a plan, or name a new one",
    )  # fmt: skip

    def answered(choice: Choice | None) -> None:
        if choice is not None and choice.value is not None:
            extent = dialog.extent
            screen.triage.decide(lambda: linked(workspace, point, choice, extent))

    screen.app.push_screen(dialog, answered)


def unlink(screen: TriageScreen, view: PainView) -> None:
    """Which plan would not settle it after all? Asked only where there are several."""
    workspace, point = screen.workspace, view.pain_point
    if not view.plans:
        screen.say("Nothing is planned for it")
        return
    if len(view.plans) == 1:
        screen.triage.decide(lambda: workspace.unlink(point, view.plans[0].item))
        return
    choices = [
        Choice(plan.item, one_line(plan.item.title, 100), plan.item.short)
        for plan in view.plans
    ]

    def answered(choice: Choice | None) -> None:
        if choice is not None:
            screen.triage.decide(lambda: workspace.unlink(point, choice.value))

    heading = f"What would not settle {_named(point)}"
    screen.app.push_screen(Picker(heading, among(choices)), answered)


def _edit(screen: TriageScreen, point: PainPoint, **columns: Any) -> Entry | None:
    workspace = screen.workspace
    # As it is now: two keys in a row are two steps, the second upon the first.
    return workspace.edit(workspace.pain_point(point.id).pain_point, **columns)


def _choose(
    screen: TriageScreen, heading: str, options: Sequence[Option], now: object,
    decide: Callable[[Any], Entry | None],
) -> None:  # fmt: skip
    def answered(option: Option | None) -> None:
        if option is not None:
            screen.triage.decide(lambda: decide(option.value))

    screen.app.push_screen(OneOf(heading, options, now=now), answered)


def _number(
    screen: TriageScreen, point: PainPoint, column: str, question: str, hint: str
) -> None:
    def answered(told: Told | None) -> None:
        if told is not None:
            screen.triage.decide(lambda: _edit(screen, point, **{column: told.value}))

    screen.app.push_screen(
        Number(question, value=getattr(point, column), hint=f"for example {hint}"),
        answered,
    )


def _named(point: PainPoint) -> str:
    return f"{point.short} “{one_line(point.title, 60)}”"
