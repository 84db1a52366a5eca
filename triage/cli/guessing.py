"""guess: into which pain point feedback may belong, why, and how such guesses fare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triage.cli.output import count, emit, emit_json, facts, note, table
from triage.cli.session import Session
from triage.cli.shapes import of_bar, of_guess
from triage.cli.verbs import verb
from triage.errors import UsageError

if TYPE_CHECKING:
    from triage.grouping.trials import Bar, Record
    from triage.workspace import Guess, Workspace

_LINES = 12
"""Margins of the history shown, evenly over what they cover."""


@verb("guess", example="triage guess f12", schemas=("guess", "guess-history"))
@click.argument("name", metavar="F", required=False)
@click.option(
    "--limit", type=click.IntRange(1), metavar="N", default=3, show_default=True,
    help="How many.",
)  # fmt: skip
@click.option(
    "--history", is_flag=True,
    help="How guesses would have fared on what was decided before.",
)  # fmt: skip
def guess(
    session: Session, name: str | None, limit: int, history: bool, as_json: bool
) -> None:
    """
    Guess which pain points feedback belongs to, and why.

    With --history, every decision so far is tried as if it were new: what share of
    first guesses would have been made and right, by how far they lead the second.
    """
    if (name is None) is not history:
        raise UsageError("name one feedback, for example f12, or give --history")
    workspace = session.open()
    if name is None:
        _tell_history(workspace, as_json=as_json)
    else:
        _tell_guesses(workspace, name, limit, as_json=as_json)


def _tell_guesses(
    workspace: Workspace, name: str, limit: int, *, as_json: bool
) -> None:
    feedback = workspace.feedback(name)
    found = workspace.guesses(feedback, limit)
    if as_json:
        emit_json(
            "guess",
            {"id": feedback.short, "guesses": [of_guess(one) for one in found]},
        )
        return
    probable = all(one.confidence is not None for one in found)
    table(
        ("id", ">chance" if probable else ">alike", "title", "because", "quote"),
        [
            (
                one.pain_point.short, f"{one.share:.0%}", one.pain_point.title,
                " ".join(one.words), _quote(one),
            )
            for one in found
        ],
    )  # fmt: skip
    if not found:
        note(f"{feedback.short} is like no pain point")
    elif not probable:
        note("how alike they are; chances are told once more has been decided")


def _quote(one: Guess) -> str:
    return f"“{one.quote}”" if one.quote != one.pain_point.title else ""


def _tell_history(workspace: Workspace, *, as_json: bool) -> None:
    from triage.grouping.trials import PRECISION

    record, is_auto = workspace.guess_record(), workspace.config.attaches
    if as_json:
        emit_json(
            "guess-history",
            {
                "trials": len(record.trials),
                "precision": PRECISION,
                "bar": None if record.bar is None else of_bar(record.bar),
                "bars": [of_bar(bar) for bar in record.bars],
                "attach": "auto" if is_auto else "ask",
            },
        )
        return
    facts(
        [
            ("tried", count(len(record.trials), "decision")),
            ("holds 95 %", _holding(record)),
            ("attach", _attach(is_auto=is_auto, can=record.bar is not None)),
        ]
    )
    if record.bars:
        emit()
    table(
        (">lead", ">guessed", ">covers", ">right", "surely"),
        [
            (
                f"{bar.margin:.3f}", bar.passing, f"{bar.coverage:.0%}",
                f"{bar.precision:.0%}", f"{bar.sure:.0%}",
            )
            for bar in _some(record.bars)
        ],
    )  # fmt: skip


def _holding(record: Record) -> str:
    from triage.grouping.trials import ENOUGH

    if record.bar is None:
        least = f"; fewer than {ENOUGH} decisions say nothing"
        return f"no lead does, for sure{least if not record.is_enough else ''}"
    bar = record.bar
    return (
        f"a lead of {bar.margin:.3f}: {bar.right} of {bar.passing} right,"
        f" {bar.coverage:.0%} of all"
    )


def _attach(*, is_auto: bool, can: bool) -> str:
    if not is_auto:
        return 'ask: nothing by itself; attach = "auto" under [grouping] switches it on'
    return (
        "auto: what leads by that is attached as it arrives"
        if can
        else ("auto, but nothing is attached until a lead holds")
    )


def _some(bars: list[Bar]) -> list[Bar]:
    step = max(1, -(-len(bars) // _LINES))
    return bars[step - 1 :: step]
