"""What the runs came to, one line for each engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.mail.comparing import Told

_PARSED = "imap-tools, fetched and parsed"


def lines(told: Sequence[Told]) -> Iterator[str]:
    """Yield the table; a peer that is missing is named."""
    parsed = next(one for one in told if one.name == _PARSED)
    against = min((run.cpu / run.count for run in parsed.runs), default=0.0)
    yield (
        f"{'':32}{'read':>8}{'per CPU s':>11}{'per s':>8}"
        f"{'CPU s, least–most':>20}{'MB':>6}{'of parsing':>12}"
    )
    for one in told:
        if one.why_not:
            yield f"{one.name}: {one.why_not}"
            continue
        least = min(one.runs, key=lambda run: run.cpu)
        most = max(run.cpu for run in one.runs)
        share = against / (least.cpu / least.count) if against else 0.0
        yield (
            f"{one.name:32}{least.count:>8}{least.count / least.cpu:>11,.0f}"
            f"{max(run.count / run.wall for run in one.runs):>8,.0f}"
            f"{f'{least.cpu:.2f}–{most:.2f}':>20}"
            f"{max(run.megabytes for run in one.runs):>6.0f}"
            f"{f'{share:.2f}' if share else '':>12}"
        )
