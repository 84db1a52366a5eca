"""Putting a number on a pain point: which input of a formula, how much, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from triage.model import PainPoint
from triage.scoring import Formula, Input
from triage.scoring.urgency import day_of
from triage.text.display import one_line
from triage.text.when import day_named
from triage.tui import pain_deciding
from triage.tui.dialogs.ask import Ask
from triage.tui.dialogs.number import Number, Told
from triage.tui.dialogs.one_of import OneOf, Option
from triage.tui.screen import TriageScreen
from triage.workspace import Entry

_ANSWERS = (
    Option("y", 1.0, "yes"), Option("n", 0.0, "no"), Option("-", None, "not known"),
)  # fmt: skip
_NO_DAY = "-"


def estimate(screen: TriageScreen, point: PainPoint, formula: Formula) -> None:
    """Ask which; asked at once for the number where there is only one."""
    if formula.name == "moscow":
        pain_deciding.change_moscow(screen, point)
        return
    inputs = list(_asked(formula, screen))
    if not inputs:
        screen.say(_elsewhere(point, formula))
    elif len(inputs) == 1:
        _how_much(screen, point, inputs[0])
    else:
        _which(screen, point, inputs)


def _asked(formula: Formula, screen: TriageScreen) -> Iterator[Input]:
    """What can be asked for here: single inputs, and the drivers of the settings."""
    for one in formula.inputs:
        if one.name == "driver.*":
            for driver in screen.workspace.config.weights.drivers:
                yield replace(one, name=f"driver.{driver}")
        elif not one.name.endswith(".*"):
            yield one


def _elsewhere(point: PainPoint, formula: Formula) -> str:
    """How to enter what cannot be asked for here."""
    if formula.name == "drivers":
        return "[score.drivers] of the settings names no driver yet"
    if formula.name == "kano":
        return f"`triage estimate {point.short} kano.like.dislike 12` counts answers"
    return f"{formula.name} asks for nothing of a person"


def _which(screen: TriageScreen, point: PainPoint, inputs: list[Input]) -> None:
    options = [
        Option(
            str(place) if place < 10 else "",
            one, _name(one), f"{one.says} ({one.scale})",
        )
        for place, one in enumerate(inputs, 1)
    ]  # fmt: skip

    def answered(option: Option | None) -> None:
        if option is not None:
            _how_much(screen, point, option.value)

    heading = f"Estimate what of {point.short} “{one_line(point.title, 50)}”"
    screen.app.push_screen(OneOf(heading, options), answered)


def _how_much(screen: TriageScreen, point: PainPoint, asked: Input) -> None:
    parts = screen.workspace.estimates(point)
    now = {part.name: part.value for part in parts}.get(asked.name)
    question = f"{_name(asked)}: {asked.says}?"
    if asked.unit == "day":
        _which_day(screen, point, asked, question, now)
    elif asked.unit == "flag":

        def chosen(option: Option | None) -> None:
            if option is not None:
                said = option.label
                _take(screen, point, asked, option.value, said)

        screen.app.push_screen(OneOf(question, _ANSWERS, now=now), chosen)
    else:

        def answered(told: Told | None) -> None:
            if told is not None:
                said = "" if told.value is None else f"{told.value:g}"
                _take(screen, point, asked, told.value, said)

        screen.app.push_screen(Number(question, value=now, hint=asked.scale), answered)


def _which_day(
    screen: TriageScreen, point: PainPoint, asked: Input, question: str,
    now: float | None,
) -> None:  # fmt: skip
    def answered(told: str | None) -> None:
        if told is None:
            return
        if told == _NO_DAY:
            _take(screen, point, asked, None, "")
            return
        day = day_named(told, screen.workspace.clock())
        if day is None:
            screen.say(f"“{one_line(told, 30)}” is no day like 2027-03-01")
        else:
            _take(screen, point, asked, day.timestamp(), f"{day:%Y-%m-%d}")

    screen.app.push_screen(
        Ask(question, value="" if now is None else f"{day_of(now):%Y-%m-%d}",
            hint=f"2027-03-01, friday, 3w   {_NO_DAY} none   esc never mind"),
        answered,
    )  # fmt: skip


def _take(
    screen: TriageScreen, point: PainPoint, asked: Input, value: float | None, said: str
) -> None:
    """Ask why, where it is on its scale; None takes the number back."""
    if value is None:
        screen.triage.decide(lambda: screen.workspace.unestimate(point, asked.name))
    elif not asked.holds(value):
        screen.say(f"{asked.name} is {value:g}; it is {asked.scale}")
    else:
        _why(screen, point, asked.name, value, said)


def _why(
    screen: TriageScreen, point: PainPoint, name: str, value: float, said: str
) -> None:
    def answered(reason: str | None) -> None:
        if reason is not None:
            screen.triage.decide(lambda: work("" if reason == "-" else reason))

    def work(reason: str) -> Entry | None:
        return screen.workspace.estimate(point, name, value, reason=reason)

    screen.app.push_screen(
        Ask(f"Why {said}? What is it taken from?",
            hint="enter set   - no reason   esc never mind"),
        answered,
    )  # fmt: skip


def _name(asked: Input) -> str:
    return one_line(asked.name.removeprefix("driver."), 30).replace("_", " ")
