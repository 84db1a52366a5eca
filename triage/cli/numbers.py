"""numbers: how much was said, how it was rated, how it sounds, week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from triage.cli.output import count, emit, emit_json, note, table
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.errors import NotFound
from triage.model import Sentiment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage.measures import Mean
    from triage.workspace.numbers import Numbers, Scale, Share, Tally, Week

_BAR = 16


@verb(
    "numbers", example="triage numbers --source reviews --weeks 26",
    schemas=("numbers",),
)  # fmt: skip
@click.option("--source", default="", metavar="NAME", help="Only what came from there.")
@click.option(
    "--weeks", type=click.IntRange(1, 5200), metavar="N", default=13,
    show_default=True, help="How many weeks back, the one that runs included.",
)  # fmt: skip
def numbers(session: Session, source: str, weeks: int, as_json: bool) -> None:
    """
    Show volume, ratings and sentiment, week by week.

    Every mean and every share has its n and its 95 % interval beside it; a mean of
    fewer than ten ratings has none. Weeks begin on Monday, in UTC.
    """
    workspace = session.open()
    workspace.read_tones()
    if source and source not in {view.name for view in workspace.sources()}:
        raise NotFound(f"no source is called {source}; `triage sources list`")
    found = workspace.numbers(weeks, source=source)
    if as_json:
        emit_json("numbers", _told(found))
    else:
        _show(found)


def _told(found: Numbers) -> dict[str, Any]:
    return {
        "source": found.source,
        **_tally(found.whole),
        "sources": [
            {"name": one.name, "n": one.n, "weeks": list(one.weeks)}
            for one in found.sources
        ],
        "weeks": [
            {
                "week": week.monday.isoformat(),
                "is_over": week.is_over,
                **_tally(week.tally),
            }
            for week in found.weeks
        ],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "n": tally.n,
        "sentiments": [_share(one) for one in tally.shares()],
        "ratings": [
            {"metric": scale[0], "scale": scale[1], **_mean(tally.mean(scale)),
             "counts": [
                 {"rating": rating, "count": told[rating]} for rating in sorted(told)
             ]}
            for scale, told in sorted(tally.ratings.items())
        ],
    }  # fmt: skip


def _share(one: Share) -> dict[str, Any]:
    low, high = one.interval
    return {
        "name": one.name or "unread", "count": one.count, "share": round(one.share, 4),
        "low": round(low, 4), "high": round(high, 4),
    }  # fmt: skip


def _mean(one: Mean) -> dict[str, Any]:
    low, high = one.interval or (None, None)
    return {
        "n": one.n, "mean": _rounded(one.value),
        "low": _rounded(low), "high": _rounded(high),
    }  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _show(found: Numbers) -> None:
    if not found.whole.n:
        note("nothing was said in these weeks; --weeks looks further back")
        return
    scales = found.scales()
    every = sum(one.n for one in found.sources)
    table(
        ("week", ">feedback", *_heads(scales[:1]), ">negative", "interval", ""),
        [_week(week, found.weeks, scales[:1]) for week in found.weeks],
    )
    emit()
    table(
        ("source", ">feedback", ">share", ""),
        [
            (one.name, one.n, f"{one.n / every:.0%}", _bar(one.n, found.sources[0].n))
            for one in found.sources
        ],
    )
    if scales:
        emit()
        table(
            ("rating", ">n", ">mean", "95 % interval"),
            [
                (_scale(scale), told.n, f"{told.value:.2f}", _between(told))
                for scale in scales
                for told in [found.whole.mean(scale)]
            ],
        )
    emit()
    table(
        ("sentiment", ">feedback", ">share", "95 % interval"),
        [
            (one.name or "not read yet", one.count, f"{one.share:.0%}", _span(one))
            for one in found.whole.shares()
        ],
    )
    of = f" from {found.source}" if found.source else ""
    runs = "; the last week still runs"
    note(f"{count(found.whole.n, 'feedback', 'feedback')}{of}{runs}")


def _heads(scales: Sequence[Scale]) -> list[str]:
    return [head for one in scales for head in (f">{_scale(one)}", "interval", ">n")]


def _week(week: Week, weeks: Sequence[Week], scales: Sequence[Scale]) -> list[object]:
    tally = week.tally
    most = max(one.tally.n for one in weeks)
    negative = tally.share(Sentiment.NEGATIVE)
    told: list[object] = [week.monday.isoformat(), tally.n]
    for one in map(tally.mean, scales):
        value = "" if one.value is None else f"{one.value:.2f}"
        told += [value, _between(one), one.n or ""]
    if not tally.n:
        return [*told, "", "", ""]
    return [*told, f"{negative.share:.0%}", _span(negative), _bar(tally.n, most)]


def _scale(scale: Scale) -> str:
    return " ".join(one for one in scale if one) or "rating"


def _between(one: Mean) -> str:
    if one.interval is None:
        return "too few" if one.n else ""
    return f"{one.interval[0]:.2f}–{one.interval[1]:.2f}"


def _span(one: Share) -> str:
    low, high = one.interval
    return f"{low * 100:.0f}–{high * 100:.0f} %"


def _bar(many: int, most: int) -> str:
    return "█" * round(_BAR * many / most)
