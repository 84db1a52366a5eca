"""How numbers are told: each with its n and its interval, and where they came from."""

from __future__ import annotations

from collections.abc import Iterator

from triage.measures import Mean
from triage.model import Sentiment
from triage.text.display import one_line
from triage.tui import charts, words
from triage.tui.passage import Passage
from triage.tui.table import Field
from triage.workspace.numbers import Numbers, Scale, Share, Tally, Week, ends

SPANS: tuple[int | None, ...] = (4, 13, 52, None)
"""Weeks looked back; None for all there are."""

END = {1: "These are all the weeks there are", -1: "Four weeks are the fewest"}
"""What is said where a span ends, further back or less far."""

ONE_SCALE = "There are no ratings on another scale"

_METRICS = {"stars": "Stars", "nps": "NPS", "csat": "CSAT", "ces": "CES"}


def span(weeks: int | None) -> str:
    """``13 weeks``, ``all weeks``."""
    return "all weeks" if weeks is None else f"{weeks} weeks"


def scale(one: Scale) -> str:
    """``Stars 1–5``, ``NPS 0–10``."""
    metric = _METRICS.get(one[0], one_line(one[0], 20)) or "Ratings"
    return f"{metric} {one_line(one[1], 12).replace('-', '–')}".strip()


def mean(one: Mean) -> str:
    """``2.65 (2.45–2.86)``; without an interval where n is too small for one."""
    if one.value is None:
        return "–"
    if one.interval is None:
        return f"{one.value:.2f} (too few)"
    low, high = one.interval
    return f"{one.value:.2f} ({low:.2f}–{high:.2f})"


def share(one: Share) -> str:
    """``41 % (38–44)``; a dash of nothing."""
    if not one.n:
        return "–"
    low, high = one.interval
    return f"{percent(one.share)} ({low * 100:.0f}–{high * 100:.0f})"


def percent(of_one: float) -> str:
    """``41 %``."""
    return f"{of_one * 100:.0f} %"


def about(found: Numbers, chosen: Scale | None, width: int) -> Iterator[Passage]:
    """Everything the charts show, as figures."""
    yield from _volume(found)
    yield from _sources(found, width)
    for one in found.scales():
        yield from _ratings(found, one, width, whole=one == chosen)
    yield from _sentiments(found)
    yield Passage(
        text="In brackets: 95 % intervals, of shares after Wilson. A mean of fewer than"
        " ten has none.",
        style="note", gap=1,
    )  # fmt: skip


def _volume(found: Numbers) -> Iterator[Passage]:
    over = [week for week in found.weeks if week.is_over]
    yield Passage(
        text=f"{found.whole.n:,} feedback in {words.count(len(found.weeks), 'week')}",
        style="title",
    )
    alone = found.whole.wordless.total()
    if alone:
        yield Passage(
            text=f"and {words.count(alone, 'rating')} without a word", style="dim"
        )
    runs = [week for week in found.weeks if not week.is_over]
    if runs:
        yield Passage(
            text=f"{runs[0].tally.n:,} of them this week, so far", style="dim"
        )
    if over:
        each = sum(week.tally.n for week in over) / len(over)
        yield Passage(text=f"{each:,.0f} a week before it", style="dim")
    lately = found.lately()
    if lately:
        now, before = lately
        yield Passage(
            text=f"last 4 whole weeks {now.n:,}, the 4 before {before.n:,}", style="dim"
        )


def _sources(found: Numbers, width: int) -> Iterator[Passage]:
    every = sum(one.n for one in found.sources)
    yield Passage(text="By source", style="head", gap=1)
    name = max(8, min(16, width - 22))
    for one in found.sources:
        line = charts.spark(one.weeks, max(0, width - name - 16))
        yield Passage(
            text=f"{words.fit(one_line(one.name, 60), name)} {one.n:>6,}"
            f" {percent(one.n / every):>5}  {line}",
            style="text" if found.source in {"", one.name} else "dim",
        )


def _ratings(
    found: Numbers, one: Scale, width: int, *, whole: bool
) -> Iterator[Passage]:
    told = found.whole.mean(one)
    yield Passage(text=scale(one), style="head", gap=1)
    yield Passage(text=f"mean {mean(told)}, n {told.n:,}")
    if not whole:
        return
    counted = found.whole.ratings[one]
    edge = ends(one)
    steps = set(counted)
    if edge and edge[1] - edge[0] <= 10:
        steps |= {float(step) for step in range(int(edge[0]), int(edge[1]) + 1)}
    most = max(counted.values())
    for step in sorted(steps, reverse=True):
        bar = charts.BAR * round(max(1, min(20, width - 20)) * counted[step] / most)
        yield Passage(
            text=f"{step:>4g} {counted[step]:>6,}"
            f" {percent(counted[step] / told.n):>5}  {bar}",
            style="dim",
        )


def _sentiments(found: Numbers) -> Iterator[Passage]:
    yield Passage(text="Sentiment", style="head", gap=1)
    for one in found.whole.shares():
        name = one.name or "not read yet"
        yield Passage(text=f"{name:<12} {one.count:>6,}  {share(one)}")
    lately = found.lately()
    if lately:
        now, before = (share(one.share(Sentiment.NEGATIVE)) for one in lately)
        yield Passage(
            text=f"negative in the last 4 whole weeks {now}, in the 4 before {before}",
            style="dim",
        )


def fields(chosen: Scale | None) -> tuple[Field[Week], ...]:
    """The columns of the table of weeks."""

    def rated(week: Week) -> str:
        return mean(week.tally.mean(chosen)) if chosen else "–"

    def n(tally: Tally) -> str:
        return f"{tally.mean(chosen).n:,}" if chosen else ""

    def sounding(sentiment: Sentiment) -> Field[Week]:
        return Field(
            name=str(sentiment), width=14,
            say=lambda week: share(week.tally.share(sentiment)),
        )  # fmt: skip

    return (
        Field(name="week of", width=11, style="row",
              say=lambda week: f"{week.monday.day} {week.monday:%b %Y}"),
        Field(name="feedback", width=8, right=True, style="row",
              say=lambda week: f"{week.tally.n:,}"),
        Field(name=scale(chosen) if chosen else "rating", width=18, say=rated),
        Field(name="n", width=5, right=True, say=lambda week: n(week.tally)),
        sounding(Sentiment.NEGATIVE),
        Field(name="neutral", width=14, from_width=100,
              say=lambda week: share(week.tally.share(Sentiment.NEUTRAL))),
        Field(name="positive", width=14, from_width=100,
              say=lambda week: share(week.tally.share(Sentiment.POSITIVE))),
        Field(name="", say=lambda week: "" if week.is_over else "so far"),
    )  # fmt: skip
