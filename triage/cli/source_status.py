"""sources show, clear-gap: how a source fares, and what its last pulls came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triage.cli.output import clock, emit, emit_json, facts, table
from triage.cli.session import Session
from triage.cli.source_shapes import of_batch, of_source
from triage.cli.sources import sources
from triage.cli.verbs import verb
from triage.text.display import one_line
from triage.text.pace import spell

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from triage.workspace import BatchView, BudgetView, SourceView
    from triage.workspace.answers import Waits

_PULLS = 10
_WEEKS = 13
"""How far back answers are looked at."""


@verb(
    "show", within=sources, schemas=("source-status",),
    example="triage sources show reviews",
)  # fmt: skip
@click.argument("name")
def show(session: Session, name: str, as_json: bool) -> None:
    """Show how a source fares, and its last pulls, failed ones too."""
    workspace = session.open()
    found, pulls = workspace.source(name), workspace.pulls(name, _PULLS)
    unmapped = [one for one in workspace.unmapped() if one.source == name]
    if as_json:
        told = {
            "unmapped": [{"state": one.state, "plans": one.count} for one in unmapped],
            "pulls": [of_batch(one) for one in pulls],
        }
        emit_json("source-status", of_source(found) | told)
        return
    emit(one_line(f"{found.name}: {status(found)}"))
    emit()
    facts(_facts(found, workspace.clock()))
    waits = dict(workspace.answers(_WEEKS, query=f'source:"{name}"').sources).get(name)
    if waits is not None:
        facts(_answers(waits))
    facts(("unmapped", one.says) for one in unmapped)
    if pulls:
        emit()
    table(
        ("id", "when", ">seconds", ">new", ">changed", ">refused", ">gone", "how"),
        [
            (
                f"b{one.id}", clock(one.started_at), _seconds(one), one.new,
                one.changed, one.quarantined or "", one.gone or "", _how(one),
            )
            for one in pulls
        ],
    )  # fmt: skip


@verb(
    "clear-gap", within=sources, schemas=("source",),
    example="triage sources clear-gap reviews",
)  # fmt: skip
@click.argument("name")
def clear_gap(session: Session, name: str, as_json: bool) -> None:
    """Take what a source cannot give as read; told in the same words it stays away."""
    workspace = session.open()
    workspace.clear_gap(name)
    if as_json:
        emit_json("source", of_source(workspace.source(name)))
    else:
        emit(one_line(f"{name} tells of no gap any more"))


def status(one: SourceView) -> str:
    """How a source fares, in a few words."""
    if one.holder:
        so_far = f", {one.running.new:,} new so far" if one.running else ""
        return f"being pulled by {one.holder}{so_far}"
    if one.failure:
        many = f" ({one.failures} in a row)" if one.failures > 1 else ""
        return f"failed {clock(one.failed_at)}{many}: {one.failure}"
    if one.is_late and one.usual:
        return f"late: usually pulled every {_span(one.usual)}; does cron run?"
    if one.gap:
        return f"missing: {one.gap}"
    if one.quarantined:
        return f"ok, {one.quarantined:,} refused"
    return {"new": "never pulled", "sends": "only sends"}.get(one.health, "ok")


def next_pull(one: SourceView) -> str:
    """When a source is pulled next, as far as anybody can tell."""
    if not one.configured or one.sends:
        return ""
    return clock(one.next_at) if one.next_at else "when sync runs"


def lag(one: SourceView) -> str:
    """How long ago its last success was; nothing of what is pulled no more."""
    return _span(one.lag) if one.lag is not None and one.configured else ""


def next_calls(one: SourceView) -> str:
    """About how many calls the next pull will make, as the last ones did."""
    return "" if one.next_calls is None else f"~{one.next_calls:,}"


def fewest_left(one: SourceView) -> str:
    """What is left of the budget that is nearest to its end."""
    if not one.budgets:
        return ""
    nearest = min(one.budgets, key=lambda budget: budget.left / max(1, budget.of))
    return f"{nearest.left:,}/{nearest.of:,}"


def _facts(one: SourceView, now: datetime) -> list[tuple[str, object]]:
    usual = _span(one.usual) if one.usual else ""
    newest = ""
    if one.newest_at:
        newest = f"{clock(one.newest_at)}, {_span(now - one.newest_at)} ago"
    return [
        ("connector", one.connector),
        ("kept by", "sync" if one.configured else "import"),
        ("writes", "yes, what is in the outbox may be sent" if one.writes else ""),
        ("feedback", f"{one.feedback:,}"),
        ("newest", newest),
        ("refused", f"{one.quarantined:,}" if one.quarantined else ""),
        ("gone there", f"{one.gone:,}" if one.gone else ""),
        ("last success", clock(one.synced_at) or "never"),
        ("usually every", usual),
        ("failures", f"{one.failures} in a row" if one.failures else ""),
        ("next", next_pull(one)),
        ("calls", _calls(one)),
        *(_left(budget) for budget in one.budgets),
        ("missing", f"{one.gap} (since {clock(one.gap_at)})" if one.gap else ""),
    ]


def _calls(one: SourceView) -> str:
    if one.calls is None:
        return ""
    expected = next_calls(one)
    return f"{one.calls:,} in the last pull" + (
        f", about {expected[1:]} in the next" if expected else ""
    )


def _answers(waits: Waits) -> list[tuple[str, object]]:
    """How its customers were answered lately; medians, too few of which are none."""
    told = []
    times = ("first answer", waits.first_response), ("solved", waits.resolution)
    for name, one in times:
        if one.interval and one.value is not None and one.most is not None:
            low, high = (spell(max(1, end)) for end in one.interval)
            middle, most = spell(max(1, one.value)), spell(max(1, one.most))
            within = f"9 of 10 within {most}; n {one.n:,}"
            told.append((name, f"after {middle} ({low}–{high}), {within}"))
    return [*told, ("conversations", f"{waits.n:,} in {_WEEKS} weeks")]


def _left(budget: BudgetView) -> tuple[str, str]:
    """A budget as a line: not its name, which may be of a key."""
    return "calls left", f"{budget.left:,} of {budget.of:,} in {spell(budget.seconds)}"


def _span(time: timedelta) -> str:
    if time.days > 2:
        return f"{time.days:,} days"
    return spell(max(1, time.total_seconds()))


def _seconds(one: BatchView) -> str:
    if one.finished_at is None:
        return ""
    return f"{(one.finished_at - one.started_at).total_seconds():.1f}"


def _how(one: BatchView) -> str:
    if one.taken_back_at:
        return "taken back"
    if one.failure:
        return f"failed: {one.failure}"
    label = "" if one.label == "sync" else one.label
    return label or ("ok" if one.finished_at else "not finished")
