"""What the pulls came to, two lines for each store."""

from __future__ import annotations

from collections.abc import Iterator

from bench.stores.measuring import Pulled, Told

HEAD = (
    f"{'':28}{'rows':>8}{'changed':>9}{'per CPU s':>11}{'per s':>8}{'CPU s':>8}"
    f"{'requests':>10}{'pages':>7}{'MB':>6}{'waits':>8}"
)


def lines(told: Told) -> Iterator[str]:
    """Yield the lines of one store; one that is missing is named."""
    if told.why_not:
        yield f"{told.name}: {told.why_not}"
        return
    for which, run in zip(("first", "second"), told.runs, strict=True):
        yield f"{f'{told.name}, {which}':28}{_figures(run)}"
    for gap in dict.fromkeys(run.gap for run in told.runs if run.gap):
        yield f"  gap: {gap[:200]}"
    if told.kills:
        alike = "in the same rows" if told.is_alike else "in OTHER ROWS"
        yield f"  killed {told.kills} times, it ended {alike}"


def _figures(run: Pulled) -> str:
    rows = run.new + run.changed + run.same + run.quarantined
    return (
        f"{rows:>8}{run.new + run.changed:>9}{rows / run.cpu:>11,.0f}"
        f"{rows / run.wall:>8,.0f}{run.cpu:>8.1f}{run.asked:>10,}{run.pages:>7,}"
        f"{run.megabytes:>6.0f}{f'{run.waited:,.0f} s':>8}"
    )
