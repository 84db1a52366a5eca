"""A line for each way of watching, as Markdown has tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.surges import peers
from bench.surges.peers import Ours, Watch
from bench.surges.simulation import year
from bench.surges.watching import BANDS, Watched, summed, watched


def watches() -> dict[str, Watch]:
    """Every way there is, ours first."""
    ours = Ours()
    return {
        "surge": ours.surge,
        "surge or perhaps": ours.perhaps,
        "told all": peers.told_all,
        "rule to the letter": peers.letter,
        "ratio of 2": peers.ratio,
        "z-score of 3": peers.z_score,
        "CUSUM": peers.cusum,
    }


def table(
    seeds: Iterable[int], alpha: float, *, pain_points: int, is_midweek: bool
) -> Iterator[str]:
    """The lines of one kind of year."""
    told = [
        watched(
            year(seed, alpha, pain_points=pain_points, is_midweek=is_midweek),
            watches(),
        )
        for seed in seeds
    ]
    bands = [f"{low:.3g}–{high:.3g}" for low, high in BANDS]
    heads = ["", "false alerts", "of quiet weeks", *bands, "5/3 and more"]
    yield f"| {' | '.join(heads)} |"
    yield f"|---|{'---:|' * (len(heads) - 1)}"
    for name in told[0]:
        yield f"| {' | '.join([name, *_cells([one[name] for one in told])])} |"


def _cells(years: list[Watched]) -> Iterator[str]:
    whole = summed(years)
    false = [one.false_share for one in years]
    yield f"{_percent(whole.false_share)} ({_percent(min(false))}–{_percent(max(false))})"
    yield f"{whole.quiet_share:.3%}"
    for found, many in whole.found:
        yield _percent(found / many) if many else "–"
    reach = [one.in_reach for one in years]
    shares = [found / many for found, many in reach if many]
    found, many = whole.in_reach
    yield f"{_percent(found / many)} ({_percent(min(shares))}–{_percent(max(shares))})"


def _percent(share: float) -> str:
    return f"{share:.1%}" if share < 0.1 else f"{share:.0%}"
