"""What each tile of the dashboard shows; one function a tile, in the order shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from triage.dashboard import Range, Ranges, Row, Rows, Tile, Weeks
from triage.measures.figure import Figure, Origin, Unit
from triage.measures.trend import Level
from triage.model import Sentiment
from triage.workspace.measured import MeasuredPart
from triage.workspace.numbers import Share
from triage.workspace.tiles_heard import competitors, listening, rows, shipped

if TYPE_CHECKING:
    from triage.workspace import Workspace

Ask = Callable[["Workspace", int, str], Iterator[Tile]]
"""Tiles of so many weeks, of what a query finds."""


def volume(workspace: Workspace, weeks: int, query: str) -> Iterator[Tile]:
    """How much was said, week by week, and how pleased it sounds."""
    found = workspace.numbers(weeks, query=query)
    tallies = [week.tally for week in found.weeks]
    yield Tile(
        name="feedback",
        title="Feedback a week",
        said=f"{found.whole.n:,} feedback in {weeks} weeks",
        figure=Weeks(
            tuple(week.monday for week in found.weeks),
            tuple(tally.n for tally in tallies),
            tuple(tally.sentiments[Sentiment.NEGATIVE] for tally in tallies),
        ),
        notes=("The last week is not over.",),
        area="numbers",
        command="triage numbers",
    )
    shares = [_share(one) for one in found.whole.shares() if one.n]
    yield Tile(
        name="sentiment",
        title="How pleased they sound",
        said=f"As read or rated, of {found.whole.n:,}",
        figure=Ranges(tuple(shares), 0.0, 1.0) if shares else None,
        area="numbers",
        command="triage tone",
    )


def scores(workspace: Workspace, weeks: int, query: str) -> Iterator[Tile]:
    """What surveys asked, apart from what people gave unasked."""
    whole = workspace.metrics(query, weeks=weeks).whole
    told = whole.figures if whole else ()
    points = [one for one in told if one.unit is Unit.POINTS]
    if points:
        yield _measured("net-scores", "Net scores", points, -100, 100)
    shares = [one for one in told if one.unit is Unit.SHARE]
    if shares:
        yield _measured("shares", "Shares of those asked", shares, 0, 1)
    ratings = [one for one in told if one.unit is Unit.RATING]
    if ratings:
        low, high = _ends(ratings)
        yield _measured("ratings", "Ratings", ratings, low, high)
    waits = [one for one in told if one.origin is Origin.ANSWER]
    if waits:
        yield Tile(
            name="waits",
            title="How long they wait",
            said="Half wait no longer than this",
            figure=Rows(tuple(Row(one.called, _spelt(one)) for one in waits)),
            command="triage numbers --answers",
        )
    if not told:
        yield Tile(
            name="net-scores",
            title="Net scores",
            said=f"Nobody answered a survey in these {weeks} weeks.",
            command="triage metrics",
        )


def by_segment(workspace: Workspace, weeks: int, query: str) -> Iterator[Tile]:
    """NPS of each segment and persona."""
    named = [*workspace.named("segment"), *workspace.named("persona")]
    if not named:
        return
    found = workspace.metrics(query, by="who", weeks=weeks, named=named)
    rows = [
        _range(part.name, one)
        for part in found.parts
        if part.name
        for one in [_nps(part)]
        if one is not None
    ]
    if rows:
        yield Tile(
            name="nps-by-segment",
            title="NPS by segment and persona",
            said="Somebody may be in several",
            figure=Ranges(tuple(rows), -100, 100),
            command="triage metrics --by segment",
        )


def surges(workspace: Workspace, weeks: int, query: str) -> Iterator[Tile]:
    """Pain points heard more than usual, and what could explain it."""
    del weeks, query
    found = workspace.trends()
    loud = found.loud()
    came = (
        f"{found.came[-1]:,} came in seven days; {found.compared:,} pain points are"
        " heard often enough to be compared"
    )
    quiet = f"Quiet: none of {len(found.rows):,} pain points is heard more than usual"
    yield Tile(
        name="surges",
        title="Heard more than usual",
        said=f"{len(loud):,} of {len(found.rows):,} pain points" if loud else quiet,
        figure=rows(
            Row(
                f"{one.pain_point.short} {one.pain_point.title}",
                f"{one.trend.level}: {one.trend.count}, usually {one.trend.usual:.1f};"
                f" q {one.trend.q:.2g}",
                stands_out=one.trend.level is Level.SURGE,
            )
            for one in loud
        ),
        notes=(came, *(f"{one.source} was away: {one.why}" for one in found.outages)),
        area="pain-points",
        command="triage trends",
    )


def words(workspace: Workspace, weeks: int, query: str) -> Iterator[Tile]:
    """Words that more people use than before, and fewer; pains of the same people."""
    del weeks
    found = workspace.rising(query)
    rises = [one for one in found.words if one.shift.g2 > 0]
    yield Tile(
        name="rising",
        title="Words that rise",
        said=f"{len(rises):,} of {found.compared:,} compared, in four weeks beside the"
        f" {found.before:,} people before"
        if rises
        else f"None of {found.compared:,} words is used by more people than before",
        figure=rows(
            Row(
                one.shift.words,
                f"{one.shift.people:,} of {one.shift.of:,} people,"
                f" {one.shift.before:,} of {one.shift.before_of:,} before",
            )
            for one in rises
        ),
        command="triage patterns --rising",
    )
    pairs = workspace.together(query)
    if pairs.pairs:
        yield Tile(
            name="together",
            title="Pains of the same people",
            said=f"{len(pairs.pairs):,} pairs are spoken of by more people than chance"
            " explains",
            figure=rows(
                Row(
                    f"{one.left} + {one.right}",
                    f"{one.pair.people:,} people, {one.pair.expected:.1f} expected",
                )
                for one in pairs.pairs
            ),
            command="triage patterns --together",
        )


def personas(workspace: Workspace, weeks: int, query: str) -> Iterator[Tile]:
    """Who is behind each persona, and how much of its map was seen or heard."""
    del weeks, query
    found = workspace.personas()
    if not found:
        yield Tile(
            name="personas",
            title="Personas",
            said="Nobody has made a persona yet.",
            command="triage persona add NAME --query QUERY",
        )
        return
    most = max(view.people for view in found) or 1
    ordered = sorted(found, key=lambda view: -view.people)
    yield Tile(
        name="personas",
        title="Personas",
        said=f"{len(found)}, of whom {sum(view.is_assumed for view in found)} assumed",
        figure=rows(
            Row(
                view.persona.name,
                "assumed: nobody stands behind it"
                if view.is_assumed
                else f"{view.people:,} people, n {view.n:,}"
                f" · {len(workspace.bias(view))} objections",
                view.people / most,
                view.is_assumed,
            )
            for view in ordered
        ),
        area="personas",
        command="triage persona list",
    )


def feelings(workspace: Workspace, weeks: int, query: str) -> Iterator[Tile]:
    """What people felt, as somebody heard it in what they underlined."""
    del weeks, query
    marked = workspace.highlights()
    felt = Counter(one.feeling for one in marked if one.feeling is not None)
    if not marked:
        return
    most = max(felt.values(), default=1)
    yield Tile(
        name="feelings",
        title="What they felt",
        said=f"{felt.total():,} of {len(marked):,} highlights have a feeling somebody"
        " heard",
        figure=rows(
            Row(feeling.value, f"{many:,}", many / most)
            for feeling, many in felt.most_common()
        ),
        area="research",
        command="triage highlight list",
    )


ASKED: Sequence[Ask] = (
    volume,
    scores,
    by_segment,
    surges,
    shipped,
    words,
    personas,
    feelings,
    competitors,
    listening,
)
"""Every tile there is, in the order shown."""


def _share(one: Share) -> Range:
    low, high = one.interval
    said = f"{one.share:.0%} ({low:.0%}–{high:.0%})"
    return Range(one.name or "not read yet", said, one.share, one.interval)


def _measured(
    name: str, title: str, told: Sequence[Figure], low: float, high: float
) -> Tile:
    ways = [one.method.rpartition(", ") for one in told]
    counted = "; ".join(
        f"{one.called}: {what}"
        for one, (what, _, _) in zip(told, ways, strict=True)
        if what
    )
    alone = len(told) == 1
    more = (one.note if alone else f"{one.called}: {one.note}" for one in told
            if one.note)  # fmt: skip
    notes = dict.fromkeys((counted, *more))
    return Tile(
        name=name,
        title=title,
        said="95 % intervals: " + ", ".join(dict.fromkeys(way for _, _, way in ways)),
        figure=Ranges(tuple(_range(one.called, one) for one in told), low, high),
        notes=tuple(note for note in notes if note),
        area="numbers",
        command="triage metrics",
    )


def _range(name: str, one: Figure) -> Range:
    return Range(name, _spelt(one), one.value, one.interval)


def _spelt(one: Figure) -> str:
    """The number, its interval or why there is none, and its n."""
    between = f"({one.between})" if one.interval else one.between
    return f"{one.spelt} {between}, n {one.n:,}".strip()


def _nps(part: MeasuredPart) -> Figure | None:
    return next((one for one in part.figures if one.name == "NPS"), None)


def _ends(told: Sequence[Figure]) -> tuple[float, float]:
    """Where the widest of their scales begins and ends."""
    edges = [one.scale.split("-") for one in told]
    numbers = [float(end) for pair in edges for end in pair if end.isdigit()]
    return min(numbers, default=1.0), max(numbers, default=5.0)
