"""
A workspace with a backlog of any size, decided over two years, the same each time.

Feedback is stored as a pull stores it, decisions go through the journal; only when
each was made is told afterwards. Nothing is compared or grouped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from random import Random

from bench.tui.filling import _store
from bench.tui.said import LATEST, SOURCES, Sayings
from triage.connector import Incoming
from triage.model import (
    Extent,
    Feedback,
    Importance,
    PainPoint,
    RoadmapItem,
    RoadmapLink,
)
from triage.operations import pain_points, roadmap
from triage.step import Step
from triage.store import codec, journal, weighing
from triage.store.database import VERSION
from triage.store.driver import sqlite3
from triage.workspace import Workspace

PLANS = ("free", "free", "free", "team", "team", "business", "enterprise")

SETTINGS = """\
[segments]
enterprise = { query = "plan:enterprise", weight = 3 }
business = { query = "plan:business", weight = 2 }
paying = "revenue:>0"
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How much of each; ``quotes`` are those of each pain point on average."""

    feedback: int = 100_000
    pain_points: int = 2_000
    quotes: int = 10


class Customers(Sayings):
    """The same sayings, of customers whose company and plan are told."""

    def incoming(self, number: int) -> Incoming:
        """One feedback, of one of a few thousand companies."""
        told = super().incoming(number)
        chance = Random(told.email or told.author)
        plan = chance.choice(PLANS)
        company = "" if plan == "free" else f"Company {chance.randrange(3000)}"
        revenue = {} if plan == "free" else {"mrr": chance.randrange(50, 9000)}
        return replace(told, company=company, context={"plan": plan, **revenue})


def filled(folder: Path, size: Size) -> Path:
    """The workspace of that size in a folder, made if it is not there yet."""
    name = f"{size.feedback}-{size.pain_points}-{size.quotes}.v{VERSION}"
    path = folder / f"{name}.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for unfinished in folder.glob(f"{name}.making*"):
            unfinished.unlink()
        making = folder / f"{name}.making.db"
        making.with_suffix(".toml").write_text(SETTINGS)
        with Workspace(making) as workspace:
            _fill(workspace, size)
        making.with_suffix(".toml").rename(path.with_suffix(".toml"))
        making.rename(path)
    return path


def _fill(workspace: Workspace, size: Size) -> None:
    sayings = Customers(size.feedback)
    for source in SOURCES:
        _store(workspace.db, source, sayings)
    every = [row[0] for row in workspace.db.read().execute("SELECT id FROM feedback")]
    chance = Random(size.feedback)
    cited = chance.sample(every, min(len(every), size.pain_points * size.quotes))
    said = {one.id: one for one in workspace.feedback_many(cited)}
    with workspace.db.write() as write:
        write.execute("DELETE FROM pending")
        weighing.keep(write, workspace.config.weights, LATEST)
        steps = list(_steps(write, [said[key] for key in cited], size, chance))
        # How many there are is known now: they were done over two years.
        span = LATEST - datetime.fromtimestamp(every[0] / 1e6, LATEST.tzinfo)
        write.executemany(
            "UPDATE step SET at = ? WHERE id = ?",
            (
                (codec.to_text(LATEST - span * (1 - number / len(steps))), step)
                for number, step in enumerate(steps)
            ),
        )


def _steps(
    write: sqlite3.Connection, said: list[Feedback], size: Size, chance: Random
) -> Iterator[int]:
    """Each pain point made with half of its quotes, then edited, planned and quoted."""
    evidence_id = journal.reserve(write, "evidence", len(said))
    later: list[Step] = []
    for number in range(1, size.pain_points + 1):
        mine = said[number - 1 :: size.pain_points]
        point = PainPoint(
            id=journal.reserve(write, "pain_point"),
            title=f"{pain_points.text_of(mine[0])[:60]} {number}",
            statement="They lose time over it every week.",
            created_at=LATEST,
        )
        quotes = [
            pain_points.quote(
                evidence_id + place, one, point.id, None,
                importance=Importance(chance.randrange(4)),
                observed=chance.random() < 0.9, at=LATEST, by="ana",
            )
            for place, one in enumerate(mine)
        ]  # fmt: skip
        evidence_id += len(mine)
        half = len(mine) // 2 + 1
        made = pain_points.accept(mine[:half], {}, point, quotes[:half], is_new=True)
        yield journal.do(write, made, "ana", LATEST)
        later.append(pain_points.edit(point, _set(point, chance)))
        later += [
            pain_points.attach(one, point, quote)
            for one, quote in zip(mine[half:], quotes[half:], strict=True)
        ]
        if number % 4 == 0:
            item = RoadmapItem(
                id=journal.reserve(write, "roadmap_item"), title=f"Plan {number}"
            )
            link = RoadmapLink(
                id=journal.reserve(write, "roadmap_link"), pain_point_id=point.id,
                roadmap_item_id=item.id, extent=Extent.FULL,
            )  # fmt: skip
            later += [roadmap.plan(item), roadmap.link(point, item, link)]
    for step in later:
        yield journal.do(write, step, chance.choice(("ana", "ben")), LATEST)


def _set(point: PainPoint, chance: Random) -> PainPoint:
    return replace(
        point, severity=chance.randint(1, 5), effort=chance.choice((0.5, 1, 2, 4)),
        confidence=chance.choice((0.5, 0.8, 1.0)), impact=chance.choice((0.5, 1, 2)),
        moscow=chance.choice(("must", "should", "could", "")),
    )  # fmt: skip
