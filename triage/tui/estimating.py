"""Putting a number on a pain point: which input of a formula, how much, and why."""

from __future__ import annotations

from triage.model import PainPoint
from triage.scoring import Formula, Input
from triage.text.display import one_line
from triage.tui.dialogs.ask import Ask
from triage.tui.dialogs.number import Number, Told
from triage.tui.dialogs.one_of import OneOf, Option
from triage.tui.screen import TriageScreen
from triage.workspace import Entry


def estimate(screen: TriageScreen, point: PainPoint, formula: Formula) -> None:
    """Ask which; asked at once for the number where there is only one."""
    inputs = [one for one in formula.inputs if not one.name.endswith(".*")]
    if not inputs:
        screen.say(
            f"{formula.name} takes names of its own: `triage estimate {point.short}`"
        )
        return
    if len(inputs) == 1:
        _how_much(screen, point, inputs[0])
        return
    options = [
        Option(str(place), one, one.name.replace("_", " "), f"{one.says} ({one.scale})")
        for place, one in enumerate(inputs, 1)
    ]

    def answered(option: Option | None) -> None:
        if option is not None:
            _how_much(screen, point, option.value)

    heading = f"Estimate what of {point.short} “{one_line(point.title, 50)}”"
    screen.app.push_screen(OneOf(heading, options), answered)


def _how_much(screen: TriageScreen, point: PainPoint, asked: Input) -> None:
    now = {part.name: part.value for part in screen.workspace.estimates(point)}

    def answered(told: Told | None) -> None:
        if told is None:
            return
        value = told.value
        if value is None:
            screen.triage.decide(lambda: screen.workspace.unestimate(point, asked.name))
        elif not asked.holds(value):
            screen.say(f"{asked.name} is {value:g}; it is {asked.scale}")
        else:
            _why(screen, point, asked.name, value)

    name = asked.name.replace("_", " ")
    screen.app.push_screen(
        Number(f"{name}: {asked.says}?", value=now.get(asked.name), hint=asked.scale),
        answered,
    )


def _why(screen: TriageScreen, point: PainPoint, name: str, value: float) -> None:
    def answered(reason: str | None) -> None:
        if reason is not None:
            screen.triage.decide(lambda: work("" if reason == "-" else reason))

    def work(reason: str) -> Entry | None:
        return screen.workspace.estimate(point, name, value, reason=reason)

    screen.app.push_screen(
        Ask(f"Why {value:g}? What is it taken from?",
            hint="enter set   - no reason   esc never mind"),
        answered,
    )  # fmt: skip
