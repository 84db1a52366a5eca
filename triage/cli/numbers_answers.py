"""numbers --answers: how long customers waited for an answer and a solution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triage.cli.figures import rounded
from triage.cli.output import count, emit, emit_json, note, table
from triage.text.pace import spell

if TYPE_CHECKING:
    from triage.measures import Median
    from triage.query import Query
    from triage.workspace.answers import Answers, Waits

_HEADS = (
    ">conversations", ">answered", ">first answer", "interval", ">9 of 10",
    ">solved", ">after", "interval",
)  # fmt: skip


def tell(found: Answers, query: Query, *, as_json: bool) -> None:
    """Print it, for a program or for a person."""
    if as_json:
        emit_json("numbers-answers", _told(found, query))
    else:
        _show(found)


def _told(found: Answers, query: Query) -> dict[str, Any]:
    return {
        "query": str(query),
        **_shape(found.whole),
        "weeks": [
            {
                "week": week.monday.isoformat(),
                "is_over": week.is_over,
                **_shape(week.waits),
            }
            for week in found.weeks
        ],
        "sources": [{"name": name, **_shape(waits)} for name, waits in found.sources],
    }


def _shape(waits: Waits) -> dict[str, Any]:
    return {
        "conversations": waits.n,
        "first_response": _median_shape(waits.first_response),
        "resolution": _median_shape(waits.resolution),
    }


def _median_shape(one: Median) -> dict[str, Any]:
    low, high = one.interval or (None, None)
    return {
        "n": one.n, "median_seconds": rounded(one.value),
        "low": rounded(low), "high": rounded(high), "p90_seconds": rounded(one.most),
    }  # fmt: skip


def _show(found: Answers) -> None:
    if not found.whole.n:
        note(
            "no conversation began in these weeks at a source that tells our answers;"
            " --weeks looks further back"
        )
        return
    table(
        ("week", *_HEADS),
        [(week.monday.isoformat(), *_cells(week.waits)) for week in found.weeks],
    )
    emit()
    table(("source", *_HEADS), [(name, *_cells(one)) for name, one in found.sources])
    waiting = found.whole.n - len(found.whole.answered)
    note(
        f"{count(found.whole.n, 'conversation')}, {waiting:,} without an answer yet;"
        " medians with their 95 % interval, in hours as they pass"
    )


def _cells(waits: Waits) -> list[object]:
    if not waits.n:
        return [0, *[""] * 7]
    first, solved = waits.first_response, waits.resolution
    return [
        waits.n, first.n, _span(first.value), _between(first), _span(first.most),
        solved.n or "", _span(solved.value), _between(solved),
    ]  # fmt: skip


def _span(seconds: float | None) -> str:
    return "" if seconds is None else spell(max(1, seconds))


def _between(one: Median) -> str:
    if one.interval is None:
        return "too few" if one.n else ""
    return f"{_span(one.interval[0])}–{_span(one.interval[1])}"
