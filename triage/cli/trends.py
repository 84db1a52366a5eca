"""trends: which pain points are heard more often than usual, and what explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from triage.cli.output import count, day, emit, emit_json, moment, note, table
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.text.display import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage.store.outages import Outage
    from triage.workspace.trends import AllTrends, TrendView

_LOUDNESS = "▁▂▃▄▅▆▇█"
_SHOWN = 12
"""Weeks that are drawn."""

_QUOTED = 5
"""Feedback that is named beside a surge."""


@verb("trends", example="triage trends --all", schemas=("trends",))
@click.option(
    "--weeks", type=click.IntRange(10, 520), metavar="N", default=52,
    show_default=True, help="How many weeks of counts --json has.",
)  # fmt: skip
@click.option("--all", "every", is_flag=True, help="Quiet pain points, too.")
def trends(session: Session, weeks: int, every: bool, as_json: bool) -> None:
    """
    Show which pain points are heard more often than usual.

    A week is seven days and the last one ends now; it, or the last two together, are
    compared with the eight before. Heard is what was quoted and what is in a group with
    it, in the inbox too; each person counts once a week. A surge is 5 or more, at least
    twice what is expected, and unlikely by chance among all pain points (q < 0.01).
    """
    found = session.open().trends(weeks)
    if as_json:
        rows = found.rows if every else found.loud()
        emit_json("trends", _told(found, rows))
    else:
        _show(found, found.rows if every else found.loud())


def _told(found: AllTrends, rows: Sequence[TrendView]) -> dict[str, Any]:
    return {
        "is_quiet": not found.loud(),
        "pain_points": len(found.rows),
        "compared": found.compared,
        "weeks": [
            {"begins_at": moment(begin), "came": came}
            for begin, came in zip(found.begins, found.came, strict=True)
        ],
        "outages": [_outage(one) for one in found.outages],
        "trends": [_trend(one) for one in rows],
    }


def _trend(one: TrendView) -> dict[str, Any]:
    told = one.trend
    return {
        "id": one.pain_point.short,
        "title": one.pain_point.title,
        "status": one.pain_point.status.value,
        "level": told.level.value,
        "sentence": one.sentence,
        "counts": list(told.counts),
        "weeks": told.together,
        "count": told.count,
        "usual": round(told.usual, 4),
        "expected": round(told.expected, 4),
        "ratio": None if told.ratio is None else round(told.ratio, 4),
        "p": told.p,
        "q": told.q,
        "came": one.came,
        "usually_came": round(one.usually_came, 4),
        "waiting": one.waiting,
        "feedback": [f"f{number}" for number in one.feedback],
        "outages": [_outage(away) for away in one.outages],
    }


def _outage(one: Outage) -> dict[str, Any]:
    return {
        "source": one.source, "begin": moment(one.begin), "end": moment(one.end),
        "why": one.why,
    }  # fmt: skip


def _show(found: AllTrends, rows: Sequence[TrendView]) -> None:
    if not found.rows:
        emit("quiet: there is no pain point yet")
        return
    if not found.loud():
        emit(f"quiet: of {count(len(found.rows), 'pain point')} none surges")
    if rows:
        table(
            ("", "pain point", ">count", ">weeks", ">usual", ">times", ">q",
             f"={_SHOWN} weeks", "title"),
            [_line(one) for one in rows],
        )  # fmt: skip
    for one in found.loud():
        emit()
        emit(f"{one.pain_point.short}  {one_line(one.pain_point.title, 100)}")
        emit(f"    {one.sentence}")
        emit(f"    {_evidence(one)}")
        for away in one.outages:
            emit(f"    could explain it: {_away(away)}")
    if found.outages:
        emit()
    for away in found.outages:
        emit(f"away: {_away(away)}")
    note(
        f"{count(found.compared, 'pain point')} of {len(found.rows):,} heard often"
        f" enough to be compared; in the last week {found.came[-1]:,} feedback came"
    )


def _line(one: TrendView) -> tuple[object, ...]:
    told = one.trend
    return (
        told.level.value.replace("_", " "), one.pain_point.short, told.count,
        told.together, f"{told.usual:.1f}",
        "" if told.ratio is None else f"{told.ratio:.1f}",
        f"{told.q:.2g}", _drawn(told.counts[-_SHOWN:]),
        one.pain_point.title,
    )  # fmt: skip


def _evidence(one: TrendView) -> str:
    ids = ", ".join(f"f{number}" for number in one.feedback[:_QUOTED])
    more = len(one.feedback) - _QUOTED
    told = f"{ids} and {more} more" if more > 0 else ids
    waits = f"; {one.waiting} of them in the inbox" if one.waiting else ""
    return f"{told}{waits}"


def _away(one: Outage) -> str:
    return one_line(f"{one.source}, {day(one.begin)} to {day(one.end)}: {one.why}", 200)


def _drawn(counts: Sequence[int]) -> str:
    """A bar for each week, as high as it is loud; nothing is a dot."""
    most = max(counts, default=0)
    return "".join(
        _LOUDNESS[(one * (len(_LOUDNESS) - 1)) // most] if one else "·"
        for one in counts
    )
