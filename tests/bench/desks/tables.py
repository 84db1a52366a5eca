"""What the ways to read a desk came to, a line each."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from bench.desks.measuring import DLT, WAYS, Measured, Spread, Told

HEAD = (
    f"{'':32}{'rows':>8}{'changed':>9}{'calls':>8}{'per 10,000':>12}"
    f"{'rows per s':>24}{'rows per CPU s':>24}{'seconds':>9}{'waits':>9}{'x naive':>9}"
)
_WORDS = {**WAYS, DLT: "dlt, not stored"}


def lines(measured: Measured) -> Iterator[str]:
    """Yield a line for each way, and what is wrong with any."""
    yield (
        f"{measured.name}, {measured.conversations:,} conversations,"
        f" {measured.delay * 1000:g} ms an answer"
    )
    naive = measured.of("naive")
    for told in measured.ways:
        words = f"  {_WORDS[told.way]:30}"
        if told.why_not or not told.readings:
            yield f"{words}{told.why_not}"
            continue
        yield words + _figures(told, measured, naive)
        if told.readings[0].rows != measured.rows and told.way in {"first", "read"}:
            yield f"    NOT ALL ROWS: there are {measured.rows:,}"


def _figures(told: Told, measured: Measured, naive: Told) -> str:
    one = told.readings[-1]
    calls = one.asked * 10_000 / measured.conversations
    wall = told.pace("wall")
    times = ""
    if naive.readings and told.way in {"first", "read", DLT}:
        times = f"{wall.middle / naive.pace('wall').middle:.1f}"
    return (
        f"{one.rows:>8,}{one.changed:>9,}{one.asked:>8,}{calls:>12,.0f}"
        f"{_spread(wall):>24}{_spread(told.pace('cpu')):>24}"
        f"{median(one.wall for one in told.readings):>9,.1f}"
        f"{f'{one.waited:,.0f} s':>9}{times:>9}"
    )


def _spread(found: Spread) -> str:
    return f"{found.middle:,.0f} ({found.least:,.0f}–{found.most:,.0f})"
