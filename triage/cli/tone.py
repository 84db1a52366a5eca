"""tone correct: in which languages customers speak, and how pleased they sound."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from triage.cli.listing import SENTIMENTS
from triage.cli.naming import members, named
from triage.cli.options import ids_argument
from triage.cli.output import count, emit, emit_json, note, table
from triage.cli.session import Session
from triage.cli.steps import tell
from triage.cli.verbs import verb
from triage.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage.workspace import ToneCount

_BAR = 20
_CELLS = dict(zip(SENTIMENTS, "█▒░", strict=True))


@verb("tone", example="triage tone --source reviews --weeks 8", schemas=("tone",))
@click.option("--source", default="", metavar="NAME", help="Only what came from there.")
@click.option(
    "--weeks", type=click.IntRange(1), metavar="N", default=12, show_default=True,
    help="Of the latest weeks with feedback, how many by themselves.",
)  # fmt: skip
def tone(session: Session, source: str, weeks: int, as_json: bool) -> None:
    """
    Show which languages customers speak and how pleased they sound.

    Every share has its 95 % interval (Wilson) beside it. Read offline from ratings
    and words; `triage correct` puts right what was read wrong.
    """
    workspace = session.open()
    workspace.read_tones()
    every = workspace.tone_counts()
    if source:
        if source not in {view.name for view in workspace.sources()}:
            raise NotFound(f"no source is called {source}; `triage sources list`")
        every = [one for one in every if one.source == source]
    latest = sorted({one.week for one in every})[-weeks:]
    if as_json:
        emit_json("tone", _told(every, latest))
    else:
        _show(every, latest)


@verb(
    "correct", schemas=("steps",),
    example="triage correct f12 --language de --sentiment negative",
)  # fmt: skip
@ids_argument
@click.option(
    "--language", metavar="CODE", help="Its code, as en or de; as-read for as it was."
)
@click.option(
    "--sentiment", type=click.Choice((*SENTIMENTS, "as-read")),
    help="How pleased it sounds; as-read for as it was.",
)  # fmt: skip
def correct(
    session: Session,
    ids: tuple[str, ...],
    language: str | None,
    sentiment: str | None,
    as_json: bool,
) -> None:
    """Put right what language feedback is in, or how pleased it sounds."""
    workspace = session.open()
    feedback = {one.id: one for name in named(ids) for one in members(workspace, name)}
    entry = workspace.correct(
        list(feedback.values()), language=language, sentiment=sentiment
    )
    tell(entry, as_json=as_json)


def _told(every: Sequence[ToneCount], latest: Sequence[str]) -> dict[str, Any]:
    by_week: dict[tuple[str, str], list[ToneCount]] = {}
    for one in every:
        if one.week in latest:
            by_week.setdefault((one.week, one.source), []).append(one)
    return {
        "n": sum(one.count for one in every),
        "languages": _shares(_by(every, "language")),
        "sentiments": _shares(_by(every, "sentiment")),
        "weeks": [
            {
                "week": week,
                "source": source,
                "n": sum(one.count for one in found),
                "languages": _shares(_by(found, "language")),
                "sentiments": _shares(_by(found, "sentiment")),
            }
            for (week, source), found in sorted(by_week.items())
        ],
    }


def _shares(counts: Counter[str]) -> list[dict[str, Any]]:
    from triage.measures import wilson

    total = counts.total()
    found = []
    for name, many in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        low, high = wilson(many, total)
        found.append(
            {
                "name": name or "unknown",
                "count": many,
                "share": round(many / total, 4),
                "low": round(low, 4),
                "high": round(high, 4),
            }
        )
    return found


def _show(every: Sequence[ToneCount], latest: Sequence[str]) -> None:
    total = sum(one.count for one in every)
    if not total:
        note("no feedback yet; `triage import FILE` brings some")
        return
    for name in ("sentiment", "language"):
        table(
            (name, ">feedback", ">share", "95 % interval"),
            [
                (one["name"], one["count"], _percent(one["share"]), _span(one))
                for one in _shares(_by(every, name))
            ],
        )
        emit()
    table(
        ("week", "source", ">feedback", ">negative", "interval", _legend()),
        [_week(week, source, every) for week, source in _places(every, latest)],
    )
    note(count(total, "feedback", "feedback"))


def _week(week: str, source: str, every: Sequence[ToneCount]) -> tuple[object, ...]:
    found = [one for one in every if (one.week, one.source) == (week, source)]
    counts = _by(found, "sentiment")
    negative = next((one for one in _shares(counts) if one["name"] == "negative"), None)
    if negative is None:
        from triage.measures import wilson

        low, high = wilson(0, counts.total())
        negative = {"share": 0.0, "low": low, "high": high}
    return (
        week, source, counts.total(), _percent(negative["share"]), _span(negative),
        _bar(counts),
    )  # fmt: skip


def _bar(counts: Counter[str]) -> str:
    """One bar, all of it: how much is negative, neutral, positive."""
    total = counts.total()
    shown, drawn, passed = "", 0, 0
    for name in SENTIMENTS:
        passed += counts[name]
        end = round(passed / total * _BAR)
        shown += _CELLS[name] * (end - drawn)
        drawn = end
    return shown


def _legend() -> str:
    return " ".join(f"{cell} {name}" for name, cell in _CELLS.items())


def _places(every: Sequence[ToneCount], latest: Sequence[str]) -> list[tuple[str, str]]:
    return sorted({(one.week, one.source) for one in every if one.week in latest})


def _by(every: Sequence[ToneCount], name: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for one in every:
        counts[getattr(one, name)] += one.count
    return counts


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def _span(one: dict[str, Any]) -> str:
    return f"{one['low'] * 100:.0f}–{one['high'] * 100:.0f} %"
