"""What the engines cost and found, as lines of text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from statistics import median

from bench.grouping.comparing import Engine
from bench.grouping.engine import OURS
from bench.grouping.quality import Point, at_precision, best
from bench.grouping.texts import Texts

PRECISE = (0.99, 0.995)
"""Pair precisions at which recall is asked: what may be grouped without a look."""

_UNEDITED = "base"
_LOOKALIKE = "hardneg"


def tables(texts: Texts, engines: Iterable[Engine]) -> str:
    """Cost and quality of every engine; where edits are told, what each misses."""
    told = list(engines)
    run = [one for one in told if not one.absent]
    lines = [
        f"{texts.name}: {len(texts.raw)} texts, {len(set(texts.clusters))} clusters",
        *_costs(texts, run),
        *(f"{one.name}: {one.absent}" for one in told if one.absent),
    ]
    if any(texts.edits):
        lines += ["", *_edits(texts, run)]
    return "\n".join(lines) + "\n"


def _costs(texts: Texts, engines: Sequence[Engine]) -> Iterator[str]:
    normalizing = median(texts.normalizing)
    totals = {one.name: _total(one, normalizing) for one in engines}
    repeated = any(len(one.cpu) > 1 for one in engines)
    precise = "".join(f"{f'R@{level:g}':>8}" for level in PRECISE)
    yield (
        f"{'engine':40}{'CPU s':>8}{'norm. s':>8}{'total s':>8}"
        + (f"{'min-max':>14}" if repeated else "")
        + f"{'RSS MB':>8}{'P':>8}{'R':>8}{'F1':>8}{'B3 F1':>8}{precise}{'x ours':>8}"
    )
    for one in engines:
        total = totals[one.name]
        point = best(one.points)
        spread = f"{f'{min(one.cpu):.2f}-{max(one.cpu):.2f}':>14}" if repeated else ""
        found = point.quality
        yield (
            f"{one.name + ' *' * one.elsewhere:40}{total - normalizing:8.2f}"
            f"{normalizing:8.2f}{total:8.2f}{spread}{one.rss:8.0f}"
            f"{found.precision:8.4f}{found.recall:8.4f}{found.f1:8.4f}"
            f"{found.b_cubed:8.4f}{_recalls(one)}{total / totals[OURS]:8.1f}"
        )
    yield "Total and x ours are with normalising."
    yield "Peers at the threshold with the best F1 on these texts; R@ at the best for it."
    if any(one.elsewhere for one in engines):
        yield "* kept from a run in which the texts were normalised otherwise"


def _total(engine: Engine, normalizing: float) -> float:
    return median(engine.cpu) + (0.0 if engine.ours else normalizing)


def _recalls(engine: Engine) -> str:
    """Recall at each of the precisions; a dash where shipped thresholds miss it."""
    points = [at_precision(engine.points, level) for level in PRECISE]
    return "".join(
        f"{point.quality.recall:8.4f}" if point else f"{'-':>8}" for point in points
    )


def _edits(texts: Texts, engines: Sequence[Engine]) -> Iterator[str]:
    """Recall of pairs in which a text was edited so, and look-alikes put together."""
    columns = list(_columns(engines))
    found = [engine.labels(point.threshold) for _, engine, point in columns]
    pairs = _edited_pairs(texts)
    for number, (title, engine, _) in enumerate(columns, 1):
        yield f"({number}) {engine.name}{title}"
    heads = "".join(f"{f'({number})':>8}" for number in range(1, len(columns) + 1))
    yield f"{'recall by edit':18}{'pairs':>8}{heads}"
    for edit, known in sorted(pairs.items(), key=lambda told: -len(told[1])):
        shares = [
            sum(labels[one] == labels[other] for one, other in known) / len(known)
            for labels in found
        ]
        yield f"{edit:18}{len(known):8}" + "".join(f"{share:8.3f}" for share in shares)
    lookalikes = [at for at, edits in enumerate(texts.edits) if _LOOKALIKE in edits]
    wrong = [_among_strangers(texts, labels, lookalikes) for labels in found]
    yield f"{'look-alikes joined':18}{len(lookalikes):8}" + "".join(
        f"{n:8}" for n in wrong
    )


def _columns(engines: Sequence[Engine]) -> Iterator[tuple[str, Engine, Point]]:
    """Ours; the peer with the best F1; the one that finds most when precise."""
    for one in engines:
        if one.ours:
            yield "", one, best(one.points)
    peers = [one for one in engines if not one.ours]
    if not peers:
        return
    first = max(peers, key=lambda one: best(one.points).quality.f1)
    yield ", the peer with the best F1", first, best(first.points)
    level = PRECISE[0]
    precise = [(one, at_precision(one.points, level)) for one in peers]
    known = [(one, point) for one, point in precise if point]
    if known:
        one, point = max(known, key=lambda told: told[1].quality.recall)
        yield f", the peer that finds most at P >= {level:g}", one, point


def _edited_pairs(texts: Texts) -> dict[str, list[tuple[int, int]]]:
    """Pairs that belong together, under every edit either of the two has."""
    members: dict[str, list[int]] = defaultdict(list)
    for at, cluster in enumerate(texts.clusters):
        members[cluster].append(at)
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for same in members.values():
        for one, other in combinations(same, 2):
            for edit in (texts.edits[one] | texts.edits[other]) - {_UNEDITED}:
                found[edit].append((one, other))
    return found


def _among_strangers(texts: Texts, labels: Sequence[int], those: Sequence[int]) -> int:
    """How many of those are in a group with a text of another cluster."""
    sizes = Counter(labels)
    own = Counter(zip(labels, texts.clusters, strict=True))
    return sum(sizes[labels[at]] > own[labels[at], texts.clusters[at]] for at in those)
