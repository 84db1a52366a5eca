"""Every question about what people decided: pain points, evidence, the roadmap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from triage.errors import NotFound
from triage.model import Evidence, PainPoint, RoadmapItem, RoadmapLink
from triage.planning import Estimate, Story, Tracked
from triage.store import codec, persons, queries, tracking
from triage.store.driver import sqlite3
from triage.store.views import PainView, Plan, Quote, RoadmapView

HANGING = (
    ("disposition", "feedback_id"), ("evidence", "feedback_id"),
    ("correction", "feedback_id"), ("label", "feedback_id"), ("note", "feedback_id"),
    ("draft", "feedback_id"), ("promise", "feedback_id"), ("told", "feedback_id"),
    ("session", "feedback_id"), ("consent", "feedback_id"),
    ("highlight", "feedback_id"),
    ("ruling", "left_id"), ("ruling", "right_id"),
)  # fmt: skip
"""Where decisions name the feedback they hang on: table and column."""


def pain_point(read: sqlite3.Connection, pain_point_id: int) -> PainPoint:
    """The pain point people call ``p<id>``."""
    row = read.execute(
        "SELECT * FROM pain_point WHERE id = ?", (pain_point_id,)
    ).fetchone()
    if row is None:
        raise NotFound(f"no pain point p{pain_point_id}; `triage pain list` shows them")
    return codec.pain_point(row)


def pain_views(
    read: sqlite3.Connection, pain_point_ids: Sequence[int] | None = None
) -> list[PainView]:
    """Pain points with their quotes and plans, by id; all unless named."""
    wanted = None if pain_point_ids is None else set(pain_point_ids)
    points = [
        codec.pain_point(row)
        for row in read.execute("SELECT * FROM pain_point ORDER BY id")
        if wanted is None or row["id"] in wanted
    ]
    # One pain point reads its own evidence; all of them read the table once.
    narrow = "" if wanted is None or len(points) != 1 else " WHERE pain_point_id = ?"
    bound = (points[0].id,) if narrow else ()
    evidence = [
        codec.evidence(row)
        for row in read.execute(f"SELECT * FROM evidence{narrow} ORDER BY id", bound)
    ]
    said = queries.feedback_many(read, [one.feedback_id for one in evidence])
    quotes: dict[int, list[Quote]] = defaultdict(list)
    for one in evidence:
        quotes[one.pain_point_id].append(
            Quote(evidence=one, feedback=said[one.feedback_id])
        )
    estimates: dict[int, list[Estimate]] = defaultdict(list)
    for row in read.execute(f"SELECT * FROM estimate{narrow} ORDER BY id", bound):
        estimates[row["pain_point_id"]].append(codec.estimate(row))
    stories: dict[int, list[Story]] = defaultdict(list)
    for row in read.execute(f"SELECT * FROM story{narrow} ORDER BY id", bound):
        stories[row["pain_point_id"]].append(codec.story(row))
    items = {item.id: item for item in roadmap_items(read)}
    said_there = tracked(read)
    plans: dict[int, list[Plan]] = defaultdict(list)
    for row in read.execute(f"SELECT * FROM roadmap_link{narrow} ORDER BY id", bound):
        link = codec.roadmap_link(row)
        item = items[link.roadmap_item_id]
        plans[link.pain_point_id].append(
            Plan(item=item, link=link, tracked=said_there.get((item.tracker, item.key)))
        )
    return [
        PainView(
            pain_point=point,
            quotes=tuple(quotes[point.id]),
            plans=tuple(plans[point.id]),
            estimates=tuple(estimates[point.id]),
            stories=tuple(stories[point.id]),
        )
        for point in points
    ]


def estimates(read: sqlite3.Connection, pain_point_id: int) -> list[Estimate]:
    """What people estimated of a pain point, by id."""
    return [
        codec.estimate(row)
        for row in read.execute(
            "SELECT * FROM estimate WHERE pain_point_id = ? ORDER BY id",
            (pain_point_id,),
        )
    ]


def pain_view(read: sqlite3.Connection, pain_point_id: int) -> PainView:
    """One pain point with its quotes and plans."""
    pain_point(read, pain_point_id)
    return pain_views(read, [pain_point_id])[0]


def evidence(read: sqlite3.Connection, evidence_id: int) -> Evidence:
    """The piece of evidence with this id."""
    row = read.execute("SELECT * FROM evidence WHERE id = ?", (evidence_id,)).fetchone()
    if row is None:
        raise NotFound(f"no evidence e{evidence_id}; `triage pain show` lists it")
    return codec.evidence(row)


def evidence_of(read: sqlite3.Connection, feedback_id: int) -> list[Evidence]:
    """What this feedback is evidence of."""
    return [
        codec.evidence(row)
        for row in read.execute(
            "SELECT * FROM evidence WHERE feedback_id = ? ORDER BY id", (feedback_id,)
        )
    ]


def story(read: sqlite3.Connection, story_id: int) -> Story:
    """The story people call ``s<id>``."""
    row = read.execute("SELECT * FROM story WHERE id = ?", (story_id,)).fetchone()
    if row is None:
        raise NotFound(f"no story s{story_id}; `triage story list` shows them")
    return codec.story(row)


def roadmap_item(read: sqlite3.Connection, item_id: int) -> RoadmapItem:
    """The roadmap item people call ``r<id>``."""
    row = read.execute("SELECT * FROM roadmap_item WHERE id = ?", (item_id,)).fetchone()
    if row is None:
        raise NotFound(f"no roadmap item r{item_id}; `triage roadmap list` shows them")
    return _filed(read, [codec.roadmap_item(row)])[0]


def roadmap_row(read: sqlite3.Connection, item_id: int) -> RoadmapItem:
    """The same as people set it, without what its tracker has called it since."""
    roadmap_item(read, item_id)
    row = read.execute("SELECT * FROM roadmap_item WHERE id = ?", (item_id,)).fetchone()
    return codec.roadmap_item(row)


def roadmap_items(read: sqlite3.Connection) -> list[RoadmapItem]:
    """The roadmap: now, next, later; within each, in order of planning."""
    return _filed(
        read,
        [
            codec.roadmap_item(row)
            for row in read.execute(
                "SELECT * FROM roadmap_item ORDER BY"
                " CASE horizon WHEN 'now' THEN 0 WHEN 'next' THEN 1 ELSE 2 END, id"
            )
        ],
    )


def _filed(read: sqlite3.Connection, items: Iterable[RoadmapItem]) -> list[RoadmapItem]:
    """
    What was created at a tracker has the key and address of the delivery's receipt.

    They are copied nowhere, so nothing breaks off between the two.
    """
    made = {row["id"]: row for row in read.execute(tracking.FILED)}
    return [
        replace(one, key=made[one.id]["key"], url=one.url or made[one.id]["url"])
        if one.id in made else one
        for one in items
    ]  # fmt: skip


def roadmap_views(read: sqlite3.Connection) -> list[RoadmapView]:
    """The roadmap with the pain each item would settle and how many it hurts."""
    pains: dict[int, list[PainPoint]] = defaultdict(list)
    for row in read.execute(
        "SELECT p.*, l.roadmap_item_id AS item_id FROM pain_point p"
        " JOIN roadmap_link l ON l.pain_point_id = p.id ORDER BY p.id"
    ):
        pains[row["item_id"]].append(codec.pain_point(row))
    said_there = tracked(read)
    people = {
        row["item_id"]: row["people"]
        for row in read.execute(
            "SELECT l.roadmap_item_id AS item_id,"
            f" count(DISTINCT {persons.counted('f')}) AS people"
            " FROM roadmap_link l JOIN evidence e ON e.pain_point_id = l.pain_point_id"
            " JOIN feedback f ON f.id = e.feedback_id GROUP BY l.roadmap_item_id"
        )
    }
    return [
        RoadmapView(
            item=item,
            pain_points=tuple(pains[item.id]),
            people=people.get(item.id, 0),
            tracked=said_there.get((item.tracker, item.key)),
        )
        for item in roadmap_items(read)
    ]


def tracked(read: sqlite3.Connection) -> dict[tuple[str, str], Tracked]:
    """What trackers said last of what is planned there, by source and key."""
    return {
        (row["source"], row["key"]): codec.tracked(row)
        for row in read.execute("SELECT * FROM tracked")
    }


def link_between(
    read: sqlite3.Connection, pain_point_id: int, item_id: int
) -> RoadmapLink | None:
    """How the two are linked; None where they are not."""
    row = read.execute(
        "SELECT * FROM roadmap_link WHERE pain_point_id = ? AND roadmap_item_id = ?",
        (pain_point_id, item_id),
    ).fetchone()
    return None if row is None else codec.roadmap_link(row)
