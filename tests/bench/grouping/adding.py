"""A workspace filled through its door, and what adding to it costs and finds."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import ParamSpec, TypeVar

from bench.grouping.engine import peak
from bench.grouping.quality import Quality, quality
from bench.grouping.stock import Stock
from factories import groups, imported, numbered, regroup
from triage.grouping.normalize import normalize
from triage.workspace import Workspace
from triage.workspace.oneshot import group_texts

BATCHES, BATCH, SINGLES = 5, 1000, 50
_PAGE = 10_000
"""Feedback filled in between two rounds of grouping."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU milliseconds a feedback: into the file, normalising alone, the rest."""

    storing: float
    normalizing: float
    grouping: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.storing + self.normalizing + self.grouping


@dataclass(frozen=True, slots=True)
class Added:
    """
    What adding came to.

    Attributes:
        stored: Feedback that was there before.
        filling: Cost of what was filled in up to here; None for a copy of a file.
        rss: Largest resident size of the process that added, MB.
        held: Bytes of the file, by table with its indexes, before adding.
    """

    stored: int
    filling: Cost | None
    batches: Sequence[Cost]
    singles: Cost
    quality: Quality
    rss: float
    held: dict[str, int]


def measured(
    texts: Path,
    labelled: Path,
    sizes: Sequence[int],
    *,
    keep: Path | None = None,
    copy_of: Path | None = None,
) -> Iterator[Added]:
    """Adding at each size, smallest first; or only to a copy of a filled file."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        if copy_of:
            yield _apart(_added, copy_of, Path(folder), labelled, None)
            return
        filled = keep or Path(folder) / "filled.db"
        for size in sizes:
            filling = _apart(_fill, filled, texts, labelled, size)
            yield _apart(_added, filled, Path(folder), labelled, filling)


def told(found: Sequence[Added]) -> str:
    """One line a size, how cost grew, and bytes a feedback by table."""
    heads = (
        f"{'stored':>9}{'storing':>9}{'norm.':>8}{'grouping':>9}{'min-max':>12}"
        f"{'single':>8}{'fill':>8}{'RSS MB':>8}{'B each':>8}"
        f"{'P':>8}{'R':>8}{'F1':>8}{'B3 F1':>8}"
    )
    lines = [heads]
    for one in found:
        grouping = [cost.grouping for cost in one.batches]
        spread = f"{min(grouping):.2f}-{max(grouping):.2f}"
        filling = f"{one.filling.total:8.2f}" if one.filling else f"{'-':>8}"
        good = one.quality
        lines.append(
            f"{one.stored:9}{median(cost.storing for cost in one.batches):9.2f}"
            f"{median(cost.normalizing for cost in one.batches):8.2f}"
            f"{median(grouping):9.2f}{spread:>12}{one.singles.total:8.2f}{filling}"
            f"{one.rss:8.0f}{sum(one.held.values()) / one.stored:8.0f}"
            f"{good.precision:8.4f}{good.recall:8.4f}{good.f1:8.4f}{good.b_cubed:8.4f}"
        )
    lines.append(
        f"CPU ms a feedback: median of {BATCHES} x {BATCH}, {SINGLES} one by one (all"
        " of it), and filling; quality among the newcomers"
    )
    if len(found) > 1:
        few, many = found[0], found[-1]
        ratio = median(one.grouping for one in many.batches) / median(
            one.grouping for one in few.batches
        )
        lines.append(f"grouping, {few.stored} to {many.stored}: x{ratio:.2f}")
    for one in found:
        most = sum(one.held.values()) / 100
        told = sorted(one.held.items(), key=lambda table: -table[1])
        parts = (
            f"{name} {size / one.stored:.0f}" for name, size in told if size > most
        )
        lines.append(f"bytes a feedback at {one.stored}: {', '.join(parts)}")
    return "\n".join(lines)


def _apart(work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Done in a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()


def _fill(path: Path, texts: Path, labelled: Path, size: int) -> Cost:
    """Bring the file up to this many feedback, from wherever it was left."""
    # What is added later must not be there already.
    new = {normalize(text) for text, _ in _rows(labelled)}
    old = [text for text, _ in _rows(texts) if normalize(text) not in new]
    if not old:
        raise SystemExit(f"{labelled} has every text of {texts}; fill with others")
    stock = Stock(old)
    with Workspace(path) as workspace:
        start = _count(workspace)
        if {one.name for one in workspace.sources()} - {"stored"} or start > size:
            raise SystemExit(f"{path} holds more than that, or other feedback")
        pages = [
            _put(workspace, list(stock.texts(at, min(size, at + _PAGE))), "stored", at)
            for at in range(start, size, _PAGE)
        ]
    return _mean(pages)


def _added(path: Path, folder: Path, labelled: Path, filling: Cost | None) -> Added:
    """Add to a copy of the file."""
    copy = folder / "copy.db"
    copy.unlink(missing_ok=True)
    with Workspace(path, create=False) as workspace:
        workspace.backup(copy)
    held = _bytes(copy)
    rows = _rows(labelled)
    # Imports are not counted.
    group_texts(["the app crashes when i open it", "the app crashes when i opened it"])
    with Workspace(copy, create=False) as workspace:
        stored = _count(workspace)
        start = min(len(rows), BATCHES * BATCH)
        step = -(-start // BATCHES)
        batches = [
            _put(workspace, [text for text, _ in rows[at : at + step]], "new", at)
            for at in range(0, start, step)
        ]
        found = _quality(workspace, [cluster for _, cluster in rows[:start]])
        singles = [
            _put(workspace, [text], "new", start + number)
            for number, (text, _) in enumerate(rows[start : start + SINGLES])
        ] or batches
    return Added(
        stored=stored,
        filling=filling,
        batches=batches,
        singles=_mean(singles),
        quality=found,
        rss=peak(),
        held=held,
    )


def _put(workspace: Workspace, said: Sequence[str], source: str, first: int) -> Cost:
    """Store these and group them; ``first`` numbers the first of them."""
    incoming = numbered(said, first)
    began = time.process_time()
    imported(workspace, incoming, source=source, group=False)
    stored = time.process_time()
    regroup(workspace)
    grouped = time.process_time()
    # The workspace normalises inside; the same texts alone tell how much that was.
    for text in said:
        normalize(text)
    normal = time.process_time() - grouped
    each = 1000 / max(1, len(said))
    return Cost(
        storing=(stored - began) * each,
        normalizing=normal * each,
        grouping=(grouped - stored - normal) * each,
    )


def _mean(costs: Sequence[Cost]) -> Cost:
    number = max(1, len(costs))
    return Cost(
        storing=sum(one.storing for one in costs) / number,
        normalizing=sum(one.normalizing for one in costs) / number,
        grouping=sum(one.grouping for one in costs) / number,
    )


def _quality(workspace: Workspace, clusters: Sequence[str]) -> Quality:
    labels = list(range(len(clusters)))
    for members in groups(workspace, "new"):
        numbers = sorted(int(one) for one in members)
        for number in numbers:
            labels[number] = numbers[0]
    return quality(clusters, labels)


def _count(workspace: Workspace) -> int:
    found = workspace.db.read().execute("SELECT count(*) FROM feedback").fetchone()
    return int(found[0])


def _bytes(file: Path) -> dict[str, int]:
    """Bytes of each table with its indexes; of the file where SQLite can't say."""
    # The plain driver: the one the workspace uses is built without the dbstat table.
    db = sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True)
    try:
        rows = db.execute(
            "SELECT coalesce(s.tbl_name, d.name), d.pgsize FROM dbstat d"
            " LEFT JOIN sqlite_schema s ON s.name = d.name WHERE d.aggregate = 1"
        ).fetchall()
    except sqlite3.OperationalError:
        return {"file": file.stat().st_size}
    finally:
        db.close()
    sizes: Counter[str] = Counter()
    for table, size in rows:
        sizes[table] += size
    return dict(sizes)


def _rows(file: Path) -> list[tuple[str, str]]:
    lines = file.read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    return [(one["text"], str(one.get("cluster", ""))) for one in told]
